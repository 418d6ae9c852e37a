"""How do many rows get into a table of PostgreSQL at once?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, cast

from sqlalchemy import Connection
from sqlalchemy.schema import AddConstraint, DropConstraint

from tracker.storage.tables import metadata


def copy(connection: Connection, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Put rows into a table of PostgreSQL by COPY, which takes them as they come and keeps none in memory."""
    cursor = cast(Any, connection.connection.driver_connection).cursor()
    names = ", ".join(f'"{column}"' for column in columns)
    with cursor, cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as into:
        for row in rows:
            into.write_row(row)


@contextmanager
def unbound(connection: Connection) -> Iterator[None]:
    """Let PostgreSQL look up what rows refer to once they are all there, which takes a fraction of the time.

    For a load that is a transaction of its own: until its end nobody else can use the tables.
    """
    bound = [key for table in metadata.sorted_tables for key in table.foreign_key_constraints]
    bound = bound if connection.dialect.name == "postgresql" else []
    for key in bound:
        connection.execute(DropConstraint(key))
    yield
    for key in bound:
        connection.execute(AddConstraint(key))
