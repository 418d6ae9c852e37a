"""The same small database on both engines."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from sqlalchemy import Engine, create_engine

from tracker.queries.database import connect
from tracker.storage.engine import open_engine


def load_seed() -> ModuleType:
    """Import the builder that lies beside this file; test folders are no packages."""
    if "escrutinio_seed" not in sys.modules:
        path = Path(__file__).with_name("seed.py")
        spec = importlib.util.spec_from_file_location("escrutinio_seed", path)
        assert spec is not None
        assert spec.loader is not None
        sys.modules["escrutinio_seed"] = module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return sys.modules["escrutinio_seed"]


seed = load_seed()


def _bin(name: str) -> str:
    found = shutil.which(name) or next((str(p) for p in sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))), "")
    assert found, f"no {name}: install a PostgreSQL server"
    return found


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL server of our own, listening on a socket in its own folder only."""
    folder = Path(tempfile.mkdtemp(prefix="esc-pg-", dir="/tmp"))
    as_other: list[str] = []
    if os.geteuid() == 0:  # the server refuses to run as root
        shutil.chown(folder, "nobody", "nogroup")
        as_other = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
    data = folder / "data"
    control = [*as_other, _bin("pg_ctl"), "-D", str(data), "-w", "-l", str(folder / "log")]

    def do(*command: str | Path) -> None:
        subprocess.run(command, cwd="/", check=True, stdout=subprocess.DEVNULL)

    do(*as_other, _bin("initdb"), "-D", data, "-U", "escrutinio", "-A", "trust", "--no-sync", "-E", "UTF8")
    do(*control, "-o", f"-c listen_addresses='' -k {folder} -c fsync=off", "start")
    try:
        yield f"postgresql+psycopg://escrutinio@/postgres?host={folder}"
    finally:
        do(*control, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def sqlite_seeded(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The small database in a SQLite file."""
    return seed.seeded(f"sqlite:///{tmp_path_factory.mktemp('db')}/votes.sqlite").url


@pytest.fixture(scope="session")
def postgres_seeded(postgres_url: str) -> str:
    """The small database in PostgreSQL."""
    return seed.seeded(postgres_url).url


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """The small database, opened the way a reader does, on each engine."""
    opened = connect(request.getfixturevalue(f"{request.param}_seeded"))
    yield opened
    opened.dispose()


@pytest.fixture(scope="session")
def sqlite_with_bills(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The small database and what a list says of bills, in a SQLite file."""
    return with_bills(f"sqlite:///{tmp_path_factory.mktemp('db')}/bills.sqlite")


@pytest.fixture(scope="session")
def postgres_with_bills(postgres_url: str) -> str:
    """The same in a PostgreSQL database of its own."""
    admin = create_engine(postgres_url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql("CREATE DATABASE bills")
    admin.dispose()
    return with_bills(postgres_url.replace("/postgres?", "/bills?"))


def with_bills(url: str) -> str:
    """Fill a database with the small one and what a list says of bills."""
    filled = seed.seeded(url)
    seed.bills(filled.engine)
    return str(filled.url)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def billed(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """The small database with bills, opened the way a reader does, on each engine."""
    opened = connect(request.getfixturevalue(f"{request.param}_with_bills"))
    yield opened
    opened.dispose()


@pytest.fixture(scope="session")
def sqlite_with_year(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The small database and a year of the House made up, in a SQLite file."""
    filled = seed.seeded(f"sqlite:///{tmp_path_factory.mktemp('db')}/year.sqlite")
    seed.year(filled.engine)
    return str(filled.url)


@pytest.fixture(scope="session")
def postgres_with_year(postgres_url: str) -> str:
    """The same in a PostgreSQL database of its own."""
    admin = create_engine(postgres_url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql("CREATE DATABASE year")
    admin.dispose()
    filled = seed.seeded(postgres_url.replace("/postgres?", "/year?"))
    seed.year(filled.engine)
    return str(filled.url)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def dated(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """The small database with a year of votes, opened the way a reader does, on each engine."""
    opened = connect(request.getfixturevalue(f"{request.param}_with_year"))
    yield opened
    opened.dispose()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Engine]:
    """A database with tables and nothing in them."""
    url = f"sqlite:///{tmp_path}/empty.sqlite"
    seed.upgrade(open_engine(url))
    opened = connect(url)
    yield opened
    opened.dispose()
