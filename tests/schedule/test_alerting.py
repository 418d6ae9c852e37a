"""Do alerts go out beside the collecting: after each run, each minute, and never because a page came empty?"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from newsroom import Hook

from tracker.archive.store import Store
from tracker.demo import Site
from tracker.demo.site import Answer
from tracker.pipeline.asking import Again
from tracker.publish.alerts import Post, rehearse
from tracker.publish.rules import load, written
from tracker.queries.alerted import Stage, deliveries, outbox
from tracker.queries.database import connect
from tracker.schedule.alerting import Alerting
from tracker.schedule.runner import ALERTS, Duty, Runner
from tracker.schedule.silence import check
from tracker.schedule.timetable import Spaced
from tracker.settings import Settings
from tracker.sources.catalogue import source
from tracker.sources.contract import Sheet, Window
from tracker.storage.engine import Engine
from tracker.storage.runs import finish_run, start_run
from tracker.storage.write import Totals

TODAY = date(2026, 11, 26)


class Emptied(Site):
    """The recorded sites, until every page comes empty."""

    empty = False

    def answer(self, target: str, known_tag: str, known_since: str) -> Answer:
        real = super().answer(target, known_tag, known_since)
        return Answer(200, (("Content-Type", "text/html"),), b"") if self.empty else real


@pytest.fixture
def site() -> Iterator[Emptied]:
    with Emptied() as recorded:
        yield recorded


@pytest.fixture
def options(site: Emptied, tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, at=site.at, pause=0, alerts_days=36_500, language="en")


@pytest.fixture
def desk(site: Emptied, options: Settings, engine: Engine) -> Callable[..., tuple[Runner, Alerting]]:
    """Make a runner of sources that were looked at before, and what sends its alerts by these rules."""

    def made(*slugs: str, rules: str) -> tuple[Runner, Alerting]:
        options.rules.write_text(rules, encoding="utf-8")
        for slug in slugs:
            number = start_run(engine, slug, trigger="timetable", since=TODAY, until=TODAY)
            finish_run(engine, number, ending="unchanged", requests=1, totals=Totals(), message="")
        spaced, stop = Spaced(lambda: 3600.0), threading.Event()
        duties = [Duty(source(slug), spaced, Window(*site.windows[slug]), Again.ALL) for slug in slugs]
        alerting = Alerting(options, engine, stop)
        return Runner(
            duties, engine=engine, store=Store(options.archive), settings=options, stop=stop, post=alerting
        ), alerting

    return made


def test_a_rehearsal_shows_exactly_what_was_sent_in_a_recorded_week(
    site: Emptied, desk: Callable[..., tuple[Runner, Alerting]], hook: Hook, options: Settings
) -> None:
    rules = (
        {"name": "all", "to": [hook.address("all")]},
        {"name": "split", "to": [hook.address("split")], "broke_ranks": 5, "margin": 60, "language": "es"},
        {"name": "changes", "to": [hook.address("changes")], "tell": "changed", "legislature": ["pe_congress"]},
    )
    slugs = ("us_senate", "pe_minutes")
    runner, alerting = desk(*slugs, rules="\n".join(written(rule) for rule in rules))
    site.advance()
    for _ in range(3):
        for slug in slugs:
            report = runner.fire(slug).report
            assert report is not None
            assert not report.failed, report.message
            alerting()
        if site.wave < site.waves:
            site.advance()
        elif not site.amended:
            site.amend()
    reader = connect(options.database)
    shown = rehearse(Post.of(options, reader, reader, load(options.rules)), 7)
    reader.dispose()
    sent = [(one["title"], one["message"]) for one in hook.got]
    assert sorted((one.message.title, one.message.body()) for one in shown) == sorted(sent)
    assert {one.rule for one in shown} == {"all", "split", "changes"}
    assert len(sent) > 8
    assert len(hook.keys) == len(set(hook.keys))
    assert "Changed: yes 47→51 · Congreso del Perú" in "\n".join(hook.titles)


def test_an_empty_page_alarms_about_the_source_and_tells_readers_nothing(
    site: Emptied, desk: Callable[..., tuple[Runner, Alerting]], hook: Hook
) -> None:
    rules = written({"name": "all", "to": [hook.address("all")]})
    rules += written({"name": "desk", "to": [hook.address("desk")], "trouble": ["failing", "silent"]})
    runner, alerting = desk("us_senate", rules=rules)
    runner.fire("us_senate")
    alerting()
    before = len(hook.got)
    assert before > 0
    site.empty = True
    report = runner.fire("us_senate").report
    assert report is not None
    assert report.failed
    alerting()
    runner.fire("us_senate")
    alerting()
    assert hook.titles[before:] == [f"Source failing: {source('us_senate').sheet.title}"]
    assert "The last run of" in hook.got[-1]["message"]
    site.empty = False
    runner.fire("us_senate")
    alerting()
    assert hook.titles[before + 1 :] == [f"Source works again: {source('us_senate').sheet.title}"]


def test_the_scheduler_sends_after_a_run_without_waiting_for_the_minute(
    desk: Callable[..., tuple[Runner, Alerting]], hook: Hook
) -> None:
    runner, _ = desk("us_senate", rules=written({"name": "all", "to": [hook.address()]}))
    scheduler = runner.scheduler()
    assert scheduler.get_job(ALERTS) is not None
    scheduler.start()
    try:
        assert hook.arrived.wait(30)
    finally:
        scheduler.shutdown()


def test_broken_rules_are_said_once_and_stop_nothing(
    desk: Callable[..., tuple[Runner, Alerting]], hook: Hook, options: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    runner, alerting = desk("us_senate", rules="[[rule]]\nname = 'a'\nto = 'mailto://x:hunter2@y'\nmargn = 1\n")
    with caplog.at_level(logging.ERROR):
        assert runner.fire("us_senate").report is not None
        alerting()
        alerting()
    (said,) = [record.getMessage() for record in caplog.records]
    assert "alerts.toml, line 1: rule 1 (a): margn: no such key" in said
    assert "hunter2" not in caplog.text
    options.rules.write_text(written({"name": "a", "to": [hook.address()]}), encoding="utf-8")
    alerting()
    assert hook.got, "what was ready meanwhile is told"


def test_without_rules_nothing_is_planned_and_what_waits_is_given_up(
    desk: Callable[..., tuple[Runner, Alerting]], hook: Hook, options: Settings
) -> None:
    runner, alerting = desk("us_senate", rules=written({"name": "all", "to": [hook.address()]}))
    hook.bad = True
    runner.fire("us_senate")
    alerting()
    reader = connect(options.database)
    waiting = outbox(reader).waiting
    assert waiting > 0
    options.rules.unlink()
    alerting()
    assert outbox(reader).waiting == waiting, "none is due yet"
    assert {one.state for one in deliveries(reader)} == {Stage.WAITING}
    reader.dispose()


def test_a_silence_is_an_event_once_until_there_is_news(sheet: Callable[..., Sheet], engine: Engine) -> None:
    table = sheet({"hours": "9"}, silence={"days": "mon-sun", "hours": 1})

    def ran(**totals: int) -> None:
        number = start_run(engine, "us_senate", trigger="timetable", since=TODAY, until=TODAY)
        finish_run(engine, number, ending="done", requests=1, totals=Totals(**totals), message="")

    def events() -> int:
        with engine.connect() as connection:
            return int(connection.exec_driver_sql("SELECT count(*) FROM event WHERE kind = 'silent'").scalar_one())

    ran()
    now = datetime.now(UTC)
    for days in (2, 3, 4):
        assert check(engine, table, now + timedelta(days=days)) is not None
    assert events() == 1
