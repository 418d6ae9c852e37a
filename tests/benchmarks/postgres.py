"""What does PostgreSQL take for the same rows: by COPY, as `INSERT` writes them, and a whole database moved?

    .venv/bin/python tests/benchmarks/postgres.py postgresql+psycopg://user@host/EMPTY_DATABASE [votes]

Prints times by the clock as multiples of the bare engine's COPY of the ballots alone, into a table with the same two
indexes and nothing to look up.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path[:0] = [
    str(Path(__file__).parents[1]),
    str(Path(__file__).parents[1] / "queries"),
    str(Path(__file__).parents[2]),
]

import seed  # noqa: E402

from tracker.storage import parts  # noqa: E402
from tracker.storage.copying import copy  # noqa: E402
from tracker.storage.engine import Engine, open_engine  # noqa: E402
from tracker.storage.moving import move, size  # noqa: E402

MEMBERS = 130
BARE = (
    "CREATE TABLE bare (observation_id int, voter_id int, group_id smallint, code_id int, "
    "PRIMARY KEY (observation_id, voter_id)); CREATE INDEX bare_voter ON bare (voter_id, observation_id)"
)
NAMES = ("observation_id", "voter_id", "group_id", "code_id")
BATCH = 13_000
"""Rows of a transaction: a hundred votes."""


def timed(work: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def in_batches(
    engine: Engine, rows: list[tuple[Any, ...]], write: Callable[[Any, list[tuple[Any, ...]]], None]
) -> None:
    for start in range(0, len(rows), BATCH):
        with engine.begin() as connection:
            write(connection, rows[start : start + BATCH])


def main(url: str, votes: int) -> None:
    """Measure, and print what came out."""
    with tempfile.TemporaryDirectory() as folder:
        small = seed.seeded(f"sqlite:///{folder}/votes.sqlite").engine
        seed.many(small, votes, members=MEMBERS)
        target = open_engine(url)
        moved = timed(lambda: move(small, target))
        total = size(small)
        small.dispose()
    with target.begin() as connection:
        found = connection.exec_driver_sql(f"SELECT {', '.join(NAMES)}, {parts.WHOSE} FROM ballot").all()
        for statement in BARE.split("; "):
            connection.exec_driver_sql(statement)
    rows = [tuple(row) for row in found]
    four = [row[:4] for row in rows]
    bare = timed(lambda: in_batches(target, four, lambda c, some: copy(c, "bare", NAMES, some)))
    insert = f"INSERT INTO ballot ({', '.join((*NAMES, parts.WHOSE))}) VALUES (%s, %s, %s, %s, %s)"
    ways = {
        "COPY into ballot, with keys looked up": lambda c, some: copy(c, "ballot", (*NAMES, parts.WHOSE), some),
        "INSERT into ballot, row by row": lambda c, some: c.exec_driver_sql(insert, some),
    }
    print(f"{len(rows)} ballots; COPY into a bare table: {bare:.2f} s, {len(rows) / bare:,.0f} a second")
    for name, write in ways.items():
        with target.begin() as connection:
            connection.exec_driver_sql("TRUNCATE ballot")
        spent = timed(lambda write=write: in_batches(target, rows, write))
        print(f"{name}: {spent / bare:.1f} times")
    rate = f"{total / moved:,.0f} rows a second"
    print(f"a whole database of {total} rows moved and proved equal: {moved / bare:.1f} times ({rate})")
    target.dispose()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 3_000)
