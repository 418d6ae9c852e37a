"""What does a table of comma-separated values say, row by row, and where does it not keep to its form?

Packed tables (`.csv.gz`) are read as they are. Everything that is not as published is an error that names file and
line: nothing is guessed, nothing left out.
"""

from __future__ import annotations

import csv
import gzip
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import IO, cast

from tracker.sources.contract import Unreadable

ENDS = (".csv", ".csv.gz")
LONGEST = 1_000_000
"""Bytes of a line."""
BROKEN = (csv.Error, UnicodeDecodeError, EOFError, zlib.error, gzip.BadGzipFile)
"""What reading a damaged table ends in."""


def tables(paths: Sequence[Path]) -> list[Path]:
    """Return the tables among the paths, those of a folder too, in order."""
    found = []
    for path in paths:
        inside = sorted(one for one in path.iterdir() if one.name.endswith(ENDS)) if path.is_dir() else [path]
        found += inside
    return found


def stem(path: Path) -> str:
    """Return a table's name without its ends: `HSall_votes`."""
    return path.name.removesuffix(".gz").removesuffix(".csv")


@contextmanager
def opened(path: Path) -> Iterator[Iterator[str]]:
    """Open a table, packed or not; each line is decoded by itself, so that what is no text is met where it stands."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rb") as raw:
        yield (line.decode("utf-8" if n else "utf-8-sig") for n, line in enumerate(_lines(cast("IO[bytes]", raw))))


def _lines(raw: IO[bytes]) -> Iterator[bytes]:
    """Yield lines; a packed table of a few megabytes may unpack to one that no memory holds."""
    while line := raw.readline(LONGEST):
        if len(line) == LONGEST:
            raise csv.Error(f"a line of more than {LONGEST:,} bytes")
        yield line


def header(path: Path, wanted: Sequence[str]) -> list[str]:
    """Return the names of a table's columns. Unreadable: `missing_column`, `bad_row`."""
    try:
        with opened(path) as lines:
            names = next(csv.reader(lines), [])
    except BROKEN as error:
        raise Unreadable("bad_row", f"{path.name}, line 1: {error}") from error
    lacking = [name for name in wanted if name not in names]
    if lacking:
        raise Unreadable("missing_column", f"{path.name}, line 1: there is no column {', '.join(lacking)}")
    return names


def rows(path: Path, wanted: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield each row's place (`HSall_members.csv, line 7`) and the wanted columns. Unreadable: `bad_row`."""
    names = header(path, wanted)
    at = [names.index(name) for name in wanted]
    with opened(path) as lines:
        reader = csv.reader(lines, strict=True)
        line = 2
        try:
            for row in islice(reader, 1, None):
                where, line = f"{path.name}, line {line}", reader.line_num + 1
                if len(row) != len(names):
                    raise Unreadable("bad_row", f"{where}: {len(row)} fields, expected {len(names)}")
                if any("\0" in row[i] for i in at):
                    raise Unreadable("bad_row", f"{where}: a field holds a zero byte")
                # A leaf is written with line feeds alone, and a carriage return would end its row.
                yield where, [row[i].strip().replace("\r\n", "\n").replace("\r", "\n") for i in at]
        except BROKEN as error:
            raise Unreadable("bad_row", f"{path.name}, line {line}: {error}") from error


def whole(text: str, name: str, where: str) -> int:
    """Read a whole number; statistics programmes write it with a point (`12.0`). Unreadable: `bad_number`."""
    digits = text.removesuffix(".0")
    if not is_whole(digits):
        raise Unreadable("bad_number", f"{where}: {name} holds {text[:40]!r}, expected a whole number")
    return int(digits)


def is_whole(text: str) -> bool:
    """Whether a text is a whole number of at most nine figures."""
    return text.isascii() and text.isdigit() and len(text) < 10
