"""How is a whole database carried into another, row for row, and is what arrived what was sent?

Rows pass through here in a form both engines have in common: whole numbers and text. None are kept: what stays of a
table is how many rows it has and the sum of their digests, in which their order makes no difference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from typing import Any, NamedTuple

from sqlalchemy import Boolean, Column, Connection, Date, DateTime, Engine, Table, exists, func, select

from tracker.storage import parts, search
from tracker.storage.copying import copy, unbound
from tracker.storage.engine import require_current, sample, upgrade, writing
from tracker.storage.tables import Moment, metadata

SOME = 10_000
"""Rows fetched at a time."""
WHOLE = (1 << 128) - 1

Watch = Callable[[str, int], None]
"""Is told of so many further rows of a table."""


class Occupied(Exception):
    """The database that was to be filled holds something already."""


class Changed(Exception):
    """What arrived is not what was sent, table by table; nothing of it was kept."""

    def __init__(self, found: tuple[Moved, ...]) -> None:
        super().__init__(f"not the same rows in: {', '.join(one.table for one in found if not one.same)}")
        self.found = found


class Measure(NamedTuple):
    """How many rows a table has, and the sum of their digests."""

    rows: int
    digest: str


class Moved(NamedTuple):
    """A table, as both sides have it."""

    table: str
    before: Measure
    after: Measure

    @property
    def same(self) -> bool:
        """Whether both sides have the same rows."""
        return self.before == self.after


def size(engine: Engine) -> int:
    """Return how many rows there are to carry."""
    with engine.connect() as connection:
        counts = (select(func.count()).select_from(table) for table in metadata.sorted_tables)
        return sum(connection.scalar(count) or 0 for count in counts)


def move(source: Engine, target: Engine, watch: Watch = lambda _table, _rows: None) -> tuple[Moved, ...]:
    """Carry every row into a database that holds none, and return what each side has of each table.

    It is one transaction: whatever stops it, a killed process as much as a row that is not the same, leaves the target
    as empty as it was. Raise Occupied if it was not, Changed for rows that are not the same.
    """
    require_current(source)
    upgrade(target)
    with snapshot(source) as reading, writing(target) as connection:
        _require_empty(connection)
        with unbound(connection):
            sent = [_carry(reading, connection, table, watch) for table in metadata.sorted_tables]
        search.reindex(connection)
        found = tuple(
            Moved(table.name, before, measure(connection, table))
            for table, before in zip(metadata.sorted_tables, sent, strict=True)
        )
        if not all(one.same for one in found):
            raise Changed(found)
    sample(target)
    return found


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """Open a database as it is now, whatever is written to it meanwhile."""
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    with engine.connect() as connection:
        yield connection


def measure(connection: Connection, table: Table) -> Measure:
    """Return what a database has of a table."""
    seal = Seal()
    for row in rows(connection, table):
        seal.add(row)
    return seal.measure


class Seal:
    """Adds up rows to what they can be recognised by."""

    def __init__(self) -> None:
        self._rows, self._sum = 0, 0

    def add(self, row: Sequence[Any]) -> None:
        """Add a row."""
        digest = blake2b(repr(tuple(row)).encode(), digest_size=16).digest()
        self._rows, self._sum = self._rows + 1, (self._sum + int.from_bytes(digest)) & WHOLE

    @property
    def measure(self) -> Measure:
        """What the rows are recognised by."""
        return Measure(self._rows, f"{self._sum:032x}")


def rows(connection: Connection, table: Table) -> Iterator[Sequence[Any]]:
    """Hand out the rows of a table in the form that both engines have in common."""
    plain = connection.dialect.name == "sqlite"
    columns = ", ".join(f'"{column.name}"' if plain else _in_common(column) for column in table.columns)
    options = {"stream_results": True, "yield_per": SOME}
    found = connection.exec_driver_sql(f'SELECT {columns} FROM "{table.name}"', execution_options=options)  # noqa: S608
    for some in found.partitions(SOME):
        yield from some


def _in_common(column: Column[Any]) -> str:
    """Return how PostgreSQL writes a column's values the way SQLite keeps them."""
    if isinstance(column.type, Moment | DateTime):
        return f"to_char(\"{column.name}\", 'YYYY-MM-DD HH24:MI:SS.US')"
    if isinstance(column.type, Date | Boolean):
        return f'"{column.name}"::{"text" if isinstance(column.type, Date) else "int"}'
    return f'"{column.name}"'


def _carry(reading: Connection, connection: Connection, table: Table, watch: Watch) -> Measure:
    seal = Seal()

    def passing() -> Iterator[Sequence[Any]]:
        for n, row in enumerate(rows(reading, table), 1):
            seal.add(row)
            yield row
            if n % SOME == 0:
                watch(table.name, SOME)
        watch(table.name, seal.measure.rows % SOME)

    _put(connection, table, passing())
    return seal.measure


def _put(connection: Connection, table: Table, found: Iterator[Sequence[Any]]) -> None:
    """Put rows into a table; PostgreSQL is told of ballots whose part each belongs to."""
    names = [column.name for column in table.columns]
    if connection.dialect.name == "sqlite":
        columns, signs = ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(names))
        driver: Any = connection.connection.driver_connection
        driver.executemany(f'INSERT INTO "{table.name}" ({columns}) VALUES ({signs})', found)  # noqa: S608
    elif table.name == "ballot":
        voters = metadata.tables["voter"].c
        whose = {row[0]: row[1] for row in connection.execute(select(voters.id, voters.legislature_id))}
        voter = names.index("voter_id")
        copy(connection, table.name, (*names, parts.WHOSE), ((*row, whose[row[voter]]) for row in found))
    else:
        copy(connection, table.name, names, found)
    if table.name == "legislature":
        for legislature in connection.scalars(select(table.c.id)).all():
            parts.make(connection, legislature)


def _require_empty(connection: Connection) -> None:
    for table in metadata.sorted_tables:
        if connection.scalar(select(exists(select(*table.columns)))):
            raise Occupied(f"the database to fill has rows in the table {table.name}")
