"""What does the record say of the claims of an article? `tracker check` reads a text, a file or standard input."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.codes import EPILOG, Exit, Refusal
from tracker.cli.ground import AsJson, a_date, record, settings
from tracker.cli.screen import say, write_json

if TYPE_CHECKING:
    from datetime import date

    from tracker.claims.match import Checked
    from tracker.storage.engine import Engine

LARGEST = 2_000_000
"""Bytes of a file that is read at all."""
LONGEST_PATH = 1_000


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command(epilog=EPILOG)(check)


def check(
    text: Annotated[str, typer.Argument(metavar="TEXT|FILE|-", help="A sentence, a file, or - for standard input.")],
    written: Annotated[
        str | None,
        typer.Option(
            "--date", metavar="DATE", help="The day of the article, as 2023-05-18: *yesterday* counts from it."
        ),
    ] = None,
    as_json: AsJson = False,
    claim_review: Annotated[
        bool, typer.Option("--claim-review", help="Write drafts of a ClaimReview (JSON-LD), the rating left empty.")
    ] = False,
    appeared: Annotated[
        str, typer.Option("--appeared", metavar="URL", help="Where the article stands, for the drafts.")
    ] = "",
) -> None:
    """Check what a text says of votes against the record. Verdicts are about the record, never about the author."""
    from tracker.claims.match import check as hold
    from tracker.claims.read import Unreadable

    day = a_date(written) if written else None
    article = _article(text)
    with record(settings()) as engine:
        try:
            if claim_review:
                _drafts(engine, article, day, appeared)
                return
            checked = hold(engine, article, day)
        except Unreadable as error:
            raise Refusal(f"{_name(text)}: {error}", next_step=_NEXT, code=Exit.WRONG_USE) from error
        if as_json:
            from tracker.claims.shape import as_json as shape

            write_json(shape(checked))
            return
        _print(engine, checked)


def _drafts(engine: Engine, article: str, day: date | None, appeared: str) -> None:
    from tracker.claims.review import Appeared, drafts
    from tracker.claims.shown import shown

    where = Appeared(day, appeared)
    if appeared and not where.address:
        message = f"{appeared[:80]} is no address of an article"
        raise Refusal(message, next_step="Give it whole, as https://….", code=Exit.WRONG_USE)
    public = settings().public_url
    write_json(drafts(shown(engine, article, day), where, site=f"{public}/" if public else ""))


_NEXT = "Give a sentence in quotes, a text file, or - to read standard input; docs/claims.md says what is read."


def _article(given: str) -> str:
    """Return the text meant: of standard input, of the file of that name, or the words themselves."""
    if given == "-":
        return _decoded(sys.stdin.buffer.read(LARGEST + 1), "standard input")
    if len(given) < LONGEST_PATH and "\n" not in given and "\0" not in given:
        path = Path(given)
        try:
            if path.is_file():
                with path.open("rb") as file:
                    return _decoded(file.read(LARGEST + 1), given)
        except OSError as error:
            raise Refusal(f"{given} cannot be read: {error.strerror}", next_step=_NEXT) from error
    return given


def _decoded(content: bytes, name: str) -> str:
    if len(content) > LARGEST:
        message = f"{name} is larger than {LARGEST // 1_000_000} MB; no article is"
        raise Refusal(message, next_step=_NEXT, code=Exit.WRONG_USE)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"{name} is no text in UTF-8 (byte {error.start})"
        raise Refusal(message, next_step=_NEXT, code=Exit.WRONG_USE) from error


def _name(given: str) -> str:
    return "standard input" if given == "-" else given if len(given) < 80 else "the text"


def _print(engine: Engine, checked: Checked) -> None:
    from tracker.cli.cards import print_answer
    from tracker.cli.verdicts import WORDS

    if not checked.answers:
        say(WORDS["nothing"])
    for n, answer in enumerate(checked.answers, 1):
        print_answer(engine, answer, n, checked.read.language)
    if checked.read.left_out:
        say(WORDS["left-out"].format(n=checked.read.left_out))
