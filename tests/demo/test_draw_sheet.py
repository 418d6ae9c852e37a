"""Are the drawn sheets what the Congress publishes, pictures without text, and do they show what the facts say?"""

from __future__ import annotations

from collections import Counter
from datetime import date

import pypdfium2 as pdfium
import pytest

from tracker.demo import draw_sheet
from tracker.demo.draw_sheet import Shape
from tracker.demo.scanned import Scanner
from tracker.demo.sheet_facts import CODES, sheet_files

FILE = next(file for file in sheet_files() if file.date == date(2023, 5, 18))
ATTENDANCE, VOTE = FILE.sheets
BY_GROUP = {
    "FP": (19, 0, 0), "PL": (0, 13, 0), "AP": (10, 4, 0), "APP": (9, 0, 0), "BM": (6, 1, 2), "AP-PIS": (7, 0, 0),
    "CD-JPP": (0, 7, 0), "RP": (7, 0, 0), "PP": (1, 1, 1), "PB": (1, 5, 0), "SP": (4, 0, 0), "NA": (5, 0, 1),
}  # fmt: skip
"""In favour, against, abstaining: typed from the record of the vote."""


def texts(content: bytes) -> list[str]:
    with pdfium.PdfDocument(content) as pdf:
        return [pdf[number].get_textpage().get_text_bounded() for number in range(len(pdf))]


def test_the_sheet_it_all_began_with_holds_the_facts_on_record() -> None:
    count = VOTE.count()
    assert (count["SI +++"], count["NO ---"], count["Abst."], sum(count.values())) == (69, 31, 4, 130)
    away = {code: count[code] for code in ("SinRes", "aus", "LO", "LE", "LP", "Sus")}
    assert away == {"SinRes": 3, "aus": 10, "LO": 3, "LE": 5, "LP": 4, "Sus": 1}
    groups = {group: tuple(VOTE.count(group)[code] for code in ("SI +++", "NO ---", "Abst.")) for group in BY_GROUP}
    assert groups == BY_GROUP
    assert {row.name for row in VOTE.rows if row.code == "***"} == {VOTE.chair}


def test_the_attendance_has_the_number_on_record() -> None:
    assert ATTENDANCE.count()["PRE"] == 93
    assert ATTENDANCE.quorum == 61


def test_every_row_stands_once_with_a_known_code() -> None:
    for sheet in FILE.sheets:
        assert max(Counter(row.name for row in sheet.rows).values()) == 1
        assert {row.code for row in sheet.rows} <= set(CODES.values())


def test_a_scan_is_a_picture_and_the_same_bytes_each_time() -> None:
    scanner = Scanner(dpi=72)
    once, again = (draw_sheet.scan((VOTE,), None, scanner) for _ in range(2))
    assert once == again
    assert texts(once) == [""]


@pytest.mark.parametrize(("provisional", "note", "words"), [(True, False, True), (False, True, False)])
def test_a_provisional_copy_lacks_the_note_and_says_so(provisional: bool, note: bool, words: bool) -> None:
    [page] = texts(draw_sheet.printed((VOTE,), Shape(provisional=provisional)))
    assert ("SIN LOS VOTOS ORALES" in page) is words
    assert ("deja constancia" in page) is note
    assert draw_sheet.DRAWN in page


def test_blots_and_misprints_are_drawn_where_they_are_asked_for() -> None:
    plain, odd = (
        draw_sheet.printed((VOTE,), shape)
        for shape in (Shape(), Shape(smudged=frozenset({VOTE.rows[0].name}), misprinted={"SI +++": 96}))
    )
    assert "96" in texts(odd)[0]
    assert "96" not in texts(plain)[0]
    assert len(odd) != len(plain)
