"""Does `tracker import` bring a checkout in, whatever befalls it, and do the other commands know what it is?"""

from __future__ import annotations

import contextlib
import json
import random
import shutil
import signal
import subprocess
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import checkouts
import pytest

if TYPE_CHECKING:
    from conftest import Tracker

FOUNDING = "pe-op-2023-05-19T00-10"
SITTINGS = 12
RECORDS = {"fetch", "run"}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("checkout")
    checkouts.write(place, [checkouts.founding()])
    for n in range(SITTINGS):
        checkouts.write(place, checkouts.invented(date(2023, 2, 1) + timedelta(days=7 * n), 12))
    checkouts.commit(place)
    return place


def bring(tracker: Tracker, root: Path, *more: str, code: int | None = 0) -> dict[str, Any]:
    return dict(json.loads(tracker("import", "openpolitica", str(root), "--json", *more, code=code).stdout))


def test_the_founding_vote_comes_in_and_is_shown_for_what_it_is(tracker: Tracker, root: Path) -> None:
    report = bring(tracker, root, "--since", "2023-05-18", "--until", "2023-05-18")
    assert (report["ending"], report["inserted"], report["documents"]) == ("done", 1, 1)
    shown = json.loads(tracker("show", FOUNDING, "--json").stdout)
    tallies = {kind: [shown["tallies"][kind][way] for way in ("yes", "no", "abstain")] for kind in ("board", "final")}
    assert tallies == {"board": [69, 31, 4], "final": [70, 33, 4]}
    assert [(said["name"], said["was"], said["now"]) for said in shown["spoken"]] == [
        ("Flores Ruíz", "not_cast", "yes"),
        ("Taipe Coronado", "not_cast", "no"),
        ("Portalatino Ávalos", "not_cast", "no"),
    ]
    assert (shown["sitting_date"], shown["taken_at"]) == ("2023-05-18", "2023-05-19T00:10:00-05:00")
    assert (shown["paper"], shown["credit"]["by"]) == ("transcription", "openpolitica")
    assert shown["official_urls"] == [checkouts.PDF.format(checkouts.KEY, "18-05-23")]
    assert shown["evidence"][0]["media_type"] == "text/plain; charset=utf-8"
    page = tracker("show", FOUNDING).stdout
    for words in ("a transcription, by openpolitica", "made from https://www2.congreso.gob.pe", "brought in"):
        assert words in page
    listed = tracker("votes", "--legislature", "pe_openpolitica").stdout
    assert "2023-05-18 00:10" in listed
    assert "70–33–4" in listed
    assert "transcribed by openpolitica" in listed


def test_a_first_import_stores_and_a_second_writes_nothing(tracker: Tracker, root: Path) -> None:
    first = bring(tracker, root)
    assert (first["ending"], first["inserted"], first["held"]) == ("done", 12 * SITTINGS + 1, 0)
    before, files = tracker.rows(), sorted(tracker.home.rglob("archive/**/*"))
    second = bring(tracker, root)
    assert (second["ending"], second["held"], second["requests"]) == ("unchanged", 13 * SITTINGS + 1, 0)
    assert tracker.rows() == before | {"run": before["run"] + 1}
    assert sorted(tracker.home.rglob("archive/**/*")) == files
    done = tracker("import", "openpolitica", str(root))
    assert "brought in    0 records, 157 held already; 0 read" in done.stdout
    assert "\x1b" not in done.stdout + done.stderr


def test_killed_at_any_moment_and_run_again_the_end_is_the_same(
    tracker: Tracker, another: Callable[[str], Tracker], root: Path
) -> None:
    undisturbed = another("undisturbed")
    bring(undisturbed, root)
    chance, killed = random.Random(2023), 0
    for _ in range(5):
        enough = _objects(tracker) + chance.randint(1, 25)
        process = tracker.start("import", "openpolitica", str(root))
        while process.poll() is None and _objects(tracker) < enough:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(0.01)
        process.kill()
        process.communicate(timeout=60)
        killed += process.returncode == -signal.SIGKILL
    assert killed >= 3, "the process outlived most attempts"
    assert _objects(tracker) < 13 * SITTINGS, "it was killed in the middle"
    bring(tracker, root)
    assert tracker.votes() == undisturbed.votes()
    counts, whole = tracker.rows(), undisturbed.rows()
    for name in set(whole) - RECORDS:
        assert counts[name] == whole[name], name
    assert json.loads(tracker("archive", "verify", "--json").stdout)["problems"] == []
    assert bring(tracker, root)["ending"] == "unchanged"


def _objects(tracker: Tracker) -> int:
    return sum(1 for path in (tracker.home / "archive" / "objects").glob("*/*") if not path.name.startswith("."))


def test_told_to_stop_it_ends_after_the_record_in_hand(tracker: Tracker, root: Path) -> None:
    process = tracker.start("import", "openpolitica", str(root), "--json")
    while process.poll() is None and _objects(tracker) < 5:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.01)
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    summary = json.loads(out)
    assert summary["stopped"]
    rest = bring(tracker, root)
    assert summary["inserted"] + rest["inserted"] == 12 * SITTINGS + 1


def test_a_rebuild_of_an_empty_database_needs_the_archive_only(
    tracker: Tracker, another: Callable[[str], Tracker], root: Path
) -> None:
    bring(tracker, root, "--since", "2023-04-01")
    fresh = another("fresh")
    shutil.copytree(tracker.home / "archive", fresh.home / "archive")
    summary = json.loads(fresh("rebuild", "pe_openpolitica", "--json").stdout)
    assert (summary["ending"], summary["inserted"]) == ("done", len(tracker.votes()))
    assert fresh.votes() == tracker.votes()


def test_a_rehearsal_keeps_nothing(tracker: Tracker, root: Path) -> None:
    summary = bring(tracker, root, "--dry-run")
    assert (summary["votes"], summary["dry_run"]) == (12 * SITTINGS + 1, True)
    assert sorted(tracker.home.rglob("*")) == []


def test_one_record_is_read_aloud_from_its_document(tracker: Tracker, tmp_path: Path) -> None:
    document = tmp_path / "record.txt"
    document.write_bytes(checkouts.document(checkouts.founding()))
    shown = json.loads(tracker("read", str(document), "--as", "pe_openpolitica", "--json").stdout)
    votes = shown["votes"] if isinstance(shown, dict) else shown
    assert [vote["id"] for vote in votes] == [FOUNDING]
    assert sorted(tracker.home.rglob("*")) == []


def test_what_is_no_checkout_is_refused_with_the_line_that_makes_one(tracker: Tracker, tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nowhere"):
        done = tracker("import", "openpolitica", str(path), code=2)
        assert "is no checkout of the transcription" in done.stderr
        assert f"git clone --depth 1 {checkouts.REPOSITORY}" in done.stderr
    wrong = tracker("import", "openpolitica", str(tmp_path), "--since", "2023-05-19", "--until", "2023-05-18", code=2)
    assert "--until" in wrong.stderr


@pytest.mark.parametrize(
    "words", [("collect", "pe_openpolitica"), ("backfill", "pe_openpolitica", "--since", "2023-01-01")]
)
def test_it_is_never_asked_for_over_the_network(tracker: Tracker, words: tuple[str, ...]) -> None:
    done = tracker(*words, code=2)
    assert "never asked for" in done.stderr
    assert "tracker import" in done.stderr
    firings = json.loads(tracker("timetable", "--limit", "300", "--json").stdout)
    assert "pe_openpolitica" not in {firing["source"] for firing in firings}
    assert "pe_openpolitica" not in tracker("timetable").stdout


def test_the_list_of_sources_and_their_health_say_what_it_is(tracker: Tracker, root: Path) -> None:
    sources = {line["source"]: line for line in json.loads(tracker("sources", "--json").stdout)}
    mine = sources["pe_openpolitica"]
    assert (mine["kind"], mine["rank"], mine["asked"]) == ("transcription", 3, False)
    assert mine["credit"]["repository"] == checkouts.REPOSITORY
    assert {slug for slug, line in sources.items() if not line["asked"]} == {
        "pe_openpolitica",
        "eu_parliament_howtheyvote",
        "us_house_voteview",
        "us_senate_voteview",
    }
    assert "transcribed by openpolitica" in tracker("sources").stdout
    tracker("db", "upgrade")
    assert "`tracker import` does" in tracker("health").stdout
    bring(tracker, root, "--since", "2023-05-18")
    line = next(
        line
        for line in json.loads(tracker("health", "--json").stdout)["sources"]
        if line["source"] == "pe_openpolitica"
    )
    assert (line["state"], line["silence"], line["next"]) == ("good", None, None)


@pytest.mark.corpus
def test_the_whole_transcription_comes_in(tracker: Tracker, corpus: Path, tmp_path: Path) -> None:
    """2,097 votes and 1,650 attendance lists, with the doubts that are known of them."""
    place = tmp_path / "whole"
    for kind in ("votacion", "asistencia"):
        checkouts.write(place, (record for _, record in checkouts.of_facts(corpus, kind)))
    report = bring(tracker, place)
    assert (report["ending"], report["inserted"], report["documents"]) == ("done", 2097, 3747)
    assert report["findings"]["unreadable"] == 0
    assert 19 <= report["findings"]["doubtful"] <= 40
    assert tracker.rows()["sitting"] == 1650
    shown = json.loads(tracker("show", FOUNDING, "--json").stdout)
    assert {way: shown["tallies"]["final"][way] for way in ("yes", "no", "abstain")} == {
        "yes": 70,
        "no": 33,
        "abstain": 4,
    }
    assert bring(tracker, place)["ending"] == "unchanged"
