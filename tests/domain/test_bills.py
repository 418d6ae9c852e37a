from __future__ import annotations

import pytest

from tracker.domain.bills import Bill, peru, united_states


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
        ("LEY QUE MODIFICA LA LEY 26859 Y EL DECRETO LEGISLATIVO 1326", []),
        ("MOCIÓN DE ORDEN DEL DÍA 6814", []),
    ],
)  # fmt: skip
def test_peru(text: str, numbers: list[str]) -> None:
    assert [bill.number for bill in peru(text)] == numbers
    assert all(bill.period == "2021-2026" for bill in peru(text))


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
