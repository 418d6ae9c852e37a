"""Is the database opened to read only, and does a reader learn why it cannot be read?"""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import pytest
import seed
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from tracker.queries.database import Unavailable, connect, data_version, reading
from tracker.storage.engine import open_engine, upgrade


def test_a_reader_cannot_write(engine: Engine) -> None:
    with pytest.raises(DBAPIError), engine.connect() as connection:
        connection.execute(text("DELETE FROM vote"))


def test_the_version_of_the_data_moves_with_whatever_is_shown(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/a.sqlite"
    writer = open_engine(url)
    upgrade(writer)
    reader = connect(url)
    seen = [data_version(reader), data_version(reader)]
    assert seen[0] == seen[1]
    seed.run(writer, 1, "us_house", ending="", day=date(2023, 6, 29))
    seen.append(data_version(reader))
    with writer.begin() as connection:
        connection.execute(text("UPDATE run SET ending = 'failed', message = 'no answer' WHERE id = 1"))
    seen.append(data_version(reader))
    seed.corrected(writer)
    seen.append(data_version(reader))
    assert len(set(seen)) == 4


def test_a_missing_database_names_the_file_and_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match=rf"no database at {tmp_path}/none.sqlite .*tracker up"):
        data_version(connect(f"sqlite:///{tmp_path}/none.sqlite"))
    assert not (tmp_path / "none.sqlite").exists()


def test_a_database_without_tables_or_of_another_version_names_the_command(tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "bare.sqlite").execute("CREATE TABLE t (x)")
    with pytest.raises(Unavailable, match=r"no tables yet.*tracker db upgrade"):
        data_version(connect(f"sqlite:///{tmp_path}/bare.sqlite"))
    url = f"sqlite:///{tmp_path}/old.sqlite"
    writer = open_engine(url)
    upgrade(writer)
    with writer.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    with pytest.raises(Unavailable, match=r"at version 0000.*tracker db upgrade"):
        data_version(connect(url))


def test_a_file_that_is_no_database_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "junk.sqlite").write_bytes(b"<html>" * 500)
    with pytest.raises(Unavailable, match="not a database"):
        data_version(connect(f"sqlite:///{tmp_path}/junk.sqlite"))


def test_a_locked_database_is_said_to_be_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.queries.database.BUSY_MS", 1)
    holder = sqlite3.connect(tmp_path / "held.sqlite", isolation_level=None)
    holder.execute("CREATE TABLE alembic_version (version_num TEXT)")
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(Unavailable, match="locked by another programme"):
        data_version(connect(f"sqlite:///{tmp_path}/held.sqlite"))
    holder.close()


@pytest.mark.parametrize("url", ["nonsense", "mysql://x/y", "sqlite://", ""])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(Unavailable, match="not understood"):
        connect(url)


@pytest.mark.parametrize("address", ["writer:hunter2@127.0.0.1:1/x", "writer@127.0.0.1:1/x?password=hunter2"])
def test_a_password_is_never_shown(address: str) -> None:
    engine = connect(f"postgresql://{address}")
    with pytest.raises(Unavailable) as told, reading(engine):
        pass
    assert "hunter2" not in str(told.value)
    assert "127.0.0.1" in str(told.value)


def test_half_a_password_is_no_host() -> None:
    with pytest.raises(Unavailable, match="as %40") as told:
        connect("postgresql://writer:hun@ter2@127.0.0.1:1/x")
    assert "ter2" not in str(told.value)
