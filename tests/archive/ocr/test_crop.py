"""Does a person get to see the piece of a page that is in doubt, upright and readable?"""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from drawn_sheets import VOTE, many, rendered, scan, turned
from numpy.typing import NDArray

from tracker.archive.ocr.crop import BESIDE, crop

Grey = NDArray[np.uint8]
REGION = (0.05, 0.2, 0.4, 0.25)


def shown(png: bytes | None) -> Grey:
    assert png is not None
    assert png.startswith(b"\x89PNG")
    return np.asarray(cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_UNCHANGED), np.uint8)


def test_a_region_is_shown_with_a_little_around_it() -> None:
    whole, piece = shown(crop(scan(VOTE), 1, 0, None)), shown(crop(scan(VOTE), 1, 0, REGION))
    high, wide = whole.shape
    assert piece.ndim == 2, "in grey"
    assert piece.shape[1] == pytest.approx((0.35 + 2 * BESIDE) * wide, abs=3)
    assert piece.shape[0] == pytest.approx((0.05 + 2 * BESIDE) * high, abs=3)
    assert cv2.matchTemplate(whole, piece, cv2.TM_CCORR_NORMED).max() > 0.999
    assert (piece < 100).mean() > 0.02


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_that_lay_turned_is_shown_upright(degrees: int) -> None:
    upright = shown(crop(scan(VOTE), 1, 0, REGION))
    piece = shown(crop(scan(VOTE, scanner=turned(degrees)), 1, (360 - degrees) % 360, REGION))
    assert piece.shape == pytest.approx(upright.shape, abs=4)
    high, wide = (min(a, b) - 12 for a, b in zip(piece.shape, upright.shape, strict=True))
    inner = cv2.GaussianBlur(upright[6 : 6 + high, 6 : 6 + wide], (0, 0), 2)
    assert cv2.matchTemplate(cv2.GaussianBlur(piece, (0, 0), 2), inner[6:-6, 6:-6], cv2.TM_CCOEFF_NORMED).max() > 0.8


def test_a_region_at_the_edge_stays_on_the_page() -> None:
    whole = shown(crop(scan(VOTE), 1, 0, (0.0, 0.0, 1.0, 1.0)))
    assert whole.shape == shown(crop(scan(VOTE), 1, 0, None)).shape
    assert abs(whole.shape[1] - rendered(scan(VOTE)).shape[1]) < 10


@pytest.mark.parametrize(
    ("content", "page"),
    [(b"%PDF-1.5 nothing", 1), (b"", 1), (many(1), 2), (many(1), 99)],
    ids=["broken", "empty", "no such page", "far beyond"],
)
def test_what_cannot_be_shown_has_no_piece(content: bytes, page: int) -> None:
    assert crop(content, page, 0, None) is None


def test_the_same_region_gives_the_same_bytes() -> None:
    assert crop(scan(VOTE), 1, 0, REGION) == crop(scan(VOTE), 1, 0, REGION)
