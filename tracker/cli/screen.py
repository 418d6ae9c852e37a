"""How does text reach the terminal: nothing scraped is taken for a command, no colour where nobody sees it?"""

from __future__ import annotations

import json
import logging
import os
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress
    from rich.table import Table
    from rich.text import Text

_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""Categories of characters that steer a terminal or the order of letters instead of showing something."""
WIDE = 160
"""Columns of a table that goes into a file or another programme."""
_ALLOWED = {"\u00ad": "-", "\u200d": ""}


def plain(text: object) -> str:
    """Return text without anything that steers a terminal: escape sequences, line ends, changes of direction."""
    return "".join(_ALLOWED.get(sign, " ") if unicodedata.category(sign) in _UNSEEN else sign for sign in str(text))


def text(value: object, style: str = "") -> Text:
    """Return text for rich as it stands: brackets in it are brackets."""
    from rich.text import Text

    return Text(plain(value), style=style)


@lru_cache(maxsize=2)
def _console(*, stderr: bool) -> Console:
    from rich.console import Console

    console = Console(stderr=stderr, markup=False, highlight=False, emoji=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = WIDE
    return console


def out() -> Console:
    """The console for results."""
    return _console(stderr=False)


def err() -> Console:
    """The console for everything that is no result: progress, warnings, errors."""
    return _console(stderr=True)


def say(value: object, style: str = "") -> None:
    """Print a line of results, never broken."""
    out().print(text(value, style), soft_wrap=True)


def warn(value: object, style: str = "") -> None:
    """Print a line beside the results."""
    err().print(text(value, style), soft_wrap=True)


def table(*columns: str, title: str | None = None) -> Table:
    """Return an empty table with a line under its head; cells are `text`, which cannot be taken for markup."""
    from rich import box
    from rich.table import Table

    rows = Table(box=box.SIMPLE_HEAD, title=title, title_justify="left", title_style="bold", pad_edge=False)
    for column in columns:
        rows.add_column(column, overflow="fold")
    return rows


def write_json(value: Any, *, lines: bool = False) -> None:
    """Print a value as JSON, on one line if it is one of many. Nothing else may be on standard output then."""
    print(json.dumps(value, ensure_ascii=False, indent=None if lines else 2), flush=not lines)


@contextmanager
def progress() -> Iterator[Progress]:
    """Show a bar on standard error while the block runs, if somebody watches; it is gone afterwards."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    bar = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[note]}", markup=False),
        console=err(),
        transient=True,
        disable=not err().is_terminal,
    )
    with bar:
        yield bar


class _Lines(logging.Formatter):
    """One line a message, without anything that steers a terminal; tracebacks only where they were asked for."""

    def __init__(self, *, traces: bool) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(message)s", "%H:%M:%S")
        self._traces = traces

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        record.message = plain(record.message)
        return super().formatMessage(record)

    def formatException(self, ei: Any) -> str:  # noqa: N802
        return super().formatException(ei) if self._traces else f"  ({ei[0].__name__}; --debug shows where)"


def log_to_stderr(level: str, *, debug: bool) -> None:
    """Send the log to standard error. Libraries that report every request are heard from WARNING on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Lines(traces=debug))
    root = logging.getLogger()
    for old in list(root.handlers):
        if isinstance(old.formatter, _Lines):
            root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(logging.DEBUG if debug else level)
    for name in ("httpx", "httpcore", "hpack", "h2", "apscheduler", "alembic", "asyncio", "tzlocal", "procrastinate"):
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)
