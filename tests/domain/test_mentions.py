"""Is every number of a subject taken for what it is, also where character recognition has lost or added blanks?"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.mentions import LONGEST, Mention, Named, mentions


def found(text: str) -> list[tuple[str, str]]:
    return [(mention.kind.value, mention.number) for mention in mentions(text)]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        (
            "TEXTO SUSTITUTORIO DE LOS PROYECTOS DE LEY 9055, 9100, 9114,9178 Y 9180, QUE MODIFICA LA LEY 26859",
            [*(("bill", n) for n in ("9055", "9100", "9114", "9178", "9180")), ("law", "26859")],
        ),
        ("LOS PROYECTOS 371 (ACTUALIZADO) Y 796", [("bill", "371"), ("bill", "796")]),
        ("PROYECTO DE LEY DE REFORMA CONSTITUCIONAL 1161 Y OTROS", [("bill", "1161")]),
        ("PROYECTO DE RESOLUCIÓN LEGISLATIVA DEL CONGRESO 254, REGLAMENTO", [("bill", "254")]),
        ("PROYECTO N.° 576, Nº 9", [("bill", "576")]),
        ("ADMISIÓN DE LA MOCIÓN DE INTERPELACIÓN 5767, QUE PROPONE", [("motion", "5767")]),
        ("(MOCIONES DE ORDEN DEL DÍA 023 Y 024)", [("motion", "23"), ("motion", "24")]),
        ("INFORME PRELIMINAR (MOD 7, 19), MEDIANTE EL CUAL", [("motion", "7"), ("motion", "19")]),
        ("LAS LEYES 31278 Y 30493", [("law", "31278"), ("law", "30493")]),
        ("DECRETO LEGISLATIVO 1607 Y DECRETO LEY 25844", [("legislative_decree", "1607"), ("decree_law", "25844")]),
        ("EL D. LEG. 1107, EL D.L. 276 Y EL D.L. 19990",
         [("legislative_decree", "1107"), ("legislative_decree", "276"), ("decree_law", "19990")]),
        ("DECRETO DE URGENCIA 012-2019 Y D.U. N° 102-2022",
         [("urgency_decree", "012-2019"), ("urgency_decree", "102-2022")]),
        ("DECRETO SUPREMO N° 009-2022-MINEDU Y DICTA", [("supreme_decree", "009-2022-MINEDU")]),
        ("EL ANEXO DE LA RESOLUCIÓN LEGISLATIVA 31350", [("legislative_resolution", "31350")]),
        ("RESOLUCIÓN LEGISLATIVA DEL CONGRESO 013-2021-2022-CR", [("legislative_resolution", "013-2021-2022-CR")]),
        # In full, as the Congress itself writes them.
        ("10305/2024-CR", [("bill", "10305/2024-CR")]),
        ("00013-2026-2031-S Y 553-2026-2031-CD", [("bill", "00013-2026-2031-S"), ("bill", "00553-2026-2031-CD")]),
        ("PROYECTOS DE LEY 3822/2022-PE y 4021/2022-CGR", [("bill", "03822/2022-PE"), ("bill", "04021/2022-CGR")]),
        ("MOCIÓN 12-2026-2031-CD", [("motion", "00012-2026-2031-CD")]),
        # As character recognition leaves them.
        ("RETORNEALACOMISIÓN DEECONOMIAELPROYECTODELEY 2035,QUE PROPONE", [("bill", "2035")]),
        ("DELPROYECTO DE LEY 3997", [("bill", "3997")]),
        ("DEL PROYECT O DE LEY 185", [("bill", "185")]),
        ("DEL PROEYCTO DE RESOLUCIÓN LESGISLATIVA 1211", [("bill", "1211")]),
        ("LOS PROYECTOS DE LEY9055, 2053,2085Y 2231", [("bill", n) for n in ("9055", "2053", "2085", "2231")]),
        ("EL DECRETO LEGISLATIVO1428", [("legislative_decree", "1428")]),
        ("EL PL 3270 Y LOS PL 153,824", [("bill", "3270"), ("bill", "153"), ("bill", "824")]),
    ],
)  # fmt: skip
def test_numbers_are_told_apart(text: str, numbers: list[tuple[str, str]]) -> None:
    assert found(text) == numbers


@pytest.mark.parametrize(
    "text",
    [
        "ARTÍCULOS 387, 429 Y438 DEL CÓDIGO PENAL",
        "POR EL PLAZO DE 120 DÍAS HÁBILES DEL PROYECTO ESPECIAL",
        "PROYECTO DE RESOLUCIÓN DEL CONGRESO 001-2022-2023-CR",
        "EXPEDIENTE N° 020-2021-2022/CEP-CR",
        "(DENUNCIAS CONSTITUCIONALES 135, 139 Y 143)",
        "LA RESOLUCIÓN SUPREMA 0504-94-IN/PNP Y LA RESOLUCIÓN MINISTERIAL 697-2018-IN",
        "EL PROYECTO 28 DE JULIO, LA LEY 276",
        "OFICIO N° 289-2022-MP-FN, HIPERPL 12",
        "EL 3 DE MAYO DE 2022 A LAS 15:00 HORAS, INCLUYENDO EL 10%",
        "",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert found(text) == []


def test_a_number_is_not_joined_over_a_blank() -> None:
    assert found("PROYECTO 12 34") == [("bill", "12")]


SUBJECT = "TEXTO DEL PROYECTO DE LEY Nº 00371 (ACTUALIZADO), 10305/2024-CR Y LA LEY 31.\u00b2 26859"


def test_a_mention_says_where_it_stands() -> None:
    assert [SUBJECT[m.start : m.end] for m in mentions(SUBJECT)] == ["00371", "10305/2024-CR"]
    glued = "LOS PROYECTOSDELEY 9055,2085Y 2231 Y DECRETO SUPREMO 8 - 2020 - SA HASTA"
    assert [glued[m.start : m.end] for m in mentions(glued)] == ["9055", "2085", "2231", "8 - 2020 - SA"]


WORDS = st.sampled_from(
    ["PROYECTOS DE LEY", "PROYECT O", "DELEY", "MOCIÓN", "LEY", "PL", "D.L.", "Nº", "9055", "26859", "10305/2024-CR",
     "00013-2026-2031-S", "Y", ",", "(ACTUALIZADO)", "de julio", "½", "ﬁ", "\u0301", "Ⅳ", "\u200b", "%", "-", "/"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=300), st.lists(st.one_of(WORDS, st.text(max_size=6)), max_size=60).map(" ".join)))
def test_places_lie_in_the_text_in_order_and_apart(text: str) -> None:
    end = 0
    for mention in mentions(text):
        assert end <= mention.start < mention.end <= len(text)
        assert mention.number[0].isdigit()
        assert any(sign.isdigit() for sign in text[mention.start : mention.end])
        end = mention.end


@given(st.lists(st.integers(1, 14864), min_size=1, max_size=35, unique=True), st.sampled_from([", ", ",", " , "]))
def test_a_list_of_bills_comes_back_whole(numbers: list[int], comma: str) -> None:
    printed = comma.join(map(str, numbers[:-1])) + (" Y " if len(numbers) > 1 else "") + str(numbers[-1])
    text = f"TEXTO SUSTITUTORIO DE LOS PROYECTOS DE LEY {printed}, QUE PROPONE MODIFICAR LA LEY 26859"
    bills = [mention for mention in mentions(text) if mention.kind is Named.BILL]
    assert [bill.number for bill in bills] == [str(number) for number in numbers]
    assert [text[bill.start : bill.end] for bill in bills] == [bill.number for bill in bills]


@given(st.integers(1, 14864), st.integers(2021, 2025), st.sampled_from(["CR", "PE", "GL", "CGR", "JNE"]))
def test_a_number_in_full_keeps_its_year_and_proponent(number: int, year: int, who: str) -> None:
    full = f"{number:05}/{year}-{who}"
    assert mentions(f"el proyecto de Ley {number}/{year}-{who} y otros") == (
        Mention(Named.BILL, full, 19, 19 + len(f"{number}/{year}-{who}")),
    )


def test_only_the_beginning_of_a_text_without_end_is_looked_at() -> None:
    assert mentions("X" * LONGEST + " PROYECTO DE LEY 1") == ()
    assert len(mentions("PROYECTO DE LEY 1" + ",1" * LONGEST)) < LONGEST


@pytest.mark.corpus
def test_the_subjects_of_two_years(corpus: Path) -> None:
    """2,097 subjects as sheets print them, July 2021 to October 2023: 1,682 name bills, 280 motions only."""
    with gzip.open(corpus / "peru" / "facts" / "votes.jsonl.gz", "rt", encoding="utf-8") as lines:
        subjects = [json.loads(line)["subject"] for line in lines]
    named = [mentions(subject) for subject in subjects]
    assert Counter(mention.kind.value for some in named for mention in some) == {
        "bill": 3747, "law": 497, "motion": 340, "legislative_decree": 173, "supreme_decree": 23, "decree_law": 8,
        "urgency_decree": 7, "legislative_resolution": 1,
    }  # fmt: skip
    kinds = [{mention.kind for mention in some} for some in named]
    assert len(subjects) == 2097
    assert sum(Named.BILL in some for some in kinds) == 1682
    assert sum(Named.MOTION in some and Named.BILL not in some for some in kinds) == 280
    bills = [int(m.number) for some in named for m in some if m.kind is Named.BILL]
    assert max(bills) < 7000, "bills of the period had come to about 6,300 by October 2023"
    laws = [int(m.number) for some in named for m in some if m.kind is Named.LAW]
    assert 10_000 < min(laws) < max(laws) < 32_000
