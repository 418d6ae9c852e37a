"""Is the table of the form found where it is, row for row, and nowhere else?"""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pypdfium2 as pdfium
import pytest
from drawn_sheets import ATTENDANCE, FAX, VOTE, scan

from tracker.archive.ocr import grid, picture
from tracker.archive.ocr.grid import Grid
from tracker.archive.ocr.picture import Picture
from tracker.demo.draw_sheet import Shape
from tracker.demo.scanned import Scanner
from tracker.demo.sheet_facts import Sheet
from tracker.sources.peru import form, sheets

FORM = form.of(sheets.SHEET.codes)
COLUMNS = [44, 44, 42]


def seen(content: bytes, turned: int = 0) -> Picture:
    pdf = pdfium.PdfDocument(content)
    try:
        return picture.straight(picture.render(pdf[0]), turned)
    finally:
        pdf.close()


def found(picture: Picture) -> Grid:
    table = grid.find(picture, FORM)
    assert table is not None
    return table


@pytest.mark.parametrize("sheet", [VOTE, ATTENDANCE], ids=["vote", "attendance"])
@pytest.mark.parametrize("dpi", [150, 200, 300])
@pytest.mark.parametrize("depth", ["bilevel", "colour"])
def test_every_row_of_the_roll_is_found(sheet: Sheet, dpi: int, depth: str) -> None:
    page = seen(scan(sheet, scanner=Scanner(dpi=dpi, depth=depth)))  # type: ignore[arg-type]
    table = found(page)
    assert [len(column.rows) for column in table.columns] == COLUMNS
    assert table.is_sure
    steps = np.diff(table.columns[0].rows)
    assert steps.min() >= 26
    assert steps.max() <= 34


@pytest.mark.parametrize("degrees", [-1.5, 0.8, 2.0])
def test_a_tilted_page_has_the_same_rows(degrees: float) -> None:
    assert [
        len(column.rows) for column in found(seen(scan(VOTE, scanner=replace(FAX, tilt=degrees)))).columns
    ] == COLUMNS


def test_each_cell_lies_around_its_print() -> None:
    page = seen(scan(VOTE))
    table = found(page)
    cells = dict(table.cells())
    assert len(cells) == 130 * 3
    assert set(cells) == {(c, r, k) for c, rows in enumerate(COLUMNS) for r in range(rows) for k in range(3)}
    for place, (left, top, right, bottom) in cells.items():
        ink = page.ink[top:bottom, left:right]
        assert np.count_nonzero(ink) > 12, place
        inside = np.flatnonzero(ink.any(axis=1))
        assert inside[0] >= 1, place
        assert inside[-1] <= bottom - top - 2, place
    left, top, right, bottom = table.box
    assert all(left <= box[0] and top <= box[1] and box[3] <= bottom for box in cells.values())


def test_a_page_upside_down_has_no_sure_table() -> None:
    table = grid.find(seen(scan(VOTE), 180), FORM)
    assert table is None or not table.is_sure


@pytest.mark.parametrize("cut", [110, 130])
def test_a_page_that_begins_amid_its_first_column_has_all_its_rows(cut: int) -> None:
    """The sheet lay askew on the glass: its first column is cut through, or not on the picture at all."""
    table = found(picture.straight(np.ascontiguousarray(seen(scan(VOTE)).grey[:, cut:]), 0))
    assert [len(column.rows) for column in table.columns] == COLUMNS
    assert table.columns[0].lefts[0] < table.columns[0].lefts[1] - 40


def test_rows_under_a_blot_keep_their_place() -> None:
    """Names painted over in the middle of a column: their groups and codes still stand in line."""
    page = seen(scan(VOTE))
    table = found(page)
    cells = dict(table.cells())
    for row in (10, 11):
        left, top, right, bottom = cells[0, row, 1]
        page.ink[top:bottom, left:right] = 0
    again = found(page)
    assert [len(column.rows) for column in again.columns] == COLUMNS
    assert again.columns[0].rows == table.columns[0].rows


def test_a_seal_over_the_roll_hides_no_row_below_it() -> None:
    page = seen(scan(VOTE, shape=Shape(seals=((120.0, 300.0),)), scanner=Scanner(depth="grey")))
    table = grid.find(page, FORM)
    assert table is not None
    whole = found(seen(scan(VOTE, scanner=Scanner(depth="grey"))))
    for ours, theirs in zip(table.columns, whole.columns, strict=True):
        assert abs(ours.rows[-1] - theirs.rows[-1]) <= 4
        assert abs(ours.rows[0] - theirs.rows[0]) <= 4


def test_a_page_without_the_table_has_none() -> None:
    blank = np.full((2340, picture.WIDTH), 255, np.uint8)
    prose = blank.copy()
    for n in range(60):
        cv2.putText(prose, "SE ACORDO POR UNANIMIDAD DE LOS PRESENTES", (150, 200 + 32 * n), 0, 1.1, 0, 2)
    noise = np.random.default_rng(1).integers(0, 2, blank.shape, np.uint8) * 255
    for grey in (blank, prose, noise):
        assert grid.find(picture.straight(grey, 0), FORM) is None
