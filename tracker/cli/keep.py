"""Is what is kept sound: the database's tables, who may read them, and every byte of the archive?"""

from __future__ import annotations

from typing import Annotated, Any

import typer

from tracker.cli.codes import EPILOG, Exit, Refusal
from tracker.cli.ground import AsJson, database, settings
from tracker.cli.screen import progress, say, warn, write_json

db = typer.Typer(help="The database's tables.", no_args_is_help=True)
archive = typer.Typer(help="The archive of everything ever fetched.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.add_typer(db, name="db")
    app.add_typer(archive, name="archive")


@archive.callback()
def _about_archive() -> None:
    """Keep `archive` a group although it has one command."""


@db.command(epilog=EPILOG)
def upgrade() -> None:
    """Create the tables, or bring them up to date. Nothing is lost; does nothing if they are."""
    from tracker.storage.engine import newest, open_engine, version
    from tracker.storage.engine import upgrade as bring_up

    chosen = settings()
    engine = open_engine(chosen.database)
    try:
        before = version(engine)
        bring_up(engine)
    finally:
        engine.dispose()
    if before == newest():
        say(f"the database is up to date (version {before})")
    else:
        say(f"the database is now at version {newest()} (before: {before or 'empty'})")


@db.command(epilog=EPILOG)
def reader(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The role; made if it is not there.")],
) -> None:
    """Let a role of PostgreSQL read everything, now and later, and write nothing: for the dashboard."""
    from tracker.storage.roles import make_reader

    with database(settings()) as engine:
        if engine.dialect.name != "postgresql":
            raise Refusal("only PostgreSQL has roles; SQLite is opened read-only as it is", code=Exit.WRONG_USE)
        new = make_reader(engine, name)
    say(f"the role {name} {'was made and ' if new else ''}may read everything, and write nothing")


@archive.command(epilog=EPILOG)
def verify(as_json: AsJson = False) -> None:
    """Read every file of the archive and compare it with its name; say which are not what they should be."""
    from tracker.archive.store import State, Store

    root = settings().archive
    checked, left, problems = 0, 0, []
    with progress() as bar:
        task = bar.add_task("archive", total=None, note="")
        for file in Store(root).verify():
            checked += 1
            if file.state is State.TEMPORARY:
                left += 1
            elif file.state is not State.OK:
                problems.append(file)
            bar.update(task, completed=checked, note=f"{len(problems)} problems")
    if as_json:
        shape: dict[str, Any] = {
            "archive": str(root),
            "checked": checked,
            "temporary": left,
            "problems": [{"path": str(p.path), "state": p.state.value, "problem": p.problem} for p in problems],
        }
        write_json(shape)
    else:
        for problem in problems:
            say(f"{problem.state.value}: {problem.path}: {problem.problem}", "red")
        say(f"{checked} files checked in {root}, {len(problems)} not sound, {left} half-written (harmless)")
    if problems:
        warn("Restore those files from a backup of the archive, then run `tracker archive verify` again.")
        raise typer.Exit(Exit.FAILED)
