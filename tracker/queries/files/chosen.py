"""Which votes go into a file, in which order, and in which of their readings?"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Row, Select, or_, select

from tracker.domain.legislature import Legislature
from tracker.queries import papers
from tracker.queries.assembly import chambers
from tracker.queries.database import reading
from tracker.queries.filters import VoteFilter, met
from tracker.queries.view import VoteView
from tracker.queries.votes import ranked
from tracker.storage.tables import metadata

ROWS = 32_768
"""Ballots of a batch, more or less: what is in memory at once."""


@dataclass(frozen=True, slots=True)
class OneReading:
    """A vote in one of its readings, by its number."""

    id: str
    version: int

    @classmethod
    def of(cls, view: VoteView) -> OneReading:
        """Return the reading that a page shows."""
        return cls(view.id, view.version)


@dataclass(frozen=True, slots=True)
class MemberRecord:
    """The votes that a member of a chamber had a part in, on the roll or aloud."""

    legislature: str
    member: str


Choice = VoteFilter | OneReading | MemberRecord
"""What a file is about. `limit` and `offset` of a filter are not heeded."""


@dataclass(frozen=True, slots=True)
class Line:
    """A vote in the reading that goes into a file; `row` has the columns of both, and the document's digest."""

    row: Row[Any]
    fields: dict[str, str | None]
    chamber: Legislature
    told: Sequence[int]
    """The keys of all its readings, in the order of their numbers."""

    @property
    def version(self) -> int:
        """The number of the reading."""
        return self.told.index(self.row.id) + 1

    @property
    def versions(self) -> int:
        """How many readings there are."""
        return len(self.told)

    @property
    def in_force(self) -> bool:
        """Whether this is the reading that lists show."""
        return bool(self.row.id == self.row.current)

    @property
    def sitting(self) -> date:
        """The day of the sitting."""
        return date.fromisoformat(self.fields["sitting_date"] or "")

    @property
    def clock(self) -> str | None:
        """When the vote was taken, by the chamber's clock with its offset (ISO 8601)."""
        return self.fields["taken_at"] or (self.row.taken_at if self.in_force else None)

    @property
    def taken_at(self) -> datetime | None:
        """The clock time of the chamber, without its offset."""
        return datetime.fromisoformat(self.clock).replace(tzinfo=None) if self.clock else None

    @property
    def result(self) -> str | None:
        """The result, where a source states one."""
        return self.fields["result"] or (self.row.result if self.in_force else None)

    @property
    def status(self) -> str | None:
        """How settled the record is."""
        return self.row.status if self.in_force else self.fields["status"]


class Snapshot:
    """The database as it stands at one moment, for as long as a file is written."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.chambers = chambers(connection)
        self.papers = papers.kinds(connection)

    def count(self, choice: Choice) -> int:
        """Count the votes of a choice."""
        if isinstance(choice, OneReading):
            return 1
        if isinstance(choice, MemberRecord):
            return len(self._of_member(choice))
        found = met(self.connection, choice)
        return 0 if found is None else found.total(self.connection)

    def lines(self, choice: Choice) -> Iterator[list[Line]]:
        """Hand out the votes of a choice in its order, a batch at a time; what several papers record, once."""
        o = metadata.tables["observation"]
        if isinstance(choice, OneReading):
            yield self._lines([o.c.id == self._number(choice)])
            return
        v = metadata.tables["vote"]
        for some in self._keys(choice):
            order = {number: n for n, number in enumerate(some)}
            lines = self._lines([o.c.id == v.c.observation_id, v.c.id.in_(some)])
            yield sorted(lines, key=lambda line: order[line.row.vote_id])

    @property
    def at_once(self) -> int:
        """How many votes a batch has."""
        return max(50, ROWS // max((chamber.seats for chamber in self.chambers.values()), default=1))

    def _keys(self, choice: VoteFilter | MemberRecord) -> Iterator[Sequence[int]]:
        if isinstance(choice, MemberRecord):
            held = self._of_member(choice)
            yield from (held[n : n + self.at_once] for n in range(0, len(held), self.at_once))
            return
        found = met(self.connection, choice)
        if found is not None:
            streamed = {"yield_per": self.at_once}
            found_keys = self.connection.execute(ranked(found, choice.sort), execution_options=streamed)
            yield from found_keys.scalars().partitions()

    def _of_member(self, choice: MemberRecord) -> Sequence[int]:
        b, o, v, s = (metadata.tables[name] for name in ("ballot", "observation", "vote", "spoken"))
        names, force = names_of(choice), o.alias("in_force")
        on_roll = (
            select(v.c.id)
            .select_from(b)
            .join(o, o.c.id == b.c.observation_id)
            .join(v, v.c.id == o.c.vote_id)
            .join(force, force.c.id == v.c.observation_id)
            .where(b.c.voter_id.in_(names), force.c.ballots_of == b.c.observation_id)
        )
        aloud = select(v.c.id).join(s, s.c.observation_id == v.c.observation_id).where(s.c.voter_id.in_(names))
        either = or_(v.c.id.in_(on_roll), v.c.id.in_(aloud))
        query = select(v.c.id).where(either, v.c.joined_to.is_(None))
        return self.connection.execute(
            query.order_by(v.c.sitting_date, v.c.taken_at, v.c.ordinal, v.c.id)
        ).scalars().all()  # fmt: skip

    def _number(self, choice: OneReading) -> int:
        """Return the key of a numbered reading. Raise LookupError if there is none."""
        v, o = metadata.tables["vote"], metadata.tables["observation"]
        query = select(o.c.id).join(v, v.c.id == o.c.vote_id).where(v.c.slug == choice.id)
        numbers = self.connection.execute(query.order_by(o.c.seen_at, o.c.id)).scalars().all()
        if not 1 <= choice.version <= len(numbers):
            raise LookupError(f"there is no reading {choice.version} of {choice.id}")
        return int(numbers[choice.version - 1])

    def _lines(self, where: Sequence[ColumnElement[bool]]) -> list[Line]:
        rows = self.connection.execute(_query().where(*where)).all()
        told = self._told([row.vote_id for row in rows])
        return [Line(row, json.loads(row.fields), self.chambers[row.legislature_id], told[row.vote_id]) for row in rows]

    def _told(self, votes: Sequence[int]) -> dict[int, list[int]]:
        """Return the keys of all readings of votes, in the order of their numbers."""
        o = metadata.tables["observation"]
        found: dict[int, list[int]] = defaultdict(list)
        query = select(o.c.vote_id, o.c.id).where(o.c.vote_id.in_(votes)).order_by(o.c.vote_id, o.c.seen_at, o.c.id)
        for vote, number in self.connection.execute(query):
            found[vote].append(number)
        return found


@contextmanager
def snapshot(engine: Engine) -> Iterator[Snapshot]:
    """Hold the database as it stands: what is stored meanwhile goes into the next file. Raise Unavailable."""
    with reading(engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ")
        yield Snapshot(connection)


def names_of(choice: MemberRecord) -> Select[Any]:
    """Return a query for the keys of the names that stand for a member."""
    r, p, law = (metadata.tables[name] for name in ("voter", "person", "legislature"))
    return (
        select(r.c.id)
        .join(p, p.c.id == r.c.person_id)
        .join(law, law.c.id == p.c.legislature_id)
        .where(law.c.slug == choice.legislature, p.c.slug == choice.member)
    )


def _query() -> Select[Any]:
    v, o, d = (metadata.tables[name] for name in ("vote", "observation", "document"))
    of_vote = (
        v.c.slug, v.c.legislature_id, v.c.taken_at, v.c.status, v.c.verdict, v.c.result, v.c.gone_since,
        v.c.observation_id.label("current"),
    )  # fmt: skip
    return select(o, *of_vote, d.c.sha256).join(v, v.c.id == o.c.vote_id).join(d, d.c.id == o.c.document_id)


__all__ = ["Choice", "Line", "MemberRecord", "OneReading", "Snapshot", "names_of", "snapshot"]
