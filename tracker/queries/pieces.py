"""Which picture of a page shows where to look at what is in doubt?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Connection, select

from tracker.archive.store import Damaged, Missing, Store
from tracker.storage.tables import metadata

SOME = 400


def of_votes(connection: Connection, votes: Sequence[int]) -> dict[int, str]:
    """Return the SHA-256 of the newest picture of each vote that has one."""
    f = metadata.tables["finding"]
    found: dict[int, str] = {}
    for start in range(0, len(votes), SOME):
        some = votes[start : start + SOME]
        query = select(f.c.vote_id, f.c.piece).where(f.c.vote_id.in_(some), f.c.piece.is_not(None)).order_by(f.c.id)
        found.update((row.vote_id, row.piece) for row in connection.execute(query))
    return found


def picture(archive: Path, sha256: str) -> bytes | None:
    """Return a picture (PNG); None where the archive at this address does not hold it."""
    try:
        return Store(archive).get(sha256)
    except (Missing, Damaged, OSError):
        return None
