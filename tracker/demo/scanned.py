"""What does a scanner make of printed pages? Pictures, a little crooked, soft and noisy, and no text."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from typing import Literal

import cv2
import numpy as np
import pypdfium2 as pdfium
from fpdf import FPDF
from numpy.typing import NDArray

from tracker.domain.pdfium import PDFIUM

Picture = NDArray[np.uint8]

Depth = Literal["colour", "grey", "bilevel"]
DAY = datetime(2026, 1, 5, tzinfo=UTC)
"""When every drawing says it was made, so that its bytes are the same each time."""
_WHITE = 246
"""A scanner takes what is lighter than this, give or take its noise, for the paper itself."""


@dataclass(frozen=True, slots=True)
class Scanner:
    """How pages are scanned.

    `dpi` pixels to the inch, `depth` of each pixel (`bilevel`: black or white), `tilt` in degrees clockwise, `blur` as
    a standard deviation in pixels, `noise` as the most that a grey value is off, `quality` of the JPEG. `turned` says
    which pages, from 1, lie how many degrees clockwise off (90, 180, 270). The noise is the same each time.
    """

    dpi: int = 200
    depth: Depth = "colour"
    tilt: float = 0.25
    blur: float = 0.6
    noise: int = 8
    quality: int = 35
    turned: Mapping[int, int] = field(default_factory=dict)


def scanned(pdf: bytes, scanner: Scanner, about: str = "") -> bytes:
    """Return a PDF of the same pages as pictures; `about` is what its properties say of it."""
    out = FPDF(unit="pt")
    out.set_producer("Escrutinio")
    out.set_author("Escrutinio")
    out.set_subject(about)
    out.set_creation_date(DAY)
    with PDFIUM, closing(pdfium.PdfDocument(pdf)) as document:
        for number, page in enumerate(document, 1):
            width, height = page.get_size()
            shown = page.render(scale=scanner.dpi / 72).to_numpy()[:, :, :3]
            turned = scanner.turned.get(number, 0) % 360
            seen = np.rot90(_seen(np.ascontiguousarray(shown), scanner, number), -turned // 90)
            size = (height, width) if turned in (90, 270) else (width, height)
            out.add_page(format=size)
            out.image(BytesIO(_file(np.ascontiguousarray(seen), scanner)), 0, 0, *size)
    return bytes(out.output())


def _seen(page: Picture, scanner: Scanner, number: int) -> Picture:
    """Tilt, soften and spoil a page; a scanner of black and white sees sharper."""
    blur = scanner.blur / 2 if scanner.depth == "bilevel" else scanner.blur
    if scanner.depth != "colour":
        page = np.asarray(cv2.cvtColor(page, cv2.COLOR_BGR2GRAY), np.uint8)
    high, wide = page.shape[:2]
    matrix = cv2.getRotationMatrix2D((wide / 2, high / 2), -scanner.tilt, 1.0)
    tilted = cv2.warpAffine(page, matrix, (wide, high), flags=cv2.INTER_LINEAR, borderValue=(255.0,) * 3)
    soft = cv2.GaussianBlur(tilted, (0, 0), blur) if blur else tilted
    grain = np.random.default_rng(number).integers(-scanner.noise, scanner.noise + 1, (high, wide), np.int16)
    noisy = cv2.add(soft, cv2.merge([grain] * 3) if soft.ndim == 3 else grain, dtype=cv2.CV_8U)
    lightest = _WHITE - scanner.noise
    curve = np.array([value if value < lightest else 255 for value in range(256)], np.uint8)
    return np.asarray(cv2.LUT(noisy, curve), np.uint8)


def _file(picture: Picture, scanner: Scanner) -> bytes:
    """Return a picture as JPEG; one of black and white as PNG of one bit, which a PDF holds as a fax."""
    if scanner.depth == "bilevel":
        black_or_white = np.where(picture < 120, 0, 255).astype(np.uint8)
        done, file = cv2.imencode(".png", black_or_white, [cv2.IMWRITE_PNG_BILEVEL, 1])
    else:
        done, file = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, scanner.quality])
    if not done:
        raise ValueError(f"a page of {picture.shape} pixels cannot be made a picture file")
    return file.tobytes()
