"""Is everything there that a large batch's rows refer to, asked once for the batch and not once for each row?

An engine looks every reference of a row up as it is written: a third of the cost of loading millions of ballots into
SQLite, nearly all of it on PostgreSQL. A batch of them refers to a few hundred rows, over and over: they are asked for
here, in the batch's own transaction. What a batch says first of members, names and bills refers to rows that it has
just written itself.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence, Set
from functools import partial
from operator import itemgetter
from typing import Any

from sqlalchemy import Column, Connection

from tracker.storage.ballots import Ballots
from tracker.storage.tables import metadata


class Orphaned(Exception):
    """Rows refer to something that is not there: a slip of ours. Nothing of the batch is stored."""


def prove(connection: Connection, gathered: Mapping[str, Sequence[Any]], ballots: Ballots) -> None:
    """Hold the references of rows against the tables. Orphaned if one is missing."""
    for name, rows in gathered.items():
        if rows:
            _hold(connection, name, partial(_keys, rows, list(metadata.tables[name].c.keys())))
    _hold(connection, "ballot", ballots.keys)


def _keys(rows: Sequence[Any], order: Sequence[str], column: str) -> Set[Any]:
    """Return what a column of rows holds: rows by the names of columns, or in their order."""
    at: Any = column if isinstance(rows[0], dict) else order.index(column)
    return set(map(itemgetter(at), rows))


def _hold(connection: Connection, name: str, keys: Callable[[str], Set[Any]]) -> None:
    for reference in metadata.tables[name].foreign_keys:
        column, parent = reference.parent.name, reference.column
        values = keys(column) - {None}
        found = _count(connection, parent, values)
        if found != len(values):
            missing = f"{len(values) - found} of {len(values)} are not in {parent.table.name}"
            raise Orphaned(f"{name}.{column}: {missing}")


def _count(connection: Connection, parent: Column[Any], values: Set[Any]) -> int:
    """Count the values that stand in a column, handed over as one: engines bound how many may be."""
    handed: tuple[str | list[Any]]
    if connection.dialect.name == "sqlite":
        among, handed = "IN (SELECT value FROM json_each(?))", (json.dumps(sorted(values)),)
    else:
        among, handed = "= ANY(%s)", (list(values),)
    query = f'SELECT count(*) FROM "{parent.table.name}" WHERE "{parent.name}" {among}'  # noqa: S608
    return int(connection.exec_driver_sql(query, handed).scalar_one())
