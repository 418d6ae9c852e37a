"""The demonstration's sheets as the tests use them: pages scanned in all sorts of ways, and documents that are odd."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray

from tracker.demo import draw_sheet
from tracker.demo.draw_sheet import Shape
from tracker.demo.scanned import Scanner
from tracker.demo.sheet_facts import Sheet, sheet_files
from tracker.domain.evidence import Document, Request

ATTENDANCE, VOTE = next(file.sheets for file in sheet_files() if str(file.date) == "2023-05-18")
FAX = Scanner(depth="bilevel")
URL = "https://example.test/$FILE/Asis_vot_18-05-23.pdf"


def later(number: int) -> Sheet:
    """The vote taken once more, so many minutes later, under a number of its own."""
    serial = int(VOTE.record[-5:]) + number
    return replace(VOTE, taken=VOTE.taken + timedelta(minutes=number), record=f"99000 - {serial + 1} - {serial}")


def scan(*sheets: Sheet | None, shape: Shape | None = None, scanner: Scanner = FAX) -> bytes:
    """Draw and scan sheets, None an empty page; each only once in a run of the tests."""
    key = repr((sheets, shape, scanner))
    if key not in _SCANS:
        _SCANS[key] = draw_sheet.scan(sheets, shape, scanner)
    return _SCANS[key]


_SCANS: dict[str, bytes] = {}


def turned(degrees: int, page: int = 1) -> Scanner:
    """A scanner in which a page lies turned."""
    return replace(FAX, turned={page: degrees})


def document(content: bytes, url: str = URL) -> Document:
    """Name bytes as a document of sheets."""
    return Document.of(Request(url, "sheet"), content, datetime(2026, 1, 1, tzinfo=UTC), "application/pdf")


def rendered(content: bytes, page: int = 1, scale: float = 200 / 72) -> NDArray[np.uint8]:
    """A page as grey values."""
    pdf = pdfium.PdfDocument(content)
    try:
        return np.asarray(pdf[page - 1].render(scale=scale, grayscale=True).to_numpy().squeeze(), np.uint8)
    finally:
        pdf.close()


@cache
def many(pages: int) -> bytes:
    """A PDF of so many empty pages."""
    pdf = pdfium.PdfDocument.new()
    for _ in range(pages):
        pdf.new_page(595, 842)
    return saved(pdf)


def saved(pdf: pdfium.PdfDocument) -> bytes:
    """Return a PDF as bytes."""
    out = BytesIO()
    pdf.save(out)
    pdf.close()
    return out.getvalue()
