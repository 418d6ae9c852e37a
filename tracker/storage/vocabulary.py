"""Which words does the search index have, and in how many votes?

Kept in the transaction that moves the index. A reader finds in it the other forms of a word, and what a mistyped one
was meant to be.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from tracker.domain.stems import stem
from tracker.storage.search import Indexed, text_in

LONGEST = 40
"""Letters of a word; what is longer was run together by character recognition and is told apart beside it."""


def count(connection: Connection, rows: Iterable[Indexed]) -> None:
    """Count the words of votes in, and those they were indexed under before out."""
    moved: Counter[str] = Counter()
    for _, now, before in rows:
        moved.update(set(now.words.split()))
        moved.subtract(set(before.words.split()) if before else ())
    _add(connection, [(word, n) for word, n in sorted(moved.items()) if n and len(word) <= LONGEST])
    if any(n < 0 for n in moved.values()):
        connection.exec_driver_sql("DELETE FROM word WHERE n <= 0")


def recount(connection: Connection) -> None:
    """Count anew from the observations in force: goes with `search.reindex`, and with a change of the stems."""
    connection.exec_driver_sql("DELETE FROM word")
    found = connection.exec_driver_sql(
        "SELECT vote.id, observation.fields FROM vote JOIN observation ON observation.id = vote.observation_id"
    )
    for some in found.partitions(1000):
        count(connection, [Indexed(vote, text_in(json.loads(fields))) for vote, fields in some])


def _add(connection: Connection, moved: Sequence[tuple[str, int]]) -> None:
    if not moved:
        return
    signs = {"qmark": "?, ?, ?", "pyformat": "%s, %s, %s"}[connection.dialect.paramstyle]
    connection.exec_driver_sql(
        f"INSERT INTO word (word, stem, n) VALUES ({signs}) "  # noqa: S608 - the signs are two of our own
        "ON CONFLICT (word) DO UPDATE SET n = word.n + excluded.n",
        [(word, stem(word), n) for word, n in moved],
    )
