"""How are votes found by words: one folded text a vote, in each engine's own index?

The text is folded before it is stored (no accents, no case), so that both engines find the same: SQLite by FTS5,
PostgreSQL by a tsvector of the `simple` configuration. Words that character recognition ran together are indexed as
printed and one by one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from tracker.domain.people import fold
from tracker.storage.mended import mended

SQLITE = "CREATE VIRTUAL TABLE vote_search USING fts5(words, content='', tokenize='unicode61', prefix='2 3 4')"

EMPTY_SQLITE = "INSERT INTO vote_search(vote_search) VALUES ('delete-all')"


def index(connection: Connection, rows: Sequence[tuple[int, str, str | None]]) -> None:
    """Put votes into the index: id, new words, and the words they were indexed under before (None: not yet)."""
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        # A contentless index forgets a row only when it is handed the words it was given.
        old = [(vote, before) for vote, _, before in rows if before is not None]
        if old:
            connection.exec_driver_sql(
                "INSERT INTO vote_search(vote_search, rowid, words) VALUES ('delete', ?, ?)", old
            )
        connection.exec_driver_sql(
            "INSERT INTO vote_search(rowid, words) VALUES (?, ?)", [(vote, new) for vote, new, _ in rows]
        )
        return
    connection.exec_driver_sql(
        "INSERT INTO vote_search(vote_id, words) VALUES (%s, to_tsvector('simple', %s)) "
        "ON CONFLICT (vote_id) DO UPDATE SET words = excluded.words",
        [(vote, new) for vote, new, _ in rows],
    )


def words_of(subject: str, question: str | None, bills: Sequence[str]) -> str:
    """Return the folded text a vote is found by."""
    return mended(fold(" ".join(part for part in (subject, question or "", " ".join(bills)) if part)))


def words_in(fields: Mapping[str, str | None]) -> str:
    """Return the folded text of a vote's facts: Peru's minutes say what a bill is about only where they announce."""
    said = " ".join(filter(None, (fields.get("question"), fields.get("announced_text"))))
    return words_of(fields.get("subject") or "", said, (fields.get("bills") or "").split(", "))


def reindex(connection: Connection) -> None:
    """Make the index anew from the observations in force: what a vote is found by has changed with the programme."""
    sqlite = connection.dialect.name == "sqlite"
    connection.exec_driver_sql(EMPTY_SQLITE if sqlite else "DELETE FROM vote_search")
    found = connection.exec_driver_sql(
        "SELECT vote.id, observation.fields FROM vote JOIN observation ON observation.id = vote.observation_id"
    )
    for some in found.partitions(1000):
        index(connection, [(vote, words_in(json.loads(fields)), None) for vote, fields in some])
