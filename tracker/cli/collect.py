"""How are votes fetched, fetched again and read again from the command line?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracker.cli import completion
from tracker.cli.codes import EPILOG, Exit, Refusal
from tracker.cli.ground import AsJson, FromDay, Since, Until, asked, database, settings, source, window
from tracker.cli.screen import progress, warn, write_json
from tracker.cli.summary import Summary, tell

if TYPE_CHECKING:
    from threading import Event

    from rich.progress import Progress, TaskID

    from tracker.archive.ocr.sight import Watch as WatchPages
    from tracker.domain.evidence import Document, Request
    from tracker.pipeline.collect import Journey, Watch
    from tracker.settings import Settings
    from tracker.sources.contract import Window

Slug = Annotated[
    str,
    typer.Argument(
        metavar="SOURCE", help="A source, as `tracker sources` lists them.", autocompletion=completion.asked
    ),
]
At = Annotated[
    str | None,
    typer.Option("--at", metavar="URL", help="Ask this site instead of the official one; what is recorded stays."),
]


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    for command in (collect, backfill, rebuild):
        app.command(epilog=EPILOG)(command)


def collect(
    slug: Slug,
    since: Since = None,
    until: Until = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Ask and read, but archive and store nothing.")] = False,
    at: At = None,
    as_json: AsJson = False,
) -> None:
    """Fetch the votes of a source: the usual days, or those named.

    Without dates it looks at the days the timetable looks at, and asks again only for sittings recent enough to be
    corrected. With dates it asks again for everything in them.
    """
    from tracker.pipeline.asking import Again
    from tracker.pipeline.run import rehearse, run, today_in

    chosen, found = standing_in(slug, at), asked(slug)
    days = window(since, until, today_in(found.sheet))
    with interruptible() as stop, watching(slug) as (watch, pages):
        if dry_run:
            report = rehearse(found, days, settings=chosen, stop=stop, watch=watch, pages=pages)
        else:
            from tracker.archive.store import Store

            with database(chosen) as engine:
                report = run(
                    found,
                    days,
                    engine=engine,
                    store=Store(chosen.archive),
                    settings=chosen,
                    again=Again.ALL if days else Again.DUE,
                    trigger="named days" if days else "by hand",
                    stop=stop,
                    watch=watch,
                    pages=pages,
                )
    end(Summary.of([report], dry_run=dry_run), as_json=as_json)


def backfill(
    slug: Slug,
    since: FromDay,
    until: Until = None,
    at: At = None,
    as_json: AsJson = False,
) -> None:
    """Fetch what is missing of a range of sitting days, year by year. Stopped or killed, the same command goes on."""
    from tracker.archive.store import Store
    from tracker.pipeline.asking import Again
    from tracker.pipeline.run import run, today_in

    chosen, found = standing_in(slug, at), asked(slug)
    days = window(since, until or today_in(found.sheet), today_in(found.sheet))
    slices = list(years(days)) if days else []
    reports = []
    with interruptible() as stop, database(chosen) as engine:
        for part in slices:
            label = f"{slug} {part.since.year}" if len(slices) > 1 else slug
            with watching(label) as (watch, pages):
                report = run(
                    found,
                    part,
                    engine=engine,
                    store=Store(chosen.archive),
                    settings=chosen,
                    again=Again.NEVER,
                    trigger="backfill",
                    stop=stop,
                    watch=watch,
                    pages=pages,
                )
            reports.append(report)
            if len(slices) > 1:
                warn(f"{part.since} to {part.until}: {report.ending}, {report.totals.inserted} votes new")
            if stop.is_set():
                break
    end(Summary.of(reports), as_json=as_json)


def rebuild(
    slugs: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SOURCE]…", help="Sources; all if none is named.", autocompletion=completion.sources),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Read everything the archive holds again, with no network: into an empty database, or to apply a better reader."""
    from tracker.archive.store import Store
    from tracker.pipeline.again import rebuild as read_again
    from tracker.sources.catalogue import MODULES

    chosen = settings()
    chosen_sources = [source(slug) for slug in slugs or MODULES]
    reports = []
    with interruptible() as stop, database(chosen) as engine:
        for found in chosen_sources:
            with watching(found.slug) as (watch, pages):
                reports.append(
                    read_again(
                        found,
                        engine=engine,
                        store=Store(chosen.archive),
                        processes=chosen.readers,
                        stop=stop,
                        watch=watch,
                        pages=pages,
                    )
                )
            if stop.is_set():
                break
    if not any(report.journey.documents for report in reports) and not stop.is_set():
        warn(f"the archive at {chosen.archive} holds nothing of {', '.join(s.slug for s in chosen_sources)}")
    end(*[Summary.of([report], way="read again") for report in reports], as_json=as_json)


def standing_in(slug: str, at: str | None) -> Settings:
    """Return the settings, with another site in place of a source's official one if one is named."""
    chosen = settings()
    if at is None:
        return chosen
    if not at.startswith(("http://", "https://")):
        raise Refusal(f"--at {at!r} should start with http:// or https://", code=Exit.WRONG_USE)
    return settings(at=chosen.at | {slug: at})


def years(days: Window) -> Iterator[Window]:
    """Cut a range of days into calendar years, the oldest first."""
    from tracker.sources.contract import Window

    for year in days.years():
        yield Window(max(days.since, date(year, 1, 1)), min(days.until, date(year, 12, 31)))


@contextmanager
def interruptible() -> Iterator[Event]:
    """Give an event that Ctrl-C sets: what is in hand is ended first; once more ends at once."""
    from tracker.schedule.stop import stopping

    with stopping(lambda: warn("stopping after the document in hand; once more ends at once")) as stop:
        yield stop


@contextmanager
def watching(label: str) -> Iterator[tuple[Watch, WatchPages]]:
    """Show how far a run has come: documents, and the pages of the one in hand if it is read page by page."""
    with progress() as bar:
        task = bar.add_task(label, total=None, note="")

        def watch(journey: Journey, request: Request, waiting: int) -> None:
            done = journey.requests + journey.held or journey.documents
            bar.update(task, completed=done, total=done + waiting, note=f"{journey.votes} votes read")

        yield watch, _pages(bar)


@contextmanager
def watching_pages(label: str) -> Iterator[WatchPages]:
    """Show how far the reading of one document has come."""
    with progress() as bar:
        yield _pages(bar, label)


def _pages(bar: Progress, label: str = "  pages") -> WatchPages:
    tasks: dict[str, TaskID] = {}

    def watch(document: Document, done: int, count: int) -> None:
        name = document.sha256
        if name not in tasks:
            tasks[name] = bar.add_task(label, total=count, note=document.url.rsplit("/", 1)[-1][:40])
        bar.update(tasks[name], completed=done)
        if done == count:
            bar.remove_task(tasks.pop(name))

    return watch


def end(*summaries: Summary, as_json: bool) -> None:
    """Say what came of it and leave with the exit code that means it."""
    if as_json:
        shapes: list[dict[str, Any]] = [summary.shape() for summary in summaries]
        write_json(shapes[0] if len(shapes) == 1 else shapes)
    else:
        for summary in summaries:
            tell(summary)
    if any(summary.stopped for summary in summaries):
        raise typer.Exit(Exit.INTERRUPTED)
    if any(summary.failed for summary in summaries):
        raise typer.Exit(Exit.FAILED)
