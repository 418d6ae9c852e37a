"""What every test stands on: no network but loopback, the corpus where it is at hand."""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import sys
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import NullPool

from tracker.storage.engine import open_engine, upgrade
from tracker.storage.moving import move

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"

ENGINES = ("sqlite", pytest.param("postgres", marks=pytest.mark.postgres))
"""What the product runs on, for fixtures to be made of each."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what this machine lacks, unless the lack is declared a failure."""
    for item in items:
        for need, (there, variable, why) in NEEDS.items():
            if item.get_closest_marker(need) and not there and os.environ.get(variable) != "1":
                item.add_marker(pytest.mark.skip(reason=f"{why} (set {variable}=1 to make this a failure)"))


def load(name: str, folder: str = "") -> ModuleType:
    """Import a module that lies beside this file, or in a folder there; test folders are no packages."""
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, Path(__file__).parent / folder / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        sys.modules[name] = module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return sys.modules[name]


load("checkouts")
load("postgres_server")
load("loopback")
load("howtheyvote_files")
load("voteview_files")
load("slips")
load("object_storage")
load("thirty")
load("deadly_pdf")
load("sheet_words")
load("drawn_sheets")
load("held_sheets")
load("peru_facts")
load("congress")
load("seed", "queries")
load("odd", "queries")
load("screens", "dashboard")
load("atom_rules", "dashboard")
load("gold_votes", "claims")
load("newsroom", "publish/alerts")

from newsroom import Hook  # noqa: E402
from object_storage import bucket, hand, s3_client, s3_keys, s3_server  # noqa: E402, F401 - fixtures
from postgres_server import Server, programmes, running  # noqa: E402

NEEDS = {
    "corpus": (CORPUS.is_dir(), "ESCRUTINIO_REQUIRE_CORPUS", f"no corpus at {CORPUS}"),
    "browser": (shutil.which("chromium") is not None, "ESCRUTINIO_REQUIRE_BROWSER", "no chromium on the path"),
    "postgres": (programmes() is not None, "ESCRUTINIO_REQUIRE_POSTGRES", "no PostgreSQL server programme"),
    "nginx": (shutil.which("nginx") is not None, "ESCRUTINIO_REQUIRE_NGINX", "no nginx on the path"),
}


@pytest.fixture(scope="session")
def drawing() -> ModuleType:
    """The drawing of the two chambers' sheets that the examples are made with."""
    return load("draw_chambers", "sources/examples")


@pytest.fixture
def corpus() -> Path:
    """The folder of official documents; tests that use it carry the mark `corpus`."""
    return CORPUS


@pytest.fixture
def hook() -> Iterator[Hook]:
    """A web hook that takes whatever is sent to it."""
    opened = Hook()
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a connection to anywhere but this machine an error."""
    real = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and not str(address[0]).startswith(("127.", "localhost", "::1")):
            raise AssertionError(f"a test tried to reach {address}")
        real(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)


@pytest.fixture(scope="session")
def postgres_server(postgres: Server) -> str:
    """The address of the tests' own PostgreSQL server, without a database name."""
    return postgres.url


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server of the tests' own."""
    with running() as server:
        yield server


@pytest.fixture(scope="session")
def on(request: pytest.FixtureRequest) -> Callable[[str, str], str]:
    """Carry a database made in SQLite to an engine, `sqlite` or `postgres`, and give its address there."""
    known: dict[str, str] = {}

    def carried(kind: str, url: str) -> str:
        if kind == "sqlite":
            return url
        if url not in known:
            server, name = request.getfixturevalue("postgres_server"), f"carried{uuid.uuid4().hex[:12]}"
            admin = create_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT", poolclass=NullPool)
            with admin.connect() as connection:
                connection.exec_driver_sql(f"CREATE DATABASE {name}")
            source, target = open_engine(url, read_only=True), open_engine(f"{server}/{name}")
            move(source, target)
            source.dispose()
            target.dispose()
            known[url] = f"{server}/{name}"
        return known[url]

    return carried


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """A fresh database on the tests' server."""
    name = f"t{uuid.uuid4().hex[:12]}"
    admin = create_engine(f"{postgres_server}/postgres", isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    yield f"{postgres_server}/{name}"
    with admin.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind the product runs on."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'test.sqlite'}"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An opened database with its tables, of each kind."""
    opened = open_engine(database_url)
    upgrade(opened)
    yield opened
    opened.dispose()
