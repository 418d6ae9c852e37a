"""Is a whole page read: its roll cell by cell, what stands around it, and nothing that only looks the same?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest
from drawn_sheets import ATTENDANCE, VOTE, later, many, saved, scan, turned
from numpy.typing import NDArray

from tracker.archive.ocr import layer, page
from tracker.archive.ocr.engine import Engine, Reading, Snippet
from tracker.archive.ocr.page import Memory
from tracker.demo import draw_sheet
from tracker.demo.draw_sheet import Shape
from tracker.demo.scanned import Scanner
from tracker.demo.sheet_facts import Sheet
from tracker.domain.evidence import Page
from tracker.domain.people import fold
from tracker.sources.peru import form, sheets

FORM = form.of(sheets.SHEET.codes)


class Counting(Engine):
    """The engine, and how many pictures it was shown."""

    def __init__(self) -> None:
        super().__init__()
        self.shown = 0

    def read(self, snippets: list[Snippet]) -> list[Reading]:  # type: ignore[override]
        self.shown += len(snippets)
        return super().read(snippets)


def read(content: bytes, engine: Engine, number: int = 1, memory: Memory | None = None) -> Page:
    pdf = pdfium.PdfDocument(content)
    try:
        return page.read(pdf[number - 1], number, FORM, engine, memory or Memory())
    finally:
        pdf.close()


_SEEN: dict[tuple[bytes, int], Page] = {}


def seen(content: bytes, engine: Engine, number: int = 1) -> Page:
    """Read a page by itself, each only once in a run of the tests."""
    if (content, number) not in _SEEN:
        _SEEN[content, number] = read(content, engine, number)
    return _SEEN[content, number]


def plain(text: str) -> str:
    return fold(text).replace(" ", "")


def missed(found: Page, sheet: Sheet) -> list[tuple[str, str]]:
    """Codes that are surely read as others; whose the asterisks are, the head of the page tells."""
    sure = {
        word.cell[:2]: word.text for word in found.words if word.cell and word.cell[2] == 2 and word.confidence >= 0.8
    }
    pairs = [(row.code, sure.get(divmod(i, 44), row.code)) for i, row in enumerate(sheet.rows)]
    return [(code, said) for code, said in pairs if "***" not in (code, said) and code.casefold() != said.casefold()]


def roll(found: Page) -> list[tuple[str, str, str]]:
    cells = {word.cell: word.text for word in found.words if word.cell}
    rows = sorted({cell[:2] for cell in cells})
    return [(cells.get((*row, 0), ""), cells.get((*row, 1), ""), cells.get((*row, 2), "")) for row in rows]


def test_a_scanned_page_is_read_from_head_to_foot(engine: Engine) -> None:
    found = seen(scan(VOTE), engine)
    assert (found.number, found.turned, found.text, found.scanned) == (1, 0, "", True)
    assert len(roll(found)) == 130
    assert missed(found, VOTE) == []
    outside = [word.text for word in found.words if word.cell is None]
    assert any("12:10 am" in text for text in outside)
    assert any("WILLIAMS ZAPATA" in text for text in outside)
    assert any(text.replace(" ", "") == VOTE.record.replace(" ", "") for text in outside)
    for word in found.words:
        assert 0 <= word.box[0] <= word.box[2] <= 1, word
        assert 0 <= word.box[1] <= word.box[3] <= 1, word
        assert word.text.strip()


@pytest.mark.parametrize("degrees", [180, 270])
def test_a_page_that_lies_or_stands_on_its_head_is_turned(engine: Engine, degrees: int) -> None:
    found = read(scan(VOTE, scanner=turned(degrees)), engine)
    assert found.turned == (360 - degrees) % 360
    assert len(roll(found)) == 130
    assert missed(found, VOTE) == []


def test_a_page_of_prose_on_its_head_is_turned_by_how_it_reads(engine: Engine) -> None:
    """It has no table that would tell."""
    printed = replace(VOTE, rows=VOTE.rows[:4], subject=VOTE.subject * 6)
    found = read(scan(printed, shape=Shape(seals=()), scanner=turned(180)), engine)
    assert found.turned == 180
    assert any("PERSONAL MILITAR" in word.text for word in found.words)


def test_an_empty_page_has_no_words(engine: Engine) -> None:
    assert read(many(1), engine) == Page(1, ())
    assert read(scan(VOTE, None), engine, 2) == Page(2, ())


def test_a_page_that_cannot_be_shown_has_no_words(engine: Engine) -> None:
    pdf = pdfium.PdfDocument.new()
    pdf.new_page(14_000, 10)
    assert read(saved(pdf), engine) == Page(1, ())


def test_a_page_with_its_own_text_is_read_without_the_engine() -> None:
    """A digital copy: no letter can be mistaken, and the words still have their places in the roll."""
    engine = Counting()
    found = read(draw_sheet.printed([VOTE]), engine)
    assert engine.shown == 0
    assert not found.scanned
    assert "SIN" not in found.text.split("\n")[0]
    rows = [(row.group, plain(row.name), row.code) for row in VOTE.rows]
    assert [(group, plain(name), code) for group, name, code in roll(found)] == rows
    assert {word.confidence for word in found.words} == {1.0}
    assert any("12:10 am" in word.text for word in found.words if word.cell is None)


def test_a_page_of_text_without_the_table_keeps_the_words_of_the_file() -> None:
    engine = Counting()
    found = read(draw_sheet.printed([replace(VOTE, rows=VOTE.rows[:4])]), engine)
    assert engine.shown == 0
    assert "CONGRESO DE LA REPÚBLICA DEL PERÚ" in [word.text for word in found.words]
    assert {word.cell for word in found.words} == {None}


@pytest.mark.corpus
def test_a_page_is_drawn_to_look_for_the_table_only_if_its_text_could_fill_one(corpus: Path) -> None:
    pdf = pdfium.PdfDocument(draw_sheet.printed([VOTE, ATTENDANCE]))
    sheets_of_the_day = [written[0] for one in pdf if (written := layer.words(one))]
    later_ones = [file.read_text() for file in sorted((corpus / "peru/text2026").glob("*.txt"))]
    pdf = pdfium.PdfDocument(corpus / "peru/minutes/1.2.3__10-14.set.2023.pdf")
    minutes = [written[0] for one in pdf if (written := layer.words(one))]
    assert (len(sheets_of_the_day), len(later_ones), len(minutes)) == (2, 4, 115)
    assert all(page._may_fill(text, FORM) for text in sheets_of_the_day + later_ones)
    assert not any(page._may_fill(text, FORM) for text in minutes)
    assert page._may_fill("a form without lists", replace(FORM, words={}))


def test_what_looks_the_same_on_the_next_page_is_not_read_again() -> None:
    engine, memory = Counting(), Memory()
    content = scan(VOTE, later(1))
    first = read(content, engine, 1, memory)
    cost = engine.shown
    second = read(content, engine, 2, memory)
    assert engine.shown - cost < 0.7 * cost
    assert sum(row[:2] == other[:2] for row, other in zip(roll(first), roll(second), strict=True)) > 120
    assert missed(second, VOTE) == []


def test_codes_are_read_on_every_page_and_another_name_in_a_row_is_not_taken_for_the_last(engine: Engine) -> None:
    """Every code changes from one page to the next, a member has a successor, and two rows change places."""
    other = {"SI +++": "NO ---", "NO ---": "SI +++", "aus": "LO", "LO": "aus", "Abst.": "SinRes"}
    rows = [replace(row, code=other.get(row.code, row.code)) for row in VOTE.rows]
    rows[7] = replace(rows[7], name=f"{rows[7].name[:-3]}ZZZ")
    rows[50], rows[51] = rows[51], rows[50]
    changed = replace(later(2), rows=tuple(rows))
    memory = Memory()
    content = scan(VOTE, changed)
    before = roll(read(content, engine, 1, memory))
    found = read(content, engine, 2, memory)
    assert missed(found, changed) == []
    after = roll(found)
    assert after[7][1].endswith("ZZZ")
    assert [plain(after[i][1])[:9] for i in (50, 51)] == [plain(before[i][1])[:9] for i in (51, 50)]


def test_the_memory_of_a_place_is_short() -> None:
    memory = Memory()
    pictures = [_stripe(n) for n in range(5)]
    for n, grey in enumerate(pictures):
        memory.keep((1, 1), grey, Reading(str(n), 1.0))
    recalled = [memory.recall((1, 1), grey) for grey in pictures]
    assert [one.text if one else None for one in recalled] == [None, None, "2", "3", "4"]
    assert memory.recall((1, 2), pictures[4]) is None, "elsewhere nothing is remembered"
    memory.keep((2, 2), np.zeros((2000, 2000), np.uint8)[:30, :200], Reading("", 1.0))
    assert [grey.base for grey, _ in memory.seen[2, 2]] == [None], "no piece holds the page it was cut from"


def _stripe(n: int) -> NDArray[np.uint8]:
    grey = np.full((30, 200), 255, np.uint8)
    grey[8:22, 20 + 30 * n : 44 + 30 * n] = 0
    return grey


@pytest.mark.parametrize(("dpi", "depth"), [(150, "bilevel"), (150, "grey"), (300, "bilevel"), (300, "grey")])
def test_no_resolution_makes_a_code_surely_another(engine: Engine, dpi: int, depth: str) -> None:
    found = read(scan(VOTE, scanner=Scanner(dpi=dpi, depth=depth)), engine)  # type: ignore[arg-type]
    assert len(roll(found)) == 130
    assert missed(found, VOTE) == []


def test_strokes_across_print_make_it_less_sure(engine: Engine) -> None:
    """The seal over the table by group, in a scan without colour."""
    plain = read(scan(VOTE, shape=Shape(seals=()), scanner=Scanner(depth="grey")), engine)
    sealed = read(scan(VOTE, scanner=Scanner(depth="grey")), engine)

    def among(found: Page) -> list[float]:
        return [
            word.confidence
            for word in found.words
            if word.cell is None and word.box[0] > 0.87 and 0.715 < word.box[1] < 0.8 and word.text in ("0", "1", "2")
        ]

    assert min(among(plain)) > 0.8
    assert max(among(sealed), default=0.0) <= page.STAMPED


def test_what_a_blot_is_taken_for_is_not_sure(engine: Engine) -> None:
    """It may look like a letter with certainty."""
    rows = (5, 60, 100)
    found = read(scan(VOTE, shape=Shape(smudged=frozenset(VOTE.rows[i].name for i in rows))), engine)
    blotted = {divmod(i, 44) for i in rows}
    unsure = {w.cell[:2] for w in found.words if w.cell and w.cell[2] == 2 and w.confidence <= page.CROSSED}
    assert unsure
    assert unsure == blotted & {w.cell[:2] for w in found.words if w.cell and w.cell[2] == 2}
    assert missed(found, VOTE) == []


def test_an_attendance_is_read_by_the_same_form(engine: Engine) -> None:
    found = read(scan(ATTENDANCE), engine)
    assert len(roll(found)) == 130
    assert missed(found, ATTENDANCE) == []
