"""Do words fit the places they are set in, whatever the words are?"""

from __future__ import annotations

import doctest
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageFont

from tracker.publish import lettering
from tracker.publish.lettering import FONTS, SANS, SERIF, STRONG, Face, block, clean, cut, lines, width

TEXTS = (
    "Texto sustitutorio de la moción 999, que propone investigar la atención a los niños de las zonas mineras",
    "MOCIÓN 999, QUE PROPONE ADMITIR A DEBATE LA VACANCIA, Y A LA ÑUSTA", "70–33–4", "AVAL Tóxicos, ñandú: «¿qué?»",
    "Przewodniczący Łódź ć",
)  # fmt: skip
FACES = (SERIF, SANS, STRONG)
SIZES = (46, 38, 28, 20)


def test_the_example_holds() -> None:
    found = doctest.testmod(lettering)
    assert found.attempted > 0
    assert not found.failed


@pytest.mark.parametrize("face", FACES)
def test_a_line_is_as_wide_as_the_font_draws_it_or_a_little_wider(face: Face) -> None:
    drawn = ImageFont.truetype(FONTS / face.file, 200, layout_engine=ImageFont.Layout.BASIC)
    for text in TEXTS:
        ours = width(text, face, 200)
        assert drawn.getlength(text) <= ours * 1.003
        assert ours <= drawn.getlength(text) * 1.04, "pairs are moved closer, by no more than this"


@pytest.mark.parametrize("face", FACES)
def test_our_fonts_have_the_letters_of_both_languages_and_their_licence(face: Face) -> None:
    letters = lettering._advances(face)
    assert {ord(letter) for letter in "áéíóúüñÁÉÍÓÚÜÑ¿¡«»–—−…·§ºª’“”€"} <= set(letters)
    licence = (FONTS / f"{face.file.partition('_')[0]}-OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence


@given(st.text(max_size=300))
def test_cleaned_text_is_one_line_of_letters_that_are_seen(text: str) -> None:
    found = clean(text)
    assert not any(unicodedata.category(letter)[0] == "C" for letter in found)
    assert found.split() == found.split(" ") or not found
    assert clean(found) == found


@given(st.text(max_size=2500).map(clean), st.sampled_from(FACES), st.integers(200, 1100), st.integers(60, 300))
def test_any_text_fits_its_place_or_says_that_it_goes_on(text: str, face: Face, room: int, height: int) -> None:
    found = block(text, face, room, height, SIZES)
    assert found.size in SIZES
    assert found.height <= height + 0.01
    assert all(width(line, face, found.size) <= room + 0.01 for line in found.lines)
    whole = "".join(found.lines).replace(" ", "")
    assert found.cut == (whole != text.replace(" ", ""))
    assert not found.cut or found.lines[-1].endswith("…")


@given(st.text(max_size=600).map(clean), st.integers(40, 900))
def test_breaking_into_lines_loses_nothing(text: str, room: int) -> None:
    found = lines(text, SERIF, 30, room)
    assert "".join(found).replace(" ", "") == text.replace(" ", "")
    assert all(line and line == line.strip() for line in found)


@given(st.text(max_size=300).map(clean), st.integers(40, 900))
def test_a_cut_line_fits(text: str, room: int) -> None:
    found = cut(text, SANS, 20, room)
    assert width(found, SANS, 20) <= max(room, width("…", SANS, 20))
    assert found == text or found.endswith("…")


def test_lines_of_a_title_are_about_as_long_as_each_other() -> None:
    found = block("Election of the Speaker of the House of Representatives", SERIF, 760, 300, (46,))
    assert len(found.lines) == 2
    one, other = (width(line, SERIF, 46) for line in found.lines)
    assert abs(one - other) < 200
