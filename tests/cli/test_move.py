"""Does a newsroom get from SQLite to PostgreSQL by one command, and go on as if nothing had happened?"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import seed
from sqlalchemy import create_engine, text

if TYPE_CHECKING:
    from conftest import Clerk, Tracker

pytestmark = pytest.mark.postgres


def test_what_was_collected_is_carried_over_and_collecting_goes_on(
    tracker: Tracker, clerk: Clerk, postgres_url: str
) -> None:
    assert tracker.collect(clerk)["inserted"]
    before, source = tracker.votes(), f"sqlite:///{tracker.home}/escrutinio.sqlite"
    told = json.loads(tracker("move", source, postgres_url, "--json").stdout)
    assert all(one["same"] for one in told["tables"])
    rows = tracker.rows()
    assert {one["table"]: one["rows"] for one in told["tables"]}.items() <= rows.items()
    assert told["answers"] > 20
    assert told["differing"] == []
    tracker.env["ESCRUTINIO_DATABASE_URL"] = postgres_url
    (tracker.home / "escrutinio.sqlite").unlink()
    assert tracker.votes() == before
    again = tracker.collect(clerk)
    assert (again["inserted"], again["updated"]) == (0, 0)
    assert again["ending"] == "unchanged"


def test_a_person_reads_what_arrived(tracker: Tracker, postgres_url: str) -> None:
    tracker.home.mkdir()
    source = f"sqlite:///{tracker.home}/escrutinio.sqlite"
    seed.seeded(source).engine.dispose()
    said = tracker("move", source, postgres_url).stdout
    assert " tables the same on both sides" in said
    assert " questions put to both; " in said
    assert "the same" in next(line for line in said.splitlines() if line.strip().startswith("ballot"))
    again = tracker("move", source, postgres_url, code=1)
    assert "has rows in the table" in again.stderr
    assert "createdb" in again.stderr


@pytest.mark.parametrize("words", [("nonsense", "sqlite:///x"), ("sqlite:///{home}/escrutinio.sqlite", "mysql://x/y")])
def test_an_address_that_is_none_is_refused(tracker: Tracker, words: tuple[str, str]) -> None:
    tracker("db", "upgrade")
    refused = tracker("move", *(word.format(home=tracker.home) for word in words), code=1)
    assert "The database address is not understood" in refused.stderr


def test_a_role_that_reads_is_made_by_a_command(tracker: Tracker, postgres_url: str) -> None:
    assert "only PostgreSQL has roles" in tracker("db", "reader", "press_desk", code=2).stderr
    tracker.env["ESCRUTINIO_DATABASE_URL"] = postgres_url
    assert "the role press_desk was made and may read everything" in tracker("db", "reader", "press_desk").stdout
    assert "the role press_desk may read everything" in tracker("db", "reader", "press_desk").stdout
    tracker.env["ESCRUTINIO_DATABASE_URL"] = postgres_url.replace("tests@", "press_desk@")
    assert tracker.votes() == []
    engine = create_engine(postgres_url)
    with engine.begin() as connection:
        connection.execute(text("DROP OWNED BY press_desk; DROP ROLE press_desk"))
    engine.dispose()
