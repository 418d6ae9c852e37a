"""Is the text a page was born with believed, and another reader's guess at a picture not?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from drawn_sheets import VOTE, many, scan
from fpdf import FPDF
from fpdf.enums import TextMode
from PIL import Image

from tracker.archive.ocr import layer
from tracker.demo import draw_sheet

LINE = "CONGRESO DE LA REPÚBLICA DEL PERÚ, sesión del 18 de mayo de 2023, línea {}"


def page(draw: Callable[[FPDF], object]) -> bytes:
    pdf = FPDF(unit="pt", format="A4")
    pdf.add_page()
    pdf.set_font("helvetica", size=9)
    draw(pdf)
    return bytes(pdf.output())


def text(pdf: FPDF) -> None:
    for n in range(30):
        pdf.text(50, 60 + 14 * n, LINE.format(n))


def words(content: bytes) -> tuple[str, list[str]] | None:
    pdf = pdfium.PdfDocument(content)
    try:
        found = layer.words(pdf[0])
        return None if found is None else (found[0], [word.text for word in found[1]])
    finally:
        pdf.close()


def test_the_text_of_a_page_comes_with_the_places_of_its_words() -> None:
    content = page(text)
    whole, found = words(content) or ("", [])
    assert whole.splitlines()[3] == LINE.format(3)
    assert found == [LINE.format(n) for n in range(30)]
    pdf = pdfium.PdfDocument(content)
    _, placed = layer.words(pdf[0]) or ("", ())
    tops = [word.box[1] for word in placed]
    assert tops == sorted(tops)
    assert placed[0].box[0] == pytest.approx(50 / 595, abs=0.005)
    assert placed[0].box[3] == pytest.approx(60 / 842, abs=0.01)
    assert {word.confidence for word in placed} == {1.0}
    pdf.close()


def test_a_drawn_sheet_has_a_layer_and_its_scan_none() -> None:
    assert words(draw_sheet.printed([VOTE])) is not None
    assert words(scan(VOTE)) is None


def test_a_scan_with_text_underneath_is_read_by_eye() -> None:
    """The text is what another programme took the picture for, however sound it looks."""

    def scanned(pdf: FPDF) -> None:
        pdf.image(Image.new("L", (800, 1130), 255), 0, 0, pdf.w, pdf.h)
        with pdf.local_context(text_mode=TextMode.INVISIBLE):
            text(pdf)

    assert words(page(scanned)) is None


def test_a_page_with_a_small_picture_keeps_its_text() -> None:
    def illustrated(pdf: FPDF) -> None:
        pdf.image(Image.new("L", (80, 80), 0), 20, 20, 60, 60)
        text(pdf)

    assert words(page(illustrated)) is not None


@pytest.mark.corpus
def test_the_damaged_layer_of_an_official_scan_is_refused(corpus: Path) -> None:
    content = (corpus / "peru/scans/Asis_y_vot_22-11-2024_page_with_bad_text_layer.pdf").read_bytes()
    pdf = pdfium.PdfDocument(content)
    there = pdf[0].get_textpage()
    assert there.count_chars() > layer.FEWEST
    there.close()
    assert layer.words(pdf[0]) is None
    pdf.close()


def test_a_few_signs_or_a_flood_of_them_are_no_layer() -> None:
    assert words(many(1)) is None
    assert words(page(lambda pdf: pdf.text(50, 800, "Página 12 de 40"))) is None

    def flood(pdf: FPDF) -> None:
        pdf.set_font("helvetica", size=2)
        for n in range(1, 280):
            pdf.text(10, 3 * n, f"{n} ACUÑA PERALTA, MARÍA GRIMANEZA, Y OTROS" * 4)

    assert words(page(flood)) is None


@pytest.mark.parametrize(
    "damaged",
    [
        "\ufffd" * 30 + "ACUÑA PERALTA" * 4,
        "\ue012\ue013\ue014" * 40,
        "+++ --- *** ..." * 20,
        "\x01\x02\x03ABC" * 40,
        "   \n  ",
    ],
)
def test_signs_that_are_no_letters_are_no_sound_text(damaged: str) -> None:
    assert not layer._is_sound(damaged)


def test_a_sheets_own_text_is_sound() -> None:
    assert layer._is_sound("APP ACUÑA PERALTA, MARÍA GRIMANEZA SI +++ NO --- 31289 - 46802 - 07844")


def test_letters_are_put_into_the_boxes_their_middles_lie_in() -> None:
    def lines(pdf: FPDF) -> None:
        for x, y, said in ((100, 100, "UNO, DOS"), (100, 109, "TRES"), (400, 100, "LEJOS")):
            pdf.text(x, y, said)

    pdf = pdfium.PdfDocument(page(lines))
    one, two = (0.15, 92 / 842, 0.3, 104 / 842), (0.15, 99 / 842, 0.3, 112 / 842)
    assert layer.within(pdf[0], [one, two, (0.6, 0.1, 0.8, 0.13), (0.9, 0.9, 1.0, 1.0)]) == [
        "UNO, DOS",
        "TRES",
        "LEJOS",
        "",
    ]
    assert layer.within(pdf[0], []) == []
    pdf.close()
