"""How many were needed, of whom, and were they there?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from tracker.domain.votes import Tally


class Base(StrEnum):
    """Whom a majority is taken of. A ballot for a named candidate counts as one that takes a side."""

    YES_AND_NO = "yes_and_no"
    CAST = "cast"
    """Yes, no and abstentions."""
    PRESENT = "present"
    """Those who cast a ballot, and those who answered "present"."""
    SEATS = "seats"
    """Every seat of the chamber by law, filled or not (Peru's legal number, 130)."""
    SWORN = "sworn"
    """Members duly chosen and sworn (Senate, Rule XXII)."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule for deciding: more than half (`fraction` 1/2) or at least another share of a base.

    `source` is the article that says so.
    """

    name: str
    fraction: Fraction
    base: Base
    source: str

    def __post_init__(self) -> None:
        if not 0 < self.fraction < 1:
            raise ValueError(f"{self.name}: a majority is a share between 0 and 1, not {self.fraction}")


@dataclass(frozen=True, slots=True)
class Majority:
    """A rule applied to a tally: of `base` members, `needed` had to vote yes, `obtained` did.

    `needed` None: the rule or its base is unknown, and so is what was needed. In an election by name `obtained` is what
    the candidate got.
    """

    rule: Rule | None
    base: int | None
    needed: int | None
    obtained: int

    @property
    def short_by(self) -> int | None:
        """How many more yes votes it needed; zero or less if it had enough; None if the rule is unknown."""
        return None if self.needed is None else self.needed - self.obtained

    @property
    def reached(self) -> bool | None:
        """Whether the arithmetic is met. Not whether it passed: a result is stored only if a source states it."""
        return None if self.needed is None else self.obtained >= self.needed


def majority(
    tally: Tally, rule: Rule | None, *, seats: int | None = None, sworn: int | None = None, candidate: str | None = None
) -> Majority:
    """Apply a rule to a tally.

    One half means *more* than half (a tie fails: 66 of 130), any other share *at least* that share, rounded up (three
    fifths of 130 are 78, two thirds 87). Nothing is carried by nobody: at least one is always needed. `candidate` is
    whose ballots count in an election by name; without it, those of whoever got most.
    """
    obtained = _obtained(tally, candidate)
    base = _base(tally, rule, seats, sworn)
    if rule is None or base is None:
        return Majority(rule, None, None, obtained)
    share = base * rule.fraction
    needed = int(share) + 1 if rule.fraction == Fraction(1, 2) else -(-share.numerator // share.denominator)
    return Majority(rule, base, max(needed, 1), obtained)


def _obtained(tally: Tally, candidate: str | None) -> int:
    if candidate is not None:
        return dict(tally.candidates).get(candidate, 0)
    return max(count for _, count in tally.candidates) if tally.candidates else tally.yes


def _base(tally: Tally, rule: Rule | None, seats: int | None, sworn: int | None) -> int | None:
    if rule is None:
        return None
    return {
        Base.YES_AND_NO: tally.yes + tally.no + tally.other,
        Base.CAST: tally.cast + tally.other,
        Base.PRESENT: tally.cast + tally.other + tally.present,
        Base.SEATS: seats,
        Base.SWORN: sworn,
    }[rule.base]
