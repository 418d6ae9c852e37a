"""Does an error say what, where and what to do next, with the exit code that means it?"""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from tracker.cli import app
from tracker.cli.screen import plain, text

if TYPE_CHECKING:
    from conftest import Tracker

WRONG = [
    (("collect", "nowhere"), 4, "there is no source 'nowhere'; known: us_house"),
    (("rebuild", "nowhere"), 4, "tracker sources"),
    (("collect",), 2, "SOURCE"),
    (("collect", "us_house", "--since", "18.05.2023"), 2, "write it as 2023-05-18"),
    (("collect", "us_house", "--since", "2023-05-18", "--until", "2023-05-01"), 2, "lies before"),
    (("collect", "us_house", "--at", "localhost"), 2, "should start with http"),
    (("backfill", "us_house"), 2, "--since"),
    (("votes",), 1, "tracker up"),
    (("show", "us-house-2010-1"), 1, "There is no database at"),
    (("health",), 1, "There is no database at"),
    (("votes", "--limit", "0"), 2, "--limit"),
    (("votes", "--since", "2023-05-18", "--until", "2023-05-01"), 2, "lies before"),
    (("nothing",), 2, "No such command"),
    (("up", "--port", "99999"), 2, "--port"),
]


@pytest.mark.parametrize(("words", "code", "said"), WRONG, ids=[" ".join(words) for words, _, _ in WRONG])
def test_what_is_wrong_is_said(
    words: tuple[str, ...], code: int, said: str, tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ESCRUTINIO_HOME", str(tmp_path))
    done = CliRunner().invoke(app, list(words))
    assert done.exit_code == code, done.output
    assert " ".join(said.split()) in " ".join(done.stderr.replace("│", " ").split())
    assert done.stdout == ""
    assert "Traceback" not in done.output


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "many"),
        ("AT", "{"),
        ("AT", '{"us_house": "clerk"}'),
        ("LOG_LEVEL", "loud"),
        ("PAUSE", "-1"),
        ("ARCHIVE", "gs://bucket/archive"),
    ],
)
def test_a_wrong_setting_is_named(tracker: Tracker, name: str, value: str) -> None:
    tracker.env[f"ESCRUTINIO_{name}"] = value
    done = tracker("votes", code=2)
    assert name.lower() in done.stderr.lower()
    assert "docs/settings.md" in done.stderr
    assert done.stdout == ""


def test_what_is_not_on_record_is_told_apart_from_what_does_not_exist(tracker: Tracker) -> None:
    tracker("db", "upgrade")
    assert tracker("votes", "--json").stdout == ""
    assert tracker("votes", "--legislature", "us_house").stdout == "no vote on record meets this\n"
    assert "no legislature or source is called 'moon'" in tracker("votes", "--legislature", "moon", code=4).stderr
    missing = tracker("show", "us-house-2010-1", code=4)
    assert "there is no vote 'us-house-2010-1' on record" in missing.stderr
    assert "tracker votes --text" in missing.stderr


def test_a_database_of_another_version_is_left_alone(tracker: Tracker) -> None:
    tracker("db", "upgrade")
    with sqlite3.connect(tracker.home / "escrutinio.sqlite") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0000'")
    for words in (("votes",), ("collect", "us_house", "--at", "http://127.0.0.1:9")):
        assert "tracker db upgrade" in tracker(*words, code=1).stderr


def test_a_home_that_cannot_be_written_to_is_named(tracker: Tracker) -> None:
    tracker.home.parent.mkdir(exist_ok=True)
    (tracker.home.parent / "file").write_text("")
    tracker.env["ESCRUTINIO_HOME"] = str(tracker.home.parent / "file" / "home")
    assert "file" in tracker("db", "upgrade", code=1).stderr


def test_a_pipe_that_closes_early_is_no_error(demonstrated: Tracker) -> None:
    import subprocess

    process = demonstrated.start("votes", "--json")
    assert process.stdout is not None
    assert json.loads(process.stdout.readline())
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == ""
    assert process.wait(60) == 0
    assert isinstance(process, subprocess.Popen)


def test_debug_shows_where_an_error_arose(tracker: Tracker) -> None:
    tracker.env["ESCRUTINIO_HOME"] = "/dev/null/home"
    process = tracker.start("--debug", "db", "upgrade")
    _, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "Traceback" in err


def test_scraped_text_cannot_steer_the_terminal() -> None:
    hostile = "\x1b]0;owned\x07[red]no\u202e[/red]\r\n\x9b31m [link=http://x]y[/link]"
    assert plain(hostile) == " ]0;owned [red]no [/red]   31m [link=http://x]y[/link]"
    assert text(hostile).plain == plain(hostile)
    assert text(hostile).spans == []


def test_help_and_version_are_there() -> None:
    done = CliRunner().invoke(app, ["--help"])
    assert done.exit_code == 0
    assert "130 interrupted" in " ".join(done.output.split())
    assert CliRunner().invoke(app, ["--version"]).output.startswith("escrutinio ")
