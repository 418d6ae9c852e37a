"""How does each event reach each target once, although processes die and two may send at the same time?

A message is marked *sending* before it is handed over, and *sent* after. Who dies in between leaves it in hand: it is
taken over when its holder is known to be dead or its lease is up, and marked as one that may have come already.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, Engine, Row, Update, and_, func, insert, or_, select, update

from tracker.storage import outbox
from tracker.storage.engine import writing
from tracker.storage.keys import Keys
from tracker.storage.outbox import Because
from tracker.storage.runs import dead
from tracker.storage.tables import metadata

LEASE = timedelta(minutes=5)
"""How long a message may be in hand; every way of sending gives up long before."""


class Stage(StrEnum):
    """How far a message has come."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    """Given up."""


@dataclass(frozen=True, slots=True)
class Address:
    """A target of a rule: a digest that tells it from others, and what may be shown of it."""

    target: str
    label: str


@dataclass(frozen=True, slots=True)
class Planned:
    """An event that is to reach a target of a rule, in a batch that is due at a moment."""

    rule: str
    address: Address
    event: int
    batch: str
    due: datetime


@dataclass(frozen=True, slots=True)
class Parcel:
    """The events of one message, in hand. `attempts` counts this one; `repeat`: it may have been sent already."""

    rule: str
    target: str
    batch: str
    deliveries: tuple[int, ...]
    events: tuple[int, ...]
    attempts: int
    repeat: bool
    made_at: datetime


def plan(
    engine: Engine, planned: Sequence[Planned], done: Iterable[int], quiet: Mapping[int, Because], *, now: datetime
) -> int:
    """Store what ready events lead to, and that they are settled: in one transaction, each event once.

    Events that somebody else has settled meanwhile are left as they are. Return how many deliveries are new.
    """
    t, seen = metadata.tables["delivery"], set(done)
    with writing(engine) as connection:
        ready = outbox.still_ready(connection, seen | quiet.keys())
        keys = Keys(connection)
        rows = [
            {
                "id": keys.new("delivery"),
                "rule": one.rule,
                "target": one.address.target,
                "label": one.address.label,
                "event_id": one.event,
                "batch": one.batch,
                "state": str(Stage.WAITING),
                "attempts": 0,
                "made_at": now,
                "next_at": one.due,
                "holder": "",
                "lease": None,
                "repeat": False,
                "error": "",
                "sent_at": None,
            }
            for one in planned
            if one.event in ready
        ]
        if rows:
            connection.execute(insert(t), rows)
        outbox.settle(connection, seen & ready, {event: why for event, why in quiet.items() if event in ready})
    return len(rows)


def take(engine: Engine, *, now: datetime, holder: str) -> Parcel | None:
    """Take the next message that is due in hand; None if there is none. No two processes get the same."""
    t = metadata.tables["delivery"]
    with writing(engine) as connection:
        first = _next(connection, now)
        if first is None:
            return None
        dead_hands = first.state == Stage.SENDING
        since = t.c.holder == first.holder if dead_hands else t.c.next_at <= now
        mine = and_(_same(first.rule, first.target, first.batch), t.c.state == first.state, since)
        rows = connection.execute(select(t).where(mine).order_by(t.c.event_id)).all()
        repeat = dead_hands or any(row.repeat for row in rows)
        attempts = max(row.attempts for row in rows) + 1
        facts = {"state": str(Stage.SENDING), "holder": holder, "lease": now + LEASE, "repeat": repeat}
        connection.execute(update(t).where(t.c.id.in_([row.id for row in rows])).values(attempts=attempts, **facts))
    return Parcel(
        rule=first.rule,
        target=first.target,
        batch=first.batch,
        deliveries=tuple(row.id for row in rows),
        events=tuple(row.event_id for row in rows),
        attempts=attempts,
        repeat=repeat,
        made_at=min(row.made_at for row in rows),
    )


def _next(connection: Connection, now: datetime) -> Row[tuple[object, ...]] | None:
    """Return a delivery that is due: one whose holder died before those that wait."""
    t = metadata.tables["delivery"]
    for row in connection.execute(select(t).where(t.c.state == Stage.SENDING).order_by(t.c.id)):
        if row.lease <= now or dead(row.holder):
            return row
    due = select(t).where(t.c.state == Stage.WAITING, t.c.next_at <= now).order_by(t.c.next_at, t.c.id).limit(1)
    return connection.execute(due).one_or_none()


def sent(engine: Engine, parcel: Parcel, *, holder: str, now: datetime) -> None:
    """Say that a message was handed over."""
    with writing(engine) as connection:
        connection.execute(_closing(parcel, holder, {"state": str(Stage.SENT), "sent_at": now, "error": ""}))


def put_off(
    engine: Engine, parcel: Parcel, *, holder: str, now: datetime, until: datetime, error: str, unsure: bool
) -> None:
    """Say that a message did not go out, and when it is tried again, with all else that is due at its target.

    `unsure`: it may have arrived all the same.
    """
    t = metadata.tables["delivery"]
    facts = {"state": str(Stage.WAITING), "next_at": until, "error": error, "repeat": parcel.repeat or unsure}
    due = and_(t.c.target == parcel.target, t.c.state == Stage.WAITING, t.c.next_at <= now)
    with writing(engine) as connection:
        connection.execute(_closing(parcel, holder, facts))
        connection.execute(update(t).where(due).values(next_at=until))


def give_up(engine: Engine, parcel: Parcel, *, holder: str, error: str) -> None:
    """Say that a message is not tried any more, and why."""
    with writing(engine) as connection:
        connection.execute(_closing(parcel, holder, {"state": str(Stage.FAILED), "error": error}))


def _closing(parcel: Parcel, holder: str, facts: Mapping[str, object]) -> Update:
    """Let a message go, if it is still in hand: its lease may be up, and somebody else have it."""
    t = metadata.tables["delivery"]
    mine = and_(t.c.id.in_(parcel.deliveries), t.c.holder == holder, t.c.state == Stage.SENDING)
    return update(t).where(mine).values(lease=None, **facts)


def _same(rule: str, target: str, batch: str) -> ColumnElement[bool]:
    t = metadata.tables["delivery"]
    return and_(t.c.rule == rule, t.c.target == target, t.c.batch == batch)


def idle(engine: Engine, *, now: datetime, rules: bool) -> bool:
    """Whether there is nothing to do: no message due or in hand, no event that the rules, if any, have not seen."""
    e, t = metadata.tables["event"], metadata.tables["delivery"]
    due = or_(t.c.state == Stage.SENDING, and_(t.c.state == Stage.WAITING, t.c.next_at <= now))
    waits = [select(func.count()).select_from(t).where(due)]
    if rules:
        waits.append(select(func.count()).select_from(e).where(e.c.state == outbox.State.READY))
    with engine.connect() as connection:
        return not any(connection.scalar(query) for query in waits)
