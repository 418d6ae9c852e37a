"""Which chambers and papers are covered, and by which rules do they decide?"""

from __future__ import annotations

from sqlalchemy import SmallInteger, UniqueConstraint
from sqlmodel import Field

from tracker.storage.tables.base import Table, key, to


class LegislatureRow(Table, table=True):
    """A chamber that votes, as its sheet describes it."""

    __tablename__ = "legislature"
    id: int = key()
    slug: str = Field(unique=True)
    title: str
    short: str
    country: str
    language: str
    zone: str
    seats: int
    abstention: bool
    spoken_counts: bool
    because: str
    called_en: str = Field(default="", sa_column_kwargs={"server_default": ""})
    called_es: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """What a sentence calls it."""


class SourceRow(Table, table=True):
    """A paper that votes are read from; `credit_…` say who wrote a transcription, on which terms, and where it lies."""

    __tablename__ = "source"
    slug: str = Field(primary_key=True)
    legislature_id: int = to("legislature.id")
    title: str
    publisher: str
    page: str
    licence: str
    timetable: str
    """The times of its runs, in words."""
    kind: str = Field(default="official", sa_column_kwargs={"server_default": "official"})
    rank: int = Field(default=1, sa_type=SmallInteger, sa_column_kwargs={"server_default": "1"})
    """Among the papers of its legislature; the lowest is shown first."""
    credit_by: str | None = None
    credit_licence: str | None = None
    credit_repository: str | None = None


class RuleRow(Table, table=True):
    """What a printed requirement stands for in a chamber."""

    __tablename__ = "rule"
    __table_args__ = (UniqueConstraint("legislature_id", "printed"),)
    id: int = key()
    legislature_id: int = to("legislature.id")
    printed: str
    fraction: str
    base: str
    source: str
