"""How is text put in order? By its letters' numbers on both engines, whatever language a PostgreSQL database speaks.

SQLite knows no other order. PostgreSQL takes that of the database unless a column says otherwise: then `ñ` may stand
beside `n`, signs may not count, and the same question gets its answers in another order.
"""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import Connection

from tracker.storage.tables import metadata

OTHERWISE = (
    "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = current_schema() "
    "AND data_type IN ('text', 'character varying') AND collation_name IS DISTINCT FROM 'C'"
)


def by_number(connection: Connection) -> None:
    """Make every column of text in PostgreSQL's tables be put in order so; does nothing where it is."""
    if connection.dialect.name != "postgresql":
        return
    found: dict[str, list[str]] = defaultdict(list)
    for table, column, kind in connection.exec_driver_sql(OTHERWISE).all():
        if table in metadata.tables:
            found[table].append(f'ALTER COLUMN "{column}" TYPE {kind} COLLATE "C"')
    for table, columns in sorted(found.items()):
        connection.exec_driver_sql(f'ALTER TABLE "{table}" {", ".join(columns)}')
