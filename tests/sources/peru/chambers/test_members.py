"""Who sits in the two chambers, and whose is a name that is cut?"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.people import fold
from tracker.sources.catalogue import source
from tracker.sources.peru.chambers import members
from tracker.sources.peru.chambers.members import House, meant

DAY = date(2026, 10, 7)
HOUSES: tuple[tuple[House, int, dict[str, int]], ...] = (
    ("senate", 60, {"FP": 22, "JP": 14, "PBG": 7, "RP": 8, "PCO": 5, "AN": 4}),
    ("deputies", 130, {"FP": 41, "JP": 32, "PBG": 18, "RP": 15, "PCO": 14, "AN": 10}),
)


@pytest.mark.parametrize(("house", "seats", "groups"), HOUSES)
def test_every_seat_is_taken_and_the_groups_are_as_large_as_known(
    house: House, seats: int, groups: dict[str, int]
) -> None:
    seated = members.on(house, DAY)
    assert len(seated) == seats == source(f"pe_{house}").sheet.chamber.seats
    assert {code: sum(member.group == code for member in seated) for code in groups} == groups
    assert [fold(member.printed) for member in seated] == sorted(fold(member.printed) for member in seated)


@pytest.mark.parametrize(("house", "_seats", "_groups"), HOUSES)
def test_every_member_is_met_by_every_form_of_the_name(house: House, _seats: int, _groups: dict[str, int]) -> None:
    seated, register = members.on(house, DAY), members.register(house)
    for member in seated:
        found = register.find(member.printed, DAY).mandate
        assert found is not None
        assert found.person.id == member.id
        for form in (member.printed, f"{member.printed},", member.mandate.person.name):
            assert meant(form, member.group, seated) == member, form


@given(st.sampled_from(HOUSES), st.data())
def test_a_name_cut_after_any_word_means_nobody_else(
    house: tuple[House, int, dict[str, int]], data: st.DataObject
) -> None:
    seated = members.on(house[0], DAY)
    member = data.draw(st.sampled_from(seated))
    words = member.printed.split()
    cut = " ".join(words[: data.draw(st.integers(1, len(words)))])
    assert meant(cut, member.group, seated) in (member, None)
    if len(fold(cut).split()) >= 2 and fold(cut).split()[1] not in ("de", "del", "la"):
        assert meant(cut, None, seated) in (member, None)


@pytest.mark.parametrize(
    ("name", "group", "who"),
    [
        ("VELÁSQUEZ", "FP", "velasquez-portocarrero"),
        ("VELASQUEZ", "RP", "velasquez-garcia"),
        ("VELÁSQUEZ", None, None),
        ("VELÁSQUEZ", "AN", None),
        ("VELÁSQUEZ GARCÍA, MIGUEL ÁNGEL", "RP", "velasquez-garcia"),
        ("VELÁSQUEZ PORTOCARRERO, ANA LUISA", "FP", "velasquez-portocarrero"),
        ("VELÁSQUES GARCÍA, MIGUEL", "RP", None),
        ("FLORES", "PBG", "flores-suarez"),
        ("FLORES", "AN", None),
        ("JÁUREGUI MARTÍNEZ DE", None, "jauregui-martinez-de-aguayo"),
        ("JAUREGUI MARTINEZ DE AGUAYO, MARIA", "RP", "jauregui-martinez-de-aguayo"),
        ("TORRES MORALES, MIGUEL", "XX", "torres-morales"),
        ("TORRES", "XX", None),
        ("", "FP", None),
        (",", "FP", None),
    ],
)
def test_cut_names_are_told_apart_by_their_group_and_never_by_nearness(
    name: str, group: str | None, who: str | None
) -> None:
    found = meant(name, group, members.on("senate", DAY))
    assert (found.id if found else None) == who


def test_nobody_sits_before_the_chambers_did() -> None:
    assert members.on("senate", date(2026, 7, 23)) == ()
    assert len(members.on("senate", date(2026, 7, 24))) == 60


def test_names_that_may_be_cut_are_marked_by_the_lack_of_a_paper_that_has_them_whole() -> None:
    whole = {member.id for member in members.members("senate") if member.whole}
    assert {"torres-morales", "ticona-cohaila", "moyano-delgado"} <= whole
    assert "aguinaga-recuenco" not in whole


def wrong(entry: str) -> str:
    house = (
        "since = 2026-07-24\nsince_because = 'x'\nuntil = 2031-07-26\nfirst_sheet = 2026-09-09\n"
        "last_sheet = 2026-10-07\nmembers = [{}]\n"
    )
    return f"[senate]\n{house.format(entry)}[deputies]\n{house.format('')}"


@pytest.mark.parametrize(
    "entry",
    [
        '{ surnames = "Uno Dos" }',
        '{ surnames = "Uno Dos", group = "FP", seat = 3 }',
        '{ surnames = "Uno Dos", group = "FP", until = 2027-01-01 }',
        "{",
    ],
)
def test_a_slip_in_the_file_is_named(entry: str) -> None:
    with pytest.raises(ValueError, match=r"members\.toml"):
        members._read(wrong(entry).encode())
