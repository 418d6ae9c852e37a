"""Is the day of a file found in its name, in every form seen, and never invented?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.sources.peru.chambers import filename
from tracker.sources.peru.chambers.filename import FIRST, day_of, is_provisional, name_of, speaks_of
from tracker.sources.peru.days import MONTHS

DAYS = st.dates(FIRST, date(2031, 7, 26))


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("Asistencias_y_votaciones_PROVISIONAL_sesion_del_7_10_2026.pdf", date(2026, 10, 7)),
        ("Asistencias_y_votaciones_sesion_30_09_2026_vbo.pdf", date(2026, 9, 30)),
        ("Asistencias_y_votaciones_sesion_16_09_2026-1.pdf", date(2026, 9, 16)),
        ("Votaciones_y_Asistencias_Senado_27-7-2026.pdf", date(2026, 7, 27)),
        ("Votaciones_y_Asistencias_Senado_05-8-2026.pdf", date(2026, 8, 5)),
        ("ASISTENCIA-VOTACION-PLENO-DIPUTADOS-20260818-provisional.pdf", date(2026, 8, 18)),
        ("Asistencia_votacion_PROVISIONAL_18082026.pdf", date(2026, 8, 18)),
        ("ASISTENCIA-VOTACION-PLENO-SENADO_PROVISIONAL_-05-08-2026.pdf", date(2026, 8, 5)),
        ("Asistencia y votación 2026-10-07.pdf", date(2026, 10, 7)),
        ("Asistencia_votacion_7_de_octubre_de_2026.pdf", date(2026, 10, 7)),
        ("votaciones-7-SET-2026.pdf", date(2026, 9, 7)),
        ("Asistencia.7.10.2026.pdf", date(2026, 10, 7)),
        ("votaciones_20_11_2026_20112026.pdf", date(2026, 11, 20)),
        ("Asistencia_y_votacion.pdf", None),
        ("votaciones_29_09_2026_y_30_09_2026.pdf", None),
        ("votaciones_31_09_2026.pdf", None),
        ("votaciones_7_10_2016.pdf", None),
        ("votaciones_7_13_2026.pdf", None),
        ("votaciones_99999999.pdf", None),
        ("informe_120262026.pdf", None),
        ("7_brumario_2026.pdf", None),
        ("", None),
    ],
)
def test_the_day_is_the_one_in_the_name(name: str, day: date | None) -> None:
    assert day_of(name) == day


def test_a_day_after_the_file_appeared_cannot_be() -> None:
    name = "sesion_del_7_10_2026.pdf"
    assert day_of(name, date(2026, 10, 7)) == day_of(name, date(2026, 10, 5)) == date(2026, 10, 7)
    assert day_of(name, date(2026, 10, 4)) is None
    assert day_of(name, date(2027, 1, 1)) == day_of(name, date.max) == date(2026, 10, 7)


@given(DAYS, st.sampled_from("_- ."), st.booleans(), st.sampled_from(["", "_vbo", "-1", "_2", " (1)"]))
def test_every_form_of_every_day_is_read(day: date, mark: str, padded: bool, after: str) -> None:
    d, m = (f"{day.day:02}", f"{day.month:02}") if padded else (str(day.day), str(day.month))
    forms = [
        mark.join([d, m, str(day.year)]),
        mark.join([str(day.year), m, d]),
        f"{day:%Y%m%d}",
        f"{day:%d%m%Y}",
        mark.join([d, "de", MONTHS[day.month - 1], "de", str(day.year)]),
        mark.join([d, MONTHS[day.month - 1][:3].upper(), str(day.year)]),
    ]
    for form in forms:
        assert day_of(f"Asistencias_y_votación_sesión_{form}{after}.pdf") == day, form


@given(st.text(max_size=400))
def test_any_name_has_a_day_of_the_chambers_or_none(name: str) -> None:
    day = day_of(name)
    assert day is None or day >= FIRST
    assert isinstance(name_of(name), str)


@given(DAYS, st.integers(1, 40))
def test_two_days_are_none(day: date, later: int) -> None:
    other = day + timedelta(days=later)
    assert day_of(f"sesiones_{day:%d_%m_%Y}_y_{other:%d_%m_%Y}.pdf") is None


def test_names_are_read_from_addresses() -> None:
    assert name_of("https://s.pe/a/Asistencia%20y%20votaci%C3%B3n.pdf?x=1") == "Asistencia y votación.pdf"
    assert name_of("https://[broken/a.pdf") == ""
    assert len(name_of("https://s.pe/" + "x" * 5_000)) == filename.LONGEST


def test_what_a_name_says_besides() -> None:
    assert is_provisional("Asistencia_PROVISIONAL.pdf")
    assert is_provisional("pleno-provisional-2.pdf")
    assert not is_provisional("Asistencias_sesion_30_09_2026_vbo.pdf")
    assert speaks_of("ASISTENCIA-VOTACION-PLENO-DIPUTADOS-20260818.pdf", "diputados")
    assert not speaks_of("ASISTENCIA-VOTACION-PLENO-DIPUTADOS-20260818.pdf", "senado")
