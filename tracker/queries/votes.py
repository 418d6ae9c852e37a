"""Which votes are there, and what is known of one of them?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Row, Select, and_, func, select

from tracker.domain.legislature import Legislature
from tracker.domain.reconcile import Verdict
from tracker.domain.votes import Status
from tracker.queries import aliases, history, papers, roll
from tracker.queries.assembly import Assembly, chambers
from tracker.queries.database import reading
from tracker.queries.dated import ordered
from tracker.queries.filters import Count, Met, UnknownLegislature, VoteFilter, met
from tracker.queries.listed import Page, Sitting, VoteRow
from tracker.queries.view import Tallies, VoteView
from tracker.storage.tables import metadata

BATCH = 100


class NotThen(LookupError):
    """At the moment asked for, the vote was not held yet: not before `first`; None: that moment is still to come."""

    def __init__(self, slug: str, moment: datetime, zone: str, first: datetime | None) -> None:
        super().__init__(slug, moment, zone, first)
        self.slug, self.moment, self.zone, self.first = slug, moment, zone, first


def one(
    engine: Engine,
    slug: str,
    version: int | None = None,
    *,
    own: bool = False,
    as_of: date | datetime | None = None,
) -> VoteView | None:
    """Return a vote by its id, in the reading in force or in a numbered earlier one; None if there is none.

    The id of another paper's record of a vote leads to the record shown first, unless its `own` is asked for, or one of
    its versions. `as_of` asks for the reading that was in force at a moment, or at the end of a day, unless a version
    is named; raise NotThen if there was none.
    """
    v = metadata.tables["vote"]
    with reading(engine) as connection:
        rows = connection.execute(select(v).where(v.c.slug == slug)).all()
        if not rows:
            return None
        if rows[0].joined_to is not None and version is None and not own:
            rows = connection.execute(select(v).where(v.c.id == rows[0].joined_to)).all()
        assembly = Assembly(connection)
        views = assembly.views(rows, ballots=True, checked=True, version=version)
        if not views:
            return None
        view = replace(views[0], aliases=aliases.of_vote(connection, rows[0].joined_to or rows[0].id, views[0].bills))
        if version is not None or as_of is None:
            return view
        now = datetime.now(UTC)
        moment = history.moment_of(as_of, view.chamber.zone, now)
        number = history.number_at(view.versions, moment)
        if number is None or moment > now:
            first = min(v.since for v in view.versions if v.since) if moment <= now else None
            raise NotThen(view.id, moment, view.chamber.zone, first)
        if number != view.version:
            (then,) = assembly.views(rows, ballots=True, checked=True, version=number)
            view = replace(then, aliases=view.aliases)
    return replace(view, as_of=moment)


def listing(engine: Engine, wanted: VoteFilter) -> Page:
    """Return a stretch of the votes that meet a filter, and how many do. Raise UnknownLegislature for a wrong name."""
    v = metadata.tables["vote"]
    with reading(engine) as connection:
        found = met(connection, wanted)
        if found is None:
            return Page((), 0)
        count = found.count(connection)
        numbers = _stretch(connection, found, wanted, count)
        rows = {row.id: row for row in connection.execute(_row_query().where(v.c.id.in_(numbers)))}
        return Page(_rows(connection, [rows[number] for number in numbers]), count.n, found.understood, count.more)


def meeting(engine: Engine, wanted: VoteFilter) -> frozenset[str]:
    """Return the ids of all votes that meet a filter; `limit` is not heeded."""
    v = metadata.tables["vote"]
    with reading(engine) as connection:
        found = met(connection, wanted)
        return frozenset() if found is None else frozenset(connection.scalars(found.of(select(v.c.slug))))


def every(engine: Engine, wanted: VoteFilter) -> Iterator[VoteView]:
    """Hand out every vote that meets a filter, whole but for its ballots, a batch at a time; `limit` is not heeded."""
    v = metadata.tables["vote"]
    with reading(engine) as connection:
        found = met(connection, wanted)
        if found is None:
            return
        assembly = Assembly(connection)
        query = ranked(found, wanted.sort)
        numbers = connection.execution_options(yield_per=BATCH).execute(query).scalars()
        for some in numbers.partitions():
            order = {number: n for n, number in enumerate(some)}
            rows = connection.execute(select(v).where(v.c.id.in_(some))).all()
            yield from assembly.views(sorted(rows, key=lambda row: order[row.id]), ballots=False)


def latest_sittings(engine: Engine, *, each: int = 1, votes: int = 15) -> tuple[Sitting, ...]:
    """Return the last `each` sitting days of every chamber, newest first, with up to `votes` votes in clock order."""
    v = metadata.tables["vote"]
    found: list[Sitting] = []
    with reading(engine) as connection:
        for number, chamber in chambers(connection).items():
            before: ColumnElement[bool] = and_(v.c.legislature_id == number, v.c.joined_to.is_(None))
            for _ in range(each):
                day = connection.scalar(select(func.max(v.c.sitting_date)).where(before))
                if day is None:
                    break
                found.append(_sitting(connection, number, chamber, day, votes))
                before = and_(v.c.legislature_id == number, v.c.joined_to.is_(None), v.c.sitting_date < day)
    return tuple(sorted(found, key=lambda sitting: (-sitting.date.toordinal(), sitting.chamber)))


def named(engine: Engine, slugs: Sequence[str]) -> tuple[VoteRow, ...]:
    """Return the votes of a list by their ids, in its order; an id of no vote is left out."""
    with reading(engine) as connection:
        rows = {row.id: row for row in rows_of(connection, slugs)}
    return tuple(rows[slug] for slug in slugs if slug in rows)


def rows_of(connection: Connection, slugs: Sequence[str]) -> tuple[VoteRow, ...]:
    """Return votes as lists show them, by their ids, in clock order."""
    v = metadata.tables["vote"]
    rows = connection.execute(ordered(_row_query().where(v.c.slug.in_(slugs)), "oldest")).all()
    return _rows(connection, rows)


def legislatures(engine: Engine) -> tuple[Legislature, ...]:
    """Return every legislature, in order of title."""
    with reading(engine) as connection:
        return tuple(sorted(chambers(connection).values(), key=lambda chamber: chamber.title))


def _sitting(connection: Connection, number: int, chamber: Legislature, day: date, votes: int) -> Sitting:
    v = metadata.tables["vote"]
    same = and_(v.c.legislature_id == number, v.c.sitting_date == day, v.c.joined_to.is_(None))
    total = connection.scalar(select(func.count()).select_from(v).where(same)) or 0
    rows = connection.execute(ordered(_row_query().where(same), "oldest").limit(votes)).all()
    return Sitting(chamber.slug, chamber.title, day, _rows(connection, rows), total)


def _stretch(connection: Connection, found: Met, wanted: VoteFilter, count: Count) -> Sequence[int]:
    """Return the keys of a stretch of a list. Of a long one no more is looked at than fills the stretch."""
    v = metadata.tables["vote"]
    need = wanted.offset + wanted.limit
    if found.hits is None or wanted.sort != "newest":
        query = found.first(connection, select(v.c.id), wanted.sort, need, count.n)
        return connection.scalars(query.limit(wanted.limit).offset(wanted.offset)).all()
    keys: dict[int, None] = {}
    enough = need if count.more else min(need, count.n)
    for part in found.apart():
        if len(keys) >= enough:
            break
        query = part.first(connection, select(v.c.id), wanted.sort, need, count.n)
        keys |= dict.fromkeys(connection.scalars(query.limit(need)))
    return list(keys)[wanted.offset : need]


def ranked(found: Met, sort: str) -> Select[Any]:
    """Return a query for the keys of votes in order: what is nearest to a reader's words, before what is newer."""
    v = metadata.tables["vote"]
    if found.hits is None or sort != "newest":
        return ordered(found.of(select(v.c.id)), sort)
    table = found.hits.ranked(found.where)
    return ordered(select(v.c.id).join(table, table.c.id == v.c.id).order_by(table.c.step), sort)


def _row_query() -> Select[Any]:
    v, m, o = (metadata.tables[name] for name in ("vote", "motion", "observation"))
    columns = (v, m.c.subject, m.c.question, m.c.kind, o.c.source)
    return select(*columns).join(m, m.c.id == v.c.motion_id).join(o, o.c.id == v.c.observation_id)


def _rows(connection: Connection, rows: Sequence[Row[Any]]) -> tuple[VoteRow, ...]:
    laws, kinds = chambers(connection), papers.kinds(connection)
    tallies = roll.tallies(connection, [row.observation_id for row in rows])
    return tuple(
        VoteRow(
            id=row.slug,
            legislature=laws[row.legislature_id].slug,
            source=row.source,
            paper=kinds[row.source][0],
            credit=kinds[row.source][1],
            short=laws[row.legislature_id].short,
            abstention=laws[row.legislature_id].abstention,
            sitting_date=row.sitting_date,
            taken_at=datetime.fromisoformat(row.taken_at) if row.taken_at else None,
            subject=row.subject,
            question=row.question,
            kind=row.kind,
            status=Status(row.status),
            verdict=Verdict(row.verdict),
            result=row.result,
            tallies=tallies.get(row.observation_id, Tallies()),
            gone=row.gone_since is not None,
        )
        for row in rows
    )


__all__ = [
    "NotThen",
    "UnknownLegislature",
    "VoteFilter",
    "every",
    "latest_sittings",
    "legislatures",
    "listing",
    "meeting",
    "named",
    "one",
    "ranked",
]
