"""Which words does the text layer of a page hold, if it was born with one?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import closing
from ctypes import byref, c_double

import numpy as np
import pypdfium2 as pdfium

from tracker.domain.evidence import Word
from tracker.domain.pdfium import PDFIUM

FEWEST = 40
"""Signs below which a page has no text layer worth the name (a page number, a stamp)."""
LONGEST = 40_000
"""A full vote sheet has about 8,000 signs."""
COVERED = 0.7
"""Share of a page that one picture covers when the page is a scan: text under it is another reader's guess at it."""
_PLAIN = re.compile(r"[^\W_]", re.UNICODE)


def words(page: pdfium.PdfPage) -> tuple[str, tuple[Word, ...]] | None:
    """Return the text of a page in the file's order and its words with their places; None if it has to be read by eye.

    A scan with a layer of text underneath was read by somebody else's character recognition, which is not asked.
    """
    with PDFIUM:
        return None if _is_scan(page) else _written(page)


def _written(page: pdfium.PdfPage) -> tuple[str, tuple[Word, ...]] | None:
    with closing(page.get_textpage()) as text:
        count = text.count_chars()
        if not FEWEST <= count <= LONGEST:
            return None
        whole = text.get_text_bounded()
        if not _is_sound(whole):
            return None
        width, height = page.get_size()
        found = []
        for n in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(n)
            part = " ".join(text.get_text_bounded(left, bottom, right, top).split())
            if part:
                box = (left / width, 1 - top / height, right / width, 1 - bottom / height)
                found.append(Word(part, _inside(box)))
    return whole, tuple(found)


def within(page: pdfium.PdfPage, boxes: Sequence[tuple[float, float, float, float]]) -> list[str]:
    """Return the text of a page's layer in each of some boxes (left, top, right, bottom in shares of the page).

    A letter belongs where its middle lies, to the nearer box of two. A blank stands where the file has one between two
    letters, or letters that are not in the box.
    """
    raw = pdfium.raw
    edges = [c_double() for _ in range(4)]
    places, signs = [], []
    with PDFIUM, closing(page.get_textpage()) as text:
        width, height = page.get_size()
        for n in range(min(text.count_chars(), LONGEST)):
            sign = chr(raw.FPDFText_GetUnicode(text.raw, n))
            signs.append(sign)
            found = not sign.isspace() and raw.FPDFText_GetCharBox(text.raw, n, *map(byref, edges))
            left, right, bottom, top = (edge.value for edge in edges)
            middle = ((left + right) / 2 / width, 1 - (top + bottom) / 2 / height)
            places.append(middle if found else (-1.0, -1.0))
    across, down = np.array(places).reshape(-1, 2).T
    nearest, owner = np.full(len(places), np.inf), np.full(len(places), -1)
    for box, (left_edge, upper, right_edge, lower) in enumerate(boxes):
        # Boxes of lines overlap a little: a comma belongs to the line whose middle is nearer.
        apart = np.abs(down - (upper + lower) / 2)
        mine = (across >= left_edge) & (across <= right_edge) & (down >= upper) & (down <= lower) & (apart < nearest)
        nearest[mine], owner[mine] = apart[mine], box
    texts = []
    for box in range(len(boxes)):
        inside = np.flatnonzero(owner == box)
        gaps = [" " if n and here - inside[n - 1] > 1 else "" for n, here in enumerate(inside)]
        texts.append("".join(gap + signs[here] for gap, here in zip(gaps, inside, strict=True)))
    return texts


def _is_scan(page: pdfium.PdfPage) -> bool:
    width, height = page.get_size()
    for obj in page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = obj.get_bounds()
        if (right - left) * (top - bottom) > COVERED * width * height:
            return True
    return False


def _is_sound(text: str) -> bool:
    """Whether a text is made of letters: fonts without a table of their signs give boxes and control characters."""
    signs = [sign for sign in text if not sign.isspace()]
    odd = sum(1 for sign in signs if not sign.isprintable() or sign == "\ufffd" or "\ue000" <= sign <= "\uf8ff")
    return bool(signs) and odd < 0.01 * len(signs) and len(_PLAIN.findall(text)) > 0.5 * len(signs)


def _inside(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    left, top, right, bottom = (min(max(edge, 0.0), 1.0) for edge in box)
    return round(left, 5), round(top, 5), round(max(left, right), 5), round(max(top, bottom), 5)
