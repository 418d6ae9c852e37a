"""How are tables written as a workbook: typed cells, a head that stays in sight, and a sheet that explains columns?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any, BinaryIO

import pyarrow as pa
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tracker.publish.codebook import HEAD, Column, Kind, Sheet, lines
from tracker.publish.guard import risky

ROWS = 1_048_575
"""Rows of a sheet, its head left out; what is more goes on in another sheet."""
LONGEST = 32_767
"""Characters of a cell."""
FIRST_YEAR = 1901
"""Spreadsheets count days from 1900, and wrongly at first; older days are text."""
WIDTHS = {Kind.INTEGER: 9, Kind.FLAG: 9, Kind.DATE: 11, Kind.CLOCK: 19, Kind.MOMENT: 19, Kind.TEXT: 60, Kind.WORD: 18}
Cell = Callable[[Worksheet, int, int, Any], object]


class Book:
    """A workbook that keeps one row in memory."""

    def __init__(self, sink: BinaryIO, title: str) -> None:
        self._book = Workbook(
            sink, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )  # fmt: skip
        self._book.set_properties({"title": title[:250], "author": "Escrutinio"})
        self._head = self._book.add_format({"bold": True, "bottom": 1})
        self._typed = self._book.add_format({"quote_prefix": True})
        self._wrapped = self._book.add_format({"text_wrap": True, "valign": "top"})
        self._cells: dict[Kind, Cell] = {
            Kind.WORD: self._text,
            Kind.TEXT: self._text,
            Kind.INTEGER: lambda sheet, row, column, value: sheet.write_number(row, column, value),
            Kind.FLAG: lambda sheet, row, column, value: sheet.write_boolean(row, column, value),
            Kind.DATE: self._dated("yyyy-mm-dd"),
            Kind.CLOCK: self._dated("yyyy-mm-dd hh:mm"),
            Kind.MOMENT: self._dated("yyyy-mm-dd hh:mm:ss"),
        }

    def add(self, sheet: Sheet, batches: Iterable[pa.RecordBatch]) -> int:
        """Write a table; return how many rows."""
        page = self._page(sheet, sheet.name)
        cells = [self._cells[column.kind] for column in sheet.columns]
        rows, row, pages = 0, 0, 1
        for batch in batches:
            for values in zip(*(batch.column(c.name).to_pylist() for c in sheet.columns), strict=True):
                if row == ROWS:
                    pages += 1
                    page, row = self._page(sheet, f"{sheet.name} {pages}"), 0
                row += 1
                for column, value in enumerate(values):
                    if value is not None:
                        cells[column](page, row, column, value)
            rows += batch.num_rows
        return rows

    def close(self, sheets: Sequence[Sheet]) -> None:
        """Explain the columns of the tables in a sheet of their own, and end the file."""
        page = self._book.add_worksheet("codebook")
        page.freeze_panes(1, 0)
        for column, width in enumerate((15, 20, 10, 70, 70, 10)):
            page.set_column(column, column, width)
        page.write_row(0, 0, HEAD, self._head)
        for row, line in enumerate(lines(sheets), 1):
            for column, text in enumerate(line):
                page.write_string(row, column, text, self._wrapped)
        self._book.close()

    def _page(self, sheet: Sheet, name: str) -> Worksheet:
        page = self._book.add_worksheet(name)
        page.freeze_panes(1, 1)
        page.autofilter(0, 0, ROWS, len(sheet.columns) - 1)
        for place, column in enumerate(sheet.columns):
            page.set_column(place, place, _width(column))
            page.write_string(0, place, column.name, self._head)
        return page

    def _text(self, sheet: Worksheet, row: int, column: int, value: str) -> None:
        """Write text as text: never a number, a formula or a link, nor one when somebody edits the cell."""
        shown = value if len(value) <= LONGEST else f"{value[: LONGEST - 1]}…"
        sheet.write_string(row, column, shown, self._typed if risky(shown) else None)

    def _dated(self, form: str) -> Cell:
        written: Format = self._book.add_format({"num_format": form})

        def write(sheet: Worksheet, row: int, column: int, value: date | datetime) -> None:
            if value.year < FIRST_YEAR:
                sheet.write_string(row, column, value.isoformat())
                return
            bare = value.replace(tzinfo=None) if isinstance(value, datetime) else value
            sheet.write_datetime(row, column, bare, written)

        return write


def _width(column: Column) -> int:
    return max(WIDTHS[column.kind], min(len(column.name) + 3, 24))
