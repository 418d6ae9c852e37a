"""How are tables of comma-separated values read strictly, and which of their slips are read past, and said?"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Sequence

from tracker.sources.contract import Unreadable

MOST_ROWS = 400
MOST_LETTERS = 20_000
"""Of one cell. The longest note seen has 1,600."""


def text(content: bytes, where: str) -> str:
    """Decode a file. Unreadable: `wrong_encoding`, also where a zero byte stands, which no database takes."""
    try:
        decoded = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable("wrong_encoding", f"{where}: byte {error.start} is not UTF-8; it is not read") from error
    if "\0" in decoded:
        raise Unreadable("wrong_encoding", f"{where}: it holds zero bytes; it is not read")
    return decoded


def rows(content: bytes, where: str, columns: Sequence[str], *, perhaps: Collection[str] = ()) -> list[tuple[str, ...]]:
    """Read a table that has these columns; those of `perhaps` may be there too. Return the cells in that order.

    A column of `perhaps` that is not there gives empty cells. Unreadable: `wrong_encoding`, `broken_table`, `columns`,
    `too_large`.
    """
    head, *body = _strict(text(content, where), where)
    names = [cell.strip() for cell in head]
    if len(set(names)) < len(names) or not set(columns) <= set(names) <= {*columns, *perhaps}:
        message = f"{where}: its columns are {', '.join(names)[:200]!r}, expected {', '.join(columns)}"
        raise Unreadable("columns", message)
    places = [names.index(column) if column in names else None for column in (*columns, *perhaps)]
    found = []
    for number, cells in enumerate(body, 2):
        if len(cells) != len(names):
            raise Unreadable("broken_table", f"{where}: row {number} has {len(cells)} cells, the head {len(names)}")
        found.append(tuple("" if place is None else _plain(cells[place]) for place in places))
    return found


def pairs(content: bytes, where: str, columns: tuple[str, str]) -> tuple[list[tuple[str, str]], bool]:
    """Read a table of two columns, and say whether its quotes are in order.

    Where they are not (`16:39,","El presidente …"`), each line is read by itself: what stands before its first comma,
    and what stands after it without the quotes around it. Unreadable as for `rows`.
    """
    whole = text(content, where)
    regular = True
    try:
        table = _strict(whole, where)
    except Unreadable:
        table, regular = [], False
    if not all(len(cells) == 2 for cells in table):
        regular = False
    if not regular:
        lines = [line for line in whole.splitlines() if line.strip()]
        table = [[first, rest.strip(' ",')] for first, _, rest in (line.partition(",") for line in lines)]
    if not table or tuple(cell.strip() for cell in table[0]) != columns:
        raise Unreadable("columns", f"{where}: its first line is not {','.join(columns)}")
    _bounded(table, where)
    return [(_plain(first), _plain(second)) for first, second in table[1:]], regular


def number(cell: str, where: str) -> int:
    """Read a count. Unreadable: `not_a_number`."""
    if not (cell.isascii() and cell.isdecimal()) or len(cell) > 4:
        raise Unreadable("not_a_number", f"{where}: {cell[:40]!r} stands where a count should")
    return int(cell)


def _strict(whole: str, where: str) -> list[list[str]]:
    try:
        table = [cells for cells in csv.reader(io.StringIO(whole, newline=""), strict=True) if cells]
    except csv.Error as error:
        raise Unreadable("broken_table", f"{where}: {error}; open it to see what stands there") from error
    if not table:
        raise Unreadable("empty", f"{where}: the file is empty")
    _bounded(table, where)
    return table


def _bounded(table: Sequence[Sequence[str]], where: str) -> None:
    if len(table) > MOST_ROWS or any(len(cell) > MOST_LETTERS for cells in table for cell in cells):
        message = f"{where}: more than {MOST_ROWS} rows, or {MOST_LETTERS:,} letters in one cell; look at it"
        raise Unreadable("too_large", message)


def _plain(cell: str) -> str:
    return " ".join(cell.split())
