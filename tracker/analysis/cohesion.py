"""How united was a group, in one vote and over many?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import comb
from statistics import fmean

from tracker.analysis.margin import QUARTER, contested
from tracker.domain.tally import Tally

FEWEST = 5
"""Votes cast below which no index is shown: in a group of two or three, chance alone makes it high."""


def agreement_index(group: Tally) -> float | None:
    """Return the Agreement Index: 1 where all did the same, 0 where yes, no and abstain are even; None: nobody voted.

    The largest part less half of the rest, over all that voted (Hix, Noury and Roland 2005).
    """
    largest = max(group.yes, group.no, group.abstain)
    return (largest - (group.cast - largest) / 2) / group.cast if group.cast else None


def rice(group: Tally) -> float | None:
    """Return Rice's index: the distance of yes and no over both. Abstentions play no part; None without yes and no."""
    sides = group.yes + group.no
    return abs(group.margin) / sides if sides else None


def pairs(group: Tally) -> float | None:
    """Return in how many of all pairs of members the two did the same; None for fewer than two.

    Two members taken at random agreed this often. Unlike the other two it is not higher for being few.
    """
    alike = sum(comb(n, 2) for n in (group.yes, group.no, group.abstain))
    return alike / comb(group.cast, 2) if group.cast > 1 else None


@dataclass(frozen=True, slots=True)
class Cohesion:
    """How united a group was in one vote; `n` members cast one. Below five there is no index to show."""

    n: int
    agreement_index: float | None
    rice: float | None
    pairs: float | None


def cohesion(group: Tally) -> Cohesion:
    """Return how united a group was in one vote."""
    if group.cast < FEWEST:
        return Cohesion(group.cast, None, None, None)
    return Cohesion(group.cast, agreement_index(group), rice(group), pairs(group))


@dataclass(frozen=True, slots=True)
class Mean:
    """Each index averaged over the votes that have it; `votes` is in how many somebody of the group voted.

    `cast` is how many of the group voted, on average: the smaller, the less the first two mean.
    """

    votes: int
    cast: float
    agreement_index: float | None
    rice: float | None
    pairs: float | None


@dataclass(frozen=True, slots=True)
class Course:
    """How united a group was over many votes: over all, and over those whose smaller side was `cutoff` or more.

    The first is never shown without the second: where most votes are unanimous, every group is united.
    """

    all: Mean | None
    contested: Mean | None
    cutoff: Fraction


def course(votes: Iterable[tuple[Tally, Tally]], *, cutoff: Fraction = QUARTER) -> Course:
    """Average the indices of a group over votes, each given as the whole vote's tally and the group's."""
    held = [(whole, group) for whole, group in votes if group.cast]
    return Course(
        _mean([group for _, group in held]), _mean([g for whole, g in held if contested(whole, cutoff)]), cutoff
    )


def _mean(groups: list[Tally]) -> Mean | None:
    """Average the indices, None for fewer votes than make a figure."""
    if len(groups) < FEWEST:
        return None
    return Mean(
        len(groups),
        fmean(group.cast for group in groups),
        *(_over(index, groups) for index in (agreement_index, rice, pairs)),
    )


def _over(index: Callable[[Tally], float | None], groups: Iterable[Tally]) -> float | None:
    values = [value for group in groups if (value := index(group)) is not None]
    return fmean(values) if values else None
