"""How are records brought in that no site is asked for?"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.codes import EPILOG, Exit, Refusal
from tracker.cli.collect import end, interruptible, watching
from tracker.cli.ground import AsJson, Since, Until, database, settings, source
from tracker.cli.summary import Summary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.pipeline.run import Report
    from tracker.sources.contract import Source

DryRun = Annotated[bool, typer.Option("--dry-run", help="Read, but archive and store nothing.")]
group = typer.Typer(help="Votes that others wrote down from official papers.", no_args_is_help=True)
OPENPOLITICA = "pe_openpolitica"
VOTEVIEW = ("us_house_voteview", "us_senate_voteview")
HOWTHEYVOTE = ("eu_parliament_howtheyvote",)
CLONE = "git clone --depth 1 https://github.com/openpolitica/congreso-pleno-asistencia-votacion"


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.add_typer(group, name="import")


@group.command(epilog=EPILOG)
def openpolitica(
    path: Annotated[Path, typer.Argument(metavar="PATH", help=f"A checkout: {CLONE}")],
    since: Since = None,
    until: Until = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Import openpolitica's transcription of Peru's vote sheets, July 2021 to March 2024, from a checkout of it.

    What is held unchanged is left alone. Stopped or killed, the same command goes on.
    """
    from tracker.archive.regular import Refused
    from tracker.pipeline.importing import Days, NoRecords, bring, rehearse

    chosen, found = settings(), source(OPENPOLITICA)
    if since and until and until < since:
        raise typer.BadParameter(f"--until {until} lies before --since {since}")
    days = Days(since, until)
    try:
        with interruptible() as stop, watching(OPENPOLITICA) as (watch, _):
            if dry_run:
                report = rehearse(found, path, days, stop=stop, watch=watch)
            else:
                from tracker.archive.store import Store

                with database(chosen) as engine:
                    report = bring(
                        found, path, days, engine=engine, store=Store(chosen.archive), stop=stop, watch=watch
                    )
    except (NoRecords, Refused) as error:
        message = f"{path} is no checkout of the transcription: {error}"
        raise Refusal(message, next_step=f"`{CLONE}` makes one.", code=Exit.WRONG_USE) from error
    end(Summary.of([report], dry_run=dry_run, way="brought in"), as_json=as_json)


@group.command(epilog=EPILOG)
def voteview(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATHS", help="A folder of Voteview's files (HSall_votes.csv and so on), or the files."),
    ],
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Import Voteview's roll calls of both chambers of the United States Congress since 1789, from its CSV files.

    Three kinds of file are needed: members, rollcalls, votes; of all Congresses or of one. What is held unchanged is
    left alone. Stopped or killed, the same command goes on.
    """
    _stacks(VOTEVIEW, paths, dry_run=dry_run, as_json=as_json)


@group.command(epilog=EPILOG)
def howtheyvote(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATHS", help="A folder of HowTheyVote's files (member_votes.csv and so on), or the files."
        ),
    ],
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Import HowTheyVote's roll calls of the European Parliament since July 2019, from its CSV files.

    Four files are needed, packed (.csv.gz) or not: countries, members, votes, member_votes. What is held unchanged is
    left alone. Stopped or killed, the same command goes on.
    """
    _stacks(HOWTHEYVOTE, paths, dry_run=dry_run, as_json=as_json)


def _stacks(slugs: Sequence[str], paths: Sequence[Path], *, dry_run: bool, as_json: bool) -> None:
    """Bring in large files, for one source after the other. What is done before one fails is told."""
    from tracker.pipeline.stacks import Unreadable

    done: list[Summary] = []
    for slug in slugs:
        try:
            report = _stack(source(slug), paths, dry_run=dry_run)
        except Unreadable as error:
            if done:
                with suppress(typer.Exit):
                    end(*done, as_json=as_json)
            raise Refusal(
                f"{error}." if dry_run else f"{error}. What came before it is stored.",
                next_step="Download the file again, or mend that line.",
                code=Exit.WRONG_USE,
            ) from error
        done.append(Summary.of([report], dry_run=dry_run, way="brought in"))
        if report.journey.stopped:
            break
    end(*done, as_json=as_json)


def _stack(found: Source, paths: Sequence[Path], *, dry_run: bool) -> Report:
    from tracker.archive.store import Store
    from tracker.pipeline.stacks import bring, rehearse

    with interruptible() as stop, watching(found.slug) as (watch, _):
        if dry_run:
            return rehearse(found, paths, stop=stop, watch=watch)
        chosen = settings()
        with database(chosen) as engine:
            return bring(found, paths, engine=engine, store=Store(chosen.archive), stop=stop, watch=watch)
