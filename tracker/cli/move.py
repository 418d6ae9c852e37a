"""How does a whole database get to another engine, and how does one know that all of it did?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracker.cli.codes import EPILOG, Exit, Refusal
from tracker.cli.ground import AsJson
from tracker.cli.screen import progress, say, table, warn, write_json

if TYPE_CHECKING:
    from tracker.queries.database import Engine
    from tracker.storage.moving import Moved


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command(epilog=EPILOG)(move)


def move(
    source: Annotated[str, typer.Argument(metavar="FROM", help="Address of the database to carry over.")],
    target: Annotated[str, typer.Argument(metavar="TO", help="Address of an empty database, of either engine.")],
    as_json: AsJson = False,
) -> None:
    """Carry a whole database over to another, SQLite or PostgreSQL, and prove that nothing was lost or altered.

    Stop what collects first: a copy that missed something written meanwhile is refused. It is carried over in one
    transaction: whatever interrupts that leaves the other database empty.
    """
    from tracker.queries.database import connect, data_version
    from tracker.storage.moving import Changed, Occupied, size
    from tracker.storage.moving import move as carry

    before, after = connect(source), _writable(target)
    try:
        as_it_was = data_version(before)
        with progress() as bar:
            task = bar.add_task("moving", total=size(before), note="")
            found = carry(before, after, lambda name, rows: bar.update(task, advance=rows, note=name))
        answers = _compare(before, target)
        if data_version(before) != as_it_was:
            raise Refusal(
                "something was written to the old database meanwhile, and is not in the new one",
                next_step="Stop what collects, empty the new database and move again.",
            )
    except Occupied as error:
        raise Refusal(str(error), next_step="Name an empty database; `createdb NAME` makes one.") from error
    except Changed as error:
        _report(error.found, {}, as_json=as_json)
        raise Refusal(f"{error}; the other database was left empty", next_step="Please report this.") from error
    finally:
        before.dispose()
        after.dispose()
    _report(found, answers, as_json=as_json)
    if any(answers.values()):
        raise typer.Exit(Exit.FAILED)


def _writable(url: str) -> Engine:
    from tracker.queries.database import connect
    from tracker.storage.engine import open_engine

    connect(url).dispose()  # says what is wrong with an address that is none
    return open_engine(url)


def _compare(before: Engine, target: str) -> dict[str, bool]:
    """Ask both databases the same; return each question with whether the answers differ."""
    from tracker.pipeline.moving import differing
    from tracker.queries.database import connect

    after = connect(target)
    try:
        with progress() as bar:
            task = bar.add_task("asking both", total=None, note="")
            answers = {}
            for name, differs in differing(before, after):
                answers[name] = differs
                bar.update(task, advance=1, note=name)
        return answers
    finally:
        after.dispose()


def _report(found: Sequence[Moved], answers: dict[str, bool], *, as_json: bool) -> None:
    differing = [name for name, differs in answers.items() if differs]
    if as_json:
        shape: dict[str, Any] = {
            "tables": [{"table": one.table, **one.before._asdict(), "same": one.same} for one in found],
            "answers": len(answers),
            "differing": differing,
        }  # fmt: skip
        write_json(shape)
        return
    from tracker.cli.screen import out

    rows = table("table", "rows", "digest of the rows", "arrived")
    for one in found:
        arrived = "the same" if one.same else f"{one.after.rows} rows, {one.after.digest[:12]}"
        rows.add_row(one.table, f"{one.before.rows}", one.before.digest[:12], arrived)
    out().print(rows)
    same = sum(one.same for one in found)
    say(f"{sum(one.before.rows for one in found)} rows; {same} of {len(found)} tables the same on both sides")
    if answers:
        say(f"{len(answers)} questions put to both; {len(answers) - len(differing)} answered the same")
    for name in differing:
        warn(f"another answer: {name}", "red")
