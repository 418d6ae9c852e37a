"""Is the chair's note read to its end, and is it said where a piece of it is lost?"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

import pytest
import sheet_words
from hypothesis import given, settings
from hypothesis import strategies as st
from sheet_words import NOTE, NOTE_LEFT, NOTE_LETTER, NOTE_PITCH, Sheet, word

from tracker.domain.evidence import Page, Word
from tracker.domain.reconcile import reconcile
from tracker.domain.votes import PrintedVote
from tracker.pipeline.resolve import resolve
from tracker.sources.peru import foot, form, passage, reading, roster, sheets

LINES = (
    "El congresista Cavero Alva, tercer vicepresidente del Congreso, en ejercicio de la Presidencia, deja constancia",
    "del voto a favor de los congresistas Vergara Mendoza, Bazán Calderón, Paredes Fonseca, Agüero Gutiérrez,",
    "Echaíz de Núñez Izaga, Barbarán Reyes, Quiroz Barboza, Zeballos Aponte, Torres Salinas, Chacón Trujillo,",
    "Mita Alanoca y Medina Hermosilla; y del voto en contra de los congresistas Portalatino Ávalos y Flores Ramírez.",
)


def read(lines: Sequence[str] = LINES, beside: Sequence[Word] = ()) -> passage.Passage:
    layout = form.layout(Sheet(note=lines, beside=beside).page())
    assert layout is not None
    found = foot.read(layout)
    return passage.Passage(found.note, found.torn)


def at(line: int, text: str, left: float = NOTE_LEFT, sure: float = 0.99) -> Word:
    return word(text, left, NOTE + NOTE_PITCH * line, sure=sure)


def said(page: Page) -> tuple[str, bool, bool]:
    """The final tally of a page's vote, whether the note was read to its end, and whether there is any doubt."""
    [vote] = [
        one for one in reading.read_sheet(sheet_words.document(page), sheets.SHEET) if isinstance(one, PrintedVote)
    ]
    sums = reconcile(resolve(vote, roster.register()), spoken_counts=True)
    return str(sums.final), vote.spoken_whole, bool(vote.doubts)


def test_a_whole_note_is_read_without_a_doubt() -> None:
    found = read()
    assert found.text == " ".join(LINES)
    assert found.torn == ()
    assert read(()) == passage.Passage("", ())


def test_a_lost_line_leaves_a_doubt_although_both_ends_read_well() -> None:
    lines = [at(i, text) for i, text in enumerate(LINES) if i != 2]
    found = read((), lines)
    assert len(found.torn) == 1
    assert found.torn[0].startswith("a line is missing between")
    assert "Agüero Gutiérrez," in found.torn[0]


def test_what_follows_two_lost_lines_is_told() -> None:
    found = read((), [at(0, LINES[0]), at(3, LINES[3])])
    assert found.text == LINES[0]
    assert any("print beside the note is not part of it: 'Mita Alanoca y Medina" in text for text in found.torn)


@pytest.mark.parametrize("line", range(len(LINES)))
@pytest.mark.parametrize("count", [1, 2, 4])
def test_a_name_lost_from_inside_a_line_leaves_a_doubt(line: int, count: int) -> None:
    parts = LINES[line].split()
    for start in range(1, len(parts) - count):
        if sum(map(len, parts[start : start + count])) < 4:
            continue
        before, after = " ".join(parts[:start]), " ".join(parts[start + count :])
        left = NOTE_LEFT + NOTE_LETTER * (len(LINES[line]) - len(after))
        words = [at(i, text) for i, text in enumerate(LINES) if i != line]
        assert read((), [*words, at(line, before), at(line, after, left)]).torn, (before, after)


def test_a_line_that_lost_its_beginning_leaves_a_doubt() -> None:
    words = [at(i, text) for i, text in enumerate(LINES) if i != 2]
    found = read((), [*words, at(2, LINES[2][24:], NOTE_LEFT + 24 * NOTE_LETTER)])
    assert any("print beside the note" in text for text in found.torn)


def test_a_line_that_lost_its_end_leaves_a_doubt_if_the_next_word_had_room() -> None:
    lines = list(LINES)
    lines[2] = lines[2][:66]
    assert [text.split(" '")[0] for text in read(lines).torn] == ["the line seems to go on after"]


@pytest.mark.parametrize("width", range(70, 116, 3))
def test_lines_of_unequal_length_leave_no_doubt(width: int) -> None:
    lines = textwrap.wrap(" ".join(LINES), width)
    assert read(lines[:3]) == passage.Passage(" ".join(lines[:3]), ())


def test_a_stamp_beside_the_note_is_left_out_of_it() -> None:
    """Farther from the end of a line than a blank is wide, or hardly read at all."""
    stamp = [at(1, "SANTILLÁN", 0.99, 0.6), at(3, "V°B°", 0.98, 0.2), at(0, "/", 0.99, 0.1)]
    found = read(LINES, stamp)
    assert found.text == " ".join(LINES)
    assert found.torn == ()


def test_a_strange_first_line_leaves_a_doubt() -> None:
    """Its capitals are no prose, and the rest reads well by itself."""
    found = read((), [at(0, "EI C0NGR3S1ST4 CAVER0 4LV4"), *(at(i, text) for i, text in enumerate(LINES) if i)])
    assert found.text == " ".join(LINES[1:])
    assert len(found.torn) == 1
    whole = read((), [at(0, "EI C0NGR3S1ST4 CAVER0 4LV4 D3J4 C0NST4NC14")])
    assert whole.text == ""
    assert whole.torn[0].startswith("print below the table is not legible")


def test_what_is_always_printed_below_the_table_is_no_note() -> None:
    for text in (
        "COPIA INFORMATIVA INFORMACIÓN PROVISIONAL SIN LOS VOTOS ORALES",
        "Asistencia para Quórum alcanzada 61",
    ):
        assert read((), [at(0, text)]) == passage.Passage("", ()), text


def test_a_line_of_the_note_is_no_group_of_the_table() -> None:
    """A line may begin as a group's row does: a short word, then a capital, where the groups' codes stand."""
    left, top = sheet_words.FIRST + form.BENCHES * sheet_words.REACH, sheet_words.TOTALS + 14 * sheet_words.PITCH
    texts = (LINES[0], f"{LINES[1]} Cordero", "Jon Tay y Barbarán Reyes.")
    layout = form.layout(Sheet(beside=[word(text, left, top + NOTE_PITCH * i) for i, text in enumerate(texts)]).page())
    assert layout is not None
    found = foot.read(layout)
    assert "JON" not in {bench.code for bench in found.benches}
    assert found.note == " ".join(texts)


@pytest.mark.parametrize("line", range(len(LINES)))
def test_no_lost_line_moves_the_tally_unnoticed(line: int) -> None:
    true = said(Sheet(note=LINES).page())
    assert true[1:] == (True, False)
    found = said(Sheet(beside=[at(i, text) for i, text in enumerate(LINES) if i != line]).page())
    assert found == true or found[1:] == (False, True)


@settings(max_examples=60, deadline=None)
@given(line=st.integers(0, 3), start=st.integers(0, 14), count=st.integers(1, 6))
def test_nothing_lost_from_a_line_moves_the_tally_unnoticed(line: int, start: int, count: int) -> None:
    parts = LINES[line].split()
    before, after = " ".join(parts[:start]), " ".join(parts[start + count :])
    left = NOTE_LEFT + NOTE_LETTER * (len(LINES[line]) - len(after))
    words = [at(i, text) for i, text in enumerate(LINES) if i != line]
    words += [at(line, before)] if before else []
    words += [at(line, after, left)] if after else []
    final, whole, doubted = said(Sheet(beside=words).page())
    true = said(Sheet(note=LINES).page())[0]
    assert final == true or doubted or not whole
