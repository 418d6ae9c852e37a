"""Which words are votes found by, and what else is a vote or a bill called?"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, Text
from sqlmodel import Field

from tracker.storage.tables.base import Moment, Table, key


class WordRow(Table, table=True):
    """A word that the search index has, and in how many votes.

    Words are ordered by their letters alone, so that those with one beginning lie together on both engines.
    """

    __tablename__ = "word"
    __table_args__ = ({"sqlite_with_rowid": False},)
    word: str = Field(primary_key=True, sa_type=String().with_variant(String(collation="C"), "postgresql"))
    stem: str = Field(index=True)
    n: int


class AliasRow(Table, table=True):
    """A line of the log of names that the press has for a vote (`vote`, its id) or for a bill (the other three).

    The last line about a name and what it names is in force; `gone` says that the name is taken back. Lines are only
    ever added.
    """

    __tablename__ = "alias"
    id: int = key()
    name: str
    vote: str = ""
    legislature: str = ""
    period: str = ""
    number: str = ""
    gone: bool = False
    source: str = Field(default="", sa_type=Text)
    by: str
    because: str = Field(sa_type=Text)
    at: datetime = Field(sa_type=Moment)
