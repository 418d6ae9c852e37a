"""Is each printed name placed with its member of the day, and with nobody rather than with the wrong one?"""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.sources.peru import roster, seats

DAY = date(2024, 10, 16)
ROLL = [seat.printed[0] for seat in roster.roll(DAY)]
MEMBERS = [seat.member for seat in roster.roll(DAY)]


def placed(names: list[str], day: date = DAY) -> list[str | None]:
    return [seat.member if seat else None for seat in seats.match(names, day).seats]


def test_the_whole_roll_is_placed() -> None:
    found = seats.match(ROLL, DAY)
    assert [seat.member if seat else None for seat in found.seats] == MEMBERS
    assert found.missing == ()


def test_accents_blanks_and_a_letter_or_two_do_not_matter() -> None:
    slips = {
        "LUQUE IBARRA, RUTH": "LUQUE I8ARRA,RUTH",
        "ARAGÓN CARREÑO, LUIS ÁNGEL": "ARAGÓON CARRENO, LUIS ANGEL",
        "QUIROZ BARBOZA, SEGUNDO TEODOMIRO": "QUIROZBARBOZA,SEGUNDOTEDOMIRO",
        "ROSPIGLIOSI CAPURRO FERNANDO MIGUEL": "ROSPIGLIOSI CAPURRO, FERNANDO MIGVEL",
        "AMURUZ DULANTO, YESSICA ROSSELLI": "AMURUZ DULANTO, YESS1CA R0SSELLI",
    }
    assert placed([slips.get(name, name) for name in ROLL]) == MEMBERS


@pytest.mark.parametrize("at", [0, 1, 64, 129])
def test_a_row_that_is_missing_shifts_nobody(at: int) -> None:
    found = seats.match(ROLL[:at] + ROLL[at + 1 :], DAY)
    assert [seat.member if seat else None for seat in found.seats] == MEMBERS[:at] + MEMBERS[at + 1 :]
    assert [seat.member for seat in found.missing] == [MEMBERS[at]]


@pytest.mark.parametrize("at", [0, 1, 64, 130])
def test_a_row_of_somebody_else_is_nobodys_and_shifts_nobody(at: int) -> None:
    found = seats.match([*ROLL[:at], "FLORINDEZ QUISPE, ESTEBAN", *ROLL[at:]], DAY)
    assert [seat.member if seat else None for seat in found.seats] == [*MEMBERS[:at], None, *MEMBERS[at:]]
    assert found.missing == ()


def test_two_of_one_surname_are_told_apart_by_their_given_names() -> None:
    both = [name for name in ROLL if name.startswith("ACUÑA PERALTA")]
    assert len(both) == 2
    assert len(set(placed(both))) == 2
    assert placed(both[::-1])[0] is None or placed(both[::-1])[1] is None, "out of order, one at most can be placed"
    assert placed(["ACUÑA PERALTA,"]) == [None], "cut short, it is either's"


def test_a_row_without_a_name_stays_nobodys_although_its_neighbours_leave_one_seat() -> None:
    """The order alone would give it to the member between them; whether the row is that member's nobody has read."""
    found = seats.match([*ROLL[:64], "", *ROLL[65:]], DAY)
    assert found.seats[64] is None
    assert [seat.member for seat in found.missing] == [MEMBERS[64]]


def test_a_name_printed_twice_is_one_members_once() -> None:
    found = seats.match([*ROLL[:11], ROLL[10], *ROLL[11:]], DAY)
    assert sum(seat is not None and seat.member == MEMBERS[10] for seat in found.seats) == 1
    assert sum(seat is None for seat in found.seats) == 1


def test_a_successor_is_placed_once_sworn_in_and_not_before() -> None:
    changed = [
        seat for seat in roster.roll(DAY) if seat.member not in {s.member for s in roster.roll(date(2021, 7, 28))}
    ]
    assert changed, "seats changed hands between 2021 and 2024"
    for seat in changed:
        if not any(
            other.printed[0].split(",")[0] == seat.printed[0].split(",")[0] for other in roster.roll(date(2021, 7, 28))
        ):
            assert placed([seat.printed[0]]) == [seat.member]
            assert placed([seat.printed[0]], date(2021, 7, 28)) == [None]


def test_a_day_outside_the_period_has_nobody() -> None:
    assert seats.match(ROLL[:3], date(2016, 11, 10)) == seats.Matched((None, None, None), ())
    assert seats.match([], DAY) == seats.Matched((), ())


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 10_000))
def test_no_damage_gives_a_row_to_the_wrong_member(seed: int) -> None:
    """Rows lost, letters lost, changed and added: whoever is placed is the right one."""
    chance = random.Random(seed)
    rows = []
    for name, member in zip(ROLL, MEMBERS, strict=True):
        if chance.random() < 0.1:
            continue
        letters = [one for one in name if chance.random() > 0.04]
        letters = [chance.choice("AEIOURNSTM8O0") if chance.random() < 0.04 else one for one in letters]
        rows.append(("".join(letters), member))
    found = placed([name for name, _ in rows])
    assert [who for who, (_, member) in zip(found, rows, strict=True) if who not in (None, member)] == []
    assert sum(who is None for who in found) <= 6


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(max_size=40), max_size=140))
def test_whatever_is_printed_nobody_sits_twice(names: list[str]) -> None:
    found = [who for who in placed(names) if who]
    assert len(found) == len(set(found))
