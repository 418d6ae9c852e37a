"""Who has ever sat in the chambers held, and which groups are there: for programs that go through all of them?"""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Engine, select

from tracker.domain.people import fold
from tracker.queries.database import reading
from tracker.queries.members import Seat
from tracker.storage.tables import metadata


class Person(NamedTuple):
    """A member of a chamber, with the seats that its register has."""

    legislature: str
    id: str
    name: str
    seats: tuple[Seat, ...]


class Bench(NamedTuple):
    """A group of a chamber; `attached` False: a label for members without a group."""

    legislature: str
    code: str
    name: str
    attached: bool


class Known(NamedTuple):
    """A stretch of the members, how many there are in all, and whether more follow."""

    members: tuple[Person, ...]
    total: int
    more: bool


def members(engine: Engine, *, legislature: str | None, text: str, after: tuple[str, str] | None, limit: int) -> Known:
    """Return members in order of chamber and id, those behind a place, in whose names the words of a text begin words.

    `after` is the chamber and the id of the last member seen.
    """
    p, law, m = (metadata.tables[name] for name in ("person", "legislature", "mandate"))
    query = select(p.c.id, law.c.slug.label("legislature"), p.c.slug, p.c.name)
    query = query.join(law, law.c.id == p.c.legislature_id).order_by(law.c.slug, p.c.slug)
    if legislature is not None:
        query = query.where(law.c.slug == legislature)
    words = fold(text).split()
    with reading(engine) as connection:
        found = [row for row in connection.execute(query) if _named(row.name, words)]
        behind = [row for row in found if after is None or (row.legislature, row.slug) > after]
        shown = behind[:limit]
        seats: dict[int, list[Seat]] = {row.id: [] for row in shown}
        mandates = select(m.c.person_id, m.c.since, m.c.until, m.c.region).where(m.c.person_id.in_(seats))
        for person, *seat in connection.execute(mandates.order_by(m.c.since)):
            seats[person].append(Seat(*seat))
    told = tuple(Person(row.legislature, row.slug, row.name, tuple(seats[row.id])) for row in shown)
    return Known(told, len(found), len(behind) > limit)


def groups(engine: Engine, legislature: str | None) -> tuple[Bench, ...]:
    """Return the groups of a chamber, or of all, in order of chamber and code."""
    g, law = metadata.tables["group"], metadata.tables["legislature"]
    query = select(law.c.slug, g.c.code, g.c.name, g.c.attached).join(law, law.c.id == g.c.legislature_id)
    if legislature is not None:
        query = query.where(law.c.slug == legislature)
    with reading(engine) as connection:
        rows = connection.execute(query.order_by(law.c.slug, g.c.code)).all()
    return tuple(Bench(chamber, code, name, bool(attached)) for chamber, code, name, attached in rows)


def _named(name: str, words: list[str]) -> bool:
    printed = fold(name).split()
    return all(any(part.startswith(word) for part in printed) for word in words)
