"""What does a document on this machine say? Reads it as a source would, prints its votes, and keeps nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from tracker.cli import completion
from tracker.cli.codes import EPILOG, Exit, Refusal
from tracker.cli.collect import interruptible, watching_pages
from tracker.cli.ground import AsJson, a_date, settings, source
from tracker.cli.page import print_vote
from tracker.cli.screen import out, say, warn, write_json

STYLES = {"unreadable": "bold red", "doubtful": "yellow", "unresolved": "yellow", "noted": "dim"}


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command(epilog=EPILOG)(read)


def read(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A document of a source: a PDF, an XML file …")],
    slug: Annotated[
        str,
        typer.Option("--as", metavar="SOURCE", help="The source whose paper it is.", autocompletion=completion.sources),
    ],
    role: Annotated[
        str | None, typer.Option("--role", metavar="KIND", help="Which kind of its pages, if it has several.")
    ] = None,
    day: Annotated[
        date | None,
        typer.Option("--day", parser=a_date, metavar="DATE", help="Its sitting day, if it says none."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Read one document on this machine and print its votes and attendances; nothing is stored.

    With --json a list of votes, each as `tracker show --json` prints it. What was noticed is told beside it.
    """
    from tracker.archive.politeness import Stopped
    from tracker.pipeline.aloud import read_aloud
    from tracker.queries.shape import as_json as shape
    from tracker.queries.votes import VoteFilter, listing, one

    chosen, found = settings(), source(slug)
    try:
        with (
            interruptible() as stop,
            watching_pages(file.name) as pages,
            read_aloud(file, found, settings=chosen, role=role, day=day, stop=stop, pages=pages) as heard,
        ):
            rows = listing(heard.engine, VoteFilter(sort="oldest", limit=100_000)).rows
            votes = [view for row in rows if (view := one(heard.engine, row.id)) is not None]
    except Stopped as stopped:
        raise typer.Exit(Exit.INTERRUPTED) from stopped
    except OSError as error:
        raise Refusal(f"{file} cannot be read: {error.strerror or error}", code=Exit.UNKNOWN) from error
    except ValueError as error:
        raise Refusal(str(error), code=Exit.WRONG_USE) from error
    if as_json:
        write_json([shape(view) for view in votes])
    else:
        for view in votes:
            print_vote(view)
            out().rule(characters="─")
        for sitting in heard.sittings:
            here = sum(mark.reason is None for mark in sitting.attendance)
            page = f", page {sitting.page}" if sitting.page else ""
            say(f"attendance of {sitting.date:%d %B %Y}{page}: {here} of {len(sitting.attendance)} present")
        say(f"{file.name}: {len(votes)} {'vote' if len(votes) == 1 else 'votes'}")
    for noticed in heard.noticed:
        warn(f"{noticed.severity}: {noticed.message}", STYLES.get(str(noticed.severity), ""))
    if not heard.whole:
        raise typer.Exit(Exit.FAILED)
