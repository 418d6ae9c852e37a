"""How does a reader open the database, and has anything shown changed since the last look?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from sqlalchemy import Connection, Engine, make_url, text
from sqlalchemy.exc import ArgumentError, SQLAlchemyError, TimeoutError

from tracker.storage.engine import SchemaBehind, newest, open_engine

CUT_OFF = "57014"
"""PostgreSQL's number for a question that was cut off (query_canceled), in whatever language it says so."""
BUSY_MS = 2_000
"""How long a reader waits for a locked SQLite file, or for a connection to PostgreSQL, before it says so."""

COUNTED = (
    "legislature",
    "rule",
    "run",
    "fetch",
    "person",
    "group",
    "vote",
    "observation",
    "change",
    "finding",
    "alias",
)
"""Tables whose newest key tells that something a reader sees has moved. Every stored answer adds a fetch."""


# As they are sent: these three stand before every answer, and SQLAlchemy would need longer to write them than SQLite
# needs to answer.
_REVISION = text("SELECT version_num FROM alembic_version")
_KEYS = text("SELECT " + ", ".join(f'(SELECT max(id) FROM "{name}")' for name in COUNTED))  # noqa: S608
_ENDS = text("SELECT id, ending, finished_at, message FROM run ORDER BY id DESC LIMIT 20")


class Unavailable(Exception):
    """The database cannot be read: missing, locked, unreachable or of another version. The message says what to do."""


class Busy(Unavailable):
    """The database has too much to do to answer: the question was cut off, or had no turn. It may in a moment."""


def connect(url: str, *, pool: int = 5, longest: float | None = None) -> Engine:
    """Open a database to read only, by its SQLAlchemy address. Nothing is asked of it yet; see `data_version`.

    On PostgreSQL, `pool` is how many questions can be asked at once, and `longest` after how many seconds one is cut
    off. Raise Unavailable if the address is not one of a supported database.
    """
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "postgresql" and "connect_timeout" not in parsed.query:
            parsed = parsed.update_query_dict({"connect_timeout": "5"})
        address = parsed.render_as_string(hide_password=False)
        return open_engine(address, read_only=True, patience=BUSY_MS / 1000, pool=pool, longest=longest)
    except (ArgumentError, ValueError) as error:
        raise Unavailable(f"The database address is not understood: {error}") from error


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Open a connection to ask questions on. Raise Unavailable if the database cannot be read."""
    try:
        with engine.connect() as connection:
            yield connection
    except SQLAlchemyError as error:
        raise _unavailable(engine, error) from error


def data_version(engine: Engine) -> str:
    """Return a short text that changes whenever anything a reader sees changes. Costs three small questions.

    Raise Unavailable if the database cannot be read or its tables are of another version than this programme's.
    """
    try:
        with engine.connect() as connection:
            found = connection.scalar(_REVISION)
            if found == _newest():
                seen = [tuple(connection.execute(_KEYS).one()), *map(tuple, connection.execute(_ENDS))]
                return hashlib.blake2b(repr((found, seen)).encode(), digest_size=8).hexdigest()
    except SQLAlchemyError as error:
        if "alembic_version" not in str(getattr(error, "orig", None)):
            raise _unavailable(engine, error) from error
        found = None
    state = "has no tables yet" if found is None else f"is at version {found}, this programme reads {_newest()}"
    raise Unavailable(f"The database {state}. Run: tracker db upgrade") from SchemaBehind(state)


@lru_cache(maxsize=1)
def _newest() -> str:
    return newest()


def _unavailable(engine: Engine, error: SQLAlchemyError) -> Unavailable:
    if getattr(getattr(error, "orig", None), "sqlstate", None) == CUT_OFF:
        return Busy("The question took the database too long and was cut off (ESCRUTINIO_DATABASE_LONGEST).")
    if isinstance(error, TimeoutError):
        return Busy("There are more questions than connections to the database (ESCRUTINIO_DATABASE_POOL).")
    return Unavailable(_why(engine, error))


def _why(engine: Engine, error: SQLAlchemyError) -> str:
    """Say in a sentence what stands in the way, without the address's password, which may stand in its query too."""
    where = engine.url.set(query={}).render_as_string(hide_password=True)
    if engine.dialect.name == "sqlite":
        where = (engine.url.database or "").removeprefix("file://").split("?")[0]
    cause = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
    if "unable to open" in cause:
        return f"There is no database at {where} yet. Run: tracker up (or tracker db upgrade)"
    if "locked" in cause:
        return f"The database at {where} is locked by another programme. Try again in a moment."
    return f"The database at {where} cannot be read: {cause}"


__all__ = ["Busy", "Engine", "Unavailable", "connect", "data_version", "reading"]
