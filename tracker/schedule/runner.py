"""Who runs the sources when they are due, one process a source, until told to stop?"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from threading import Event
from typing import Protocol

from apscheduler.events import EVENT_JOB_MAX_INSTANCES, EVENT_JOB_MISSED, JobEvent
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.interval import IntervalTrigger

from tracker.archive.ocr.scan import Others
from tracker.archive.store import Store
from tracker.pipeline.asking import Again
from tracker.pipeline.run import Report, run
from tracker.schedule import silence
from tracker.schedule.timetable import SheetTrigger, Timetable
from tracker.settings import Settings
from tracker.sources.contract import Source, Window
from tracker.storage.alarms import last_look
from tracker.storage.engine import Engine
from tracker.storage.runs import SourceBusy

log = logging.getLogger(__name__)

ALERTS = "alerts"
"""The job that sends what is due."""
MINUTE = 60
"""Seconds between two looks at what is to be sent."""
NEXT = "; the next firing tries again"
"""What is said of a run that broke, where no queue begins it again."""
GRACE = 3600
"""Seconds by which a firing may be late (the machine slept) and still be made up for."""


@dataclass(frozen=True, slots=True)
class Duty:
    """A source and how its firings run it: by its sheet's times and over the usual days unless said otherwise.

    `others` help with its long scans.
    """

    source: Source
    trigger: BaseTrigger | None = None
    window: Window | None = None
    again: Again = Again.DUE
    others: Others | None = None

    @property
    def slug(self) -> str:
        """The name of its source."""
        return self.source.slug

    @property
    def is_ever_due(self) -> bool:
        """Whether anything fires it."""
        return self.trigger is not None or self.source.sheet.asked


@dataclass(frozen=True, slots=True)
class Chore:
    """Something that is done at its times: `do` gets the event that asks it to end early."""

    name: str
    trigger: BaseTrigger
    do: Callable[[Event], object]


class Hand(Protocol):
    """Who takes what is due, to have it done elsewhere: each thing once for each moment."""

    def fire(self, source: str, moment: datetime) -> object:
        """Take the firing of a source."""

    def chore(self, name: str, moment: datetime) -> object:
        """Take a chore."""


class Outcome(StrEnum):
    """What came of a firing."""

    RAN = "ran"
    BUSY = "busy"
    """Another process is running the source: skipped, which is no error."""
    BROKE = "broke"
    """The run could not go on (a full disk, a database that went away); the next firing tries again."""


@dataclass(frozen=True, slots=True)
class Fired:
    """A firing and what came of it.

    `message` says why there is no report, `silence` that nothing new has come for too long.
    """

    source: str
    outcome: Outcome
    report: Report | None = None
    message: str = ""
    silence: str | None = None


class Runner:
    """Fires each duty when it is due. Sources run side by side, a source never twice, here or in another process.

    A duty whose source has no times, nor a trigger of its own, is never due.

    `clock` gives the present moment (aware); `tell` hears of every firing that ended, in the thread that ran it.
    `chores` are what else is done at its times, beside the sources.
    `post` sends the alerts that are due, in a thread of its own: once a minute, and after each firing. `hand` takes
    firings, to have them run elsewhere: then nothing is run here, unless `fire` or `do` is called.
    """

    def __init__(
        self,
        duties: Iterable[Duty],
        *,
        engine: Engine,
        store: Store,
        settings: Settings,
        stop: Event,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        tell: Callable[[Fired], None] = lambda fired: None,
        chores: Iterable[Chore] = (),
        post: Callable[[], None] | None = None,
        hand: Hand | None = None,
    ) -> None:
        self._duties = {duty.slug: duty for duty in duties}
        self._timetables = {slug: Timetable(duty.source.sheet) for slug, duty in self._duties.items()}
        self._engine = engine
        self._store = store
        self._settings = settings
        self._stop = stop
        self._clock = clock
        self._tell = tell
        self._chores = {chore.name: chore for chore in chores}
        self._post = post
        self._hand = hand
        self._pool = ThreadPoolExecutor(len(self._duties) + len(self._chores) + 1)
        self._scheduler: BackgroundScheduler | None = None

    def fire(self, slug: str, stop: Event | None = None) -> Fired:
        """Run a source now, look whether it has gone silent, and say what came of it. Never raises.

        `stop` ends this run alone; without it the runner's own does.
        """
        duty = self._duties[slug]
        try:
            report = run(
                duty.source,
                duty.window,
                engine=self._engine,
                store=self._store,
                settings=self._settings,
                again=duty.again,
                trigger="timetable",
                stop=stop or self._stop,
                others=duty.others,
            )
            alarm = silence.check(self._engine, duty.source.sheet, self._clock())
            fired = Fired(slug, Outcome.RAN, report, silence=alarm)
        except SourceBusy as busy:
            fired = Fired(slug, Outcome.BUSY, message=f"skipped: {busy}")
        except Exception as error:
            # Whatever breaks one firing must not end the process that makes the others.
            log.debug("the run of %s broke", slug, exc_info=True)
            fired = Fired(slug, Outcome.BROKE, message=f"{type(error).__name__}: {error}{NEXT}")
        _log(fired)
        self._tell(fired)
        if self._hand is None and self._post is not None:
            self._soon(ALERTS)
        return fired

    def _soon(self, job: str, wait: timedelta = timedelta()) -> None:
        """Have a job of the scheduler done before its time, if the scheduler is still there."""
        if self._scheduler is not None and not self._stop.is_set():
            with suppress(JobLookupError):
                self._scheduler.modify_job(job, next_run_time=datetime.now(UTC) + wait)

    def moment(self, slug: str) -> datetime:
        """Return the moment a firing now is for: the last one the sheet names, the same on every machine."""
        now = self._clock()
        firing = None if self._duties[slug].trigger else self._timetables[slug].previous(now)
        return firing.at if firing else now

    def _due(self, name: str) -> None:
        """Do what is due here, or hand it on. If nobody can take it now, it is offered again in a minute."""
        source = name in self._duties
        if self._hand is None:
            self.fire(name) if source else self.do(name)
            return
        try:
            if source:
                self._hand.fire(name, self.moment(name))
            else:
                self._hand.chore(name, self._clock().replace(second=0, microsecond=0))
        except Exception as error:
            log.debug("%s was not taken", name, exc_info=True)
            log.error("%s: %s: %s; offered again in a minute", name, type(error).__name__, error)
            self._soon(name, timedelta(seconds=MINUTE))

    def overdue(self) -> list[str]:
        """Return the sources whose last firing was missed: no run over the usual days has begun since, or it died."""
        now, late = self._clock(), []
        for slug, timetable in self._timetables.items():
            if not self._duties[slug].is_ever_due:
                continue
            firing, look = timetable.previous(now), last_look(self._engine, slug)
            if look is None or not look.ended or (firing is not None and look.at < firing.at):
                late.append(slug)
        return late

    def scheduler(self) -> BackgroundScheduler:
        """Return a scheduler that holds every duty, not yet started; those overdue are due at once."""
        scheduler = BackgroundScheduler(
            executors={"default": self._pool},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": GRACE},
            timezone=UTC,
        )
        scheduler.add_listener(_overrun, EVENT_JOB_MAX_INSTANCES | EVENT_JOB_MISSED)
        late = self.overdue()
        for slug, duty in self._duties.items():
            if not duty.is_ever_due:
                continue
            trigger = duty.trigger or SheetTrigger(self._timetables[slug])
            first = {"next_run_time": datetime.now(UTC)} if slug in late else {}
            scheduler.add_job(self._due, trigger, args=[slug], id=slug, name=slug, **first)
        for chore in self._chores.values():
            scheduler.add_job(self._due, chore.trigger, args=[chore.name], id=chore.name, name=chore.name)
        if self._post is not None:
            scheduler.add_job(self._post, IntervalTrigger(seconds=MINUTE), id=ALERTS, name=ALERTS)
        self._scheduler = scheduler
        return scheduler

    def do(self, name: str, stop: Event | None = None) -> bool:
        """Do a chore now, and return whether it was done. Never raises. `stop` is as in `fire`."""
        try:
            self._chores[name].do(stop or self._stop)
            return True
        except Exception as error:
            # Whatever breaks it must not end the process either.
            log.debug("%s broke", name, exc_info=True)
            log.error("%s: %s: %s; the next time tries again", name, type(error).__name__, error)
            return False

    def serve(self) -> None:
        """Fire until told to stop; runs under way end after the document in hand."""
        scheduler = self.scheduler()
        scheduler.start()
        try:
            self._stop.wait()
        finally:
            self._stop.set()
            # The scheduler would wait with its list of jobs locked, which a run that ends asks for.
            scheduler.shutdown(wait=False)
            self._pool.shutdown(wait=True)


def _log(fired: Fired) -> None:
    if fired.outcome is Outcome.BROKE:
        log.error("%s: %s", fired.source, fired.message)
    elif fired.report is None:
        log.info("%s: %s", fired.source, fired.message)
    else:
        report, totals = fired.report, fired.report.totals
        level = logging.ERROR if report.failed else logging.INFO
        moved = f"{totals.inserted} votes new, {totals.updated} changed"
        moved += f", {totals.bills} bills new or moved" if totals.bills else ""
        log.log(
            level, "%s: %s, %d requests, %s%s", fired.source, report.ending, report.journey.requests, moved,
            f"; {report.message}" if report.message else "",
        )  # fmt: skip
    if fired.silence:
        log.warning("%s", fired.silence)


def _overrun(event: JobEvent) -> None:
    if event.code == EVENT_JOB_MISSED:
        log.warning("%s: a firing was more than an hour late and is left out; the next one follows", event.job_id)
    else:
        log.info("%s: skipped, its run before is still going on", event.job_id)
