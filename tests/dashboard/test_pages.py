"""Do the overview, the list of votes, changes, coverage and method say what a newsroom asks them?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import seed

from dashboard.components import terms

Open = Callable[..., Any]


@pytest.fixture(scope="session")
def waiting(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The small database with something provisional, something doubtful and something missing."""
    filled = seed.seeded(f"sqlite:///{tmp_path_factory.mktemp('waiting')}/votes.sqlite")
    seed.waiting(filled.engine)
    return str(filled.url)


def test_the_overview_ends_with_the_closest_what_moved_and_who_has_not_sat_for_long(page: Open) -> None:
    shown = page("overview")
    text = shown.text
    closest, moved, quiet = (text.index(part) for part in (
        "Las más reñidas A lo sumo 5 votos de diferencia entre a favor y en contra, en la cuenta final, desde el 30 de "
        "junio de 2023.", "Qué cambió en los registros H.R. 7", "Sin sesión desde hace tiempo United States Senate: "
        "24 de febrero de 2021, 1 votación",
    ))  # fmt: skip
    assert text.index("Sesión del 28 de setiembre de 2023") < closest < moved < quiet
    assert "Antes: 30 de junio de 2023, 2 votaciones · 29 de junio de 2023, 1 votación" in text
    assert 'href="./votes?ch=us_house&amp;since=2023-06-30&amp;until=2023-06-30"' in shown.html
    assert 'href="./coverage"' in shown.html


@pytest.mark.parametrize(
    ("asked", "count", "told"),
    [
        ({"state": "corrected"}, "1 votación", "Corregida"),
        ({"state": "doubtful"}, "1 votación", "Las sumas no cuadran"),
        ({"out": "turned"}, "1 votación", "Decidida de viva voz"),
        ({"out": "no"}, "1 votación", "Más en contra"),
        ({"margin": "1"}, "3 votaciones", "a lo sumo 1 de diferencia"),
        ({"ch": "us_house", "kind": "QUORUM"}, "2 votaciones", "US House, QUORUM"),
        ({"ch": "us_house", "out": "said:McCarthy"}, "1 votación", "US House, La fuente declara: McCarthy"),
        ({"ch": "pe_congress", "group": "PL", "stand": "no"}, "2 votaciones", "PL: sobre todo en contra"),
    ],
)
def test_every_filter_stands_in_the_address_and_is_said(
    page: Open, asked: dict[str, str], count: str, told: str
) -> None:
    shown = page("votes", **asked)
    assert f"{count} · {told}" in shown.text or f"{count} · Congreso del Perú, {told}" in shown.text
    assert {key: shown.app.query_params[key] for key in asked} == asked
    assert 'href="./votes">Quitar todos los filtros' in shown.html


def test_the_closest_first_is_an_order_not_a_filter(page: Open) -> None:
    shown = page("votes", sort="closest")
    assert "9 votaciones" in shown.text
    assert shown.html.index(seed.CORRECTED) < shown.html.index(seed.HOUSE) < shown.html.index(seed.QUORUM)
    assert "a 5 votos o menos entre a favor y en contra" in shown.text
    assert "a 5 votos o menos" not in page("votes").text, "other orders have no such chart"


@pytest.mark.parametrize(
    "asked", [{"state": "<b>"}, {"margin": "-1"}, {"out": "said:x"}, {"stand": "no"}, {"kind": "x"}]
)
def test_a_choice_that_is_none_is_dropped(page: Open, asked: dict[str, str]) -> None:
    shown = page("votes", ch="us_house", **asked)
    assert "6 votaciones · US House" in shown.text
    assert not set(asked) & set(shown.app.query_params)


def test_another_chamber_takes_back_what_only_the_first_one_has(page: Open) -> None:
    shown = page("votes", ch="us_house", kind="QUORUM")
    shown.app.selectbox(key="ch").select("us_senate").run()
    assert "1 votación · US Senate" in shown.text
    assert "kind" not in shown.app.query_params


def test_nothing_found_leads_to_what_is_held(page: Open) -> None:
    shown = page("votes", ch="pe_congress", out="tie")
    assert "Ninguna votación para Congreso del Perú, Empate." in shown.text
    assert 'href="./coverage"' in shown.html


def test_changes_are_told_by_cause_and_chamber(page: Open) -> None:
    shown = page("changes")
    assert "La fuente cambió el documento 1 vez Leímos mejor el mismo documento 0 veces" in shown.text
    assert "1 registro cambió" in shown.text
    assert "Final 5–4–0 → 4–5–0" in shown.text
    assert 'href="./method?term=source"' in shown.html
    assert "No changes of this kind." in page("changes", cause="correction", lang="en").text
    assert "Ningún cambio de esta clase." in page("changes", ch="us_senate").text


def test_a_long_list_of_changes_has_pages(page: Open, tmp_path: Path) -> None:
    filled = seed.seeded(f"sqlite:///{tmp_path}/moved.sqlite")
    seed.moved(filled.engine, 20)
    shown = page("changes", at=filled.url, page="2")
    assert "21 registros cambiaron" in shown.text
    assert shown.html.count('class="esc-subject"') == 6
    assert page("changes", at=filled.url, page="77").html.count('class="esc-subject"') == 15


def test_coverage_says_what_is_held_and_that_nothing_waits(page: Open) -> None:
    shown = page("coverage")
    text = shown.text
    for part in (
        "Roll call votes · US House · última sesión: 28 de setiembre de 2023.",
        "La última recogida falló (29 de setiembre de 2023, 22:17 UTC): clerk.house.gov answered 503 four times",
        "última sesión: 18 de mayo de 2023. Al día el 12 de junio de 2023, 22:17 UTC.",
        "29 de setiembre de 2023, 22:15 UTC, fallida: 2 documentos nuevos, 1 votación nueva",
        "United States House of Representatives Año Días Votaciones Provisionales Dudosas 2023 5 6 0 1",
        "Ningún registro espera su versión oficial.", "Toda dirección que se pidió dio su documento la última vez.",
        "H.R. 9: A bill that does not add up US House · 30 de junio de 2023",
        "Los votos contados uno por uno no dan las cifras del tablero: a favor +1",
    ):  # fmt: skip
        assert part in text, part
    year = "ch=us_house&amp;since=2023-01-01&amp;until=2023-12-31"
    assert f'href="./votes?{year}&amp;state=doubtful">1</a>' in shown.html


def test_coverage_lists_what_waits_what_is_missing_and_what_could_not_be_read(page: Open, waiting: str) -> None:
    shown = page("coverage", at=waiting, lang="en")
    for part in (
        "US House, 30 September 2023 : 1 vote, since 30 September 2023",
        "https://clerk.house.gov/evs/2023/roll601.xml", "503 the server said no",
        "the server said no line 1", "1 doubt", "1 unreadable document",
        "roll calls: 1 asked for, 0 held, 0 read whole",
    ):  # fmt: skip
        assert part in shown.text, part
    listed = 'href="./votes?ch=us_house&amp;since=2023-09-30&amp;until=2023-09-30&amp;lang=en"'
    assert listed in shown.html


@pytest.mark.parametrize("lang", ["es", "en"])
def test_the_method_explains_every_word_with_where_it_comes_from(page: Open, lang: str) -> None:
    shown = page("method", lang=lang)
    for term in terms.KNOWN:
        assert f'id="{term}"' in shown.html
    assert shown.html.count('class="esc-hint"') >= len(terms.KNOWN)
    assert "Rule XV, clause 1" in shown.text
    assert (
        "dos tercios al menos; se toma de: votos a favor y en contra" if lang == "es" else "two thirds"
    ) in shown.text
    assert "Reglas por motivo: desconocidas" not in shown.text


def test_a_word_that_is_asked_for_stands_first_and_any_other_is_not_repeated(page: Open) -> None:
    shown = page("method", term="split")
    assert shown.text.index("Grupo dividido") < shown.text.index("Las palabras Las cuentas")
    assert "esc-asked" not in page("method", term="<script>alert(1)</script>").html


def test_the_masthead_and_the_foot_lead_to_every_page(page: Open) -> None:
    shown = page("vote", id=seed.FOUNDING, lang="en")
    for name in ("check", "members", "groups", "changes", "coverage", "method"):
        assert f'href="./{name}?lang=en"' in shown.html
    assert [link.proto.label for link in shown.app.get("page_link")] == [
        "Votes", "Check", "Members", "Groups", "Changes", "Coverage", "Method",
    ]  # fmt: skip
