"""Is what is kept sound: the database's tables, and every byte of the archive?"""

from __future__ import annotations

from typing import Any

import typer

from tracker.cli.codes import EPILOG, Exit
from tracker.cli.ground import AsJson, settings
from tracker.cli.screen import progress, say, warn, write_json

db = typer.Typer(help="The database's tables.", no_args_is_help=True)
archive = typer.Typer(help="The archive of everything ever fetched.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.add_typer(db, name="db")
    app.add_typer(archive, name="archive")


@db.callback()
def _about_db() -> None:
    """Keep `db` a group although it has one command."""


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
