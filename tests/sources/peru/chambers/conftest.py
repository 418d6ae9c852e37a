"""Sheets of Peru's two chambers: drawn ones, and texts of real ones made into pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

import pypdfium2 as pdfium
import pytest

from tracker.archive.ocr import layer
from tracker.domain.evidence import Document, Page, Request
from tracker.domain.people import Mandate
from tracker.domain.reconcile import Reconciliation, reconcile
from tracker.domain.votes import PrintedSitting, PrintedVote, Vote
from tracker.pipeline.resolve import resolve
from tracker.sources.catalogue import source
from tracker.sources.contract import Finding, Trouble


def pages_of(content: bytes) -> tuple[Page, ...]:
    """The pages of a PDF by their text layers, as the archive reads them."""
    found = []
    with pdfium.PdfDocument(content) as pdf:
        for number in range(1, len(pdf) + 1):
            said = layer.words(pdf[number - 1])
            found.append(Page(number, said[1], said[0]) if said else Page(number, ()))
    return tuple(found)


@pytest.fixture
def document() -> Callable[..., Document]:
    """Make a document of a PDF, or of the text of each of its pages in the order of the file."""

    def make(
        paper: bytes | str | Sequence[str], *, name: str = "hoja.pdf", day: date | None = None, pages: Any = None
    ) -> Document:
        texts = [paper] if isinstance(paper, str) else paper
        content = texts if isinstance(texts, bytes) else "\f".join(texts).encode()
        url = f"https://senado.congreso.gob.pe/wp-content/uploads/2026/10/{name}"
        made = Document.of(Request(url, "sheet", day), content, datetime(2026, 10, 9, tzinfo=UTC))
        if pages is None:
            pages = (
                pages_of(content)
                if isinstance(texts, bytes)
                else tuple(Page(number, (), text) for number, text in enumerate(texts, 1))
            )
        return replace(made, pages=tuple(pages))

    return make


@dataclass(frozen=True)
class Outcome:
    """What a reader made of a document, sorted."""

    found: tuple[Finding, ...]

    @property
    def votes(self) -> list[PrintedVote]:
        return [one for one in self.found if isinstance(one, PrintedVote)]

    @property
    def vote(self) -> PrintedVote:
        [vote] = self.votes
        return vote

    @property
    def sittings(self) -> list[PrintedSitting]:
        return [one for one in self.found if isinstance(one, PrintedSitting)]

    @property
    def requests(self) -> list[Request]:
        return [one for one in self.found if isinstance(one, Request)]

    @property
    def mandates(self) -> list[Mandate]:
        return [one for one in self.found if isinstance(one, Mandate)]

    @property
    def troubles(self) -> dict[str, Trouble]:
        return {one.code: one for one in self.found if isinstance(one, Trouble)}


@pytest.fixture
def read(document: Callable[..., Document]) -> Callable[..., Outcome]:
    """Read a document as one of a source."""

    def reading(paper: Any, slug: str = "pe_senate", **how: Any) -> Outcome:
        made = paper if isinstance(paper, Document) else document(paper, **how)
        chosen = source(slug)
        return Outcome(tuple(chosen.roles[made.role].read(made, chosen.sheet)))

    return reading


@pytest.fixture
def answer(read: Callable[..., Outcome]) -> Callable[..., Outcome]:
    """Read what a site answers to a request that the source makes."""

    def reading(request: Request, content: bytes, slug: str = "pe_senate") -> Outcome:
        return read(Document.of(request, content, datetime(2026, 10, 9, tzinfo=UTC)), slug)

    return reading


@pytest.fixture
def weigh() -> Callable[[PrintedVote], tuple[Vote, Reconciliation]]:
    """Place the names of a vote and make its sums, as a run does."""

    def weighing(printed: PrintedVote) -> tuple[Vote, Reconciliation]:
        chosen = source(printed.legislature)
        assert chosen.register
        vote = resolve(printed, chosen.register())
        return vote, reconcile(vote, spoken_counts=chosen.sheet.chamber.spoken_counts)

    return weighing
