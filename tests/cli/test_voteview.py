"""Does `tracker import voteview` come through whatever befalls it, and say what is wrong with a file?"""

from __future__ import annotations

import json
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import voteview_files

if TYPE_CHECKING:
    from conftest import Tracker


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Both chambers of one Congress, six leaves."""
    house, of_house = voteview_files.invented(110, "House", 300, 500)
    senate, of_senate = voteview_files.invented(110, "Senate", 30, 20)
    return voteview_files.write(tmp_path / "files", [*house, *senate], [*of_house, *of_senate])


def bring(tracker: Tracker, folder: Path, *more: str, code: int = 0) -> list[dict[str, Any]]:
    return list(json.loads(tracker("import", "voteview", str(folder), "--json", *more, code=code).stdout))


def stored(tracker: Tracker) -> int:
    """How many votes another process sees."""
    with suppress(sqlite3.OperationalError), closing(sqlite3.connect(tracker.home / "escrutinio.sqlite")) as connection:
        return int(connection.execute("SELECT count(*) FROM vote").fetchone()[0])
    return 0


def facts(tracker: Tracker) -> list[tuple[Any, ...]]:
    """Every vote with its fingerprint, and how many ballots it has."""
    with closing(sqlite3.connect(tracker.home / "escrutinio.sqlite")) as connection:
        query = """
            SELECT vote.slug, fingerprint, (SELECT count(*) FROM ballot WHERE observation_id = ballots_of)
            FROM vote JOIN observation ON observation.id = vote.observation_id ORDER BY 1
        """
        return connection.execute(query).fetchall()


def test_killed_it_goes_on_and_ends_as_if_it_had_not_been(
    tracker: Tracker, another: Callable[[str], Tracker], folder: Path
) -> None:
    process = tracker.start("import", "voteview", str(folder))
    while process.poll() is None and not stored(tracker):
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    before = stored(tracker)
    assert before
    house, _ = bring(tracker, folder)
    assert (house["inserted"] + before, house["updated"]) == (500 + 20 * (before > 500), 0)
    straight = another("straight")
    bring(straight, folder)
    assert facts(tracker) == facts(straight)
    assert [report["ending"] for report in bring(tracker, folder)] == ["unchanged", "unchanged"]


def test_a_slip_is_said_with_file_and_line(tracker: Tracker, folder: Path) -> None:
    path = folder / "HSall_votes.csv"
    lines = path.read_text().splitlines(keepends=True)
    lines[70] = lines[70].replace("House", "Lords")
    path.write_text("".join(lines))
    done = tracker("import", "voteview", str(folder), code=2)
    assert "HSall_votes.csv, line 71" in done.stderr
    assert "What came before it is stored" in done.stderr
    assert not tracker("votes", "--json").stdout
