"""What has moved, in which vote and why?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Row, Select, func, select

from tracker.domain.changes import Cause
from tracker.domain.legislature import Credit
from tracker.queries import history, papers
from tracker.queries.database import reading
from tracker.queries.view import ChangeView
from tracker.storage.tables import metadata


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """What one new reading of a vote moved, and when it was noticed; `credit`: who wrote the transcription it is of.

    `version` is the number of the reading among those of its vote, `key` its place among all that moved something.
    `seen_at` is when its document was fetched, from `url`.
    """

    vote: str
    subject: str
    short: str
    credit: Credit | None
    cause: Cause
    noticed_at: datetime
    changes: tuple[ChangeView, ...]
    legislature: str
    version: int
    key: int
    seen_at: datetime
    url: str
    page: int | None

    @property
    def at(self) -> datetime:
        """When the record moved: a source's change when its document was fetched, ours when we made it."""
        return self.seen_at if self.cause is Cause.SOURCE else max(self.seen_at, self.noticed_at)


@dataclass(frozen=True, slots=True)
class ChangePage:
    """A stretch of the sets of changes, how many there are in all, and how many of each cause in that chamber."""

    sets: tuple[ChangeSet, ...]
    total: int
    causes: dict[Cause, int]


def latest(engine: Engine, *, limit: int = 10, since: datetime | None = None) -> tuple[ChangeSet, ...]:
    """Return the last `limit` sets of changes, newest first, none noticed before `since`."""
    with reading(engine) as connection:
        sets = _sets(connection, _query().limit(limit))
    return tuple(one for one in sets if since is None or one.noticed_at >= since)


def listing(
    engine: Engine,
    *,
    cause: Cause | None = None,
    legislature: str | None = None,
    limit: int = 20,
    offset: int = 0,
    before: int | None = None,
) -> ChangePage:
    """Return a stretch of the sets of changes, newest first, of a cause or a chamber if one is named.

    `before` is the key of a set: only older ones come, however many were added since.
    """
    o, v, law = (metadata.tables[name] for name in ("observation", "vote", "legislature"))
    here: list[ColumnElement[bool]] = [o.c.cause.is_not(None)]
    counted = select(o.c.cause, func.count()).group_by(o.c.cause).order_by(o.c.cause)
    if legislature is not None:
        here.append(law.c.slug == legislature)
        counted = counted.join(v, v.c.id == o.c.vote_id).join(law, law.c.id == v.c.legislature_id)
    with reading(engine) as connection:
        causes = {Cause(name): n for name, n in connection.execute(counted.where(*here))}
        query = _query().where(*here, *([] if before is None else [o.c.id < before])).limit(limit).offset(offset)
        sets = _sets(connection, query if cause is None else query.where(o.c.cause == cause.value))
    return ChangePage(sets, sum(causes.values()) if cause is None else causes.get(cause, 0), causes)


def of_vote(engine: Engine, slug: str) -> tuple[ChangeSet, ...]:
    """Return every set of changes of a vote, newest first; empty if nothing moved or there is no such vote."""
    with reading(engine) as connection:
        return _sets(connection, _query().where(metadata.tables["vote"].c.slug == slug))


def _query() -> Select[Any]:
    o, v, m, law = (metadata.tables[name] for name in ("observation", "vote", "motion", "legislature"))
    columns = (o.c.id, o.c.cause, o.c.source, o.c.seen_at, o.c.url, o.c.page, history.numbered(o).label("version"))
    return (
        select(*columns, v.c.slug, m.c.subject, law.c.short, law.c.slug.label("legislature"))
        .join(v, v.c.id == o.c.vote_id)
        .join(m, m.c.id == v.c.motion_id)
        .join(law, law.c.id == v.c.legislature_id)
        .where(o.c.cause.is_not(None))
        .order_by(o.c.id.desc())
    )


def _sets(connection: Connection, query: Select[Any]) -> tuple[ChangeSet, ...]:
    """Return what the readings found moved: three queries, however many they are."""
    readings: Sequence[Row[Any]] = connection.execute(query).all()
    c, kinds = metadata.tables["change"], papers.kinds(connection)
    moved: dict[int, list[Row[Any]]] = defaultdict(list)
    brought = select(c).where(c.c.observation_id.in_([row.id for row in readings])).order_by(c.c.id)
    for row in connection.execute(brought):
        moved[row.observation_id].append(row)
    return tuple(
        ChangeSet(
            vote=row.slug,
            subject=row.subject,
            short=row.short,
            credit=kinds[row.source][1],
            cause=Cause(row.cause),
            noticed_at=moved[row.id][0].noticed_at,
            changes=tuple(ChangeView(one.field, one.who, one.was, one.now) for one in moved[row.id]),
            legislature=row.legislature,
            version=row.version,
            key=row.id,
            seen_at=row.seen_at,
            url=row.url,
            page=row.page,
        )
        for row in readings
    )
