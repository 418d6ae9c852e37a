"""How do many rows get into a table of PostgreSQL at once?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, cast

from sqlalchemy import Connection


def copy(connection: Connection, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Put rows into a table of PostgreSQL by COPY, which takes them as they come and keeps none in memory."""
    cursor = cast(Any, connection.connection.driver_connection).cursor()
    names = ", ".join(f'"{column}"' for column in columns)
    with cursor, cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as into:
        for row in rows:
            into.write_row(row)
