"""How often did a member vote, and where were they when not?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from tracker.analysis.parts import NOT_SEATED, Part
from tracker.domain.tally import Position, Reason


class Away(StrEnum):
    """Why a vote went by without a member, in the kinds a reader has to tell apart."""

    ABSENT = "absent"
    NO_RESPONSE = "no_response"
    LEAVE = "leave"
    DUTY = "duty"
    """Elsewhere on the chamber's own business."""
    CHAIR = "chair"
    SUSPENDED = "suspended"
    PAIRED = "paired"
    EXCUSED = "excused"
    UNKNOWN = "unknown"
    """The paper does not say why."""


FEWEST = 5
"""Votes below which there is no share."""

KINDS: Mapping[Reason, Away] = {
    Reason.ABSENT: Away.ABSENT,
    Reason.NO_RESPONSE: Away.NO_RESPONSE,
    Reason.LEAVE_OFFICIAL: Away.LEAVE,
    Reason.LEAVE_SICK: Away.LEAVE,
    Reason.LEAVE_PERSONAL: Away.LEAVE,
    Reason.LEAVE_TRAVEL: Away.LEAVE,
    Reason.LEAVE_UNPAID: Away.LEAVE,
    Reason.ON_DUTY: Away.DUTY,
    Reason.SUSPENDED: Away.SUSPENDED,
    Reason.CHAIR: Away.CHAIR,
    Reason.EXCUSED: Away.EXCUSED,
    Reason.PAIRED: Away.PAIRED,
}
"""What kind of being away a reason is; any other is unknown."""

ELSEWHERE = frozenset({Away.LEAVE, Away.DUTY, Away.CHAIR, Away.SUSPENDED, Away.PAIRED, Away.EXCUSED})
"""Ways of being away that the chamber knows of and allows, or orders."""


@dataclass(frozen=True, slots=True)
class Participation:
    """A member's part in the votes held while they had the seat.

    `voted` took part in, of them `aloud` put on record after the board was closed, by what the board said of the member
    then. `away` is why the others went by, `leave` the kinds of leave among them.
    """

    held: int
    voted: int
    aloud: Mapping[Away, int]
    away: Mapping[Away, int]
    leave: Mapping[Reason, int]

    @property
    def share(self) -> float | None:
        """In what share of the votes held while seated the member took part; None of fewer than five."""
        return self.voted / self.held if self.held >= FEWEST else None

    @property
    def share_when_free(self) -> float | None:
        """The same without the votes missed on leave, on duty, in the chair, suspended, paired or excused."""
        free = self.held - sum(self.away.get(kind, 0) for kind in ELSEWHERE)
        return self.voted / free if free >= FEWEST else None


def participation(parts: Iterable[Part]) -> Participation:
    """Add up a member's parts in many votes, each with the votes put on record aloud.

    Whoever answers "present" or votes for a candidate takes part. A roll that still bears the name of one who died or
    left holds no vote for them.
    """
    voted, aloud, away, leave = 0, Counter[Away](), Counter[Away](), Counter[Reason]()
    for part in parts:
        if part.position is not Position.NOT_CAST:
            voted += 1
            if part.board is None or part.board is Position.NOT_CAST:
                aloud[_kind(part)] += 1
        elif part.reason not in NOT_SEATED:
            kind = _kind(part)
            away[kind] += 1
            if kind is Away.LEAVE and part.reason is not None:
                leave[part.reason] += 1
    return Participation(voted + away.total(), voted, aloud, away, leave)


def _kind(part: Part) -> Away:
    return Away.UNKNOWN if part.reason is None else KINDS.get(part.reason, Away.UNKNOWN)
