"""The database opens as it should, at the version it should be."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from tracker.storage.engine import SchemaBehind, drift, newest, open_engine, require_current, upgrade, version


def test_migrations_make_what_the_code_says(engine: Engine) -> None:
    assert version(engine) == newest()
    assert drift(engine) == []


def test_upgrade_twice_does_nothing(engine: Engine) -> None:
    upgrade(engine)
    assert version(engine) == newest()


def test_an_empty_database_says_what_to_run(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'empty.sqlite'}")
    with pytest.raises(SchemaBehind, match="tracker db upgrade"):
        require_current(engine)


def test_read_only_refuses_to_write(engine: Engine, database_url: str) -> None:
    reader = open_engine(database_url, read_only=True)
    with pytest.raises(DBAPIError), reader.begin() as connection:
        connection.execute(text("DELETE FROM vote"))
    with reader.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM vote")) == 0
    reader.dispose()


def test_read_only_makes_no_file(tmp_path: Path) -> None:
    path = tmp_path / "none.sqlite"
    with pytest.raises(DBAPIError), open_engine(f"sqlite:///{path}", read_only=True).connect() as connection:
        connection.execute(text("SELECT 1"))
    assert not path.exists()


def test_sqlite_keeps_foreign_keys_and_the_log_ahead(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'x.sqlite'}")
    with engine.connect() as connection:
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"


@pytest.mark.parametrize("url", ["sqlite://", "mysql://localhost/x"])
def test_other_databases_are_refused_with_advice(url: str) -> None:
    with pytest.raises(ValueError, match="sqlite:///"):
        open_engine(url)


def test_downgrade_and_up_again(engine: Engine) -> None:
    from alembic import command

    from tracker.storage.engine import migrations

    command.downgrade(migrations(engine), "base")
    assert version(engine) is None
    upgrade(engine)
    assert drift(engine) == []


@pytest.mark.postgres
def test_several_processes_may_make_the_tables_at_once(postgres_url: str) -> None:
    engines = [open_engine(postgres_url) for _ in range(3)]
    with ThreadPoolExecutor(len(engines)) as pool:
        list(pool.map(upgrade, engines))
    assert [version(engine) for engine in engines] == [newest()] * len(engines)
    for engine in engines:
        engine.dispose()
