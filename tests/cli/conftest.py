"""The command as a process of its own, and a Clerk's site with many roll calls that tells when it is asked."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tracker.demo import Site, draw_house, facts
from tracker.demo.recorded import Page
from tracker.demo.site import Answer

ROLL_CALLS = 60
DAYS = ("--since", "2010-01-01", "--until", "2010-12-31")
LOADED = datetime(2026, 1, 5, tzinfo=UTC)


def roll_calls() -> list[facts.RollCall]:
    """Sixty roll calls of 2010, each a real one under another number and on another day."""
    real = [vote for vote in facts.roll_calls() if vote.year == 2010]
    first = datetime(2010, 1, 6, 14, 0)  # noqa: DTZ001 - the Clerk prints no zone
    return [replace(real[n % len(real)], number=n + 1, at=first + timedelta(days=5 * n)) for n in range(ROLL_CALLS)]


class Clerk(Site):
    """The Clerk's site with sixty roll calls of 2010. `asked` hears of every request before it is answered."""

    def __init__(self) -> None:
        super().__init__()
        votes = roll_calls()
        html = "text/html; charset=utf-8"
        self.drawn = {
            "/evs/2010/index.asp": Page(draw_house.index(2010, votes), html, LOADED),
            "/evs/2010/ROLL_000.asp": Page(draw_house.index_page(2010, 0, votes), html, LOADED),
            **{
                draw_house.path(2010, vote.number): Page(draw_house.roll_call(vote), "text/xml", LOADED)
                for vote in votes
            },
        }
        self._pages = self.drawn
        self.asked: Callable[[int], None] = lambda n: None
        self.requests = 0

    def answer(self, target: str, known_tag: str, known_since: str) -> Answer:
        self.requests += 1
        self.asked(self.requests)
        return super().answer(target, known_tag, known_since)


@pytest.fixture
def clerk() -> Iterator[Clerk]:
    with Clerk() as site:
        yield site


class Tracker:
    """The command `tracker` on a home folder of its own."""

    def __init__(self, home: Path, **settings: str) -> None:
        self.home = home
        self.said = ""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("ESCRUTINIO_")}
        # Each command is a fresh Python, which would compile every module where none may write beside them.
        inherited.pop("PYTHONDONTWRITEBYTECODE", None)
        compiled = {"PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / "escrutinio-tests-compiled")}
        self.env = inherited | compiled | {"ESCRUTINIO_HOME": str(home), "ESCRUTINIO_PAUSE": "0", **settings}

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Start a command in a folder without a `.env` or a project."""
        self.home.mkdir(parents=True, exist_ok=True)
        return subprocess.Popen(
            [sys.executable, "-m", "tracker", *words],
            env=self.env, cwd=self.home, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def __call__(self, *words: str, code: int | None = 0) -> subprocess.CompletedProcess[str]:
        """Run a command to its end, and hold its exit code against the expected one; never a traceback."""
        process = self.start(*words)
        out, err = process.communicate(timeout=120)
        assert "Traceback" not in err + out, err
        if code is not None:
            assert process.returncode == code, (words, process.returncode, out[-2000:], err[-2000:])
        return subprocess.CompletedProcess(words, process.returncode, out, err)

    def collect(self, site: Site, *more: str, code: int | None = 0) -> dict[str, Any]:
        """Collect the Clerk's 2010 and return the summary."""
        done = self("collect", "us_house", *DAYS, "--at", site.url, "--json", *more, code=code)
        return dict(json.loads(done.stdout))

    def votes(self) -> list[dict[str, Any]]:
        """Every vote on record, without the times at which it was fetched."""
        return [timeless(json.loads(line)) for line in self("votes", "--json").stdout.splitlines()]

    def rows(self) -> dict[str, int]:
        """How many rows each table has; those the search index is cut into are the engine's own affair."""
        with closing(sqlite3.connect(self.home / "escrutinio.sqlite")) as connection:
            names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            names = [name for name in names if name not in ("vote_search_data", "vote_search_idx")]
            return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


TIMES = ("fetched_at", "at", "checked_at", "since")


def timeless(value: Any) -> Any:
    """Leave out of a shape when something was fetched or read."""
    if isinstance(value, dict):
        return {
            key: timeless(inner)
            for key, inner in value.items()
            if key not in ("fetched_at", "at", "checked_at", "since")
        }
    return [timeless(inner) for inner in value] if isinstance(value, list) else value


@pytest.fixture
def tracker(tmp_path: Path) -> Tracker:
    return Tracker(tmp_path / "home")


@pytest.fixture
def another(tmp_path: Path) -> Callable[[str], Tracker]:
    """Make further home folders."""
    return lambda name: Tracker(tmp_path / name)


@pytest.fixture(scope="session")
def demonstrated(tmp_path_factory: pytest.TempPathFactory) -> Tracker:
    """A home in which `tracker demo --once` has run; to be looked at only."""
    tracker = Tracker(tmp_path_factory.mktemp("demonstrated"))
    tracker.said = tracker("demo", "--once", "--home", str(tracker.home)).stdout
    return tracker
