"""What is known of a bill, and which votes name it?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Connection, Engine, select

from tracker.domain.bills import Bill, peru_bill, united_states
from tracker.domain.mentions import Named, mentions
from tracker.queries.billed import BillStep, BillView
from tracker.queries.database import reading
from tracker.queries.listed import Page
from tracker.queries.numbers import held_bills, official_pages
from tracker.queries.votes import VoteFilter, listing
from tracker.storage.bills import among
from tracker.storage.tables import metadata


def find(engine: Engine, printed: str) -> tuple[BillView | Bill, ...]:
    """Return every bill a number may mean, the newest period first: as a list has it, or only as votes name it.

    `10305`, `10305/2024-CR`, `00013-2026-2031-S`, `PL 4766`, `H.R. 3838`.
    """
    named = next((m.number for m in mentions(f"PL {printed}") if m.kind is Named.BILL), None)
    american = united_states(printed, 0)
    exact = peru_bill(named, "", "") if named is not None and not named.isdigit() else None
    number = exact.number if exact else named or (american.number if american else printed.strip())
    r, b, law = (metadata.tables[name] for name in ("bill_record", "bill", "legislature"))
    with reading(engine) as connection:
        listed = connection.execute(select(r.c.legislature, r.c.period).where(r.c.number == number)).all()
        voted = connection.execute(
            select(law.c.slug, b.c.period).join(law, law.c.id == b.c.legislature_id).where(b.c.number == number)
        ).all()
        found = {Bill(number, period, legislature) for legislature, period in (*listed, *voted)}
        if exact is not None:
            found &= {exact}
        held = held_bills(connection, found, official_pages(connection))
        steps = _steps(connection, found)
    ordered = sorted(found, key=lambda bill: (bill.period, bill.legislature), reverse=True)
    return tuple(replace(held[bill], steps=steps[bill]) if bill in held else bill for bill in ordered)


def votes_of_bill(engine: Engine, bill: Bill, *, limit: int = 25, offset: int = 0) -> Page:
    """Return the votes on motions that name a bill, newest first."""
    return listing(engine, VoteFilter(bill=bill, limit=limit, offset=offset))


def _steps(connection: Connection, bills: Iterable[Bill]) -> dict[Bill, tuple[BillStep, ...]]:
    r, s = metadata.tables["bill_record"], metadata.tables["bill_state"]
    query = (
        select(r.c.legislature, r.c.period, r.c.number, s.c.seen_at, s.c.stage, s.c.title)
        .join(s, s.c.record_id == r.c.id)
        .order_by(s.c.seen_at, s.c.id)
    )
    found: dict[Bill, tuple[BillStep, ...]] = {}
    for some in among(bills):
        for legislature, period, number, *step in connection.execute(query.where(some)):
            bill = Bill(number, period, legislature)
            found[bill] = (*found.get(bill, ()), BillStep(*step))
    return found
