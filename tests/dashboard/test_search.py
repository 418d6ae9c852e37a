"""Does the list say what a search was taken to mean, and lead to what it names?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import seed

from tracker.queries import filters

Open = Callable[..., Any]


@pytest.mark.parametrize(
    ("query", "es", "en"),
    [
        ("18/5/2023", "fecha: 18 de mayo de 2023", "date: 18 May 2023"),
        ("mayo 2023", "fecha: del 1 de mayo de 2023 al 31 de mayo de 2023", "date: 1 May 2023 to 31 May 2023"),
        ("19 de mayo", "fecha: 19 de mayo de cualquier año", "date: 19 May of any year"),
        ("70 a 33", "recuento: 70–33", "count: 70–33"),
        ("PL 4766", "proyecto 4766", "bill 4766"),
        ("ingrso", "«ingrso» no figura en ninguna votación; se buscó «ingreso»", "looked for “ingreso”"),
        ("troops", "troops: también tropas y personal militar", "troops: also tropas and personal militar"),
        ("militar 2023", "2023: primero como palabra, luego como año", "2023: first as a word, then as a year"),
        ("31548", "«Resolución Legislativa 31548» en la prensa", "“Resolución Legislativa 31548” in the press"),
    ],
)
def test_what_was_understood_is_said(page: Open, query: str, es: str, en: str) -> None:
    for lang, said in (("es", es), ("en", en)):
        shown = page("votes", q=query, lang=lang)
        assert said in shown.text
        assert f"id={seed.FOUNDING}" in shown.html
        assert "exact=true" in shown.html


def test_plain_words_need_no_explanation_and_exact_ones_are_not_explained_away(page: Open) -> None:
    assert "Se entendió" not in page("votes", q="personal extranjero").text
    shown = page("votes", q="ingrso militar", exact="true")
    assert "«ingrso militar», tal como se escribió" in shown.text
    assert "Se entendió" not in shown.text
    assert seed.FOUNDING not in shown.html


def test_members_and_groups_are_a_step_away(page: Open) -> None:
    shown = page("votes", q="portalatino")
    assert "Congresista: Portalatino Ávalos, Kelly Roxana" in shown.text
    assert 'href="./member?id=portalatino-avalos-kelly-roxana&amp;ch=pe_congress' in shown.html
    shown = page("votes", q="FP", lang="en")
    assert "Group: Fuerza Popular" in shown.text


def test_a_name_from_the_press_stands_on_the_page_of_a_vote_as_ours(page: Open) -> None:
    shown = page("vote", id=seed.FOUNDING, lang="en")
    assert "What the press calls it (a note of ours, not official text)" in shown.text
    assert "“Resolución Legislativa 31548” in the press added by Escrutinio, 26 November 2026" in shown.text
    assert 'href="https://cuscopost.pe/' in shown.html
    assert "in the press" not in page("vote", id=seed.HOUSE, lang="en").text


@pytest.mark.parametrize(("lang", "said"), [("es", "más de 1 votación"), ("en", "more than 1 vote")])
def test_what_is_not_counted_to_its_end_says_so(
    page: Open, monkeypatch: pytest.MonkeyPatch, lang: str, said: str
) -> None:
    monkeypatch.setattr(filters, "MOST", 1)
    shown = page("votes", q="extranjero ingreso", lang=lang)
    assert f"{said} · «extranjero ingreso»" in shown.text.replace("“", "«").replace("”", "»")
