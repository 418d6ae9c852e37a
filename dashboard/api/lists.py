"""How do lists of votes, changes, chambers and sources read as JSON?"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from dashboard.api.parts import Count, Ordinal, Shape
from dashboard.api.vote import Change, Version, VoteRow
from tracker.domain.changes import Cause


class VotePage(Shape):
    """A stretch of the votes that meet what was asked."""

    votes: list[VoteRow]
    total: Count
    """How many there are in all."""
    more: bool
    """Whether there are more than that: what the words of `q` find is counted up to 5,000."""
    next: str | None
    """The `cursor` that goes on from here; null: this is the end. Votes added meanwhile move nothing."""


class VoteChanges(Shape):
    """Every reading of a vote, the newest first, with what each moved and why."""

    vote: str
    """The vote's id."""
    legislature: str
    subject: str
    version: Ordinal
    """The number of the reading in force."""
    versions: list[Version]


class ChangeSet(Shape):
    """What one new reading of a vote moved."""

    vote: str
    """The vote's id."""
    legislature: str
    subject: str
    version: Ordinal
    """The number of the reading among those of the vote."""
    cause: Cause
    at: datetime
    """When the record moved: a source's change when its document was fetched, ours when we made it."""
    url: str
    """The document's address."""
    page: Ordinal | None
    changes: list[Change]


class ChangePage(Shape):
    """A stretch of the changes, the newest first."""

    changes: list[ChangeSet]
    total: Count
    """How many there are in all."""
    next: str | None
    """The `cursor` that goes on from here; null: this is the end."""


class Legislature(Shape):
    """A chamber that votes, and what is held of it."""

    slug: str
    title: str
    short: str
    country: str
    """ISO 3166-1."""
    language: str
    """Of its papers."""
    zone: str
    """Its clock, by the names of the tz database."""
    seats: Count
    abstention: bool
    """Whether it knows abstentions."""
    spoken_counts: bool
    """Whether a vote put on record aloud counts."""
    sources: list[str]
    """The papers that are read, by slug."""
    first: date | None
    """Sitting of the first vote held; null: none is held."""
    last: date | None
    votes: Count


class Legislatures(Shape):
    """Every chamber, in order of title."""

    legislatures: list[Legislature]


class Source(Shape):
    """How a source is doing."""

    source: str
    state: Literal["good", "failed", "running", "never"]
    stale: bool
    """Whether it has had no good run for too long."""
    fresh_at: datetime | None
    """End of its last good run."""
    last_run_at: datetime | None
    last_sitting: date | None
    votes: Count


class Health(Shape):
    """How fresh the record is."""

    status: Literal["ok", "stale"]
    data_version: str
    """Changes whenever anything that is shown changes."""
    message: str = ""
    """Which sources are stale; only where some are."""
    sources: list[Source]
