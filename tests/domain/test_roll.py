"""Do the names of a note meet the members of the roll they were printed under, and nobody by a guess?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.people import DatedAlias, Mandate, Person, Register, fold
from tracker.domain.roll import Placed, Roll
from tracker.domain.votes import Code, Position, PrintedBallot, Reason, Spoken

DAY = date(2023, 5, 18)
YES, NO, ABSTAIN, AWAY = Position.YES, Position.NO, Position.ABSTAIN, Position.NOT_CAST
CODES = {
    YES: Code("SI", YES), NO: Code("NO", NO), ABSTAIN: Code("ABST", ABSTAIN), AWAY: Code("AUS", AWAY, Reason.ABSENT),
}  # fmt: skip
SUSPENDED = Code("Sus", AWAY, Reason.SUSPENDED)


def mandate(surnames: str, given_names: str, since: date = date(2021, 7, 23), **more: Any) -> Mandate:
    name = f"{surnames}, {given_names}"
    return Mandate(Person(fold(name).replace(" ", "-"), name, surnames, given_names, **more), since)


MEMBERS = [
    mandate("Acuña Peralta", "María Grimaneza"),
    mandate("Acuña Peralta", "Segundo Héctor"),
    mandate("Bellido Ugarte", "Guido"),
    mandate("Bustamante Donayre", "Ernesto"),
    mandate("Guerra-García Campos", "Hernando"),
    mandate("Huamán Coronado", "Raúl"),
    mandate("Jáuregui Martínez de Aguayo", "María de los Milagros Jackeline"),
    mandate("Montalvo Cubas", "Segundo Toribio"),
    mandate("Palacios Huamán", "Margot"),
    mandate("Paredes Gonzales", "Alex Antonio"),
    mandate("Paredes Piqué", "Susel Ana María"),
]
SWORN_IN = mandate("Pazo Nunura", "José Bernardo", since=DAY)
REGISTER = Register([*MEMBERS, SWORN_IN])


def roll(at: Mapping[str, Position | Code] | None = None, register: Register = REGISTER, *extra: str) -> Roll:
    """A roll of the members, absent but for those whose surnames (or id) begin as given."""
    lines = []
    for one in MEMBERS:
        found = next((where for key, where in (at or {}).items() if one.person.id.startswith(key)), AWAY)
        lines.append((PrintedBallot(one.person.name.upper(), found if isinstance(found, Code) else CODES[found]), one))
    return Roll([*lines, *((PrintedBallot(name, CODES[AWAY]), None) for name in extra)], register, DAY)


def said(name: str, now: Position = YES, declared: Position | None = None) -> Spoken:
    return Spoken(name, None, now, "deja constancia …", declared=declared)


def met(placed: Placed) -> list[tuple[str | None, Position | None]]:
    return [(one.member, one.was) for one in placed.spoken]


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("Bustamante Donayre", "bustamante-donayre-ernesto"),
        ("BUSTAMANTE DONAYRE, ERNESTO", "bustamante-donayre-ernesto"),
        ("BUSTAMANTE DONAYRE, ERNEST", "bustamante-donayre-ernesto"),
        ("ACUÑA PERALTA, SEGUNDO H.", "acuna-peralta-segundo-hector"),
        ("Acuña Peralta Héctor", "acuna-peralta-segundo-hector"),
        ("María Acuña Peralta", "acuna-peralta-maria-grimaneza"),
        ("Guerra García Campos", "guerra-garcia-campos-hernando"),
        ("Guerra Campos", "guerra-garcia-campos-hernando"),
        ("Jáuregui Martínez", "jauregui-martinez-de-aguayo-maria-de-los-milagros-jackeline"),
        ("JáureguiMartínez deAguayo", "jauregui-martinez-de-aguayo-maria-de-los-milagros-jackeline"),
        ("M0ntaIvoCubas", "montalvo-cubas-segundo-toribio"),
        ("Montalbo Cuvas", "montalvo-cubas-segundo-toribio"),
        ("Ugarte Bellido", "bellido-ugarte-guido"),
        ("Ernesto Bustamante", "bustamante-donayre-ernesto"),
        ("Bustamante", "bustamante-donayre-ernesto"),
        ("Pazo Nunura", "pazo-nunura-jose-bernardo"),
        ("Mntlvo Cbs", None),
        ("Ugarte", None),
        ("Nadie Conocido", None),
        ("Luis Acuña Peralta", None),
        ("Martínez Aguayo", None),
    ],
)
def test_names(name: str, who: str | None) -> None:
    placed = roll().place([said(name)])
    [(member, was)] = met(placed)
    assert member == who
    assert was is (AWAY if who and who != SWORN_IN.person.id else None)
    assert (placed.unresolved, bool(placed.unsettled)) == (([], False) if who else ([name], True))


def test_how_an_odd_name_was_read_is_noted() -> None:
    assert roll().place([said("Bustamante Donayre"), said("M0ntaIvoCubas")]).notes == []
    assert "misspelt by two letters" in roll().place([said("Montalbo Cuvas")]).notes[0]
    assert "shortened" in roll().place([said("Ernesto Bustamante")]).notes[0]


class TestANameOfSeveral:
    def test_who_voted_on_the_board_is_not_meant(self) -> None:
        placed = roll({"acuna-peralta-maria": YES}).place([said("Acuña Peralta", NO)])
        assert met(placed) == [("acuna-peralta-segundo-hector", AWAY)]
        assert "the others so named" in placed.notes[0]
        assert placed.unsettled == []

    def test_a_change_means_who_stands_where_it_says(self) -> None:
        placed = roll({"acuna-peralta-maria": YES}).place([said("Acuña Peralta", NO, declared=YES)])
        assert met(placed) == [("acuna-peralta-maria-grimaneza", YES)]

    def test_where_all_stand_alike_the_member_is_open_and_the_sum_is_not(self) -> None:
        """2023-05-04T09-49: "Acuña Peralta", both absent."""
        placed = roll().place([said("Acuña Peralta")])
        assert met(placed) == [(None, AWAY)]
        assert (placed.unresolved, placed.unsettled) == (["Acuña Peralta"], [])

    def test_where_they_stand_apart_and_neither_fits_the_sum_is_open(self) -> None:
        both = roll({"acuna-peralta-maria": YES, "acuna-peralta-segundo": NO}).place([said("Acuña Peralta")])
        assert met(both) == [(None, None)]
        assert both.unsettled

    def test_a_suspended_member_says_nothing(self) -> None:
        placed = roll({"acuna-peralta-maria": SUSPENDED}).place([said("Acuña Peralta")])
        assert met(placed) == [("acuna-peralta-segundo-hector", AWAY)]

    def test_a_lone_surname_fits_everybody_who_bears_it(self) -> None:
        """2023-06-08T19-52: "Huamán"; 2023-05-11T13-00: "Paredes"."""
        assert met(roll().place([said("Huamán")])) == [(None, AWAY)]
        assert met(roll({"huaman": YES}).place([said("Huamán")])) == [("palacios-huaman-margot", AWAY)]
        assert met(roll({"paredes-pique": NO}).place([said("Paredes")])) == [("paredes-gonzales-alex-antonio", AWAY)]

    def test_who_is_named_in_full_beside_it_is_not_meant(self) -> None:
        placed = roll().place([said("Acuña Peralta"), said("Acuña Peralta María")])
        assert met(placed) == [("acuna-peralta-segundo-hector", AWAY), ("acuna-peralta-maria-grimaneza", AWAY)]

    def test_a_shared_name_beside_both_in_full_is_left_open(self) -> None:
        placed = roll().place([said("Acuña Peralta"), said("Acuña Peralta María"), said("Héctor Acuña Peralta")])
        assert met(placed)[0] == (None, None)
        assert "in full" in placed.unsettled[0]

    def test_that_everybody_stands_on_the_roll_excludes_nobody(self) -> None:
        assert met(roll({"acuna": NO}).place([said("Acuña Peralta", NO)])) == [(None, NO)]

    def test_a_dated_alias_settles_it(self) -> None:
        alias = DatedAlias("Paredes", DAY, DAY, "the other was away")
        aliased = Mandate(
            Person("paredes-pique-susel-ana-maria", "Paredes Piqué, Susel", "Paredes Piqué", "Susel", (), (alias,)), DAY
        )
        others = [m for m in MEMBERS if m.person.id != aliased.person.id]
        placed = roll(register=Register([*others, aliased])).place([said("Paredes")])
        assert met(placed) == [("paredes-pique-susel-ana-maria", AWAY)]
        assert "the other was away" in placed.notes[0]


class TestContradictions:
    @pytest.mark.parametrize(
        ("at", "statement", "words"),
        [
            ({"bellido": NO}, said("Bellido Ugarte", YES), "with no change said"),
            ({"bellido": NO}, said("Bellido Ugarte", YES, declared=ABSTAIN), "said to change from abstain"),
            ({}, said("Bellido Ugarte", YES, declared=NO), "said to change from no"),
            ({"bellido": SUSPENDED}, said("Bellido Ugarte"), "marked suspended"),
            ({}, said("Bellido Ugarte", AWAY), "is not in it"),
        ],
    )
    def test_they_leave_the_sum_open(self, at: Mapping[str, Any], statement: Spoken, words: str) -> None:
        placed = roll(at).place([statement])
        assert words in placed.unsettled[0]
        assert placed.spoken[0].member == "bellido-ugarte-guido"

    def test_the_same_position_again_is_none(self) -> None:
        assert roll({"bellido": NO}).place([said("Bellido Ugarte", NO)]).unsettled == []

    def test_a_change_of_what_was_put_on_record_is_none(self) -> None:
        placed = roll().place([said("Bellido Ugarte", YES), said("Bellido Ugarte", NO, declared=YES)])
        assert placed.unsettled == []
        assert len(placed.spoken) == 2


def test_a_vote_taken_out_declares_what_it_was() -> None:
    [one] = roll({"bellido": YES}).place([said("Bellido Ugarte", AWAY)]).spoken
    assert (one.was, one.declared, one.now) == (YES, YES, AWAY)


def test_one_statement_printed_in_two_spellings_is_one() -> None:
    placed = roll().place([said("Bellido Ugarte"), said("Belido Ugarte")])
    assert met(placed) == [("bellido-ugarte-guido", AWAY)]
    assert any("named again" in note for note in placed.notes)


def test_a_line_that_met_nobody_may_still_be_named() -> None:
    placed = roll(None, REGISTER, "NUEVO MIEMBRO, ANA").place([said("Nuevo Miembro")])
    assert met(placed) == [(None, AWAY)]
    assert (placed.unresolved, placed.unsettled) == (["Nuevo Miembro"], [])


def test_with_a_line_unread_nobody_is_taken_for_sworn_in() -> None:
    assert roll(None, REGISTER, "¿?").place([said("Pazo Nunura")]).unsettled


def test_a_line_whose_name_has_no_letter_is_nobodys() -> None:
    placed = roll(None, REGISTER, "¿?").place([said("Nadie Conocido")])
    assert (met(placed), placed.unresolved) == ([(None, None)], ["Nadie Conocido"])


def test_a_name_of_braces_is_only_a_name() -> None:
    assert roll().place([said("Bellid{0} Ugart{x}"), said("{}{surnames}")]).unresolved == ["{}{surnames}"]


@given(st.text(max_size=30), st.sampled_from(Position), st.none() | st.sampled_from(Position))
def test_any_name_can_be_placed(name: str, now: Position, declared: Position | None) -> None:
    placed = roll().place([said(f"x{name}", now, declared)])
    assert len(placed.spoken) == 1
    assert placed.spoken[0].member is None or not placed.unresolved


@given(st.sampled_from(MEMBERS), st.data())
def test_a_letter_wrong_never_makes_another_member(one: Mandate, data: st.DataObject) -> None:
    name = one.person.surnames
    at = data.draw(st.integers(0, len(name) - 1))
    odd = name[:at] + data.draw(st.sampled_from("aeiourstlmnz")) + name[at + data.draw(st.integers(0, 1)) :]
    for said_of, _ in met(roll().place([said(odd)])):
        assert said_of is None or said_of.startswith(fold(name).replace(" ", "-"))
