"""Who takes jobs off the queue, shows that it is alive, takes over from workers that died, and ends cleanly?

The queue is Procrastinate's. The work is the same as without one: `Runner.fire` for a source, `Alerting` for a round,
and for pages what a run does with those that nobody else reads.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event, Thread

import procrastinate
from procrastinate.exceptions import JobAborted

from tracker.schedule.pages import Help
from tracker.schedule.queue import ATTEMPTS, Line, Queue
from tracker.schedule.runner import NEXT, Outcome, Runner
from tracker.settings import Settings
from tracker.storage.engine import Engine
from tracker.storage.queue import Fate, address, beat, begin, take_over
from tracker.storage.runs import me

log = logging.getLogger(__name__)

LOOK = 0.5
"""Seconds between two looks whether a job should end."""
PAUSE = 5.0
"""Seconds after which a database that went away is tried again, and at most between two looks at the queue."""
KEPT = 24 * 30
"""Hours for which jobs that failed or were cancelled are kept."""
HOUR = 3600.0


class GaveUp(Exception):
    """A run could not go on, again and again; the job counts as failed until the next firing."""


class Worker:
    """Works off the queue until told to stop: `count` runs side by side, and one round of alerts beside them.

    Of pages so many stretches side by side as there are processes that read, which the runs here use too.
    """

    def __init__(
        self,
        runner: Runner,
        post: Callable[[], None],
        *,
        help: Help,
        queue: Queue,
        engine: Engine,
        settings: Settings,
        stop: Event,
        count: int,
        lines: Collection[Line] = tuple(Line),
    ) -> None:
        self._runner = runner
        self._post = post
        self._help = help
        self._queue = queue
        self._engine = engine
        self._settings = settings
        self._stop = stop
        self._lines = lines
        self._side_by_side = {Line.COLLECT: count, Line.PAGES: help.readers.processes}
        self._silence = settings.worker_silence
        self._place = me()

    @contextmanager
    def beside(self) -> Iterator[None]:
        """Work in a thread of its own while the block runs; the end waits for the documents in hand."""
        thread = Thread(target=self.serve, name="worker")
        thread.start()
        try:
            yield
        finally:
            self._stop.set()
            thread.join()

    def serve(self) -> None:
        """Work until told to stop. A database that goes away is waited for."""
        try:
            asyncio.run(self._serve())
        finally:
            self._help.readers.close()

    async def _serve(self) -> None:
        loop = asyncio.get_running_loop()
        loop.set_default_executor(ThreadPoolExecutor(sum(self._side_by_side.values()) + 6))
        stopped = asyncio.create_task(asyncio.to_thread(self._stop.wait))
        while not self._stop.is_set():
            try:
                app = self._app()
                async with app.open_async():
                    await self._work(app, stopped)
            except Exception as error:
                log.debug("the worker broke", exc_info=True)
                log.error("queue: %s: %s; again in %d seconds", type(error).__name__, _cause(error), PAUSE)
                await asyncio.wait([stopped], timeout=PAUSE)

    async def _work(self, app: procrastinate.App, stopped: asyncio.Task[bool]) -> None:
        """Take jobs until told to stop, or until a part of the worker breaks; jobs in hand are ended either way."""
        parts = [asyncio.create_task(self._take(app, line)) for line in self._lines]
        parts.append(asyncio.create_task(self._care(app)))
        await asyncio.wait([*parts, stopped], return_when=asyncio.FIRST_COMPLETED)
        for part in parts:
            part.cancel()
        broken = [
            found for found in await asyncio.gather(*parts, return_exceptions=True) if isinstance(found, Exception)
        ]
        if broken:
            raise broken[0]

    async def _take(self, app: procrastinate.App, line: Line) -> None:
        await app.run_worker_async(
            queues=[line],
            name=self._place,
            concurrency=self._side_by_side.get(line, 1),
            delete_jobs="successful",
            install_signal_handlers=False,
            fetch_job_polling_interval=min(PAUSE, self._silence / 3),
            update_heartbeat_interval=self._silence / 3,
            stalled_worker_timeout=self._silence,
        )

    async def _care(self, app: procrastinate.App) -> None:
        """Take over from workers that died, let processes go that do nothing, and forget what failed long ago."""
        forgotten = -HOUR
        while True:
            await asyncio.to_thread(self._help.readers.rest)
            for lost in await asyncio.to_thread(take_over, self._engine, self._silence):
                level = logging.ERROR if lost.fate is Fate.GIVEN_UP else logging.WARNING
                log.log(level, "%s: its worker at %s died; %s", lost.about, lost.place or "?", lost.fate)
            if time.monotonic() - forgotten > HOUR:
                await app.job_manager.delete_old_jobs(
                    KEPT, include_failed=True, include_cancelled=True, include_aborted=True
                )
                forgotten = time.monotonic()
            await asyncio.sleep(self._silence / 3)

    def _app(self) -> procrastinate.App:
        app = procrastinate.App(
            connector=procrastinate.PsycopgConnector(
                conninfo=address(self._settings.database), min_size=1, max_size=2 + len(self._lines)
            )
        )
        works = {
            Line.COLLECT: self._collect, Line.NIGHTLY: self._chore, Line.ALERTS: self._alerts, Line.PAGES: self._pages,
        }  # fmt: skip
        for line, work in works.items():
            app.task(name=line, queue=line, pass_context=True)(work)
        return app

    def _collect(
        self, context: procrastinate.JobContext, *, about: str, attempt: int = 0, because: str = "", place: str = ""
    ) -> None:
        with self._at_work(context) as halt:
            fired = self._runner.fire(about, halt)
        self._queue.news()
        cut = fired.report is not None and fired.report.journey.stopped
        broke = fired.message.removesuffix(NEXT) if fired.outcome is Outcome.BROKE else ""
        self._settle(context, cut, broke, attempt)

    def _chore(
        self, context: procrastinate.JobContext, *, about: str, attempt: int = 0, because: str = "", place: str = ""
    ) -> None:
        with self._at_work(context) as halt:
            done = self._runner.do(about, halt)
        self._settle(context, not done and halt.is_set(), "" if done else "it broke; the log says why", attempt)

    def _alerts(self, context: procrastinate.JobContext, *, about: str, place: str = "") -> None:
        with self._at_work(context):
            self._post()

    def _pages(
        self, context: procrastinate.JobContext, *, about: str, attempt: int = 0, because: str = "", place: str = "",
        **told: object,
    ) -> None:  # fmt: skip
        broke = ""
        with self._at_work(context):
            try:
                self._help.give(told)
            except Exception as error:
                log.debug("%s broke", about, exc_info=True)
                broke = f"{type(error).__name__}: {error}"
                log.warning("%s: %s", about, broke)
        self._settle(context, False, broke, attempt, **told)

    def _settle(self, context: procrastinate.JobContext, cut: bool, broke: str, attempt: int, **told: object) -> None:
        """Put back what was stopped, and what could not go on, later; end what was cancelled or failed too often."""
        line, about = Line(context.job.task_name), str(context.job.queueing_lock)
        if cut and context.should_abort():
            raise JobAborted
        if cut:
            self._queue.again(line, about, attempt=attempt, because="its worker was stopped", slowly=False, **told)
        elif broke:
            if attempt + 1 >= ATTEMPTS:
                raise GaveUp(broke)
            self._queue.again(line, about, attempt=attempt + 1, because=broke, slowly=True, **told)

    @contextmanager
    def _at_work(self, context: procrastinate.JobContext) -> Iterator[Event]:
        """Say where a job runs, and that its worker lives for as long as it does. Give what is set when it should end.

        Procrastinate's own signs of life end when a worker is told to stop, while it may have a document in hand.
        """
        job, worker = context.job.id, context.job.worker_id
        if job is None or worker is None:
            raise ValueError("a job that nobody took off the queue")
        begin(self._engine, job, self._place)
        halt, over = Event(), Event()

        def watch() -> None:
            told = time.monotonic()
            while not over.wait(LOOK):
                if self._stop.is_set() or context.should_abort():
                    halt.set()
                if time.monotonic() - told > self._silence / 3:
                    told = time.monotonic()
                    try:
                        beat(self._engine, worker)
                    except Exception:
                        log.debug("no sign of life could be given", exc_info=True)

        watcher = Thread(target=watch, name=f"watch {job}", daemon=True)
        watcher.start()
        try:
            yield halt
        finally:
            over.set()
            watcher.join()


def _cause(error: BaseException) -> str:
    """Return what lies at the bottom of an error, in one line."""
    while error.__cause__ is not None:
        error = error.__cause__
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
