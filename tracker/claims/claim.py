"""What does a text claim of a vote: its shapes, frozen and plain?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property

from tracker.domain.people import fold
from tracker.domain.tally import Position, Tally

MANY = 10_000
"""More than any chamber has members: the open end of *at least*."""
SIDES = (Position.YES, Position.NO, Position.ABSTAIN)


class Result(StrEnum):
    """How a text says that a vote ended."""

    APPROVED = "approved"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Part:
    """A count that is claimed, as the least and the most it may be: equal where it is exact."""

    low: int
    high: int

    @classmethod
    def exactly(cls, count: int) -> Part:
        """Return a count that is claimed exactly."""
        return cls(count, count)

    @property
    def exact(self) -> bool:
        """Whether one figure is claimed."""
        return self.low == self.high

    @property
    def most(self) -> int | None:
        """The most it may be; None: open."""
        return None if self.high >= MANY else self.high

    def holds(self, count: int) -> bool:
        """Whether a count is as claimed."""
        return self.low <= count <= self.high

    def gap(self, count: int) -> int:
        """Return what has to be added to what is claimed to reach a count; 0 where it holds."""
        return count - self.high if count > self.high else min(count - self.low, 0)

    def __str__(self) -> str:
        if self.exact:
            return str(self.low)
        if self.high >= MANY:
            return f"≥{self.low}"
        return f"≤{self.high}" if self.low == 0 else f"{self.low}…{self.high}"


@dataclass(frozen=True)
class Figures:
    """The counts a text claims of one vote; None: it does not say.

    `unanimous`: nobody against, nobody abstaining. `margin` is how far yes and no are apart. `needed` is a threshold
    the text names, which is no count. `ordered` is False for two bare figures of which it is not said which is which,
    as in *rejected by 70 to 33*. `named` are ballots for candidates, in an election: a name as written, the winner's
    first; empty where the text does not say whose.
    """

    yes: Part | None = None
    no: Part | None = None
    abstain: Part | None = None
    unanimous: bool = False
    margin: Part | None = None
    needed: int | None = None
    ordered: bool = True
    named: tuple[tuple[str, Part], ...] = ()

    def parts(self) -> Iterator[tuple[Position, Part]]:
        """Return the sides that are claimed."""
        for side, part in zip(SIDES, (self.yes, self.no, self.abstain), strict=True):
            if part is not None:
                yield side, part

    @cached_property
    def said(self) -> bool:
        """Whether any count is claimed."""
        return self.unanimous or self.margin is not None or bool(self.named) or any(True for _ in self.parts())

    @cached_property
    def exact(self) -> bool:
        """Whether yes and no are claimed exactly: enough to find a vote by."""
        return self.yes is not None and self.no is not None and self.yes.exact and self.no.exact

    @cached_property
    def contested(self) -> bool:
        """Whether both sides are claimed, and the smaller is a tenth of them or more."""
        if not self.exact or self.yes is None or self.no is None:
            return False
        low, high = sorted((self.yes.low, self.no.low))
        return 9 * low >= high

    @cached_property
    def strong(self) -> bool:
        """Whether the figures tell votes apart: both sides, and a minority worth the name, or a large majority."""
        if not self.exact or self.yes is None or self.no is None:
            return False
        low, high = sorted((self.yes.low, self.no.low))
        return low >= 3 or (self.abstain is not None and low + self.abstain.low >= 3) or high >= 20

    @cached_property
    def distinct(self) -> bool:
        """Whether the figures are hardly met twice: three, of a contested vote."""
        return self.abstain is not None and self.contested

    @cached_property
    def rarity(self) -> int:
        """How rare the figures are among votes: 0, many have them; 1, several; 2, few."""
        if self.contested:
            return 1 + (self.abstain is not None)
        if self.no is None and not self.unanimous:
            return 1
        return 2 * bool(self.no and self.abstain and self.no.low and self.abstain.low)

    @cached_property
    def turned(self) -> Figures:
        """The same with yes and no exchanged."""
        return replace(self, yes=self.no, no=self.yes)

    def holds(self, tally: Tally) -> bool:
        """Whether a tally is as claimed."""
        if self.named:
            return bool(tally.candidates) and not self._named_gaps(tally)
        if self.unanimous and (tally.no or tally.abstain or not tally.yes):
            return False
        if self.margin is not None and not self.margin.holds(abs(tally.margin)):
            return False
        yes, no, abstain = self.yes, self.no, self.abstain
        return (
            (yes is None or yes.low <= tally.yes <= yes.high)
            and (no is None or no.low <= tally.no <= no.high)
            and (abstain is None or abstain.low <= tally.abstain <= abstain.high)
        )

    def gaps(self, tally: Tally) -> dict[str, int]:
        """Return what has to be added to each claimed count to reach a tally; empty where all hold."""
        if self.named:
            return self._named_gaps(tally)
        found = {
            side: part.gap(count)
            for side, part, count in (
                ("yes", self.yes, tally.yes), ("no", self.no, tally.no), ("abstain", self.abstain, tally.abstain)
            )
            if part is not None
        }  # fmt: skip
        if self.unanimous:
            found |= {side.value: tally.of(side) for side in SIDES[1:] if side.value not in found}
        if self.margin is not None:
            found["margin"] = self.margin.gap(abs(tally.margin))
        return {name: gap for name, gap in found.items() if gap}

    def _named_gaps(self, tally: Tally) -> dict[str, int]:
        """Return what has to be added for each candidate; a figure without a name is that of the one of its rank."""
        ranked = sorted(tally.candidates, key=lambda one: -one[1])
        found: dict[str, int] = {}
        for rank, (name, part) in enumerate(self.named):
            words = fold(name).split()
            met = [one for one in ranked if words and fold(one[0]).split()[0] in words]
            if words and not met and ranked:
                met = [(name, 0)]
            label, count = met[0] if met else ranked[rank] if rank < len(ranked) else (name, 0)
            found[label] = part.gap(count)
        return {name: gap for name, gap in found.items() if gap}


@dataclass(frozen=True, slots=True)
class Span:
    """The days a text may mean, both included."""

    first: date
    last: date

    def near(self, day: date, slack: int) -> bool:
        """Whether a day lies among them, or at most `slack` days away."""
        return self.first.toordinal() - slack <= day.toordinal() <= self.last.toordinal() + slack


@dataclass(frozen=True, slots=True)
class Body:
    """Who is said to have voted: the slugs of chambers it may be, or another body by its name in the text.

    `country` is the code of the country it is of, where it is another one than those of the chambers.
    """

    legislatures: frozenset[str] = frozenset()
    other: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """A bill, motion or law that a text names: `kind` as in domain/mentions, `number` bare or in full."""

    kind: str
    number: str


@dataclass(frozen=True, slots=True)
class Said:
    """A member whom the text gives a position: the name as written."""

    name: str
    position: Position


@dataclass(frozen=True, slots=True)
class Claim:
    """What a stretch of text claims of one vote.

    `text` is the sentence, from `start` to `end` of the whole; `marks` are the places of the figures in the whole.
    `words` are the stems of what it speaks of, `around` those of the sentences before it and of the headline; `topic`:
    the sentence says itself what the vote was on. `days` is empty where no date is given. `follows` is the place among
    the claims of the one whose vote this one speaks on about. `party` is the group whose members alone are counted.
    `hint` are the days of a sentence before, on another subject: they may be meant, and contradict nothing. `judged` is
    how it says that a trial ended, guilty as approved.
    """

    text: str
    start: int
    end: int
    marks: tuple[tuple[int, int], ...]
    figures: Figures
    result: Result | None = None
    body: Body = Body()
    days: tuple[Span, ...] = ()
    words: tuple[str, ...] = ()
    around: tuple[str, ...] = ()
    numbers: tuple[Number, ...] = ()
    members: tuple[Said, ...] = ()
    topic: bool = False
    follows: int | None = None
    party: str | None = None
    hint: tuple[Span, ...] = ()
    judged: Result | None = None
