"""What is taken from a chamber's own list of members, and what does it say of the project's register?"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

import pytest

from tracker.sources.catalogue import source
from tracker.sources.contract import Severity, Unreadable
from tracker.sources.peru.chambers import interface, members

SHEETS = {house: source(f"pe_{house}").sheet for house in ("senate", "deputies")}
FIRST = interface.first(SHEETS["senate"])
Answer = Callable[..., Any]


def everybody(drawing: ModuleType, house: members.House) -> list[dict[str, Any]]:
    """The list as it would be if every name were known: given names are made longer than the sheets have them."""
    slugs = {code: entry.name for code, entry in SHEETS[house].groups.items()}
    found = []
    for number, member in enumerate(members.members(house), 1):
        name = member.mandate.person.name
        name = f"{name} X" if member.mandate.person.given else f"{name}, Pilar"
        name = name.replace("Andrade Salguero,", "Andrade Salguero de Rojas,")  # her surnames are cut on the sheets
        group = members.fold(slugs[member.group]).replace(" ", "-")
        classes = (
            f"grupo_parlamentario-{group}",
            "distrito_electoral-ancash",
            "condicion-en-ejercicio",
            "type-senador",
        )
        found.append(drawing.member(number, name, *classes))
    return found


def content(entries: Sequence[Any]) -> bytes:
    return json.dumps(list(entries), ensure_ascii=False).encode()


def test_the_whole_list_of_the_senate_names_every_member_and_finds_nothing(answer: Answer, drawing: ModuleType) -> None:
    found = answer(FIRST, content(everybody(drawing, "senate")))
    assert found.troubles == {}
    assert found.requests == []
    assert {mandate.person.id for mandate in found.mandates} == {one.id for one in members.members("senate")}
    assert {mandate.region for mandate in found.mandates} == {"Áncash"}
    assert all(mandate.person.given for mandate in found.mandates)


def test_the_list_of_the_deputies_goes_on_on_a_second_page(answer: Answer, drawing: ModuleType) -> None:
    entries = everybody(drawing, "deputies")
    first = answer(interface.first(SHEETS["deputies"]), content(entries[:100]), "pe_deputies")
    [onward] = first.requests
    assert onward.url.startswith("https://diputados.congreso.gob.pe/wp-json/wp/v2/diputado?per_page=100&page=2&")
    second = answer(onward, content(entries[100:]), "pe_deputies")
    assert second.requests == []
    assert first.troubles == second.troubles == {}, "who is on the other page is not missing"
    assert len(first.mandates) + len(second.mandates) == 130


def test_who_is_not_in_the_register_is_named_and_nobody_is_made_a_member(answer: Answer, drawing: ModuleType) -> None:
    entries = everybody(drawing, "senate")
    entries[0] = drawing.member(1, "Nuevo Apellido, Ana", "grupo_parlamentario-fuerza-popular")
    found = answer(FIRST, content(entries))
    assert len(found.mandates) == 59
    unknown = found.troubles["unknown_member"]
    assert unknown.severity is Severity.UNRESOLVED
    assert "Nuevo Apellido, Ana" in unknown.message
    assert "[senate]" in unknown.message
    assert "Aguinaga Recuenco is not in the list" in found.troubles["not_listed"].message


@pytest.mark.parametrize(
    ("classes", "code", "words"),
    [
        (["grupo_parlamentario-renovacion-popular"], "other_group", "in RP, members.toml in FP"),
        (["grupo_parlamentario-nuevo-grupo"], "unknown_group", "'nuevo-grupo'"),
        (["grupo_parlamentario-fuerza-popular", "condicion-fallecido"], "not_in_office", "'fallecido'"),
    ],
)
def test_what_differs_from_the_register_is_noted(
    classes: list[str], code: str, words: str, answer: Answer, drawing: ModuleType
) -> None:
    found = answer(FIRST, content([drawing.member(1, "Torres Morales, Miguel Ángel", *classes)]))
    assert words in found.troubles[code].message
    assert found.troubles[code].severity is Severity.NOTED
    assert len(found.mandates) == 1


def test_a_member_listed_twice_is_said(answer: Answer, drawing: ModuleType) -> None:
    entry = drawing.member(1, "Torres Morales, Miguel Ángel")
    found = answer(FIRST, content([entry, {**entry, "id": 2}]))
    assert len(found.mandates) == 1
    assert "a second time" in found.troubles["member_twice"].message


def test_names_are_plain_text_and_classes_may_come_numbered(answer: Answer, drawing: ModuleType) -> None:
    entry = drawing.member(1, "Velásquez Garc&#237;a,&nbsp;Miguel  Angel")
    entry["class_list"] = {"0": "post-1", "4": "distrito_electoral-san-martin"}
    [mandate] = answer(FIRST, content([entry])).mandates
    assert (mandate.person.name, mandate.region) == ("Velásquez García, Miguel Angel", "San Martín")


@pytest.mark.parametrize(
    "entry",
    [
        {},
        {"title": "Torres Morales, Miguel", "class_list": []},
        {"title": {"rendered": "Torres Morales"}, "class_list": []},
        {"title": {"rendered": "<script>alert(1)</script>, x"}, "class_list": []},
        {"title": {"rendered": "T" * 5_000 + ", x"}, "class_list": []},
        {"title": {"rendered": 5}, "class_list": []},
        {"title": {"rendered": "Torres Morales, Miguel"}, "class_list": "x"},
    ],
)
def test_an_entry_of_another_shape_costs_only_itself(
    entry: dict[str, Any], answer: Answer, drawing: ModuleType
) -> None:
    found = answer(FIRST, content([entry, drawing.member(2, "Ticona Cohaila, Juana Guisella")]))
    assert "odd_entry" in found.troubles
    assert len(found.troubles["odd_entry"].message) < 500
    assert len(found.mandates) == 1


def test_a_web_page_in_its_place_is_refused(answer: Answer) -> None:
    with pytest.raises(Unreadable, match="web page"):
        answer(FIRST, b"<html>mantenimiento</html>")
