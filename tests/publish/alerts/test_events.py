"""Is what there is to tell written with the vote, and let go only when a run has ended well?"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
import seed
from newsroom import SHEETS, Newsroom, house, official, provisional, sheet
from sqlalchemy.exc import StatementError

from tracker.queries.alerted import State, happened, ready
from tracker.storage.runs import start_run
from tracker.storage.write import Fetch, Reading, Writer


def test_a_vote_and_its_change_are_events_in_the_order_they_happened(newsroom: Newsroom) -> None:
    newsroom.run(SHEETS, sheet(provisional()))
    newsroom.run(SHEETS, sheet(official(), day=1))
    assert newsroom.events() == [("vote", "ready", ""), ("change", "ready", "")]
    first, second = ready(newsroom.reader)
    assert (first.vote, first.version, second.version) == (seed.SHEET, 1, 2)
    assert first.run != second.run


def test_an_event_stands_or_falls_with_its_vote(small: Newsroom) -> None:
    good, bad = house(1), house(2)
    zoneless = replace(bad, fetch=replace(bad.fetch, at=datetime(2023, 5, 19)))  # noqa: DTZ001 - refused by the tables
    writer = Writer(small.engine, seed.CLERK)
    writer.take(good)
    writer.take(zoneless)
    with pytest.raises(StatementError):
        writer.flush()
    assert small.events() == []
    writer.drop()
    writer.take(good)
    writer.flush()
    assert small.events() == [("vote", "held", "")]


def test_what_a_failed_run_brought_is_held_until_a_good_one(newsroom: Newsroom) -> None:
    newsroom.run(seed.CLERK, house(1), ending="failed")
    assert newsroom.events() == [("vote", "held", ""), ("failing", "ready", "")]
    newsroom.run(seed.CLERK, trigger="backfill")
    assert newsroom.events()[0] == ("vote", "held", ""), "a run over old days says nothing about the site"
    newsroom.run(SHEETS)
    assert newsroom.events()[0] == ("vote", "held", ""), "nor does another source"
    newsroom.run(seed.CLERK, ending="not published yet")
    assert newsroom.events() == [("vote", "ready", ""), ("failing", "ready", ""), ("recovered", "ready", "")]


def test_a_source_fails_and_recovers_once(small: Newsroom) -> None:
    for ending in ("failed", "failed", "done", "unchanged", "failed"):
        small.run(seed.CLERK, ending=ending)
    small.run(seed.CLERK, ending="failed", trigger="named days")
    assert [kind for kind, _, _ in small.events()] == ["failing", "recovered", "failing"]


def test_a_run_whose_process_died_is_no_failure_of_the_source_and_loses_nothing(small: Newsroom) -> None:
    number = start_run(small.engine, "us_house", trigger="timetable", since=small.now.date(),
                       until=small.now.date())  # fmt: skip
    writer = Writer(small.engine, seed.CLERK, run=number)
    writer.take(house(1))
    writer.flush()
    assert small.events() == [("vote", "held", "")]
    small.run(seed.CLERK)
    assert small.events() == [("vote", "ready", "")]


@pytest.mark.parametrize("trigger", ["rebuild", "import", "backfill"])
def test_history_is_quiet(small: Newsroom, trigger: str) -> None:
    small.run(seed.CLERK, house(1), trigger=trigger)
    assert small.events() == [("vote", "quiet", trigger)]


def test_a_rebuild_that_failed_is_still_history_when_a_good_run_follows(small: Newsroom) -> None:
    small.run(seed.CLERK, house(1), trigger="rebuild", ending="failed")
    small.run(seed.CLERK, house(2))
    assert small.events() == [("vote", "quiet", "rebuild"), ("vote", "ready", "")]


def test_the_first_look_at_a_source_is_quiet_even_after_a_failure(small: Newsroom) -> None:
    small.run(seed.LIS, seed.reading(seed.LIS, seed.senate_vote(), url="https://s.example/1", at=small.now),
              ending="failed")  # fmt: skip
    small.run(seed.LIS)
    assert small.events() == [("vote", "quiet", "first"), ("failing", "ready", ""), ("recovered", "ready", "")]


def test_a_settlement_is_told_although_nobody_looked_for_news(small: Newsroom) -> None:
    small.run(seed.LIS, seed.reading(seed.LIS, seed.senate_vote(), url="https://s.example/1", at=small.now),
              trigger="settlement")  # fmt: skip
    assert small.events() == [("vote", "ready", "")]


def test_a_vote_that_its_page_lacks_is_gone_and_comes_back(small: Newsroom) -> None:
    there = house(1)
    small.run(seed.CLERK, there)
    sha = there.fetch.sha256
    fetch = Fetch(url=there.fetch.url, role="page", at=small.now, status=404, changed=True)
    small.run(seed.CLERK, Reading(fetch=fetch, replaces=sha))
    small.run(seed.CLERK, there)
    assert [kind for kind, _, _ in small.events()] == ["vote", "gone", "back"]
    assert {event.state for event in happened(small.reader, small.now.replace(year=2020))} == {State.READY}


def test_what_is_on_record_when_alerts_come_is_history(newsroom: Newsroom) -> None:
    from alembic import command

    from tracker.storage.engine import migrations, upgrade

    newsroom.run(SHEETS, sheet(provisional()))
    newsroom.run(SHEETS, sheet(official(), day=1))
    command.downgrade(migrations(newsroom.engine), "0008")
    upgrade(newsroom.engine)
    assert newsroom.events() == [("vote", "quiet", "before"), ("change", "quiet", "before")]
    then = happened(newsroom.reader, newsroom.now.replace(year=2020))
    assert [(event.vote, event.version) for event in then] == [(seed.SHEET, 1), (seed.SHEET, 2)]
