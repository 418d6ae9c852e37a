"""Where do the ballots lie on PostgreSQL? Those of each legislature in a table of their own, a part of `ballot`.

A part can be backed up, set aside or given to another disk by itself, and a question about one chamber reads no
other's. Which part a ballot goes to is written in a column that only PostgreSQL has. SQLite keeps one table.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Connection, SmallInteger, literal_column, select, true

from tracker.storage.tables import metadata

PART = "ballot_of_"
"""How the name of a part begins; the key of its legislature follows."""
WHOSE = "legislature_id"
"""The column of `ballot` that says to which part a row belongs."""


def make(connection: Connection, legislature: int) -> None:
    """Make the part of a legislature if the engine has parts and this one is missing.

    It is made by itself and then joined to the others: nobody who reads has to wait.
    """
    if connection.dialect.name != "postgresql":
        return
    part = f"{PART}{legislature:d}"
    if connection.exec_driver_sql("SELECT to_regclass(%s)", (part,)).scalar() is None:
        connection.exec_driver_sql(f"CREATE TABLE {part} (LIKE ballot)")
        connection.exec_driver_sql(f"ALTER TABLE ballot ATTACH PARTITION {part} FOR VALUES IN ({legislature:d})")


def of(connection: Connection, *legislatures: int) -> ColumnElement[bool]:
    """Return the condition that keeps a question about ballots to the parts of some legislatures.

    Without it the question is put to every part there is: of a hundred chambers, each question takes 5 ms more.
    """
    if connection.dialect.name != "postgresql":
        return true()
    return literal_column(f"ballot.{WHOSE}", SmallInteger).in_(legislatures)


def holding(connection: Connection, observations: Collection[int]) -> ColumnElement[bool]:
    """Return the condition that keeps a question about ballots to the parts that hold those of some readings."""
    if connection.dialect.name != "postgresql":
        return true()
    v, o = metadata.tables["vote"], metadata.tables["observation"]
    whose = select(v.c.legislature_id).distinct().join(o, o.c.vote_id == v.c.id).where(o.c.id.in_(observations))
    return of(connection, *connection.scalars(whose))


def ours(name: str | None, type_: str, parent: Any) -> bool:
    """Whether a name in the database is of the parts, and so not of the tables as the code describes them."""
    part = type_ == "table" and name is not None and name.startswith(PART)
    return part or (type_ == "column" and name == WHOSE and parent.get("table_name") == "ballot")
