"""Which pictures of pages are there: of what is in doubt, and of the whole page a vote was read from?"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from sqlalchemy import Connection, select

from tracker.archive.leaf import Undrawable, leaf
from tracker.archive.store import Damaged, Missing, Store
from tracker.settings import Bucket
from tracker.storage.tables import metadata

SOME = 400
KEPT = 48
"""Pictures of pages kept ready, some 150 KB each."""


def of_votes(connection: Connection, votes: Sequence[int]) -> dict[int, str]:
    """Return the SHA-256 of the newest picture of each vote that has one."""
    f = metadata.tables["finding"]
    found: dict[int, str] = {}
    for start in range(0, len(votes), SOME):
        some = votes[start : start + SOME]
        query = select(f.c.vote_id, f.c.piece).where(f.c.vote_id.in_(some), f.c.piece.is_not(None)).order_by(f.c.id)
        found.update((row.vote_id, row.piece) for row in connection.execute(query))
    return found


def picture(archive: Path | Bucket, sha256: str) -> bytes | None:
    """Return a picture (PNG); None where the archive at this address does not hold it."""
    try:
        return Store(archive, hurried=True).get(sha256)
    except (Missing, Damaged, OSError):
        return None


def held(archive: Path | Bucket, sha256: str) -> bool:
    """Whether the archive at this address holds a document; False too where it cannot be asked."""
    try:
        return Store(archive, hurried=True).has(sha256)
    except OSError:
        return False


def out_of_reach(archive: Path | Bucket) -> bool:
    """Whether the archive at this address did not answer a moment ago: what was made since lacks pictures."""
    try:
        return not Store(archive, hurried=True).place.answers()
    except OSError:
        return False


@lru_cache(maxsize=KEPT)
def page(archive: Path | Bucket, sha256: str, number: int) -> bytes:
    """Return a picture (PNG) of a page of a PDF, counted from 1, drawn from bytes whose SHA-256 was looked at.

    Raise Undrawable if the archive does not hold the document, or the page cannot be drawn; it is tried anew next time.
    """
    try:
        content = Store(archive, hurried=True).get(sha256)
    except (Missing, Damaged, OSError) as error:
        raise Undrawable(f"the archive does not hold {sha256} whole") from error
    return leaf(content, number)


__all__ = ["Undrawable", "held", "of_votes", "out_of_reach", "page", "picture"]
