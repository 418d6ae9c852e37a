"""Which members and groups does a search name? A vote is not found by them; their own pages are a step away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, Engine, select

from tracker.domain.people import fold
from tracker.queries.database import reading
from tracker.queries.search import query
from tracker.storage.tables import metadata

MOST = 6
"""Members, and groups, that are named."""
SHORTEST = 3
"""Letters of a word that may be somebody's name."""


class Hint(NamedTuple):
    """A member (by id) or a group (by code) of a chamber."""

    key: str
    name: str
    legislature: str


class Hints(NamedTuple):
    """Whom a search names; more members than are listed if `more`."""

    members: tuple[Hint, ...] = ()
    groups: tuple[Hint, ...] = ()
    more: bool = False


def hints(engine: Engine, text: str) -> Hints:
    """Return the members whose names have every word of a search, and the groups whose name or code it is part of."""
    words = tuple(word for piece in query.read(text).pieces for word in piece.words)
    if not words or any(word.isdigit() for word in words):
        return Hints()
    with reading(engine) as connection:
        p, g, law = (metadata.tables[name] for name in ("person", "group", "legislature"))
        people = (
            select(p.c.slug, p.c.name, law.c.slug).join(law, law.c.id == p.c.legislature_id).order_by(p.c.name, p.c.id)
        )
        groups = (
            select(g.c.code, g.c.name, law.c.slug).join(law, law.c.id == g.c.legislature_id).order_by(g.c.name, g.c.id)
        )
        members = [Hint(*row) for row in connection.execute(people) if _has(row[1], words)]
        found = [
            Hint(*row) for row in connection.execute(groups) if fold(row[0]) == " ".join(words) or _has(row[1], words)
        ]
    return Hints(tuple(members[:MOST]), tuple(found[:MOST]), len(members) > MOST)


def is_name(connection: Connection, word: str) -> bool:
    """Whether a word is part of a member's name, and so not a word to be put right."""
    p = metadata.tables["person"]
    return any(_has(name, (word,)) for name in connection.execute(select(p.c.name)).scalars())


def _has(name: str, words: Sequence[str]) -> bool:
    return all(len(word) >= SHORTEST for word in words) and set(words) <= set(fold(name).split())
