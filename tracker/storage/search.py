"""How are votes found by words: one folded text a vote, in each engine's own index?

The text is folded before it is stored (no accents, no case), so that both engines find the same: SQLite by FTS5,
PostgreSQL by a tsvector of the `simple` configuration. Words that character recognition ran together are indexed as
printed and one by one. FTS5 hands out what it finds in the order of its keys: a key begins with the sitting day, so
that whoever asks for the newest few is not handed the rest.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection

from tracker.domain.people import fold
from tracker.storage.mended import mended

EMPTY_SQLITE = "INSERT INTO vote_search(vote_search) VALUES ('delete-all')"

PREFIX = 4
"""Letters of the longest beginnings that SQLite's index has; what begins with more is asked for by its words."""
KEY_BITS = 32
"""Bits of a place in SQLite's index that are the key of the vote; those before them are its day."""


class Text(NamedTuple):
    """What a vote is found by: its words and its sitting day."""

    words: str
    day: date


class Indexed(NamedTuple):
    """A vote to be put into the index, and what it was indexed under before (None: not yet)."""

    vote: int
    now: Text
    before: Text | None = None


def place(vote: int, day: date) -> int:
    """Return where a vote stands in SQLite's index."""
    return first_place(day) | vote


def first_place(day: date) -> int:
    """Return the first place of a day in SQLite's index."""
    return day.toordinal() << KEY_BITS


def index(connection: Connection, rows: Sequence[Indexed]) -> None:
    """Put votes into the index, in the place of what they were indexed under before."""
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        # A contentless index forgets a row only when it is handed the words it was given.
        old = [(place(row.vote, row.before.day), row.before.words) for row in rows if row.before is not None]
        if old:
            connection.exec_driver_sql(
                "INSERT INTO vote_search(vote_search, rowid, words) VALUES ('delete', ?, ?)", sorted(old)
            )
        # In order, or FTS5 begins a new piece of its index at every step back.
        connection.exec_driver_sql(
            "INSERT INTO vote_search(rowid, words) VALUES (?, ?)",
            sorted((place(row.vote, row.now.day), row.now.words) for row in rows),
        )
        return
    connection.exec_driver_sql(
        "INSERT INTO vote_search(vote_id, words) VALUES (%s, to_tsvector('simple', %s)) "
        "ON CONFLICT (vote_id) DO UPDATE SET words = excluded.words",
        [(row.vote, row.now.words) for row in rows],
    )


def words_of(subject: str, question: str | None, bills: Sequence[str]) -> str:
    """Return the folded text a vote is found by."""
    return mended(fold(" ".join(part for part in (subject, question or "", " ".join(bills)) if part)))


def words_in(fields: Mapping[str, str | None]) -> str:
    """Return the folded text of a vote's facts: Peru's minutes say what a bill is about only where they announce."""
    said = " ".join(filter(None, (fields.get("question"), fields.get("announced_text"))))
    return words_of(fields.get("subject") or "", said, (fields.get("bills") or "").split(", "))


def text_in(fields: Mapping[str, str | None]) -> Text:
    """Return what a vote is found by, of its facts."""
    return Text(words_in(fields), date.fromisoformat(fields.get("sitting_date") or ""))


def reindex(connection: Connection) -> None:
    """Make the index anew from the observations in force: what a vote is found by has changed with the programme."""
    sqlite = connection.dialect.name == "sqlite"
    connection.exec_driver_sql(EMPTY_SQLITE if sqlite else "DELETE FROM vote_search")
    found = connection.exec_driver_sql(
        "SELECT vote.id, observation.fields FROM vote JOIN observation ON observation.id = vote.observation_id "
        "ORDER BY vote.sitting_date, vote.id"
    )
    for some in found.partitions(1000):
        index(connection, [Indexed(vote, text_in(json.loads(fields))) for vote, fields in some])
