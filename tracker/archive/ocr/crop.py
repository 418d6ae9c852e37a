"""What does a person need to see of a page that is in doubt? A piece of its picture."""

from __future__ import annotations

from contextlib import closing

import cv2
import pypdfium2 as pdfium

from tracker.archive.ocr import picture
from tracker.domain.pdfium import PDFIUM

BESIDE = 0.01
"""How much more than the region is shown on each side, as a share of the page."""

LEVEL = 6
"""How hard a picture is packed: at 9 it takes three to six times as long, for one part in sixty of its bytes."""


def crop(content: bytes, number: int, turned: int, region: tuple[float, float, float, float] | None) -> bytes | None:
    """Return a PNG of a region of a page (None: the whole page), upright and in grey; None if it cannot be shown."""
    try:
        with PDFIUM, closing(pdfium.PdfDocument(content)) as pdf:
            grey = picture.render(pdf[number - 1])
    except (pdfium.PdfiumError, ValueError, IndexError):
        return None
    seen = picture.straight(grey, turned).grey
    height, width = seen.shape
    left, top, right, bottom = region or (0.0, 0.0, 1.0, 1.0)
    rows = slice(max(0, int((top - BESIDE) * height)), min(height, int((bottom + BESIDE) * height) + 1))
    columns = slice(max(0, int((left - BESIDE) * width)), min(width, int((right + BESIDE) * width) + 1))
    done, png = cv2.imencode(".png", seen[rows, columns], [cv2.IMWRITE_PNG_COMPRESSION, LEVEL])
    return png.tobytes() if done else None
