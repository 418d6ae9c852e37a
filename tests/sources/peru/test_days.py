from __future__ import annotations

import pytest

from tracker.sources.peru import days
from tracker.sources.peru.paper import Line


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("CELEBRADA EL JUEVES 5 DE AGOSTO DE 2021", ["2021-08-05"]),
        ("SESIÓN DEL LUNES 1 DE JULIO DE 2024", ["2024-07-01"]),
        ("EL MIÉRCOLES 7 DE SEPTIEMBRE DEL 2022", ["2022-09-07"]),
        ("EL 17, 18 Y 24 DE MAYO, Y 8 DE JUNIO DE 2023", ["2023-05-17", "2023-05-18", "2023-05-24", "2023-06-08"]),
        ("LOS JUEVES 15 Y 22 DE SETIEMBRE DE 2022", ["2022-09-15", "2022-09-22"]),
        (
            "EL JUEVES 26 Y LUNES 30 DE ENERO, Y MIÉRCOLES 1 DE FEBRERO DE 2023",
            ["2023-01-26", "2023-01-30", "2023-02-01"],
        ),
        ("EL MIÉRCOLES 29 Y EL JUEVES 30 DE MARZO DE 2023", ["2023-03-29", "2023-03-30"]),
        ("EL 31 DE FEBRERO DE 2023", []),
        ("PERIODO ANUAL DE SESIONES 2021-2022", []),
    ],
)
def test_days_of_a_heading(text: str, wanted: list[str]) -> None:
    assert [day.isoformat() for day in days.listed(text)] == wanted


def lines(*texts: str) -> list[Line]:
    return [Line(1, text) for text in texts]


HEADING = ("ACTA DE LA 11.a SESIÓN DEL PLENO DEL CONGRESO,", "CELEBRADA EL MARTES 3 DE MAYO DE 2022", "-=o=-")
SECOND = "EL MIÉRCOLES 4 DE MAYO DE 2022, a las 10:24 h, en el hemiciclo de sesiones"


def test_days_begin_in_the_body_not_in_the_summary() -> None:
    summary = (
        "S U M A R I O",
        "EL MIÉRCOLES 4 DE MAYO DE 2022 continuó la sesión a las 10:24 h.",
        "Se aprobó una moción.",
    )
    found = days.find(lines(*HEADING, *summary, *HEADING, "A las 10 h se inició la sesión.", SECOND, "continuó.", "-"))
    assert found is not None
    assert [(d.date.isoformat(), d.index) for d in found.days] == [("2022-05-03", 0), ("2022-05-04", 10)]
    assert found.missing() == ()
    assert found.on(9).date.isoformat() == "2022-05-03"


def test_a_day_named_that_never_begins_is_reported() -> None:
    summary = ("S U M A R I O", "EL MIÉRCOLES 4 DE MAYO DE 2022 continuó la sesión a las 10:24 h.")
    found = days.find(lines(*HEADING, *summary, *HEADING, "A las 10 h se inició la sesión.", "Fin."))
    assert found is not None
    assert [day.isoformat() for day in found.missing()] == ["2022-05-04"]


def test_dates_in_the_running_text_begin_no_day() -> None:
    text = (
        "El miércoles 4 de mayo de 2022 se publicó la ley.",
        "EL JUEVES 4 DE MAYO DE 2023",
        "LEY QUE DECLARA FERIADO",
    )
    found = days.find(lines(*HEADING, *HEADING, *text, "Fin."))
    assert found is not None
    assert len(found.days) == 1


def test_a_wrong_weekday_is_doubted() -> None:
    found = days.find(lines(*HEADING, *HEADING, SECOND.replace("MIÉRCOLES", "LUNES"), "continuó.", "-"))
    assert found is not None
    assert "lunes" in found.doubts[0]


def test_without_a_heading_there_is_no_day() -> None:
    assert days.find(lines("CONGRESO DE LA REPÚBLICA", "Orden del día")) is None


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("12-17182425.may.8.jun.2023.pdf", ["05-17", "05-18", "05-24", "05-25", "06-08"]),
        (
            "28-262730.ene.0102080917.feb.2023.pdf",
            ["01-26", "01-27", "01-30", "02-01", "02-02", "02-08", "02-09", "02-17"],
        ),
        ("27-31ene.0102feb.2022.pdf", ["01-31", "02-01", "02-02"]),
        ("01-1,8,10.mar.2022.pdf", ["03-01", "03-08", "03-10"]),
        ("05-19y24agoPLO2021.pdf", ["08-19", "08-24"]),
        ("00-md_23^J26.jul.2021.pdf", ["07-23", "07-26"]),
        ("08-02setPLO2021v2.pdf", ["09-02"]),
        ("08-02sep.2021.pdf", ["09-02"]),
        ("97391016.pdf", []),
        ("12-31.feb.2022.pdf", []),
        ("12-123.may.2022.pdf", []),
        ("12-24.may.17.may.2022.pdf", []),
    ],
)
def test_days_in_file_names(name: str, found: list[str]) -> None:
    assert [day.strftime("%m-%d") for day in days.in_name(name)] == found
