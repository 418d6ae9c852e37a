"""What is handed to the database: everything one answer led to, and what storing it did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from tracker.domain.bills import BillRecord
from tracker.domain.changes import Facts
from tracker.domain.evidence import Document
from tracker.domain.people import Mandate
from tracker.domain.reconcile import Reconciliation
from tracker.domain.signs import writable
from tracker.domain.votes import PrintedSitting, Vote


class Saved(StrEnum):
    """What storing a vote did."""

    INSERTED = "inserted"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Noticed:
    """A finding to store: its severity and code, what, where and what to do next; `vote` names the vote it is about.

    `piece` is the SHA-256 of the picture of a page that shows where to look, kept in the archive.
    """

    severity: str
    code: str
    message: str
    place: str = ""
    vote: str | None = None
    piece: str | None = None

    def __post_init__(self) -> None:
        for name in ("message", "place"):
            object.__setattr__(self, name, writable(getattr(self, name)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """One answer to one request, as the record of fetches keeps it. `sha256` None: no document came."""

    url: str
    role: str
    at: datetime
    status: int
    sha256: str | None = None
    changed: bool = False
    etag: str | None = None
    last_modified: str | None = None
    read_by: str | None = None
    message: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Everything one answer led to. `document` None: nothing new to read, only the fetch is recorded.

    `replaces` is the SHA-256 that stood there before; votes it had and this one lacks are marked gone if `whole`.
    `replaced_at` is the address it stood at, where that is another than the one asked now.
    """

    fetch: Fetch
    document: Document | None = None
    reader: str = ""
    lookups: str = ""
    votes: Sequence[tuple[Vote, Reconciliation, Facts]] = ()
    bills: Sequence[BillRecord] = ()
    sittings: Sequence[PrintedSitting] = ()
    seated: Sequence[Mandate] = ()
    """Members as the chamber's own list has them: names in full and districts."""
    noticed: Sequence[Noticed] = ()
    replaces: str | None = None
    replaced_at: str | None = None
    whole: bool = True
    placed: Mapping[str, str | None] = field(default_factory=dict)
    """Names of attendance lists → member."""
    replayed: bool = False
    """The fetch may be on record already: the archive is being read again."""


@dataclass(slots=True)
class Totals:
    """What a flush did."""

    inserted: int = 0
    updated: int = 0
    unchanged: int = 0
    documents: int = 0
    findings: int = 0
    bills: int = 0
    """Bills met for the first time, or with something moved."""

    @property
    def moved(self) -> int:
        """Everything that is new or changed."""
        return self.inserted + self.updated + self.bills

    def add(self, other: Totals) -> None:
        """Add another flush's figures."""
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))
