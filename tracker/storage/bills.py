"""Which rows does a reading of a list of bills add: bills met for the first time, and what moved of the others?

A state is what a list says of a bill. It is written where it differs from the one before it, and stays: a bill's states
in order of time are its history.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, insert, select, update

from tracker.domain.bills import Bill, BillRecord
from tracker.domain.evidence import Document
from tracker.domain.legislature import OfficialPage
from tracker.storage.keys import Keys
from tracker.storage.tables import metadata

FACTS = ("notation", "title", "stage", "presented", "proponent", "authors")
SOME = 300
"""Bills looked up in one query."""


@dataclass(frozen=True, slots=True)
class _State:
    key: int
    seen_at: datetime
    facts: tuple[Any, ...]


@dataclass(slots=True)
class _Held:
    """A bill on record, with everything that was ever said of it in order of time."""

    key: int
    last_seen: datetime
    states: list[_State] = field(default_factory=list)


def among(bills: Iterable[Bill]) -> Iterator[ColumnElement[bool]]:
    """Return conditions under which a record is of one of some bills, each for as many as fit one query.

    A series at a time, so that both engines go by the index.
    """
    t = metadata.tables["bill_record"]
    series: dict[tuple[str, str], list[str]] = {}
    for bill in bills:
        series.setdefault((bill.legislature, bill.period), []).append(bill.number)
    for (legislature, period), numbers in series.items():
        rest = iter(numbers)
        while some := list(islice(rest, SOME)):
            yield and_(t.c.legislature == legislature, t.c.period == period, t.c.number.in_(some))


class Bills:
    """Gathers what one transaction writes of bills."""

    def __init__(self, connection: Connection, keys: Keys, source: str) -> None:
        self._connection = connection
        self._keys = keys
        self._source = source
        self._held: dict[Bill, _Held] = {}
        self._new: set[Bill] = set()
        self._touched: set[Bill] = set()
        self._states: list[dict[str, Any]] = []

    def add(self, bills: Sequence[BillRecord], document: Document, number: int, reader: str) -> int:
        """Take in what a document (key `number`) says of bills; return how many of them are new or have moved."""
        self._load({bill.key for bill in bills} - self._held.keys())
        circumstances = {"document_id": number, "source": self._source, "url": document.url, "reader": reader}
        return sum([self._take(bill, document.fetched_at.astimezone(UTC), circumstances) for bill in bills])

    def write(self) -> None:
        """Write the rows, parents first."""
        records, states = metadata.tables["bill_record"], metadata.tables["bill_state"]
        if self._new:
            self._connection.execute(insert(records), [self._row(bill) for bill in self._new])
        if self._states:
            self._connection.execute(insert(states), self._states)
        stood = [self._held[bill] for bill in self._touched - self._new]
        if stood:
            self._connection.execute(
                update(records)
                .where(records.c.id == bindparam("bill"))
                .values(state_id=bindparam("state"), first_seen=bindparam("since"), last_seen=bindparam("seen")),
                [
                    {
                        "bill": held.key,
                        "state": held.states[-1].key,
                        "since": held.states[0].seen_at,
                        "seen": held.last_seen,
                    }
                    for held in stood
                ],
            )

    def _load(self, wanted: Iterable[Bill]) -> None:
        """Learn what is on record of bills."""
        r, s = metadata.tables["bill_record"], metadata.tables["bill_state"]
        columns = (r.c.legislature, r.c.period, r.c.number, r.c.id, r.c.last_seen, s.c.id, s.c.seen_at)
        query = (
            select(*columns, *(s.c[name] for name in FACTS))
            .join(s, s.c.record_id == r.c.id)
            .order_by(r.c.id, s.c.seen_at, s.c.id)
        )
        for some in among(wanted):
            asked = self._connection.execute(query.where(some))
            for legislature, period, number, key, last_seen, state, seen_at, *facts in asked:
                held = self._held.setdefault(Bill(number, period, legislature), _Held(key, last_seen))
                held.states.append(_State(state, seen_at, tuple(facts)))

    def _take(self, bill: BillRecord, at: datetime, circumstances: dict[str, Any]) -> bool:
        """Add a state if it says something else than the one before it; whether it is now the last."""
        held = self._held.get(bill.key)
        if held is None:
            held = self._held[bill.key] = _Held(self._keys.new("bill_record"), at)
            self._new.add(bill.key)
        if at > held.last_seen:
            held.last_seen = at
            self._touched.add(bill.key)
        authors = json.dumps(bill.authors, ensure_ascii=False)
        facts = (bill.notation, bill.title, bill.stage, bill.presented, bill.proponent, authors)
        place = bisect_right(held.states, at, key=attrgetter("seen_at"))
        if place and held.states[place - 1].facts == facts:
            return False
        state = _State(self._keys.new("bill_state"), at, facts)
        held.states.insert(place, state)
        self._touched.add(bill.key)
        self._states.append(
            {"id": state.key, "record_id": held.key, "seen_at": at, **dict(zip(FACTS, facts, strict=True))}
            | circumstances
        )
        return held.states[-1] is state

    def _row(self, bill: Bill) -> dict[str, Any]:
        held = self._held[bill]
        return {
            "id": held.key,
            "legislature": bill.legislature,
            "period": bill.period,
            "number": bill.number,
            "state_id": held.states[-1].key,
            "first_seen": held.states[0].seen_at,
            "last_seen": held.last_seen,
        }


def declare_pages(connection: Connection, source: str, pages: Sequence[OfficialPage]) -> None:
    """Make the forms of official addresses on record those of the sheet; they are no history."""
    t = metadata.tables["link"]
    names = ("kind", "legislature", "period", "address", "because")
    wanted = {tuple(str(getattr(page, name)) for name in names) for page in pages}
    held = {tuple(row) for row in connection.execute(select(*(t.c[n] for n in names)).where(t.c.source == source))}
    if wanted == held:
        return
    connection.execute(t.delete().where(t.c.source == source))
    keys = Keys(connection)
    rows = [{"id": keys.new("link"), "source": source, **dict(zip(names, page, strict=True))} for page in wanted]
    if rows:
        connection.execute(insert(t), rows)
