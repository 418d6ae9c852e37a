"""What does a command stand on: settings, sources, the database, the archive?"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracker.cli.codes import Exit, Refusal

if TYPE_CHECKING:
    from tracker.settings import Settings
    from tracker.sources.contract import Source, Window
    from tracker.storage.engine import Engine


def a_date(text: str) -> date:
    """Read a day as `2023-05-18`. A wrong one is a wrong use of the command."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is no date; write it as 2023-05-18") from error


_FIRST = typer.Option("--since", parser=a_date, metavar="DATE", help="First sitting day, as 2023-05-18.")
Since = Annotated[date | None, _FIRST]
FromDay = Annotated[date, _FIRST]
Until = Annotated[
    date | None, typer.Option("--until", parser=a_date, metavar="DATE", help="Last sitting day, included.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, and nothing else, on standard output.")]


def settings(**instead: Any) -> Settings:
    """Return the settings in force, with some replaced by options. Refusal names a wrong one."""
    from pydantic import ValidationError
    from pydantic_settings import SettingsError

    from tracker.settings import Settings

    try:
        chosen = Settings(**{name: value for name, value in instead.items() if value is not None})
    except SettingsError as error:
        raise Refusal(f"a setting cannot be read: {error}", next_step=_WHERE, code=Exit.WRONG_USE) from error
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"][:1]) or "a setting"
        message = f"ESCRUTINIO_{name.upper()}: {first['msg']}"
        raise Refusal(message, next_step=_WHERE, code=Exit.WRONG_USE) from error
    root = logging.getLogger()
    if root.level != logging.DEBUG:
        try:
            root.setLevel(chosen.log_level.upper())
        except ValueError as error:
            message = f"ESCRUTINIO_LOG_LEVEL: {chosen.log_level!r} is no level; use DEBUG, INFO, WARNING or ERROR"
            raise Refusal(message, next_step=_WHERE, code=Exit.WRONG_USE) from error
    return chosen


_WHERE = "Settings are read from the environment and from `.env` in this folder; docs/settings.md lists them."


def source(slug: str) -> Source:
    """Return a source. Refusal lists those there are."""
    from tracker.sources.catalogue import MODULES
    from tracker.sources.catalogue import source as find

    if slug not in MODULES:
        raise Refusal(
            f"there is no source {slug!r}; known: {', '.join(MODULES)}",
            next_step="`tracker sources` says what each of them is.",
            code=Exit.UNKNOWN,
        )
    return find(slug)


def asked(slug: str) -> Source:
    """Return a source that has a site to ask. Refusal for one whose documents are brought in by hand."""
    found = source(slug)
    if not found.sheet.asked:
        raise Refusal(
            f"{slug} is never asked for over the network",
            next_step="`tracker import --help` says how its documents are brought in.",
            code=Exit.WRONG_USE,
        )
    return found


def window(since: date | None, until: date | None, sheet_today: date) -> Window | None:
    """Return the days somebody named, open ends closed; None if nobody named any."""
    from tracker.sources.contract import Window

    if since is None and until is None:
        return None
    end = until or max(sheet_today, since or sheet_today)
    begin = since or end
    if end < begin:
        raise typer.BadParameter(f"--until {end} lies before --since {begin}")
    return Window(begin, end)


@contextmanager
def database(chosen: Settings, *, upgrade: bool = False) -> Iterator[Engine]:
    """Open the database to write. An empty one gets its tables; one of another version only if `upgrade` says so."""
    from tracker.storage.engine import open_engine, require_current, version
    from tracker.storage.engine import upgrade as bring_up

    engine = open_engine(chosen.database)
    try:
        if upgrade or version(engine) is None:
            bring_up(engine)
        require_current(engine)
        yield engine
    finally:
        engine.dispose()


@contextmanager
def record(chosen: Settings) -> Iterator[Engine]:
    """Open the database to read only. Refusal says which command makes it if there is none."""
    from tracker.queries.database import connect, data_version

    engine = connect(chosen.database)
    try:
        data_version(engine)
        yield engine
    finally:
        engine.dispose()
