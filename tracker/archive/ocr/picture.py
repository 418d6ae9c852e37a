"""How does a page become an upright grey picture, its print apart from stamps, strokes and specks?"""

from __future__ import annotations

import math
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray

from tracker.domain.pdfium import PDFIUM

Grey = NDArray[np.uint8]
Box = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels of the picture."""

WIDTH = 1656
"""Pixels that every page is made wide: 200 to the inch on A4, at which a letter of the roll is 10 wide and 14 high."""
DARKEST, FINEST = 100 / 72, 400 / 72
"""Bounds of the resolution at which a page is rendered (pixels to the point): no more detail is needed, nor memory."""
LONGEST = 3.0
"""How many times longer than wide a page may be."""
SPECK = 5
"""Pixels below which a blot is dirt: the point of an abbreviation has 9 and more."""
FAINT = 0.8
"""How light ink may be, as a share of the paper's grey value."""
TALLEST, WIDEST = 60, 140
"""Pixels beyond which connected ink is no letter of the form but a stamp, a stroke of a pen, a rule or an edge."""


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """An upright page, `WIDTH` pixels wide: grey values, the ink of letters (255), and how it was turned.

    `strokes` is the ink that is none of letters (255), `stamps` the boxes around its larger pieces. `turned` is in
    degrees clockwise, `size` the width and height of the picture.
    """

    grey: Grey
    ink: Grey
    strokes: Grey
    stamps: tuple[Box, ...]
    turned: int

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.grey.shape[1], self.grey.shape[0]


def render(page: pdfium.PdfPage) -> Grey:
    """Render a page at the resolution of the picture on it, as grey values without colour: blue stamps become light.

    ValueError if the page has no size worth reading or is a strip.
    """
    with PDFIUM:
        width, height = page.get_size()
        if min(width, height) < 72 or max(width, height) > LONGEST * min(width, height):
            raise ValueError(f"a page of {width:.0f} by {height:.0f} points is no sheet of paper")
        scale = min(max(_native(page, width), DARKEST), FINEST * 595 / min(width, height))
        with closing(page.render(scale=scale, grayscale=not _is_coloured(page))) as drawn:
            rendered: NDArray[np.uint8] = drawn.to_numpy().copy()
    grey: Grey = rendered.squeeze() if rendered.shape[-1] == 1 or rendered.ndim == 2 else _colourless(rendered)
    wide = WIDTH / min(grey.shape)
    if abs(wide - 1) > 0.01:
        how = cv2.INTER_CUBIC if wide > 1 else cv2.INTER_AREA
        grey = np.asarray(cv2.resize(grey, None, fx=wide, fy=wide, interpolation=how), np.uint8)
    return grey


def _images(page: pdfium.PdfPage) -> list[pdfium.PdfImage]:
    found = page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)
    return [image for image in found if isinstance(image, pdfium.PdfImage)]


def _is_coloured(page: pdfium.PdfPage) -> bool:
    images = _images(page)
    return not images or any(image.get_metadata().bits_per_pixel > 8 for image in images)


def _colourless(rendered: NDArray[np.uint8]) -> Grey:
    """Take the lightest of the three colours: black stays black, the blue of a stamp or a pen turns light."""
    blue, green, red = cv2.split(rendered[:, :, :3])
    return np.asarray(cv2.max(cv2.max(blue, green), red), np.uint8)


def _native(page: pdfium.PdfPage, width: float) -> float:
    """Return the pixels to the point of the largest picture on a page, or 200 to the inch if it holds none."""
    wide = [image.get_px_size()[0] for image in _images(page)]
    return max(wide) / width if wide and max(wide) > WIDTH / 2 else 200 / 72


def straight(grey: Grey, turned: int) -> Picture:
    """Turn a page by so many degrees (a multiple of 90) and take out what tilt is left, rows and columns apart.

    Feeders shear a page rather than turn it: its rows may fall by 0.3 degrees while its columns stand upright.
    """
    grey = np.ascontiguousarray(np.rot90(grey, -(turned // 90)))
    grey = _scaled(grey)
    ink = _ink(grey)
    fall = _fall(ink)
    level = _moved(grey, 0.0, fall)
    parts = _letters(_ink(level))
    lean = _lean(boxes_of(parts[0]), level.shape[0])
    if not lean:
        return Picture(level, *parts, turned)
    upright = _moved(grey, lean, fall)
    return Picture(upright, *_letters(_ink(upright)), turned)


def _scaled(grey: Grey) -> Grey:
    wide = WIDTH / grey.shape[1]
    if abs(wide - 1) <= 0.01:
        return grey
    return np.asarray(cv2.resize(grey, None, fx=wide, fy=wide, interpolation=cv2.INTER_AREA), np.uint8)


def is_blank(grey: Grey) -> bool:
    """Whether a page holds next to no ink: nothing much darker than its paper."""
    return float((grey < FAINT * np.median(grey)).mean()) < 0.0005


def lies(grey: Grey) -> bool:
    """Whether the lines of a page run up and down: along them, ink comes and goes more evenly than across."""
    ink = _ink(grey)[::2, ::2]
    across, along = ink.mean(axis=1), ink.mean(axis=0)
    return float(np.abs(np.diff(along)).sum()) > float(np.abs(np.diff(across)).sum())


def _ink(grey: Grey) -> Grey:
    return np.asarray(cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)[1], np.uint8)


def _moved(grey: Grey, lean: float, fall: float) -> Grey:
    height, width = grey.shape
    matrix = np.array([[1, lean, 0], [fall, 1, 0]], np.float32)
    return np.asarray(cv2.warpAffine(grey, matrix, (width, height), borderValue=255.0), np.uint8)


def _letters(ink: Grey) -> tuple[Grey, Grey, tuple[Box, ...]]:
    """Keep what may be letters; return also the larger things that were taken out, and the boxes around them."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    wide, high, area = (stats[:, i] for i in (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT, cv2.CC_STAT_AREA))
    big = (high > TALLEST) | (wide > WIDEST)
    big[0] = False
    bad = big | (area < SPECK)
    bad[0] = True
    large = [i for i in range(1, count) if high[i] > TALLEST and wide[i] > TALLEST]
    stamps = tuple((int(x), int(y), int(x + w), int(y + h)) for x, y, w, h, _ in stats[large])
    kept, taken = (np.where(which, 255, 0).astype(np.uint8)[labels] for which in (~bad, big))
    return kept, taken, stamps


def boxes_of(ink: Grey, gap: int = 17) -> NDArray[np.int32]:
    """Join letters closer than `gap` pixels on one line into runs; return left, top, width and height of each.

    17 pixels are less than two letters of the roll: a blank between words joins them, the space between two cells of a
    table does not, unless it is one letter wide.
    """
    joined = np.asarray(cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((3, gap), np.uint8)), np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    found = [row for one in stats[1:, :4] for row in _lines(joined, one)]
    fits = [row for row in found if 9 <= row[3] < 48 and row[2] >= 3]
    return np.array(fits, np.int32).reshape(-1, 4)


def _lines(joined: Grey, box: NDArray[np.int32]) -> list[tuple[int, int, int, int]]:
    """Cut lines apart that descenders, or a stroke of the pen, hold together: at the emptiest row between them.

    Each is as wide as the print in the middle of its own height: one line may begin far left of the other.
    """
    left, top, width, height = (int(value) for value in box)
    if height < 40 or width < 60:
        return [(left, top, width, height)]
    filled = (joined[top : top + height, left : left + width] > 0).mean(axis=1)
    parts = round(height / 27)
    edges = [0]
    for n in range(1, parts):
        low, high = round(n * height / parts) - 8, round(n * height / parts) + 9
        edges.append(max(low, 0) + int(filled[max(low, 0) : high].argmin()))
    edges.append(height)
    found = []
    for a, b in pairwise(edges):
        quarter = (b - a) // 4
        print_at = np.flatnonzero(joined[top + a + quarter : top + b - quarter, left : left + width].any(axis=0))
        if len(print_at):
            found.append((left + int(print_at[0]), top + a, int(print_at[-1] - print_at[0]) + 1, b - a))
    return found


def _fall(ink: Grey) -> float:
    """Return by how much rows must be lifted to the right (pixels a pixel) for the lines of print to stand sharpest."""
    strips = 24
    width = ink.shape[1] // strips
    sums = ink[:, : width * strips].reshape(ink.shape[0], strips, width).sum(axis=2, dtype=np.int64) / 255.0
    places = (np.arange(strips) + 0.5) * width

    def sharpness(degrees: float) -> float:
        steps = np.round(np.tan(np.radians(degrees)) * places).astype(int)
        total = sum(np.roll(sums[:, i], int(step)) for i, step in enumerate(steps))
        return float((np.diff(np.asarray(total)) ** 2).sum())

    coarse = max((float(a) for a in np.arange(-3, 3.01, 0.25)), key=sharpness)
    best = max((float(a) for a in np.arange(coarse - 0.25, coarse + 0.26, 0.05)), key=sharpness)
    return math.tan(math.radians(best))


def _lean(boxes: NDArray[np.int32], height: int) -> float:
    """Return by how much columns must be pushed to the right (pixels a pixel down) for left edges to line up."""
    inner = boxes[(boxes[:, 1] > 0.1 * height) & (boxes[:, 1] < 0.75 * height) & (boxes[:, 2] > 12)]
    if len(inner) < 30:
        return 0.0

    def sharpness(lean: float) -> float:
        edges = np.round(inner[:, 0] + lean * inner[:, 1]).astype(int)
        counts = np.bincount(edges[(edges >= 0) & (edges < WIDTH)], minlength=WIDTH)
        return float((np.convolve(counts, np.ones(3), "same") ** 2).sum())

    coarse = max((float(a) for a in np.arange(-0.056, 0.0561, 0.004)), key=lambda a: (sharpness(a), -abs(a)))
    best = max((float(a) for a in np.arange(coarse - 0.004, coarse + 0.0041, 0.0005)), key=sharpness)
    return best if sharpness(best) > 1.02 * sharpness(0.0) else 0.0
