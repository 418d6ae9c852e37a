"""How are votes found by words: one folded text a vote, in each engine's own index?

The text is folded before it is stored (no accents, no case), so that both engines find the same: SQLite by FTS5,
PostgreSQL by a tsvector of the `simple` configuration.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from tracker.domain.people import fold

SQLITE = "CREATE VIRTUAL TABLE vote_search USING fts5(words, content='', tokenize='unicode61', prefix='2 3 4')"


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
    return fold(" ".join(part for part in (subject, question or "", " ".join(bills)) if part))
