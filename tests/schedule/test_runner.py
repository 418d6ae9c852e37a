"""Does the runner fire what is due, once, and take whatever happens?"""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from apscheduler.events import EVENT_JOB_MISSED, EVENT_JOB_SUBMITTED

from tracker.archive.store import Store
from tracker.demo import Site
from tracker.pipeline.asking import Again
from tracker.pipeline.collect import Ending
from tracker.queries.health import findings, sources
from tracker.schedule.runner import Duty, Fired, Outcome, Runner
from tracker.schedule.silence import silence
from tracker.schedule.timetable import Spaced, Timetable
from tracker.settings import Settings
from tracker.sources.catalogue import asked, source
from tracker.sources.contract import Sheet, Source, Window
from tracker.storage.engine import Engine
from tracker.storage.runs import finish_run, start_run
from tracker.storage.write import Totals

HOLDER = """
import sys
from tracker.storage.engine import open_engine
from tracker.storage.runs import holding
with holding(open_engine(sys.argv[1]), "us_senate"):
    print("held", flush=True)
    sys.stdin.read()
"""
DAY = timedelta(days=1)


@pytest.fixture
def make(engine: Engine, options: Settings, site: Site, senate: Source) -> Callable[..., Runner]:
    """Make a runner of the Senate's recorded votes."""

    def one(source: Source = senate, **more: Any) -> Runner:
        duty = Duty(source, more.pop("trigger", None), Window(*site.windows["us_senate"]), Again.ALL)
        facts: dict[str, Any] = {"store": Store(options.archive), "settings": options, "stop": threading.Event()}
        return Runner([duty], engine=engine, **(facts | more))

    return one


def test_a_firing_runs_the_source_and_leaves_a_line_in_the_log(make: Callable[..., Runner], engine: Engine) -> None:
    told: list[Fired] = []
    fired = make(tell=told.append).fire("us_senate")
    assert told == [fired]
    assert (fired.outcome, fired.report.ending if fired.report else None) == (Outcome.RAN, Ending.DONE)
    [health] = sources(engine)
    assert health.last_run is not None
    assert (health.last_run.ending, health.coverage.votes) == ("done", fired.report.totals.inserted)  # type: ignore[union-attr]


def test_a_source_that_another_process_runs_is_skipped(make: Callable[..., Runner], options: Settings) -> None:
    runner = make()
    other = subprocess.Popen(
        [sys.executable, "-c", HOLDER, options.database],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).resolve().parents[2],
    )  # fmt: skip
    try:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        busy = runner.fire("us_senate")
        assert busy.outcome is Outcome.BUSY
        assert f":{other.pid}" in busy.message
    finally:
        other.communicate(timeout=60)
    assert runner.fire("us_senate").outcome is Outcome.RAN


def test_a_lock_whose_process_was_killed_is_taken_over(make: Callable[..., Runner], options: Settings) -> None:
    other = subprocess.Popen(
        [sys.executable, "-c", HOLDER, options.database],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).resolve().parents[2],
    )  # fmt: skip
    assert other.stdout is not None
    assert other.stdout.readline() == "held\n"
    other.kill()
    other.communicate(timeout=60)
    assert make().fire("us_senate").outcome is Outcome.RAN


def test_whatever_breaks_a_firing_leaves_the_next_one_its_chance(
    make: Callable[..., Runner], options: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    options.archive.write_text("a file where the archive's folder should be")
    runner = make()
    broken = runner.fire("us_senate")
    assert broken.outcome is Outcome.BROKE
    assert "the next firing tries again" in broken.message
    assert [record.levelname for record in caplog.records if record.name == "tracker.schedule.runner"] == ["ERROR"]
    options.archive.unlink()
    assert runner.fire("us_senate").outcome is Outcome.RAN


def test_a_source_is_overdue_if_no_run_has_begun_since_its_last_firing(
    make: Callable[..., Runner], engine: Engine, senate: Source
) -> None:
    now = [datetime.now(UTC)]
    runner = make(clock=lambda: now[0])
    assert runner.overdue() == ["us_senate"], "it never ran"
    day = date(2026, 11, 24)
    number = start_run(engine, "us_senate", trigger="timetable", since=day, until=day)
    assert runner.overdue() == ["us_senate"], "a run that was never closed died with its process"
    finish_run(engine, number, ending="failed", requests=1, totals=Totals(), message="no answer")
    assert runner.overdue() == [], "failed runs wait for the next firing"
    start_run(engine, "us_senate", trigger="backfill", since=day, until=day)
    now[0] += DAY
    assert runner.overdue() == ["us_senate"], "a firing has passed, and a backfill does not look at the usual days"


def test_overdue_sources_are_due_at_once_and_others_at_their_time(make: Callable[..., Runner], engine: Engine) -> None:
    before = datetime.now(UTC)
    [job] = make().scheduler().get_jobs()
    scheduler = make().scheduler()
    scheduler.start(paused=True)
    [job] = scheduler.get_jobs()
    assert before <= job.next_run_time <= datetime.now(UTC)
    assert (job.coalesce, job.max_instances, job.misfire_grace_time) == (True, 1, 3600)
    scheduler.shutdown()
    day = date(2026, 11, 24)
    number = start_run(engine, "us_senate", trigger="timetable", since=day, until=day)
    finish_run(engine, number, ending="unchanged", requests=1, totals=Totals(), message="")
    scheduler = make().scheduler()
    scheduler.start(paused=True)
    [job] = scheduler.get_jobs()
    assert job.next_run_time.astimezone(job.trigger.timetable.zone).hour == 9
    assert job.next_run_time > datetime.now(UTC)
    scheduler.shutdown()


@pytest.mark.parametrize(
    ("space", "late", "fires"),
    [(86400, timedelta(minutes=30), 1), (86400, timedelta(hours=2), 0), (60, timedelta(minutes=30), 1)],
    ids=["half an hour late", "two hours late", "thirty missed firings"],
)
def test_a_firing_is_made_up_for_within_the_hour(
    make: Callable[..., Runner], space: float, late: timedelta, fires: int
) -> None:
    told: list[Fired] = []
    runner = make(trigger=Spaced(lambda: space), tell=told.append)
    scheduler = runner.scheduler()
    heard: list[int] = []
    done = threading.Event()

    def hear(event: Any) -> None:
        heard.append(event.code)
        if event.code == EVENT_JOB_MISSED or heard.count(EVENT_JOB_SUBMITTED):
            done.set()

    scheduler.add_listener(hear, EVENT_JOB_MISSED | EVENT_JOB_SUBMITTED)
    scheduler.start(paused=True)
    scheduler.modify_job("us_senate", next_run_time=datetime.now(UTC) - late)
    scheduler.resume()
    assert done.wait(60)
    scheduler.shutdown(wait=True)
    assert len(told) == fires
    assert heard.count(EVENT_JOB_MISSED) == 1 - fires


@pytest.mark.parametrize("post", [None, lambda: None], ids=["without alerts", "with alerts"])
def test_told_to_stop_the_run_in_hand_ends_and_nothing_follows(
    make: Callable[..., Runner], engine: Engine, site: Site, post: Callable[[], None] | None
) -> None:
    stop = threading.Event()
    real = site.answer

    def answer(*words: str) -> Any:
        if len(site.hits) > 10:
            stop.set()
        return real(*words)

    site.answer = answer  # type: ignore[method-assign]
    told: list[Fired] = []
    runner = make(stop=stop, tell=told.append, trigger=Spaced(lambda: 0.01), post=post)
    serving = threading.Thread(target=runner.serve, daemon=True)
    serving.start()
    serving.join(60)
    assert not serving.is_alive(), "it ends, whatever a run that ends asks of the scheduler"
    [fired] = told
    assert fired.report is not None
    assert fired.report.journey.stopped
    [health] = sources(engine)
    assert health.state == "good"
    assert make().fire("us_senate").outcome is Outcome.RAN, "the lock was given back"


def test_a_firing_notes_silence(
    make: Callable[..., Runner], engine: Engine, sheet: Callable[..., Sheet], senate: Source
) -> None:
    quiet = replace(senate, sheet=sheet({"hours": "9"}, silence={"days": "mon-sun", "hours": 1}))
    now = [datetime.now(UTC)]
    runner = make(source=quiet, clock=lambda: now[0])
    assert runner.fire("us_senate").silence is None
    now[0] += timedelta(hours=3)
    assert "nothing new" in (runner.fire("us_senate").silence or "")
    assert runner.fire("us_senate").silence is None
    assert [f.code for f in findings(engine) if f.code == "silence"] == ["silence"]


def test_a_source_without_times_is_never_due(options: Settings, engine: Engine, senate: Source) -> None:
    brought = source("pe_openpolitica")
    runner = Runner(
        [Duty(senate), Duty(brought)], engine=engine, store=Store(options.archive), settings=options,
        stop=threading.Event(),
    )  # fmt: skip
    assert runner.overdue() == ["us_senate"]
    assert [job.id for job in runner.scheduler().get_jobs()] == ["us_senate"]
    assert Timetable(brought.sheet).next(datetime.now(UTC)) is None
    assert Timetable(brought.sheet).previous(datetime.now(UTC)) is None
    assert silence(brought.sheet, datetime(2020, 1, 1, tzinfo=UTC), datetime.now(UTC)) is None
    assert brought.slug not in [found.slug for found in asked()]
