"""How do a few rows become a file that a spreadsheet opens without running what a site wrote into it?"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

Cell = str | int | float | None
_NUL = "\x00"
_RUN = re.compile("^[\t\r\n]|(^|[\t\r\n;])[ \x0b\x0c\u00a0\u200b-\u200f\u2028\u2029\u2060\ufeff]*[=+\\-@＝＋－＠]")
"""What a spreadsheet takes for a formula: a sign that begins a cell, or would in a programme with other separators."""


def cell(value: Cell) -> Cell:
    """Return a value as a cell that nothing runs: text that looks like a formula gets an apostrophe in front.

    >>> cell("=1+1"), cell("-3"), cell(-3), cell("Ana")
    ("'=1+1", "'-3", -3, 'Ana')
    """
    if not isinstance(value, str):
        return value
    bare = value.replace(_NUL, "")
    return f"'{bare}" if _RUN.search(bare) else bare


def sheet(head: Sequence[str], rows: Iterable[Sequence[Cell]], *, bom: bool = True) -> str:
    """Return rows as CSV (RFC 4180); `bom`: begun as Excel wants it, which knows UTF-8 by nothing else."""
    written = io.StringIO()
    written.write("\ufeff" if bom else "")
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow([cell(name) for name in head])
    writer.writerows([cell(value) for value in row] for row in rows)
    return written.getvalue()
