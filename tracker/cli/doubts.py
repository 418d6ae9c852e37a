"""Which votes does a person have to look at, and how does what the person sees there enter the record?"""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracker.cli import completion
from tracker.cli.codes import EPILOG, Exit, Refusal
from tracker.cli.ground import AsJson, database, record, settings, source
from tracker.cli.page import in_words
from tracker.cli.screen import say, warn, write_json
from tracker.cli.summary import Summary, tell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.domain.tally import Tally
    from tracker.pipeline.run import Report


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    for command in (doubts, settle):
        app.command(epilog=EPILOG)(command)


def doubts(
    sources: Annotated[
        list[str] | None,
        typer.Option(
            "--source",
            metavar="SOURCE",
            help="Only this source; may be given again.",
            autocompletion=completion.sources,
        ),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Those too that somebody has settled.")] = False,
    pieces: Annotated[
        Path | None, typer.Option("--pieces", metavar="DIR", help="Write a picture of where to look for each into DIR.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List the votes that do not add up: why, and where on which page to look."""
    from tracker.queries.doubts import listing

    chosen = settings()
    with record(chosen) as engine:
        found = listing(engine, sources=sources or (), everything=everything)
    files = _write(pieces, [(one.vote, one.piece) for one in found]) if pieces else {}
    if as_json:
        write_json(
            [
                {
                    "vote": one.vote, "source": one.source, "credit": asdict(one.credit) if one.credit else None,
                    "sitting_date": one.sitting_date.isoformat(), "subject": one.subject,
                    "reasons": list(one.reasons), "url": one.url, "sha256": one.sha256, "page": one.page,
                    "piece": one.piece, "file": files.get(one.vote), "settled": one.settled,
                }
                for one in found
            ]
        )  # fmt: skip
        return
    for one in found:
        by = f", transcribed by {one.credit.by}" if one.credit else ""
        say(f"{one.vote}  {one.legislature}, sitting of {one.sitting_date:%d %B %Y}{by}", "bold")
        say(f"  {one.subject}")
        for reason in one.reasons:
            say(f"  {in_words(reason)}", "yellow")
        page = f", page {one.page}" if one.page else ""
        say(f"  {one.url}{page}", "cyan")
        if one.vote in files:
            say(f"  look at {files[one.vote]}")
        if one.settled:
            say(f"  settled by {one.settled}", "dim")
    if not found:
        say("no vote is in doubt")
    elif any(one.settled is None for one in found):
        warn("To say what a page prints: tracker settle VOTE --by NAME --because REASON --code 'NAME=CODE' …")


def settle(
    vote: Annotated[str, typer.Argument(metavar="VOTE", help="The id of a vote, as `tracker doubts` lists it.")],
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who says so.")],
    because: Annotated[str, typer.Option("--because", metavar="REASON", help="Why: what was looked at and seen.")],
    codes: Annotated[
        list[str] | None,
        typer.Option("--code", metavar="NAME=CODE", help="The code the page prints beside a name; once a row."),
    ] = None,
    spoken: Annotated[
        list[str] | None,
        typer.Option(
            "--spoken",
            metavar="NAME=POSITION",
            help="What the note puts on record of a name: yes, no, abstain; no>yes for a change; none: nothing.",
        ),
    ] = None,
    members: Annotated[
        list[str] | None,
        typer.Option("--member", metavar="NAME=ID", help="Whom a name in the note means, by the person's id."),
    ] = None,
    board: Annotated[
        str | None,
        typer.Option("--board", metavar="Y-N-A[-REST]", help="The totals the page prints; REST: all who did not vote."),
    ] = None,
    odd: Annotated[
        bool, typer.Option("--odd", help="The page does print figures that do not add up; without it that is refused.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Say what a page prints, after looking at it: an override with a name and a reason, kept for ever.

    With a vote, a name and a reason only, it says that what was read is what the page prints. The vote's document is
    read again with it; what moves is recorded as our correction. A rebuild replays it.
    """
    from tracker.archive.store import Missing

    said = {
        "codes": _pairs(codes, "--code"), "spoken": _pairs(spoken, "--spoken"),
        "members": _pairs(members, "--member"), "board": _tally(board),
    }  # fmt: skip
    try:
        report = _put_in_force(vote, by, because, said, odd=odd)
    except ValueError as error:
        raise Refusal(str(error), code=Exit.WRONG_USE) from error
    except Missing as error:
        raise Refusal(str(error), code=Exit.FAILED) from error
    summary = Summary.of([report], way="read again")
    if as_json:
        write_json(summary.shape())
    else:
        tell(summary)
    if summary.failed:
        raise typer.Exit(Exit.FAILED)


def _put_in_force(vote: str, by: str, because: str, said: Mapping[str, Any], *, odd: bool) -> Report:
    from tracker.archive.store import Store
    from tracker.domain.settlement import Settlement
    from tracker.pipeline.again import settle as put_in_force
    from tracker.queries.doubts import document_of

    chosen = settings()
    with record(chosen) as engine:
        where = document_of(engine, vote)
    if where is None:
        raise Refusal(f"there is no vote {vote!r}", next_step="`tracker doubts` lists votes.", code=Exit.UNKNOWN)
    slug, sha256 = where
    settlement = Settlement(vote=vote, sha256=sha256, by=by, because=because, at=datetime.now(UTC), **said)
    with database(chosen) as engine:
        return put_in_force(
            source(slug), settlement, engine=engine, store=Store(chosen.archive), processes=chosen.readers, odd=odd
        )


def _pairs(texts: list[str] | None, option: str) -> dict[str, str]:
    pairs = {}
    for text in texts or ():
        name, sign, value = text.rpartition("=")
        if not sign or not name.strip() or not value.strip():
            raise typer.BadParameter(f"{option} {text!r} should be NAME=VALUE")
        pairs[name.strip()] = value.strip()
    return pairs


def _tally(text: str | None) -> Tally | None:
    from tracker.domain.tally import Tally

    if text is None:
        return None
    parts = text.replace("–", "-").split("-")
    if not 3 <= len(parts) <= 4 or not all(part.strip().isdecimal() for part in parts):
        raise typer.BadParameter(f"--board {text!r} should be three or four figures, as 69-31-4 or 69-31-4-26")
    yes, no, abstain, *rest = (int(part) for part in parts)
    return Tally(yes, no, abstain, 0, rest[0] if rest else 0)


def _write(folder: Path, pieces: list[tuple[str, str | None]]) -> dict[str, str]:
    """Write the pictures that the archive holds into a folder; return the file of each vote."""
    from tracker.archive.store import Damaged, Missing, Store

    store = Store(settings().archive)
    folder.mkdir(parents=True, exist_ok=True)
    files = {}
    for vote, piece in pieces:
        if piece is None:
            continue
        path = folder / f"{vote}.png"
        try:
            path.write_bytes(store.get(piece))
        except (Missing, Damaged) as error:
            warn(str(error), "yellow")
            continue
        files[vote] = str(path)
    return files
