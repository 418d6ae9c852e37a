"""How does a program go through a list that grows while it reads: by the place of the last vote, not by a number?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Engine, and_, false, or_, select

from tracker.domain.days import Days
from tracker.queries.database import reading
from tracker.queries.dated import both
from tracker.queries.filters import Met, VoteFilter, met
from tracker.queries.listed import VoteRow
from tracker.queries.votes import rows_of
from tracker.storage.tables import metadata


class Place(NamedTuple):
    """Where a vote stands in a list: by what lists are ordered by."""

    margin: int | None
    sitting_date: date
    taken_at: str | None
    ordinal: int
    id: int


class Stretch(NamedTuple):
    """A stretch of a list, how many votes there are in all, and the place of its last; None: nothing follows.

    `more`: there are more than `total`, not counted.
    """

    rows: tuple[VoteRow, ...]
    total: int
    last: Place | None
    more: bool = False


def stretch(engine: Engine, wanted: VoteFilter, after: Place | None = None) -> Stretch:
    """Return the votes that meet a filter and stand behind a place, in order of date or of margin.

    How near a vote is to the words of a search does not matter here. Votes that are added meanwhile move nothing. Raise
    UnknownLegislature for a wrong name.
    """
    v = metadata.tables["vote"]
    with reading(engine) as connection:
        found = met(connection, wanted)
        if found is None:
            return Stretch((), 0, None)
        query = select(v.c.slug, *(v.c[name] for name in Place._fields))
        behind = found if after is None else _past(found, after, wanted.sort)
        total, more = found.count(connection)
        some = behind.first(connection, query, wanted.sort, wanted.limit + 1, total)
        places = connection.execute(some.limit(wanted.limit + 1)).all()
        shown = {row.slug: Place(*row[1:]) for row in places[: wanted.limit]}
        rows = {row.id: row for row in rows_of(connection, list(shown))}
    last = [*shown.values()][-1] if len(places) > wanted.limit else None
    return Stretch(tuple(rows[slug] for slug in shown), total, last, more)


def _past(found: Met, place: Place, sort: str) -> Met:
    """Narrow a filter down to what stands behind a place; in order of date the index is asked for no other days."""
    hits = found.hits
    if hits is not None and sort != "closest":
        days = Days(place.sitting_date, None) if sort == "oldest" else Days(None, place.sitting_date)
        hits = replace(hits, days=both(hits.days, days))
    return replace(found, where=[*found.where, _behind(place, sort)], hits=hits)


def _behind(place: Place, sort: str) -> ColumnElement[bool]:
    """Return the condition that a vote stands behind a place. The first part bounds what an index has to be asked."""
    v = metadata.tables["vote"]
    up = sort == "oldest"
    steps: list[tuple[Any, Any, bool]] = [(v.c.margin, place.margin, True)] if sort == "closest" else []
    steps += [(v.c.sitting_date, place.sitting_date, up), (v.c.taken_at, place.taken_at, up)]
    steps += [(v.c.ordinal, place.ordinal, up), (v.c.id, place.id, up)]
    if sort == "closest":
        return _after(steps)
    day = v.c.sitting_date
    return and_(day >= place.sitting_date if up else day <= place.sitting_date, _after(steps))


def _after(steps: Sequence[tuple[Any, Any, bool]]) -> ColumnElement[bool]:
    """Compare step by step; no clock time is earlier than any, and no margin is wider than any."""
    (column, value, up), *rest = steps
    nulls_last = column.name == "margin" or not up
    if value is None:
        further: ColumnElement[bool] = false() if nulls_last else column.is_not(None)
        same: ColumnElement[bool] = column.is_(None)
    else:
        further = column > value if up else column < value
        further = or_(further, column.is_(None)) if nulls_last and column.nullable else further
        same = column == value
    return or_(further, and_(same, _after(rest))) if rest else further


__all__ = ["Place", "Stretch", "stretch"]
