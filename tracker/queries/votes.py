"""Which votes are there, and what is known of one of them?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Engine, Row, Select, and_, func, or_, select

from tracker.domain.bills import Bill
from tracker.domain.reconcile import Verdict
from tracker.domain.votes import Status
from tracker.queries import papers, roll, search
from tracker.queries.assembly import Assembly, chambers
from tracker.queries.database import reading
from tracker.queries.listed import Page, Sitting, VoteRow
from tracker.queries.view import Chamber, Tallies, VoteView
from tracker.storage.tables import metadata

APART = timedelta(days=14)
"""How far a clock time may lie from the date of its sitting and still be found by it: Peru's run past midnight."""

BATCH = 100


class UnknownLegislature(LookupError):
    """No legislature and no source goes by that name; the message lists those that do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteFilter:
    """What a reader asks for. `legislatures` takes slugs of legislatures or of sources.

    `since` and `until` (both included) meet the sitting date or the date by the clock. `text` finds votes that have
    every word, `bill` those whose motion names it, bare or in full.
    """

    text: str = ""
    legislatures: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    status: Status | None = None
    verdict: Verdict | None = None
    bill: Bill | None = None
    limit: int = 25
    offset: int = 0
    sort: Literal["newest", "oldest"] = "newest"


def one(engine: Engine, slug: str, version: int | None = None, *, own: bool = False) -> VoteView | None:
    """Return a vote by its id, in the reading in force or in a numbered earlier one; None if there is none.

    The id of another paper's record of a vote leads to the record shown first, unless its `own` is asked for, or one of
    its versions.
    """
    v = metadata.tables["vote"]
    with reading(engine) as connection:
        rows = connection.execute(select(v).where(v.c.slug == slug)).all()
        if not rows:
            return None
        if rows[0].joined_to is not None and version is None and not own:
            rows = connection.execute(select(v).where(v.c.id == rows[0].joined_to)).all()
        views = Assembly(connection).views(rows, ballots=True, checked=True, version=version)
    return views[0] if views else None


def listing(engine: Engine, wanted: VoteFilter) -> Page:
    """Return a stretch of the votes that meet a filter, and how many do. Raise UnknownLegislature for a wrong name."""
    v = metadata.tables["vote"]
    with reading(engine) as connection:
        conditions = _conditions(connection, wanted)
        if conditions is None:
            return Page((), 0)
        total = connection.scalar(select(func.count()).select_from(v).where(*conditions)) or 0
        query = _ordered(_row_query().where(*conditions), wanted.sort)
        rows = connection.execute(query.limit(wanted.limit).offset(wanted.offset)).all()
        return Page(_rows(connection, rows), total)


def every(engine: Engine, wanted: VoteFilter) -> Iterator[VoteView]:
    """Hand out every vote that meets a filter, whole but for its ballots, a batch at a time; `limit` is not heeded."""
    v = metadata.tables["vote"]
    with reading(engine) as connection:
        conditions = _conditions(connection, wanted)
        if conditions is None:
            return
        assembly = Assembly(connection)
        query = _ordered(select(v.c.id).where(*conditions), wanted.sort)
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
    rows = connection.execute(_ordered(_row_query().where(v.c.slug.in_(slugs)), "oldest")).all()
    return _rows(connection, rows)


def legislatures(engine: Engine) -> tuple[Chamber, ...]:
    """Return every legislature, in order of title."""
    with reading(engine) as connection:
        return tuple(sorted(chambers(connection).values(), key=lambda chamber: chamber.title))


def _sitting(connection: Connection, number: int, chamber: Chamber, day: date, votes: int) -> Sitting:
    v = metadata.tables["vote"]
    same = and_(v.c.legislature_id == number, v.c.sitting_date == day, v.c.joined_to.is_(None))
    total = connection.scalar(select(func.count()).select_from(v).where(same)) or 0
    rows = connection.execute(_ordered(_row_query().where(same), "oldest").limit(votes)).all()
    return Sitting(chamber.slug, chamber.title, day, _rows(connection, rows), total)


def _conditions(connection: Connection, wanted: VoteFilter) -> list[ColumnElement[bool]] | None:
    """Return a filter's conditions; None if its text has no word in it, which no vote meets."""
    v = metadata.tables["vote"]
    conditions: list[ColumnElement[bool]] = [v.c.joined_to.is_(None)]
    if wanted.text.strip():
        asked = search.words(wanted.text)
        if not asked:
            return None
        conditions.append(_or_joined(v.c.id.in_(search.matching(asked, connection.dialect.name))))
    if wanted.legislatures:
        conditions.append(v.c.legislature_id.in_(_numbers(connection, wanted.legislatures)))
    conditions += _dated(wanted.since, wanted.until)
    if wanted.status:
        conditions.append(v.c.status == wanted.status.value)
    if wanted.verdict:
        conditions.append(v.c.verdict == wanted.verdict.value)
    if wanted.bill:
        conditions.append(_or_joined(v.c.motion_id.in_(_naming(wanted.bill))))
    return conditions


def _or_joined(met: ColumnElement[bool]) -> ColumnElement[bool]:
    """Let a vote meet a condition on its words by those of any paper's record of it."""
    v = metadata.tables["vote"]
    return v.c.id.in_(select(func.coalesce(v.c.joined_to, v.c.id)).where(met).correlate(None))


def _naming(bill: Bill) -> Select[Any]:
    """Return a query for the motions that name a bill: bare in its own series, in full from any chamber."""
    b, m, law = (metadata.tables[name] for name in ("bill", "motion_bill", "legislature"))
    named = and_(law.c.slug == bill.legislature, b.c.period == bill.period, b.c.number == bill.number)
    full = [b.c.number.like(start) for start in bill.in_full()]
    return (
        select(m.c.motion_id)
        .join(b, b.c.id == m.c.bill_id)
        .join(law, law.c.id == b.c.legislature_id)
        .where(or_(named, *full))
    )


def _dated(since: date | None, until: date | None) -> list[ColumnElement[bool]]:
    """Return the conditions that one of a vote's two dates lies in a window; the first bounds what is looked at."""
    v = metadata.tables["vote"]
    sitting, clock, near = [], [], []
    if since:
        near.append(v.c.sitting_date >= since - APART)
        sitting.append(v.c.sitting_date >= since)
        clock.append(v.c.taken_at >= since.isoformat())
    if until:
        near.append(v.c.sitting_date <= until + APART)
        sitting.append(v.c.sitting_date <= until)
        clock.append(v.c.taken_at < (until + timedelta(days=1)).isoformat())
    return [*near, or_(and_(*sitting), and_(*clock))] if near else []


def _numbers(connection: Connection, names: Sequence[str]) -> list[int]:
    law, source = metadata.tables["legislature"], metadata.tables["source"]
    known: dict[str, int] = {}
    for query in (select(source.c.slug, source.c.legislature_id), select(law.c.slug, law.c.id)):
        known |= {row[0]: row[1] for row in connection.execute(query)}
    for name in names:
        if name not in known:
            raise UnknownLegislature(f"no legislature or source is called {name!r}; known: {', '.join(sorted(known))}")
    return sorted({known[name] for name in names})


def _ordered(query: Select[Any], sort: str) -> Select[Any]:
    """Put votes in clock order; on a day without clock times, in the order of their document."""
    v = metadata.tables["vote"]
    columns = (v.c.sitting_date, v.c.taken_at, v.c.ordinal, v.c.id)
    if sort == "oldest":
        return query.order_by(v.c.sitting_date, v.c.taken_at.asc().nulls_first(), v.c.ordinal, v.c.id)
    return query.order_by(*(c.desc().nulls_last() if c is v.c.taken_at else c.desc() for c in columns))


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


__all__ = ["UnknownLegislature", "VoteFilter", "every", "latest_sittings", "legislatures", "listing", "named", "one"]
