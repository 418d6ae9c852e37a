"""Is the record shown as it stood at a moment, and is it said where it stood nowhere yet?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import seed
from sqlalchemy import Engine

from tracker.domain.changes import Cause
from tracker.queries import votes
from tracker.queries.database import connect
from tracker.queries.history import moment_of
from tracker.queries.view import VoteView
from tracker.queries.votes import NotThen
from tracker.storage.engine import open_engine

FIRST, SECOND = datetime(2023, 6, 29, 18, tzinfo=UTC), datetime(2023, 6, 30, 18, tzinfo=UTC)


def at(engine: Engine, asked: date | datetime, slug: str = seed.CORRECTED) -> VoteView:
    found = votes.one(engine, slug, as_of=asked)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("asked", "version", "board"),
    [
        (FIRST, 1, "5–4–0"),
        (SECOND - timedelta(microseconds=1), 1, "5–4–0"),
        (SECOND, 2, "4–5–0"),
        (datetime.fromisoformat("2023-06-30T13:59"), 1, "5–4–0"),
        (datetime.fromisoformat("2023-06-30T14:00"), 2, "4–5–0"),
        (date(2023, 6, 29), 1, "5–4–0"),
        (date(2023, 6, 30), 2, "4–5–0"),
        (date(2024, 1, 1), 2, "4–5–0"),
    ],
)
def test_the_reading_in_force_at_a_moment_by_the_chambers_clock(
    engine: Engine, asked: date | datetime, version: int, board: str
) -> None:
    view = at(engine, asked)
    assert (view.version, str(view.tallies.board), view.in_force) == (version, board, version == 2)
    assert view.as_of is not None
    assert view.as_of.tzinfo is not None
    assert [one.since for one in view.versions] == [FIRST, SECOND]


def test_before_the_first_reading_there_was_none_and_tomorrow_nobody_knows(engine: Engine) -> None:
    for asked in (FIRST - timedelta(microseconds=1), date(2023, 6, 28)):
        with pytest.raises(NotThen) as refused:
            votes.one(engine, seed.CORRECTED, as_of=asked)
        assert refused.value.first == FIRST
    for later in (datetime.now(UTC) + timedelta(minutes=1), date(2999, 12, 31)):
        with pytest.raises(NotThen) as refused:
            votes.one(engine, seed.CORRECTED, as_of=later)
        assert refused.value.first is None
    today = at(engine, datetime.now(seed.NEW_YORK).date())
    assert today.as_of is not None
    assert today.as_of <= datetime.now(UTC), "a day that is not over is meant up to now"
    assert votes.one(engine, "none", as_of=FIRST) is None


def test_a_version_that_is_named_stands_over_a_moment(engine: Engine) -> None:
    view = votes.one(engine, seed.CORRECTED, 1, as_of=date(2024, 1, 1))
    assert view is not None
    assert (view.version, view.as_of) == (1, None)


def test_a_day_ends_by_the_chambers_clock() -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    assert moment_of(date(2023, 5, 19), "America/Lima", now).isoformat() == "2023-05-19T23:59:59.999999-05:00"
    assert (
        moment_of(datetime.fromisoformat("2023-05-19T09:00"), "America/Lima", now).isoformat()
        == "2023-05-19T09:00:00-05:00"
    )
    assert moment_of(FIRST, "America/Lima", now) is FIRST
    assert moment_of(date(2025, 12, 31), "America/Lima", now) == now, "it is still December there"


@pytest.fixture
def reread(database_url: str) -> Iterator[Engine]:
    """A vote whose document was read better a while later, and whose older document came last."""
    url = database_url
    engine = open_engine(url)
    seed.upgrade(engine)

    def store(yes: int, day: int, reader: str) -> None:
        marks = [(seed.YEA, "R", yes), (seed.NAY, "D", 9 - yes)]
        vote = seed.american("us-house-2023-400", date(2023, 6, 1), "H.R. 4: A bill", marks)
        writer = seed.Writer(engine, seed.CLERK)
        moment = datetime(2023, 6, day, 12, tzinfo=UTC)
        writer.take(seed.reading(seed.CLERK, vote, url="https://clerk.house.gov/4.xml", at=moment,
                                 content=str(day).encode(), reader=reader))  # fmt: skip
        writer.flush()

    store(5, 10, "page/1")
    store(6, 10, "page/2")
    store(4, 2, "page/2")
    opened = connect(url)
    yield opened
    opened.dispose()
    engine.dispose()


def test_what_was_read_better_later_was_not_known_before_and_what_came_too_late_never_stood(reread: Engine) -> None:
    slug, fetched = "us-house-2023-400", datetime(2023, 6, 10, 12, tzinfo=UTC)
    now = votes.one(reread, slug)
    assert now is not None
    assert [one.cause for one in now.versions] == [None, None, Cause.READER]
    late, first, better = now.versions
    assert (late.since, first.since) == (None, fetched)
    assert better.since is not None
    assert better.since > datetime.now(UTC) - timedelta(minutes=5), "the moment it was read anew, not that of the fetch"
    assert at(reread, fetched, slug).tallies.board == seed.Tally(5, 4)
    assert at(reread, better.since, slug).tallies.board == seed.Tally(6, 3)
    with pytest.raises(NotThen) as refused:
        votes.one(reread, slug, as_of=date(2023, 6, 5))
    assert refused.value.first == fetched
