"""What does the record say of a claim? Verdicts are about the record and never about who wrote the claim."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from tracker.claims import fit
from tracker.claims.claim import Claim, Said
from tracker.claims.fit import Matched, NumbersFit, SubjectFit
from tracker.domain.tally import Position
from tracker.queries.candidates import Candidate


class Verdict(StrEnum):
    """How a claim stands to the votes on record."""

    MATCHES_FINAL = "matches-final"
    """The count with the votes put on record; in a chamber without these, the count."""
    MATCHES_BOARD_ONLY = "matches-board-only"
    """The electronic count, before the votes put on record were added."""
    MATCHES_SUPERSEDED = "matches-superseded"
    """A count that was published earlier, and has been replaced since."""
    SWAPPED = "swapped"
    """The count with yes and no exchanged."""
    DIFFERS = "differs"
    """A vote on the subject, with nearly these figures; or these figures, on another day or with another outcome."""
    SUBJECT_ONLY = "subject-only"
    """A vote on the subject, with other figures."""
    NUMBERS_ONLY = "numbers-only"
    """A vote with these figures, on another subject, or on one the text does not name."""
    SEVERAL = "several"
    """More than one vote fits."""
    NO_RECORD = "no-record"
    """No vote fits."""


class Agreement(StrEnum):
    """How a member's part in a vote stands to what a text says of it."""

    AGREES = "agrees"
    DIFFERS = "differs"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class MemberFit:
    """A member named by a text, the name on the roll, where they stand (None: no vote, or not told), and if aloud."""

    said: Said
    agreement: Agreement
    name: str | None = None
    position: Position | None = None
    aloud: bool = False


@dataclass(frozen=True)
class Match:
    """A vote that a claim may speak of, and how it fits; `dated` None: there is no day to compare."""

    claim: Claim
    vote: Candidate
    numbers: NumbersFit
    subject: SubjectFit
    dated: bool | None

    @cached_property
    def ended(self) -> bool | None:
        """Whether it ended as claimed; None: nothing to compare."""
        return fit.ended(self.claim, self.vote)

    @cached_property
    def stage(self) -> int:
        """How many steps (reconsideration, table, cloture) only one of the two names."""
        return fit.stage(self.claim, self.vote)

    @cached_property
    def day(self) -> bool:
        """Whether it was taken on the very day the claim gives."""
        return fit.very_day(self.claim, self.vote)

    @property
    def id(self) -> str:
        """The vote's id."""
        return self.vote.id

    @property
    def matched(self) -> Matched | None:
        """Which count is as claimed; None if none, or only with yes and no exchanged."""
        return None if self.numbers.swapped else self.numbers.matched

    @property
    def differences(self) -> dict[str, int | str]:
        """What has to be added to the claimed counts to reach the one in force; the day and the outcome, if others."""
        found: dict[str, int | str] = dict(self.numbers.gaps)
        if self.dated is False:
            found["date"] = self.vote.sitting_date.isoformat()
        if self.ended is False:
            found["result"] = self.vote.result or ""
        return found


@dataclass(frozen=True, slots=True)
class Step:
    """One step of how an answer was reached: what it is, and the values to say it with."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HeldFor:
    """Whether the days a claim speaks of are held of a chamber; `days`: sittings there with a vote, None: not told."""

    legislature: str
    short: str
    first: str
    last: str
    days: int | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the record says of a claim: the votes that fit, the best first, and how it was reached.

    `reason` says why there is no record: `other-body`, `of-party`, `not-held`, `no-vote`. `held` says what is held of
    the chambers.
    """

    claim: Claim
    verdict: Verdict
    matches: tuple[Match, ...] = ()
    members: tuple[MemberFit, ...] = ()
    steps: tuple[Step, ...] = ()
    reason: str | None = None
    held: tuple[HeldFor, ...] = ()
