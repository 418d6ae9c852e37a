"""Is everything there that a large batch's rows refer to, asked once for the batch and not once for each row?

An engine looks every reference of a row up as it is written: a third of the cost of loading millions of ballots into
SQLite, nearly all of it on PostgreSQL. A batch of them refers to a few hundred rows, over and over: they are asked for
here, in the batch's own transaction. What a batch says first of members, names and bills refers to rows that it has
just written itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Column, Connection, Table

from tracker.storage.tables import metadata


class Orphaned(Exception):
    """Rows refer to something that is not there: a slip of ours. Nothing of the batch is stored."""


def prove(connection: Connection, gathered: Mapping[str, Sequence[Any]]) -> None:
    """Hold the references of rows against the tables. Orphaned if one is missing."""
    for name, rows in gathered.items():
        table = metadata.tables[name]
        for column, parent, values in _references(table, rows):
            found = _count(connection, parent, values)
            if found != len(values):
                raise Orphaned(
                    f"{name}.{column}: {len(values) - found} of {len(values)} are not in {parent.table.name}"
                )


def _count(connection: Connection, parent: Column[Any], values: set[Any]) -> int:
    """Count the values that stand in a column, handed over as one: engines bound how many may be."""
    if connection.dialect.name == "sqlite":
        among, handed = "IN (SELECT value FROM json_each(?))", json.dumps(sorted(values))
    else:
        among, handed = "= ANY(%s)", list(values)
    query = f'SELECT count(*) FROM "{parent.table.name}" WHERE "{parent.name}" {among}'  # noqa: S608
    return int(connection.exec_driver_sql(query, (handed,)).scalar_one())


def _references(table: Table, rows: Sequence[Any]) -> Iterator[tuple[str, Any, set[Any]]]:
    if not rows:
        return
    order = list(table.c.keys())
    for reference in table.foreign_keys:
        column = reference.parent.name
        at: Any = column if isinstance(rows[0], dict) else order.index(column)
        yield column, reference.column, set(map(itemgetter(at), rows)) - {None}
