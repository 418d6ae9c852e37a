"""How is everything run at once: sources at their times, workers, and the dashboard beside them?"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.board import Dashboard, free_port, is_free
from tracker.cli.codes import EPILOG, Exit, Refusal
from tracker.cli.ground import database, settings
from tracker.cli.screen import say, warn

if TYPE_CHECKING:
    from threading import Event

    from tracker.schedule.runner import Runner
    from tracker.schedule.worker import Worker
    from tracker.settings import Settings
    from tracker.storage.engine import Engine

Workers = Annotated[
    int | None, typer.Option("--workers", min=0, max=64, help="Runs side by side here; needs PostgreSQL.")
]
START = 60.0
"""Seconds the dashboard is given to start."""


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command(epilog=EPILOG)(up)
    app.command(epilog=EPILOG)(worker)


def up(
    dashboard: Annotated[
        bool, typer.Option("--dashboard/--no-dashboard", help="Start the dashboard beside the collecting.")
    ] = True,
    host: Annotated[str | None, typer.Option("--host", help="Address the dashboard listens on.")] = None,
    port: Annotated[
        int | None, typer.Option("--port", min=0, max=65535, help="Port the dashboard listens on; 0: any free one.")
    ] = None,
    workers: Workers = None,
) -> None:
    """Collect every source that has times at them, and serve the dashboard. Ends cleanly on Ctrl-C or SIGTERM.

    With PostgreSQL the times put jobs on the queue, which the workers of this and other machines take.
    """
    from tracker.schedule.stop import stopping

    chosen = settings(host=host, port=port, workers=workers)
    if workers is not None:
        require_queue(chosen)
    if dashboard and chosen.port and not is_free(chosen.host, chosen.port):
        message = f"something already listens on {chosen.host}:{chosen.port}"
        raise Refusal(message, next_step="Name another port with --port, or 0 for any free one.", code=Exit.WRONG_USE)
    number = chosen.port or free_port(chosen.host, 0)
    if not chosen.contact:
        warn("ESCRUTINIO_CONTACT is empty: set it, so that the official sites can reach you.", "yellow")
    boards: list[Dashboard] = []
    with ExitStack() as stack:
        stop = stack.enter_context(
            stopping(
                lambda: warn("stopping after the documents in hand; once more ends at once"),
                at_once=lambda: kill(boards),
            )
        )
        engine = stack.enter_context(database(chosen, upgrade=True))
        force = crew(chosen, engine, stop)
        if dashboard:
            boards.append(stack.enter_context(Dashboard(chosen, port=number, died=stop.set)))
            if boards[0].wait(START, stop):
                say(f"Dashboard: {boards[0].address}")
        say(_alerts(chosen))
        say(f"Collecting {', '.join(force.slugs)}; `tracker timetable` says when. Ctrl-C ends.")
        if force.worker is not None:
            say(f"Queue: {chosen.workers} workers here; `tracker queue` shows what waits and runs.")
            stack.enter_context(force.worker.beside())
        force.runner.serve()
        require_alive(boards)


def worker(
    workers: Workers = None,
    only: Annotated[
        str, typer.Option("--only", metavar="QUEUE", help="Only jobs of this queue: collect, nightly, alerts, pages.")
    ] = "",
) -> None:
    """Work off the queue, beside those of other machines. Needs PostgreSQL. Ends cleanly on Ctrl-C or SIGTERM."""
    from tracker.schedule.queue import Line
    from tracker.schedule.stop import stopping

    if only and only not in set(Line):
        raise typer.BadParameter(f"{only!r} is no queue; use {', '.join(Line)}")
    chosen = settings(workers=workers)
    require_queue(chosen)
    if chosen.workers == 0:
        raise typer.BadParameter("a worker works: --workers 1 or more")
    with (
        stopping(lambda: warn("stopping after the documents in hand; once more ends at once")) as stop,
        database(chosen) as engine,
    ):
        force = crew(chosen, engine, stop, only)
        if force.worker is not None:
            say(f"Working off the queue, {chosen.workers} runs side by side. Ctrl-C ends.")
            force.worker.serve()


@dataclass(frozen=True, slots=True)
class Crew:
    """What runs the sources: the runner, and with a queue the worker that takes its jobs (None: none, or none here)."""

    runner: Runner
    worker: Worker | None
    slugs: tuple[str, ...]


def crew(chosen: Settings, engine: Engine, stop: Event, only: str = "") -> Crew:
    """Return what runs every source that has times. With PostgreSQL the runner puts firings on the queue."""
    from tracker.archive.store import Store
    from tracker.schedule.alerting import Alerting
    from tracker.schedule.nightly import nightly
    from tracker.schedule.runner import Duty, Runner
    from tracker.sources.catalogue import asked
    from tracker.storage.queue import shared

    duties = [Duty(found) for found in asked()]
    slugs = tuple(duty.slug for duty in duties)
    post, store, chores = Alerting(chosen, engine, stop), Store(chosen.archive), nightly(chosen)
    if not shared(chosen.database):
        runner = Runner(duties, engine=engine, store=store, settings=chosen, stop=stop, post=post, chores=chores)
        return Crew(runner, None, slugs)
    from tracker.archive.ocr.readers import Readers
    from tracker.schedule.pages import Help
    from tracker.schedule.queue import Line, Queue
    from tracker.schedule.worker import Worker

    queue = Queue(engine)
    help = Help(queue, store, Readers(chosen.readers))
    duties = [replace(duty, others=help) for duty in duties]
    runner = Runner(
        duties, engine=engine, store=store, settings=chosen, stop=stop, post=queue.round, chores=chores, hand=queue
    )
    lines = [line for line in Line if only in ("", line) and (chores or line is not Line.NIGHTLY)]
    taker = Worker(
        runner, post, help=help, queue=queue, engine=engine, settings=chosen, stop=stop, count=chosen.workers,
        lines=lines,
    )  # fmt: skip
    return Crew(runner, taker if chosen.workers else None, slugs)


def require_queue(chosen: Settings) -> None:
    """Raise Refusal unless the database has a queue."""
    from tracker.storage.queue import shared

    if not shared(chosen.database):
        raise Refusal(
            "workers need a PostgreSQL database; with SQLite one process does all the work",
            next_step="Set ESCRUTINIO_DATABASE_URL (docs/queue.md), or leave the option out.",
            code=Exit.WRONG_USE,
        )


def _alerts(chosen: Settings) -> str:
    """Say by how many rules somebody is told; a file that is wrong is told of, and read again each minute."""
    from tracker.publish.rules import RulesError, load

    try:
        rules = load(chosen.rules)
    except RulesError as error:
        warn(f"No alerts until this is mended: {error}", "bold red")
        return f"Alerts: the file {chosen.rules} cannot be used."
    return f"Alerts: {len(rules)} rules in {chosen.rules}." if rules else f"Alerts: no rules ({chosen.rules})."


def kill(boards: list[Dashboard]) -> None:
    """End the dashboard at once."""
    for board in boards:
        board.kill()


def require_alive(boards: list[Dashboard]) -> None:
    """Raise Refusal if the dashboard ended by itself: whoever keeps this process running should start it anew."""
    if any(board.ended for board in boards):
        raise Refusal("the dashboard ended by itself", next_step="Its last lines stand above.")
