"""When is a vote of a day: by its sitting, or by the clock?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select

from tracker.domain.days import Days
from tracker.storage.tables import metadata

APART = timedelta(days=14)
"""How far a clock time may lie from the date of its sitting and still be found by it: Peru's run past midnight."""
YEARS = 60
"""Years that are looked at for a day of no named year, the latest first."""


def clock_order() -> tuple[ColumnElement[Any], ...]:
    """Return what votes are put in order by: the day, the clock, those without a clock time first, then their paper's.

    Where nothing says so, one engine has them first and the other last.
    """
    v = metadata.tables["vote"]
    return v.c.sitting_date, v.c.taken_at.asc().nulls_first(), v.c.ordinal, v.c.id


def around(since: date | None, until: date | None) -> Days:
    """Return the sitting days of votes that may be of a window by one of their two dates."""
    early = date.fromordinal(max(since.toordinal() - APART.days, 1)) if since else None
    late = date.fromordinal(min(until.toordinal() + APART.days, date.max.toordinal())) if until else None
    return Days(early, late)


def both(*spans: Days) -> Days:
    """Return the days that several spans have in common."""
    since = max((span.since for span in spans if span.since), default=None)
    return Days(since, min((span.until for span in spans if span.until), default=None))


def dated(since: date | None, until: date | None) -> list[ColumnElement[bool]]:
    """Return the conditions that one of a vote's two dates lies in a window; the first bounds what is looked at.

    A clock time of a day begins with the day and a `T`, and so comes before the day and a `U`.
    """
    v = metadata.tables["vote"]
    sitting, clock, near = [], [], []
    span = around(since, until)
    if since:
        near.append(v.c.sitting_date >= span.since)
        sitting.append(v.c.sitting_date >= since)
        clock.append(v.c.taken_at >= since.isoformat())
    if until:
        near.append(v.c.sitting_date <= span.until)
        sitting.append(v.c.sitting_date <= until)
        clock.append(v.c.taken_at < f"{until.isoformat()}U")
    return [*near, or_(and_(*sitting), and_(*clock))] if near else []


def on(connection: Connection, days: Days) -> ColumnElement[bool]:
    """Return the condition that a vote is of these days; of one of no named year, in any that has votes."""
    if days.since:
        return and_(*dated(days.since, days.until))
    v = metadata.tables["vote"]
    first, last = connection.execute(select(func.min(v.c.sitting_date), func.max(v.c.sitting_date))).one()
    years = range(last.year + 1, max(first.year, last.year - YEARS) - 1, -1) if last else ()
    exact = [span.since for year in years if (span := days.in_year(year)) is not None and span.since]
    near = [day - timedelta(days=n) for day in exact for n in range(APART.days + 1)]
    clock = func.substr(v.c.taken_at, 1, 10).in_([day.isoformat() for day in exact])
    return and_(v.c.sitting_date.in_(near), or_(v.c.sitting_date.in_(exact), clock))


def ordered(query: Select[Any], sort: str) -> Select[Any]:
    """Put votes in clock order (on a day without clock times, in the order of their document), or the closest first."""
    v = metadata.tables["vote"]
    if sort == "oldest":
        return query.order_by(*clock_order())
    newest = (v.c.sitting_date.desc(), v.c.taken_at.desc().nulls_last(), v.c.ordinal.desc(), v.c.id.desc())
    return query.order_by(*([v.c.margin.asc().nulls_last()] if sort == "closest" else []), *newest)
