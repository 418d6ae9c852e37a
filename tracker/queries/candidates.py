"""What is compared of a vote that a text may speak of: every count it ever had, its days, all it is known by?"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, Select, select

from tracker.domain.lead import best
from tracker.domain.legislature import Legislature
from tracker.domain.tally import Tally
from tracker.domain.votes import Status
from tracker.storage.tables import metadata

SOME = 300
"""Keys in one question."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Counted:
    """A count that a reading of a vote has: its kind, the reading's number, whether the reading is in force.

    `own` is False for a count of another paper's record of the vote.
    """

    kind: str
    tally: Tally
    version: int
    at: datetime
    in_force: bool
    own: bool
    means: str | None


@dataclass(frozen=True)
class Candidate:
    """A vote that a text may speak of, with all that is compared; `words` is every text it is known by."""

    key: int
    id: str
    legislature: str
    sitting_date: date
    taken_at: datetime | None
    subject: str
    question: str | None
    kind: str | None
    result: str | None
    status: Status
    bills: tuple[str, ...]
    words: str
    counts: tuple[Counted, ...]

    @cached_property
    def best(self) -> Tally | None:
        """The count to lead with."""
        held = {c.kind: c.tally for c in self.counts if c.own and c.in_force}
        return best(board=held.get("board"), counted=held.get("counted"), final=held.get("final"))


class Loader:
    """Loads votes on one connection."""

    def __init__(self, connection: Connection, legislatures: Mapping[int, Legislature]) -> None:
        self._connection = connection
        self._chambers = legislatures

    def candidates(self, keys: Iterable[int]) -> dict[int, Candidate]:
        """Return the votes of keys with all their counts, by every key that leads to them.

        A record that another paper's leads is part of that one.
        """
        leads = self._leads(set(keys))
        groups = self._groups(set(leads.values()))
        rows = self._rows(sorted({key for group in groups.values() for key in group}))
        seen = self._readings(sorted(rows))
        titles = self._titles(sorted(rows))
        found = {
            lead: self._candidate(rows[lead], [rows[key] for key in group if key in rows], seen, titles)
            for lead, group in groups.items()
            if lead in rows
        }
        return {key: found[lead] for key, lead in leads.items() if lead in found}

    def _leads(self, keys: set[int]) -> dict[int, int]:
        v = metadata.tables["vote"]
        leads: dict[int, int] = {}
        for some in cut(sorted(keys), SOME):
            query = select(v.c.id, v.c.joined_to).where(v.c.id.in_(some))
            leads |= {key: joined or key for key, joined in self._connection.execute(query)}
        return leads

    def _groups(self, leads: set[int]) -> dict[int, list[int]]:
        """Return with each leading record those that it leads."""
        v = metadata.tables["vote"]
        groups = {lead: [lead] for lead in leads}
        for some in cut(sorted(leads), SOME):
            query = select(v.c.joined_to, v.c.id).where(v.c.joined_to.in_(some))
            for lead, key in self._connection.execute(query):
                groups[lead].append(key)
        return groups

    def _rows(self, keys: Sequence[int]) -> dict[int, Row[Any]]:
        v, o = metadata.tables["vote"], metadata.tables["observation"]
        columns = (v.c.id, v.c.slug, v.c.legislature_id, v.c.sitting_date, v.c.taken_at, v.c.result, v.c.status,
                   o.c.fields, o.c.announced_text, v.c.observation_id)  # fmt: skip
        rows: dict[int, Row[Any]] = {}
        for some in cut(keys, SOME):
            query = select(*columns).join(o, o.c.id == v.c.observation_id).where(v.c.id.in_(some))
            rows |= {row.id: row for row in self._connection.execute(query)}
        return rows

    def _readings(self, keys: Sequence[int]) -> dict[int, list[Row[Any]]]:
        """Return every count of every reading of votes, the readings in the order they are numbered in."""
        o, t = metadata.tables["observation"], metadata.tables["tally"]
        columns = (o.c.vote_id, o.c.id, o.c.seen_at, t.c.kind, t.c.yes, t.c.no, t.c.abstain, t.c.candidates)
        found: dict[int, list[Row[Any]]] = defaultdict(list)
        for some in cut(keys, SOME):
            query: Select[Any] = select(*columns).join(t, t.c.observation_id == o.c.id).where(o.c.vote_id.in_(some))
            for row in self._connection.execute(query.order_by(o.c.vote_id, o.c.seen_at, o.c.id, t.c.kind)).all():
                found[row.vote_id].append(row)
        return found

    def _titles(self, keys: Sequence[int]) -> dict[int, str]:
        """Return what lists call the bills that votes name."""
        names = ("vote", "motion_bill", "bill", "legislature", "bill_record", "bill_state")
        v, mb, b, law, r, s = (metadata.tables[name] for name in names)
        found: dict[int, str] = defaultdict(str)
        for some in cut(keys, SOME):
            query = (
                select(v.c.id, s.c.title)
                .join(mb, mb.c.motion_id == v.c.motion_id)
                .join(b, b.c.id == mb.c.bill_id)
                .join(law, law.c.id == b.c.legislature_id)
                .join(r, (r.c.number == b.c.number) & (r.c.period == b.c.period) & (r.c.legislature == law.c.slug))
                .join(s, s.c.id == r.c.state_id)
                .where(v.c.id.in_(some))
                .order_by(v.c.id, b.c.id)
            )
            for key, title in self._connection.execute(query):
                found[key] += f" {title}"
        return found

    def _candidate(
        self,
        row: Row[Any],
        group: Sequence[Row[Any]],
        seen: Mapping[int, Sequence[Row[Any]]],
        titles: Mapping[int, str],
    ) -> Candidate:
        told = {one.id: json.loads(one.fields) for one in group}
        fields: dict[str, str | None] = told[row.id]
        texts = [
            part
            for one in group
            for part in (told[one.id]["subject"], told[one.id]["question"], one.announced_text, titles.get(one.id))
        ]
        bills = {number for one in group for number in (told[one.id]["bills"] or "").split(", ")} - {""}
        return Candidate(
            key=row.id,
            id=row.slug,
            legislature=self._chambers[row.legislature_id].slug,
            sitting_date=row.sitting_date,
            taken_at=datetime.fromisoformat(row.taken_at) if row.taken_at else None,
            subject=fields["subject"] or "",
            question=fields["question"],
            kind=fields["kind"],
            result=row.result,
            status=Status(row.status),
            bills=tuple(sorted(bills)),
            words=" ".join(filter(None, texts)),
            counts=tuple(
                count for one in group for count in _counts(one, seen.get(one.id, ()), told[one.id], row.id == one.id)
            ),
        )


def _counts(row: Row[Any], seen: Sequence[Row[Any]], fields: Mapping[str, str | None], own: bool) -> Iterator[Counted]:
    """Return the counts of a record, its readings numbered from 1."""
    number, last = 0, None
    for one in seen:
        number, last = (number if one.id == last else number + 1), one.id
        named = tuple((name, count) for name, count in json.loads(one.candidates)) if one.candidates else ()
        tally = Tally(one.yes, one.no, one.abstain, candidates=named)
        means = fields["announced_means"] if one.kind == "announced" else None
        yield Counted(one.kind, tally, number, one.seen_at, one.id == row.observation_id, own, means)


def cut(values: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """Cut a list into pieces that fit one question."""
    for start in range(0, len(values), size):
        yield values[start : start + size]
