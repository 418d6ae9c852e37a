"""Minutes drawn for the tests: pages of lines, as the Congress's word processor lays them out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import pytest
from fpdf import FPDF

from tracker.domain.evidence import Document, Request

FOOT = ("DEPARTAMENTO DE RELATORÍA, AGENDA Y ACTAS", "ÁREA DE REDACCIÓN DE ACTAS", "- {} -")
Draw = Callable[..., bytes]


def draw(*pages: Sequence[str], **fpdf: str) -> bytes:
    """Draw one page for each sequence of lines, each with its foot."""
    pdf = FPDF()
    pdf.set_font("helvetica", size=9)
    for number, lines in enumerate(pages, 1):
        pdf.add_page()
        for i, line in enumerate([*lines, *(part.format(number) for part in FOOT)]):
            pdf.text(15, 12 + 5 * i, line)
    if fpdf:
        pdf.set_encryption(**fpdf)
    return bytes(pdf.output())


@pytest.fixture(name="draw")
def _draw() -> Draw:
    return draw


@pytest.fixture
def document() -> Callable[..., Document]:
    """Name bytes as a document of a role."""

    def make(
        content: bytes, role: str = "minutes", url: str = "https://example.test/acta.pdf", **context: str
    ) -> Document:
        return Document.of(Request(url, role, None, context), content, datetime(2024, 1, 1, tzinfo=UTC))

    return make
