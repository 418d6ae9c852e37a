"""Is the lack of news noticed, on the right days, once a day?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tracker.queries.health import findings
from tracker.schedule.silence import check, silence
from tracker.sources.contract import Sheet
from tracker.storage.alarms import last_look, last_news
from tracker.storage.engine import Engine
from tracker.storage.runs import finish_run, start_run
from tracker.storage.write import Totals

MakeSheet = Callable[..., Sheet]
RULE = {"days": "tue,wed,thu", "hours": 48}


def ran(engine: Engine, trigger: str = "timetable", **totals: int) -> None:
    day = date(2026, 11, 24)
    number = start_run(engine, "us_senate", trigger=trigger, since=day, until=day)
    finish_run(engine, number, ending="unchanged", requests=1, totals=Totals(**totals), message="")


def test_silence_is_news_on_sitting_days_only(sheet: MakeSheet) -> None:
    table = sheet({"hours": "9"}, silence=RULE)
    news = datetime(2026, 11, 20, 12, tzinfo=UTC)
    tuesday, saturday = datetime(2026, 11, 24, 17, tzinfo=UTC), datetime(2026, 11, 28, 17, tzinfo=UTC)
    said = silence(table, news, tuesday)
    assert said is not None
    assert "nothing new for 4 days, since 20 November 2026" in said
    assert table.page in said
    assert silence(table, news, saturday) is None
    assert silence(table, tuesday - timedelta(hours=48), tuesday) is None
    assert silence(table, tuesday - timedelta(hours=48, seconds=1), tuesday) is not None
    assert silence(table, None, tuesday) is None, "a source never looked at has missed nothing"
    assert silence(sheet({"hours": "9"}), news, tuesday) is None, "no sheet, no expectation"


def test_the_day_is_the_chambers(sheet: MakeSheet) -> None:
    table = sheet({"hours": "9"}, silence={"days": "tue", "hours": 1})
    news = datetime(2026, 11, 1, tzinfo=UTC)
    assert silence(table, news, datetime(2026, 11, 25, 4, 59, tzinfo=UTC)) is not None, "still Tuesday in Washington"
    assert silence(table, news, datetime(2026, 11, 25, 5, 0, tzinfo=UTC)) is None


def test_it_is_noted_once_a_day_and_ends_with_news(sheet: MakeSheet, engine: Engine) -> None:
    table = sheet({"hours": "9"}, silence={"days": "mon-sun", "hours": 1})
    ran(engine)
    begun = last_news(engine, "us_senate")
    assert begun is not None
    assert begun == last_look(engine, "us_senate").at  # type: ignore[union-attr]
    now = datetime.now(UTC)
    assert check(engine, table, now) is None, "an hour has not passed"
    day = (now + timedelta(days=2)).date()
    morning, night = (datetime.combine(day, time(*at), ZoneInfo(table.chamber.zone)) for at in ((0, 1), (23, 59)))
    assert check(engine, table, morning) is not None
    assert check(engine, table, night) is None, "already said that day by the chamber's clock"
    assert [(f.source, f.severity, f.code, f.at) for f in findings(engine)] == [
        ("us_senate", "noted", "silence", morning)
    ]
    assert check(engine, table, night + timedelta(hours=2)) is not None, "another day"
    ran(engine, inserted=1)
    assert check(engine, table, datetime.now(UTC)) is None


@pytest.mark.parametrize("trigger", ["backfill", "rebuild", "named days"])
def test_old_votes_are_no_news(engine: Engine, trigger: str) -> None:
    ran(engine, trigger, inserted=5)
    assert last_news(engine, "us_senate") is None
    assert last_look(engine, "us_senate") is None
    ran(engine, "by hand", updated=1)
    news = last_news(engine, "us_senate")
    assert news is not None
    ran(engine, trigger, inserted=5)
    assert last_news(engine, "us_senate") == news
