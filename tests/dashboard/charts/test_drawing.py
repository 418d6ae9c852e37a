"""Does the hemicycle within HTML seat the same people in the same places as the chart, and say the same in words?"""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest
import seed

from dashboard import words
from dashboard.charts.colours import PAGE
from dashboard.charts.drawing import MARGIN, UNIT, hemicycle
from dashboard.charts.hemicycle import hemicycle as chart
from dashboard.charts.house import house, in_the_middle
from tracker.queries.view import VoteView

ES, EN = words.of("es"), words.of("en")
Look = Callable[[str], VoteView]
FIRST = re.compile(r"M(-?[\d.]+) (-?[\d.]+)")


def drawn(view: VoteView, say: words.Words = ES) -> ET.Element:
    of = house(view, say)
    assert of is not None
    return ET.fromstring(hemicycle(of, in_the_middle(of, view, say)))


def seats(svg: ET.Element) -> dict[str, list[tuple[float, float]]]:
    """Where each outline of a class begins."""
    return {
        path.attrib["class"]: [(float(x), float(y)) for x, y in FIRST.findall(path.attrib["d"])]
        for path in svg.iter("path")
    }


def test_every_member_has_a_seat_by_look_and_by_voice(look: Look) -> None:
    found = {kind: len(some) for kind, some in seats(drawn(look(seed.SHEET))).items()}
    assert found == {
        "esc-seat-yes": 69, "esc-seat-abstain": 4, "esc-seat-not_cast": 23, "esc-seat-no": 31,
        "esc-seat-yes esc-aloud": 1, "esc-seat-no esc-aloud": 2,
    }  # fmt: skip


@pytest.mark.parametrize("slug", [seed.SHEET, seed.HOUSE, seed.SENATE])
def test_seats_stand_where_the_chart_has_them(look: Look, slug: str) -> None:
    view = look(slug)
    figure, svg = chart(view, EN, PAGE), drawn(view, EN)
    assert figure is not None
    assert svg.attrib["viewbox"].startswith("0 0 ")
    width = float(svg.attrib["viewbox"].split()[2])
    rows = figure.spec["layer"][0]["data"]["values"]
    ours = sorted(x for some in seats(svg).values() for x, _ in some)
    assert len(ours) == len(rows)
    leftmost = min(row["x"] for row in rows) * UNIT + width / 2
    assert MARGIN <= ours[0] <= leftmost, "the outline begins left of the middle of the seat"
    assert leftmost - ours[0] < UNIT * 0.08 + 1
    assert max(ours) < width - MARGIN


def test_it_says_what_the_chart_says(look: Look) -> None:
    view = look(seed.SHEET)
    figure, svg = chart(view, ES, PAGE), drawn(view)
    assert figure is not None
    assert (svg.findtext("title"), svg.findtext("desc")) == (figure.title, figure.told)
    ids = {element.attrib.get("id") for element in svg}
    assert {svg.attrib["aria-labelledby"], svg.attrib["aria-describedby"]} <= ids
    assert [text.text for text in svg.iter("text")] == ["70–33–4", "tablero 69–31–4"]
    assert [text.text for text in drawn(look(seed.HOUSE), EN).iter("text")] == ["277–148"]


@pytest.mark.parametrize("slug", [seed.SPEAKER, seed.QUORUM])
def test_nobody_is_seated_where_it_would_mislead(look: Look, slug: str) -> None:
    assert house(look(slug), ES) is None
