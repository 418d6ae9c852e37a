"""Is it told what is held, what waits and what is missing?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
import seed
from sqlalchemy import Engine

from tracker.domain.changes import Cause
from tracker.domain.majority import Base
from tracker.queries import changes, doubts
from tracker.queries.coverage import DocumentsHeld, Held, YearHeld, held
from tracker.queries.database import connect
from tracker.queries.rules import of_chambers


def fill(url: str) -> None:
    seed.waiting(seed.seeded(url).engine)


@pytest.fixture
def waiting(held: Callable[[str, Callable[[str], object]], str], kind: str) -> Iterator[Engine]:
    """The small database with something provisional, something doubtful and something missing."""
    opened = connect(held(kind, fill))
    yield opened
    opened.dispose()


def test_years_count_days_and_votes_of_the_records_shown(engine: Engine) -> None:
    assert held(engine).years == (
        YearHeld("pe_congress", 2023, 1, 2, 0, 0),
        YearHeld("us_house", 2023, 5, 6, 0, 1),
        YearHeld("us_senate", 2021, 1, 1, 0, 0),
    )
    assert held(engine).documents == (
        DocumentsHeld("pe_minutes", "page", 2, 2, 2),
        DocumentsHeld("us_house", "page", 6, 6, 6),
        DocumentsHeld("us_senate", "page", 1, 1, 1),
    )


def test_nothing_waits_and_nothing_is_missing(engine: Engine) -> None:
    found = held(engine)
    assert (found.waiting, found.unanswered, found.troubles) == ((), (), ())


def test_what_waits_is_missing_or_unread_is_listed(waiting: Engine) -> None:
    found = held(waiting)
    (sitting,) = found.waiting
    assert (sitting.legislature, sitting.date, sitting.votes) == ("us_house", date(2023, 9, 30), 1)
    (lost,) = found.unanswered
    assert (lost.url, lost.status, lost.message) == (
        "https://clerk.house.gov/evs/2023/roll601.xml", 503, "the server said no",
    )  # fmt: skip
    (trouble,) = found.troubles
    assert (trouble.severity, trouble.place) == ("unreadable", "line 1")
    assert YearHeld("us_house", 2023, 6, 7, 1, 2) in found.years
    newest = doubts.listing(waiting)[0]
    assert newest.vote == seed.PROVISIONAL
    assert [(check.check, check.detail) for check in newest.failed] == [("reader_sure", "the server said no")]


def test_an_empty_database_holds_nothing(empty: Engine) -> None:
    assert held(empty) == Held((), (), (), (), ())
    assert of_chambers(empty) == ()
    assert changes.listing(empty) == changes.ChangePage((), 0, {})


def test_changes_are_narrowed_down_and_counted_by_cause(waiting: Engine) -> None:
    every = changes.listing(waiting)
    assert [one.vote for one in every.sets] == [seed.PROVISIONAL, seed.CORRECTED]
    assert (every.total, every.causes) == (2, {Cause.SOURCE: 2})
    assert changes.listing(waiting, cause=Cause.READER) == changes.ChangePage((), 0, {Cause.SOURCE: 2})
    assert changes.listing(waiting, legislature="pe_congress") == changes.ChangePage((), 0, {})
    second = changes.listing(waiting, legislature="us_house", cause=Cause.SOURCE, limit=1, offset=1)
    assert ([one.vote for one in second.sets], second.total) == ([seed.CORRECTED], 2)


def test_the_rules_are_those_of_the_sheets(engine: Engine) -> None:
    peru, house, senate = of_chambers(engine)
    assert [rule.name for rule in peru.rules] == ["mayoría simple"]
    assert (house.rules[0].name, house.rules[0].base) == ("YEA-AND-NAY", Base.YES_AND_NO)
    assert senate.rules[1].base is Base.SWORN
