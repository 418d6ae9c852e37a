"""Does `up` collect what is due, serve, and end when told to?"""

from __future__ import annotations

import contextlib
import json
import signal
import socket
import subprocess
import threading
from typing import TYPE_CHECKING

import pytest

from tracker.cli.board import environment
from tracker.demo import Site
from tracker.settings import Settings
from tracker.sources.catalogue import MODULES, asked

if TYPE_CHECKING:
    from conftest import Tracker


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_up_runs_what_is_overdue_and_ends_cleanly(tracker: Tracker, number: signal.Signals) -> None:
    with Site() as site:
        everywhere = json.dumps(dict.fromkeys(MODULES, site.url))
        tracker.env |= {"ESCRUTINIO_AT": everywhere, "ESCRUTINIO_CONTACT": "desk@example.org"}
        process = tracker.start("up", "--no-dashboard")
        assert process.stderr is not None
        logged: list[str] = []
        guard = threading.Timer(120, process.kill)
        guard.start()
        for line in process.stderr:
            logged.append(line)
            if sum(" requests, " in said for said in logged) == len(asked()):
                process.send_signal(number)
        process.wait(60)
        guard.cancel()
    assert process.returncode == 0, logged
    assert not [line for line in logged if "Traceback" in line]
    health = json.loads(tracker("health", "--json", code=None).stdout)
    ran = [line for line in health["sources"] if line["asked"]]
    assert {line["source"] for line in health["sources"] if line not in ran} == {
        "pe_openpolitica",
        "eu_parliament_howtheyvote",
        "us_house_voteview",
        "us_senate_voteview",
    }
    assert all(line["last_run"]["ending"] != "running" for line in ran)
    assert all(line["last_run"]["finished_at"] for line in ran)


def test_a_second_signal_ends_at_once(tracker: Tracker) -> None:
    held = threading.Event()
    waiting = threading.Event()

    class Slow(Site):
        def answer(self, target: str, known_tag: str, known_since: str) -> object:  # type: ignore[override]
            waiting.set()
            held.wait(60)
            return super().answer(target, known_tag, known_since)

    with Slow() as site:
        tracker.env |= {"ESCRUTINIO_AT": json.dumps(site.at)}
        process = tracker.start("up", "--no-dashboard")
        assert waiting.wait(60)
        for _ in range(600):
            process.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(0.1)
                break
        held.set()
    assert process.returncode == 128 + signal.SIGTERM


def test_the_dashboard_keeps_its_memory_together_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MALLOC_ARENA_MAX", raising=False)
    assert environment(Settings(), 8501)["MALLOC_ARENA_MAX"] == "2"
    monkeypatch.setenv("MALLOC_ARENA_MAX", "4")
    assert environment(Settings(), 8501)["MALLOC_ARENA_MAX"] == "4"


def test_a_port_that_is_taken_is_said_before_anything_starts(tracker: Tracker) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = tracker("up", "--port", port, code=2)
    assert f"something already listens on 127.0.0.1:{port}" in done.stderr
    assert list(tracker.home.iterdir()) == []
