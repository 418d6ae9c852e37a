"""Do the commands of alerts make rules, show what they would send, send it, and never print an address?"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import seed
from newsroom import SHEETS, Hook, Newsroom, house, provisional, sheet
from typer.testing import CliRunner, Result

from tracker.cli import app

Tracker = Callable[..., Result]


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of a newsroom with two votes to tell."""
    path = tmp_path_factory.mktemp("told") / "escrutinio.sqlite"
    newsroom = Newsroom(f"sqlite:///{path}")
    newsroom.run(SHEETS, sheet(provisional()))
    newsroom.run(seed.CLERK, house(7))
    newsroom.close()
    return path


@pytest.fixture
def tracker(told: Path, hook: Hook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tracker:
    """The commands on the newsroom's home; whatever they print holds no secret."""
    shutil.copy(told, tmp_path)
    monkeypatch.chdir(tmp_path)
    for name, value in {"HOME": str(tmp_path), "ALERTS_DAYS": "36500", "LANGUAGE": "en"}.items():
        monkeypatch.setenv(f"ESCRUTINIO_{name}", value)
    monkeypatch.setenv("DESK", hook.address())

    def call(*words: str, code: int = 0) -> Result:
        result = CliRunner().invoke(app, ["alerts", *words], env={"COLUMNS": "400"})
        assert result.exit_code == code, result.output
        assert "secretword" not in result.output
        return result

    return call


def test_from_a_rule_to_a_message(tracker: Tracker, hook: Hook, tmp_path: Path) -> None:
    assert "there are no rules" in tracker("list").output
    tracker("add", "troops", "text=militar", "margin=40", "--to", "env:DESK")
    tracker("add", "close", "margin=3", "legislature=us_house", "tell=new", "tell=changed", "--to", hook.address("b"))
    listed = tracker("list").output
    assert "text: militar, margin: 40" in listed
    assert "to json://…, at once" in listed
    assert "2 rules in" in tracker("check", "--hello").output
    assert [one["title"] for one in hook.got] == ["Escrutinio"] * 2
    assert (tmp_path / "alerts.toml").stat().st_mode & 0o077 == 0, "addresses are nobody else's business"

    shown = json.loads(tracker("try", "--days", "36500", "--json").stdout)
    assert [(one["rule"], one["to"]) for one in shown] == [("troops", "env:DESK"), ("close", "json://…")]
    assert "none was sent" in tracker("try", "--days", "36500", "--rule", "troops").output
    assert len(hook.got) == 2

    assert "2 sent, 0 put off, 0 given up" in tracker("send").output
    assert [(one["title"], one["message"]) for one in hook.got[2:]] == [(one["title"], one["body"]) for one in shown]
    assert "0 sent" in tracker("send").output
    logged = json.loads(tracker("log", "--json").stdout)
    assert {(one["rule"], one["state"], one["about"]) for one in logged} == {
        ("troops", "sent", seed.SHEET), ("close", "sent", "us-house-2023-7"),
    }  # fmt: skip
    assert f"sent  troops → env:DESK  vote {seed.SHEET}" in tracker("log", "--state", "sent").output
    tracker("remove", "troops")
    assert "troops" not in tracker("list").output


def test_what_did_not_go_out_is_said_and_logged(tracker: Tracker, hook: Hook) -> None:
    tracker("add", "all", "--to", "env:DESK")
    hook.bad = True
    assert "not every message went out" in tracker("send", code=1).output
    assert "attempt 1: " in tracker("log", "--state", "waiting").output
    health = CliRunner().invoke(app, ["health"])
    assert "Alerts: 2 waiting (the oldest since" in health.output


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("add", "Bad Name", "--to", "env:DESK"), 2, "name: String should match pattern"),
        (("add", "a", "margn=3", "--to", "env:DESK"), 2, "margn: no such key"),
        (("add", "a", "margin", "--to", "env:DESK"), 2, "is not written as KEY=VALUE"),
        (("add", "a", "--to", "json:/secretword"), 2, "address 1 is neither"),
        (("remove", "nobody"), 2, "there is no rule 'nobody'"),
        (("try", "--rule", "nobody"), 4, "there is no rule 'nobody'"),
        (("log", "--state", "lost"), 2, "'lost' is no state"),
    ],
)
def test_wrong_use_is_refused_and_changes_nothing(
    tracker: Tracker, tmp_path: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    assert said in tracker(*words, code=code).output
    assert not (tmp_path / "alerts.toml").exists()


def test_check_finds_addresses_and_names_that_lead_nowhere(tracker: Tracker, tmp_path: Path) -> None:
    (tmp_path / "alerts.toml").write_text(
        '[[rule]]\nname = "a"\nto = ["env:NOWHERE", "nonsense://secretword"]\nmember = "nobody"\nvote = "x"\n'
        'text = "zzzz qqqq"\n[[rule]]\nname = "b"\nto = "env:DESK"\nlegislature = "mars"\nbill = "999"\n'
        '[[rule]]\nname = "c"\nto = "env:DESK"\ntrouble = "failing"\nsource = "pluto"\n'
    )
    said = tracker("check", code=1).output
    for part in (
        "a: env:NOWHERE: the environment variable NOWHERE is not set", "a: nonsense://… is no address",
        "a: no member 'nobody' is on record", "a: no vote 'x' is on record", "a: no vote on record meets it so far",
        "b: no legislature or source is called 'mars'", "c: no source 'pluto' is on record",
        "2 addresses cannot be used",
    ):  # fmt: skip
        assert part in said, part
