"""Where do the numbers in a subject lead: what the lists say of the bills, and the official pages?"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, select

from tracker.domain.bills import Bill, peru_bill, peru_period
from tracker.domain.legislature import EUROPE, PERU, Legislature, OfficialPage
from tracker.domain.mentions import Named, mentions
from tracker.queries.billed import BillView, NumberLink
from tracker.storage.bills import among
from tracker.storage.tables import metadata

Pages = Mapping[tuple[str, str, str], OfficialPage]


@dataclass(frozen=True, slots=True)
class Asked:
    """A vote whose numbers are to be followed."""

    chamber: Legislature
    day: date
    period: str | None
    subject: str
    bills: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Followed:
    """The bills a vote names, as far as a list has them, and the official pages of all it names."""

    records: tuple[BillView, ...] = ()
    links: tuple[NumberLink, ...] = ()


def follow(connection: Connection, votes: Mapping[int, Asked]) -> dict[int, Followed]:
    """Look up what votes name, all of them together.

    A bill filed after the sitting is not the one meant: its number is of another series, or misprinted.
    """
    ours = {number: vote for number, vote in votes.items() if vote.chamber.country == PERU}
    europe = {number: vote for number, vote in votes.items() if vote.chamber.country == EUROPE and vote.bills}
    if not ours and not europe:
        return {}
    pages = official_pages(connection)
    keys = {number: _keys(vote) for number, vote in ours.items()}
    held = held_bills(connection, {bill for some in keys.values() for bill in some.values()}, pages)
    found = {number: _followed(vote, keys[number], held, pages) for number, vote in ours.items()}
    return found | {number: Followed(links=_procedures(vote, pages)) for number, vote in europe.items()}


def _procedures(vote: Asked, pages: Pages) -> tuple[NumberLink, ...]:
    page = pages.get((Named.BILL.value, vote.chamber.slug, vote.period or ""))
    return tuple(NumberLink(Named.BILL.value, number, page.of(number)) for number in vote.bills) if page else ()


def official_pages(connection: Connection) -> Pages:
    """Return the forms of official addresses on record, by kind, legislature and period."""
    t = metadata.tables["link"]
    rows = connection.execute(select(t.c.kind, t.c.address, t.c.legislature, t.c.period, t.c.because))
    return {(row.kind, row.legislature, row.period): OfficialPage(*row) for row in rows}


def _keys(vote: Asked) -> dict[str, Bill]:
    """Return the bills a vote names: as printed → key."""
    period = vote.period or peru_period(vote.day) or ""
    numbers = dict.fromkeys([*vote.bills, *(m.number for m in mentions(vote.subject) if m.kind is Named.BILL)])
    found = {number: peru_bill(number, vote.chamber.slug, period) for number in numbers}
    return {number: bill for number, bill in found.items() if bill is not None}


def _followed(vote: Asked, keys: Mapping[str, Bill], held: Mapping[Bill, BillView], pages: Pages) -> Followed:
    later = {bill for bill in keys.values() if bill in held and held[bill].presented > vote.day}
    records = (held[bill] for bill in dict.fromkeys(keys.values()) if bill in held and bill not in later)
    period = vote.period or peru_period(vote.day) or ""
    links: dict[tuple[str, str], str] = {}
    for mention in mentions(vote.subject):
        series: Bill | None = Bill(mention.number, "")
        if mention.kind in (Named.BILL, Named.MOTION):
            series = peru_bill(mention.number, vote.chamber.slug, period)
        if series is None or (mention.kind is Named.BILL and series in later):
            continue
        page = pages.get((mention.kind.value, series.legislature, series.period))
        if page is not None:
            links[mention.kind.value, mention.number] = page.of(series.number)
    return Followed(tuple(records), tuple(NumberLink(kind, number, url) for (kind, number), url in links.items()))


def held_bills(connection: Connection, bills: Iterable[Bill], pages: Pages) -> dict[Bill, BillView]:
    """Return what the lists say of bills, as far as they have them."""
    r, s = metadata.tables["bill_record"], metadata.tables["bill_state"]
    query = select(r.c.legislature, r.c.period, r.c.number, r.c.last_seen, s).join(s, s.c.id == r.c.state_id)
    found: dict[Bill, BillView] = {}
    for some in among(bills):
        for row in connection.execute(query.where(some)):
            view = _view(row, pages)
            found[view.key] = view
    return found


def _view(row: Row[Any], pages: Pages) -> BillView:
    page = pages.get((Named.BILL.value, row.legislature, row.period))
    return BillView(
        legislature=row.legislature,
        period=row.period,
        number=row.number,
        notation=row.notation,
        title=row.title,
        stage=row.stage,
        presented=row.presented,
        proponent=row.proponent,
        authors=tuple(json.loads(row.authors)),
        url=page.of(row.number) if page else None,
        as_of=row.last_seen,
    )
