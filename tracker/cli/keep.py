"""Is what is kept sound: the database's tables, who may read them, and every byte of the archive?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.codes import EPILOG, Exit, Refusal
from tracker.cli.ground import AsJson, database, settings
from tracker.cli.screen import progress, say, warn, write_json

if TYPE_CHECKING:
    from tracker.archive.checking import Checked
    from tracker.archive.store import Store

db = typer.Typer(help="The database's tables.", no_args_is_help=True)
archive = typer.Typer(help="The archive of everything ever fetched.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.add_typer(db, name="db")
    app.add_typer(archive, name="archive")


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
    from tracker.archive.store import Store

    store = Store(settings().archive)
    checked, left, problems = _checked(store)
    if as_json:
        write_json(
            {"archive": str(store.root), "checked": checked, "temporary": left, "problems": _shape(store, problems)}
        )
    else:
        _list(store, problems)
        say(f"{checked} files checked in {store.root}, {len(problems)} not sound, {left} half-written (harmless)")
    if problems:
        warn("Restore those files from a backup of the archive, then run `tracker archive verify` again.")
        raise typer.Exit(Exit.FAILED)


@archive.command(epilog=EPILOG)
def move(
    source: Annotated[str, typer.Argument(metavar="FROM", help="A folder, or s3://bucket/prefix. It stays as it is.")],
    target: Annotated[str, typer.Argument(metavar="TO", help="A folder, or s3://bucket/prefix.")],
    no_verify: Annotated[
        bool, typer.Option("--no-verify", help="Do not read everything there again at the end.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Carry an archive to another place. Broken off, the same command goes on.

    Nothing damaged is brought along; FROM stays as it is. To use TO, set ESCRUTINIO_ARCHIVE to it.
    """
    from tracker.archive.carry import carry
    from tracker.archive.store import Store

    old, new = Store(settings(archive=source).archive), Store(settings(archive=target).archive)
    if isinstance(old.root, Path) and not old.root.is_dir():
        raise Refusal(f"there is no archive at {old.root}", code=Exit.WRONG_USE)
    with progress() as bar:
        task = bar.add_task("carried", total=None, note="")
        carried = carry(old, new, lambda done, total: bar.update(task, completed=done, total=total))
    checked, _, problems = (0, 0, []) if no_verify else _checked(new)
    if as_json:
        write_json(
            {
                "from": str(old.root), "to": str(new.root), "brought": carried.brought, "there": carried.there,
                "behind": _shape(old, carried.behind), "checked": checked, "problems": _shape(new, problems),
            }
        )  # fmt: skip
    else:
        _list(old, carried.behind)
        _list(new, problems)
        say(f"{carried.brought} files brought to {new.root}, {carried.there} were there, {checked} checked there")
    if carried.behind:
        warn(f"What is not sound in {old.root} was not brought. Restore it and run the same command again.")
    if problems:
        warn(f"Remove what is not sound in {new.root}, and run the same command again.")
    if carried.behind or problems:
        raise typer.Exit(Exit.FAILED)


def _checked(store: Store) -> tuple[int, int, list[Checked]]:
    """Read every file; return how many there are, how many are half-written, and those that are not sound."""
    from tracker.archive.checking import State

    count, left, problems = 0, 0, []
    with progress() as bar:
        task = bar.add_task("archive", total=None, note="")
        for file in store.verify():
            count += 1
            if file.state is State.TEMPORARY:
                left += 1
            elif file.state is not State.OK:
                problems.append(file)
            bar.update(task, completed=count, note=f"{len(problems)} problems")
    return count, left, problems


def _shape(store: Store, files: list[Checked]) -> list[dict[str, str]]:
    return [{"path": store.place.where(f.name), "state": f.state.value, "problem": f.problem} for f in files]


def _list(store: Store, files: list[Checked]) -> None:
    for file in files:
        say(f"{file.state.value}: {store.place.where(file.name)}: {file.problem}", "red")
