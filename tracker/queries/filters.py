"""Which votes does a reader want to see, and what does that ask of the database?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, Subquery, exists, func, literal_column, select

from tracker.domain.bills import Bill
from tracker.domain.reconcile import Verdict
from tracker.domain.votes import Status
from tracker.queries.bill_votes import naming
from tracker.queries.dated import around, dated, ordered
from tracker.queries.search.hits import Hits, hits, required
from tracker.queries.search.sought import read
from tracker.queries.search.understood import Understood
from tracker.storage.tables import metadata

Stand = Literal["yes", "no", "abstain", "split"]
MOST = 5_000
"""Votes up to which what a text finds is counted."""
FEW = 500
"""Votes that are all put in order at once, rather than looked for until a page is full."""


class UnknownLegislature(LookupError):
    """No legislature and no source goes by that name; the message lists those that do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteFilter:
    """What a reader asks for. `legislatures` takes slugs of legislatures or of sources.

    `text` is what a reader types to find something (docs/dashboard.md, "Search"); `exact`: its words as they stand.
    `since` and `until` (both included) meet the sitting date or the date by the clock, `bill` those whose motion names
    it, bare or in full. `kind` and `result` are as printed. In the order `newest` the best found come first.

    `ahead` is which side has more in the count a vote is quoted by, `margin` how far apart they are at most, `turned`
    that the spoken votes changed which side that is. `group` is a code: its members cast a ballot, and most of them
    went the way of `stand`, or it was `split`, four in ten or more going another way than the most. Elections by name
    and calls of the roll have no margin, and are last in the order `closest`.
    """

    text: str = ""
    exact: bool = False
    legislatures: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    status: Status | None = None
    verdict: Verdict | None = None
    bill: Bill | None = None
    kind: str | None = None
    result: str | None = None
    ahead: Literal["yes", "no", "tie"] | None = None
    margin: int | None = None
    turned: bool = False
    group: str | None = None
    stand: Stand | None = None
    limit: int = 25
    offset: int = 0
    sort: Literal["newest", "oldest", "closest"] = "newest"


class Count(NamedTuple):
    """How many votes there are; `more`: so many, and more that were not counted."""

    n: int
    more: bool = False


@dataclass(frozen=True, slots=True)
class Met:
    """What a filter asks of the database: conditions on votes, and what its text finds, with how it was understood."""

    where: Sequence[ColumnElement[bool]]
    hits: Hits | None
    understood: Understood

    def of(self, query: Select[Any]) -> Select[Any]:
        """Narrow a query about votes down to those that meet the filter."""
        return query.where(*self.where) if self.hits is None else _among(query, self.hits.all(self.where))

    def apart(self) -> Iterator[Met]:
        """Yield what the filter asks for of each part of what its text finds, what is nearest first."""
        for part in self.hits.apart() if self.hits else ():
            yield replace(self, hits=part)

    def first(self, connection: Connection, query: Select[Any], sort: str, need: int, total: int) -> Select[Any]:
        """Narrow a query down to votes that meet the filter, the first `need` among them, and put them in order.

        Of what a text finds no more is looked at than that takes, unless there are few in `total`.
        """
        if self.hits is None or sort == "closest" or total <= FEW:
            return ordered(self.of(query), sort)
        some = self.hits.first(connection, self.where, need, up=sort == "oldest")
        return ordered(_among(query, some), sort)

    def count(self, connection: Connection) -> Count:
        """Count the votes that meet the filter; those that a text finds up to `MOST`."""
        if self.hits is None:
            return Count(self.total(connection))
        found = self.hits.count(connection, self.where, MOST)
        return Count(min(found, MOST), found > MOST)

    def total(self, connection: Connection) -> int:
        """Count the votes that meet the filter, however many there are."""
        return connection.scalar(self.of(select(func.count()).select_from(metadata.tables["vote"]))) or 0


def _among(query: Select[Any], some: Subquery) -> Select[Any]:
    """Narrow a query about votes down to those of a table."""
    return query.join(some, some.c.id == metadata.tables["vote"].c.id)


def met(connection: Connection, wanted: VoteFilter) -> Met | None:
    """Return what a filter asks for; None if its text has nothing in it to look for, which no vote meets."""
    if not wanted.text.strip():
        return Met(_conditions(connection, wanted), None, Understood())
    found = read(connection, wanted.text, exact=wanted.exact)
    if not found.asked:
        return None
    where = [*_conditions(connection, wanted), *required(connection, found)]
    days = around(wanted.since, wanted.until)
    return Met(where, hits(connection, found, days), found.understood)


def _conditions(connection: Connection, wanted: VoteFilter) -> list[ColumnElement[bool]]:
    """Return a filter's conditions but for its text.

    What a small index is limited to stands word for word as it stands there, or the index is not seen to fit.
    """
    v = metadata.tables["vote"]
    found: list[ColumnElement[bool]] = [v.c.joined_to.is_(None)]
    if wanted.legislatures:
        found.append(v.c.legislature_id.in_(_numbers(connection, wanted.legislatures)))
    found += dated(wanted.since, wanted.until)
    found += [
        v.c[name] == value
        for name in ("status", "verdict", "result", "ahead")
        if (value := getattr(wanted, name)) is not None
    ]
    if wanted.status not in (None, Status.OFFICIAL):
        found.append(literal_column("vote.status <> 'official'"))
    if wanted.margin is not None:
        found.append(v.c.margin <= wanted.margin)
    if wanted.turned:
        found.append(literal_column("vote.turned"))
    if wanted.kind is not None:
        found.append(v.c.motion_id.in_(_of_kind(wanted.kind)))
    if wanted.group is not None:
        found.append(_grouped(wanted.group, wanted.stand))
    if wanted.bill:
        found.append(_or_joined(v.c.motion_id.in_(naming(wanted.bill, connection.dialect.name))))
    return found


def _of_kind(kind: str) -> Select[Any]:
    m, law = metadata.tables["motion"], metadata.tables["legislature"]
    return select(m.c.id).where(m.c.legislature_id.in_(select(law.c.id)), m.c.kind == kind)


def _grouped(code: str, stand: Stand | None) -> ColumnElement[bool]:
    """Return the condition that a group cast ballots in a vote, and how most of them went."""
    v, o, t, g = (metadata.tables[name] for name in ("vote", "observation", "group_tally", "group"))
    sides = {name: t.c[name] for name in ("yes", "no", "abstain")}
    cast = t.c.yes + t.c.no + t.c.abstain
    ways: list[ColumnElement[bool]] = []
    if stand == "split":
        ways = [cast >= 3, *((cast - side) * 10 >= cast * 4 for side in sides.values())]
    elif stand is not None:
        ways = [sides[stand] > side for name, side in sides.items() if name != stand]
    return exists(
        select(t.c.yes)
        .join(g, g.c.id == t.c.group_id)
        .join(o, o.c.ballots_of == t.c.observation_id)
        .where(o.c.id == v.c.observation_id, g.c.code == code, g.c.legislature_id == v.c.legislature_id, *ways)
        .correlate(v)
    )


def _or_joined(met: ColumnElement[bool]) -> ColumnElement[bool]:
    """Let a vote meet a condition on its words by those of any paper's record of it."""
    v = metadata.tables["vote"]
    return v.c.id.in_(select(func.coalesce(v.c.joined_to, v.c.id)).where(met).correlate(None))


def _numbers(connection: Connection, names: Sequence[str]) -> list[int]:
    law, source = metadata.tables["legislature"], metadata.tables["source"]
    known: dict[str, int] = {}
    for query in (select(source.c.slug, source.c.legislature_id), select(law.c.slug, law.c.id)):
        known |= {row[0]: row[1] for row in connection.execute(query)}
    for name in names:
        if name not in known:
            raise UnknownLegislature(f"no legislature or source is called {name!r}; known: {', '.join(sorted(known))}")
    return sorted({known[name] for name in names})
