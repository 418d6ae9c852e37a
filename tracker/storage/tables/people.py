"""Who sits in a chamber, in which group, under which printed names, and who attended?"""

from __future__ import annotations

from datetime import date

from sqlalchemy import SmallInteger, UniqueConstraint
from sqlmodel import Field

from tracker.storage.tables.base import Table, key, to


class PersonRow(Table, table=True):
    """A member of a legislature, known by an id that never changes."""

    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("legislature_id", "slug"),)
    id: int = key()
    legislature_id: int = to("legislature.id")
    slug: str
    name: str


class GroupRow(Table, table=True):
    """A party, caucus or bench of a chamber. `attached` False: a label for members without a group."""

    __tablename__ = "group"
    __table_args__ = (UniqueConstraint("legislature_id", "code"),)
    id: int = key()
    legislature_id: int = to("legislature.id")
    code: str
    name: str
    attached: bool


class MandateRow(Table, table=True):
    """A seat held by a person between two dates."""

    __tablename__ = "mandate"
    __table_args__ = (UniqueConstraint("person_id", "since"),)
    id: int = key()
    person_id: int = to("person.id")
    since: date
    until: date | None = None
    region: str | None = None


class SpellRow(Table, table=True):
    """A stretch of time a person spent in a group."""

    __tablename__ = "spell"
    __table_args__ = (UniqueConstraint("person_id", "group_id", "since"),)
    id: int = key()
    person_id: int = to("person.id")
    group_id: int = to("group.id")
    since: date
    until: date | None = None


class VoterRow(Table, table=True):
    """A name as printed, with identifier and region beside it, and the person it was placed with (None: unresolved).

    `nth` counts apart names that one paper prints twice in one vote.
    """

    __tablename__ = "voter"
    __table_args__ = (UniqueConstraint("legislature_id", "name", "ref", "region", "person_id", "nth"),)
    id: int = key()
    legislature_id: int = to("legislature.id")
    name: str
    ref: str = ""
    region: str = ""
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    nth: int = Field(default=1, sa_type=SmallInteger)


class SittingRow(Table, table=True):
    """A meeting day of a chamber that a document speaks of.

    `taken_at` is when its attendance list was taken: local clock time with its offset (ISO 8601).
    """

    __tablename__ = "sitting"
    __table_args__ = (UniqueConstraint("legislature_id", "date", "document_id"),)
    id: int = key()
    legislature_id: int = to("legislature.id")
    date: date
    document_id: int = to("document.id")
    title: str
    page: int | None = None
    taken_at: str | None = None


class AttendanceRow(Table, table=True):
    """What an attendance list says of a member; `reason` empty: present."""

    __tablename__ = "attendance"
    __table_args__ = ({"sqlite_with_rowid": False},)
    sitting_id: int = to("sitting.id", primary=True)
    voter_id: int = to("voter.id", primary=True)
    code: str
    reason: str = ""
