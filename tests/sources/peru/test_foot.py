"""Is everything below the roll read: totals, table by group, note, number of the record?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sheet_words import FIRST, NOTE, PITCH, REACH, TOTALS, Sheet, ending, word

from tracker.domain.evidence import Word
from tracker.sources.peru import foot, form
from tracker.sources.peru.foot import Figure, Foot, Record
from tracker.sources.peru.form import Layout
from tracker.sources.peru.proof import COUNTED

NUMBERS = FIRST + form.NUMBERS * REACH


def layout(sheet: Sheet) -> Layout:
    found = form.layout(sheet.page())
    assert found is not None
    return found


def read(**more: Any) -> Foot:
    return foot.read(layout(Sheet(**more)))


def without(sheet: Sheet, text: str, *instead: Word) -> Foot:
    """Read a sheet with the word of that text replaced."""
    page = sheet.page()
    left = tuple(one for one in page.words if one.text != text)
    assert len(left) < len(page.words)
    found = form.layout(replace(page, words=(*left, *instead)))
    assert found is not None
    return foot.read(found)


def test_the_totals_of_a_vote() -> None:
    sheet = Sheet()
    found = read()
    assert {code: figure.value for code, figure in found.totals.items()} == sheet.counts()
    assert sum(sheet.counts().values()) == 130
    assert found.unknown == ()
    assert all(figure.sure == 0.99 for figure in found.totals.values())


def test_the_totals_of_an_attendance_list() -> None:
    """What counts for the quorum stands below the totals, and is none."""
    beside = [word("Asistencia para Quórum", 0.035, TOTALS + 13 * PITCH), ending("61", NUMBERS, TOTALS + 13 * PITCH)]
    beside.append(word("Quórum ALCANZADO", 0.035, TOTALS + 14 * PITCH))
    found = read(kind="attendance", beside=beside)
    assert {code: figure.value for code, figure in found.totals.items()} == Sheet(kind="attendance").counts()
    assert found.unknown == ()


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("SI+++", "SI +++"), ("NO---", "NO ---"), ("Abst.", "Abst."), ("SinRes", "SinRes"),
        ("A FAVOR (SI)", "SI +++"), ("EN CONTRA (NO)", "NO ---"), ("ABSTENCIÓN", "Abst."), ("SIN RESPUESTA", "SinRes"),
        ("Presentes (PRE)", "PRE"), ("Ausentes (aus)", "aus"), ("Ausentes (Aus)", "aus"), ("AUSENTE", "aus"),
        ("Con licencia Oficial (LO)", "LO"), ("LIC. OFICIAL", "LO"), ("Licencia por enfermedad (LE)", "LE"),
        ("Licencia personal (LP)", "LP"), ("LIC. POR VIAJE", "LV"), ("Comisión Ordinaria (Com)", "Com"),
        ("Com. Ext. Internacional (CEI)", "CEI"), ("Junta de Portavoces (JP)", "JP"), ("Bancada (Ban)", "Ban"),
        ("Suspendidos (Sus)", "Sus"), ("Fallecidos (F)", "F"), ("Licencia por enfermedad(LE)", "LE"),
        ("Licencia personai (LP)", "LP"), ("Suspendides (5us)", "Sus"), ("Falecidos (F)", "F"),
    ],
)  # fmt: skip
def test_a_label_stands_for_a_code(printed: str, code: str) -> None:
    assert foot.label_of(printed) == code


@pytest.mark.parametrize(
    "printed", ["", "SI +4+", "Licencia", "Licencia sin goce (L25A)", "Resultados de VOTACIÓN", "Votos en blanco", "*"]
)
def test_a_label_like_none_or_like_two_stands_for_nothing(printed: str) -> None:
    assert foot.label_of(printed) is None


def test_a_total_under_a_new_label_is_told_by_it() -> None:
    beside = [word("Licencia sin goce (L25A)", 0.035, TOTALS + 15 * PITCH), ending("1", NUMBERS, TOTALS + 15 * PITCH)]
    assert read(beside=beside).unknown == ("Licencia sin goce (L25A)",)


def test_a_total_that_is_no_number_is_kept_as_such() -> None:
    found = without(Sheet(), "Abst.", word("Abst.", 0.035, TOTALS + 2 * PITCH)).totals
    assert found["Abst."].value is not None
    assert read(figures={"Abst.": None}).totals["Abst."] == Figure(None, 0.1)


@pytest.mark.parametrize(
    ("printed", "value"),
    [("38", 38), ("0", 0), ("130", 130), ("o", 0), ("1O", 10), ("l3", 13), ("S", 5), ("7.", 7),
     ("1234", None), ("", None), ("x", None), ("3 8", None), ("-3", None)],
)  # fmt: skip
def test_a_figure_has_at_most_three_digits(printed: str, value: int | None) -> None:
    assert form.figure(word(printed, 0, 0)) == value
    assert form.figure(None) is None


def test_the_table_by_group() -> None:
    sheet = Sheet()
    found = read()
    rows = [(group, code) for group, _, code in sheet.roll]
    assert len(found.benches) == 14
    for bench in found.benches:
        counted = [
            sum(
                group == bench.code and (code == column or (column == "SinRes" and code == "***"))
                for group, code in rows
            )
            for column in COUNTED
        ]
        assert [figure.value for figure in bench.figures if figure] == counted, bench.code
    names = {bench.code: bench.name for bench in found.benches}
    assert names["AP-PIS"] == "AVANZA PAÍS - PARTIDO DE INTEGRACIÓN SOCIAL"
    assert names["FP"] == "FUERZA POPULAR"


def test_a_long_code_runs_into_its_name() -> None:
    page = Sheet().page()
    code = next(one for one in page.words if one.text == "JPP-VP" and one.cell is None)
    name = next(one for one in page.words if one.text.startswith("JUNTOS POR EL PERÚ - VOCES"))
    both = Word(f"JPP-VP {name.text}", (code.box[0], code.box[1], name.box[2], code.box[3]), 0.9)
    cut = form.layout(replace(page, words=(*(one for one in page.words if one not in (code, name)), both)))
    assert cut is not None
    assert ("JPP-VP", name.text) in [(bench.code, bench.name) for bench in foot.read(cut).benches]


def test_a_figure_under_a_stamp_is_missing_and_no_other_stands_for_it() -> None:
    page = Sheet().page()
    place = FIRST + form.COLUMNS[3] * REACH
    words = tuple(one for one in page.words if one.cell or abs(one.box[2] - place) > 0.001)
    found = form.layout(replace(page, words=words))
    assert found is not None
    assert {bench.figures[3] for bench in foot.read(found).benches} == {None}


@pytest.mark.parametrize(
    ("printed", "record"),
    [
        ("31289 - 46802 - 07844", Record("31289", "46802", "07844")),
        ("31289-46802-07844", Record("31289", "46802", "07844")),
        ("19906 – 29948 – 04454", Record("19906", "29948", "04454")),
        ("41010 - 58450 - 10009 - S", Record("41010", "58450", "10009", "S")),
        ("41010 - 58451 - 10010 -D", Record("41010", "58451", "10010", "D")),
        ("*** … la presidencia. 31289 - 46802 - 07844", Record("31289", "46802", "07844")),
        ("41010 - 58450 - 10009 - SENADO", Record("41010", "58450", "10009")),
    ],
)
def test_the_number_of_a_record(printed: str, record: Record) -> None:
    assert foot.record_of(printed) == record


@pytest.mark.parametrize("printed", ["", "31289 - 46802", "3128 - 46802 - 07844", "16/10/2024", "31289 46802 07844"])
def test_other_numbers_are_none_of_a_record(printed: str) -> None:
    assert foot.record_of(printed) is None


def test_a_record_whose_number_is_cut_into_words_is_put_together() -> None:
    parts = [ending("31289 -", 0.86, 0.978), ending("46803 -", 0.91, 0.978), ending("07832", 0.97, 0.978)]
    assert read(record=None, beside=parts).record == Record("31289", "46803", "07832")
    assert read(record=None).record is None


@given(st.text(max_size=80))
def test_no_text_breaks_labels_and_numbers(text: str) -> None:
    assert foot.label_of(text) is None or foot.label_of(text) in foot.LABELS
    found = foot.record_of(text)
    assert found is None or len(found.serial) >= 4


def test_a_total_that_runs_into_the_note_is_cut_from_it() -> None:
    """March 2024: the note begins at the height of the last totals, close to them."""
    lines = ("El congresista Alegría García, primer vicepresidente, en ejercicio de la Presidencia,",
             "deja constancia del voto a favor de los congresistas Varas Meléndez y Elías Ávalos.")  # fmt: skip
    sheet = Sheet(day=date(2024, 3, 13))
    page, counts = sheet.page(), sheet.counts()
    words = list(page.words)
    for i, code in enumerate(("Sus", "F")):
        top = TOTALS + (12 + i) * PITCH
        words = [one for one in words if not (one.box[2] == NUMBERS and abs(form.middle(one) - top) < 0.001)]
        words.append(word(f"{counts[code]}{lines[i]}", NUMBERS - 0.012, top))
    assert len(words) == len(page.words)
    cut = form.layout(replace(page, words=tuple(words)))
    assert cut is not None
    found = foot.read(cut)
    assert len(found.benches) == 12, "the table is shorter than the totals"
    assert found.note == " ".join(lines)
    assert found.torn == ()
    assert {code: figure.value for code, figure in found.totals.items()} == counts


def test_the_note_ends_above_the_footnote_and_the_number() -> None:
    found = read(note=("El Presidente del Congreso deja constancia del voto a favor del congresista Soto Reyes.",))
    assert found.note.endswith("Soto Reyes.")
    assert found.torn == ()
    close = replace(Sheet(), note=("El Presidente del Congreso deja constancia de su voto a favor.",) * 4)
    assert foot.read(layout(close)).note == " ".join(close.note), "four lines reach down to the footnote"


def test_a_note_of_capitals_is_prose_if_it_speaks_of_votes() -> None:
    text = "EL PRESIDENTE PRECISA QUE NO SE CONSIDERARÁ EL VOTO DE LA CONGRESISTA CHIRINOS VENEGAS"
    assert read(note=(text,)).note == text
    assert read(beside=[word("ÁREA DE RELATORÍA Y AGENDA", 0.5, NOTE + 0.02)]).note == ""
