"""Which other votes were held on the same bill, motion or question, and in what order?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, or_, select, tuple_

from tracker.analysis.repeats import REPEATING, Asked, repeats
from tracker.domain.mentions import Named, mentions
from tracker.domain.people import fold
from tracker.queries.database import reading
from tracker.queries.dated import clock_order
from tracker.queries.listed import VoteRow
from tracker.queries.search.matching import all_of, matching, phrase
from tracker.queries.votes import rows_of
from tracker.storage.tables import metadata

MOST = 40
"""Votes of a ladder that are shown; a budget is voted on article by article."""


@dataclass(frozen=True, slots=True)
class Rung:
    """A vote of a ladder: by what it belongs there, and whether it decides again what one before it decided."""

    row: VoteRow
    shared: tuple[str, ...]
    again: bool


@dataclass(frozen=True, slots=True)
class Ladder:
    """Votes that belong together, this one among them, in clock order; `left_out` are further ones."""

    rungs: tuple[Rung, ...]
    left_out: int


def ladder(engine: Engine, slug: str) -> Ladder | None:
    """Return the votes on the same bills as a vote; None if it stands alone or there is no such vote.

    Without bills they are those on the same motion by number, else those of the same sitting in the same words. Of a
    vote that several papers record, the record shown first stands for all of them.
    """
    v, m = metadata.tables["vote"], metadata.tables["motion"]
    with reading(engine) as connection:
        query = select(v, m.c.subject).join(m, m.c.id == v.c.motion_id)
        vote = connection.execute(query.where(v.c.slug == slug)).one_or_none()
        if vote is None:
            return None
        if vote.joined_to is not None:
            vote = connection.execute(query.where(v.c.id == vote.joined_to)).one()
        shared = _by_bill(connection, vote) or _by_motion(connection, vote) or _by_words(connection, vote)
        if len(shared) < 2:
            return None
        kept = _nearest(list(shared), vote.slug)
        rows = rows_of(connection, kept)
    asked = (Asked(row.id, row.sitting_date, row.kind, shared[row.id]) for row in rows)
    again = repeats(asked)
    rungs = tuple(Rung(row, shared[row.id], row.id in again and row.kind in REPEATING) for row in rows)
    return Ladder(rungs, len(shared) - len(kept))


def _nearest(slugs: list[str], slug: str) -> list[str]:
    """Keep the votes around this one."""
    first = max(0, min(slugs.index(slug) - MOST // 2, len(slugs) - MOST))
    return slugs[first : first + MOST]


def _ordered(query: Select[Any]) -> Select[Any]:
    v = metadata.tables["vote"]
    return query.where(v.c.joined_to.is_(None)).order_by(*clock_order())


def _by_bill(connection: Connection, vote: Row[Any]) -> dict[str, tuple[str, ...]]:
    """Find the votes whose motions name a bill that this one's names, in any chamber where the number is in full."""
    v, b, mb, law = (metadata.tables[name] for name in ("vote", "bill", "motion_bill", "legislature"))
    bills = connection.execute(
        select(b.c.id, b.c.number, b.c.period).join(mb, mb.c.bill_id == b.c.id).where(mb.c.motion_id == vote.motion_id)
    ).all()
    if not bills:
        return {}
    # A bare number is of its chamber's own series; in full, it is the same bill in any chamber.
    full = [(one.number, one.period) for one in bills if not one.number.isdigit()]
    alike = {one.id for one in bills}
    if full:
        anywhere = b.c.legislature_id.in_(connection.execute(select(law.c.id)).scalars().all())
        alike |= set(
            connection.execute(select(b.c.id).where(anywhere, tuple_(b.c.number, b.c.period).in_(full))).scalars()
        )
    rows = connection.execute(
        _ordered(
            select(v.c.slug, b.c.number)
            .join(mb, mb.c.motion_id == v.c.motion_id)
            .join(b, b.c.id == mb.c.bill_id)
            .where(mb.c.bill_id.in_(alike))
        ).order_by(b.c.id)
    )
    found: dict[str, tuple[str, ...]] = {}
    for slug, number in rows:
        found[slug] = (*found.get(slug, ()), number)
    return found


def _by_motion(connection: Connection, vote: Row[Any]) -> dict[str, tuple[str, ...]]:
    """Find the votes of the chamber whose subject names the same motion by number."""
    numbers = {one.number for one in mentions(vote.subject) if one.kind is Named.MOTION}
    return _same(connection, vote, numbers) if numbers else {}


def _same(connection: Connection, vote: Row[Any], numbers: set[str]) -> dict[str, tuple[str, ...]]:
    v, m = metadata.tables["vote"], metadata.tables["motion"]
    dialect, bare = connection.dialect.name, sorted({number.split("-")[0] for number in numbers})
    # A title says `MOCIÓN DE ORDEN DEL DÍA 481`, or `(MOD 481)`, of several `(MOD 7, 19)`.
    forms = [
        form
        for number in bare
        for form in (all_of([phrase("mocion", open=True), phrase(number, open=True)]), phrase("mod", number, open=True))
    ]
    named = [select(matching(form, dialect).subquery().c.id) for form in forms]
    rows = connection.execute(
        _ordered(
            select(v.c.slug, m.c.subject)
            .join(m, m.c.id == v.c.motion_id)
            .where(
                v.c.legislature_id == vote.legislature_id, or_(v.c.id == vote.id, *(v.c.id.in_(some) for some in named))
            )
        )
    )
    found = {}
    for slug, subject in rows:
        both = numbers & {one.number for one in mentions(subject) if one.kind is Named.MOTION}
        if both:
            found[slug] = tuple(sorted(both))
    return found


def _by_words(connection: Connection, vote: Row[Any]) -> dict[str, tuple[str, ...]]:
    """Find the votes of that sitting with the very same subject."""
    v, m = metadata.tables["vote"], metadata.tables["motion"]
    same_day = (v.c.legislature_id == vote.legislature_id) & (v.c.sitting_date == vote.sitting_date)
    rows = connection.execute(
        _ordered(select(v.c.slug, m.c.subject).join(m, m.c.id == v.c.motion_id).where(same_day))
    ).all()
    return {row.slug: () for row in rows if fold(row.subject) == fold(vote.subject)}
