"""Are the indices those of their authors, and is nothing shown that a few members or unanimous votes make up?"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.analysis.cohesion import Cohesion, agreement_index, cohesion, course, pairs, rice
from tracker.domain.tally import Tally

SMALL = st.builds(Tally, *[st.integers(0, 9)] * 3)


@pytest.mark.parametrize(
    ("tally", "rices", "indices", "alike"),
    [
        (Tally(10, 4, 0), 0.429, 0.571, 0.560),
        (Tally(6, 1, 2), 0.714, 0.500, 0.444),
        (Tally(5, 1, 0), 0.667, 0.750, 0.667),
        (Tally(1, 1, 1), 0, 0, 0),
        (Tally(5, 0, 1), 1.0, 0.750, 0.667),
    ],
)
def test_the_groups_of_the_founding_vote(tally: Tally, rices: float, indices: float, alike: float) -> None:
    assert (rice(tally), agreement_index(tally), pairs(tally)) == pytest.approx((rices, indices, alike), abs=5e-4)


@given(SMALL)
def test_the_indices_agree_with_their_definitions(tally: Tally) -> None:
    ballots = "Y" * tally.yes + "N" * tally.no + "A" * tally.abstain
    couples = list(combinations(ballots, 2))
    assert pairs(tally) == (pytest.approx(sum(a == b for a, b in couples) / len(couples)) if couples else None)
    largest = max((ballots.count(mark) for mark in ballots), default=0)
    rest = len(ballots) - largest
    slow = Fraction(largest, len(ballots)) - Fraction(rest, 2 * len(ballots)) if ballots else None
    assert agreement_index(tally) == (None if slow is None else pytest.approx(float(slow)))
    sides = tally.yes + tally.no
    shares = (tally.yes / sides, tally.no / sides) if sides else None
    assert rice(tally) == (None if shares is None else pytest.approx(abs(shares[0] - shares[1])))


@given(SMALL)
def test_nought_is_even_and_one_is_alike(tally: Tally) -> None:
    index = agreement_index(tally)
    if index is not None:
        assert 0 <= index <= 1
        assert (index == 1) is (max(tally.yes, tally.no, tally.abstain) == tally.cast)
        assert (index == 0) is (tally.yes == tally.no == tally.abstain)


@pytest.mark.parametrize(
    ("n", "rices"), [(2, (0.5, 0.58, 0.82)), (3, (0.5, 0.58, 0.82)), (5, (0.375, 0.492, 0.804)),
                     (8, (0.273, 0.435, 0.8)), (15, (0.209, 0.412, 0.8)), (25, (0.161, 0.403, 0.8)),
                     (130, (0.07, 0.4, 0.8))],
)  # fmt: skip
def test_small_groups_look_united_by_chance_except_in_pairs(n: int, rices: tuple[float, float, float]) -> None:
    """What each index is on average where everybody votes yes with probability p, whatever the others do."""
    for p, by_chance in zip((0.5, 0.7, 0.9), rices, strict=True):
        often = [comb(n, yes) * p**yes * (1 - p) ** (n - yes) for yes in range(n + 1)]
        votes = [Tally(yes, n - yes) for yes in range(n + 1)]
        assert sum(w * (rice(t) or 0) for w, t in zip(often, votes, strict=True)) == pytest.approx(by_chance, abs=6e-4)
        mean = sum(w * (pairs(t) or 0) for w, t in zip(often, votes, strict=True))
        assert mean == pytest.approx(p * p + (1 - p) * (1 - p)), "the same for every n"


def test_below_five_votes_there_is_no_index() -> None:
    assert cohesion(Tally(4, 0, 0, 2, 9)) == Cohesion(4, None, None, None)
    assert cohesion(Tally(5, 0, 0)) == Cohesion(5, 1, 1, 1)


def test_over_many_votes_the_contested_ones_stand_beside_all() -> None:
    united, torn = (Tally(99, 1), Tally(10)), (Tally(60, 40), Tally(5, 5))
    found = course([united] * 15 + [torn] * 5 + [(Tally(60, 40), Tally(0, 0, 0, 0, 9))])
    assert found.all is not None
    assert found.contested is not None
    assert (found.all.votes, found.contested.votes, found.cutoff) == (20, 5, Fraction(1, 4))
    assert (found.all.agreement_index, found.contested.agreement_index) == pytest.approx((0.8125, 0.25))
    assert (found.all.rice, found.contested.rice) == pytest.approx((0.75, 0))
    assert (found.all.pairs, found.contested.pairs) == pytest.approx((15 / 20 + 5 / 20 * 20 / 45, 20 / 45))
    assert (found.all.cast, found.contested.cast) == (10, 10)


def test_a_mean_of_few_votes_is_none_and_an_index_without_votes_is_none() -> None:
    assert course([(Tally(9), Tally(5))] * 4).all is None
    abstained = course([(Tally(60, 40), Tally(0, 0, 1))] * 5).contested
    assert abstained is not None
    assert (abstained.agreement_index, abstained.rice, abstained.pairs) == (1, None, None)
