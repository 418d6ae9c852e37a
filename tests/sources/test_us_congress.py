"""Do sessions, days without a year and walks through numbers come out right?"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.sources import us_congress
from tracker.sources.contract import Unreadable, Window


@pytest.mark.parametrize(
    ("year", "congress", "session"), [(1989, 101, 1), (1990, 101, 2), (2025, 119, 1), (2026, 119, 2), (2027, 120, 1)]
)
def test_a_year_is_a_session_of_a_congress(year: int, congress: int, session: int) -> None:
    assert us_congress.congress_of(year) == congress
    assert us_congress.session_of(year) == session
    assert us_congress.year_of(congress, session) == year


@pytest.mark.parametrize(
    ("since", "until", "years"),
    [
        (date(2025, 5, 1), date(2025, 5, 7), [2025]),
        (date(2024, 12, 28), date(2025, 1, 3), [2024, 2025]),
        (date(2013, 1, 1), date(2013, 1, 2), [2012, 2013]),
        (date(2013, 1, 4), date(2013, 1, 5), [2013]),
        (date(1990, 1, 1), date(1990, 2, 1), [1990]),
        (date(1970, 1, 1), date(1971, 1, 1), []),
    ],
)
def test_the_sessions_a_window_touches(since: date, until: date, years: list[int]) -> None:
    assert list(us_congress.years(Window(since, until), 1990)) == years


def test_days_get_their_year_from_what_stands_before_them() -> None:
    printed = ["7-Jan", "30-Nov", "31-Dec", "1-Jan", "2-Jan", "3-Jan"]
    assert us_congress.days(printed, 2012, "u") == [
        date(2012, 1, 7),
        date(2012, 11, 30),
        date(2012, 12, 31),
        date(2013, 1, 1),
        date(2013, 1, 2),
        date(2013, 1, 3),
    ]
    assert us_congress.days(["1-Jan"], 2012, "u") == [date(2013, 1, 1)]
    assert us_congress.days(["3-Jan", "03-Jan"], 2025, "u") == [date(2025, 1, 3)] * 2


@pytest.mark.parametrize("printed", ["", "Jan-3", "31-Feb", "3-Jan-2025", "3 Jan", "0-Jan"])
def test_a_day_that_is_none_is_refused(printed: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        us_congress.days([printed], 2025, "https://example.org/index")
    assert refusal.value.code == "bad_date"


def test_a_first_vote_is_overdue_by_mid_february() -> None:
    window = Window(date(2026, 1, 1), date(2026, 2, 14))
    assert not us_congress.overdue(us_congress.asked(window, 2026))
    assert not us_congress.overdue(us_congress.asked(window, 2025))  # asked for the sake of 1 to 3 January only
    assert us_congress.overdue(us_congress.asked(Window(date(2026, 1, 1), date(2026, 2, 15)), 2026))


def walk(days: dict[int, date], window: Window) -> list[int]:
    """Walk through the votes of a session; return the numbers asked for, each of which must be new."""
    context = us_congress.first_step(us_congress.asked(window, 2025))
    asked: list[int] = []
    while True:
        number = int(context["number"])
        assert number not in asked
        asked.append(number)
        day = days.get(number)
        after = us_congress.next_step(context, day)
        if after is None:
            return asked
        context = after


@given(
    st.lists(st.dates(date(2025, 1, 3), date(2025, 12, 31)), max_size=450).map(sorted),
    st.dates(date(2025, 1, 3), date(2025, 12, 31)),
    st.integers(0, 120),
)
def test_a_walk_finds_every_vote_of_the_window(taken: list[date], since: date, length: int) -> None:
    window = Window(since, min(date(2025, 12, 31), date.fromordinal(since.toordinal() + length)))
    days = dict(enumerate(taken, 1))
    asked = walk(days, window)
    wanted = {number for number, day in days.items() if day in window}
    assert wanted <= set(asked)
    older = sum(day < since for day in taken)
    assert len(asked) <= older // 100 + len(wanted) + 105


def test_a_walk_steps_over_one_absent_number() -> None:
    days = {n: date(2025, 3, 3) for n in (1, 2, 4, 5)}
    assert walk(days, Window(date(2025, 3, 1), date(2025, 3, 7))) == [1, 2, 3, 4, 5, 6, 7]
    assert walk({}, Window(date(2025, 3, 1), date(2025, 3, 7))) == [1, 2]


def test_what_was_no_step_of_a_walk_leads_nowhere() -> None:
    assert us_congress.next_step({}, date(2025, 1, 3)) is None
    assert us_congress.next_step({}, None) is None
