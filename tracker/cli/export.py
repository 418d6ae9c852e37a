"""How do votes leave as files: one vote, what meets some filters, a member's record, or everything?"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import completion
from tracker.cli.codes import EPILOG, Exit, Refusal
from tracker.cli.ground import Since, Until, record, settings
from tracker.cli.screen import progress, say, warn
from tracker.domain.votes import Status

if TYPE_CHECKING:
    from typing import BinaryIO

    from tracker.publish.tables import Tell
    from tracker.queries.files.chosen import Choice, Snapshot
    from tracker.queries.filters import VoteFilter
    from tracker.storage.engine import Engine

STDOUT = "-"


class Form(StrEnum):
    """What a file can be."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"
    NDJSON = "ndjson"
    PARQUET = "parquet"
    POPOLO = "popolo"


class OfVotes(StrEnum):
    """The tables whose rows hang on votes."""

    VOTES = "votes"
    BALLOTS = "ballots"
    GROUP_TALLIES = "group_tallies"
    SPOKEN = "spoken"
    CHANGES = "changes"


class Side(StrEnum):
    """Which side has more."""

    YES = "yes"
    NO = "no"
    TIE = "tie"


class Way(StrEnum):
    """How most of a group voted."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"
    SPLIT = "split"


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command(epilog=EPILOG)(export)


Law = Annotated[
    list[str] | None,
    typer.Option(
        "--legislature",
        metavar="SLUG",
        help="A legislature or source; may come again.",
        autocompletion=completion.places,
    ),
]
Member = Annotated[str, typer.Option("--member", metavar="ID", help="The record of a member.")]
Words = Annotated[str, typer.Option("--text", help="What to look for, as `tracker votes` takes it.")]
Exact = Annotated[bool, typer.Option("--exact", help="The words of --text as they stand.")]
Status_ = Annotated[Status | None, typer.Option("--status", help="How settled the record is.")]
Doubtful = Annotated[bool, typer.Option("--doubtful", help="Only votes whose sums do not meet.")]
Margin = Annotated[int | None, typer.Option("--margin", min=0, help="Yes and no at most so far apart.")]
Ahead = Annotated[Side | None, typer.Option("--ahead", help="Which side has more.")]
Turned = Annotated[bool, typer.Option("--turned", help="Votes by voice changed which side has more.")]
Kind = Annotated[str | None, typer.Option("--kind", help="A kind of motion, as printed.")]
Result = Annotated[str | None, typer.Option("--result", help="A result, as printed.")]
Group = Annotated[str | None, typer.Option("--group", metavar="CODE", help="Votes in which this group took part.")]
Stand = Annotated[Way | None, typer.Option("--stand", help="How most of --group voted.")]
Tables = Annotated[list[OfVotes] | None, typer.Option("--table", help="Which table; may come again.")]
Format_ = Annotated[Form | None, typer.Option("--format", help="Unless said, by the ending of --to, else csv.")]
To = Annotated[str, typer.Option("--to", metavar="FILE|FOLDER|-", help="Where to; - is standard output.")]
Bulk = Annotated[
    Path | None, typer.Option("--bulk", metavar="FOLDER", help="Everything held, as a data package in a folder.")
]


def export(  # noqa: PLR0913, PLR0917 - each option is an argument
    vote: Annotated[str, typer.Argument(metavar="[VOTE]", help="A vote, by its id.")] = "",
    legislature: Law = None,
    member: Member = "",
    since: Since = None,
    until: Until = None,
    words: Words = "",
    exact: Exact = False,
    status: Status_ = None,
    doubtful: Doubtful = False,
    margin: Margin = None,
    ahead: Ahead = None,
    turned: Turned = False,
    kind: Kind = None,
    result: Result = None,
    group: Group = None,
    stand: Stand = None,
    tables: Tables = None,
    form: Format_ = None,
    to: To = ".",
    bulk: Bulk = None,
) -> None:
    """Write votes into files: a vote, a member's record, or all votes that meet the filters; everything with --bulk."""
    from tracker.domain.reconcile import Verdict
    from tracker.queries.filters import VoteFilter

    if stand and not group:
        raise typer.BadParameter("--stand says how most of a group voted: name it with --group")
    wanted = VoteFilter(
        text=words, exact=exact, legislatures=tuple(legislature or ()), since=since, until=until,
        status=status, verdict=Verdict.DOUBTFUL if doubtful else None, margin=margin,
        ahead=ahead.value if ahead else None, turned=turned, kind=kind, result=result, group=group,
        stand=stand.value if stand else None, sort="oldest",
    )  # fmt: skip
    of_one = VoteFilter(sort="oldest", legislatures=wanted.legislatures if member else ())
    if sum(map(bool, (vote, member, bulk))) > 1:
        raise typer.BadParameter("name one thing: a vote, --member or --bulk")
    if (vote or member or bulk) and wanted != of_one:
        raise typer.BadParameter("filters narrow down a list, not a vote, a member's record or --bulk")
    with record(settings()) as engine:
        if bulk is not None:
            _bulk(engine, bulk)
            return
        name, choice = _choice(engine, vote, member, wanted)
        form = form or next((one for one in Form if to.endswith(f".{one}")), Form.CSV)
        _export(engine, choice, name, _tables(choice, form, tables), form, to)


def _choice(engine: Engine, vote: str, member: str, wanted: VoteFilter) -> tuple[str, Choice]:
    """Return what is to be written, and what its file is called."""
    from tracker.queries.files.chosen import MemberRecord, OneReading
    from tracker.queries.members import one as one_member
    from tracker.queries.votes import one

    if vote:
        view = one(engine, vote)
        if view is None:
            next_step = "`tracker votes --text WORDS` finds votes and lists their ids."
            raise Refusal(f"there is no vote {vote!r} on record", next_step=next_step, code=Exit.UNKNOWN)
        return view.id, OneReading.of(view)
    if member:
        found = one_member(engine, member, next(iter(wanted.legislatures), None))
        if found is None:
            next_step = "The dashboard's page of a member has the id in its address."
            raise Refusal(f"there is no member {member!r} on record", next_step=next_step, code=Exit.UNKNOWN)
        return f"{found.chamber.slug}-{member}", MemberRecord(found.chamber.slug, member)
    return "-".join(wanted.legislatures), wanted


def _tables(choice: Choice, form: Form, named: Sequence[OfVotes] | None) -> tuple[str, ...]:
    from tracker.queries.files.chosen import MemberRecord, OneReading

    if isinstance(choice, MemberRecord):
        return ("record",)
    if named:
        return tuple(dict.fromkeys(str(one) for one in named))
    if form is Form.XLSX and isinstance(choice, OneReading):
        return tuple(map(str, OfVotes))
    return ("ballots",) if isinstance(choice, OneReading) else ("votes",)


def _export(engine: Engine, choice: Choice, name: str, tables: tuple[str, ...], form: Form, to: str) -> None:
    """Write the files, and say where they are."""
    from tracker.publish.files import appearing
    from tracker.queries.files.chosen import snapshot

    apart = [tables] if form in (Form.XLSX, Form.POPOLO) else [(table,) for table in tables]
    if len(apart) > 1 and (to == STDOUT or to.endswith(f".{form}")):
        raise typer.BadParameter(f"{len(apart)} tables of {form} are as many files: name a folder with --to")
    with snapshot(engine) as held, _watched(held.count(choice) * len(tables)) as tell:
        for some in apart:
            make = _make(held, choice, some, form, tell)
            if to == STDOUT:
                _to_stdout(make, form)
                continue
            path = _path(to, name, some, form)
            with appearing(path) as sink:
                rows = make(sink)
            say(f"{path}: {rows} {'votes' if form is Form.POPOLO else 'rows'}")


def _make(
    held: Snapshot, choice: Choice, tables: Sequence[str], form: Form, tell: Tell
) -> Callable[[BinaryIO], int]:  # fmt: skip
    from tracker.publish import popolo
    from tracker.publish.files import write
    from tracker.publish.formats import Format
    from tracker.publish.tables import Table

    if form is Form.POPOLO:
        return lambda sink: popolo.write(held, choice, sink)
    title = ", ".join(tables)
    return lambda sink: write([Table(held, one, choice, tell) for one in tables], Format(form.value), sink, title)


def _path(to: str, name: str, tables: Sequence[str], form: Form) -> Path:
    """Return the file to write: the one named, or one in the folder named."""
    ending = "json" if form is Form.POPOLO else str(form)
    if to.endswith(f".{ending}"):
        return Path(to)
    what = "popolo" if form is Form.POPOLO else tables[0] if len(tables) == 1 else ""
    return Path(to) / f"{'-'.join(filter(None, (name, what)))}.{ending}"


def _to_stdout(make: Callable[[BinaryIO], int], form: Form) -> None:
    if form in (Form.XLSX, Form.PARQUET) and sys.stdout.isatty():
        raise Refusal(f"{form} is nothing to read on a terminal", next_step="Name a file with --to.")
    from tempfile import SpooledTemporaryFile

    # Programs that write these formats go back in the file; a pipe cannot.
    with SpooledTemporaryFile(max_size=1 << 20) as file:
        make(file)  # type: ignore[arg-type]
        file.seek(0)
        while piece := file.read(1 << 16):
            sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()


@contextmanager
def _watched(votes: int) -> Iterator[Tell]:
    with progress() as bar:
        task = bar.add_task("writing", total=votes, note="votes")
        yield lambda seen: bar.advance(task, seen)


def _bulk(engine: Engine, folder: Path) -> None:
    from tracker.publish.package import count, make

    with _watched(count(engine)) as tell:
        made = make(engine, folder, site=settings().public_url, tell=tell)
    if made.rows is None:
        warn(f"{folder}: nothing has changed since it was written")
        return
    for name, rows in made.rows.items():
        say(f"{folder / name}.parquet, .csv.gz: {rows} rows")
