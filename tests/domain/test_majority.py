"""Are thresholds those of the rules, to the vote?"""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.majority import Base, Rule, majority
from tracker.domain.votes import Tally

HALF, THREE_FIFTHS, TWO_THIRDS = Fraction(1, 2), Fraction(3, 5), Fraction(2, 3)
SHARES = st.fractions(0, 1, max_denominator=12).filter(lambda f: 0 < f < 1)
TALLIES = st.builds(Tally, *[st.integers(0, 500)] * 5)


def rule(fraction: Fraction, base: Base) -> Rule:
    return Rule("a rule", fraction, base, "Rules, article 1")


def slow_needed(fraction: Fraction, base: int) -> int:
    """Count upwards until the rule is met."""
    votes = 1
    while not (Fraction(votes) > base * fraction if fraction == HALF else Fraction(votes) >= base * fraction):
        votes += 1
    return votes


@given(SHARES, st.integers(0, 700))
def test_needed_is_the_least_that_meets_the_rule(fraction: Fraction, seats: int) -> None:
    found = majority(Tally(yes=10), rule(fraction, Base.SEATS), seats=seats)
    assert found.needed == slow_needed(fraction, seats)
    assert found.reached is (found.obtained >= slow_needed(fraction, seats))
    assert found.short_by == slow_needed(fraction, seats) - 10


@given(TALLIES, SHARES, st.sampled_from([Base.YES_AND_NO, Base.CAST, Base.PRESENT]))
def test_the_base_is_whom_the_rule_names(tally: Tally, fraction: Fraction, base: Base) -> None:
    found = majority(tally, rule(fraction, base))
    assert (
        found.base
        == {
            Base.YES_AND_NO: tally.yes + tally.no,
            Base.CAST: tally.yes + tally.no + tally.abstain,
            Base.PRESENT: tally.yes + tally.no + tally.abstain + tally.present,
        }[base]
    )
    assert found.obtained == tally.yes


@pytest.mark.parametrize(
    ("fraction", "needed"), [(HALF, 66), (THREE_FIFTHS, 78), (TWO_THIRDS, 87), (Fraction(2, 5), 52)]
)
def test_peru_of_130(fraction: Fraction, needed: int) -> None:
    """Absolute majority, three fifths, two thirds, and the 52 that admit a motion of vacancy."""
    assert majority(Tally(65), rule(fraction, Base.SEATS), seats=130).needed == needed


def test_a_tie_is_no_majority() -> None:
    found = majority(Tally(50, 50), rule(HALF, Base.YES_AND_NO))
    assert (found.base, found.needed, found.obtained, found.short_by, found.reached) == (100, 51, 50, 1, False)


def test_exactly_two_thirds_are_enough() -> None:
    found = majority(Tally(60, 30), rule(TWO_THIRDS, Base.YES_AND_NO))
    assert (found.needed, found.short_by, found.reached) == (60, 0, True)


@pytest.mark.parametrize("fraction", [HALF, TWO_THIRDS])
def test_nothing_is_carried_by_nobody(fraction: Fraction) -> None:
    assert majority(Tally(), rule(fraction, Base.CAST)).reached is False


def test_cloture_is_three_fifths_of_those_sworn() -> None:
    found = majority(Tally(59, 38), rule(THREE_FIFTHS, Base.SWORN), sworn=99)
    assert (found.needed, found.short_by) == (60, 1)


def test_unknown_stays_unknown() -> None:
    assert majority(Tally(70, 33, 4), None) == majority(Tally(70, 33, 4), None, seats=130)
    found = majority(Tally(70, 33, 4), None)
    assert (found.rule, found.base, found.needed, found.short_by, found.reached, found.obtained) == (None,) * 5 + (70,)
    without_seats = majority(Tally(70, 33, 4), rule(HALF, Base.SEATS))
    assert (without_seats.base, without_seats.needed, without_seats.reached) == (None, None, None)
    assert majority(Tally(70), rule(HALF, Base.SWORN), seats=100).needed is None


def test_a_speaker_needs_more_than_half_of_those_who_named_somebody() -> None:
    """House, 7 January 2023, fifteenth ballot: McCarthy 216, Jeffries 212, six present."""
    tally = Tally(present=6, not_cast=0, candidates=(("McCarthy", 216), ("Jeffries", 212)))
    found = majority(tally, rule(HALF, Base.YES_AND_NO))
    assert (found.base, found.needed, found.obtained, found.reached) == (428, 215, 216, True)
    assert majority(tally, rule(HALF, Base.YES_AND_NO), candidate="Jeffries").short_by == 3
    assert majority(tally, rule(HALF, Base.YES_AND_NO), candidate="nobody").obtained == 0


@pytest.mark.parametrize("fraction", [Fraction(0), Fraction(1), Fraction(3, 2), Fraction(-1, 2)])
def test_a_share_lies_between_nothing_and_all(fraction: Fraction) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        rule(fraction, Base.SEATS)
