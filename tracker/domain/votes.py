"""What is a vote, as printed on paper and as placed among known members?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
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


CAST = frozenset({Position.YES, Position.NO, Position.ABSTAIN})


class Reason(StrEnum):
    """Why a ballot is `not_cast`, where the paper says so."""

    ABSENT = "absent"
    NO_RESPONSE = "no_response"
    LEAVE_OFFICIAL = "leave_official"
    LEAVE_SICK = "leave_sick"
    LEAVE_PERSONAL = "leave_personal"
    LEAVE_TRAVEL = "leave_travel"
    LEAVE_UNPAID = "leave_unpaid"
    SUSPENDED = "suspended"
    CHAIR = "chair"
    EXCUSED = "excused"
    PAIRED = "paired"
    VACANT = "vacant"
    DECEASED = "deceased"
    UNKNOWN = "unknown"


class Status(StrEnum):
    """How settled the record of a vote is."""

    PROVISIONAL = "provisional"
    OFFICIAL = "official"
    CORRECTED = "corrected"


class Code(NamedTuple):
    """What the paper printed for a ballot, and what that means in this chamber."""

    printed: str
    position: Position
    reason: Reason | None = None


class PrintedBallot(NamedTuple):
    """One member's part in a vote, as the paper names it.

    `ref` is the identifier the source prints (bioguide, LIS), `group` the party or bench printed beside the
    name on that day, `region` the state or district; each is None where the paper does not say.
    """

    name: str
    code: Code
    group: str | None = None
    ref: str | None = None
    region: str | None = None


class Ballot(NamedTuple):
    """A printed ballot together with the known member it belongs to (None: unresolved)."""

    name: str
    code: Code
    group: str | None
    ref: str | None
    region: str | None
    member: str | None


_DASH = r"\s*[-‐-―−~/]\s*"
_PARTS = re.compile(rf"\s*(\d{{1,4}}){_DASH}(\d{{1,4}})(?:{_DASH}(\d{{1,4}}))?\s*\Z")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many went which way: yes–no–abstain and the rest, all counts of ballots, none negative.

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
            if count < 0:
                raise ValueError(f"a tally cannot hold {count} ballots: {self!r}")
        if self.candidates:
            names = [name for name, _ in self.candidates]
            if len(set(names)) != len(names):
                raise ValueError(f"a candidate is listed twice: {names}")
            if min(count for _, count in self.candidates) < 0:
                raise ValueError(f"a candidate has fewer than no ballots: {self.candidates}")
            object.__setattr__(self, "candidates", tuple(sorted(self.candidates)))

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
        by_code = Counter(codes)
        sums = dict.fromkeys(Position, 0)
        candidates: Counter[str] = Counter()
        for code, n in by_code.items():
            if code.position is Position.OTHER:
                candidates[code.printed] += n
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

    def move(self, was: Position | None, now: Position) -> Tally:
        """Return this tally with one ballot moved from `was` (None: from outside the count) to `now`.

        ValueError if nobody stands at `was`; candidates cannot be moved.
        """
        if Position.OTHER in (was, now):
            raise ValueError("a ballot for a candidate cannot be moved by a statement")
        if was is now:
            return self
        counts: dict[Position, int] = {p: self.of(p) for p in Position if p is not Position.OTHER}
        counts[now] += 1
        if was is not None:
            counts[was] -= 1
        return Tally(**{p.value: n for p, n in counts.items()}, candidates=self.candidates)

    def differences(self, other: Tally) -> dict[str, int]:
        """Return what has to be added to this tally, by position or candidate, to reach `other`; empty if equal."""
        moved = {
            name: getattr(other, name) - getattr(self, name)
            for name in ("yes", "no", "abstain", "present", "not_cast")
            if getattr(other, name) != getattr(self, name)
        }
        mine, theirs = dict(self.candidates), dict(other.candidates)
        for candidate in sorted(mine.keys() | theirs.keys()):
            if change := theirs.get(candidate, 0) - mine.get(candidate, 0):
                moved[candidate] = change
        return moved

    def same_cast(self, other: Tally) -> bool:
        """Whether yes, no and abstentions are equal, whatever is said of those who did not vote."""
        return (self.yes, self.no, self.abstain) == (other.yes, other.no, other.abstain)

    def __add__(self, other: Tally) -> Tally:
        candidates = Counter(dict(self.candidates))
        candidates.update(dict(other.candidates))
        return Tally(
            self.yes + other.yes,
            self.no + other.no,
            self.abstain + other.abstain,
            self.present + other.present,
            self.not_cast + other.not_cast,
            tuple(candidates.items()),
        )

    def text(self, *, abstention: bool = True) -> str:
        """Print `70–33–4`, or `277–141` for a chamber that knows no abstention."""
        return f"{self.yes}–{self.no}–{self.abstain}" if abstention or self.abstain else f"{self.yes}–{self.no}"

    def __str__(self) -> str:
        return self.text()


@dataclass(frozen=True, slots=True)
class Spoken:
    """A statement that puts a member's vote on record outside the board.

    `was` is what the board shows for the member (None: the board's register does not say), `now` what was
    stated, `quote` the printed words. `counts` is False where the paper says the statement stays out of the result.
    `declared` is the position a change of vote claims to replace ("cambio de voto de X por Y").
    """

    name: str
    was: Position | None
    now: Position
    quote: str
    counts: bool = True
    declared: Position | None = None
    member: str | None = None


@dataclass(frozen=True, slots=True)
class GroupTally:
    """One row of a printed table by group."""

    code: str
    name: str | None
    tally: Tally


class Means(StrEnum):
    """Which count the figure announced by the chair stands for."""

    BOARD = "board"
    FINAL = "final"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedVote:
    """What one document says of one vote, names as printed.

    `key` holds the raw facts that name the vote within its legislature; `id` is built from them once and never changes.
    `sitting_date` is the date of the sitting, `taken_at` the clock time with its zone: a vote after midnight
    keeps the date of the sitting it belongs to. `complete` says whether the ballots name every member or only those who cast one.
    """

    legislature: str
    key: str
    id: str
    sitting_date: date
    subject: str
    ballots: tuple[PrintedBallot, ...]
    complete: bool
    taken_at: datetime | None = None
    question: str | None = None
    kind: str | None = None
    bills: tuple[str, ...] = ()
    result: str | None = None
    requirement: str | None = None
    board: Tally | None = None
    groups: tuple[GroupTally, ...] = ()
    announced: Tally | None = None
    announced_means: Means | None = None
    announced_text: str | None = None
    spoken: tuple[Spoken, ...] = ()
    status: Status = Status.OFFICIAL
    vacated: bool = False
    page: int | None = None
    doubts: tuple[str, ...] = ()
    period: str | None = None
    """Within which bill numbers are unique: a Congress, a parliamentary period."""

    def __post_init__(self) -> None:
        for name in ("legislature", "key", "id"):
            if not getattr(self, name).strip():
                raise ValueError(f"a vote needs its {name} (sitting of {self.sitting_date}, {self.subject[:60]!r})")
        if self.taken_at is not None and self.taken_at.tzinfo is None:
            raise ValueError(f"{self.id}: the clock time {self.taken_at} has no time zone")


@dataclass(frozen=True, slots=True)
class Vote:
    """A printed vote whose names have met the known members; `unresolved` lists those that met none."""

    printed: PrintedVote
    ballots: tuple[Ballot, ...]
    spoken: tuple[Spoken, ...] = ()
    unresolved: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())

    def by_group(self) -> Mapping[str | None, Tally]:
        """Count the ballots of each group printed beside them."""
        codes: dict[str | None, list[Code]] = {}
        for ballot in self.ballots:
            codes.setdefault(ballot.group, []).append(ballot.code)
        return {group: Tally.count(marks) for group, marks in codes.items()}


@dataclass(frozen=True, slots=True)
class Mark:
    """One member's line in an attendance list: the name and what the list says of it."""

    name: str
    code: str
    reason: Reason | None
    """None: present."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedSitting:
    """What a document says of a sitting day: its title and who attended, when the list was taken."""

    legislature: str
    date: date
    title: str
    attendance: tuple[Mark, ...] = ()
    page: int | None = None
