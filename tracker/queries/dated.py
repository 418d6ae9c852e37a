"""When is a vote of a day: by its sitting, or by the clock?"""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import ColumnElement, Connection, and_, false, func, or_, select

from tracker.domain.days import Days
from tracker.storage.tables import metadata

APART = timedelta(days=14)
"""How far a clock time may lie from the date of its sitting and still be found by it: Peru's run past midnight."""
YEARS = 60
"""Years that are looked at for a day of no named year, the latest first."""


def dated(since: date | None, until: date | None) -> list[ColumnElement[bool]]:
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


def on(connection: Connection, days: Days) -> list[ColumnElement[bool]]:
    """Return the windows of which a vote meets one to be of these days: one, or one in each year that has votes."""
    if not days.month or days.since:
        return [and_(*dated(days.since, days.until))]
    v = metadata.tables["vote"]
    first, last = connection.execute(select(func.min(v.c.sitting_date), func.max(v.c.sitting_date))).one()
    years = range(last.year + 1, max(first.year, last.year - YEARS) - 1, -1) if last else ()
    spans = [span for year in years if (span := days.in_year(year)) is not None]
    return [and_(*dated(span.since, span.until)) for span in spans] or [false()]
