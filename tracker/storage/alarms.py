"""When was a source last looked at, when did it last bring something new, and has its silence been noted today?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, and_, func, insert, or_, select

from tracker.storage.engine import writing
from tracker.storage.keys import Keys
from tracker.storage.outbox import LOOKS, Kind, note, silent_since
from tracker.storage.tables import metadata

SILENCE = "silence"
"""The code of the finding that nothing new has come."""


@dataclass(frozen=True, slots=True)
class Look:
    """A run over the usual days; `ended` False: it is going on, or its process died."""

    at: datetime
    ended: bool


def last_look(engine: Engine, source: str) -> Look | None:
    """Return the last run of a source over the usual days; None if there was none."""
    t = metadata.tables["run"]
    query = (
        select(t.c.started_at, t.c.ending)
        .where(t.c.source == source, t.c.trigger.in_(LOOKS))
        .order_by(t.c.started_at.desc(), t.c.id.desc())
        .limit(1)
    )
    with engine.connect() as connection:
        row = connection.execute(query).one_or_none()
    return None if row is None else Look(row.started_at, bool(row.ending))


def last_news(engine: Engine, source: str) -> datetime | None:
    """Return when a run over the usual days last brought a new or changed vote.

    If none ever did: when the source was first looked at. None if it never was.
    """
    t = metadata.tables["run"]
    looks = and_(t.c.source == source, t.c.trigger.in_(LOOKS))
    brought = or_(t.c.inserted > 0, t.c.updated > 0)
    with engine.connect() as connection:
        news: datetime | None = connection.scalar(select(func.max(t.c.started_at)).where(looks, brought))
        if news is None:
            news = connection.scalar(select(func.min(t.c.started_at)).where(looks))
    return news


def note_silence(
    engine: Engine, source: str, message: str, *, at: datetime, since: datetime, news: datetime, severity: str
) -> bool:
    """Store the finding of `at` that a source is silent, unless there is one after `since`. Return whether it was.

    The first after its last `news` is an event that readers may have asked to be told.
    """
    t = metadata.tables["finding"]
    same = and_(t.c.source == source, t.c.code == SILENCE, t.c.at >= since)
    with writing(engine) as connection:
        if connection.scalar(select(func.count()).select_from(t).where(same)):
            return False
        facts = {"source": source, "severity": severity, "code": SILENCE, "message": message, "place": ""}
        connection.execute(insert(t), {"id": Keys(connection).new("finding"), "at": at, **facts})
        if not silent_since(connection, source, news):
            note(connection, Kind.SILENT, source, at, message)
    return True
