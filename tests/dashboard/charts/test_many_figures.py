"""Do the charts over many votes show what they are given, and say all of it in words?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import altair as alt
import pytest

from dashboard import words
from dashboard.charts.agreement import BLANK, LISTED, Pair, agreement
from dashboard.charts.cohesion import cohesion
from dashboard.charts.colours import DARK, PAGE
from dashboard.charts.figure import Figure, Spec
from dashboard.charts.margin import HIGHEST, WITHIN, margins
from tracker.analysis.cohesion import Course, Mean
from tracker.analysis.margin import QUARTER
from tracker.queries.benches import Bench, Month
from tracker.queries.groups import Named
from tracker.queries.margins import Apart

ES, EN = words.of("es"), words.of("en")
Review = Callable[[str, Spec], None]


def bench(name: str, mean: float | None, *months: tuple[int, float | None, int]) -> Bench:
    """A group with its mean over a year, and for each month its share and over how many votes."""

    def over(share: float | None, votes: int) -> Mean | None:
        return None if share is None else Mean(votes, 20, None, None, share)

    held = tuple(Month(date(2023, month, 1), n, over(share, n)) for month, share, n in months)
    course = Course(over(mean, sum(month.votes for month in held)), None, QUARTER)
    return Bench(Named(name, name, True), 20, date(2023, 6, 1), course, held)


BENCHES = [
    bench("Acción Popular", 0.6, (2, 0.5, 20), (3, 0.7, 20)),
    bench("Fuerza Popular", 0.96, (3, 0.95, 30), (4, None, 1), (5, 0.97, 40)),
    bench("Nadie", None, (3, None, 0)),
]
NAMES = {"FP": "Fuerza Popular", "AP": "Acción Popular", "PL": "Perú Libre"}
PAIRS = [Pair("AP", "FP", 0.62, 210), Pair("PL", "FP", 0.05, 190), Pair("AP", "PL", None, 12)]


def must(figure: Figure | None) -> Figure:
    assert figure is not None
    return figure


def test_cohesion_has_a_line_for_each_group_and_a_gap_where_too_few_voted(review: Review) -> None:
    figure = must(cohesion(BENCHES, ES, PAGE))
    review("cohesion", figure.spec)
    alt.LayerChart.from_dict(figure.spec, validate=True)
    assert figure.title == "El más unido, Fuerza Popular (96%); el menos, Acción Popular (60%)"
    points = figure.spec["layer"][-1]["data"]["values"]
    assert [(p["group"], p["line"], p["at"]) for p in points] == [
        ("Fuerza Popular", "0.0", 0.3146), ("Fuerza Popular", "0.1", 1.0),
        ("Acción Popular", "1.0", 0.0), ("Acción Popular", "1.0", 0.3146),
    ]  # fmt: skip
    assert points[0]["y"] > points[1]["y"], "more united stands higher"
    assert points[2]["y"] > points[3]["y"]
    assert figure.rows[1] == ("Fuerza Popular", "abril de 2023", None, 1)
    assert "Fuerza Popular: marzo de 2023 95% (30 votaciones), abril de 2023 – (1 votación)" in figure.told
    assert cohesion([BENCHES[-1]], ES, PAGE) is None
    assert cohesion([replace(bench, months=bench.months[:1]) for bench in BENCHES], ES, PAGE) is None, "no course"
    assert must(cohesion(BENCHES[1:], EN, PAGE)).title == "Fuerza Popular: 96% agreement on average"


APART = (Apart(-30, 2, 0), Apart(-5, 1, 1), Apart(0, 1, 0), Apart(4, 3, 0), Apart(WITHIN, 2, 0), Apart(90, 7, 0))


def test_margins_have_a_dot_for_each_vote_that_was_close_and_words_for_the_rest(review: Review) -> None:
    figure = must(margins(APART, ES, PAGE))
    review("margin", figure.spec)
    alt.LayerChart.from_dict(figure.spec, validate=True)
    assert figure.title == "5 de 16 votaciones: a 5 votos o menos entre a favor y en contra"
    dots = figure.spec["layer"][-1]["data"]["values"]
    assert [(d["at"], d["row"], d["side"], d["edge"]) for d in dots] == [
        (-5, 0, "no", 2.5), (0, 0, "tie", 0), (4, 0, "yes", 0), (4, 1, "yes", 0), (4, 2, "yes", 0),
        (WITHIN, 0, "yes", 0), (WITHIN, 1, "yes", 0),
    ]  # fmt: skip
    assert figure.rows == (("\u22125", 1, 1), ("0", 1, 0), ("+4", 3, 0), (f"+{WITHIN}", 2, 0))
    assert figure.told == "\u22125: 1 votación; 0: 1 votación; +4: 3 votaciones; +20: 2 votaciones."
    assert figure.notes[-1] == "9 votaciones más, con más de 20 votos de diferencia, no se dibujan."
    assert margins(APART[:1], ES, PAGE) is None


def test_many_margins_share_a_dot_and_it_is_said_how_many() -> None:
    figure = must(margins([Apart(3, 100, 0), Apart(-1, 1, 1)], EN, DARK))
    dots = figure.spec["layer"][-1]["data"]["values"]
    assert [d["at"] for d in dots] == [3] * (100 // 5) + [-1], f"no more than {HIGHEST} one over the other"
    assert "Each dot stands for up to 5 votes." in figure.notes
    assert figure.rows[0] == ("+3", 100, 0), "the table has them all"


def test_agreement_is_a_square_for_each_two(review: Review) -> None:
    figure = must(agreement(NAMES, PAIRS, ES, PAGE))
    review("agreement", figure.spec)
    alt.LayerChart.from_dict(figure.spec, validate=True)
    assert figure.title == (
        "Más coincidieron Acción Popular y Fuerza Popular (62%); menos, Perú Libre y Fuerza Popular (5%)"
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
