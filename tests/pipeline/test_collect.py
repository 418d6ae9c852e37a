"""One vote's journey, with two dictionaries for the network and the database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from threading import Event
from typing import Any

import pytest

from tracker.domain.people import Register
from tracker.domain.reconcile import Verdict
from tracker.domain.votes import Position, Tally
from tracker.pipeline.collect import Ending, Journey, collect, ending
from tracker.sources.contract import Severity, Source, Window
from tracker.storage.write import Reading

WINDOW = Window(date(2023, 5, 1), date(2023, 5, 31))
GOOD = "board 2-1-0\nAna: Y A\nBerta: Y A\nCarla: N"
Site = Callable[[dict[str, str | None]], Any]


def gather(source: Source, ask: Any, **more: Any) -> tuple[Journey, list[Reading]]:
    saved: list[Reading] = []
    return collect(source, WINDOW, ask=ask, save=saved.append, **more), saved


def votes(saved: list[Reading]) -> dict[str, Any]:
    return {vote.printed.id: (vote, sums) for reading in saved for vote, sums, _ in reading.votes}


def noticed(saved: list[Reading]) -> list[tuple[str, str]]:
    return [(n.severity, n.code) for reading in saved for n in reading.noticed]


def test_index_leads_to_votes_in_its_order(source: Source, site: Site) -> None:
    journey, saved = gather(source, site({"index": "1 2", "1": GOOD, "2": GOOD}))
    assert list(votes(saved)) == ["three-1", "three-2"]
    assert (journey.requests, journey.documents, journey.votes) == (3, 3, 2)
    assert [reading.fetch.role for reading in saved] == ["index", "sheet", "sheet"]


def test_identifiers_printed_beside_names_are_the_members(source: Source, site: Site) -> None:
    _, saved = gather(source, site({"index": "1", "1": GOOD}))
    vote, sums = votes(saved)["three-1"]
    assert [ballot.member for ballot in vote.ballots] == ["A", "B", "C"]
    assert sums.verdict is Verdict.SOUND
    assert sums.final == Tally(2, 1)


def test_names_meet_the_register_of_the_day(source: Source, site: Site, register: Register) -> None:
    named = replace(source, register=lambda: register)
    _, saved = gather(named, site({"index": "1", "1": "Ana: Y\nBerta Sol: N\nCarla: X\nDora: Y"}))
    vote, _ = votes(saved)["three-1"]
    assert [ballot.member for ballot in vote.ballots] == ["ana-paz", "berta-sol", None, None]
    assert [ballot.group for ballot in vote.ballots] == ["A", "A", None, None]
    assert vote.unresolved == ("Carla", "Dora"), "two Carlas sit, no Dora: neither is guessed"
    assert (Severity.UNRESOLVED, "unplaced_name") in noticed(saved)


def test_a_statement_is_read_against_the_placed_ballots(source: Source, site: Site, register: Register) -> None:
    named = replace(source, register=lambda: register)
    page = "board 1-0-0\nAna: Y\nBerta Sol: X\nsaid Berta: Y"
    _, saved = gather(named, site({"index": "1", "1": page}))
    vote, sums = votes(saved)["three-1"]
    assert vote.spoken[0].member == "berta-sol"
    assert vote.spoken[0].was is Position.NOT_CAST
    assert (str(sums.board), str(sums.final)) == ("1–0–0", "2–0–0")


def test_one_odd_document_costs_only_itself(source: Source, site: Site) -> None:
    journey, saved = gather(source, site({"index": "1 2 3 4", "1": "!", "2": GOOD, "3": "?", "4": "Ana: Z"}))
    assert list(votes(saved)) == ["three-2"]
    assert [pair for pair in noticed(saved) if pair[0] == Severity.UNREADABLE] == [
        ("unreadable", "odd_line"),
        ("unreadable", "reader_failed"),
        ("unreadable", "unknown_code"),
    ]
    assert [reading.whole for reading in saved] == [True, False, True, False, False]
    assert all(reading.document is not None for reading in saved), "what cannot be read is kept all the same"
    assert ending(journey, moved=1, source=source)[0] is Ending.DONE


def test_what_does_not_add_up_is_kept_and_marked(source: Source, site: Site) -> None:
    _, saved = gather(source, site({"index": "1", "1": "board 3-0-0\nAna: Y\nBerta: Y\nCarla: N"}))
    vote, sums = votes(saved)["three-1"]
    assert sums.verdict is Verdict.DOUBTFUL
    assert vote.printed.board == Tally(3, 0, 0), "nothing is mended to fit"
    assert ("doubtful", "ballots_make_board") in noticed(saved)


def test_a_missing_sheet_is_passed_over(source: Source, site: Site) -> None:
    journey, saved = gather(source, site({"index": "1 2", "2": GOOD}))
    assert list(votes(saved)) == ["three-2"]
    assert (journey.absent, journey.missing, journey.lost) == (1, [], [])


def test_a_missing_index_fails_and_says_what_to_change(source: Source, site: Site) -> None:
    journey, _ = gather(source, site({}))
    how, why = ending(journey, moved=0, source=source)
    assert how is Ending.FAILED
    assert "[address]" in why
    assert "tri" in why


def test_a_silent_index_fails(source: Source, site: Site) -> None:
    journey, saved = gather(source, site({"index": "timeout"}))
    assert ending(journey, moved=0, source=source)[0] is Ending.FAILED
    assert ("unreadable", "timeout") in noticed(saved)


def test_a_silent_sheet_is_a_finding(source: Source, site: Site) -> None:
    journey, saved = gather(source, site({"index": "1 2", "1": "timeout", "2": GOOD}))
    assert list(votes(saved)) == ["three-2"]
    assert ending(journey, moved=1, source=source)[0] is Ending.DONE


def test_nothing_moved_is_unchanged(source: Source, site: Site) -> None:
    journey, _ = gather(source, site({"index": "1", "1": GOOD}))
    assert ending(journey, moved=0, source=source)[0] is Ending.UNCHANGED


def test_documents_none_of_which_can_be_read_fail_the_run(source: Source, site: Site) -> None:
    journey, _ = gather(source, site({"index": "1 2", "1": "!", "2": "!"}))
    how, why = ending(journey, moved=0, source=source)
    assert how is Ending.FAILED
    assert "format" in why


def test_many_doubtful_votes_at_once_fail_the_run(source: Source, site: Site) -> None:
    numbers = [str(n) for n in range(1, 7)]
    pages: dict[str, str | None] = dict.fromkeys(numbers, "board 9-0-0\nAna: Y\nBerta: N")
    journey, saved = gather(source, site(pages | {"index": " ".join(numbers)}))
    assert len(votes(saved)) == 6, "they are stored all the same"
    assert ending(journey, moved=6, source=source)[0] is Ending.FAILED


def test_a_stop_ends_between_two_documents(source: Source, site: Site) -> None:
    stop = Event()

    def watch(journey: Journey, request: Any, waiting: int) -> None:
        if journey.votes == 1:
            stop.set()

    journey, saved = gather(source, site({"index": "1 2 3", "1": GOOD, "2": GOOD, "3": GOOD}), stop=stop, watch=watch)
    assert list(votes(saved)) == ["three-1"]
    assert journey.stopped
    assert "rest follows" in ending(journey, moved=1, source=source)[1]


def test_an_address_is_asked_once_a_run(source: Source, site: Site) -> None:
    journey, _ = gather(source, site({"index": "1 1 1", "1": GOOD}))
    assert journey.requests == 2


@pytest.mark.parametrize(("size", "noted"), [(1, True), (3, False), (4, True)])
def test_an_unusual_number_of_ballots_is_noted(source: Source, site: Site, size: int, noted: bool) -> None:
    page = "\n".join(f"{name}: Y" for name in ["Ana", "Berta", "Carla", "Dora"][:size])
    _, saved = gather(source, site({"index": "1", "1": page}))
    assert (("noted", "number_of_ballots") in noticed(saved)) is noted


@pytest.mark.parametrize("sign", ["\0", "\ud800"])
@pytest.mark.parametrize("where", ["{}: Y", "Ana: Y\nsaid {}: N"])
def test_a_text_that_no_database_keeps_costs_its_vote_only(source: Source, site: Site, sign: str, where: str) -> None:
    broken = where.format(f"Bert{sign}a")
    _, saved = gather(source, site({"index": "1 2", "1": broken, "2": GOOD}))
    assert list(votes(saved)) == ["three-2"]
    assert (Severity.UNREADABLE, "broken_text") in noticed(saved)
    [first] = [reading for reading in saved if reading.fetch.url.endswith("/1")]
    assert (first.whole, [sitting.title for sitting in first.sittings]) == (False, ["Sitting"]), "the rest is taken"


def test_what_is_told_of_a_document_can_be_kept(source: Source, site: Site) -> None:
    _, saved = gather(source, site({"index": "1", "1": f"note \0 and \ud800\n{GOOD}"}))
    [told] = [n.message for reading in saved for n in reading.noticed]
    assert told == r"note \x00 and \ud800"
