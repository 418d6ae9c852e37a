"""What has moved lately, in which vote and why?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, select

from tracker.domain.changes import Cause
from tracker.domain.legislature import Credit
from tracker.queries import papers
from tracker.queries.database import reading
from tracker.queries.view import ChangeView
from tracker.storage.tables import metadata


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """What one new reading of a vote moved, and when it was noticed; `credit`: who wrote the transcription it is of."""

    vote: str
    subject: str
    short: str
    credit: Credit | None
    cause: Cause
    noticed_at: datetime
    changes: tuple[ChangeView, ...]


def latest(engine: Engine, *, limit: int = 10, since: datetime | None = None) -> tuple[ChangeSet, ...]:
    """Return the last `limit` sets of changes, newest first, none noticed before `since`."""
    c = metadata.tables["change"]
    found: list[ChangeSet] = []
    with reading(engine) as connection:
        below: int | None = None
        while len(found) < limit:
            newest = select(c.c.id, c.c.vote_id, c.c.observation_id, c.c.noticed_at).order_by(c.c.id.desc()).limit(1)
            if below is not None:
                newest = newest.where(c.c.id < below)
            last = connection.execute(newest).one_or_none()
            if last is None or (since is not None and last.noticed_at < since):
                break
            one, below = _set(connection, last.vote_id, last.observation_id)
            found.append(one)
    return tuple(found)


def of_vote(engine: Engine, slug: str) -> tuple[ChangeSet, ...]:
    """Return every set of changes of a vote, newest first; empty if nothing moved or there is no such vote."""
    v, c = metadata.tables["vote"], metadata.tables["change"]
    with reading(engine) as connection:
        number = connection.scalar(select(v.c.id).where(v.c.slug == slug))
        query = select(c.c.observation_id).where(c.c.vote_id == number).order_by(c.c.id.desc())
        readings: Sequence[int] = connection.execute(query).scalars().all() if number is not None else ()
        return tuple(_set(connection, number, seen)[0] for seen in dict.fromkeys(readings)) if number else ()


def _set(connection: Connection, vote: int, observation: int) -> tuple[ChangeSet, int]:
    """Return the changes one reading brought, and the lowest key among them."""
    c, v, m, law, o = (metadata.tables[name] for name in ("change", "vote", "motion", "legislature", "observation"))
    rows = connection.execute(
        select(c).where(c.c.vote_id == vote, c.c.observation_id == observation).order_by(c.c.id)
    ).all()
    slug, subject, short, source = connection.execute(
        select(v.c.slug, m.c.subject, law.c.short, o.c.source)
        .join(m, m.c.id == v.c.motion_id)
        .join(law, law.c.id == v.c.legislature_id)
        .join(o, o.c.id == observation)
        .where(v.c.id == vote)
    ).one()
    credit = papers.kinds(connection)[source][1]
    moved = tuple(ChangeView(row.field, row.who, row.was, row.now) for row in rows)
    return ChangeSet(slug, subject, short, credit, Cause(rows[0].cause), rows[0].noticed_at, moved), rows[0].id
