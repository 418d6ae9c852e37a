"""What has happened that readers may have asked to be told, which votes meet what they asked, and what was sent?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Engine, Row, Select, and_, func, or_, select

from tracker.domain.votes import Status
from tracker.queries import history
from tracker.queries.database import reading
from tracker.queries.filters import UnknownLegislature, VoteFilter, met
from tracker.queries.view import VoteView
from tracker.queries.votes import one
from tracker.storage.deliveries import Stage
from tracker.storage.outbox import Because, Kind, State
from tracker.storage.tables import metadata

SOME = 200
"""Events looked at together."""
TROUBLE = (Kind.SILENT, Kind.FAILING, Kind.RECOVERED)
"""What happens to sources rather than to votes."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, to a vote or to a source, and whether it is told.

    `vote` is the id of the record it happened to, `version` the number of the reading that was met or that changed it,
    `shown` the id of the record that lists show, `title` the source in words.
    """

    id: int
    run: int | None
    kind: Kind
    source: str
    at: datetime
    state: State
    because: str
    told: str
    vote: str = ""
    sitting_date: date | None = None
    version: int | None = None
    shown: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class DeliveryView:
    """An event on its way to a target: what it is about, how far it has come, and what stood in the way last."""

    id: int
    rule: str
    label: str
    kind: Kind
    about: str
    batch: str
    state: Stage
    attempts: int
    made_at: datetime
    next_at: datetime
    sent_at: datetime | None
    repeat: bool
    error: str


@dataclass(frozen=True, slots=True)
class Outbox:
    """How much there is still to tell: events held until a run ends well, messages that wait, and those given up."""

    held: int = 0
    waiting: int = 0
    failed: int = 0
    oldest: datetime | None = None
    """When the oldest message that waits was made."""


def ready(engine: Engine) -> tuple[Event, ...]:
    """Return the next events that the rules have not seen, in the order in which they happened."""
    e = metadata.tables["event"]
    return _events(engine, _query().where(e.c.state == State.READY).order_by(e.c.id).limit(SOME))


def happened(engine: Engine, since: datetime) -> tuple[Event, ...]:
    """Return what would have been told since a moment: also what was not, but would have been, had there been alerts.

    Of what a source brought when it was first looked at, or an import, that are the votes of sittings since then.
    """
    e, v = metadata.tables["event"], metadata.tables["vote"]
    later = e.c.because.in_((Because.BEFORE, Because.LATE))
    told = and_(e.c.at >= since, or_(e.c.state.in_((State.READY, State.DONE)), later))
    brought = (Because.FIRST, Because.IMPORT, Because.REBUILD, Because.BACKFILL)
    news = and_(e.c.kind == Kind.VOTE, e.c.because.in_(brought), v.c.sitting_date >= since.date())
    return _events(engine, _query().where(or_(told, news)).order_by(e.c.id))


def shown(engine: Engine, vote: str) -> str:
    """Return the id of the record that lists show for a vote; the id itself if there is none."""
    v = metadata.tables["vote"]
    lead = v.alias("lead")
    query = select(func.coalesce(lead.c.slug, v.c.slug)).outerjoin(lead, lead.c.id == v.c.joined_to)
    with reading(engine) as connection:
        return connection.scalar(query.where(v.c.slug == vote)) or vote


def numbered(engine: Engine, events: Sequence[int]) -> tuple[Event, ...]:
    """Return events by their keys, in order."""
    e = metadata.tables["event"]
    return _events(engine, _query().where(e.c.id.in_(events)).order_by(e.c.id))


def meeting_among(engine: Engine, wanted: VoteFilter, ids: Sequence[str]) -> frozenset[str]:
    """Return which of these votes meet a filter, by the very conditions that lists are narrowed down by.

    A legislature that is not on record yet has no votes.
    """
    v = metadata.tables["vote"]
    with reading(engine) as connection:
        try:
            found = met(connection, wanted)
        except UnknownLegislature:
            return frozenset()
        if found is None or not ids:
            return frozenset()
        return frozenset(connection.scalars(found.of(select(v.c.slug)).where(v.c.slug.in_(ids))))


def told_as(engine: Engine, event: Event) -> tuple[VoteView, VoteView | None] | None:
    """Return a vote in the reading that an event is about, and what it was shown as before; None if there is none.

    That is its earlier reading, or another paper's record: of a vote that was known from that one first, or that had
    been shown as that one has it while this one was provisional.
    """
    view = one(engine, event.vote, event.version, own=event.version is None)
    if view is None or event.kind not in (Kind.VOTE, Kind.CHANGE):
        return None if view is None else (view, None)
    other = took_over(engine, event)
    theirs = one(engine, other, own=True) if other else None
    if event.kind is Kind.VOTE:
        return view, theirs
    since = view.origin.since
    earlier = [(v.since, v.n) for v in view.versions if v.n != view.version and v.since and since and v.since <= since]
    before = one(engine, event.vote, max(earlier)[1]) if earlier else None
    if before is not None and before.status is Status.PROVISIONAL and theirs is not None:
        return view, before if theirs.status is Status.PROVISIONAL else theirs
    return view, before


def took_over(engine: Engine, event: Event) -> str | None:
    """Return the id of another paper's record that readers were told of before a vote, and that now leads to it."""
    e, v, lead = metadata.tables["event"], metadata.tables["vote"], metadata.tables["vote"].alias("lead")
    query = (
        select(v.c.slug)
        .join(e, and_(e.c.vote_id == v.c.id, e.c.kind == Kind.VOTE))
        .join(lead, lead.c.id == v.c.joined_to)
        .where(lead.c.slug == event.vote, e.c.id < event.id, e.c.state == State.DONE)
        .order_by(e.c.id.desc())
        .limit(1)
    )
    with reading(engine) as connection:
        slug: str | None = connection.scalar(query)
    return slug


def outbox(engine: Engine) -> Outbox:
    """Return how much there is still to tell."""
    e, d = metadata.tables["event"], metadata.tables["delivery"]
    with reading(engine) as connection:
        held = connection.scalar(select(func.count()).select_from(e).where(e.c.state == State.HELD)) or 0
        counted = select(d.c.state, func.count(), func.min(d.c.made_at)).group_by(d.c.state)
        states = {row[0]: (row[1], row[2]) for row in connection.execute(counted)}
    waits = [states[stage] for stage in (Stage.WAITING, Stage.SENDING) if stage in states]
    return Outbox(
        held=held,
        waiting=sum(n for n, _ in waits),
        failed=states.get(Stage.FAILED, (0, None))[0],
        oldest=min((at for _, at in waits), default=None),
    )


def deliveries(engine: Engine, *, limit: int = 25, state: Stage | None = None) -> tuple[DeliveryView, ...]:
    """Return what was sent, waits or was given up, newest first."""
    d, e, v = (metadata.tables[name] for name in ("delivery", "event", "vote"))
    query = (
        select(d, e.c.kind, func.coalesce(v.c.slug, e.c.source).label("about"))
        .join(e, e.c.id == d.c.event_id)
        .outerjoin(v, v.c.id == e.c.vote_id)
        .order_by(d.c.id.desc())
        .limit(limit)
    )
    if state is not None:
        query = query.where(d.c.state == state)
    names = DeliveryView.__slots__
    with reading(engine) as connection:
        rows = connection.execute(query).all()
    return tuple(
        DeliveryView(
            **{name: getattr(row, name) for name in names} | {"kind": Kind(row.kind), "state": Stage(row.state)}
        )
        for row in rows
    )


def unknown(engine: Engine, *, vote: str, member: str, group: str, sources: Sequence[str]) -> tuple[str, ...]:
    """Say which of these names are not on record; an empty one is not asked for."""
    asked = [("vote", vote, "slug"), ("person", member, "slug"), ("group", group, "code")]
    asked += [("source", source, "slug") for source in sources]
    found = []
    with reading(engine) as connection:
        for table, name, column in asked:
            t = metadata.tables[table]
            if name and not connection.scalar(select(func.count()).select_from(t).where(t.c[column] == name)):
                found.append(f"no {'member' if table == 'person' else table} {name!r} is on record")
    return tuple(found)


def _query() -> Select[Any]:
    e, v, o, s = (metadata.tables[name] for name in ("event", "vote", "observation", "source"))
    lead = v.alias("lead")
    return (
        select(
            e, v.c.slug, v.c.sitting_date, s.c.title, o.c.id.label("observation"), history.numbered(o).label("version"),
            func.coalesce(lead.c.slug, v.c.slug).label("shown"),
        )
        .outerjoin(v, v.c.id == e.c.vote_id)
        .outerjoin(lead, lead.c.id == v.c.joined_to)
        .outerjoin(o, o.c.id == e.c.observation_id)
        .outerjoin(s, s.c.slug == e.c.source)
    )  # fmt: skip


def _events(engine: Engine, query: Select[Any]) -> tuple[Event, ...]:
    with reading(engine) as connection:
        return tuple(_event(row) for row in connection.execute(query))


def _event(row: Row[Any]) -> Event:
    return Event(
        id=row.id,
        run=row.run_id,
        kind=Kind(row.kind),
        source=row.source,
        at=row.at,
        state=State(row.state),
        because=row.because,
        told=row.told,
        vote=row.slug or "",
        sitting_date=row.sitting_date,
        version=row.version if row.observation is not None else None,
        shown=row.shown or "",
        title=row.title or row.source,
    )


__all__ = [
    "TROUBLE", "Because", "DeliveryView", "Engine", "Event", "Kind", "Outbox", "Stage", "State", "deliveries",
    "happened", "meeting_among", "numbered", "outbox", "ready", "shown", "told_as",
    "took_over", "unknown",
]  # fmt: skip
