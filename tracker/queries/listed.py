"""What does a reader get to see of a list of votes?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from tracker.domain.legislature import Credit, PaperKind
from tracker.domain.reconcile import Verdict
from tracker.domain.votes import Status
from tracker.queries.search.understood import NOTHING, Understood
from tracker.queries.view import Tallies


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteRow:
    """A vote in a list; of one that is known from a transcription alone, `credit` names who wrote it."""

    id: str
    legislature: str
    source: str
    paper: PaperKind
    credit: Credit | None
    short: str
    abstention: bool
    sitting_date: date
    taken_at: datetime | None
    subject: str
    question: str | None
    kind: str | None
    status: Status
    verdict: Verdict
    result: str | None
    tallies: Tallies
    gone: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A stretch of a list: its votes, how many there are in all, and how a search was understood.

    `more`: there are more than `total`, not counted, since a text finds so many.
    """

    rows: tuple[VoteRow, ...]
    total: int
    understood: Understood = NOTHING
    more: bool = False


@dataclass(frozen=True, slots=True)
class Sitting:
    """A sitting day of a chamber with its first votes in clock order; `total` counts them all."""

    legislature: str
    chamber: str
    date: date
    rows: tuple[VoteRow, ...]
    total: int
