"""Is print read as it stands, and taken for a word of a closed list only where it is one?"""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import cv2
import numpy as np
import pypdfium2 as pdfium
import pytest
from drawn_sheets import VOTE, scan
from numpy.typing import NDArray

from tracker.archive.ocr import engine as engines
from tracker.archive.ocr import grid, picture
from tracker.archive.ocr.engine import SURE, UNLISTED, Engine, Reading, Snippet
from tracker.sources.peru import form, sheets

Grey = NDArray[np.uint8]
FORM = form.of(sheets.SHEET.codes)
CODES = FORM.words["code"]
FIGURES = tuple(map(str, range(131)))


@pytest.fixture(scope="module")
def cells() -> dict[tuple[int, int, int], Grey]:
    """The cells of the roll of a drawn vote."""
    pdf = pdfium.PdfDocument(scan(VOTE))
    try:
        seen = picture.straight(picture.render(pdf[0]), 0)
    finally:
        pdf.close()
    table = grid.find(seen, FORM)
    assert table is not None
    return {place: seen.grey[top:bottom, left:right] for place, (left, top, right, bottom) in table.cells()}


def test_the_engine_is_named_with_what_it_is_made_of() -> None:
    assert engines.name() == f"rapidocr-{version('rapidocr')}-openvino-{version('openvino')}"


def test_without_its_model_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "MODEL", "no_such_model.onnx")
    with pytest.raises(FileNotFoundError, match=r"no_such_model\.onnx is missing: install rapidocr \d"):
        Engine()


def test_the_model_comes_with_the_package() -> None:
    assert engines._model().is_file()
    assert Path(engines._model()).parent.name == "models"


def test_print_is_read_with_its_accents(engine: Engine, cells: dict[tuple[int, int, int], Grey]) -> None:
    places = [place for place in cells if place[2] == 1]
    names = [row.name for row in VOTE.rows]
    readings = engine.read([Snippet(cells[place], 1.05) for place in places])
    right = sum(
        reading.text.replace(" ", "") == name.replace(" ", "") for reading, name in zip(readings, names, strict=True)
    )
    assert right >= 105, "no list helps with names"
    assert any("Ñ" in reading.text for reading in readings)
    assert any("Á" in reading.text for reading in readings)


def test_every_code_is_read_as_one_of_the_list(engine: Engine, cells: dict[tuple[int, int, int], Grey]) -> None:
    places = [place for place in cells if place[2] == 2]
    readings = engine.read([Snippet(cells[place], 1.05, CODES) for place in places])
    assert [reading.text for reading in readings] == [row.code for row in VOTE.rows]
    assert min(reading.confidence for reading, row in zip(readings, VOTE.rows, strict=True) if row.code != "***") > 0.9


def test_every_group_is_read_as_one_of_the_list(engine: Engine, cells: dict[tuple[int, int, int], Grey]) -> None:
    places = [place for place in cells if place[2] == 0]
    readings = engine.read([Snippet(cells[place], 1.05, FORM.words["group"]) for place in places])
    wrong = [
        (reading.text, row.group)
        for reading, row in zip(readings, VOTE.rows, strict=True)
        if reading.text != row.group and reading.confidence >= SURE
    ]
    assert wrong == []


def test_the_order_of_pictures_is_kept_whatever_their_widths(engine: Engine, written: Callable[..., Grey]) -> None:
    texts = ["NO", "CONGRESO DE LA REPUBLICA", "SI", "PERU", "ACUERDO TOMADO POR UNANIMIDAD", "LE"]
    together = engine.read([Snippet(written(text), 1.0) for text in texts])
    alone = [engine.read([Snippet(written(text), 1.0)])[0] for text in texts]
    assert [reading.text.replace(" ", "") for reading in together] == [text.replace(" ", "") for text in texts]
    assert [reading.text for reading in together] == [reading.text for reading in alone]


def test_nothing_is_read_where_nothing_stands(engine: Engine) -> None:
    blank = np.full((30, 90), 255, np.uint8)
    assert engine.read([]) == []
    assert engine.read([Snippet(blank, 1.05)]) == [Reading("", 0.0)]
    listed = engine.read([Snippet(blank, 1.05, CODES)])[0]
    assert listed.text not in CODES or listed.confidence < SURE


def test_a_picture_of_one_row_of_pixels_breaks_nothing(engine: Engine) -> None:
    for shape in ((1, 1), (1, 500), (200, 2), (30, 9000)):
        reading = engine.read([Snippet(np.zeros(shape, np.uint8), 1.05, CODES)])[0]
        assert 0 <= reading.confidence <= 1


def test_what_is_none_of_the_listed_words_is_handed_on_and_not_trusted(
    engine: Engine, written: Callable[..., Grey]
) -> None:
    for text in ("FALTO", "XQZW", "PRESIDENTE"):
        reading = engine.read([Snippet(written(text), 1.05, CODES)])[0]
        assert reading.text not in CODES or reading.confidence < 0.8
        assert reading.confidence < 0.8 <= SURE
    assert UNLISTED < 0.8


def test_a_list_that_is_not_strict_lets_other_words_through(engine: Engine, written: Callable[..., Grey]) -> None:
    words = [engine.read([Snippet(written(text), 1.3, FIGURES, strict=False)])[0] for text in ("38", "NO", "130", "AP")]
    assert [reading.text for reading in words] == ["38", "NO", "130", "AP"]


@pytest.mark.parametrize("figure", ["0", "1", "7", "10", "18", "38", "101", "130"])
def test_a_figure_is_one_of_those_that_can_stand_there(
    engine: Engine, written: Callable[..., Grey], figure: str
) -> None:
    reading = engine.read([Snippet(written(figure), 1.3, FIGURES, strict=False)])[0]
    assert reading.text == figure


def test_a_smudged_code_is_hardly_ever_surely_another(engine: Engine, cells: dict[tuple[int, int, int], Grey]) -> None:
    """Blots of every kind over real cells; they look like the chair's asterisks, and who presides is told above."""
    chance = np.random.default_rng(5)
    places = [place for place in cells if place[2] == 2]
    spoiled = []
    for place in places:
        grey = cells[place].copy()
        x, wide, shade = chance.integers(0, 60), chance.integers(10, 50), int(chance.choice([0, 90, 255]))
        grey[:, x : x + wide] = np.where(chance.random(grey[:, x : x + wide].shape) < 0.7, shade, grey[:, x : x + wide])
        spoiled.append(np.asarray(cv2.GaussianBlur(grey, (0, 0), 0.8), np.uint8))
    readings = engine.read([Snippet(grey, 1.05, CODES) for grey in spoiled])
    sure = [(row.code, one) for row, one in zip(VOTE.rows, readings, strict=True) if one.confidence >= 0.8]
    wrong = [one.text for code, one in sure if one.text.casefold() != code.casefold() and one.text != "***"]
    assert len(sure) > 30, "many are read all the same"
    assert len(wrong) <= 2, "and what is not, the sums of the sheet speak against"


def test_forms_of_a_word_lack_blanks_and_some_of_the_signs_it_ends_in() -> None:
    assert engines._forms("si +++") == {"si +++", "si+++", "si ++", "si++", "si +", "si+", "si"}
    assert engines._forms("***") == {"***"}
    assert engines._forms("aus") == {"aus"}


def test_batches_hold_every_picture_once() -> None:
    widths = [900, 40, 41, 500, 39, 60, 385, 384, 12]
    found = list(engines._batches(widths))
    assert sorted(i for some in found for i in some) == list(range(len(widths)))
    assert all(len(some) == 1 for some in found if max(widths[i] for i in some) > engines.LONG)
    assert max(map(len, found)) <= engines.BATCH
