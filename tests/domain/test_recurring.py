"""Is a hand of recurring ballots the same as the ballots themselves, whatever is asked of them?"""

from __future__ import annotations

from datetime import date
from operator import attrgetter

from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.changes import changes, facts_of
from tracker.domain.reconcile import reconcile
from tracker.domain.recurring import Deck, Hand, count, each
from tracker.domain.votes import Ballot, Code, Position, PrintedVote, Vote

CODES = [Code("Yea", Position.YES), Code("Nay", Position.NO), Code("Not Voting", Position.NOT_CAST)]
CARDS = [
    Ballot(f"Member {n}", code, "DR"[n % 2], f"M{n}" if n else None, "NY", f"M{n}" if n else None)
    for n in range(6)
    for code in CODES
]
PLACES = st.lists(st.integers(0, len(CARDS) - 1), max_size=9)


def vote(ballots: Hand[Ballot] | tuple[Ballot, ...]) -> Vote:
    day = date(2020, 1, 2)
    printed = PrintedVote(
        legislature="x", key="x-1", id="x-1", sitting_date=day, subject="To act", ballots=(), complete=True
    )
    return Vote(printed, ballots)


@given(PLACES, PLACES)
def test_whatever_is_made_of_a_hand_is_made_of_its_ballots(one: list[int], other: list[int]) -> None:
    deck = Deck(CARDS)
    hands = Hand(deck, one), Hand(deck, other)
    plain = [tuple(CARDS[place] for place in places) for places in (one, other)]
    name = attrgetter("name")
    for hand, ballots in zip(hands, plain, strict=True):
        assert tuple(hand) == ballots
        assert list(each(hand, name)) == [ballot.name for ballot in ballots]
        assert count(hand, name) == count(ballots, name)
        assert reconcile(vote(hand), spoken_counts=False) == reconcile(vote(ballots), spoken_counts=False)
    ours = [facts_of(vote(hand), reconcile(vote(hand), spoken_counts=False)) for hand in hands]
    theirs = [facts_of(vote(ballots), reconcile(vote(ballots), spoken_counts=False)) for ballots in plain]
    assert ours == theirs
    assert changes(ours[0], ours[1]) == changes(theirs[0], theirs[1])
    assert (ours[0].fingerprint() == ours[1].fingerprint()) == (theirs[0].fingerprint() == theirs[1].fingerprint())


def test_the_order_of_the_ballots_is_no_fact() -> None:
    deck = Deck(CARDS)
    one, other = (vote(Hand(deck, places)) for places in ([0, 4, 8], [8, 0, 4]))
    sums = reconcile(one, spoken_counts=False)
    assert facts_of(one, sums).fingerprint() == facts_of(other, sums).fingerprint()
