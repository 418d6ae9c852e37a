"""Do the looking commands say what is on record, in a form that a person or a programme can use?"""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema
import pytest
import thirty

from tracker.demo.recorded import WINDOWS
from tracker.domain.votes import GroupTally, Position, Tally
from tracker.queries.database import connect
from tracker.queries.votes import VoteFilter, listing
from tracker.sources.catalogue import MODULES

if TYPE_CHECKING:
    from conftest import Tracker

SCHEMA = json.loads((Path(__file__).resolve().parents[2] / "docs" / "vote.schema.json").read_text(encoding="utf-8"))


def test_every_line_of_votes_has_the_documented_shape(demonstrated: Tracker) -> None:
    done = demonstrated("votes", "--json")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(lines) > 40
    for vote in lines:
        jsonschema.validate(vote, SCHEMA)
        assert "ballots" not in vote
    whole = json.loads(demonstrated("show", lines[0]["id"], "--json").stdout)
    jsonschema.validate(whole, SCHEMA)
    assert whole.pop("ballots")
    assert whole == lines[0]


@pytest.mark.parametrize(("name", "other"), [("us_senate", "us_senate"), ("pe_minutes", "pe_congress")])
def test_a_legislature_goes_by_its_name_or_its_sources(demonstrated: Tracker, name: str, other: str) -> None:
    found = demonstrated("votes", "--json", "--legislature", name).stdout.splitlines()
    assert found
    assert {json.loads(line)["legislature"] for line in found} == {other}
    assert demonstrated("votes", "--json", "--legislature", other).stdout.splitlines() == found


def test_votes_are_found_by_date_and_words_and_counted(demonstrated: Tracker) -> None:
    lines = demonstrated("votes", "--json", "--text", "affordable care", "--since", "2010-01-01").stdout.splitlines()
    assert lines
    assert all(json.loads(line)["sitting_date"] >= "2010-01-01" for line in lines)
    assert len(demonstrated("votes", "--json", "--limit", "3").stdout.splitlines()) == 3
    table = demonstrated("votes", "--limit", "3")
    assert table.stdout.count("\n") == 6
    assert table.stderr.startswith("3 of ")
    assert demonstrated("votes", "--text", "zyxwv").stdout == "no vote on record meets this\n"


def test_the_founding_vote_is_among_the_first_three_of_the_demo(demonstrated: Tracker) -> None:
    engine = connect(f"sqlite:///{demonstrated.home}/escrutinio.sqlite")
    for query in (
        "tropas", "Tropas EEUU", "4766", "31548", "ingreso personal militar", "ingrso militar", "18 May 2023",
        "19 May 2023", "70-33-4",
        "70 a 33", "18 de mayo de 2023", "19 de mayo de 2023", "18/05/2023", "tropas EE. UU.",
    ):  # fmt: skip
        first = listing(engine, VoteFilter(text=query, limit=3)).rows
        assert any("4766" in row.subject and row.sitting_date == date(2023, 5, 18) for row in first), query
    engine.dispose()


def test_what_a_search_was_taken_to_mean_is_said_beside_the_result(demonstrated: Tracker) -> None:
    done = demonstrated("votes", "--text", "ingrso militar mayo 2023")
    assert "no vote has 'ingrso'; looked for 'ingreso'" in done.stderr
    assert "understood as a date: 2023-05-01 to 2023-05-31" in done.stderr
    assert "--exact looks for the words as they stand" in done.stderr
    exact = demonstrated("votes", "--text", "ingrso militar", "--exact")
    assert (exact.stdout, exact.stderr) == ("no vote on record meets this\n", "")
    told = demonstrated("votes", "--text", "31548", "--limit", "1").stderr
    assert "called 'Resolución Legislativa 31548' in the press: https://cuscopost.pe/" in told


def test_the_table_can_be_cut_into_columns(demonstrated: Tracker) -> None:
    listed = [json.loads(line)["id"] for line in demonstrated("votes", "--json", "--limit", "25").stdout.splitlines()]
    heads = [line for line in demonstrated("votes").stdout.splitlines() if not line.startswith(" ")]
    assert [next(word for word in line.split() if word in listed) for line in heads] == listed


def test_what_is_printed_of_a_vote_is_words_not_codes(tracker: Tracker) -> None:
    tracker.home.mkdir(parents=True)
    engine = thirty.joined(f"sqlite:///{tracker.home}/escrutinio.sqlite")
    thirty.alone(engine, 1)
    doubts = ("the clock time could not be read",)
    board = Tally(20, 5, 0, 0, 5)
    groups, note = (GroupTally("A", "A", board),), (thirty.said(Position.NO),)
    odd = thirty.cast("s-3", "Y" * 20 + "N" * 5 + "X" * 5, doubts=doubts, groups=groups, spoken=note)
    thirty.store(engine, thirty.SHEETS, thirty.reading("https://thirty.example/3.pdf", odd))
    engine.dispose()
    page = tracker("show", "s-3").stdout
    assert "read with doubts: the clock time could not be read" in page
    assert "the ballots do not make the table by group: A: yes +20, no +5, not cast +5" in page
    assert "nobody is listed twice" in page
    announced = {
        line.split()[0]: line.split()[1:6] for line in tracker("show", "s-1").stdout.splitlines() if line.strip()
    }
    assert announced["counted"] == ["15", "10", "0", "0", "5"]
    assert announced["announced"] == ["16", "10", "0", "–", "–"], "of whom nothing was said there is no figure"
    unnamed = {
        line.split()[0]: line.split()[1:6] for line in tracker("show", "m-2").stdout.splitlines() if line.strip()
    }
    assert unnamed["counted"] == ["10", "20", "0", "0", "–"], "the minutes do not name the absent"
    alone = tracker("show", "o-10").stdout
    assert "o-10; transcribed by The Others; sums " in alone
    assert "official" not in alone.split("Papers")[0]
    doubted = tracker("doubts").stdout
    assert "not cast +5" in doubted
    listed = tracker("votes").stdout.splitlines()
    assert [line.split()[-3:] for line in listed if "transcribed" in line] == [["by", "The", "Others"]]
    assert not re.search(r"\b[a-z]+_[a-z]+\b", page + alone + doubted)


def test_an_election_by_name_shows_its_candidates(demonstrated: Tracker) -> None:
    page = demonstrated("show", "us-house-2013-2").stdout
    assert "220 for Boehner" in page
    assert "Boehner (220): " in page


def test_health_says_how_each_source_is(demonstrated: Tracker) -> None:
    health = json.loads(demonstrated("health", "--json").stdout)
    assert [line["source"] for line in health["sources"]] == list(MODULES)
    shown = [line for line in health["sources"] if line["source"] in WINDOWS]
    assert {line["state"] for line in health["sources"] if line not in shown} <= {"never"}
    for line in shown:
        assert line["state"] == "good"
        assert line["votes"] > 0
        assert datetime.fromisoformat(line["next"]) > datetime.fromisoformat(line["last_run"]["finished_at"])
    page = demonstrated("health").stdout
    assert "pe_minutes" in page
    assert "votes held, sittings of" in page


def test_the_timetable_comes_in_order_and_in_both_times(tracker: Tracker) -> None:
    firings = json.loads(tracker("timetable", "--limit", "30", "--json").stdout)
    moments = [datetime.fromisoformat(firing["at"]) for firing in firings]
    assert len(moments) == 30
    assert moments == sorted(moments)
    assert all(datetime.fromisoformat(f["local"]) == datetime.fromisoformat(f["at"]) for f in firings)
    assert {f["zone"] for f in firings} <= {"America/New_York", "America/Lima"}
    page = tracker("timetable").stdout
    assert "days mon-fri, hours 9-23, minutes */15" in page


def test_sources_are_listed_with_the_site_that_stands_in(tracker: Tracker) -> None:
    tracker.env["ESCRUTINIO_AT"] = '{"us_house": "http://127.0.0.1:8000"}'
    listed = {line["source"]: line for line in json.loads(tracker("sources", "--json").stdout)}
    assert listed["us_house"]["at"] == "http://127.0.0.1:8000"
    assert listed["us_senate"]["at"] is None
    assert "asked at http://127.0.0.1:8000 instead of https://clerk.house.gov" in tracker("sources").stdout


def test_the_archive_is_read_whole_and_damage_is_found(tracker: Tracker, demonstrated: Tracker) -> None:
    import shutil

    shutil.copytree(demonstrated.home / "archive", tracker.home / "archive")
    whole = json.loads(tracker("archive", "verify", "--json").stdout)
    assert whole["problems"] == []
    victim = next(path for path in sorted((tracker.home / "archive").rglob("*")) if path.is_file())
    victim.chmod(0o644)
    victim.write_bytes(victim.read_bytes() + b"x")
    damaged = tracker("archive", "verify", "--json", code=1)
    assert [problem["path"] for problem in json.loads(damaged.stdout)["problems"]] == [str(victim)]
    assert str(victim) in tracker("archive", "verify", code=1).stdout
