"""How often did two members, or two groups, vote alike?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from statistics import fmean

from tracker.analysis.margin import TENTH, contested
from tracker.domain.tally import CAST, Position, Tally

FEWEST = 5
"""Votes in which both took part, below which no share is shown."""

POSITIONS = (Position.YES, Position.NO, Position.ABSTAIN)


@dataclass(frozen=True, slots=True)
class Roll:
    """One vote: its whole tally, and where each member stood."""

    tally: Tally
    positions: Mapping[str, Position]


@dataclass(frozen=True, slots=True)
class Shared:
    """The votes in which two took part: `n` of them, and in what share they agreed; None below five.

    `expected` is how often they would have agreed had each taken every position as often, without regard to the other;
    `kappa` is their agreement beyond that, as a share of what it left open (Cohen 1960). None where it left nothing
    open, and for groups.
    """

    n: int
    share: float | None = None
    expected: float | None = None
    kappa: float | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """How often two voted alike: in all votes, and in those whose smaller side was `cutoff` or more."""

    all: Shared
    contested: Shared
    cutoff: Fraction


def between_members(rolls: Iterable[Roll], one: str, other: str, *, cutoff: Fraction = TENTH) -> Agreement:
    """Compare two members over the votes in which both voted yes, no or abstain; an abstention is a position."""
    both = [
        (contested(roll.tally, cutoff), (a, b))
        for roll in rolls
        if (a := roll.positions.get(one)) in CAST and (b := roll.positions.get(other)) in CAST
    ]
    return Agreement(_members([pair for _, pair in both]), _members([pair for hard, pair in both if hard]), cutoff)


def between_groups(votes: Iterable[tuple[Tally, Tally, Tally]], *, cutoff: Fraction = TENTH) -> Agreement:
    """Compare two groups over votes, each given as the whole tally and those of the two groups.

    In one vote it is how often a member of the one and a member of the other, taken at random, did the same.
    """
    both = [(contested(whole, cutoff), _alike(one, other)) for whole, one, other in votes if one.cast and other.cast]
    return Agreement(_groups([share for _, share in both]), _groups([share for hard, share in both if hard]), cutoff)


def _members(pairs: list[tuple[Position | None, Position | None]]) -> Shared:
    n = len(pairs)
    if n < FEWEST:
        return Shared(n)
    same = sum(a is b for a, b in pairs)
    ones, others = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    by_chance = sum(ones[position] * others[position] for position in POSITIONS)
    kappa = (n * same - by_chance) / (n * n - by_chance) if by_chance < n * n else None
    return Shared(n, same / n, by_chance / (n * n), kappa)


def _groups(shares: list[float]) -> Shared:
    return Shared(len(shares), fmean(shares) if len(shares) >= FEWEST else None)


def _alike(one: Tally, other: Tally) -> float:
    return sum(one.of(position) * other.of(position) for position in POSITIONS) / (one.cast * other.cast)
