"""How does the whole thing run with no network: recorded sites, the real collecting, the real dashboard?"""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.board import Dashboard, free_port
from tracker.cli.codes import EPILOG, Exit, Refusal
from tracker.cli.ground import database, settings
from tracker.cli.page import in_words
from tracker.cli.screen import say, warn
from tracker.cli.serve import START, kill, require_alive

if TYPE_CHECKING:
    from threading import Event

    from tracker.demo import Site, Story
    from tracker.schedule.runner import Fired, Runner
    from tracker.settings import Settings
    from tracker.storage.engine import Engine

PORT = 8501
BRISK = 3.0
"""Seconds between two looks at a source while things still happen."""
CALM = 60.0
"""Seconds between two looks once everything has happened."""
TALLIES = ("board", "counted", "final", "announced")


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command(epilog=EPILOG)(demo)


def demo(
    home: Annotated[
        Path | None, typer.Option("--home", metavar="DIR", help="Keep everything here instead of in a passing folder.")
    ] = None,
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="Port of the dashboard, or the next that is free.")
    ] = PORT,
    once: Annotated[
        bool, typer.Option("--once", help="Collect everything, the amended document too, and end without a dashboard.")
    ] = False,
) -> None:
    """Show real votes arriving, with no network: recorded sites on this machine, everything else in earnest."""
    from tracker.demo import Site
    from tracker.schedule.stop import stopping

    boards: list[Dashboard] = []
    with ExitStack() as stack:
        folder = stack.enter_context(_folder(home))

        def at_once() -> None:
            kill(boards)
            if home is None:
                shutil.rmtree(folder, ignore_errors=True)

        stop = stack.enter_context(stopping(lambda: warn("ending; once more ends at once"), at_once))
        site = stack.enter_context(Site())
        chosen = _settings(site, folder)
        engine = stack.enter_context(database(chosen, upgrade=True))
        say(f"Recorded official sites of three chambers: {site.url} (nothing leaves this machine)")
        say(f"Database and archive: {folder}{'' if home else ' (removed at the end)'}")
        if once:
            _all_at_once(site, chosen, engine, stop)
            return
        boards.append(stack.enter_context(Dashboard(chosen, port=free_port(chosen.host, port), died=stop.set)))
        if boards[0].wait(START, stop):
            say(f"Dashboard: {boards[0].address}")
            _serve(site, chosen, engine, stop)
        require_alive(boards)
    say("Ended.")


@contextmanager
def _folder(home: Path | None) -> Iterator[Path]:
    if home is not None:
        home.mkdir(parents=True, exist_ok=True)
        yield home.absolute()
        return
    passing = Path(tempfile.mkdtemp(prefix="escrutinio-demo-"))
    try:
        yield passing
    finally:
        shutil.rmtree(passing, ignore_errors=True)


def _settings(site: Site, folder: Path) -> Settings:
    """Return settings that keep everything in one folder, whatever the environment says of the real database."""
    return settings(
        home=folder,
        database_url=f"sqlite:///{folder / 'escrutinio.sqlite'}",
        archive=folder / "archive",
        at=site.at,
        pause=0.0,
        log_level="WARNING",
    )


def _runner(
    site: Site,
    chosen: Settings,
    engine: Engine,
    stop: Event,
    tell: Callable[[Fired], None],
    story: Story | None = None,
) -> Runner:
    from tracker.archive.store import Store
    from tracker.pipeline.asking import Again
    from tracker.schedule.runner import Duty, Runner
    from tracker.schedule.timetable import Spaced
    from tracker.sources.catalogue import source
    from tracker.sources.contract import Window

    spaced = Spaced(lambda: CALM if story is None or story.over else BRISK)
    duties = [
        # The sittings are years old: with `Again.DUE` the amended document would not be asked for again.
        Duty(source(slug), trigger=spaced, window=Window(*days), again=Again.ALL)
        for slug, days in site.windows.items()
    ]

    return Runner(duties, engine=engine, store=Store(chosen.archive), settings=chosen, stop=stop, tell=tell)


def _serve(site: Site, chosen: Settings, engine: Engine, stop: Event) -> None:
    """Collect at short intervals while the story of the recorded site unfolds, until told to stop."""
    from tracker.demo import Story

    story = Story(site)
    looked: set[str] = set()

    def tell(fired: Fired) -> None:
        _narrate(fired, engine)
        looked.add(fired.source)

    def unfold() -> None:
        while not stop.wait(0.2):
            if looked != site.windows.keys():
                continue  # A scanned sheet is not yet read: its second version would come before the first was seen.
            for line in story.tick():
                say(line)
            if story.over:
                say("Everything has happened; the sites are still looked at once a minute. Ctrl-C ends.")
                return

    threading.Thread(target=unfold, daemon=True).start()
    say("Votes arrive in waves; after about a minute one document is amended. Ctrl-C ends.")
    _runner(site, chosen, engine, stop, tell, story).serve()


def _all_at_once(site: Site, chosen: Settings, engine: Engine, stop: Event) -> None:
    """Collect wave after wave and the amended document, one source after the other, without waiting."""
    runner = _runner(site, chosen, engine, stop, lambda fired: _narrate(fired, engine))
    broken: list[str] = []

    def collect() -> None:
        for slug in site.windows:
            fired = runner.fire(slug)
            if fired.report is None or fired.report.failed:
                broken.append(f"{slug}: {fired.report.message if fired.report else fired.message}")
            if stop.is_set():
                raise typer.Exit(Exit.INTERRUPTED)

    collect()
    while site.wave < site.waves:
        say(f"Wave {site.advance()} of {site.waves} has arrived at the recorded site.")
        collect()
    say(site.amend().what)
    collect()
    if broken:
        raise Refusal(f"the demonstration did not come through: {broken[0]}", next_step="Please report this.")
    say("Done.")


def _narrate(fired: Fired, engine: Engine) -> None:
    """Say what a run brought, each thing on a plain line; nothing if it brought nothing."""
    report = fired.report
    if report is None or report.failed:
        warn(f"{fired.source}: {report.message if report else fired.message}", "red")
        return
    totals = report.totals
    if totals.inserted:
        say(f"{fired.source}: {totals.inserted} new {'vote' if totals.inserted == 1 else 'votes'}")
    if totals.updated:
        _say_what_moved(fired.source, totals.updated, engine)


def _say_what_moved(source: str, votes: int, engine: Engine) -> None:
    from tracker.domain.changes import Cause
    from tracker.queries.changes import latest

    why = {
        Cause.SOURCE: "the official document was changed",
        Cause.READER: "we read the same document better",
        Cause.CORRECTION: "we corrected a lookup",
    }
    for moved in latest(engine, limit=votes):
        say(f"{source}: {moved.vote} changed, because {why.get(moved.cause, str(moved.cause))}")
        for change in moved.changes:
            if change.field in TALLIES:
                was, now = (in_words(value) if value else "none" for value in (change.was, change.now))
                say(f"  {change.field} tally: {was} → {now}")
