"""Does collecting reach the same end whatever befalls it?"""

from __future__ import annotations

import json
import random
import shutil
import signal
import subprocess
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tracker.sources.catalogue import MODULES
from tracker.storage.engine import open_engine
from tracker.storage.runs import holding

if TYPE_CHECKING:
    from conftest import Clerk, Tracker

RECORDS = {"fetch", "run"}
DAYS = ("--since", "2010-01-01", "--until", "2010-12-31")


def test_a_first_run_stores_and_a_second_writes_nothing(tracker: Tracker, clerk: Clerk) -> None:
    first = tracker.collect(clerk)
    assert (first["ending"], first["inserted"], first["updated"]) == ("done", 60, 0)
    assert first["findings"] == {"unreadable": 0, "doubtful": 0, "unresolved": 0, "noted": 0}
    before = tracker.rows()
    second = tracker.collect(clerk)
    assert (second["ending"], second["inserted"], second["documents"]) == ("unchanged", 0, 2), "the index is read again"
    after = tracker.rows()
    assert {name for name in after if after[name] != before[name]} == RECORDS


def test_killed_at_any_moment_and_run_again_the_end_is_the_same(
    tracker: Tracker, another: Callable[[str], Tracker], clerk: Clerk
) -> None:
    undisturbed = another("undisturbed")
    undisturbed.collect(clerk)
    chance = random.Random(2010)
    killed = 0
    for _ in range(6):
        clerk.requests = 0
        at, late = chance.randint(2, 62), chance.uniform(0, 0.08)
        running: list[subprocess.Popen[str]] = []
        started = threading.Event()

        def kill(n: int) -> None:
            if n == at:  # noqa: B023
                started.wait(30)  # noqa: B023
                threading.Timer(late, running[0].kill).start()  # noqa: B023

        clerk.asked = kill
        running.append(tracker.start("collect", "us_house", *DAYS, "--at", clerk.url, "--json"))
        started.set()
        running[0].communicate(timeout=120)
        killed += running[0].returncode == -signal.SIGKILL
    clerk.asked = lambda n: None
    assert killed >= 3, "the process outlived most attempts"
    tracker.collect(clerk)
    assert tracker.votes() == undisturbed.votes()
    assert len(tracker.votes()) == 60
    counts, whole = tracker.rows(), undisturbed.rows()
    for name in set(whole) - RECORDS:
        assert counts[name] == whole[name], name
    assert json.loads(tracker("archive", "verify", "--json").stdout)["problems"] == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_it_ends_after_the_document_in_hand(
    tracker: Tracker, clerk: Clerk, number: signal.Signals
) -> None:
    running: list[subprocess.Popen[str]] = []
    started = threading.Event()

    def tell(n: int) -> None:
        if n == 20:
            started.wait(30)
            running[0].send_signal(number)

    clerk.asked = tell
    running.append(tracker.start("collect", "us_house", *DAYS, "--at", clerk.url, "--json"))
    started.set()
    out, err = running[0].communicate(timeout=120)
    assert running[0].returncode == 130, err
    assert "Traceback" not in err
    summary = json.loads(out)
    assert summary["stopped"]
    assert 0 < summary["inserted"] < 60
    assert len(tracker.votes()) == summary["inserted"]
    clerk.asked = lambda n: None
    rest = tracker.collect(clerk)
    assert rest["inserted"] == 60 - summary["inserted"]


def test_a_rehearsal_keeps_nothing(tracker: Tracker, clerk: Clerk) -> None:
    summary = tracker.collect(clerk, "--dry-run")
    assert (summary["votes"], summary["dry_run"]) == (60, True)
    assert sorted(tracker.home.rglob("*")) == []
    tracker.collect(clerk)
    before = tracker.rows()
    files = sorted(tracker.home.rglob("*"))
    tracker.collect(clerk, "--dry-run")
    assert tracker.rows() == before
    assert sorted(tracker.home.rglob("*")) == files


def test_a_rebuild_of_an_empty_database_reaches_the_same_state(
    tracker: Tracker, another: Callable[[str], Tracker], clerk: Clerk
) -> None:
    tracker.collect(clerk)
    fresh = another("fresh")
    shutil.copytree(tracker.home / "archive", fresh.home / "archive")
    summary = json.loads(fresh("rebuild", "us_house", "--json").stdout)
    assert (summary["ending"], summary["inserted"]) == ("done", 60)
    assert fresh.votes() == tracker.votes()
    assert json.loads(tracker("rebuild", "us_house", "--json").stdout)["ending"] == "unchanged"


def test_a_backfill_goes_year_by_year_and_leaves_alone_what_is_held(tracker: Tracker, clerk: Clerk) -> None:
    words = ("backfill", "us_house", "--since", "2009-06-01", "--until", "2010-12-31", "--at", clerk.url)
    first = tracker(*words, code=None)
    assert "2010-01-01 to 2010-12-31: done, 60 votes new" in first.stderr
    asked = clerk.requests
    second = json.loads(tracker(*words, "--json", code=None).stdout)
    assert second["inserted"] == 0
    assert second["held"] == 60
    assert clerk.requests - asked < 60, "what is held is not asked for again"


def test_a_source_held_by_another_process_is_busy(tracker: Tracker, clerk: Clerk) -> None:
    tracker("db", "upgrade")
    engine = open_engine(f"sqlite:///{tracker.home / 'escrutinio.sqlite'}")
    with holding(engine, "us_house", holder="another-machine:1"):
        done = tracker("collect", "us_house", "--at", clerk.url, code=3)
    engine.dispose()
    assert "another-machine:1" in done.stderr


def test_an_address_where_nothing_answers_fails_and_says_what_to_look_at(tracker: Tracker) -> None:
    done = tracker("collect", "us_senate", "--since", "2010-01-01", "--until", "2010-02-01",
                   "--at", "http://127.0.0.1:9", code=1)  # fmt: skip
    assert "us_senate: failed" in done.stdout
    health = json.loads(tracker("health", "--json", code=1).stdout)
    states = {line["source"]: line["state"] for line in health["sources"]}
    assert states == dict.fromkeys(MODULES, "never") | {"us_senate": "failed"}


def test_a_summary_says_what_came_of_it(tracker: Tracker, clerk: Clerk) -> None:
    done = tracker("collect", "us_house", *DAYS, "--at", clerk.url)
    assert done.stdout.startswith("us_house: done\n")
    assert "votes         60 new, 0 changed, 0 unchanged" in done.stdout
    assert "\x1b" not in done.stdout + done.stderr
