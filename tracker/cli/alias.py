"""What is a vote or a bill called in the press? Names are added and taken back with a reason; nothing is deleted."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracker.cli import completion
from tracker.cli.codes import EPILOG, Exit, Refusal
from tracker.cli.ground import AsJson, database, record, settings
from tracker.cli.screen import say, write_json
from tracker.domain.people import fold

if TYPE_CHECKING:
    from tracker.domain.aliases import Alias
    from tracker.domain.bills import Bill
    from tracker.storage.engine import Engine

group = typer.Typer(help="What votes and bills are called in the press.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(metavar="NAME", help='As it is used: "Ley Soto".')]
By = Annotated[str, typer.Option("--by", metavar="WHO", help="Who says so.")]
Because = Annotated[str, typer.Option("--because", metavar="REASON", help="Why.")]
OfVote = Annotated[str, typer.Option("--vote", metavar="ID", help="The vote it names.")]
OfBill = Annotated[str, typer.Option("--bill", metavar="NUMBER", help="The bill it names, as `tracker bill` takes it.")]
Chamber = Annotated[
    str,
    typer.Option(
        "--legislature",
        metavar="SLUG",
        help="Whose bill, if several have the number.",
        autocompletion=completion.places,
    ),
]
Period = Annotated[str, typer.Option("--period", metavar="PERIOD", help="Of which period, as 2021-2026.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.add_typer(group, name="alias")


@group.command(epilog=EPILOG)
def add(
    name: Name,
    source: Annotated[str, typer.Option("--source", metavar="URL", help="Where somebody is seen to use the name.")],
    by: By,
    because: Because,
    vote: OfVote = "",
    bill: OfBill = "",
    legislature: Chamber = "",
    period: Period = "",
) -> None:
    """Say what a vote or a bill is called in the press. It is found by that name from now on."""
    from tracker.domain.aliases import Alias

    with record(settings()) as engine:
        named = _bill(engine, bill, legislature, period) if bill else None
        if vote:
            _require(engine, vote)
    try:
        alias = Alias(name=name, vote=vote, bill=named, source=source, by=by, because=because,
                      on=datetime.now(UTC).date())  # fmt: skip
    except ValueError as error:
        raise Refusal(str(error), code=Exit.WRONG_USE) from error
    _write(alias, gone=False)
    say(f"{name} is {_what(alias)}")


@group.command("list", epilog=EPILOG)
def list_(as_json: AsJson = False) -> None:
    """List the names in force: those that come with the programme and those of this database."""
    from tracker.queries.aliases import in_force

    with record(settings()) as engine:
        found = in_force(engine)
    if as_json:
        write_json([_shape(alias) for alias in found])
        return
    for alias in found:
        say(f"{alias.name}  {_what(alias)}", "bold")
        say(f"  {alias.because}")
        say(f"  {alias.source}", "cyan")
        say(f"  added by {alias.by}, {alias.on.isoformat()}", "dim")
    if not found:
        say("no vote or bill has another name")


@group.command(epilog=EPILOG)
def remove(
    name: Name,
    by: By,
    because: Because,
    vote: OfVote = "",
    bill: Annotated[str, typer.Option("--bill", metavar="NUMBER", help="Only as a name of this bill.")] = "",
) -> None:
    """Take a name back. That it was there, who took it back and why is kept."""
    from tracker.queries.aliases import in_force

    with record(settings()) as engine:
        found = [
            alias
            for alias in in_force(engine)
            if fold(alias.name) == fold(name)
            and (not vote or alias.vote == vote)
            and (not bill or (alias.bill is not None and alias.bill.number == bill))
        ]
    if not found:
        raise Refusal(f"nothing is called {name!r}", next_step="`tracker alias list` lists names.", code=Exit.UNKNOWN)
    for alias in found:
        try:
            _write(replace(alias, by=by, because=because), gone=True)
        except ValueError as error:
            raise Refusal(str(error), code=Exit.WRONG_USE) from error
        say(f"{alias.name} is no longer {_what(alias)}")


def _write(alias: Alias, *, gone: bool) -> None:
    from tracker.storage.aliases import record as put

    with database(settings()) as engine:
        put(engine, alias, gone=gone)


def _bill(engine: Engine, number: str, legislature: str, period: str) -> Bill:
    """Return the one bill that a number means. Refusal if it means none, or several."""
    from tracker.domain.bills import Bill
    from tracker.queries.bills import find

    keys = [Bill(each.number, each.period, each.legislature) for each in find(engine, number)]
    found = [key for key in keys if legislature in ("", key.legislature) and period in ("", key.period)]
    if len(found) == 1:
        return found[0]
    meant = "; ".join(f"--legislature {key.legislature} --period {key.period}" for key in found)
    if found:
        raise Refusal(f"{number} means several bills", next_step=f"Say which: {meant}", code=Exit.WRONG_USE)
    raise Refusal(
        f"there is no bill {number!r} on record", next_step="`tracker bill NUMBER` shows bills.", code=Exit.UNKNOWN
    )


def _require(engine: Engine, vote: str) -> None:
    from tracker.queries.votes import named

    if not named(engine, [vote]):
        raise Refusal(f"there is no vote {vote!r} on record", next_step="`tracker votes` lists ids.", code=Exit.UNKNOWN)


def _what(alias: Alias) -> str:
    if alias.bill is None:
        return f"vote {alias.vote}"
    return f"bill {alias.bill.number} of {alias.bill.legislature}, {alias.bill.period}"


def _shape(alias: Alias) -> dict[str, Any]:
    return asdict(alias) | {"vote": alias.vote or None, "on": alias.on.isoformat()}
