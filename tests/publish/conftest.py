"""The small database with a year of votes and a hostile one, on both engines, to be written into files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import seed
from sqlalchemy import Engine, create_engine

from tracker.queries.database import connect


def fill(url: str) -> str:
    seed.year(seed.seeded(url).engine)
    return url


@pytest.fixture(scope="session")
def sqlite_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the database in a SQLite file."""
    return fill(f"sqlite:///{tmp_path_factory.mktemp('files')}/votes.sqlite")


@pytest.fixture(scope="session")
def postgres_filled(postgres_server: str) -> str:
    """The address of the same on PostgreSQL."""
    admin = create_engine(f"{postgres_server}/postgres", isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql("CREATE DATABASE files")
    admin.dispose()
    return fill(f"{postgres_server}/files")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """The database, opened as readers open it, on each engine."""
    opened = connect(request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_filled"))
    yield opened
    opened.dispose()


@pytest.fixture
def sqlite(sqlite_url: str) -> Iterator[Engine]:
    """The database in a SQLite file, opened as readers open it."""
    opened = connect(sqlite_url)
    yield opened
    opened.dispose()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that is not there yet."""
    return tmp_path / "out"
