"""Is a vote contested when the method says so, and are those found who could have changed it?"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.analysis.margin import QUARTER, TENTH, Swing, contested, silence, swing
from tracker.analysis.parts import Part
from tracker.domain.lead import turned_aloud
from tracker.domain.majority import Base, Rule, majority
from tracker.domain.tally import UNREAD, Reason, Tally

HALF, THREE_FIFTHS, TWO_THIRDS = Fraction(1, 2), Fraction(3, 5), Fraction(2, 3)
SIMPLE = Rule("simple", HALF, Base.YES_AND_NO, "article 1")
ABSOLUTE = Rule("absolute", HALF, Base.SEATS, "article 2")
OF_SIDES = Rule("two thirds", TWO_THIRDS, Base.YES_AND_NO, "article 3")
OF_CAST = Rule("two thirds of the votes", TWO_THIRDS, Base.CAST, "article 4")
UNKNOWN = majority(Tally(), None)


@given(st.integers(0, 200), st.integers(0, 200), st.sampled_from([TENTH, QUARTER, Fraction(0)]))
def test_a_vote_is_contested_from_the_cutoff_on(yes: int, no: int, cutoff: Fraction) -> None:
    smaller = Fraction(min(yes, no), yes + no) if yes + no else None
    assert contested(Tally(yes, no, 3), cutoff) is (smaller is not None and smaller >= cutoff)


@pytest.mark.parametrize(
    ("board", "final", "turned"),
    [
        ((47, 49, 2), (51, 49, 2), True),
        ((53, 50, 0), (53, 54, 0), True),
        ((59, 59, 1), (60, 59, 1), True),
        ((51, 47, 13), (51, 51, 13), True),
        ((69, 31, 4), (70, 33, 4), False),
        ((0, 0, 0), (0, 0, 1), False),
    ],
)
def test_votes_aloud_that_turned_the_lead(board: tuple[int, ...], final: tuple[int, ...], turned: bool) -> None:
    """The first four are all there are in Peru from July 2021 to October 2023."""
    assert turned_aloud(Tally(*board), Tally(*final)) is turned


def test_those_who_come_may_raise_what_is_needed() -> None:
    assert swing(Tally(60, 32), OF_SIDES, able=38) == Swing(reached=False, switched=2, came=4, moved=None)
    assert swing(Tally(60, 32), OF_SIDES, able=3) == Swing(reached=False, switched=2, came=None, moved=None)
    assert swing(Tally(60, 30, 6), OF_CAST, able=9) == Swing(reached=False, switched=4, came=None, moved=4)


def test_what_is_reached_may_be_undone() -> None:
    assert swing(Tally(60, 59, 1), SIMPLE, able=10) == Swing(reached=True, switched=1, came=1, moved=1)
    assert swing(Tally(67, 20, 5), ABSOLUTE, able=38, seats=130) == Swing(True, switched=2, came=None, moved=None)
    assert swing(Tally(5, 0), SIMPLE, able=2) == Swing(True, switched=3, came=None, moved=None)


def test_without_a_base_nothing_can_be_said() -> None:
    assert swing(Tally(67, 20), ABSOLUTE, able=38) is None
    assert swing(Tally(candidates=(("Jeffries", 212), ("McCarthy", 216))), SIMPLE, able=6) is None


RULES = st.builds(
    Rule,
    st.just("a rule"),
    st.sampled_from([HALF, THREE_FIFTHS, TWO_THIRDS, Fraction(2, 5)]),
    st.sampled_from(list(Base)),
    st.just("article 5"),
)


@given(st.builds(Tally, *[st.integers(0, 25)] * 4), RULES, st.integers(0, 20), st.integers(20, 60))
def test_one_fewer_would_not_have_changed_it(tally: Tally, rule: Rule, able: int, seats: int) -> None:
    """Try every number of members from none upwards, written out for each side."""

    def reached(yes: int, no: int, abstain: int) -> bool | None:
        return majority(Tally(yes, no, abstain, tally.present), rule, seats=seats, sworn=seats).reached

    y, n, a = tally.yes, tally.no, tally.abstain
    was = reached(y, n, a)
    ways = {
        "switched": [reached(y - k, n + k, a) for k in range(y + 1)]
        if was
        else [reached(y + k, n - k, a) for k in range(n + 1)],
        "came": [reached(y, n + k, a) if was else reached(y + k, n, a) for k in range(able + 1)],
        "moved": [reached(y, n + k, a - k) if was else reached(y + k, n, a - k) for k in range(a + 1)],
    }
    found = swing(tally, rule, able=able, seats=seats, sworn=seats)
    assert found is not None
    assert found.reached is was
    for way, outcomes in ways.items():
        assert getattr(found, way) == next((k for k, now in enumerate(outcomes) if now is not was), None), way


def test_who_cast_no_vote_and_who_could_have(roll: Callable[..., tuple[Part, ...]]) -> None:
    found = silence(roll(G="YNAP1L-.CSF-"))
    assert [part.name for part in found.able] == ["G11", "G6", "G8", "G5", "G7"]
    assert {part.reason for part in found.unable} == {Reason.SUSPENDED, Reason.DECEASED}


def test_the_founding_vote_could_have_gone_the_other_way(
    roll: Callable[..., tuple[Part, ...]], founding: dict[str, str]
) -> None:
    found = silence(roll(**founding))
    assert (len(found.able), len(found.unable)) == (22, 1)
    assert swing(Tally(70, 33, 4), SIMPLE, able=22) == Swing(True, switched=19, came=None, moved=None)


def test_of_a_mark_that_could_not_be_read_nobody_says_that_no_vote_was_cast() -> None:
    lost, away = (
        Part(who, who, None, UNREAD.position, UNREAD.reason, None, UNREAD.position, who == "a") for who in "ab"
    )
    assert silence([lost, away]).able == (away,)
