"""Do the imports of large files come through whatever befalls them, and say what is wrong with a file?"""

from __future__ import annotations

import json
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import howtheyvote_files
import pytest
import voteview_files

if TYPE_CHECKING:
    from conftest import Tracker


def voteview(folder: Path) -> Path:
    """Both chambers of one Congress, six leaves."""
    house, of_house = voteview_files.invented(110, "House", 300, 500)
    senate, of_senate = voteview_files.invented(110, "Senate", 30, 20)
    return voteview_files.write(folder, [*house, *senate], [*of_house, *of_senate])


def howtheyvote(folder: Path) -> Path:
    """Seven leaves, packed."""
    return howtheyvote_files.write(folder, *howtheyvote_files.invented(620, 450), packed=True)


def bring(tracker: Tracker, name: str, folder: Path) -> list[dict[str, Any]]:
    """Import, and return a summary for each chamber."""
    said = json.loads(tracker("import", name, str(folder), "--json").stdout)
    return said if isinstance(said, list) else [said]


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


@pytest.mark.parametrize(("name", "write", "votes"), [("voteview", voteview, 520), ("howtheyvote", howtheyvote, 450)])
def test_killed_it_goes_on_and_ends_as_if_it_had_not_been(
    tracker: Tracker, another: Callable[[str], Tracker], tmp_path: Path, name: str, write: Callable[[Path], Path],
    votes: int,
) -> None:  # fmt: skip
    folder = write(tmp_path / "files")
    process = tracker.start("import", name, str(folder))
    while process.poll() is None and not stored(tracker):
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    before = stored(tracker)
    assert before
    done = bring(tracker, name, folder)
    assert sum(one["inserted"] for one in done) + before == votes
    assert {one["updated"] for one in done} == {0}
    straight = another("straight")
    bring(straight, name, folder)
    assert facts(tracker) == facts(straight)
    assert {report["ending"] for report in bring(tracker, name, folder)} == {"unchanged"}


@pytest.mark.parametrize(
    ("name", "write", "table", "old"),
    [
        ("voteview", voteview, "HSall_votes.csv", "House"),
        ("howtheyvote", lambda folder: howtheyvote_files.write(folder, *howtheyvote_files.invented(30, 20)),
         "member_votes.csv", "1008"),
    ],
)  # fmt: skip
def test_a_slip_is_said_with_file_and_line(
    tracker: Tracker, tmp_path: Path, name: str, write: Callable[[Path], Path], table: str, old: str
) -> None:
    folder = write(tmp_path / "files")
    lines = (folder / table).read_text().splitlines(keepends=True)
    assert old in lines[69]
    lines[69] = lines[69].replace(old, "")
    (folder / table).write_text("".join(lines))
    done = tracker("import", name, str(folder), code=2)
    assert f"{table}, line 70" in done.stderr
    assert "What came before it is stored" in done.stderr
    assert not tracker("votes", "--json").stdout
