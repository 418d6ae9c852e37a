"""Does the demonstration show what it promises, with no network and from any folder?"""

from __future__ import annotations

import json
import re
import signal
import threading
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import subprocess

    from conftest import Tracker


def listed(tracker: Tracker) -> list[dict[str, Any]]:
    return [json.loads(line) for line in tracker("votes", "--json").stdout.splitlines()]


def test_votes_of_every_source_arrive(demonstrated: Tracker) -> None:
    votes = listed(demonstrated)
    assert {vote["source"] for vote in votes} == {"us_house", "us_senate", "pe_minutes", "pe_sheets"}
    assert {vote["legislature"] for vote in votes} == {"us_house", "us_senate", "pe_congress"}
    assert [vote["sitting_date"] for vote in votes] == sorted((v["sitting_date"] for v in votes), reverse=True)


def test_the_vote_it_all_began_with(demonstrated: Tracker) -> None:
    of_the_day = [
        json.loads(line)
        for line in demonstrated(
            "votes", "--json", "--since", "2023-05-18", "--until", "2023-05-19"
        ).stdout.splitlines()
    ]
    [found] = [v for v in of_the_day if v["tallies"]["final"] and v["tallies"]["final"]["yes"] == 70]
    vote = json.loads(demonstrated("show", found["id"], "--json").stdout)
    figures = {
        kind: tuple(vote["tallies"][kind][side] for side in ("yes", "no", "abstain")) for kind in ("board", "final")
    }
    assert figures == {"board": (69, 31, 4), "final": (70, 33, 4)}
    assert len(vote["spoken"]) == 3
    assert len(vote["ballots"]) == 130
    assert {said["was_reason"] for said in vote["spoken"]} == {"absent", "leave_official"}
    page = demonstrated("show", found["id"]).stdout
    assert "69–31–4 and 3 statements make 70–33–4" in page
    assert vote["evidence"][0]["sha256"] in page
    assert "Portalatino Ávalos" in page
    assert "sitting of 18 May 2023, voted 19 May 2023 at 00:10" in page
    assert "Actas del Pleno (pe-2023-05-18-bd642936, page 10): says the same" in page


def test_the_sheet_it_all_began_with_was_provisional_first(demonstrated: Tracker) -> None:
    vote = json.loads(demonstrated("show", "pe-2023-05-18-99001", "--json").stdout)
    _, second = vote["versions"]
    assert second["cause"] == "source"
    moved = {change["field"]: (change["was"], change["now"]) for change in second["changes"] if change["who"] is None}
    assert moved["status"] == ("provisional", "official")
    assert moved["final"] == ("69–31–4, not_cast 26", "70–33–4, not_cast 23")
    assert "final tally: 69–31–4, not cast 26 → 70–33–4, not cast 23" in demonstrated.said
    assert "2023-05-18 00:10+1" in demonstrated("votes", "--since", "2023-05-18", "--until", "2023-05-18").stdout


def test_one_tally_moves_because_the_source_changed(demonstrated: Tracker) -> None:
    corrected = [vote for vote in listed(demonstrated) if any(version["cause"] for version in vote["versions"])]
    [vote] = [vote for vote in corrected if vote["id"] != "pe-2023-05-18-99001"]
    first, second = vote["versions"]
    assert (first["cause"], second["cause"]) == (None, "source")
    assert {"field": "final", "who": None, "was": "47–49–2", "now": "51–49–2"} in second["changes"]
    assert "47–49–2 → 51–49–2" in demonstrated.said
    assert "because the official document was changed" in demonstrated.said
    assert "final: 47–49–2 → 51–49–2" in demonstrated("show", vote["id"]).stdout


def test_without_a_home_nothing_is_left_behind(tracker: Tracker, tmp_path: Path) -> None:
    passing = tmp_path / "passing"
    passing.mkdir()
    tracker.env["TMPDIR"] = str(passing)
    said = tracker("demo", "--once").stdout
    assert str(passing) in said
    assert said.endswith("Done.\n")
    assert list(passing.iterdir()) == []


def test_it_serves_until_told_to_stop(tracker: Tracker, tmp_path: Path) -> None:
    passing = tmp_path / "passing"
    passing.mkdir()
    tracker.env["TMPDIR"] = str(passing)
    process = tracker.start("demo", "--port", "0")
    guard = threading.Timer(240, process.kill)
    guard.start()
    try:
        _, address = until(process, r"Dashboard: (\S+)")
        with urllib.request.urlopen(f"{address}/healthz", timeout=30) as answer:
            assert json.loads(answer.read())["status"] == "ok"
        until(process, r"(pe_minutes: \d+ new votes)")
        process.send_signal(signal.SIGTERM)
        rest, err = process.communicate(timeout=60)
    finally:
        guard.cancel()
        process.kill()
    assert process.returncode == 0, err
    assert "Traceback" not in err
    assert rest.endswith("Ended.\n")
    assert list(passing.iterdir()) == []
    try:
        urllib.request.urlopen(f"{address}/healthz", timeout=5)
    except OSError:
        return
    raise AssertionError("the dashboard outlived the demonstration")


def until(process: subprocess.Popen[str], pattern: str) -> tuple[list[str], str]:
    """Read what a process says up to a line, and return the lines and the part of the last that is asked for."""
    assert process.stdout is not None
    said: list[str] = []
    for line in process.stdout:
        said.append(line)
        if found := re.search(pattern, line):
            return said, found[1]
    raise AssertionError(f"it ended without {pattern!r}: {said} {process.stderr.read() if process.stderr else ''}")
