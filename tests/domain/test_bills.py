"""Does a bill's number become its key, in each chamber's notation?"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.bills import Bill, BillRecord, peru, peru_bill, peru_period, peru_printed, united_states

AUTUMN_2026 = date(2026, 10, 7)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("TEXTO DE LOS PROYECTOS DE LEY 9055, 9100, 9114 Y 9180", ["9055", "9100", "9114", "9180"]),
        ("EXONERACIÓN DE LA SEGUNDA VOTACIÓN DEL PROYECTO 2715 Y OTROS", ["2715"]),
        ("LOS PROYECTOS 371 (ACTUALIZADO) Y 796", ["371", "796"]),
        ("PROYECTO DE LEY DE REFORMA CONSTITUCIONAL 1161 Y OTROS", ["1161"]),
        ("PROYECTOS DE RESOLUCIONES LEGISLATIVAS DEL CONGRESO 164 Y 486", ["164", "486"]),
        ("PROYECTO DE RESOLUCIÓN LEGISLATIVA 4766/2022-PE", ["4766"]),
        ("PROYECTO 004", ["4"]),
        ("PROYECTO N.° 576, QUE MODIFICA LA LEY 26859", ["576"]),
        ("PROYECTO DE LEY 7, 8 Y 7", ["7", "8"]),
        ("PROYECTO DE LEY 576/2012-CR", []),
        ("LEY QUE MODIFICA LA LEY 26859 Y EL DECRETO LEGISLATIVO 1326", []),
        ("MOCIÓN DE ORDEN DEL DÍA 6814", []),
    ],
)  # fmt: skip
def test_peru(text: str, numbers: list[str]) -> None:
    assert [bill.number for bill in peru(text)] == numbers
    assert all(bill.period == "2021-2026" for bill in peru(text))


def test_a_bare_number_is_of_the_chamber_and_its_period() -> None:
    assert peru("PROYECTO DE LEY 7", "pe_congress", date(2026, 7, 26)) == (Bill("7", "2021-2026", "pe_congress"),)
    assert peru("PROYECTO DE LEY 7", "pe_senate", AUTUMN_2026) == (Bill("7", "2026-2031", "pe_senate"),)
    assert peru("PROYECTO DE LEY 7", "pe_deputies", AUTUMN_2026) == (Bill("7", "2026-2031", "pe_deputies"),)


@pytest.mark.parametrize(
    ("number", "bill"),
    [
        ("10305/2024-CR", Bill("10305", "2021-2026", "pe_congress")),
        ("07156/2020-PE", Bill("7156", "2016-2021", "pe_congress")),
        ("00013-2026-2031-S", Bill("13", "2026-2031", "pe_senate")),
        ("00553-2026-2031-CD", Bill("553", "2026-2031", "pe_deputies")),
        ("00006-2026-2031-CR", Bill("6", "2026-2031", "pe_congress")),
        ("00001-2022-2023-CR", None),
        ("00576/2012-CR", None),
        ("H.R. 5", None),
    ],
)
def test_a_number_in_full_says_whose_it_is(number: str, bill: Bill | None) -> None:
    assert peru_bill(number, "pe_senate", "2026-2031") == bill


def test_a_vote_records_bills_of_another_series_in_full() -> None:
    text = "PROYECTO DE LEY 98 (ANTES PL 01330/2021-CR), 00098-2026-2031-CD Y 13-2026-2031-S"
    assert peru_printed(text, "pe_deputies", AUTUMN_2026) == ("98", "01330/2021-CR", "00013-2026-2031-S")
    assert peru_printed("PROYECTO 4766/2022-PE", "pe_congress", date(2023, 5, 18)) == ("4766",)


@pytest.mark.parametrize(
    ("day", "period"),
    [
        (date(2016, 7, 25), None),
        (date(2021, 7, 22), "2016-2021"),
        (date(2021, 7, 26), "2021-2026"),
        (date(2026, 7, 26), "2021-2026"),
        (date(2026, 7, 27), "2026-2031"),
        (date(2031, 7, 27), None),
    ],
)
def test_periods(day: date, period: str | None) -> None:
    assert peru_period(day) == period


@given(st.integers(1, 99_999), st.sampled_from([("S", "pe_senate"), ("CD", "pe_deputies"), ("CR", "pe_congress")]))
def test_each_series_of_2026_has_its_own_numbers(number: int, series: tuple[str, str]) -> None:
    suffix, legislature = series
    assert peru_bill(f"{number:05}-2026-2031-{suffix}", "", "") == Bill(str(number), "2026-2031", legislature)


RECORD: dict[str, Any] = {
    "legislature": "pe_senate", "period": "2026-2031", "number": "12", "notation": "00012-2026-2031-S",
    "title": "AUTORIZA A SALIR DEL TERRITORIO", "stage": "AUTÓGRAFA", "presented": date(2026, 10, 5),
    "proponent": "PODER EJECUTIVO",
}  # fmt: skip


def test_a_record_is_about_a_bill() -> None:
    assert BillRecord(**RECORD).key == Bill("12", "2026-2031", "pe_senate")


@pytest.mark.parametrize("name", ["legislature", "period", "number", "notation"])
def test_a_record_without_its_key_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=f"needs its {name}"):
        BillRecord(**RECORD | {name: " "})


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("H R 2638", "H.R. 2638"),
        ("S. 5", "S. 5"),
        ("H.J.Res. 210", "H.J.Res. 210"),
        ("H CON RES 5", "H.Con.Res. 5"),
        ("PN999-4", "PN999-4"),
        ("QUORUM 1", None),
        ("JOURNAL", None),
    ],
)
def test_united_states(printed: str, number: str | None) -> None:
    assert united_states(printed, 110) == (Bill(number, "110") if number else None)
