"""What is there to tell readers? Written in the transaction that makes it so, let go when a run has ended well.

An event is *held* until the run that made it, or a later one over the usual days, has passed its checks. Then it is
*ready*, or *quiet* if it is history: `because` says why. The rules make of a ready event its deliveries; it is *done*.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, insert, select, update

from tracker.storage.keys import Keys
from tracker.storage.tables import metadata

LOOKS = ("timetable", "by hand")
"""Triggers of runs that look at the usual days. A rebuild or a backfill says nothing about the news."""
HISTORY = ("backfill", "rebuild", "import")
"""Triggers of runs that bring in what is old."""
SETTLEMENT = "settlement"
FAILED = "failed"


class Kind(StrEnum):
    """What happened."""

    VOTE = "vote"
    """A vote was met for the first time."""
    CHANGE = "change"
    GONE = "gone"
    """Its source does not show a vote any more."""
    BACK = "back"
    SILENT = "silent"
    """Nothing new has come from a source for longer than is usual."""
    FAILING = "failing"
    RECOVERED = "recovered"


class State(StrEnum):
    """How far the telling of an event has come."""

    HELD = "held"
    READY = "ready"
    DONE = "done"
    QUIET = "quiet"


class Because(StrEnum):
    """Why an event is not told."""

    BEFORE = "before"
    """It was on record before there were alerts."""
    FIRST = "first"
    """A source looked at for the first time brings what is old."""
    BACKFILL = "backfill"
    REBUILD = "rebuild"
    IMPORT = "import"
    OLD = "old"
    """Its sitting was too long ago to be news."""
    LATE = "late"
    """It happened too long before anybody asked to be told."""
    MERGED = "merged"
    """Another event of the same vote tells it, or undoes it."""
    OTHER_PAPER = "other paper"
    """The vote is shown as another paper has it."""
    NOTHING = "nothing"
    """Nothing moved that is quoted."""


@dataclass(frozen=True, slots=True)
class Notes:
    """What a batch gives reason to tell, gathered as rows: held until its run has ended."""

    keys: Keys
    rows: list[Any]
    source: str
    run: int | None
    at: datetime

    def add(self, kind: Kind, vote: int, observation: int | None = None) -> None:
        """Note what happened to a vote, and in which reading of it."""
        self.rows.append(
            {
                "id": self.keys.new("event"),
                "kind": str(kind),
                "source": self.source,
                "run_id": self.run,
                "vote_id": vote,
                "observation_id": observation,
                "at": self.at,
                "state": str(State.HELD),
                "because": "",
                "told": "",
            }
        )


def after_run(connection: Connection, run: int) -> None:
    """Let go what a run that has just been closed allows, and note that its source fails, or works again."""
    r = metadata.tables["run"]
    ran = connection.execute(select(r.c.source, r.c.trigger, r.c.ending, r.c.message).where(r.c.id == run)).one()
    failed = ran.ending == FAILED
    if not failed:
        _release(connection, run, ran.source, ran.trigger)
    if ran.trigger in LOOKS and failed is not _failing(connection, ran.source):
        kind = Kind.FAILING if failed else Kind.RECOVERED
        note(connection, kind, ran.source, datetime.now(UTC), ran.message, run=run)


def note(connection: Connection, kind: Kind, source: str, at: datetime, told: str, *, run: int | None = None) -> None:
    """Note the trouble of a source, or its end: ready to be told at once."""
    facts = {"kind": str(kind), "source": source, "run_id": run, "at": at, "state": str(State.READY)}
    event = {"id": Keys(connection).new("event"), "because": "", "told": told, **facts}
    connection.execute(insert(metadata.tables["event"]), event)


def silent_since(connection: Connection, source: str, news: datetime) -> bool:
    """Whether a source's silence since its last news has been noted as an event."""
    e = metadata.tables["event"]
    same = and_(e.c.source == source, e.c.kind == Kind.SILENT, e.c.at >= news)
    return bool(connection.scalar(select(func.count()).select_from(e).where(same)))


def _failing(connection: Connection, source: str) -> bool:
    """Whether the last that was noted of a source is that it fails."""
    e = metadata.tables["event"]
    known = e.c.kind.in_((Kind.FAILING, Kind.RECOVERED))
    last = select(e.c.kind).where(e.c.source == source, known).order_by(e.c.id.desc()).limit(1)
    return connection.scalar(last) == Kind.FAILING


def _release(connection: Connection, run: int, source: str, trigger: str) -> None:
    """Make events ready after a run that ended well: its own, and those held since a failure if it looked for news.

    What a run over old days brought is quiet, and so is all that came before a source was once looked at to the end.
    """
    e, r = metadata.tables["event"], metadata.tables["run"]
    held = and_(e.c.source == source, e.c.state == State.HELD)
    good = and_(r.c.source == source, r.c.trigger.in_(LOOKS), r.c.ending.not_in(("", FAILED)))
    first = connection.scalar(select(func.min(r.c.id)).where(good))

    def of(*triggers: str) -> ColumnElement[bool]:
        return e.c.run_id.in_(select(r.c.id).where(r.c.source == source, r.c.trigger.in_(triggers)))

    for name in HISTORY:
        _set(connection, and_(held, of(name)), State.QUIET, Because(name))
    early = e.c.run_id <= (run if first is None else first)
    _set(connection, and_(held, early, ~of(SETTLEMENT)), State.QUIET, Because.FIRST)
    _set(connection, held if trigger in LOOKS else and_(held, e.c.run_id == run), State.READY)


def _set(connection: Connection, which: ColumnElement[bool], state: State, because: str = "") -> None:
    e = metadata.tables["event"]
    connection.execute(update(e).where(which).values(state=str(state), because=str(because)))


def settle(connection: Connection, done: Iterable[int], quiet: Mapping[int, Because]) -> None:
    """Say of ready events that the rules have seen them, or why they are not told."""
    e = metadata.tables["event"]
    by_reason: dict[Because, list[int]] = {}
    for event, because in quiet.items():
        by_reason.setdefault(because, []).append(event)
    _set(connection, e.c.id.in_(list(done)), State.DONE)
    for because, events in by_reason.items():
        _set(connection, e.c.id.in_(events), State.QUIET, because)


def still_ready(connection: Connection, events: Iterable[int]) -> set[int]:
    """Return which of these events nobody else has settled meanwhile."""
    e = metadata.tables["event"]
    return set(connection.scalars(select(e.c.id).where(e.c.id.in_(list(events)), e.c.state == State.READY)))
