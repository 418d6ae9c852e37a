"""How is everything run at once: sources at their times, and the dashboard beside them?"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.board import Dashboard, free_port, is_free
from tracker.cli.codes import EPILOG, Exit, Refusal
from tracker.cli.ground import database, settings
from tracker.cli.screen import say, warn

if TYPE_CHECKING:
    from tracker.settings import Settings

START = 60.0
"""Seconds the dashboard is given to start."""


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command(epilog=EPILOG)(up)


def up(
    dashboard: Annotated[
        bool, typer.Option("--dashboard/--no-dashboard", help="Start the dashboard beside the collecting.")
    ] = True,
    host: Annotated[str | None, typer.Option("--host", help="Address the dashboard listens on.")] = None,
    port: Annotated[
        int | None, typer.Option("--port", min=0, max=65535, help="Port the dashboard listens on; 0: any free one.")
    ] = None,
) -> None:
    """Collect every source that has times at them, and serve the dashboard. Ends cleanly on Ctrl-C or SIGTERM."""
    from tracker.archive.store import Store
    from tracker.schedule.alerting import Alerting
    from tracker.schedule.nightly import nightly
    from tracker.schedule.runner import Duty, Runner
    from tracker.schedule.stop import stopping
    from tracker.sources.catalogue import asked

    chosen = settings(host=host, port=port)
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
        duties = [Duty(found) for found in asked()]
        post, store = Alerting(chosen, engine, stop), Store(chosen.archive)
        runner = Runner(
            duties, engine=engine, store=store, settings=chosen, stop=stop, post=post, chores=nightly(chosen)
        )
        if dashboard:
            boards.append(stack.enter_context(Dashboard(chosen, port=number, died=stop.set)))
            if boards[0].wait(START, stop):
                say(f"Dashboard: {boards[0].address}")
        say(_alerts(chosen))
        say(f"Collecting {', '.join(duty.slug for duty in duties)}; `tracker timetable` says when. Ctrl-C ends.")
        runner.serve()
        require_alive(boards)


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
