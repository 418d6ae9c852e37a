"""Which way can a ballot go, and how many went which way?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Self


class Position(StrEnum):
    """Which way a member's ballot went."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"
    PRESENT = "present"
    NOT_CAST = "not_cast"
    OTHER = "other"
    """A named candidate, as in an election of the Speaker; the ballot's code is the candidate's name."""

    __hash__ = str.__hash__  # a member equals its text, so it hashes like it; ballots are counted by the million


CAST = frozenset({Position.YES, Position.NO, Position.ABSTAIN})


class Reason(StrEnum):
    """Why a ballot is `not_cast`, where the paper says so; `paired` also stands by `present` (Senate, live pair)."""

    ABSENT = "absent"
    NO_RESPONSE = "no_response"
    LEAVE_OFFICIAL = "leave_official"
    LEAVE_SICK = "leave_sick"
    LEAVE_PERSONAL = "leave_personal"
    LEAVE_TRAVEL = "leave_travel"
    LEAVE_UNPAID = "leave_unpaid"
    ON_DUTY = "on_duty"
    """Elsewhere on the chamber's own business: at a committee, the spokespersons' meeting, a mission abroad."""
    SUSPENDED = "suspended"
    CHAIR = "chair"
    EXCUSED = "excused"
    PAIRED = "paired"
    VACANT = "vacant"
    DECEASED = "deceased"
    UNKNOWN = "unknown"

    __hash__ = str.__hash__


class Code(NamedTuple):
    """What the paper printed for a ballot, and what that means in this chamber."""

    printed: str
    position: Position
    reason: Reason | None = None


UNREAD = Code("?", Position.NOT_CAST, Reason.UNKNOWN)
"""Stands for a code that could not be read and is not decided by the sums: the vote is doubtful then."""


# Every dash of Unicode that is written level, the minus sign, and the soft hyphen that PDFs put in place of a hyphen.
_DASHES = "\\-\u00ad\u058a\u05be\u2010-\u2015\u2043\u2212\u2e3a\u2e3b\u2e40\u301c\u3030\ufe58\ufe63\uff0d"
_BETWEEN = rf"\s*[{_DASHES}]\s*"
_PARTS = re.compile(rf"\s*([0-9]{{1,4}}){_BETWEEN}([0-9]{{1,4}})(?:{_BETWEEN}([0-9]{{1,4}}))?\s*\Z")
_COUNTS = ("yes", "no", "abstain", "present", "not_cast")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many went which way: yes–no–abstain and the rest, all counts of ballots, none negative.

    `candidates` holds the ballots for each named candidate, by name; one without any is left out.

    >>> str(Tally.parse("70 - 33 - 4"))
    '70–33–4'
    """

    yes: int = 0
    no: int = 0
    abstain: int = 0
    present: int = 0
    not_cast: int = 0
    candidates: tuple[tuple[str, int], ...] = ()

    def __post_init__(self) -> None:
        for count in (self.yes, self.no, self.abstain, self.present, self.not_cast):
            if not isinstance(count, int) or count < 0:
                raise ValueError(f"a tally cannot hold {count} ballots: {self!r}")
        if self.candidates:
            names = [name for name, _ in self.candidates]
            if len(set(names)) != len(names):
                raise ValueError(f"a candidate is listed twice: {names}")
            if any(not isinstance(count, int) or count < 0 for _, count in self.candidates):
                raise ValueError(f"a candidate's ballots are no count: {self.candidates}")
            object.__setattr__(self, "candidates", tuple(sorted(pair for pair in self.candidates if pair[1])))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `70–33–4` or `277-141`: two or three figures, any dash, spaces allowed. ValueError otherwise."""
        match = _PARTS.match(text)
        if match is None:
            raise ValueError(f"not a tally: {text!r} (expected figures such as 70–33–4)")
        yes, no, abstain = match.groups()
        return cls(int(yes), int(no), int(abstain or 0))

    @classmethod
    def count(cls, codes: Iterable[Code]) -> Self:
        """Count ballots by the codes printed for them."""
        return cls.of_codes(Counter(codes))

    @classmethod
    def of_codes(cls, counts: Mapping[Code, int]) -> Self:
        """Add up how often each code was printed."""
        sums = dict.fromkeys(Position, 0)
        candidates: dict[str, int] = {}
        for code, n in counts.items():
            if code.position is Position.OTHER:
                candidates[code.printed] = candidates.get(code.printed, 0) + n
            else:
                sums[code.position] += n
        return cls(
            sums[Position.YES],
            sums[Position.NO],
            sums[Position.ABSTAIN],
            sums[Position.PRESENT],
            sums[Position.NOT_CAST],
            tuple(candidates.items()),
        )

    @property
    def other(self) -> int:
        """Ballots for named candidates."""
        return sum(count for _, count in self.candidates)

    @property
    def cast(self) -> int:
        """Yes, no and abstentions together."""
        return self.yes + self.no + self.abstain

    @property
    def called(self) -> bool:
        """Whether the roll was only called, as the United States House does: nothing but members present."""
        return not self.candidates and not self.cast and self.present > 0

    @property
    def total(self) -> int:
        """Every ballot, cast or not."""
        return self.cast + self.present + self.not_cast + self.other

    @property
    def margin(self) -> int:
        """Yes minus no."""
        return self.yes - self.no

    def of(self, position: Position) -> int:
        """Return the count of one position."""
        return self.other if position is Position.OTHER else int(getattr(self, position.value))

    def move(self, was: Position | None, now: Position | None) -> Tally:
        """Return this tally with one ballot moved from `was` to `now`; None stands for outside the count.

        ValueError if nobody stands at `was`; candidates cannot be moved.
        """
        if Position.OTHER in (was, now):
            raise ValueError("a ballot for a candidate cannot be moved by a statement")
        if was is not None and not self.of(was):
            raise ValueError(f"nobody is counted as {was} in {self.in_full()}, so nobody can leave there")
        if was is now:
            return self
        counts = {name: getattr(self, name) for name in _COUNTS}
        if now is not None:
            counts[now.value] += 1
        if was is not None:
            counts[was.value] -= 1
        return Tally(**counts, candidates=self.candidates)

    def differences(self, other: Tally) -> dict[str, int]:
        """Return what has to be added to this tally, by position or candidate, to reach `other`; empty if equal."""
        moved = {
            name: getattr(other, name) - getattr(self, name)
            for name in _COUNTS
            if getattr(other, name) != getattr(self, name)
        }
        if self.candidates != other.candidates:
            mine, theirs = dict(self.candidates), dict(other.candidates)
            for candidate in sorted(mine.keys() | theirs.keys()):
                if change := theirs.get(candidate, 0) - mine.get(candidate, 0):
                    moved[f"{candidate} (candidate)" if candidate in _COUNTS else candidate] = change
        return moved

    def same_cast(self, other: Tally) -> bool:
        """Whether the ballots cast (yes, no, abstentions, candidates) are equal, whatever is said of the rest."""
        return (self.yes, self.no, self.abstain, self.candidates) == (
            other.yes,
            other.no,
            other.abstain,
            other.candidates,
        )

    def __add__(self, other: Tally) -> Tally:
        candidates = self.candidates or other.candidates
        if self.candidates and other.candidates:
            both = Counter(dict(self.candidates))
            both.update(dict(other.candidates))
            candidates = tuple(both.items())
        return Tally(
            self.yes + other.yes,
            self.no + other.no,
            self.abstain + other.abstain,
            self.present + other.present,
            self.not_cast + other.not_cast,
            candidates,
        )

    def text(self, *, abstention: bool = True) -> str:
        """Print `70–33–4`, or `277–141` for a chamber that knows no abstention."""
        return f"{self.yes}–{self.no}–{self.abstain}" if abstention or self.abstain else f"{self.yes}–{self.no}"

    def in_full(self) -> str:
        """Print every count it holds: `217–213–0, present 2, not_cast 3, Jeffries 212`."""
        parts = [self.text()]
        if self.present:
            parts.append(f"present {self.present}")
        if self.not_cast:
            parts.append(f"not_cast {self.not_cast}")
        parts += [f"{candidate} {count}" for candidate, count in self.candidates]
        return ", ".join(parts)

    def __str__(self) -> str:
        return self.text()
