"""What do the lists of bills say of each bill, what did they say before, and where are the official pages?"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, Text, UniqueConstraint
from sqlmodel import Field

from tracker.storage.tables.base import Moment, Table, key, to


class BillRecordRow(Table, table=True):
    """A bill on a chamber's list, pointing at the state in force.

    `legislature` is a slug and not a key: a list may hold the bills of a chamber from which no vote was ever collected.
    `last_seen` is when a list last said what the state in force says.
    """

    __tablename__ = "bill_record"
    __table_args__ = (UniqueConstraint("legislature", "period", "number"), Index(None, "number"))
    id: int = key()
    legislature: str
    period: str
    number: str
    state_id: int
    first_seen: datetime = Field(sa_type=Moment)
    last_seen: datetime = Field(sa_type=Moment)


class BillStateRow(Table, table=True):
    """What a list said of a bill from `seen_at` on, until its next state. Immutable. `authors` is JSON."""

    __tablename__ = "bill_state"
    __table_args__ = (Index(None, "record_id", "seen_at"), Index(None, "document_id"))
    id: int = key()
    record_id: int = to("bill_record.id")
    document_id: int = to("document.id")
    source: str
    url: str
    reader: str
    seen_at: datetime = Field(sa_type=Moment)
    notation: str
    title: str = Field(sa_type=Text)
    stage: str
    presented: date
    proponent: str
    authors: str = Field(sa_type=Text)


class LinkRow(Table, table=True):
    """The form of an official address, as a sheet gives it: `{number}` stands where the number goes."""

    __tablename__ = "link"
    __table_args__ = (UniqueConstraint("source", "kind", "legislature", "period"),)
    id: int = key()
    source: str = Field(foreign_key="source.slug")
    kind: str
    legislature: str = ""
    period: str = ""
    address: str
    because: str
