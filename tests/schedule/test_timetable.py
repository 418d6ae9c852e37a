"""Do the times of a sheet fall where the chamber's clock has them, when clocks change too?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.schedule.timetable import SheetTrigger, Spaced, Timetable, coming, is_on
from tracker.sources.catalogue import asked, catalogue, source
from tracker.sources.contract import Sheet

NEW_YORK = ZoneInfo("America/New_York")
MakeSheet = Callable[..., Sheet]


def local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=NEW_YORK)  # type: ignore[misc,arg-type]


def walls(table: Timetable, since: datetime, until: datetime) -> list[str]:
    return [f"{firing.at:%d %H:%M}" for firing in table.between(since, until)]


def test_times_are_the_chambers(sheet: MakeSheet) -> None:
    table = Timetable(sheet({"days": "mon-fri", "hours": "9-10", "minutes": "*/30"}))
    saturday = datetime(2026, 1, 10, 12, tzinfo=UTC)
    firing = table.next(saturday)
    assert firing is not None
    assert firing.at.astimezone(UTC) == datetime(2026, 1, 12, 14, tzinfo=UTC), "nine in New York is fourteen in winter"
    assert (firing.source, firing.because) == ("us_senate", "a test")
    assert walls(table, saturday, saturday + timedelta(days=3)) == [
        "12 09:00", "12 09:30", "12 10:00", "12 10:30",
    ]  # fmt: skip


def test_several_entries_make_one_timetable_and_a_moment_comes_once(sheet: MakeSheet) -> None:
    table = Timetable(sheet({"hours": "9"}, {"hours": "9-10"}, {"hours": "6", "months": "3"}))
    day = local(2026, 3, 2)
    assert walls(table, day, day + timedelta(days=1)) == ["02 06:00", "02 09:00", "02 10:00"]


def test_an_hour_that_comes_twice_is_meant_once(sheet: MakeSheet) -> None:
    table = Timetable(sheet({"hours": "1", "minutes": "30"}))
    assert walls(table, local(2026, 10, 31), local(2026, 11, 3)) == ["31 01:30", "01 01:30", "02 01:30"]
    [autumn] = [firing.at for firing in table.between(local(2026, 11, 1), local(2026, 11, 2))]
    assert autumn.astimezone(UTC) == datetime(2026, 11, 1, 5, 30, tzinfo=UTC), "the first of the two, in summer time"
    dense = Timetable(sheet({"hours": "0-3", "minutes": "*/20"}))
    firings = walls(dense, local(2026, 11, 1) - timedelta(minutes=1), local(2026, 11, 1, 12))
    assert firings == sorted(set(firings))
    assert len(firings) == 12


def test_a_moment_that_is_skipped_is_made_up_for(sheet: MakeSheet) -> None:
    table = Timetable(sheet({"hours": "2", "minutes": "30"}))
    assert walls(table, local(2026, 3, 7), local(2026, 3, 10)) == ["07 02:30", "08 03:30", "09 02:30"]


def test_the_day_has_its_hours_through_both_changes(sheet: MakeSheet) -> None:
    table = Timetable(sheet({"hours": "9-17"}))
    for begin in (local(2026, 3, 7), local(2026, 10, 31)):
        firings = walls(table, begin, begin + timedelta(days=3))
        assert [each[3:] for each in firings] == [f"{hour:02}:00" for hour in range(9, 18)] * 3


@given(
    st.integers(0, 3 * 366 * 86400).map(lambda s: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(seconds=s)),
    st.sampled_from([found.slug for found in asked()]),
)
def test_previous_and_next_are_neighbours(moment: datetime, slug: str) -> None:
    table = Timetable(source(slug).sheet)
    following, before = table.next(moment), table.previous(moment)
    assert following is not None
    assert before is not None
    assert before.at.astimezone(UTC) <= moment < following.at.astimezone(UTC)
    assert table.next(before.at) == following
    assert table.previous(following.at) == following


def test_a_yearly_time_is_found_far_back(sheet: MakeSheet) -> None:
    table = Timetable(sheet({"hours": "9", "months": "1", "days": "1st mon"} | {"days": "mon"}))
    before = table.previous(local(2026, 12, 24))
    assert before is not None
    assert before.at == local(2026, 1, 26, 9)


def test_sources_come_in_order_of_time_whatever_their_zones() -> None:
    firings = coming([Timetable(found.sheet) for found in catalogue().values()], datetime(2026, 11, 24, tzinfo=UTC), 60)
    assert len(firings) == 60
    assert {str(firing.at.tzinfo) for firing in firings} == {"America/New_York", "America/Lima"}
    assert all(a.at.astimezone(UTC) <= b.at.astimezone(UTC) for a, b in pairwise(firings))


@pytest.mark.parametrize("entry", [{"hours": "25"}, {"hours": "9", "days": "montag"}, {"hours": "9", "minutes": "x"}])
def test_words_that_cron_does_not_know_are_named(sheet: MakeSheet, entry: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="the sheet of us_senate has a time that cannot be understood"):
        Timetable(sheet(entry))


def test_a_zone_that_does_not_exist_is_named(sheet: MakeSheet) -> None:
    real = sheet({"hours": "9"})
    lost = real.model_copy(update={"chamber": real.chamber.model_copy(update={"zone": "America/Atlantis"})})
    with pytest.raises(ValueError, match=r"us_senate names the time zone 'America/Atlantis'"):
        Timetable(lost)


def test_weekdays_are_understood() -> None:
    tuesday = date(2026, 11, 24)
    assert is_on("tue,wed,thu", tuesday)
    assert is_on("mon-fri", tuesday)
    assert not is_on("sat,sun", tuesday)
    with pytest.raises(ValueError, match="dienstag"):
        is_on("dienstag", tuesday)


def test_the_scheduler_is_told_the_same_moments_put_off_by_the_jitter(sheet: MakeSheet) -> None:
    table = Timetable(sheet({"hours": "*", "minutes": "*/15"}, jitter=60))
    trigger = SheetTrigger(table)
    now = local(2026, 11, 24, 12)
    previous = trigger.get_next_fire_time(None, now)
    assert previous is not None
    for _ in range(40):
        at = trigger.get_next_fire_time(previous, now)
        assert at is not None
        firing = table.previous(at)
        assert firing is not None
        assert timedelta(0) <= at - firing.at <= timedelta(seconds=60)
        assert timedelta(minutes=13) < at - previous < timedelta(minutes=17)
        previous = at


def test_spaced_firings_follow_the_space_of_the_moment() -> None:
    space = [3.0]
    trigger = Spaced(lambda: space[0])
    now = local(2026, 11, 24, 12)
    assert trigger.get_next_fire_time(None, now) == now
    assert trigger.get_next_fire_time(now, now) == now + timedelta(seconds=3)
    space[0] = 60.0
    assert trigger.get_next_fire_time(now, now) == now + timedelta(seconds=60)
