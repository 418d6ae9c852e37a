"""What does a title name by number: where do the numbers lead, and what is known of the bills?"""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from dashboard.components.escape import Html, el, join
from dashboard.words import Words
from tracker.domain.legislature import EUROPE
from tracker.domain.mentions import Named, mentions
from tracker.queries.billed import BillView
from tracker.queries.casing import calm
from tracker.queries.view import VoteView

FIRST = 2
"""Bills shown at once; a text may join thirty, and the figures of the vote should stay on the first screen."""
AUTHORS = 3
"""Authors named; the others are counted."""


def linked(title: str, view: VoteView) -> list[Any]:
    """Return a title in pieces: what it names by number leads to the official page, as far as its address is known."""
    pages = {(link.kind, link.number): link.url for link in view.links}
    pieces: list[Any] = []
    end = 0
    for mention in mentions(title) if pages else ():
        url = pages.get((mention.kind.value, mention.number))
        if url is not None:
            number = title[mention.start : mention.end]
            pieces += [title[end : mention.start], el("a", number, href=url, rel="noreferrer", class_="esc-number")]
            end = mention.end
    return [*pieces, title[end:]]


def block(view: VoteView, say: Words) -> Html | None:
    """Return a line for each bill that a list has; None where nothing is held of them."""
    lines = [el("li", _line(bill, view, say)) for bill in view.bill_records]
    if not lines:
        return _named(view, say) if view.bills else None
    first = el("ul", lines[:FIRST], class_="esc-bills")
    if len(lines) <= FIRST:
        return first
    more = el("summary", say.count("bills.more", len(lines) - FIRST))
    return el("div", first, el("details", more, el("ul", lines[FIRST:], class_="esc-bills"), class_="esc-official"))


def _named(view: VoteView, say: Words) -> Html:
    """Name the bills of which nothing is held, each with its official page where that is known."""
    before = say("vote.procedures" if view.chamber.country == EUROPE else "vote.bills", bills="")
    pages = {link.number: link.url for link in view.links if link.kind == Named.BILL}
    listed = [
        el("a", number, href=pages[number], rel="noreferrer") if number in pages else number for number in view.bills
    ]
    return el("p", before, join(listed, ", "), class_="esc-hint")


def _line(bill: BillView, view: VoteView, say: Words) -> list[Any]:
    number = el("a", bill.notation, href=bill.url, rel="noreferrer") if bill.url else bill.notation
    title = el("span", calm(bill.title), lang=view.chamber.language)
    stage = el("span", calm(bill.stage), lang=view.chamber.language)
    as_of = say.day(bill.as_of.astimezone(ZoneInfo(view.chamber.zone)).date())
    known = el("span", stage, f" ({say('bills.as_of', day=as_of)})", " · ", _who(bill, say), class_="esc-hint")
    return [number, " · ", title, " ", known]


def _who(bill: BillView, say: Words) -> str:
    if not bill.authors:
        return bill.proponent or say("bills.nobody")
    named = "; ".join(bill.authors[:AUTHORS])
    rest = len(bill.authors) - AUTHORS
    return f"{named} {say.count('bills.authors', rest)}" if rest > 0 else named
