"""Which votes moved last: came into the record, were read otherwise, or vanished from their source?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, Subquery, and_, case, func, select

from tracker.domain.changes import Cause
from tracker.queries.assembly import Assembly
from tracker.queries.database import reading
from tracker.queries.filters import VoteFilter, met
from tracker.queries.view import VoteView
from tracker.storage.tables import metadata


@dataclass(frozen=True, slots=True)
class Moved:
    """A vote, whole, and when what is shown of it last changed."""

    view: VoteView
    at: datetime


def votes(engine: Engine, wanted: VoteFilter) -> tuple[tuple[Moved, ...], bool]:
    """Return a stretch of the votes that meet a filter, the one that moved last first, and whether there are more.

    The order of the filter is not heeded. Raise UnknownLegislature for a wrong name.
    """
    v = metadata.tables["vote"]
    with reading(engine) as connection:
        found = met(connection, wanted)
        if found is None:
            return (), False
        changed = _changed()
        last = case((changed.c.at > v.c.first_seen, changed.c.at), else_=v.c.first_seen)
        last = case((v.c.gone_since > last, v.c.gone_since), else_=last)
        dated = select(v.c.id, last.label("at")).select_from(v).outerjoin(changed, changed.c.vote_id == v.c.id)
        query = found.of(dated).order_by(last.desc(), v.c.id.desc())
        numbers = connection.execute(query.limit(wanted.limit + 1).offset(wanted.offset)).all()
        moments = {row.id: row.at for row in numbers[: wanted.limit]}
        rows = {row.id: row for row in connection.execute(select(v).where(v.c.id.in_(moments)))}
        views = Assembly(connection).views([rows[number] for number in moments], ballots=True)
    told = tuple(Moved(view, at) for view, at in zip(views, moments.values(), strict=True))
    return told, len(numbers) > wanted.limit


def _changed() -> Subquery:
    """Return when each vote that has moved last did: by a document's change at its time, by ours when it was made."""
    o, c = metadata.tables["observation"], metadata.tables["change"]
    noticed = select(func.min(c.c.noticed_at)).where(c.c.observation_id == o.c.id).correlate(o).scalar_subquery()
    ours = and_(o.c.cause != Cause.SOURCE.value, noticed > o.c.seen_at)
    when = case((ours, noticed), else_=o.c.seen_at)
    moved = select(o.c.vote_id, func.max(when).label("at")).where(o.c.cause.is_not(None))
    return moved.group_by(o.c.vote_id).subquery()
