"""Which runs were there, who holds a source now, and what answered at an address the last time?"""

from __future__ import annotations

import os
import socket
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Self

from sqlalchemy import Engine, bindparam, case, func, insert, select, update

from tracker.domain.signs import writable
from tracker.storage.engine import writing
from tracker.storage.keys import Keys
from tracker.storage.outbox import after_run
from tracker.storage.tables import metadata
from tracker.storage.write import Totals

STALE = timedelta(minutes=5)
"""A lock whose holder has not been heard of for this long belonged to a process that died."""


ANSWERS = (200, 203, 304, 404, 410)
"""Statuses by which a site says what stands at an address, or that nothing does."""


class SourceBusy(Exception):
    """Another process is running the source."""


@dataclass(frozen=True, slots=True)
class Last:
    """The last answer of an address: the document it stood for (None: gone), and which reader has read that whole."""

    sha256: str | None
    etag: str | None
    last_modified: str | None
    read_by: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Recorded:
    """One answer as the record of fetches has it: its document (None: none came), who read that, what was said."""

    url: str
    sha256: str | None
    read_by: str | None
    message: str | None


@dataclass(frozen=True, slots=True)
class Looked:
    """When an address was last asked for, and when it last said what stands there (None: it never did)."""

    url: str
    asked: datetime
    answered: datetime | None


class Addresses:
    """What answered at each address of a source the last time, asked one by one over one connection."""

    def __init__(self, engine: Engine, source: str) -> None:
        f, d = metadata.tables["fetch"], metadata.tables["document"]
        self._source = source
        self._connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        self._query = (
            select(d.c.sha256, f.c.etag, f.c.last_modified, f.c.read_by, f.c.at)
            .select_from(f)
            .outerjoin(d, d.c.id == f.c.document_id)
            .where(f.c.url == bindparam("url"), f.c.source == source)
            # The beginning of an answer that could not be used is kept too, but stands for nothing: no reader is named.
            .where(f.c.read_by.is_not(None) | (f.c.changed & d.c.id.is_(None)))
            .order_by(f.c.id.desc())
            .limit(1)
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def last(self, url: str) -> Last | None:
        """Return the last answer that held a document, or said that the one held is gone; None if there was none."""
        row = self._connection.execute(self._query, {"url": url}).one_or_none()
        return None if row is None else Last(*row)

    def recorded(self) -> Iterator[Recorded]:
        """Yield every answer of the source in the order in which they were recorded."""
        f, d = metadata.tables["fetch"], metadata.tables["document"]
        query = (
            select(f.c.url, d.c.sha256, f.c.read_by, f.c.message)
            .select_from(f)
            .outerjoin(d, d.c.id == f.c.document_id)
            .where(f.c.source == self._source)
            .order_by(f.c.id)
        )
        yield from (Recorded(*row) for row in self._connection.execute(query))

    def looks(self, roles: Collection[str]) -> list[Looked]:
        """Return when each address of these kinds of page was last looked at."""
        f = metadata.tables["fetch"]
        answered = case((f.c.status.in_(ANSWERS), f.c.at))
        query = (
            select(f.c.url, func.max(f.c.at), func.max(answered))
            .where(f.c.source == self._source, f.c.role.in_(roles))
            .group_by(f.c.url)
        )
        return [Looked(*row) for row in self._connection.execute(query)]


def start_run(engine: Engine, source: str, *, trigger: str, since: date, until: date) -> int:
    """Open a line in the run log; runs of the source that were never closed are closed as failed. Return its number."""
    t = metadata.tables["run"]
    now = datetime.now(UTC)
    with writing(engine) as connection:
        connection.execute(
            update(t)
            .where(t.c.source == source, t.c.ending == "")
            .values(
                ending="failed",
                finished_at=now,
                message="its process ended before the run did; what it had stored is whole, the rest follows now",
            )
        )
        number = Keys(connection).new("run")
        connection.execute(
            insert(t),
            {
                "id": number,
                "source": source,
                "trigger": trigger,
                "since": since,
                "until": until,
                "started_at": now,
                "ending": "",
                "message": "",
                **dict.fromkeys(("requests", "documents", "inserted", "updated", "unchanged"), 0),
            },
        )
    return number


def finish_run(engine: Engine, run: int, *, ending: str, requests: int, totals: Totals, message: str) -> None:
    """Close a line in the run log; what it brought may be told now, unless it failed."""
    t = metadata.tables["run"]
    with writing(engine) as connection:
        connection.execute(
            update(t)
            .where(t.c.id == run)
            .values(
                finished_at=datetime.now(UTC),
                ending=ending,
                requests=requests,
                documents=totals.documents,
                inserted=totals.inserted,
                updated=totals.updated,
                unchanged=totals.unchanged,
                message=writable(message),
            )
        )
        after_run(connection, run)


def me() -> str:
    """Name this process among all that share the database."""
    return f"{socket.gethostname()}:{os.getpid()}"


@contextmanager
def holding(engine: Engine, source: str, *, holder: str | None = None) -> Iterator[Lock]:
    """Hold a source for as long as the block runs. SourceBusy if another process has it."""
    lock = Lock(engine, source, holder or me())
    lock.take()
    try:
        yield lock
    finally:
        lock.release()


class Lock:
    """One holder a source, kept in the database so that two processes never run a source twice."""

    def __init__(self, engine: Engine, source: str, holder: str) -> None:
        self._engine = engine
        self._source = source
        self._holder = holder
        self._table = metadata.tables["source_lock"]

    def take(self) -> None:
        """Take the lock, or over from a holder that died. SourceBusy otherwise."""
        t, now = self._table, datetime.now(UTC)
        with writing(self._engine) as connection:
            row = connection.execute(select(t.c.holder, t.c.beat).where(t.c.source == self._source)).one_or_none()
            if row is not None and now - row.beat <= STALE and not dead(row.holder):
                raise SourceBusy(
                    f"{self._source} is being run by {row.holder} (last heard of {row.beat:%H:%M:%S} UTC); "
                    f"wait for it to end, or for {STALE.seconds // 60} minutes of silence if it has died"
                )
            facts: dict[str, Any] = {"holder": self._holder, "taken_at": now, "beat": now}
            if row is None:
                connection.execute(insert(t), {"source": self._source, **facts})
            else:
                connection.execute(update(t).where(t.c.source == self._source).values(**facts))

    def beat(self) -> None:
        """Say that the holder is alive. SourceBusy if the lock was taken over meanwhile."""
        t = self._table
        with writing(self._engine) as connection:
            mine = (t.c.source == self._source) & (t.c.holder == self._holder)
            if not connection.execute(update(t).where(mine).values(beat=datetime.now(UTC))).rowcount:
                raise SourceBusy(f"{self._source} was taken over by another process; this run stops")

    def release(self) -> None:
        """Give the lock back."""
        t = self._table
        with writing(self._engine) as connection:
            connection.execute(t.delete().where(t.c.source == self._source, t.c.holder == self._holder))


def dead(holder: str) -> bool:
    """Whether a holder is known to be gone: a process of this machine that no longer exists."""
    host, _, pid = holder.rpartition(":")
    if host != socket.gethostname() or not pid.isdecimal() or int(pid) == os.getpid():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
