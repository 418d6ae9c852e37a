from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.people import DatedAlias, Mandate, Person, Register, Spell, fold, placed

DAY = date(2023, 5, 18)
SINCE = date(2021, 7, 23)


def member(surnames: str, given: str, until: date | None = None, **more: object) -> Mandate:
    name = f"{surnames}, {given}"
    return Mandate(Person(fold(name).replace(" ", "-"), name, surnames, given, **more), SINCE, until)  # type: ignore[arg-type]


REGISTER = Register(
    [
        member("Acuña Peralta", "María Grimaneza"),
        member("Acuña Peralta", "Segundo Héctor"),
        member("Cordero Jon Tay", "María del Pilar"),
        member(
            "Cordero Jon Tay",
            "Luis Gustavo",
            dated=(DatedAlias("Cordero Jon Tay", date(2023, 12, 6), date(2024, 6, 1), "the other is suspended"),),
        ),
        member("Bustamante Donayre", "Ernesto"),
        member("Bellido Ugarte", "Guido"),
        member("Huamán Coronado", "Raúl"),
        member("Palacios Huamán", "Margot"),
        member("Marticorena Mendoza", "Jorge"),
        member("Julón Irigoín", "Eva", aliases=("Julón de Irigoín",)),
        member("Herrera Mamani", "Fernando", until=date(2021, 10, 25)),
    ]
)


def met(*names: str, day: date = DAY) -> list[str | None]:
    found = REGISTER.place(names, day)
    return [mandate.person.id if (mandate := found[name].mandate) else None for name in names]


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("BUSTAMANTE  DONAYRE", "bustamante-donayre-ernesto"),
        ("Julon Irigoin", "julon-irigoin-eva"),
        ("Julón de Irigoín", "julon-irigoin-eva"),
        ("Héctor Acuña Peralta", "acuna-peralta-segundo-hector"),
        ("Acuña Peralta Segundo", "acuna-peralta-segundo-hector"),
        ("Acuña Peralta", None),
        ("Luis Acuña Peralta", None),
        ("Herrera Mamani", None),
        ("Marticorena", None),
        ("Maticorena Mendoza", None),
        ("", None),
    ],
)
def test_find_is_strict(name: str, who: str | None) -> None:
    mandate = REGISTER.find(name, DAY).mandate
    assert (mandate.person.id if mandate else None) == who


def test_find_names_those_who_fit() -> None:
    assert len(REGISTER.find("Acuña Peralta", DAY).candidates) == 2


def test_a_dated_alias_settles_a_shared_name_on_its_days_only() -> None:
    found = REGISTER.find("Cordero Jon Tay", date(2024, 1, 10))
    assert found.mandate is not None
    assert found.mandate.person.given == "Luis Gustavo"
    assert "the other is suspended" in found.note
    assert REGISTER.find("Cordero Jon Tay", date(2023, 12, 5)).mandate is None
    assert REGISTER.find("Cordero Jon Tay", date(2024, 6, 2)).mandate is None


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("Maticorena Mendoza", "marticorena-mendoza-jorge"),
        ("Marticorena Mendosa", "marticorena-mendoza-jorge"),
        ("MarticorenaMendoza", "marticorena-mendoza-jorge"),
        ("Maritcorena Mendoza", "marticorena-mendoza-jorge"),
        ("Ernesto Bustamante", "bustamante-donayre-ernesto"),
        ("Bustamante", "bustamante-donayre-ernesto"),
        ("Ugarte Bellido", "bellido-ugarte-guido"),
        ("Huamán", None),
        ("Acuña Perala", None),
        ("Mrtcrena Mendoza", None),
        ("Nadie Conocido", None),
    ],
)
def test_place_reads_slips_when_only_one_member_is_near(name: str, who: str | None) -> None:
    assert met(name) == [who]
    assert bool(REGISTER.place([name], DAY)[name].note) == (who is not None)


def test_a_slip_never_takes_a_member_named_elsewhere() -> None:
    assert met("Maticorena Mendoza", "Marticorena Mendoza") == [None, "marticorena-mendoza-jorge"]
    assert met("Maticorena Mendoza", "Marticorena Mendosa") == [None, None]


def test_a_shared_name_is_told_apart_by_the_others() -> None:
    both = ["acuna-peralta-maria-grimaneza", "acuna-peralta-segundo-hector"]
    assert met("María Acuña Peralta", "Acuña Peralta") == both
    assert met("Acuña Peralta") == [None]
    assert met("María Acuña Peralta", "Acuña Peralta", "ACUÑA PERALTA") == [both[0], None, None]
    twice = REGISTER.place(["María Acuña Peralta", "Acuña Peralta", "Acuña Peralta"], DAY)
    assert twice["Acuña Peralta"].mandate is None


@given(st.text(max_size=40))
def test_any_text_can_be_asked(text: str) -> None:
    assert set(REGISTER.place([text], DAY)) == {text}


@given(st.sampled_from([m for m in REGISTER if m.holds(DAY)]), st.data())
def test_one_letter_wrong_never_makes_another_member(mandate: Mandate, data: st.DataObject) -> None:
    name = mandate.person.surnames
    at = data.draw(st.integers(0, len(name) - 1))
    odd = name[:at] + data.draw(st.sampled_from("aeiourstlmnz")) + name[at + 1 :]
    found = REGISTER.place([odd], DAY)[odd].mandate
    assert found is None or found.person.surnames == name


def test_groups_by_day() -> None:
    mandate = Mandate(Person("x", "X"), SINCE, None, (Spell("AP", SINCE, DAY),))
    assert mandate.group_on(DAY) == "AP"
    assert mandate.group_on(date(2023, 5, 19)) is None


def test_the_unplaced_keep_their_order() -> None:
    assert placed({"b": None, "a": "x", "c": None}) == ("b", "c")
    assert fold("JÁUREGUI  Martínez-de Aguayo") == "jauregui martinez de aguayo"
    assert len(REGISTER) == 11
    assert len(REGISTER.on(DAY)) == 10


@pytest.mark.parametrize("name", ["Bustamante Donaire", "Bustamante", "Donayre Bustamante", "Ernesto Bustamante"])
def test_an_exact_register_meets_nobody_for_being_near(name: str) -> None:
    assert met(name) == ["bustamante-donayre-ernesto"]
    exact = Register(REGISTER, exact=True)
    assert exact.place([name], DAY)[name].mandate is None
    assert exact.place(["BUSTAMANTE DONAYRE"], DAY)["BUSTAMANTE DONAYRE"].mandate is not None
