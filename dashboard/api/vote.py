"""How does a vote read as JSON? The shape that `docs/vote.schema.json` sets down: a test holds the two together."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from dashboard.api.parts import (
    Ballot,
    Bill,
    Check,
    Credit,
    Digest,
    Document,
    Group,
    Link,
    Majority,
    Ordinal,
    Shape,
    Statement,
    Tallies,
)
from tracker.domain.changes import Cause
from tracker.domain.legislature import PaperKind
from tracker.domain.reconcile import Verdict
from tracker.domain.votes import Means, Status


class Difference(Shape):
    """One point on which two papers differ."""

    field: Literal["position", "spoken", "announced"]
    who: str | None
    """The member, as printed; null: of the vote."""
    ours: str | None
    """What this record says; null: nothing."""
    theirs: str | None
    """What the other record says; null: nothing."""


class Paper(Shape):
    """Another paper's record of the vote."""

    id: str
    """The id of that record; it leads here."""
    source: str
    title: str
    paper: PaperKind
    credit: Credit | None
    """Who wrote a transcription, as in `credit` above."""
    status: Status
    url: str
    page: Ordinal | None
    sha256: Digest
    fetched_at: datetime
    tallies: Tallies
    announced_text: str | None
    how: str
    """By what the two records were recognised as one vote's."""
    agrees: bool
    """Whether they differ in nothing that both could say."""
    differences: list[Difference]


class Change(Shape):
    """One thing that moved."""

    field: str
    who: str | None
    was: str | None
    now: str | None


class Version(Shape):
    """A reading of the vote."""

    version: Ordinal
    at: datetime
    """When the document was fetched."""
    url: str
    sha256: Digest
    page: Ordinal | None
    reader: str
    lookups: str
    cause: Cause | None
    """Why it differs from the one before; null if it does not."""
    changes: list[Change]
    in_force: bool
    since: datetime | None
    """When it came into force; null if it never did."""


class VoteRow(Shape):
    """A vote as lists have it."""

    id: str
    """The vote's id: it stands in addresses and files and never changes."""
    legislature: str
    """Slug of the chamber that voted."""
    source: str
    """Slug of the series of documents that this reading comes from."""
    paper: PaperKind
    """Whose paper this reading is of: the chamber's own, or one that others wrote down from it and may have misread."""
    credit: Credit | None
    """Who wrote a transcription; null for the chamber's own papers."""
    sitting_date: date
    """Date of the sitting; a vote after midnight keeps the date of the sitting it belongs to."""
    taken_at: datetime | None
    """When the vote was taken, by the chamber's clock."""
    subject: str
    """What was voted on, in the source's words."""
    question: str | None
    """The question put, in the source's words."""
    kind: str | None
    """The kind of vote, in the source's words; in Peru of a closed vocabulary, by the outermost words of the subject,
    with `, reforma constitucional` where it says so. null: none of the known kinds.
    """
    status: Status
    verdict: Verdict
    """Whether every sum that can be made of the vote meets; see `checks`."""
    result: str | None
    """The outcome, only if the source states it, in its words."""
    tallies: Tallies


class Vote(VoteRow):
    """A vote, whole. Moments end in Z, `taken_at` is local clock time with its offset; all counts are ballots.

    null means that the source does not say, never zero.
    """

    official_urls: list[str]
    """Where a transcription says the official documents lie that it was made from: one, or all of its sitting. Empty
    for the chamber's own papers, whose address is in `evidence`.
    """
    bills: list[str]
    """Bills the vote names, in the chamber's notation; bare numbers are of the chamber that votes and of its period."""
    bill_records: list[Bill]
    """What the chambers' lists say of the bills the vote names, as far as they are held, in the order of `bills`. As
    the lists stand now, not as they stood when the vote was taken.
    """
    links: list[Link]
    """Official pages of what the subject names by number."""
    requirement: str | None
    """The majority required, in the source's words."""
    majority: Majority | None
    """The rule for the requirement applied to the final count; null if the rule is unknown. Arithmetic, not an outcome.
    """
    vacated: bool
    """Whether the chamber set the vote aside."""
    board_from_names: bool
    """Whether the board is made of the names the document lists, because it prints no figures, or figures that whoever
    wrote it counted from those names: that they meet proves nothing.
    """
    announced_means: Means | None
    """Which count the announced figure stands for, where that is known."""
    announced_text: str | None
    """The words in which the figure was announced."""
    announced_by: str | None
    """Id of the record in `papers` that the announced figure is taken from; null: this paper's own, or none."""
    spoken: list[Statement]
    """Statements that put a member's vote on record outside the board, in the order of the document."""
    groups: list[Group]
    """Groups as they stand beside the ballots that day, the largest first."""
    ballots: list[Ballot]
    """One for each member the document lists, by name."""
    complete: bool
    """Whether the document lists every member, or only those who voted."""
    checks: list[Check]
    evidence: list[Document]
    """Every document that showed this vote, the newest first."""
    page: Ordinal | None
    """Page of the document that this reading names."""
    papers: list[Paper]
    """Other papers' records of this vote, and whether they say the same."""
    leads_to: str | None
    """The id of the record that lists show in place of this one; null: this one."""
    settled: str | None
    """Who settled what the page says, and why, where a person did."""
    version: Ordinal
    """Which of `versions` this object shows."""
    as_of: datetime | None
    """The moment that was asked for: this is the reading that was in force then. Null unless one was."""
    versions: list[Version]
    """Every reading of the vote, in the order its documents were fetched."""
    gone_since: datetime | None
    """Since when the source no longer shows the vote."""
