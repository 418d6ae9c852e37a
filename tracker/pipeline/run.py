"""What is one run of a source, from taking its lock to the line in the run log?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from threading import Event
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from tracker.archive.fetch import Fetcher
from tracker.archive.ocr import Sight
from tracker.archive.ocr.scan import Others
from tracker.archive.ocr.sight import Watch as WatchPages
from tracker.archive.politeness import Manners, Stopped
from tracker.archive.store import Store
from tracker.domain.evidence import Document, Request
from tracker.domain.legislature import BY_HAND, Legislature, OfficialPage, Paper
from tracker.pipeline import settling
from tracker.pipeline.asking import Again, Answer, Ask, from_network
from tracker.pipeline.collect import Ending, Journey, Watch, collect, ending
from tracker.pipeline.desk import Desk
from tracker.pipeline.saving import Counting, Saving, unhurried
from tracker.pipeline.sweep import turns
from tracker.settings import Settings
from tracker.sources.contract import Sheet, Source, Window
from tracker.storage.engine import Engine, open_engine
from tracker.storage.runs import Addresses, finish_run, holding, start_run
from tracker.storage.write import Noticed, Totals, Writer

HERE = frozenset({"127.0.0.1", "localhost", "::1"})
"""Hosts that are this machine."""


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
        f"{times} ({chamber.zone})" if sheet.asked else BY_HAND, groups, rules, pages,
        sheet.kind, sheet.rank, sheet.credit.credit() if sheet.credit else None,
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


def run(  # noqa: PLR0913 - what a run needs, by name
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
    pages: WatchPages | None = None,
    others: Others | None = None,
) -> Report:
    """Run a source once: take its lock, collect, store, close the line in the run log.

    SourceBusy if another process is running it. Whatever fails, what was stored stays whole. `pages` is told how far
    the reading of scanned pages has come, in which `others` help.
    """
    sheet = source.sheet
    days = window or usual_window(sheet)
    with storing(source, engine, store, trigger, days) as (saving, number):
        reading = open_engine(settings.database, read_only=True)
        try:
            with (
                Fetcher(
                    manners(sheet, settings), contact=settings.contact, at=settings.at.get(source.slug), stop=stop
                ) as fetcher,
                Addresses(reading, source.slug) as known,
                Sight(store, processes=settings.readers, stop=stop, watch=alive(saving, pages), others=others) as sight,
            ):
                sweep = turns(source, known, store, now=datetime.now(UTC)) if again is Again.DUE else ()
                urls = frozenset(request.url for request in sweep)
                ask = from_network(source, fetcher, known, store=store, again=again, today=today_in(sheet), turns=urls)
                desk = Desk(sight, store, settling.in_force(source.slug, store))
                journey = collect(
                    source, days, ask=_stoppable(ask, stop), save=saving, desk=desk, sweep=sweep, stop=stop, watch=watch
                )
            saving.flush()
        finally:
            reading.dispose()
        return closed(source, engine, number, journey, saving, days, requests=journey.requests)


@contextmanager
def storing(source: Source, engine: Engine, store: Store, trigger: str, days: Window) -> Iterator[tuple[Saving, int]]:
    """Hold a source, open a line in the run log, and close it as failed if the block does not come to its end."""
    with unhurried(), holding(engine, source.slug) as lock:
        number = start_run(engine, source.slug, trigger=trigger, since=days.since, until=days.until)
        writer = Writer(engine, paper_of(source), run=number)
        if source.register is not None:
            writer.register(source.register())
        saving = Saving(writer, lock, store)
        try:
            yield saving, number
        except BaseException as error:
            message = f"{type(error).__name__}: {error}"
            finish_run(engine, number, ending=Ending.FAILED, requests=0, totals=saving.totals, message=message)
            raise


def closed(
    source: Source, engine: Engine, number: int, journey: Journey, saving: Saving, days: Window, *, requests: int
) -> Report:
    """Close the line in the run log, and report."""
    report = reported(source, journey, saving, days)
    finish_run(engine, number, ending=report.ending, requests=requests, totals=report.totals, message=report.message)
    return report


def reported(source: Source, journey: Journey, taken: Saving | Counting, days: Window) -> Report:
    """Report how a run ended, or a rehearsal would have: by what it met and what was taken in."""
    how, why = ending(journey, moved=taken.totals.moved, source=source)
    return Report(source.slug, how, why, days, journey, taken.totals, taken.noticed.counts, taken.noticed.few)


def alive(saving: Saving, pages: WatchPages | None) -> WatchPages:
    """Give signs of life while a long document is read, page by page."""

    def watch(document: Document, done: int, count: int) -> None:
        saving.beat()
        if pages is not None:
            pages(document, done, count)

    return watch


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
    source: Source,
    window: Window | None,
    *,
    settings: Settings,
    stop: Event | None = None,
    watch: Watch | None = None,
    pages: WatchPages | None = None,
) -> Report:
    """Collect without archiving or storing anything, and report what a run would have met."""
    days = window or usual_window(source.sheet)
    count = Counting()
    with (
        Fetcher(
            manners(source.sheet, settings), contact=settings.contact, at=settings.at.get(source.slug), stop=stop
        ) as fetcher,
        Sight(None, processes=settings.readers, stop=stop, watch=pages) as sight,
    ):
        ask = from_network(source, fetcher, None, store=None, again=Again.ALL, today=today_in(source.sheet))
        journey = collect(source, days, ask=_stoppable(ask, stop), save=count, desk=Desk(sight), stop=stop, watch=watch)
    return reported(source, journey, count, days)
