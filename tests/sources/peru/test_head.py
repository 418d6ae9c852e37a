"""Is the head of a sheet read: what it records, of which day, when, in whose chair, about what?"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sheet_words import Sheet, word

from tracker.sources.peru import form, head
from tracker.sources.peru.form import Line


def read(**more: Any) -> head.Head:
    layout = form.layout(Sheet(**more).page())
    assert layout is not None
    found = head.read(layout.head)
    assert found is not None
    return found


def lines(*texts: str) -> list[Line]:
    return [Line((word(text, 0.04, 0.02 + 0.015 * i),)) for i, text in enumerate(texts)]


def test_the_head_of_a_vote() -> None:
    found = read()
    assert found == head.Head(
        kind="vote",
        organ="CONGRESO DE LA REPÚBLICA DEL PERÚ",
        term="Primera Legislatura Ordinaria 2024-2025 *** Presidente: CAVERO ALVA, ALEJANDRO ENRIQUE",
        sitting=date(2024, 10, 16),
        taken=datetime(2024, 10, 16, 10, 15),  # noqa: DTZ001
        chair="CAVERO ALVA, ALEJANDRO ENRIQUE",
        subject="CUESTIÓN PREVIA PARA QUE EL PROYECTO DE LEY 5632 RETORNE A LA COMISIÓN DE JUSTICIA",
        provisional=False,
    )
    assert not found.permanent


def test_the_head_of_an_attendance_list_has_no_chair_and_no_subject() -> None:
    found = read(kind="attendance", clock="Fecha: 16/10/2024 Hora: 09:21 am")
    assert (found.kind, found.chair, found.subject) == ("attendance", None, "")
    assert found.taken == datetime(2024, 10, 16, 9, 21)  # noqa: DTZ001


@pytest.mark.parametrize("printed", ["VOTACIÓN:", "VOTACION", "VOTAClÓN:", "V0TACIÓN:", "VOTACIÓN: Fecha:"])
def test_the_kind_is_known_with_a_letter_wrong(printed: str) -> None:
    found = head.read(lines("CONGRESO DE LA REPÚBLICA DEL PERÚ", printed))
    assert found is not None
    assert found.kind == "vote"


def test_a_page_that_is_neither_has_no_head() -> None:
    assert head.read(lines("CONGRESO DE LA REPÚBLICA DEL PERÚ", "RELACIÓN DE CONGRESISTAS")) is None
    assert head.read([]) is None


@pytest.mark.parametrize(
    ("printed", "hour", "minute"),
    [
        ("Fecha: 19/05/2023 Hora: 12:10 am", 0, 10),
        ("Fecha: 19/05/2023 Hora: 12:10 pm", 12, 10),
        ("Fecha: 19/05/2023   Hora: 01:05 PM", 13, 5),
        ("Fecha: 19/05/2023 H0ra: 9:59 a.m.", 9, 59),
        ("Fecha:19/05/2023Hora:04.48pm", 16, 48),
        ("VOTACIÓN: Fecha: 19/05/2023 Hora: 11:00 am", 11, 0),
    ],
)
def test_the_clock_has_twelve_hours(printed: str, hour: int, minute: int) -> None:
    assert head.clock_time(printed) == datetime(2023, 5, 19, hour, minute)  # noqa: DTZ001


@pytest.mark.parametrize(
    "printed",
    [
        "Fecha: 19/05/2023 Hora: 13:10 pm",
        "Fecha: 19/05/2023 Hora: 00:10 am",
        "Fecha: 19/05/2023 Hora: 10:61 am",
        "Fecha: 31/02/2023 Hora: 10:10 am",
        "Fecha: 19/05/2023 Hora: 10:10",
        "Fecha: 19/05/2023",
        "Hora: 10:10 am",
    ],
)
def test_what_no_clock_shows_is_no_time(printed: str) -> None:
    assert head.clock_time(printed) is None


@given(st.datetimes(datetime(2006, 1, 1), datetime(2026, 12, 31)))  # noqa: DTZ001
def test_every_minute_is_read_as_printed(moment: datetime) -> None:
    half = "am" if moment.hour < 12 else "pm"
    printed = f"Fecha: {moment:%d/%m/%Y} Hora: {(moment.hour - 1) % 12 + 1:02}:{moment.minute:02} {half}"
    assert head.clock_time(printed) == moment.replace(second=0, microsecond=0)


@given(st.text(alphabet="0123456789/: .apmFechaHorVTÓN", max_size=60))
def test_no_text_breaks_the_clock(text: str) -> None:
    found = head.clock_time(text)
    assert found is None or found.year >= 1


@pytest.mark.parametrize(
    ("sitting", "clock", "day"),
    [
        ("Sesión del 18 de mayo de 2023", "Fecha: 18/05/2023 Hora: 11:40 pm", date(2023, 5, 18)),
        ("Sesión del 18 de mayo de 2023", "Fecha: 19/05/2023 Hora: 12:10 am", date(2023, 5, 18)),
        ("Sesión del 16 de junio de 2022", "Fecha: 17/06/2022 Hora: 05:26 am", date(2022, 6, 16)),
        ("Sesión virtual del 26 de julio de 2021", "Fecha: 26/07/2021 Hora: 10:40 am", date(2021, 7, 26)),
        ("Sesión del 31 de diciembre de 2023", "Fecha: 01/01/2024 Hora: 12:30 am", date(2023, 12, 31)),
    ],
)
def test_a_vote_after_midnight_keeps_the_day_of_its_sitting(sitting: str, clock: str, day: date) -> None:
    assert read(sitting=sitting, clock=clock).sitting == day


@pytest.mark.parametrize(
    "sitting",
    [
        "Sesión del 15 de octubre de 2024",
        "Sesión del 18 de octubre de 2024",
        "Sesión del 16 de octubre de 2023",
        "Sesión del 46 de octubre de 2024",
        "Sesión del 1ó de octubre",
    ],
)
def test_a_day_that_the_clock_speaks_against_is_not_believed(sitting: str) -> None:
    """The clock says a quarter past ten of the sixteenth: a digit of one of the two was read wrongly."""
    assert read(sitting=sitting).sitting is None


def test_without_a_clock_the_day_stands() -> None:
    found = read(clock="Fecha: ilegible")
    assert (found.sitting, found.taken) == (date(2024, 10, 16), None)


@pytest.mark.parametrize(
    ("printed", "chair"),
    [
        ("*** Presidente: SALHUANA CAVIDES, EDUARDO", "SALHUANA CAVIDES, EDUARDO"),
        ("Presidenta: CAMONES SORIANO, LADY MERCEDES", "CAMONES SORIANO, LADY MERCEDES"),
        ("** Pre5idente; WILLIAMS ZAPATA, JOSÉ DANIEL", "WILLIAMS ZAPATA, JOSÉ DANIEL"),
        ("*** Presidente:", None),
        ("*** Presidente: X", None),
        ("Primera Vicepresidencia", None),
    ],
)
def test_who_presides(printed: str, chair: str | None) -> None:
    found = head.read(lines("CONGRESO DE LA REPÚBLICA DEL PERÚ", printed, "VOTACIÓN:"))
    assert found is not None
    assert found.chair == chair


def test_a_sheet_of_the_permanent_commission_says_so() -> None:
    assert read(organ="COMISIÓN PERMANENTE DEL CONGRESO DE LA REPÚBLICA").permanent
    second = head.read(lines("CONGRESO DE LA REPÚBLICA DEL PERÚ", "Sesión de la Comisión Permanente", "VOTACIÓN:"))
    assert second is not None
    assert second.permanent


@pytest.mark.parametrize("organ", ["CONGRESO DE LA REPÚBLICA DEL PERÚ", "(ilegible)"])
def test_a_vote_about_the_permanent_commission_is_one_of_the_plenary(organ: str) -> None:
    found = read(organ=organ, subject=("DELEGACIÓN DE FACULTADES", "A LA COMISIÓN PERMANENTE DEL CONGRESO"))
    assert not found.permanent
    assert found.subject.endswith("COMISIÓN PERMANENTE DEL CONGRESO")


@pytest.mark.parametrize(
    "text",
    ["COPIA INFORMATIVA", "INFORMACIÓN PROVISIONAL", "SIN LOS VOTOS ORALES", "sin registros orales"],
)
def test_a_provisional_copy_says_so_above_or_below_the_roll(text: str) -> None:
    top = lines("CONGRESO DE LA REPÚBLICA DEL PERÚ", "VOTACIÓN:")
    plain, below, above = (head.read(top), head.read(top, text), head.read([*top, *lines(text)]))
    assert [found.provisional for found in (plain, below, above) if found] == [False, True, True]


def test_a_subject_goes_on_over_lines_and_hyphens() -> None:
    subject = ("TEXTO SUSTITUTORIO DE LOS PROYECTOS DE LEY 9055 Y 9180, LEY ANTI-", "CORRUPCIÓN", "Y OTRAS")
    assert read(subject=subject).subject.endswith("LEY ANTI-CORRUPCIÓN Y OTRAS")
    found = head.read(lines("VOTACIÓN:", "Asunto: MOCIÓN DE CENSURA", "AL MINISTRO"))
    assert found is not None
    assert found.subject == "MOCIÓN DE CENSURA AL MINISTRO"
