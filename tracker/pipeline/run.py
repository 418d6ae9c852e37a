"""What is one run of a source, from taking its lock to the line in the run log?"""

from __future__ import annotations

import gc
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from threading import Event
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from tracker.archive.fetch import Fetcher
from tracker.archive.politeness import Manners, Stopped
from tracker.archive.store import Store
from tracker.domain.evidence import Request
from tracker.domain.legislature import Legislature, OfficialPage, Paper
from tracker.pipeline.asking import Again, Answer, Ask, from_archive, from_network
from tracker.pipeline.collect import Ending, Journey, Watch, collect, ending, follow
from tracker.settings import Settings
from tracker.sources.contract import Sheet, Source, Window
from tracker.storage.engine import Engine, open_engine
from tracker.storage.runs import Addresses, Lock, finish_run, holding, start_run
from tracker.storage.write import Noticed, Reading, Totals, Writer

BATCH = 50
"""Readings stored in one transaction when they come quickly."""
PATIENCE = 2.0
"""Seconds after which a reading is stored although the batch is not full."""
SHOWN = 3
"""Findings of each severity that a report gives in full."""
USUALLY = gc.get_threshold()
"""How often Python looks for circular garbage by itself: noted once, because sources may run side by side."""
HERE = frozenset({"127.0.0.1", "localhost", "::1"})
"""Hosts that are this machine."""
BEAT = 30.0
"""Seconds between two signs of life of a run."""


@dataclass(frozen=True, slots=True)
class Report:
    """How a run ended: its ending and why, what it asked for and what it stored, findings by severity."""

    source: str
    ending: Ending
    message: str
    window: Window
    journey: Journey
    totals: Totals
    findings: Counter[str] = field(default_factory=Counter)
    noticed: tuple[Noticed, ...] = ()
    """The first findings of each severity, in the order they were made."""

    @property
    def failed(self) -> bool:
        """Whether a person should look."""
        return self.ending is Ending.FAILED


def paper_of(source: Source) -> Paper:
    """Put what the sheet says into the domain's words."""
    sheet = source.sheet
    chamber = sheet.chamber
    law = Legislature(**{name: getattr(chamber, name) for name in Legislature.__slots__})
    groups = {code: sheet.group(code) for code in sheet.groups}
    rules = {entry.printed: entry.rule() for entry in sheet.majorities}
    pages = tuple(OfficialPage(x.kind.value, x.address, x.legislature, x.period, x.because) for x in sheet.links)
    times = "; ".join(f"{t.days} {t.hours} h, minute {t.minutes}" for t in sheet.timetable.times)
    return Paper(
        sheet.slug, law, sheet.title, sheet.publisher, sheet.page, sheet.licence,
        f"{times} ({chamber.zone})", groups, rules, pages,
    )  # fmt: skip


def today_in(sheet: Sheet) -> date:
    """Return today's date by the chamber's clock."""
    return datetime.now(ZoneInfo(sheet.chamber.zone)).date()


def usual_window(sheet: Sheet, today: date | None = None) -> Window:
    """Return the days a run looks at when nobody names any."""
    end = today or today_in(sheet)
    return Window(end - timedelta(days=sheet.timetable.window_days), end)


def manners(sheet: Sheet, settings: Settings) -> Manners:
    """Return how gently the site is asked: the sheet's figures, unless a setting says otherwise.

    A stand-in on this machine is nobody's site, and is asked without pauses.
    """
    polite = sheet.polite
    here = urlsplit(settings.at.get(sheet.slug, "")).hostname in HERE
    usual = 0.0 if here else polite.pause
    return Manners(
        pause=usual if settings.pause is None else settings.pause,
        concurrency=polite.concurrency,
        read_timeout=polite.read_timeout,
        total_timeout=polite.total_timeout,
        max_bytes=polite.max_bytes,
        redirects=polite.redirects,
        attempts=polite.attempts,
        ca_file=settings.ca_file,
    )


class Findings:
    """How often each severity was noticed, and the first of each in full."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self._first: list[Noticed] = []

    def add(self, reading: Reading) -> None:
        """Take in what a reading gave reason to notice."""
        for noticed in reading.noticed:
            self.counts[noticed.severity] += 1
            if self.counts[noticed.severity] <= SHOWN:
                self._first.append(noticed)

    @property
    def few(self) -> tuple[Noticed, ...]:
        """The first of each severity, in the order they were made."""
        return tuple(self._first)


@contextmanager
def unhurried() -> Iterator[None]:
    """Look for circular garbage more seldom while votes are read: their many small tuples hold none.

    Half the time of reading went into looking; memory stays bounded by the batch.
    """
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    try:
        yield
    finally:
        gc.set_threshold(*USUALLY)
        gc.unfreeze()


class Saving:
    """Stores readings in batches, and gives signs of life while a run goes on."""

    def __init__(self, writer: Writer, lock: Lock | None, store: Store) -> None:
        self._writer = writer
        self._lock = lock
        self._store = store
        self._since = self._beat = time.monotonic()
        self.totals = Totals()
        self.noticed = Findings()

    def __call__(self, reading: Reading) -> None:
        """Take a reading in, and store the batch when it is full or old."""
        self._writer.take(reading)
        self.noticed.add(reading)
        now = time.monotonic()
        if self._writer.waiting >= BATCH or now - self._since > PATIENCE:
            self.flush()
        if self._lock is not None and now - self._beat > BEAT:
            self._lock.beat()
            self._beat = now

    def flush(self) -> None:
        """Store what is waiting. The archive's files are on the disk before the database speaks of them."""
        self._store.settle()
        self.totals.add(self._writer.flush())
        self._since = time.monotonic()


def run(
    source: Source,
    window: Window | None,
    *,
    engine: Engine,
    store: Store,
    settings: Settings,
    again: Again = Again.DUE,
    trigger: str = "by hand",
    stop: Event | None = None,
    watch: Watch | None = None,
) -> Report:
    """Run a source once: take its lock, collect, store, close the line in the run log.

    SourceBusy if another process is running it. Whatever fails, what was stored stays whole.
    """
    sheet = source.sheet
    days = window or usual_window(sheet)
    with unhurried(), holding(engine, source.slug) as lock:
        number = start_run(engine, source.slug, trigger=trigger, since=days.since, until=days.until)
        writer = Writer(engine, paper_of(source), run=number)
        if source.register is not None:
            writer.register(source.register())
        saving = Saving(writer, lock, store)
        reading = open_engine(settings.database, read_only=True)
        try:
            with (
                Fetcher(
                    manners(sheet, settings), contact=settings.contact, at=settings.at.get(source.slug), stop=stop
                ) as fetcher,
                Addresses(reading, source.slug) as known,
            ):
                ask = from_network(source, fetcher, known, store=store, again=again, today=today_in(sheet))
                journey = collect(source, days, ask=_stoppable(ask, stop), save=saving, stop=stop, watch=watch)
            saving.flush()
        except BaseException as error:
            message = f"{type(error).__name__}: {error}"
            finish_run(engine, number, ending=Ending.FAILED, requests=0, totals=saving.totals, message=message)
            raise
        finally:
            reading.dispose()
        how, why = ending(journey, moved=saving.totals.moved, source=source)
        finish_run(engine, number, ending=how, requests=journey.requests, totals=saving.totals, message=why)
    return Report(source.slug, how, why, days, journey, saving.totals, saving.noticed.counts, saving.noticed.few)


def _stoppable(ask: Ask, stop: Event | None) -> Ask:
    """Turn a wait that was cut short into an answer that nothing came."""

    def asking(request: Request) -> Answer:
        try:
            return ask(request)
        except Stopped:
            if stop is not None:
                stop.set()
            return Answer(request)

    return asking


def rehearse(
    source: Source, window: Window | None, *, settings: Settings, stop: Event | None = None, watch: Watch | None = None
) -> Report:
    """Collect without archiving or storing anything, and report what a run would have met."""
    days = window or usual_window(source.sheet)
    findings = Findings()
    totals = Totals()

    def count(reading: Reading) -> None:
        findings.add(reading)
        totals.inserted += len(reading.votes)
        totals.bills += len(reading.bills)
        totals.documents += reading.document is not None

    with Fetcher(
        manners(source.sheet, settings), contact=settings.contact, at=settings.at.get(source.slug), stop=stop
    ) as fetcher:
        ask = from_network(source, fetcher, None, store=None, again=Again.ALL, today=today_in(source.sheet))
        journey = collect(source, days, ask=_stoppable(ask, stop), save=count, stop=stop, watch=watch)
    how, why = ending(journey, moved=totals.moved, source=source)
    return Report(source.slug, how, why, days, journey, totals, findings.counts, findings.few)


def rebuild(
    source: Source,
    *,
    engine: Engine,
    store: Store,
    stop: Event | None = None,
    watch: Callable[[Journey, Request, int], None] | None = None,
) -> Report:
    """Read everything the archive holds of a source again, in the order in which it was first seen.

    From an empty database this reaches the state of the one that was lost; from a full one it changes only what a
    newer reader, sheet or register reads otherwise, each change with its cause.
    """
    today = today_in(source.sheet)
    journey = Journey()
    with unhurried(), holding(engine, source.slug) as lock:
        number = start_run(engine, source.slug, trigger="rebuild", since=today, until=today)
        writer = Writer(engine, paper_of(source), run=number)
        if source.register is not None:
            writer.register(source.register())
        saving = Saving(writer, lock, store)

        def replay(reading: Reading) -> None:
            saving(replace(reading, replayed=True))

        for answer in from_archive(source, store):
            if stop is not None and stop.is_set():
                journey.stopped = True
                break
            follow(source, answer, journey, replay)
            if watch is not None:
                watch(journey, answer.request, 0)
        saving.flush()
        how, why = ending(journey, moved=saving.totals.moved, source=source)
        finish_run(engine, number, ending=how, requests=0, totals=saving.totals, message=why)
    return Report(
        source.slug, how, why, Window(today, today), journey, saving.totals, saving.noticed.counts, saving.noticed.few
    )
