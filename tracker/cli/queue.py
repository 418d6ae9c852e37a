"""What waits to be done, what is being done and where, what failed? And: again, or not at all."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracker.cli.codes import EPILOG, Exit, Refusal
from tracker.cli.ground import AsJson, database, record, settings
from tracker.cli.health import pages_of, tell_queue
from tracker.cli.screen import say, write_json
from tracker.cli.serve import require_queue

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.queries.queue import JobView
    from tracker.storage.engine import Engine

group = typer.Typer(help="What waits, runs and failed, where the work is shared by machines.", no_args_is_help=False)

Number = Annotated[int, typer.Argument(metavar="JOB", help="The number of the job.")]
COLOURS = {"running": "green", "ending": "yellow", "waiting": "", "failed": "bold red", "cancelled": "dim"}


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.add_typer(group, name="queue")


@group.callback(invoke_without_command=True)
def queue(ctx: typer.Context) -> None:
    """Show the queue: what waits, runs and failed."""
    if ctx.invoked_subcommand is None:
        list_()


@group.command("list", epilog=EPILOG)
def list_(as_json: AsJson = False) -> None:
    """List what runs, waits and failed: since when, where, and why it was put back. `tracker queue` does the same."""
    from tracker.queries.queue import jobs, queue_state

    chosen = settings()
    require_queue(chosen)
    with record(chosen) as engine:
        found, state = jobs(engine), queue_state(engine)
    if as_json:
        write_json([_shape(job) for job in found])
        return
    for job in found:
        since = f" since {job.since:%d %b %H:%M:%S} UTC" if job.since else ""
        due = f", due {job.due:%H:%M:%S}" if job.due and job.since and job.due > job.since else ""
        where = f" at {job.place}" if job.place else ""
        about = pages_of(job.pages) if job.pages else job.about
        say(f"{job.id:>6}  {about}: {job.state}{since}{due}{where}", COLOURS[job.state])
        if job.because:
            say(f"        attempt {job.attempt + 1}: {job.because}", "yellow")
    if state:
        tell_queue(state)


@group.command(epilog=EPILOG)
def retry(job: Number) -> None:
    """Put a job that failed back on the queue."""
    from tracker.storage.queue import retry as put_back

    _change(put_back, job)
    say(f"job {job} waits for a worker")


@group.command(epilog=EPILOG)
def cancel(job: Number) -> None:
    """Take a job off the queue; one that runs is told to end after the document in hand."""
    from tracker.storage.queue import cancel as take_off

    _change(take_off, job)
    say(f"job {job} is cancelled; if it runs, it ends after the document in hand")


def _change(what: Callable[[Engine, int], None], job: int) -> None:
    from tracker.storage.queue import NoSuchJob

    chosen = settings()
    require_queue(chosen)
    with database(chosen) as engine:
        try:
            what(engine, job)
        except NoSuchJob as error:
            raise Refusal(str(error), next_step="`tracker queue` lists jobs.", code=Exit.UNKNOWN) from error


def _shape(job: JobView) -> dict[str, Any]:
    return {
        "job": job.id, "task": job.task, "about": job.about, "state": job.state,
        "since": job.since.isoformat() if job.since else None, "due": job.due.isoformat() if job.due else None,
        "place": job.place, "attempt": job.attempt, "because": job.because,
        "pages": asdict(job.pages) if job.pages else None,
    }  # fmt: skip
