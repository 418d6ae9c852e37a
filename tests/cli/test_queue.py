"""Do several `tracker up` share the work, and does `tracker queue` show and change what waits?"""

from __future__ import annotations

import json
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tracker.demo import Site
from tracker.queries.health import sources
from tracker.queries.queue import queue_state
from tracker.schedule.queue import Line, Queue
from tracker.sources.catalogue import MODULES, asked
from tracker.storage.engine import open_engine, upgrade

if TYPE_CHECKING:
    from conftest import Tracker


@pytest.mark.postgres
def test_two_schedulers_and_a_worker_run_each_source_once(tracker: Tracker, postgres_url: str) -> None:
    tracker.env |= {"ESCRUTINIO_DATABASE_URL": postgres_url, "ESCRUTINIO_CONTACT": "desk@example.org"}
    with Site() as site:
        tracker.env["ESCRUTINIO_AT"] = json.dumps(dict.fromkeys(MODULES, site.url))
        tracker("db", "upgrade")
        started = [
            tracker.start("up", "--no-dashboard", "--workers", "0"),
            tracker.start("up", "--no-dashboard", "--workers", "1"),
            tracker.start("worker", "--workers", "3"),
        ]
        engine, end = open_engine(postgres_url, read_only=True), time.monotonic() + 90
        while time.monotonic() < end:
            state, ran = queue_state(engine), [one for one in sources(engine) if one.state not in ("never", "running")]
            if len(ran) == len(asked()) and state and not state.running and not state.waiting and state.workers == 6:
                break
            time.sleep(0.2)
        engine.dispose()
        for process in started:
            process.send_signal(signal.SIGTERM)
        said = [process.communicate(timeout=60) for process in started]
    assert [process.returncode for process in started] == [0, 0, 0], said
    assert state is not None
    assert (state.running, state.waiting, state.failed, state.workers) == (0, 0, 0, 6), said
    ends = [line for _, err in said for line in err.splitlines() if " requests" in line]
    assert sorted(line.split()[2].rstrip(":") for line in ends) == sorted(found.slug for found in asked())
    assert not [err for _, err in said if "Traceback" in err]
    assert "0 running, 0 waiting, 0 failed; 0 workers" in tracker("queue").stdout


@pytest.mark.postgres
def test_what_waits_is_listed_and_cancelled(tracker: Tracker, postgres_url: str) -> None:
    tracker.env["ESCRUTINIO_DATABASE_URL"] = postgres_url
    engine = open_engine(postgres_url)
    upgrade(engine)
    Queue(engine).again(Line.COLLECT, "us_house", attempt=2, because="OSError: the disk is full", slowly=True)
    engine.dispose()
    [job] = json.loads(tracker("queue", "list", "--json").stdout)
    assert (job["about"], job["state"], job["attempt"], job["place"]) == ("us_house", "waiting", 2, "")
    told = tracker("queue").stdout
    assert "us_house: waiting since" in told
    assert "attempt 3: OSError: the disk is full" in told
    assert "0 running, 1 waiting, 0 failed; 0 workers" in told
    tracker("queue", "cancel", str(job["job"]))
    assert "has not failed (cancelled)" in tracker("queue", "retry", str(job["job"]), code=4).stderr
    health = tracker("health", "--json", code=None).stdout
    assert json.loads(health)["queue"] == {"running": 0, "waiting": 0, "failed": 0, "workers": 0, "reading": []}


@pytest.mark.parametrize("words", [("worker",), ("up", "--workers", "2"), ("queue",)])
def test_without_postgresql_there_is_no_queue(tracker: Tracker, tmp_path: Path, words: tuple[str, ...]) -> None:
    assert "docs/queue.md" in tracker(*words, code=2).stderr
