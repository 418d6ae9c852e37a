"""Is a page of words cut into its parts where the form has them?"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sheet_words import FIRST, REACH, Sheet, word

from tracker.domain.evidence import Page
from tracker.sources.peru import form, groups, sheets

PAGE = Sheet().page()


def test_a_page_is_cut_into_head_roll_and_foot() -> None:
    found = form.layout(PAGE)
    assert found is not None
    assert len(found.rows) == 130
    assert [line.text for line in found.head][:2] == [
        "CONGRESO DE LA REPÚBLICA DEL PERÚ",
        "Primera Legislatura Ordinaria 2024-2025 *** Presidente: CAVERO ALVA, ALEJANDRO ENRIQUE",
    ]
    assert found.foot[0].text == "Resultados de VOTACIÓN"
    assert (round(found.first, 4), round(found.reach, 4)) == (FIRST, REACH)
    assert found.at(1.0) == pytest.approx(FIRST + REACH)


def test_rows_are_in_the_order_of_the_page_whatever_the_order_of_the_words() -> None:
    found, shuffled = form.layout(PAGE), form.layout(replace(PAGE, words=tuple(reversed(PAGE.words))))
    assert found is not None
    assert shuffled is not None
    assert shuffled.rows == found.rows
    assert [row.place for row in found.rows[43:46]] == [(0, 43), (1, 0), (1, 1)]
    assert [row.name.text for row in found.rows[:2] if row.name] == [
        "ACUÑA PERALTA, MARÍA GRIMANEZA",
        "ACUÑA PERALTA, SEGUNDO HÉCTOR",
    ]


def test_a_cell_without_print_is_missing_and_its_row_stays() -> None:
    words = tuple(one for one in PAGE.words if one.cell != (1, 5, 2))
    found = form.layout(replace(PAGE, words=words))
    assert found is not None
    assert len(found.rows) == 130
    assert found.rows[49].code is None
    assert found.rows[49].name is not None


def test_a_page_without_a_roll_has_no_layout() -> None:
    prose = tuple(one for one in PAGE.words if one.cell is None)
    few = tuple(one for one in PAGE.words if one.cell is None or one.cell[1] < 3)
    nameless = tuple(one for one in PAGE.words if one.cell is None or one.cell[2] != 1)
    for words in ((), prose, few, nameless):
        assert form.layout(Page(1, words)) is None


def test_words_of_one_line_stand_together() -> None:
    words = [word("tres", 0.6, 0.203), word("uno", 0.1, 0.2), word("abajo", 0.1, 0.213), word("dos", 0.3, 0.198)]
    assert [line.text for line in form.lines(words)] == ["uno dos tres", "abajo"]
    assert form.lines(words)[0].middle == pytest.approx(0.2003, abs=1e-4)
    assert form.lines([]) == []


@given(st.lists(st.tuples(st.floats(0, 0.9), st.floats(0.01, 0.98)), max_size=40))
def test_every_word_is_on_one_line(places: list[tuple[float, float]]) -> None:
    words = [word(str(i), left, top) for i, (left, top) in enumerate(places)]
    found = form.lines(words)
    assert sorted(int(one.text) for line in found for one in line.words) == list(range(len(words)))
    assert [line.middle for line in found] == sorted(line.middle for line in found)


@pytest.mark.parametrize(
    ("text", "words", "is_near"),
    [
        ("VOTACIÓN:", ("votacion",), True),
        ("V0TACIÓN", ("votacion",), True),
        ("ASISTENClA", ("asistencia",), True),
        ("Sesión del 16", ("sesiondel",), True),
        ("votos", ("votacion",), False),
        ("", ("votacion",), False),
    ],
)
def test_a_word_may_have_a_letter_wrong(text: str, words: tuple[str, ...], is_near: bool) -> None:
    assert form.near(text, *words) is is_near


def test_the_form_has_the_codes_of_the_sheet_and_the_groups_of_the_period() -> None:
    found = form.of(sheets.SHEET.codes)
    assert found.columns == 3
    assert set(found.words["code"]) == set(sheets.SHEET.codes)
    assert set(found.words["group"]) == {group.code for group in groups.groups()}
    assert len(set(found.words["group"])) == len(found.words["group"])
    assert found.most == 130
    assert sheets.SOURCE.roles["sheet"].form == found
