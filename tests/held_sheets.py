"""Sheets as an archive holds them: the file, when it was seen, and the words on its pages, each page read once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from io import BytesIO

import pypdfium2 as pdfium
from drawn_sheets import FAX, VOTE, document, later, saved, scan

from tracker.archive.journal import Sighting
from tracker.archive.ocr import Sight, engine, sight
from tracker.archive.store import Store
from tracker.demo.draw_sheet import Shape
from tracker.demo.sheet_facts import Row, Sheet
from tracker.domain.evidence import Page
from tracker.sources.peru import form, sheets

FORM = form.of(sheets.SHEET.codes)
SITTING = date(2023, 5, 18)
SEEN = datetime(2026, 1, 5, 12, tzinfo=UTC)
URL = "https://www2.congreso.gob.pe/Sicr/RelatAgenda/PlenoComiPerm20112016.nsf/Apleno/A1/$FILE/Asis_vot_18-05-23.pdf"

DECIDED, OPEN = "pe-2023-05-18-99002", "pe-2023-05-18-99003"
"""Two votes: of the first one code is smudged, of the second two that the sums could fill in either way."""


def row(sheet: Sheet, group: str, code: str) -> Row:
    """The first row of a group with a code."""
    return next(one for one in sheet.rows if (one.group, one.code) == (group, code))


def smudged(sheet: Sheet, *rows: Row) -> bytes:
    """A sheet with ink over the codes of some rows."""
    return scan(sheet, shape=Shape(smudged=frozenset(one.name for one in rows)), scanner=FAX)


def bound(*files: bytes) -> bytes:
    """One PDF of the pages of several."""
    pdf = pdfium.PdfDocument.new()
    for file in files:
        pdf.import_pages(pdfium.PdfDocument(BytesIO(file)))
    return saved(pdf)


@cache
def seen(file: bytes) -> tuple[Page, ...]:
    """What the real eye sees on the pages of a file."""
    return eye()(document(file), FORM)


@cache
def eye() -> Sight:
    """The one that reads in this process: to make it ready takes a while."""
    return Sight(None, processes=1)


def words(*files: bytes) -> tuple[Page, ...]:
    """What it sees on the pages of several files bound together."""
    pages = [page for file in files for page in seen(file)]
    return tuple(replace(page, number=number) for number, page in enumerate(pages, 1))


SMUDGED = {"ALVA PRIETO, MARÍA DEL CARMEN": "SI +++", "DOROTEO CARBAJO, RAÚL FELIPE": "NO ---"}
"""Whose codes are smudged in the second vote, and what they are."""


def smudged_twice() -> tuple[bytes, bytes]:
    """The file of either vote."""
    decided = smudged(later(1), row(VOTE, "FP", "SI +++"))
    return decided, smudged(later(2), *(one for one in VOTE.rows if one.name in SMUDGED))


def hold_both(store: Store, **more: str | int) -> str:
    """Put the two votes into an archive as one file; return its SHA-256."""
    files = smudged_twice()
    return hold(store, bound(*files), words(*files), **more)  # type: ignore[arg-type]


def hold(store: Store, content: bytes, pages: Iterable[Page] = (), *, url: str = URL, hours: int = 0) -> str:
    """Put a file of that sitting into an archive, with its words if they are given; return its SHA-256."""
    sha256 = store.put(content)
    context = {"title": "Asistencias y votaciones de la sesión del 18-05-2023", "provisional": "unsaid"}
    at = SEEN + timedelta(hours=hours)
    store.record(Sighting("pe_sheets", "sheet", url, sha256, at, SITTING, context, "application/pdf"))
    if known := tuple(pages):
        store.keep_words(sha256, sight.key_of(FORM), known, engine.name())
    store.settle()
    return sha256
