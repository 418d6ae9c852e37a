"""Does the queue share the work of several machines: each firing once, nothing lost when a worker dies?"""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from apscheduler.events import EVENT_JOB_EXECUTED
from sqlalchemy import text

from tracker.archive.ocr.readers import Readers
from tracker.archive.store import Store
from tracker.demo import Site
from tracker.pipeline.asking import Again
from tracker.queries.queue import jobs, queue_state
from tracker.schedule.pages import Help
from tracker.schedule.queue import ATTEMPTS, Line, Queue
from tracker.schedule.runner import Chore, Duty, Fired, Outcome, Runner
from tracker.schedule.timetable import Spaced
from tracker.schedule.worker import Worker
from tracker.settings import Settings
from tracker.sources.catalogue import source
from tracker.sources.contract import Window
from tracker.storage.engine import Engine, open_engine
from tracker.storage.queue import LIVES, Fate, NoSuchJob, cancel, put, retry, take_over

pytestmark = pytest.mark.postgres
SENATE = "us_senate"
NINE = datetime(2026, 11, 26, 9, tzinfo=UTC)
WORKER = """
import json, logging, sys, threading
from pathlib import Path
from tracker.archive.ocr.readers import Readers
from tracker.archive.store import Store
from tracker.pipeline.asking import Again
from tracker.schedule.pages import Help
from tracker.schedule.queue import Queue
from tracker.schedule.runner import Chore, Duty, Runner
from tracker.schedule.worker import Worker
from tracker.settings import Settings
from tracker.sources.catalogue import source
from tracker.sources.contract import Window
from tracker.storage.engine import open_engine
logging.basicConfig(level="INFO")
options = Settings.model_validate_json(sys.argv[1])
engine, stop = open_engine(options.database), threading.Event()
queue, days = Queue(engine), Window(*(__import__("datetime").date.fromisoformat(day) for day in sys.argv[2:4]))
facts = dict(engine=engine, settings=options, stop=stop)
store = Store(options.archive)
runner = Runner([Duty(source("us_senate"), None, days, Again.DUE)], store=store, **facts)
Worker(runner, lambda: None, help=Help(queue, store, Readers(1)), queue=queue, count=1, **facts).serve()
"""
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def options(site: Site, tmp_path: Path, postgres_url: str) -> Settings:
    return Settings(home=tmp_path, database_url=postgres_url, at=site.at, pause=0, worker_silence=1.5)


@dataclass
class Machine:
    """A scheduler and a worker, as one `tracker up` has them."""

    runner: Runner
    worker: Worker
    stop: threading.Event
    fired: list[Fired] = field(default_factory=list)
    rounds: list[float] = field(default_factory=list)


@pytest.fixture
def machine(options: Settings, site: Site, engine: Engine) -> Iterator[Callable[..., Machine]]:
    """Make a machine that runs the Senate; its database connections are its own."""
    opened = []

    def make(*, back_off: float = 0.1, lines: tuple[Line, ...] = tuple(Line), **more: Any) -> Machine:
        here = open_engine(options.database)
        opened.append(here)
        stop, queue = threading.Event(), Queue(here, timedelta(seconds=back_off))
        fired: list[Fired] = []
        rounds: list[float] = []
        duty = Duty(source(SENATE), None, Window(*site.windows[SENATE]), Again.DUE)
        runner = Runner(
            [duty], engine=here, store=Store(options.archive), settings=options, stop=stop,
            tell=fired.append, **({"post": queue.round, "hand": queue} | more),
        )  # fmt: skip
        worker = Worker(
            runner, lambda: rounds.append(time.monotonic()), help=Help(queue, Store(options.archive), Readers(1)),
            queue=queue, engine=here, settings=options, stop=stop, count=2, lines=lines,
        )  # fmt: skip
        return Machine(runner, worker, stop, fired, rounds)

    yield make
    for one in opened:
        one.dispose()


def until(true: Callable[[], object], seconds: float = 30) -> None:
    """Wait for something to come true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come true in time"
        time.sleep(0.05)


def states(engine: Engine) -> list[str]:
    return [job.state for job in jobs(engine) if job.task == "collect"]


def test_what_is_put_there_for_one_moment_is_one_job(engine: Engine) -> None:
    queue = Queue(engine)
    assert queue.fire(SENATE, NINE)
    assert not queue.fire(SENATE, NINE), "it waits"
    assert not queue.fire(SENATE, NINE + timedelta(minutes=15)), "one that waits does for the next moment too"
    assert queue.fire("us_house", NINE), "another source"
    [_house, senate] = jobs(engine)
    assert (senate.about, senate.state, senate.place) == (SENATE, "waiting", "")
    assert senate.since is not None
    assert abs(datetime.now(UTC) - senate.since) < timedelta(minutes=1)
    state = queue_state(engine)
    assert state is not None
    assert (state.running, state.waiting, state.failed, state.workers) == (0, 2, 0, 0)


def test_two_schedulers_cause_one_run(machine: Callable[..., Machine], engine: Engine, site: Site) -> None:
    first, second = machine(), machine()
    schedulers = [one.runner.scheduler() for one in (first, second)]
    for scheduler in schedulers:
        scheduler.start()
    with first.worker.beside(), second.worker.beside():
        until(lambda: first.fired or second.fired)
        # A third machine comes late with the same moment of the timetable.
        assert not Queue(engine).fire(SENATE, second.runner.moment(SENATE))
        until(lambda: (state := queue_state(engine)) and not state.running and not state.waiting)
        for scheduler in schedulers:
            scheduler.shutdown(wait=True)
    [fired] = first.fired + second.fired
    assert fired.outcome is Outcome.RAN
    assert fired.report is not None
    assert fired.report.totals.inserted
    assert max(Counter(site.hits).values()) == 1, "no page was asked for twice"
    assert first.rounds or second.rounds, "the alerts follow a run"


def test_a_worker_killed_in_mid_run_is_taken_over_and_nothing_is_collected_twice(
    machine: Callable[..., Machine], engine: Engine, options: Settings, site: Site
) -> None:
    days = [day.isoformat() for day in site.windows[SENATE]]
    reached, go_on = threading.Event(), threading.Event()
    real = site.answer

    def answer(*words: str) -> Any:
        if len(site.hits) == 8 and not reached.is_set():
            reached.set()
            go_on.wait(30)
        return real(*words)

    site.answer = answer  # type: ignore[method-assign]
    Queue(engine).fire(SENATE, NINE)
    process = subprocess.Popen([sys.executable, "-c", WORKER, options.model_dump_json(), *days], cwd=ROOT)
    try:
        assert reached.wait(60)
        [runs] = jobs(engine)
        assert (runs.state, runs.place) == ("running", f"{socket.gethostname()}:{process.pid}")
    finally:
        process.kill()
        process.wait()
        go_on.set()
    began = time.monotonic()
    second = machine()
    with second.worker.beside():
        until(lambda: second.fired)
        until(lambda: not states(engine))
    assert time.monotonic() - began < 20 * options.worker_silence
    [fired] = second.fired
    assert fired.outcome is Outcome.RAN, fired.message
    with engine.connect() as connection:
        votes, readings = connection.execute(
            text("SELECT (SELECT count(*) FROM vote), (SELECT count(*) FROM observation)")
        ).one()
        endings = connection.execute(text("SELECT ending FROM run ORDER BY id")).scalars().all()
    roll_calls = {hit.path for hit in site.hits if "/roll_call_votes/" in hit.path and hit.status == 200}
    assert votes == readings == len(roll_calls)
    assert endings == ["failed", "done"]
    assert locks(engine) == 0


def test_a_worker_told_to_stop_hands_its_run_back_and_the_next_ends_it(
    machine: Callable[..., Machine], engine: Engine, site: Site
) -> None:
    first = machine()
    real = site.answer

    def answer(*words: str) -> Any:
        if len(site.hits) > 5:
            first.stop.set()
        return real(*words)

    site.answer = answer  # type: ignore[method-assign]
    Queue(engine).fire(SENATE, NINE)
    first.worker.serve()
    [cut] = first.fired
    assert cut.report is not None
    assert cut.report.journey.stopped
    [waits] = [job for job in jobs(engine) if job.task == "collect"]
    assert (waits.state, waits.because) == ("waiting", "its worker was stopped")
    second = machine()
    with second.worker.beside():
        until(lambda: second.fired)
        until(lambda: not states(engine))
    [whole] = second.fired
    assert whole.report is not None
    assert not whole.report.journey.stopped


def test_a_run_that_cannot_go_on_comes_again_later_and_is_given_up_at_last(
    machine: Callable[..., Machine], engine: Engine, options: Settings
) -> None:
    options.archive.write_text("a file where the archive's folder should be")
    one = machine(back_off=0.01)
    Queue(engine).fire(SENATE, NINE)
    with one.worker.beside():
        until(lambda: states(engine) == ["failed"])
        assert [fired.outcome for fired in one.fired] == [Outcome.BROKE] * ATTEMPTS
        [failed] = [job for job in jobs(engine) if job.state == "failed"]
        assert failed.because.startswith("NotADirectoryError")
        assert "next firing" not in failed.because
        assert failed.place
        options.archive.unlink()
        retry(engine, failed.id)
        until(lambda: not states(engine))
    assert one.fired[-1].outcome is Outcome.RAN


def test_attempts_are_further_and_further_apart(engine: Engine) -> None:
    queue = Queue(engine)
    waits = []
    for attempt in (1, 2, 3):
        assert queue.again(Line.COLLECT, f"source {attempt}", attempt=attempt, because="disk full", slowly=True)
    for job in sorted(jobs(engine), key=lambda found: found.id):
        assert job.due is not None
        assert job.since is not None
        waits.append(round((job.due - datetime.now(UTC)).total_seconds()))
    assert waits == [pytest.approx(15, abs=2), pytest.approx(60, abs=2), pytest.approx(240, abs=2)]


def started(engine: Engine, lock: str = SENATE, attempts: int = 0) -> int:
    """Put a job on the queue as a worker holds it that has not been heard of for a minute, with its source's lock."""
    put(engine, Line.COLLECT, queue=Line.COLLECT, lock=lock, args={"about": lock, "place": "elsewhere:1"})
    with engine.begin() as connection:
        worker = connection.scalar(text("SELECT worker_id FROM procrastinate_register_worker_v1()"))
        connection.execute(text("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'"))
        connection.execute(
            text("UPDATE procrastinate_jobs SET status = 'doing', worker_id = :w, attempts = :n WHERE status = 'todo'"),
            {"w": worker, "n": attempts},
        )
        connection.execute(
            text("INSERT INTO source_lock (source, holder, taken_at, beat) VALUES (:s, 'elsewhere:1', now(), now())"),
            {"s": lock},
        )
        return int(connection.scalar(text("SELECT max(id) FROM procrastinate_jobs")) or 0)


def locks(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.scalar(text("SELECT count(*) FROM source_lock")) or 0)


def test_what_a_dead_worker_held_is_taken_over_with_its_source(engine: Engine) -> None:
    job = started(engine)
    assert take_over(engine, 120) == [], "a minute of silence is not yet two"
    [lost] = take_over(engine, 30)
    assert (lost.job, lost.about, lost.place, lost.fate) == (job, SENATE, "elsewhere:1", Fate.AGAIN)
    assert (states(engine), locks(engine)) == (["waiting"], 0)
    assert take_over(engine, 30) == [], "once"
    state = queue_state(engine)
    assert state is not None
    assert state.workers == 0


def test_a_run_whose_source_was_taken_over_stores_nothing_more(
    machine: Callable[..., Machine], engine: Engine, site: Site
) -> None:
    real = site.answer

    def answer(*words: str) -> Any:
        if len(site.hits) == 3:
            with engine.begin() as connection:
                connection.execute(text("UPDATE source_lock SET holder = 'elsewhere:9'"))
        return real(*words)

    site.answer = answer  # type: ignore[method-assign]
    fired = machine().runner.fire(SENATE)
    assert (fired.outcome, "taken over by another process" in fired.message) == (Outcome.BUSY, True)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM vote")) == 0
        assert connection.scalar(text("SELECT holder FROM source_lock")) == "elsewhere:9"


def test_a_dead_workers_job_is_dropped_if_the_next_waits_already(engine: Engine) -> None:
    started(engine)
    Queue(engine).fire(SENATE, NINE)
    assert [lost.fate for lost in take_over(engine, 30)] == [Fate.FOLLOWED]
    assert states(engine) == ["waiting"]


def test_a_job_that_kills_its_workers_is_given_up(engine: Engine) -> None:
    started(engine, attempts=LIVES - 1)
    assert [lost.fate for lost in take_over(engine, 30)] == [Fate.GIVEN_UP]
    assert states(engine) == ["failed"]


def test_two_that_take_over_at_once_put_a_job_back_once(engine: Engine, options: Settings) -> None:
    started(engine)
    others = [open_engine(options.database) for _ in range(4)]
    found: list[Any] = []
    threads = [threading.Thread(target=lambda one=one: found.extend(take_over(one, 30))) for one in others]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for one in others:
        one.dispose()
    assert len(found) == 1


def test_a_job_is_cancelled_while_it_waits_or_runs(machine: Callable[..., Machine], engine: Engine, site: Site) -> None:
    queue = Queue(engine)
    queue.fire(SENATE, NINE)
    [waits] = jobs(engine)
    cancel(engine, waits.id)
    assert states(engine) == ["cancelled"]
    with pytest.raises(NoSuchJob, match="neither waits nor runs"):
        cancel(engine, waits.id)
    with pytest.raises(NoSuchJob, match="has not failed"):
        retry(engine, waits.id)
    real, held = site.answer, threading.Event()

    def answer(*words: str) -> Any:
        if len(site.hits) > 5:
            held.wait(10)
        return real(*words)

    site.answer = answer  # type: ignore[method-assign]
    one = machine()
    queue.fire(SENATE, NINE + timedelta(hours=1))
    with one.worker.beside():
        until(lambda: len(site.hits) > 5)
        [runs] = [job for job in jobs(engine) if job.state == "running"]
        assert runs.place
        cancel(engine, runs.id)
        until(lambda: [job for job in jobs(engine) if job.state == "ending"])
        time.sleep(1.5)
        held.set()
        until(lambda: one.fired)
        until(lambda: "running" not in states(engine) and "ending" not in states(engine))
    assert one.fired[0].report is not None
    assert one.fired[0].report.journey.stopped
    assert states(engine) == ["cancelled", "cancelled"], "it is not put back"


def test_a_worker_may_serve_one_queue_only(machine: Callable[..., Machine], engine: Engine) -> None:
    one = machine(lines=(Line.ALERTS,))
    queue = Queue(engine)
    queue.fire(SENATE, NINE)
    queue.round()
    with one.worker.beside():
        until(lambda: one.rounds)
    assert states(engine) == ["waiting"]


class Away(Queue):
    def fire(self, source: str, moment: datetime) -> bool:
        raise OSError("the database is away")


def test_a_firing_that_nobody_can_take_is_offered_again(machine: Callable[..., Machine], engine: Engine) -> None:
    one = machine(hand=Away(engine))
    scheduler = one.runner.scheduler()
    tried = threading.Event()
    scheduler.add_listener(lambda event: tried.set(), EVENT_JOB_EXECUTED)
    scheduler.start()
    assert tried.wait(30), "it is overdue, and offered at once"
    wait = scheduler.get_job(SENATE).next_run_time - datetime.now(UTC)
    scheduler.shutdown()
    assert timedelta(seconds=45) < wait <= timedelta(seconds=60)


def test_a_chore_is_done_once_wherever_it_is_due_and_handed_back_when_stopped(
    machine: Callable[..., Machine], engine: Engine
) -> None:
    begun, done = threading.Event(), []

    def slow(stop: threading.Event) -> None:
        begun.set()
        assert stop.wait(30)
        raise OSError("stopped half-way")

    first = machine(chores=[Chore("nightly files", Spaced(lambda: 3600.0), slow)])
    second = machine(chores=[Chore("nightly files", Spaced(lambda: 3600.0), lambda stop: done.append(1))])
    queue = Queue(engine)
    assert queue.chore("nightly files", NINE)
    assert not queue.chore("nightly files", NINE)
    with first.worker.beside():
        assert begun.wait(30)
    assert [(job.about, job.state) for job in jobs(engine)] == [("nightly files", "waiting")]
    with second.worker.beside():
        until(lambda: done)
        until(lambda: not jobs(engine))
    assert done == [1]
