"""How do a few rows become a file that a spreadsheet opens without running what a site wrote into it?"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from tracker.publish.guard import safe

Cell = str | int | float | None


def cell(value: Cell) -> Cell:
    """Return a value as a cell that nothing runs: text that looks like a formula gets an apostrophe in front.

    >>> cell("=1+1"), cell("-3"), cell(-3), cell("Ana")
    ("'=1+1", "'-3", -3, 'Ana')
    """
    return safe(value) if isinstance(value, str) else value


def sheet(head: Sequence[str], rows: Iterable[Sequence[Cell]], *, bom: bool = True) -> str:
    """Return rows as CSV (RFC 4180); `bom`: begun as Excel wants it, which knows UTF-8 by nothing else."""
    written = io.StringIO()
    written.write("\ufeff" if bom else "")
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow([cell(name) for name in head])
    writer.writerows([cell(value) for value in row] for row in rows)
    return written.getvalue()
