"""How is the database opened: to write, or to read only, and at which version of the schema?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url

from tracker.storage import parts
from tracker.storage.tables import metadata

if TYPE_CHECKING:
    from alembic.config import Config

__all__ = [
    "SEARCH", "Engine", "SchemaBehind", "drift", "include_name", "migrations", "newest", "open_engine",
    "require_current", "sample", "upgrade", "version", "writing",
]  # fmt: skip
"""`Engine` is handed on, so that the rooms above can name a database without speaking SQL."""

SEARCH = ("vote_search",)
"""Tables that hold the search index: each engine has its own kind, so the migrations write them by hand."""
MIGRATIONS = Path(__file__).parent / "migrations"
QUEUE = "procrastinate_"
"""What the names of the queue's tables begin with: they are another programme's, and only PostgreSQL has them."""


class SchemaBehind(Exception):
    """The database was made by another version: `tracker db upgrade` brings it up to date."""


def open_engine(
    url: str, *, read_only: bool = False, patience: float = 30, pool: int = 5, longest: float | None = None
) -> Engine:
    """Open a database by its SQLAlchemy address: SQLite (a file, WAL, foreign keys on) or PostgreSQL (psycopg).

    Read-only means just that: SQLite is opened with `mode=ro`, PostgreSQL sessions are set read-only. `patience` is how
    many seconds a locked SQLite file or a free connection to PostgreSQL is waited for, `pool` how many of these there
    are, `longest` after how many seconds PostgreSQL cuts a question off.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(parsed.database or "", read_only, patience)
    if parsed.get_backend_name() != "postgresql":
        raise ValueError(f"{parsed.get_backend_name()} is not supported; use sqlite:/// or postgresql+psycopg://")
    if "@" in (parsed.host or ""):
        raise ValueError("two signs @ stand before the host; write that of a name or password as %40")
    said = {"default_transaction_read_only": "on"} if read_only else {}
    if longest is not None:
        said["statement_timeout"] = f"{longest * 1000:.0f}"
    return _postgresql(parsed, said, pool_size=pool, max_overflow=0 if read_only else 10, pool_timeout=patience)


def _sqlite(path: str, read_only: bool, patience: float) -> Engine:
    if not path or path == ":memory:":
        raise ValueError("the database needs a file: sqlite:///path/to/escrutinio.sqlite")
    if not read_only:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    address = f"{Path(path).absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}&uri=true"
    engine = create_engine(f"sqlite:///{address}", connect_args={"timeout": patience, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA foreign_keys = ON")
        # In KB, for each connection. A reader has several, and the system's own cache behind them.
        cursor.execute(f"PRAGMA cache_size = {-4000 if read_only else -16000}")
        cursor.execute("PRAGMA temp_store = MEMORY")
        if read_only:
            cursor.execute("PRAGMA query_only = ON")
        else:
            cursor.execute("PRAGMA journal_mode = WAL")
            cursor.execute("PRAGMA synchronous = NORMAL")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A writer takes its lock at once, so that two writers queue instead of failing half-way.
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    return engine


def _postgresql(url: URL, said: Mapping[str, str], **pool: float) -> Engine:
    from tracker.storage.signs import Text  # noqa: PLC0415 - its driver is an extra

    options = {"options": " ".join(f"-c {name}={value}" for name, value in said.items())}
    address = url.set(drivername="postgresql+psycopg")
    engine = create_engine(address, connect_args=options, pool_pre_ping=True, **pool)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.adapters.register_dumper(str, Text)

    return engine


def migrations(engine: Engine) -> Config:
    """Return Alembic's settings for a database."""
    from alembic.config import Config  # noqa: PLC0415 - a dozen megabytes that readers do without

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["engine"] = engine
    return config


def upgrade(engine: Engine) -> None:
    """Create the tables or bring them up to date. Does nothing if they are. On PostgreSQL one at a time."""
    from alembic import command  # noqa: PLC0415 - see `migrations`

    with engine.connect() as connection:
        try:
            if engine.dialect.name == "postgresql":
                # It ends with the connection, whatever happens to this process.
                connection.exec_driver_sql("SELECT pg_advisory_lock(7361)")
                connection.commit()
            if version(engine) != newest():
                command.upgrade(migrations(engine), "head")
        finally:
            connection.invalidate()


def version(engine: Engine) -> str | None:
    """Return the schema's version; None for an empty database."""
    from alembic.runtime.migration import MigrationContext  # noqa: PLC0415 - see `migrations`

    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str:
    """Return the version this programme is written for: the files of the migrations begin with theirs."""
    return max(file.name.partition("_")[0] for file in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def require_current(engine: Engine) -> None:
    """Raise SchemaBehind unless the schema is the one this programme is written for."""
    found = version(engine)
    if found != newest():
        state = "has no tables yet" if found is None else f"is at version {found}, this programme needs {newest()}"
        raise SchemaBehind(f"the database {state}; run: tracker db upgrade")


def drift(engine: Engine) -> list[Any]:
    """Return what the tables in the database lack or have too much, compared with the code."""
    from alembic.autogenerate import compare_metadata  # noqa: PLC0415 - see `migrations`
    from alembic.runtime.migration import MigrationContext  # noqa: PLC0415

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": include_name, "compare_type": True})
        return list(compare_metadata(context, metadata))


def include_name(name: str | None, type_: str, parent: Any) -> bool:
    """Leave the search index, the queue and PostgreSQL's parts of the ballots out of the comparison."""
    others = type_ == "table" and name is not None and name.startswith((*SEARCH, QUEUE))
    return not (others or parts.ours(name, type_, parent))


def sample(engine: Engine) -> None:
    """Have PostgreSQL look at what its tables hold, by which it plans: after much has come at once it has no idea."""
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("ANALYZE")


@contextmanager
def writing(engine: Engine, *, proven: bool = False) -> Iterator[Connection]:
    """Open a transaction that no other writer shares: everything in it is stored, or nothing.

    `proven`: the writer itself proves that what its rows refer to is there (`proof.py`), so the engine need not.
    """
    with _unchecked(engine) if proven and engine.dialect.name == "sqlite" else engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            # One writer at a time hands out ids; the lock ends with the transaction.
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7362)")
            if proven and _may_trust(connection):
                connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        yield connection


def _may_trust(connection: Connection) -> bool:
    """Whether this role may tell PostgreSQL to look no reference up, as its superuser can allow it from 15 on."""
    asked = "SELECT has_parameter_privilege('session_replication_role', 'SET')"
    return (connection.dialect.server_version_info or (0,)) >= (15,) and bool(
        connection.exec_driver_sql(asked).scalar_one()
    )


@contextmanager
def _unchecked(engine: Engine) -> Iterator[Connection]:
    """Open a transaction in which SQLite looks no reference up: that can be said only between two transactions."""
    with engine.connect() as connection:
        connection.connection.execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                yield connection
        finally:
            connection.connection.execute("PRAGMA foreign_keys = ON")
