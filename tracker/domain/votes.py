"""What is a vote, as printed on paper and as placed among known members?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from operator import itemgetter
from typing import NamedTuple

from tracker.domain.recurring import count
from tracker.domain.tally import CAST, UNREAD, Code, Position, Reason, Tally

__all__ = [
    "CAST",
    "UNREAD",
    "Ballot",
    "Code",
    "GroupTally",
    "Mark",
    "Means",
    "Position",
    "PrintedBallot",
    "PrintedSitting",
    "PrintedVote",
    "Reason",
    "Spoken",
    "Status",
    "Tally",
    "Vote",
    "member_of",
]

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\Z")
_GROUP_AND_CODE = itemgetter(2, 1)


class Status(StrEnum):
    """How settled the record of a vote is."""

    PROVISIONAL = "provisional"
    OFFICIAL = "official"
    CORRECTED = "corrected"


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
    """A printed ballot together with the known member it belongs to (None: unresolved).

    It begins like `PrintedBallot`, so `Ballot(*printed, member)` makes one.
    """

    name: str
    code: Code
    group: str | None
    ref: str | None
    region: str | None
    member: str | None


def member_of(ballot: Ballot) -> str | None:
    """Return whose ballot it is."""
    return ballot.member


@dataclass(frozen=True, slots=True)
class Spoken:
    """A statement that puts a member's vote on record outside the board.

    `was` is what the board shows for the member (None: the board's register does not say), `now` what was
    stated, `quote` the printed words. `counts` is False where the paper says the statement stays out of the result.
    `declared` is the position a change of vote claims to replace ("cambio de voto de X por Y").
    ValueError without a name.
    """

    name: str
    was: Position | None
    now: Position
    quote: str
    counts: bool = True
    declared: Position | None = None
    member: str | None = None

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise ValueError(f"a statement needs the name of who made it: {self.quote[:120]!r}")


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
    keeps the date of the sitting it belongs to. `complete` says whether the ballots name every member or only those
    who cast one. ValueError if a name of the vote is missing or unfit for an address, or the clock time has no zone.
    """

    legislature: str
    key: str
    id: str
    sitting_date: date
    subject: str
    ballots: Sequence[PrintedBallot]
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
    spoken_whole: bool = True
    """Whether the notes were read to their end; if not, statements may be missing and the final tally stays open."""
    status: Status = Status.OFFICIAL
    vacated: bool = False
    page: int | None = None
    doubts: tuple[str, ...] = ()
    board_from_names: bool = False
    """The paper prints the names on the board, not its totals, or totals and a table that whoever wrote it counted from
    those names: `board` is their count, and that the sums meet proves nothing."""
    official_urls: tuple[str, ...] = ()
    """Where a transcription says the official documents lie that it was made from: one, or all of its sitting."""
    period: str | None = None
    """Within which bill numbers are unique: a Congress, a parliamentary period."""
    decided: tuple[str, ...] = ()
    """Names whose code could not be read and was decided by the sums, since exactly one reading meets them all."""
    settled: str | None = None
    """Who settled what the page says, and why, where a person did."""
    region: tuple[float, float, float, float] | None = None
    """Where on its page to look when something does not meet: left, top, right, bottom in shares of the page."""

    def __post_init__(self) -> None:
        for name in ("legislature", "key", "id"):
            if not getattr(self, name).strip():
                raise ValueError(f"a vote needs its {name} (sitting of {self.sitting_date}, {self.subject[:60]!r})")
        if not _ID.match(self.id):
            raise ValueError(
                f"{self.id!r} cannot stand in an address: letters, digits, points, hyphens and underscores"
            )
        if self.taken_at is not None and self.taken_at.utcoffset() is None:
            raise ValueError(f"{self.id}: the clock time {self.taken_at} has no time zone")
        if self.page is not None and self.page < 1:
            raise ValueError(f"{self.id}: pages are numbered from 1, not {self.page}")


@dataclass(frozen=True, slots=True)
class Vote:
    """A printed vote whose names have met the known members.

    `unresolved` lists the names that met none, `notes` says how names were read that are not printed in full, and
    `unsettled` why the final tally stays open: statements whose effect on it cannot be told without guessing.
    """

    printed: PrintedVote
    ballots: Sequence[Ballot]
    spoken: tuple[Spoken, ...] = ()
    unresolved: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())
    unsettled: tuple[str, ...] = ()

    def by_group(self) -> Mapping[str | None, Tally]:
        """Count the ballots of each group printed beside them."""
        codes: dict[str | None, dict[Code, int]] = {}
        for (group, code), n in count(self.ballots, _GROUP_AND_CODE).items():
            codes.setdefault(group, {})[code] = n
        return {group: Tally.of_codes(counts) for group, counts in codes.items()}


@dataclass(frozen=True, slots=True)
class Mark:
    """One member's line in an attendance list: the name and what the list says of it."""

    name: str
    code: str
    reason: Reason | None
    """None: present."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedSitting:
    """What a document says of a sitting day: its title and who attended, when the list was taken.

    `taken_at` is the clock time of the list with its zone, where the paper gives one: several are taken in a day.
    """

    legislature: str
    date: date
    title: str
    attendance: tuple[Mark, ...] = ()
    page: int | None = None
    taken_at: datetime | None = None
