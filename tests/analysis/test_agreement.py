"""Do two members agree as often as a patient reader counts, and does the fast matrix say the same of all of them?"""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.analysis.agreement import Agreement, Roll, Shared, between_groups, between_members
from tracker.analysis.matrix import compare, groups, matrix
from tracker.domain.tally import Position, Tally

YES, NO, ABSTAIN, AWAY, PRESENT = Position.YES, Position.NO, Position.ABSTAIN, Position.NOT_CAST, Position.PRESENT
MARKS = {"Y": YES, "N": NO, "A": ABSTAIN, "-": AWAY, "P": PRESENT}
HARD, EASY = Tally(60, 40), Tally(99, 1)


def rolls(*marks: str, tally: Tally = HARD) -> list[Roll]:
    """Votes by the marks of members 0, 1, 2 …; a blank is a member who had no seat."""
    return [Roll(tally, {str(n): MARKS[mark] for n, mark in enumerate(vote) if mark != " "}) for vote in marks]


def test_only_votes_that_both_cast_are_shared() -> None:
    found = between_members(rolls("YY", "YN", "NN", "AA", "AY", "Y-", "YP", "Y ", "--"), "0", "1")
    assert (found.all.n, found.all.share) == (5, 3 / 5)
    assert found.all == found.contested


def test_below_five_shared_votes_there_is_no_share() -> None:
    assert between_members(rolls("YY", "YY", "YY", "YY"), "0", "1").all == Shared(4)
    assert between_members([], "0", "1") == Agreement(Shared(0), Shared(0), Fraction(1, 10))


def test_contested_votes_stand_beside_all() -> None:
    votes = rolls(*["YY"] * 15, tally=EASY) + rolls(*["YN"] * 5)
    found = between_members(votes, "0", "1")
    assert (found.all.n, found.all.share, found.contested.n, found.contested.share) == (20, 0.75, 5, 0)


def test_agreement_beyond_chance() -> None:
    """One votes yes 40 times in 100, the other too: by chance they agree in .4 × .4 + .6 × .6 = 52 of 100."""
    votes = rolls(*["YY"] * 25, *["YN"] * 15, *["NY"] * 15, *["NN"] * 45)
    found = between_members(votes, "0", "1").all
    assert (found.share, found.expected) == pytest.approx((0.70, 0.52))
    assert found.kappa == pytest.approx((0.70 - 0.52) / (1 - 0.52))
    assert between_members(rolls(*["YY"] * 9), "0", "1").all == Shared(9, 1.0, 1.0, None), "chance leaves nothing open"
    assert between_members(rolls(*["YN", "NY"] * 5), "0", "1").all.kappa == -1


def test_two_groups_agree_as_often_as_their_members() -> None:
    votes = [(HARD, Tally(3, 1), Tally(1, 1)), (HARD, Tally(2), Tally(2))] * 3
    found = between_groups([*votes, (HARD, Tally(2), Tally(0, 0, 0, 0, 5))])
    assert found.all == Shared(6, pytest.approx((0.5 + 1) / 2))
    assert between_groups(votes[:4]).all == Shared(4)


@given(st.builds(Tally, *[st.integers(0, 6)] * 3), st.builds(Tally, *[st.integers(0, 6)] * 3))
def test_the_agreement_of_groups_is_that_of_every_couple(one: Tally, other: Tally) -> None:
    first, second = ("Y" * t.yes + "N" * t.no + "A" * t.abstain for t in (one, other))
    couples = [(a, b) for a in first for b in second]
    found = between_groups([(HARD, one, other)] * 5).all
    expected = pytest.approx(sum(a == b for a, b in couples) / len(couples)) if couples else None
    assert (found.n, found.share) == (5 if couples else 0, expected)


# --- the matrix, against a count that is obviously right --------------------------------------------------------------


def slow(votes: Sequence[Roll], one: str, other: str, cutoff: Fraction) -> tuple[int, float | None, float | None]:
    """Count one couple by hand: how many contested votes both cast, the share alike, and Cohen's kappa."""
    pairs = []
    for vote in votes:
        smaller, sides = min(vote.tally.yes, vote.tally.no), vote.tally.yes + vote.tally.no
        if sides == 0 or Fraction(smaller, sides) < cutoff:
            continue
        a, b = vote.positions.get(one), vote.positions.get(other)
        if a in (YES, NO, ABSTAIN) and b in (YES, NO, ABSTAIN):
            pairs.append((a, b))
    n = len(pairs)
    if n == 0:
        return 0, None, None
    observed = Fraction(len([1 for a, b in pairs if a == b]), n)
    expected = Fraction(0)
    for position in (YES, NO, ABSTAIN):
        of_one = Fraction(len([1 for a, _ in pairs if a == position]), n)
        of_other = Fraction(len([1 for _, b in pairs if b == position]), n)
        expected += of_one * of_other
    return n, float(observed), None if expected == 1 else float((observed - expected) / (1 - expected))


MEMBERS = [str(n) for n in range(6)]
VOTES = st.lists(
    st.builds(
        Roll,
        st.sampled_from([HARD, EASY, Tally(9, 1), Tally(0, 0, 5), Tally(89, 10)]),
        st.dictionaries(st.sampled_from(MEMBERS), st.sampled_from(list(MARKS.values()))),
    ),
    max_size=30,
)


@given(VOTES, st.integers(0, 6), st.sampled_from([Fraction(0), Fraction(1, 10), Fraction(1, 4)]))
def test_the_matrix_agrees_with_a_slow_count(votes: list[Roll], fewest: int, cutoff: Fraction) -> None:
    found = matrix(votes, MEMBERS, cutoff=cutoff, fewest=fewest)
    for i, one in enumerate(MEMBERS):
        for j, other in enumerate(MEMBERS):
            n, share, kappa = slow(votes, one, other, cutoff)
            assert found.shared[i, j] == n
            enough = n >= max(fewest, 1)
            assert found.share[i, j] == pytest.approx(share if enough else np.nan, nan_ok=True, rel=1e-12)
            open_ = enough and kappa is not None
            assert found.kappa[i, j] == pytest.approx(kappa if open_ else np.nan, nan_ok=True, rel=1e-9, abs=1e-12)


@given(VOTES)
def test_two_members_agree_with_the_slow_count_too(votes: list[Roll]) -> None:
    found = between_members(votes, "0", "1")
    n, share, kappa = slow(votes, "0", "1", Fraction(1, 10))
    assert found.contested.n == n
    if n >= 5:
        assert (found.contested.share, found.contested.kappa) == (pytest.approx(share), pytest.approx(kappa))


@given(VOTES, st.integers(0, 5))
def test_one_member_against_all_is_a_row_of_the_matrix(votes: list[Roll], who: int) -> None:
    places = {position: n for n, position in enumerate((YES, NO, ABSTAIN))}
    codes = np.array([[places.get(v.positions.get(m, AWAY), -1) for m in MEMBERS] for v in votes], dtype=np.int16)
    codes = codes.reshape(len(votes), len(MEMBERS))
    row, whole = compare(codes, who, fewest=5), compare(codes, fewest=5)
    for one, every in zip(row, whole, strict=True):
        np.testing.assert_array_equal(one[0], every[who])
    for other in range(len(MEMBERS)):
        both = between_members(votes, str(who), str(other)).all
        assert row.shared[0, other] == both.n
        if both.n >= 5:
            assert (row.share[0, other], row.expected[0, other]) == pytest.approx((both.share, both.expected))


@given(st.lists(st.lists(st.tuples(*[st.integers(0, 4)] * 3), min_size=3, max_size=3), max_size=9))
def test_all_groups_at_once_agree_as_each_two_do(votes: list[list[tuple[int, int, int]]]) -> None:
    found = groups(np.array(votes, dtype=np.int64).reshape(len(votes), 3, 3))
    for i in range(3):
        for j in range(3):
            both = between_groups((HARD, Tally(*vote[i]), Tally(*vote[j])) for vote in votes).all
            assert found.votes[i, j] == both.n
            assert found.share[i, j] == pytest.approx(np.nan if both.share is None else both.share, nan_ok=True)


def test_no_votes_make_an_empty_matrix() -> None:
    found = matrix([], MEMBERS)
    assert (found.votes, found.shared.sum(), np.isnan(found.share).all()) == (0, 0, True)
    assert matrix(rolls("YN"), []).shared.shape == (0, 0)


def test_a_matrix_of_a_parliament_is_made_at_once() -> None:
    """130 members over 1,000 votes, in at most 0.3 seconds of one processor."""
    dice = random.Random(2023)
    members = [f"member-{n}" for n in range(130)]
    votes = [Roll(HARD, {who: dice.choice((YES, YES, NO, ABSTAIN, AWAY)) for who in members}) for _ in range(1000)]
    spent = []
    for _ in range(3):
        begun = time.process_time()
        found = matrix(votes, members)
        spent.append(time.process_time() - begun)
    assert (found.votes, found.shared.shape) == (1000, (130, 130))
    assert min(spent) <= 0.3
