"""Which votes have a page of their own, and when did the record of each last move?

For lists of addresses: pages of at most fifty thousand, cut by key, so that a vote never changes its page.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, func, select

from tracker.queries.database import reading
from tracker.storage.tables import metadata

A_PAGE = 50_000
"""Addresses on a page: what the protocol of sitemaps allows."""


@dataclass(frozen=True, slots=True)
class Address:
    """The id of a vote, and when what is shown of it last moved."""

    id: str
    moved_at: datetime


def pages(engine: Engine, *, of: int = A_PAGE) -> int:
    """Return how many pages of addresses there are."""
    v = metadata.tables["vote"]
    with reading(engine) as connection:
        last = connection.scalar(select(func.max(v.c.id))) or 0
    return -(-int(last) // of)


def page(engine: Engine, number: int, *, of: int = A_PAGE) -> tuple[Address, ...]:
    """Return the addresses of a page, from 1: every vote once, by the record that is shown first."""
    v, o, c = (metadata.tables[name] for name in ("vote", "observation", "change"))
    changed = select(func.max(c.c.noticed_at)).where(c.c.vote_id == v.c.id).scalar_subquery()
    query = (
        select(v.c.slug, o.c.seen_at, v.c.gone_since, changed)
        .join(o, o.c.id == v.c.observation_id)
        .where(v.c.id > (number - 1) * of, v.c.id <= number * of, v.c.joined_to.is_(None))
        .order_by(v.c.id)
    )
    with reading(engine) as connection:
        return tuple(Address(slug, max(filter(None, moments))) for slug, *moments in connection.execute(query))


__all__ = ["A_PAGE", "Address", "page", "pages"]
