"""What is there to choose from: kinds of motion, stated results, groups of a chamber?"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Column, Connection, Engine, exists, func, select

from tracker.queries.database import reading
from tracker.storage.tables import metadata


@dataclass(frozen=True, slots=True)
class GroupOption:
    """A group that cast ballots in some vote held."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Options:
    """What the votes of a chamber can be narrowed down to, each in order of its letters; as printed."""

    kinds: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    groups: tuple[GroupOption, ...] = ()


def options(engine: Engine, legislature: str) -> Options:
    """Return what there is to choose from in a chamber; nothing if there is no such chamber."""
    law, g, t = (metadata.tables[name] for name in ("legislature", "group", "group_tally"))
    with reading(engine) as connection:
        number = connection.scalar(select(law.c.id).where(law.c.slug == legislature))
        if number is None:
            return Options()
        met = exists(select(t.c.yes).where(t.c.group_id == g.c.id).correlate(g))
        groups = connection.execute(select(g.c.code, g.c.name).where(g.c.legislature_id == number, met))
        return Options(
            _values(connection, metadata.tables["motion"].c.kind, number),
            _values(connection, metadata.tables["vote"].c.result, number),
            tuple(
                sorted((GroupOption(code, name) for code, name in groups), key=lambda group: (group.name, group.code))
            ),
        )


def _values(connection: Connection, column: Column[str], legislature: int) -> tuple[str, ...]:
    """Return the values of a column of a chamber's rows, each found by the index from the one before."""
    own = column.table.c.legislature_id == legislature
    first = select(func.min(column).label("value")).where(own, column.is_not(None)).cte("found", recursive=True)
    following = select(func.min(column)).where(own, column > first.c.value).scalar_subquery()
    found = first.union_all(select(following).where(first.c.value.is_not(None)))
    rows = connection.execute(select(found.c.value).where(found.c.value.is_not(None))).scalars()
    return tuple(rows)
