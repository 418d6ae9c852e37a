"""What does a reader get to see of a vote: its shapes, frozen and plain?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from tracker.domain.aliases import Alias
from tracker.domain.changes import Cause
from tracker.domain.joining import Difference
from tracker.domain.lead import best
from tracker.domain.legislature import Credit, Legislature, PaperKind
from tracker.domain.majority import Majority
from tracker.domain.reconcile import Verdict
from tracker.domain.votes import CAST, UNREAD, Position, Reason, Status, Tally
from tracker.queries.billed import BillView, NumberLink


@dataclass(frozen=True, slots=True)
class Tallies:
    """The counts of a vote side by side; None where there is no such count."""

    board: Tally | None = None
    counted: Tally | None = None
    final: Tally | None = None
    announced: Tally | None = None

    @property
    def best(self) -> Tally | None:
        """The count to lead with."""
        return best(board=self.board, counted=self.counted, final=self.final)


@dataclass(frozen=True, slots=True)
class SpokenView:
    """A statement that puts a member's vote on record; `group` is the ballot's, or the register's on that day.

    `was_code` and `was_reason` are what the roll prints for the member.
    """

    name: str
    member: str | None
    group: str | None
    was: Position | None
    now: Position
    declared: Position | None
    counts: bool
    quote: str
    was_code: str | None = None
    was_reason: Reason | None = None

    @property
    def was_unread(self) -> bool:
        """Whether nobody could read what the roll prints for the member."""
        return (self.was_code, self.was, self.was_reason) == UNREAD


@dataclass(frozen=True, slots=True)
class BallotView:
    """One member's part: `name` and `code` as printed, `member` the id of the person it was placed with.

    `decided`: the code could not be read, and is the only one with which every sum of the page meets.
    """

    name: str
    member: str | None
    group: str | None
    position: Position
    reason: Reason | None
    code: str
    region: str | None
    ref: str | None
    decided: bool = False

    @property
    def unread(self) -> bool:
        """Whether nobody knows what stands there: neither read nor told by the sums."""
        return (self.code, self.position, self.reason) == UNREAD


@dataclass(frozen=True, slots=True)
class GroupView:
    """One group's part: ballots counted, the same with spoken votes added (None: cannot be told), the paper's own row.

    `code` None: ballots beside which no group stands. `unread` is how many marks nobody could read, of members who
    did not speak either: `tally` and `final` have them among those who did not vote, `shown` has not.
    """

    code: str | None
    name: str | None
    attached: bool
    tally: Tally
    final: Tally | None
    printed: Tally | None
    unread: int = 0

    @property
    def shown(self) -> Tally:
        """The count of marks that could be read: final where it can be told (then of every group), else ballots."""
        count = self.tally if self.final is None else self.final
        return replace(count, not_cast=count.not_cast - self.unread)


@dataclass(frozen=True, slots=True)
class CheckView:
    """One sum and how it came out; `ok` None: the paper gives nothing to compare with."""

    check: str
    ok: bool | None
    detail: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A document that showed this vote. `checked_at`: when the address was last seen to hold these same bytes."""

    url: str
    sha256: str
    page: int | None
    fetched_at: datetime
    size: int
    media_type: str
    source: str
    checked_at: datetime | None = None

    @property
    def leaf(self) -> int | None:
        """The page that can be shown as a picture; None where the document has no pages."""
        return self.page if self.media_type == "application/pdf" else None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperView:
    """Another paper's record of a vote, by its own id; `how` says by what the two were recognised as one vote."""

    id: str
    source: str
    title: str
    kind: PaperKind
    credit: Credit | None
    status: Status
    url: str
    page: int | None
    sha256: str
    media_type: str
    fetched_at: datetime
    tallies: Tallies
    announced_means: str | None
    announced_text: str | None
    how: str
    agrees: bool
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One thing that moved: `who` names the ballot or statement it belongs to."""

    field: str
    who: str | None
    was: str | None
    now: str | None


@dataclass(frozen=True, slots=True)
class Version:
    """One reading of the vote, numbered from 1 in the order the documents were fetched; `cause` None: the first.

    `since` is when it came into force: when its document was fetched, or, of a document read or looked up anew, when
    that was done. None: it never was in force, for a later or a better document was held already.
    """

    n: int
    at: datetime
    url: str
    sha256: str
    page: int | None
    reader: str
    lookups: str
    cause: Cause | None
    changes: tuple[ChangeView, ...]
    in_force: bool
    since: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteView:
    """Everything known of a vote, as one of its readings has it: number `version`, the current one if `in_force`.

    `paper` says whether the reading is of the chamber's own paper; of a transcription, `credit` names who wrote it and
    `official_urls` are where it says the official documents of the sitting lie.

    `papers` are other papers' records of it; `announced_by` is the id of the one that the announced figure was taken
    from, where this paper has none. `leads_to` is the id of the record that lists show in place of this one. `settled`
    says who settled what the page says, and why; `piece` is the SHA-256 of the picture of what is in doubt. `as_of` is
    the moment that was asked for: the reading is the one in force then.
    `aliases` are names from the press, ours and no part of the record, only there where one vote is asked for.
    """

    id: str
    chamber: Legislature
    source: str
    paper: PaperKind
    credit: Credit | None
    official_urls: tuple[str, ...]
    sitting_date: date
    taken_at: datetime | None
    subject: str
    question: str | None
    kind: str | None
    bills: tuple[str, ...]
    status: Status
    verdict: Verdict
    result: str | None
    requirement: str | None
    vacated: bool
    tallies: Tallies
    board_from_names: bool
    announced_means: str | None
    announced_text: str | None
    majority: Majority
    spoken: tuple[SpokenView, ...]
    groups: tuple[GroupView, ...]
    ballots: tuple[BallotView, ...]
    complete: bool
    checks: tuple[CheckView, ...]
    doubts: str | None
    evidence: tuple[Evidence, ...]
    versions: tuple[Version, ...]
    version: int
    in_force: bool
    gone_since: datetime | None
    first_seen: datetime
    bill_records: tuple[BillView, ...] = ()
    links: tuple[NumberLink, ...] = ()
    papers: tuple[PaperView, ...] = ()
    announced_by: str | None = None
    leads_to: str | None = None
    settled: str | None = None
    piece: str | None = None
    aliases: tuple[Alias, ...] = ()
    as_of: datetime | None = None

    @property
    def origin(self) -> Version:
        """The reading shown."""
        return self.versions[self.version - 1]

    @property
    def paper_read(self) -> Evidence:
        """The document of the reading shown, with the page it names."""
        origin = self.origin
        read = next(one for one in self.evidence if (one.sha256, one.url) == (origin.sha256, origin.url))
        return replace(read, page=origin.page)

    @property
    def by_name(self) -> bool:
        """Whether members voted for named candidates."""
        best = self.tallies.best
        return best is not None and bool(best.candidates)

    def says(self, kind: str, position: Position) -> int | None:
        """Return how many of a position one of the counts has; None where it gives no figure.

        An announcement numbers the votes alone unless it says more, and a paper that does not name everybody does not
        number those who did not vote.
        """
        count: Tally | None = getattr(self.tallies, kind)
        n = count.of(position) if count else 0
        silent = position not in CAST if kind == "announced" else position is Position.NOT_CAST and not self.complete
        return None if count is None or (silent and not n) else n
