"""Which key does a new row get?"""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from tracker.storage.tables import metadata


class Keys:
    """The next free key of each table, handed out under the writer's lock."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._next: dict[str, int] = {}

    def new(self, table: str) -> int:
        """Return a key no row of the table has."""
        if table not in self._next:
            column = metadata.tables[table].c.id
            self._next[table] = int(self._connection.scalar(select(func.coalesce(func.max(column), 0))) or 0)
        self._next[table] += 1
        return self._next[table]
