"""Which chambers and papers are covered, and by which rules do they decide?"""

from __future__ import annotations

from sqlalchemy import UniqueConstraint
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


class SourceRow(Table, table=True):
    """A paper that votes are read from."""

    __tablename__ = "source"
    slug: str = Field(primary_key=True)
    legislature_id: int = to("legislature.id")
    title: str
    publisher: str
    page: str
    licence: str
    timetable: str
    """The times of its runs, in words."""


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
