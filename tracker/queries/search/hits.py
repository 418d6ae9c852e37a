"""Which votes does a search find, and how near is each to what was typed?

Words that all votes have find all votes. Whoever asks for the first few does not wait for the rest: the index of SQLite
is in the order of days, PostgreSQL has one of days, and no more is looked at than fills a page (`Hits.first`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    Select,
    Subquery,
    and_,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)  # fmt: skip

from tracker.domain.days import Days
from tracker.domain.figures import Figures
from tracker.queries.dated import around, both, dated, on
from tracker.queries.search.matching import ALWAYS, matching
from tracker.queries.search.sought import Sought, Step
from tracker.storage.tables import metadata

COUNTS = ("board", "final", "announced")
"""The counts by whose figures a vote is found."""
Part = Step | tuple[int, ...]
"""What is looked for at once: what a step finds, or votes by other names (their keys)."""


@dataclass(frozen=True, slots=True)
class Hits:
    """What a search finds by its words: by what any paper's record of a vote says.

    `parts` are what is looked for, what is nearest first: a vote is as near as the first that finds it. `whole` finds
    the same in no order, in less time. `papers` is how many records a vote may have. Votes of other sitting days than
    `days` are not wanted.
    """

    dialect: str
    papers: int
    parts: tuple[Part, ...]
    whole: tuple[Part, ...]
    days: Days

    def ranked(self, where: Sequence[ColumnElement[bool]]) -> CTE:
        """Return a table of the votes that are found and meet what else is asked, and the `step` that finds each."""
        parts = [self._joined(part, where) for part in self.parts]
        found = union_all(
            *(
                part.with_only_columns(part.selected_columns["id"], literal(n).label("step"))
                for n, part in enumerate(parts)
            )
        ).subquery()
        return select(found.c.id, func.min(found.c.step).label("step")).group_by(found.c.id).cte()

    def apart(self) -> Iterator[Hits]:
        """Yield what each part finds, what is nearest first."""
        for part in self.parts:
            yield replace(self, parts=(part,), whole=(part,))

    def first(self, connection: Connection, where: Sequence[ColumnElement[bool]], need: int, *, up: bool) -> Subquery:
        """Return a table of the first votes by date, and not many others: `need` of what each part finds.

        `up`: the oldest are the first. `where` is what else is asked of the votes.
        """
        found = []
        for part in self.whole:
            edge = self._edge(connection, part, where, need, up=up)
            found.append(self._joined(part, where, Days(None, edge) if up else Days(edge, None)))
        return self._once(found)

    def all(self, where: Sequence[ColumnElement[bool]]) -> Subquery:
        """Return a table of the votes that are found and meet what else is asked."""
        return self._once([self._joined(part, where) for part in self.whole])

    def count(self, connection: Connection, where: Sequence[ColumnElement[bool]], most: int) -> int:
        """Count the votes that are found and meet what else is asked, up to one more than `most`."""
        plain = self.papers == 1 and len(where) == 1
        found = _ids([self._found(part) if plain else self._joined(part, where) for part in self.whole])
        some = found.limit(self.papers * len(self.whole) * (most + 1)).subquery()
        return min(connection.scalar(select(func.count(some.c.id.distinct()))) or 0, most + 1)

    def _edge(
        self, connection: Connection, part: Part, where: Sequence[ColumnElement[bool]], need: int, *, up: bool
    ) -> date | None:
        """Return the sitting day on which enough has been met; None: there is not so much."""
        if not isinstance(part, Step):
            return None
        query = self._joined(part, where)
        place, day = query.selected_columns["place"], query.selected_columns["sitting_date"]
        order: ColumnElement[Any] = place if self.dialect == "sqlite" else day
        query = query.with_only_columns(day).order_by(order if up else order.desc())
        found: date | None = connection.scalar(query.limit(1).offset(self.papers * need - 1))
        return found

    def _joined(self, part: Part, where: Sequence[ColumnElement[bool]], days: Days = ALWAYS) -> Select[Any]:
        """Return a query for the votes shown that a part finds and that meet what else is asked; some come twice."""
        v = metadata.tables["vote"]
        found = self._found(part, days).subquery()
        query: Select[Any] = select(v.c.id, found.c.place, v.c.sitting_date).select_from(found)
        query = query.where(v.c.sitting_date >= days.since) if days.since else query
        query = query.where(v.c.sitting_date <= days.until) if days.until else query
        if self.papers == 1:
            return query.join(v, v.c.id == found.c.id).where(*where)
        record = v.alias("record")
        shown = func.coalesce(record.c.joined_to, record.c.id)
        return query.join(record, record.c.id == found.c.id).join(v, v.c.id == shown).where(*where)

    def _once(self, parts: Sequence[Select[Any]]) -> Subquery:
        """Return a table of the keys that several queries have, each once."""
        found: Subquery = _ids(parts).subquery()
        if self.papers == 1 and len(parts) == 1:
            return found
        return select(found.c.id).distinct().subquery()

    def _found(self, part: Part, days: Days = ALWAYS) -> Select[Any]:
        """Return a query for the keys of the records that a part finds, and their places in the index."""
        v = metadata.tables["vote"]
        if not isinstance(part, Step):
            return select(v.c.id, v.c.id.label("place")).where(v.c.id.in_(part))
        looked = both(self.days, days, _around_all(part.years))
        query = matching(part.wanted, self.dialect, looked)
        if part.years:
            years = or_(*(and_(*dated(one.since, one.until)) for one in part.years))
            query = query.join(v, v.c.id == query.selected_columns["id"]).where(years)
        return query


def _around_all(years: Sequence[Days]) -> Days:
    """Return the sitting days between which votes of any of some years may be."""
    since = [one.since for one in years if one.since]
    return around(min(since), max(one.until for one in years if one.until)) if since else ALWAYS


def hits(connection: Connection, found: Sought, days: Days) -> Hits | None:
    """Return what a search finds by its words, in votes of these sitting days; None if it has none."""
    if not found.steps:
        return None
    named: tuple[Part, ...] = (found.named,) if found.named else ()
    looked = both(days, *(around(one.since, one.until) for one in found.asked.days if one.since))
    papers = _papers(connection)
    steps, whole = (*named, *found.steps), (*named, *found.whole)
    return Hits(connection.dialect.name, papers, steps, whole, looked)


def required(connection: Connection, found: Sought) -> list[ColumnElement[bool]]:
    """Return what else a search asks: the days it names, and its count of votes."""
    met = [on(connection, days) for days in found.asked.days]
    if found.asked.figures is not None:
        met.append(_counted(found.asked.figures))
    return met


def _papers(connection: Connection) -> int:
    """Return how many records of a vote there may be, one of each paper of its chamber."""
    v, s = metadata.tables["vote"], metadata.tables["source"]
    if not connection.scalar(select(exists().where(v.c.joined_to.is_not(None)))):
        return 1
    each = select(func.count().label("n")).select_from(s).group_by(s.c.legislature_id).subquery()
    return connection.scalar(select(func.max(each.c.n))) or 1


def _ids(parts: Sequence[Select[Any]]) -> Any:
    """Return a query for the keys that several queries have, one after the other."""
    some = [part.with_only_columns(part.selected_columns["id"]) for part in parts]
    return some[0] if len(some) == 1 else union_all(*some)


def _counted(figures: Figures) -> ColumnElement[bool]:
    """Return the condition that a vote is counted so, by any paper, in the board, the final count or as announced.

    `quoted` has every count there has ever been; only those in force are found.
    """
    v, t, q = (metadata.tables[name] for name in ("vote", "tally", "quoted"))
    met = [t.c.kind.in_(COUNTS)]
    for side in ("yes", "no", "abstain"):
        if (count := getattr(figures, side)) is not None:
            met += [q.c[side] == count, t.c[side] == count]
    record = v.alias("counted")
    shown = select(func.coalesce(record.c.joined_to, record.c.id)).join(q, q.c.vote_id == record.c.id)
    return v.c.id.in_(shown.join(t, t.c.observation_id == record.c.observation_id).where(*met))
