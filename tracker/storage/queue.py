"""How do jobs get onto the queue, back onto it, and out of the hands of workers that died? PostgreSQL only.

The tables and functions are Procrastinate's, laid by a migration of ours; see docs/queue.md. Whatever must happen
together happens in one transaction here.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Engine, make_url, text
from sqlalchemy.exc import IntegrityError

from tracker.storage.engine import writing
from tracker.storage.tables import metadata

LIVES = 5
"""How many workers may die over a job before it counts as what kills them."""

_PUT = text(
    "SELECT unnest(procrastinate_defer_jobs_v1(ARRAY[ROW(:queue, :task, 0, :lock, :lock, CAST(:args AS jsonb), "
    "now() + make_interval(secs => :wait))]::procrastinate_job_to_defer_v1[]))"
)
_PUT_ONCE = text(
    "SELECT procrastinate_defer_periodic_job_v2(:queue, :lock, :lock, :task, 0, :lock, :moment, CAST(:args AS jsonb))"
)
_BEGIN = text(
    "UPDATE procrastinate_jobs SET args = args || jsonb_build_object('place', CAST(:place AS text)) WHERE id = :job"
)
_BEAT = text("SELECT procrastinate_update_heartbeat_v1(:worker)")
_LOST = text(
    "SELECT job.id, job.queueing_lock, job.attempts, job.args ->> 'place' AS place FROM procrastinate_jobs job "
    "LEFT JOIN procrastinate_workers worker ON worker.id = job.worker_id WHERE job.status = 'doing' "
    "AND (worker.id IS NULL OR worker.last_heartbeat < now() - make_interval(secs => :silence)) "
    "ORDER BY job.id FOR UPDATE OF job"
)
_WAITS = text("SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo' AND queueing_lock = :lock")
_AGAIN = text("SELECT procrastinate_retry_job_v2(:job, now(), NULL, NULL, NULL)")
_END = text("SELECT procrastinate_finish_job_v1(:job, CAST(:status AS procrastinate_job_status), :gone)")
_PRUNE = text("SELECT count(*) FROM procrastinate_prune_stalled_workers_v1(:silence)")
_CANCEL = text("SELECT procrastinate_cancel_job_v1(:job, true, false)")
_WITHDRAW = text("DELETE FROM procrastinate_jobs WHERE status = 'todo' AND queueing_lock = ANY(:locks)")
_IN_HAND = text("SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing' AND queueing_lock = ANY(:locks)")
_STATUS = text("SELECT status, queueing_lock FROM procrastinate_jobs WHERE id = :job FOR UPDATE")


class Fate(StrEnum):
    """What became of a job whose worker died."""

    AGAIN = "again"
    """Another worker takes it."""
    FOLLOWED = "followed"
    """The next one for the same thing waited already, and does its work."""
    GIVEN_UP = "given up"
    """Too many workers died over it."""


@dataclass(frozen=True, slots=True)
class Lost:
    """A job whose worker died: what it was about (its lock), where it ran, and what became of it."""

    job: int
    about: str
    place: str
    fate: Fate


class NoSuchJob(Exception):
    """There is no job of that number, or nothing of the kind can be done to it."""


def shared(url: str) -> bool:
    """Whether a database has a queue: PostgreSQL has."""
    return make_url(url).get_backend_name() == "postgresql"


def address(url: str) -> str:
    """Return the address of a database as PostgreSQL's own library reads it."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def put(
    engine: Engine, task: str, *, queue: str, lock: str, args: dict[str, Any], moment: datetime | None = None,
    wait: timedelta = timedelta(0),
) -> bool:  # fmt: skip
    """Put a job on the queue, to be begun after `wait`. Return whether it was.

    It is not if one with the same lock waits already, nor if one was put there for the same `moment` before.
    """
    facts: dict[str, Any] = {"task": task, "queue": queue, "lock": lock, "args": json.dumps(args)}
    try:
        with engine.begin() as connection:
            if moment is None:
                return connection.scalar(_PUT, facts | {"wait": wait.total_seconds()}) is not None
            return connection.scalar(_PUT_ONCE, facts | {"moment": int(moment.timestamp())}) is not None
    except IntegrityError:
        return False


def begin(engine: Engine, job: int, place: str) -> None:
    """Write down where a job runs."""
    with engine.begin() as connection:
        connection.execute(_BEGIN, {"job": job, "place": place})


def beat(engine: Engine, worker: int) -> None:
    """Say that a worker is alive."""
    with engine.begin() as connection:
        connection.execute(_BEAT, {"worker": worker})


def take_over(engine: Engine, silence: float) -> list[Lost]:
    """Put back what workers hold that have given no sign of life for `silence` seconds, and free their sources."""
    found = []
    locks = metadata.tables["source_lock"]
    with writing(engine) as connection:
        for row in connection.execute(_LOST, {"silence": silence}).all():
            held = (locks.c.source == row.queueing_lock) & (locks.c.holder == row.place)
            connection.execute(locks.delete().where(held))
            if connection.scalar(_WAITS, {"lock": row.queueing_lock}):
                fate = Fate.FOLLOWED
                connection.execute(_END, {"job": row.id, "status": "succeeded", "gone": True})
            elif row.attempts + 1 >= LIVES:
                fate = Fate.GIVEN_UP
                connection.execute(_END, {"job": row.id, "status": "failed", "gone": False})
            else:
                fate = Fate.AGAIN
                connection.execute(_AGAIN, {"job": row.id})
            found.append(Lost(row.id, row.queueing_lock, row.place or "", fate))
        connection.execute(_PRUNE, {"silence": silence})
    return found


def retry(engine: Engine, job: int) -> None:
    """Put a job that failed back on the queue. NoSuchJob if it did not fail, or the next one waits already."""
    with writing(engine) as connection:
        row = connection.execute(_STATUS, {"job": job}).one_or_none()
        if row is None or row.status != "failed":
            raise NoSuchJob(f"job {job} {'is not on the queue' if row is None else f'has not failed ({row.status})'}")
        if connection.scalar(_WAITS, {"lock": row.queueing_lock}):
            raise NoSuchJob(f"another job for {row.queueing_lock} waits already, and does the same")
        connection.execute(_AGAIN, {"job": job})


def cancel(engine: Engine, job: int) -> None:
    """Take a job that waits off the queue, or ask the worker that runs it to end. NoSuchJob if it does neither."""
    with engine.begin() as connection:
        if connection.scalar(_CANCEL, {"job": job}) is None:
            raise NoSuchJob(f"job {job} neither waits nor runs")


def withdraw(engine: Engine, locks: Collection[str]) -> bool:
    """Take jobs that wait off the queue without a trace. Return False if a worker has one of these locks in hand."""
    with engine.begin() as connection:
        connection.execute(_WITHDRAW, {"locks": list(locks)})
        return not connection.scalar(_IN_HAND, {"locks": list(locks)})
