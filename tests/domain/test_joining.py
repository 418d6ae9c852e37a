"""Are two papers' records of one vote recognised as such, never on a guess, and is what differs named?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.joining import Difference, Side, compare, join
from tracker.domain.tally import Tally
from tracker.domain.votes import Means

MEMBERS = [f"m{n:03}" for n in range(100)]
SIDES = st.sampled_from(("yes", "no", "abstain"))


def cast(yes: int, no: int, *, first: int = 0, **instead: str) -> dict[str, str]:
    roll = dict.fromkeys(MEMBERS[first : first + yes], "yes") | dict.fromkeys(
        MEMBERS[first + yes : first + yes + no], "no"
    )
    return roll | instead


def side(key: int, positions: Mapping[str, str], bills: str = "1", kind: str | None = "text", **more: Any) -> Side:
    names = {member: member.upper() for member in positions}
    return Side(
        key=key, positions=positions, bills=frozenset(bills.split()), kind=kind, names=more.pop("names", names), **more
    )


def keys(ours: list[Side], theirs: list[Side]) -> list[tuple[int, int]]:
    return sorted((pair.ours.key, pair.theirs.key) for pair in join(ours, theirs))


def test_equal_rolls_are_one_vote() -> None:
    ours = [side(1, cast(60, 30)), side(2, cast(50, 40))]
    theirs = [side(11, cast(50, 40), bills="", kind=None), side(12, cast(60, 30), bills="", kind=None)]
    assert keys(ours, theirs) == [(1, 12), (2, 11)]


def test_two_votes_alike_are_told_apart_by_what_was_voted_on() -> None:
    ours = [side(1, cast(90, 0), "1"), side(2, cast(90, 0), "1", "second vote")]
    theirs = [side(11, cast(90, 0), "1", "second vote"), side(12, cast(90, 0), "1")]
    assert keys(ours, theirs) == [(1, 12), (2, 11)]


def test_two_votes_alike_on_the_same_matter_stay_apart() -> None:
    ours = [side(1, cast(90, 0)), side(2, cast(90, 0))]
    assert keys(ours, [side(11, cast(90, 0))]) == []
    assert keys(ours, [side(11, cast(90, 0)), side(12, cast(90, 0))]) == []


def test_a_transcription_of_two_papers_is_joined_to_neither_by_their_addresses() -> None:
    ours = [side(1, cast(60, 30), address="a"), side(2, cast(60, 30) | {"m003": "no"}, "2", address="b")]
    one = [side(11, cast(60, 30) | {"m004": "no"}, "3", made_from=frozenset({"a"}))]
    assert keys(ours, one) == [(1, 11)]
    assert keys(ours, [side(11, cast(60, 30) | {"m004": "no"}, "3", made_from=frozenset({"a", "b"}))]) == []


def test_a_slip_in_one_paper_does_not_part_a_vote() -> None:
    ours = [side(1, cast(60, 30)), side(2, cast(20, 70, first=5), bills="2")]
    theirs = [side(11, cast(60, 30) | {"m003": "no"})]
    (pair,) = join(ours, theirs)
    assert (pair.ours.key, pair.theirs.key) == (1, 11)
    assert pair.how.startswith("99% of the positions")


def test_near_is_not_enough_without_the_matter() -> None:
    assert keys([side(1, cast(60, 30), bills="1", kind="text")], [side(11, cast(61, 29), bills="2", kind=None)]) == []


def test_a_vote_nearly_like_two_others_is_joined_with_neither() -> None:
    ours = [side(1, cast(60, 30), kind="text")]
    theirs = [side(11, cast(61, 29), kind="text"), side(12, cast(60, 29), kind="text")]
    assert keys(ours, theirs) == []


def test_few_members_prove_nothing() -> None:
    assert keys([side(1, cast(10, 5))], [side(11, cast(10, 5))]) == []


@given(st.lists(st.lists(SIDES, min_size=30, max_size=30), min_size=1, max_size=6), st.randoms())
def test_nothing_is_joined_twice_and_order_does_not_matter(rolls: list[list[str]], chance: Any) -> None:
    ours = [side(n, dict(zip(MEMBERS, roll, strict=False))) for n, roll in enumerate(rolls)]
    theirs = [side(100 + n, dict(zip(MEMBERS, roll, strict=False))) for n, roll in enumerate(rolls)]
    found = keys(ours, theirs)
    chance.shuffle(ours)
    chance.shuffle(theirs)
    assert keys(ours, theirs) == found
    assert len({a for a, _ in found}) == len({b for _, b in found}) == len(found)
    assert all(rolls[a] == rolls[b - 100] for a, b in found)


def test_what_differs_is_named() -> None:
    ours = side(1, cast(60, 30), said={"m095": "yes"}, board=Tally(60, 30, 0), final=Tally(61, 30, 0))
    theirs = side(
        2, cast(60, 30) | {"m003": "no"}, said={"m095": "no", "m096": "yes"}, announced=Tally(62, 30, 0)
    )  # fmt: skip
    assert compare(ours, theirs) == (
        Difference("position", "m003", "yes", "no"),
        Difference("spoken", "m095", "yes", "no"),
        Difference("spoken", "m096", None, "yes"),
        Difference("announced", None, "60–30–0 or 61–30–0", "62–30–0"),
    )


@pytest.mark.parametrize(
    ("means", "figure", "differs"),
    [
        (None, (60, 30), False), (None, (61, 30), False), (None, (62, 30), True),
        (Means.BOARD, (61, 30), True), (Means.FINAL, (60, 30), True), (Means.FINAL, (61, 30), False),
    ],
)  # fmt: skip
def test_an_announced_figure_meets_the_count_it_stands_for(
    means: Means | None, figure: tuple[int, int], differs: bool
) -> None:
    ours = side(1, cast(60, 30), board=Tally(60, 30, 0), final=Tally(61, 30, 0))
    theirs = side(2, cast(60, 30), announced=Tally(*figure, 0), announced_means=means)
    assert bool(compare(ours, theirs)) is differs


def test_a_provisional_copy_is_not_blamed_for_the_votes_it_cannot_have() -> None:
    ours, theirs = side(1, cast(60, 30), said=None), side(2, cast(60, 30), said={"m095": "yes"})
    assert compare(ours, theirs) == ()


def test_an_open_name_is_met_by_the_one_member_it_can_mean() -> None:
    alike = {member: member for member in MEMBERS} | {"luis": "CORDERO JON TAY, LUIS"}
    sheet = side(
        1,
        cast(40, 20) | {"luis": "no", "maria": "abstain"},
        names=alike | {"maria": "CORDERO JON TAY, MARÍA DEL PILAR"},
    )
    roll, names = (
        cast(40, 20) | {"luis": "no", "cordero jon tay": "abstain"},
        alike | {"cordero jon tay": "Cordero Jon Tay"},
    )
    minutes = side(2, roll, names=names, open=frozenset({"cordero jon tay"}))
    assert compare(sheet, minutes) == ()
    other = side(2, roll | {"cordero jon tay": "yes"}, names=names, open=minutes.open)
    assert {one.who for one in compare(sheet, other)} == {"cordero jon tay", "maria"}
