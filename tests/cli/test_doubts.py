"""Does a person find what is in doubt, see where to look, and say what is there, from the command line?"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import pytest
from held_sheets import DECIDED, OPEN, SMUDGED, hold_both

from tracker.archive.store import Store
from tracker.pipeline import again
from tracker.sources.peru import sheets
from tracker.storage.engine import open_engine, upgrade

if TYPE_CHECKING:
    from conftest import Tracker

ROOT = Path(__file__).resolve().parents[2]
BY = ("--by", "Ana Quispe", "--because", "the letters stand out under a lamp")
CODES = tuple(word for name, code in SMUDGED.items() for word in ("--code", f"{name}={code}"))


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a sitting of two votes: of one the sums decide a code, the other is in doubt."""
    home = tmp_path_factory.mktemp("once")
    store = Store(home / "archive")
    hold_both(store)
    engine = open_engine(f"sqlite:///{home}/escrutinio.sqlite")
    upgrade(engine)
    again.rebuild(sheets.SOURCE, engine=engine, store=store)
    engine.dispose()
    return home


@pytest.fixture
def held(once: Path, tracker: Tracker) -> Tracker:
    shutil.copytree(once, tracker.home)
    return tracker


def shown(tracker: Tracker) -> dict[str, Any]:
    return dict(json.loads(tracker("show", OPEN, "--json").stdout))


def test_from_the_list_to_the_settled_vote(held: Tracker, tmp_path: Path) -> None:
    listed = held("doubts", "--pieces", str(tmp_path / "look"))
    picture = tmp_path / "look" / f"{OPEN}.png"
    assert listed.stdout.startswith(f"{OPEN}  Congreso del Perú, sitting of 18 May 2023\n")
    assert "ballots make board: yes +1, no +1, not cast -2\n" in listed.stdout
    assert all(name in listed.stdout for name in SMUDGED)
    assert f"  look at {picture}\n" in listed.stdout
    assert DECIDED not in listed.stdout
    assert listed.stderr.startswith("To say what a page prints: tracker settle VOTE ")
    assert cv2.imread(str(picture)) is not None

    refused = held("settle", OPEN, *BY, *CODES[:2], code=2)
    assert refused.stdout == ""
    assert refused.stderr.startswith(f"Error: {OPEN} would stay in doubt (ballots make board: no +1, not_cast -1; ")

    done = held("settle", OPEN, *BY, *CODES).stdout
    assert done.startswith("pe_sheets: done\n  read again    1 document of the archive\n")
    assert "votes         0 new, 1 changed, 1 unchanged\n  findings      none\n" in done
    assert held("doubts", "--all").stdout == "no vote is in doubt\n"
    vote = shown(held)
    assert (vote["verdict"], vote["settled"]) == ("sound", "Ana Quispe: the letters stand out under a lamp")
    assert [version["cause"] for version in vote["versions"]] == [None, "correction"]


def test_the_list_as_json(held: Tracker) -> None:
    [doubt] = json.loads(held("doubts", "--json", "--source", "pe_sheets").stdout)
    assert (doubt["vote"], doubt["page"], doubt["file"], doubt["settled"]) == (OPEN, 2, None, None)
    assert len(doubt["piece"]) == 64
    section = (ROOT / "docs/cli.md").read_text(encoding="utf-8").partition("### tracker doubts")[2].partition("###")[0]
    [row] = [line for line in section.splitlines() if line.startswith("| `--json`")]
    assert re.findall(r"`([a-z0-9_]+)`", row) == list(doubt)
    assert json.loads(held("doubts", "--json", "--source", "pe_minutes").stdout) == []


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ((OPEN, "--by", " ", "--because", "seen"), 2, f"Error: {OPEN}: a settlement needs who says so, and why"),
        ((OPEN, *BY, "--code", "SI +++"), 2, "--code 'SI +++' should be NAME=VALUE"),
        (("pe-2023-05-18-1", *BY), 4, "Error: there is no vote 'pe-2023-05-18-1'\n`tracker doubts` lists"),
    ],
    ids=["no name", "no pair", "no such vote"],
)
def test_a_wrong_use_is_told_in_a_sentence(held: Tracker, words: tuple[str, ...], code: int, told: str) -> None:
    done = held("settle", *words, code=code)
    assert told in done.stderr
    assert done.stdout == ""
    assert [sighting.role for sighting in Store(held.home / "archive").sightings()] == ["sheet"]
