"""What was asked for and when, what came, and what was noticed?"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, Text, text
from sqlmodel import Field

from tracker.storage.tables.base import Moment, Table, key


class RunRow(Table, table=True):
    """One execution of a source's timetable. `ending` is empty while it runs; `interrupted` if its process died."""

    __tablename__ = "run"
    __table_args__ = (Index(None, "source", "started_at"),)
    id: int = key()
    source: str
    trigger: str
    since: date
    until: date
    started_at: datetime = Field(sa_type=Moment)
    finished_at: datetime | None = Field(default=None, sa_type=Moment)
    ending: str = ""
    requests: int = 0
    documents: int = 0
    inserted: int = 0
    updated: int = 0
    unchanged: int = 0
    message: str = Field(default="", sa_type=Text)


class LockRow(Table, table=True):
    """Who is running a source now. A lock whose `beat` is old belonged to a process that died."""

    __tablename__ = "source_lock"
    source: str = Field(primary_key=True)
    holder: str
    taken_at: datetime = Field(sa_type=Moment)
    beat: datetime = Field(sa_type=Moment)


class DocumentRow(Table, table=True):
    """Bytes fetched once, named by their SHA-256."""

    __tablename__ = "document"
    id: int = key()
    sha256: str = Field(unique=True)
    size: int
    media_type: str
    first_seen: datetime = Field(sa_type=Moment)


class FetchRow(Table, table=True):
    """One answer to one request.

    `read_by` names the reader that has read the document whole, in the same transaction as its votes.
    """

    __tablename__ = "fetch"
    __table_args__ = (Index(None, "url", "id"), Index(None, "run_id"))
    id: int = key()
    run_id: int | None = Field(default=None, foreign_key="run.id")
    source: str
    url: str
    role: str
    at: datetime = Field(sa_type=Moment)
    status: int
    document_id: int | None = Field(default=None, foreign_key="document.id")
    changed: bool
    etag: str | None = None
    last_modified: str | None = None
    read_by: str | None = None
    message: str | None = Field(default=None, sa_type=Text)


_TROUBLE = text("severity <> 'noted'")


class FindingRow(Table, table=True):
    """Something a check or a reader noticed about a run, a document or a vote."""

    __tablename__ = "finding"
    __table_args__ = (
        Index(None, "run_id"),
        Index(None, "vote_id"),
        Index(None, "document_id"),
        Index("ix_finding_trouble", "id", sqlite_where=_TROUBLE, postgresql_where=_TROUBLE),
    )
    id: int = key()
    run_id: int | None = Field(default=None, foreign_key="run.id")
    source: str
    severity: str
    code: str
    message: str = Field(sa_type=Text)
    place: str = ""
    document_id: int | None = Field(default=None, foreign_key="document.id")
    vote_id: int | None = Field(default=None, foreign_key="vote.id")
    at: datetime = Field(sa_type=Moment)
    piece: str | None = None
    """SHA-256 of the picture, in the archive, of where on the page to look."""
