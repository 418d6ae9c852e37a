"""Do the charts over many votes show what they are given, and say all of it in words?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import altair as alt
import pytest

from dashboard import words
from dashboard.charts.agreement import BLANK, LISTED, Pair, agreement
from dashboard.charts.cohesion import Month, cohesion
from dashboard.charts.colours import DARK, PAGE
from dashboard.charts.figure import Figure, Spec
from dashboard.charts.margin import WITHIN, Margin, margins

ES, EN = words.of("es"), words.of("en")
Review = Callable[[str, Spec], None]
MARGINS = [
    Margin("Presupuesto", date(2023, 5, 18), 4), Margin("Tropas", date(2023, 5, 19), -1, by_voice=True),
    Margin("Censura", date(2023, 6, 1), 4), Margin("Empate", date(2023, 6, 2), 0),
    Margin("Unánime", date(2023, 6, 3), 60), Margin("Rechazo", date(2023, 6, 4), -20),
]  # fmt: skip
MONTHS = [
    Month("Fuerza Popular", date(2023, 3, 1), 0.97, 40), Month("Fuerza Popular", date(2023, 1, 1), 0.95, 30),
    Month("Fuerza Popular", date(2023, 2, 1), None, 1), Month("Acción Popular", date(2022, 12, 1), 0.5, 20),
    Month("Acción Popular", date(2023, 1, 1), 0.7, 30), Month("Nadie", date(2023, 1, 1), None, 0),
]  # fmt: skip
NAMES = {"FP": "Fuerza Popular", "AP": "Acción Popular", "PL": "Perú Libre"}
PAIRS = [Pair("AP", "FP", 0.62, 210), Pair("PL", "FP", 0.05, 190), Pair("AP", "PL", None, 12)]


def must(figure: Figure | None) -> Figure:
    assert figure is not None
    return figure


def test_margins_stand_where_they_fell(review: Review) -> None:
    figure = must(margins(MARGINS, ES, PAGE))
    review("margin", figure.spec)
    alt.LayerChart.from_dict(figure.spec, validate=True)
    assert figure.title == "2 de 6 votaciones quedaron a 3 votos o menos de lo necesario"
    assert figure.notes == (
        f"1 votación más quedó a más de {WITHIN} votos y no se dibuja.",
        "Con borde grueso, las que decidieron los votos de viva voz.",
    )
    dots = figure.spec["layer"][-1]["data"]["values"]
    assert [(dot["at"], dot["row"], dot["enough"], dot["edge"]) for dot in dots] == [
        (-20, 0, False, 0), (-1, 0, False, 2.5), (0, 0, True, 0), (4, 0, True, 0), (4, 1, True, 0),
    ]  # fmt: skip
    assert "\u22121: 1 votación; 0: 1 votación; +4: 2 votaciones" in figure.told
    assert figure.rows[1] == ("19 de mayo de 2023", "Tropas", "\u22121")


def test_margins_of_nothing_and_of_far_votes_only() -> None:
    assert margins([], EN, PAGE) is None
    figure = must(margins([Margin("x", date(2023, 1, 1), 99)], EN, PAGE))
    assert figure.title == "0 of 1 vote came within 3 of what was needed"
    assert figure.rows == ()


def test_cohesion_has_a_line_for_each_group_and_a_gap_where_too_few_voted(review: Review) -> None:
    figure = must(cohesion(MONTHS, ES, PAGE))
    review("cohesion", figure.spec)
    alt.LayerChart.from_dict(figure.spec, validate=True)
    assert figure.title == "El más unido, Fuerza Popular (96\u202f%); el menos, Acción Popular (60\u202f%)"
    points = figure.spec["layer"][-1]["data"]["values"]
    assert [(p["group"], p["line"], p["at"]) for p in points] == [
        ("Fuerza Popular", "0.0", 0.3444), ("Fuerza Popular", "0.1", 1.0),
        ("Acción Popular", "1.0", 0.0), ("Acción Popular", "1.0", 0.3444),
    ]  # fmt: skip
    assert points[0]["y"] > points[1]["y"], "more united stands higher"
    assert points[2]["y"] > points[3]["y"]
    assert figure.rows[1] == ("Fuerza Popular", "febrero de 2023", None, 1)
    assert "Fuerza Popular: enero de 2023 95\u202f% (30 votaciones), febrero de 2023 – (1 votación)" in figure.told
    assert cohesion([MONTHS[-1]], ES, PAGE) is None
    assert must(cohesion(MONTHS[:1], EN, PAGE)).title == "Fuerza Popular: 97% agreement on average"


def test_agreement_is_a_square_for_each_two(review: Review) -> None:
    figure = must(agreement(NAMES, PAIRS, ES, PAGE))
    review("agreement", figure.spec)
    alt.LayerChart.from_dict(figure.spec, validate=True)
    assert figure.title == (
        "Más coincidieron Acción Popular y Fuerza Popular (62\u202f%); menos, Perú Libre y Fuerza Popular (5\u202f%)"
    )
    cells = figure.spec["layer"][0]["data"]["values"]
    assert [(c["row"], c["column"], c["band"], c["text"]) for c in cells] == [
        (0, 0, 4, "62"), (1, 0, 1, "5"), (1, 1, BLANK, ""),
    ]  # fmt: skip
    assert figure.rows[-1] == ("Perú Libre – Acción Popular", None, 12)
    assert "En blanco, muy pocas votaciones en común." in figure.notes
    assert agreement(NAMES, PAIRS[2:], ES, PAGE) is None
    assert must(agreement(NAMES, PAIRS[:1], EN, DARK)).title == "Most alike: Acción Popular and Fuerza Popular (62%)"


@pytest.mark.parametrize(("share", "band"), [(0, 0), (0.049, 0), (0.05, 1), (0.6, 4), (0.85, 5), (0.95, 6), (1, 6)])
def test_a_shade_begins_at_its_limit(share: float, band: int) -> None:
    spec = must(agreement(NAMES, [Pair("AP", "FP", share, 100)], EN, PAGE)).spec
    assert spec["layer"][0]["data"]["values"][0]["band"] == band


def test_the_members_of_a_chamber_fit_into_one_square() -> None:
    names = {f"m{n}": f"Member {n}" for n in range(130)}
    order = list(names)
    pairs = [Pair(a, b, (n * 7 + k) % 101 / 100, 40) for n, a in enumerate(order) for k, b in enumerate(order[:n])]
    figure = must(agreement(names, pairs, EN, PAGE))
    assert len(figure.spec["layer"][0]["data"]["values"]) == 130 * 129 // 2
    assert len(figure.rows) == 130 > LISTED
    assert all(cell for row in figure.rows for cell in row)
    assert len(figure.told) < 500
    assert "with whom they agreed most and least" in figure.notes[-1]
