"""Does a page become upright, of one size, its print apart from stamps and dirt?"""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pypdfium2 as pdfium
import pytest
from drawn_sheets import FAX, VOTE, many, rendered, saved, scan
from numpy.typing import NDArray

from tracker.archive.ocr import picture
from tracker.archive.ocr.picture import WIDTH
from tracker.demo.draw_sheet import Shape
from tracker.demo.scanned import Scanner

Grey = NDArray[np.uint8]


def of(content: bytes, number: int = 1) -> Grey:
    pdf = pdfium.PdfDocument(content)
    try:
        return picture.render(pdf[number - 1])
    finally:
        pdf.close()


def page(width: float, height: float) -> bytes:
    pdf = pdfium.PdfDocument.new()
    pdf.new_page(width, height)
    return saved(pdf)


def tilt(grey: Grey, degrees: float) -> Grey:
    high, wide = grey.shape
    matrix = cv2.getRotationMatrix2D((wide / 2, high / 2), degrees, 1)
    return np.asarray(cv2.warpAffine(grey, matrix, (wide, high), borderValue=255.0), np.uint8)


@pytest.mark.parametrize("dpi", [150, 200, 300])
@pytest.mark.parametrize("depth", ["bilevel", "grey", "colour"])
def test_every_scan_is_rendered_in_one_size(dpi: int, depth: str) -> None:
    grey = of(scan(VOTE, scanner=Scanner(dpi=dpi, depth=depth)))  # type: ignore[arg-type]
    assert abs(grey.shape[1] - WIDTH) <= 8, "what is within a hundredth is left as it is"
    assert grey.shape[0] == pytest.approx(WIDTH * 842 / 595, abs=14)
    assert grey.dtype == np.uint8


def test_a_seal_in_blue_turns_light_and_print_stays_black() -> None:
    """Only the figures under the seal are dark; in a scan without colour the seal is as dark as they."""

    def dark(depth: str) -> float:
        grey = of(scan(VOTE, scanner=Scanner(depth=depth)))  # type: ignore[arg-type]
        sealed = grey[int(0.72 * len(grey)) : int(0.8 * len(grey)), int(0.84 * WIDTH) : int(0.97 * WIDTH)]
        return float((sealed < 100).mean())

    assert 0.005 < dark("colour") < 0.3 * dark("grey")


@pytest.mark.parametrize(("width", "height"), [(30, 800), (800, 30), (100, 400), (71, 71)])
def test_a_page_that_is_no_sheet_of_paper_is_refused(width: float, height: float) -> None:
    with pytest.raises(ValueError, match="is no sheet of paper"):
        of(page(width, height))


def test_a_page_as_large_as_a_wall_costs_no_more_than_a_sheet() -> None:
    assert of(page(5950, 8420)).shape[1] == pytest.approx(WIDTH, abs=20)


def test_an_empty_page_is_blank_and_a_page_with_a_line_is_not() -> None:
    assert picture.is_blank(of(many(1)))
    assert not picture.is_blank(of(scan(VOTE)))
    almost = np.full((2340, WIDTH), 255, np.uint8)
    almost[1000:1010, 500:520] = 0
    assert picture.is_blank(almost), "a speck is no print"


def test_a_page_that_lies_is_known_by_its_lines() -> None:
    grey = of(scan(VOTE))
    assert not picture.lies(grey)
    assert not picture.lies(np.ascontiguousarray(grey[::-1, ::-1]))
    assert picture.lies(np.ascontiguousarray(np.rot90(grey)))


@pytest.mark.parametrize("ink", [0.5, 0.25])
def test_faint_print_is_print(ink: float) -> None:
    grey = (255 - (255 - of(scan(VOTE)).astype(float)) * ink).astype(np.uint8)
    assert not picture.is_blank(grey)
    assert not picture.lies(grey)
    assert picture.lies(np.ascontiguousarray(np.rot90(grey)))
    assert picture.is_blank(np.random.default_rng(1).integers(225, 247, grey.shape, np.uint8)), "grain is none"


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_page_is_turned_back(turned: int) -> None:
    grey = of(scan(VOTE))
    seen = picture.straight(np.ascontiguousarray(np.rot90(grey, turned // 90)), turned)
    whole = picture.straight(grey, 0)
    assert seen.turned == turned
    assert seen.size == pytest.approx(whole.size, abs=20)
    high, wide = min(seen.size[1], whole.size[1]), min(seen.size[0], whole.size[0])
    alike = cv2.matchTemplate(
        seen.ink[100 : high - 100, 100 : wide - 100], whole.ink[300:600, 300:900], cv2.TM_CCORR_NORMED
    )
    assert alike.max() > 0.6


@pytest.mark.parametrize("degrees", [-2.4, -1.5, -0.3, 0.0, 0.7, 2.0])
def test_a_tilt_is_taken_out(degrees: float) -> None:
    """The middles of the roll's rows lie level again, and its left edges one below the other."""
    grey = of(scan(VOTE, scanner=replace(FAX, tilt=0.0)))
    boxes = picture.boxes_of(picture.straight(tilt(grey, degrees), 0).ink)
    wide = boxes[(boxes[:, 2] > 200) & (boxes[:, 2] < 420) & (boxes[:, 1] > 500) & (boxes[:, 1] < 1500)]
    left, right = wide[wide[:, 0] < 400], wide[wide[:, 0] > 1000]
    assert len(left) > 20
    assert len(right) > 20
    apart = [np.abs(right[:, 1] + right[:, 3] / 2 - top - high / 2).min() for _, top, _, high in left]
    assert np.median(apart) < 4
    assert np.percentile(left[:, 0], 90) - np.percentile(left[:, 0], 10) < 10


def test_dirt_and_strokes_are_no_letters() -> None:
    ink = np.full((2340, WIDTH), 255, np.uint8)
    cv2.putText(ink, "ACUNA PERALTA", (200, 300), cv2.FONT_HERSHEY_SIMPLEX, 0.7, 0, 2)
    cv2.circle(ink, (900, 900), 110, 0, 5)
    cv2.line(ink, (200, 1500), (1400, 1500), 0, 3)
    ink[500, 500] = 0
    seen = picture.straight(ink, 0)
    assert len(picture.boxes_of(seen.ink)) == 1, "the circle, the rule and the speck are gone"
    assert np.count_nonzero(seen.strokes) > 2000
    assert len(seen.stamps) == 1, "a rule is no stamp"
    left, top, right, bottom = seen.stamps[0]
    assert (right - left, bottom - top) == pytest.approx((225, 225), abs=12)


def test_runs_are_joined_over_blanks_and_not_over_columns() -> None:
    ink = np.zeros((200, WIDTH), np.uint8)
    for left in (100, 130, 160, 300, 330):
        ink[100:116, left : left + 18] = 255
    assert [list(row[:3:2]) for row in picture.boxes_of(ink)] == [[100, 78], [300, 48]]
    assert len(picture.boxes_of(ink, gap=5)) == 5
    assert len(picture.boxes_of(np.zeros((50, 50), np.uint8))) == 0


def test_two_lines_that_touch_are_cut_apart_each_as_wide_as_its_print() -> None:
    """The note's last line and the footnote below it, which begins far to the left."""
    ink = np.zeros((300, WIDTH), np.uint8)
    ink[100:118, 500:1200] = 255
    ink[128:146, 60:900] = 255
    ink[118:128, 700:706] = 255
    found = sorted(picture.boxes_of(ink).tolist(), key=lambda row: row[1])
    assert [(left, width) for left, _, width, _ in found] == [(500, 700), (60, 840)]
    assert found[0][1] + found[0][3] <= found[1][1] + 2


def test_the_same_page_gives_the_same_picture() -> None:
    grey = rendered(scan(VOTE, shape=Shape(seals=())))
    one, other = (picture.straight(grey.copy(), 0) for _ in range(2))
    assert np.array_equal(one.grey, other.grey)
    assert np.array_equal(one.ink, other.ink)
