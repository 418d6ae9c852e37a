"""Is a page drawn as it is, within bounds, and does whatever goes wrong with it stay in its own process?"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import cv2
import numpy as np
import pypdfium2 as pdfium
import pytest

from tracker.archive import leaf as module
from tracker.archive.leaf import HIGH, WIDE, Undrawable, leaf

EXAMPLES = Path(__file__).parents[1] / "sources" / "examples"
PAPER = (EXAMPLES / "pe_minutes" / "plain-figure-and-none" / "document.pdf").read_bytes()


def picture(png: bytes) -> np.ndarray:
    seen = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_UNCHANGED)
    assert seen is not None
    return seen


def blank(tmp_path: Path, width: float, height: float) -> bytes:
    pdf = pdfium.PdfDocument.new()
    pdf.new_page(width, height)
    pdf.save(tmp_path / "blank.pdf")
    return (tmp_path / "blank.pdf").read_bytes()


def test_a_page_is_drawn_in_greys_as_pdfium_draws_it() -> None:
    seen = picture(leaf(PAPER, 1))
    page = pdfium.PdfDocument(PAPER)[0]
    wanted = page.render(scale=WIDE / page.get_width(), grayscale=True).to_numpy().squeeze()
    assert seen.shape == wanted.shape
    assert seen.shape[1] == WIDE
    assert np.abs(seen.astype(int) - wanted.astype(int)).max() <= 9
    assert len(np.unique(seen)) <= 16
    assert seen.min() < 60, "there is print on it"


@pytest.mark.parametrize(("width", "height"), [(20, 14_400), (14_400, 20), (3, 3)])
def test_no_page_makes_a_picture_larger_than_its_bounds(tmp_path: Path, width: float, height: float) -> None:
    seen = picture(leaf(blank(tmp_path, width, height), 1))
    assert seen.shape[0] <= HIGH + 1
    assert seen.shape[1] <= WIDE + 1


@pytest.mark.parametrize(
    ("content", "number", "why"),
    [
        (PAPER, 0, "there are 5 pages"),
        (PAPER, 999, "there are 5 pages"),
        (b"no PDF", 1, "Data format"),
        (b"", 1, "PDF"),
    ],
)
def test_what_cannot_be_drawn_is_said(content: bytes, number: int, why: str) -> None:
    with pytest.raises(Undrawable, match=why):
        leaf(content, number)


def test_a_page_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SECONDS", 0.01)
    begun = time.monotonic()
    with pytest.raises(Undrawable, match="longer"):
        leaf(PAPER, 1)
    assert time.monotonic() - begun < 5
    monkeypatch.undo()
    assert leaf(PAPER, 1), "whoever comes next is served"


def test_a_crowd_is_served_in_part_and_nobody_waits_for_ever() -> None:
    def ask(_: int) -> bytes | str:
        try:
            return leaf(PAPER, 1)
        except Undrawable as error:
            return str(error)

    with ThreadPoolExecutor(3 * module.IN_LINE) as crowd:
        answers = list(crowd.map(ask, range(3 * module.IN_LINE)))
    served = [one for one in answers if isinstance(one, bytes)]
    assert len(served) >= module.IN_LINE
    assert {one for one in answers if isinstance(one, str)} <= {"page 1: 8 others are being drawn; ask again"}
    assert len(set(served)) == 1
    assert leaf(PAPER, 1) == served[0], "the line is empty again"
