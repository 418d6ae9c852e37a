"""Is everything there that a large batch's rows refer to, asked once for the batch and not once for each row?

SQLite looks every reference of a row up as it is written: a third of the cost of loading millions of ballots. A batch
of them refers to a few hundred rows, over and over: they are asked for here, in the batch's own transaction. What a
batch says first of members, names and bills refers to rows that it has just written itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Table

from tracker.storage.tables import metadata


class Orphaned(Exception):
    """Rows refer to something that is not there: a slip of ours. Nothing of the batch is stored."""


def prove(connection: Connection, gathered: Mapping[str, Sequence[Any]]) -> None:
    """Hold the references of rows against the tables. Orphaned if one is missing."""
    for name, rows in gathered.items():
        table = metadata.tables[name]
        for column, parent, values in _references(table, rows):
            query = (
                f'SELECT count(*) FROM "{parent.table.name}" WHERE "{parent.name}" IN (SELECT value FROM json_each(?))'  # noqa: S608
            )
            found = connection.exec_driver_sql(query, (json.dumps(sorted(values)),)).scalar_one()
            if found != len(values):
                raise Orphaned(
                    f"{name}.{column}: {len(values) - found} of {len(values)} are not in {parent.table.name}"
                )


def _references(table: Table, rows: Sequence[Any]) -> Iterator[tuple[str, Any, set[Any]]]:
    if not rows:
        return
    order = list(table.c.keys())
    for reference in table.foreign_keys:
        column = reference.parent.name
        at: Any = column if isinstance(rows[0], dict) else order.index(column)
        yield column, reference.column, set(map(itemgetter(at), rows)) - {None}
