"""The same small database on both engines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import seed
from sqlalchemy import Engine, create_engine

from tracker.queries.database import connect
from tracker.storage.engine import open_engine

Fill = Callable[[str], object]
"""What puts something into the database at an address."""


@pytest.fixture(scope="session")
def held(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Fill], str]:
    """Give the address of a database on an engine, filled when it is first asked for."""
    known: dict[tuple[str, Fill], str] = {}

    def at(kind: str, fill: Fill) -> str:
        if (kind, fill) not in known:
            name = f"filled{len(known)}"
            if kind == "sqlite":
                url = f"sqlite:///{tmp_path_factory.mktemp('db')}/{name}.sqlite"
            else:
                server = request.getfixturevalue("postgres_server")
                admin = create_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT")
                with admin.connect() as connection:
                    connection.exec_driver_sql(f"CREATE DATABASE {name}")
                admin.dispose()
                url = f"{server}/{name}"
            fill(url)
            known[kind, fill] = url
        return known[kind, fill]

    return at


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def kind(request: pytest.FixtureRequest) -> str:
    """Each of the two engines."""
    return str(request.param)


@contextmanager
def opened(url: str) -> Iterator[Engine]:
    """Open a database the way a reader does."""
    engine = connect(url)
    yield engine
    engine.dispose()


def with_bills(url: str) -> None:
    """Fill a database with the small one and what a list says of bills."""
    seed.bills(seed.seeded(url).engine)


def with_year(url: str) -> None:
    """Fill a database with the small one and a year of the House made up."""
    seed.year(seed.seeded(url).engine)


@pytest.fixture(scope="session")
def sqlite_seeded(held: Callable[[str, Fill], str]) -> str:
    """The small database in a SQLite file."""
    return held("sqlite", seed.seeded)


@pytest.fixture
def engine(held: Callable[[str, Fill], str], kind: str) -> Iterator[Engine]:
    """The small database, on each engine."""
    with opened(held(kind, seed.seeded)) as engine:
        yield engine


@pytest.fixture
def billed(held: Callable[[str, Fill], str], kind: str) -> Iterator[Engine]:
    """The small database with bills, on each engine."""
    with opened(held(kind, with_bills)) as engine:
        yield engine


@pytest.fixture
def dated(held: Callable[[str, Fill], str], kind: str) -> Iterator[Engine]:
    """The small database with a year of votes, on each engine."""
    with opened(held(kind, with_year)) as engine:
        yield engine


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Engine]:
    """A database with tables and nothing in them."""
    url = f"sqlite:///{tmp_path}/empty.sqlite"
    seed.upgrade(open_engine(url))
    with opened(url) as engine:
        yield engine
