"""Does the page of a vote show its charts after its numbers, with their words, and keep the choice in the address?"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
import seed

Open = Callable[..., Any]


def charts(shown: Any) -> list[Any]:
    return [element.proto for element in shown.app.get("vega_lite_chart")]


def test_the_charts_come_after_the_numbers_each_with_its_words(page: Open) -> None:
    shown = page("vote", id=seed.SHEET, own="1")
    order = [
        "70–33–4", "De dónde sale", "De un vistazo", "70 de los 107 votos emitidos fueron a favor",
        "37 votos más a favor que en contra", "De viva voz, la cuenta pasó de 69–31–4 a 70–33–4", "Por grupo",
        "Más votos a favor: Fuerza Popular (20)", "Comprobaciones",
    ]  # fmt: skip
    text = shown.text.split("En esta página")[-1] if "En esta página" in shown.text else shown.text
    places = [text.index(part, text.index(order[1]) if n > 1 else 0) for n, part in enumerate(order)]
    assert places == sorted(places)
    alternatives = [chart.alt for chart in charts(shown)]
    assert len(alternatives) == 4
    assert alternatives[0].startswith("Hemiciclo de 130 personas. 70 a favor · 33 en contra · 4 abstenciones · 23")
    assert shown.html.count('<details class="esc-figures">') == 4
    assert "Este gráfico en cifras" in text
    assert '<a href="#charts">Gráficos</a>' in shown.html


def test_the_seats_follow_the_address_and_the_address_the_switch(page: Open) -> None:
    shown = page("vote", id=seed.SHEET, own="1", seats="group", lang="en")
    assert "7 of 11 groups voted undivided" in shown.text
    assert "seats=group" in shown.html, "the way to the other language keeps the choice"
    shown.app.segmented_control(key="seats").set_value("position").run()
    assert "70 of the 107 votes cast were in favour" in shown.text
    assert "seats" not in shown.app.query_params
    shown.app.segmented_control(key="seats").set_value("group").run()
    assert shown.app.query_params["seats"] in ("group", ["group"])


def test_a_way_of_seating_that_is_none_falls_back(page: Open) -> None:
    shown = page("vote", id=seed.SHEET, own="1", seats="<script>")
    assert "70 de los 107 votos emitidos" in shown.text
    assert "seats" not in shown.app.query_params


@pytest.mark.parametrize("slug", [seed.SPEAKER, seed.QUORUM])
def test_where_a_chart_would_mislead_there_is_none(page: Open, slug: str) -> None:
    shown = page("vote", id=slug)
    assert charts(shown) == []
    assert "De un vistazo" not in shown.text
    assert "#charts" not in shown.html
    assert not shown.app.segmented_control


def test_colours_are_left_to_the_style_sheet_and_nothing_is_fetched(page: Open) -> None:
    for chart in charts(page("vote", id=seed.HOUSE, lang="en")):
        spec = json.loads(chart.spec)
        assert '"url"' not in chart.spec
        assert "var(--esc-yes, #2468a3)" in chart.spec
        assert spec["usermeta"]["embedOptions"]["renderer"] == "svg", "style sheets do not reach a canvas"
