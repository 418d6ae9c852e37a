from __future__ import annotations

from collections.abc import Callable

import pytest
from deadly_pdf import deadly

from tracker.domain.evidence import Document
from tracker.sources.contract import Unreadable
from tracker.sources.peru import paper

Draw = Callable[..., bytes]
Make = Callable[..., Document]


def code_of(document: Document) -> str:
    with pytest.raises(Unreadable) as error:
        paper.read(document)
    assert document.url in str(error.value)
    return error.value.code


def test_bad_documents_are_named(draw: Draw, document: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    good = draw(["CONGRESO DE LA REPÚBLICA"], ["-"])
    assert code_of(document(b"  \n")) == "empty"
    assert code_of(document(b"<!DOCTYPE html><html><body>Error</body></html>")) == "html_instead_of_pdf"
    assert code_of(document(b"PK\x03\x04 a word file")) == "not_a_pdf"
    assert code_of(document(good[: len(good) // 2])) == "truncated"
    assert code_of(document(b"%PDF-1.7\n" + b"\x00" * 400 + b"\n%%EOF")) == "broken_pdf"
    assert code_of(document(draw(["SECRETO"], owner_password="a", user_password="b"))) == "encrypted"
    monkeypatch.setattr(paper, "MAX_BYTES", 500)
    assert code_of(document(good)) == "too_large"
    monkeypatch.setattr(paper, "MAX_BYTES", 10_000_000)
    monkeypatch.setattr(paper, "MAX_PAGES", 1)
    assert code_of(document(good)) == "too_many_pages"
    monkeypatch.setattr(paper, "MAX_PAGES", 10)
    monkeypatch.setattr(paper, "MAX_PAGE_CHARS", 5)
    assert code_of(document(good)) == "page_too_long"


@pytest.mark.parametrize(("bound", "most"), [("MEMORY", 2**28), ("SECONDS", 1)])
def test_a_pdf_that_kills_what_opens_it_is_named(
    document: Make, monkeypatch: pytest.MonkeyPatch, bound: str, most: int
) -> None:
    monkeypatch.setattr(paper, bound, most)
    assert code_of(document(deadly())) == "reading_killed"


def test_a_scan_has_no_text(document: Make) -> None:
    from fpdf import FPDF

    pdf = FPDF()
    for _ in range(2):
        pdf.add_page()
        pdf.rect(20, 20, 100, 100)
    assert code_of(document(bytes(pdf.output()))) == "no_text"


def test_feet_go_and_pages_are_numbered(draw: Draw, document: Make) -> None:
    read = paper.read(document(draw(["Uno"], ["Dos", "-", "Tres"])))
    assert [(line.page, line.text) for line in read.lines] == [(1, "Uno"), (2, "Dos"), (2, "-"), (2, "Tres")]
    assert read.pages == 2
    assert read.without_text == ()


def test_a_running_head_of_any_wording_goes(draw: Draw, document: Make) -> None:
    pages = [["Diario de Sesiones, tomo 3", f"Texto {i}", "-"] for i in "abcdef"]
    read = paper.read(document(draw(*pages)))
    assert [line.text for line in read.lines if line.text != "-"] == [f"Texto {i}" for i in "abcdef"]


def test_a_page_without_text_is_told(draw: Draw, document: Make) -> None:
    from fpdf import FPDF

    pdf = FPDF()
    pdf.set_font("helvetica", size=9)
    pdf.add_page()
    pdf.text(10, 10, "CONGRESO")
    pdf.add_page()
    pdf.rect(20, 20, 100, 100)
    assert paper.read(document(bytes(pdf.output()))).without_text == (2,)


def test_a_compound_name_over_a_lines_end() -> None:
    assert paper.joined([paper.Line(1, "Guerra-"), paper.Line(2, "García Campos")]) == "Guerra-García Campos"
