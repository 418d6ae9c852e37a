"""What waits on the queue, what runs, what failed, since when and where? Nothing on SQLite, which has no queue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import unquote, urlsplit

from sqlalchemy import Engine, text

from tracker.queries.database import reading

STATES = {"doing": "running", "todo": "waiting", "failed": "failed", "aborted": "cancelled", "cancelled": "cancelled"}
"""Procrastinate's words and ours; what went well is not kept."""

_JOBS = text(
    "SELECT job.id, job.task_name, job.queueing_lock, job.status::text AS status, job.scheduled_at, job.attempts, "
    "job.args ->> 'place' AS place, job.args ->> 'because' AS because, (job.args ->> 'attempt')::int AS attempt, "
    "job.args -> 'task' ->> 'url' AS document, (job.args ->> 'first')::int AS first, "
    "(job.args ->> 'last')::int AS last, "
    "job.abort_requested, (SELECT max(event.at) FROM procrastinate_events event WHERE event.job_id = job.id) AS since "
    "FROM procrastinate_jobs job WHERE job.status <> 'succeeded' "
    "ORDER BY array_position(ARRAY['doing', 'todo', 'failed'], job.status::text), job.id DESC LIMIT :limit"
)
_READING = text(
    "SELECT args -> 'task' ->> 'url' AS document, (args ->> 'first')::int AS first, (args ->> 'last')::int AS last "
    "FROM procrastinate_jobs WHERE status = 'doing' AND task_name = 'pages' ORDER BY document, first LIMIT 20"
)
_COUNTS = text(
    "SELECT count(*) FILTER (WHERE status = 'doing') AS running, count(*) FILTER (WHERE status = 'todo') AS waiting, "
    "count(*) FILTER (WHERE status = 'failed') AS failed, (SELECT count(DISTINCT id) FROM procrastinate_workers) "
    "AS workers, (SELECT max(last_heartbeat) FROM procrastinate_workers) AS heard FROM procrastinate_jobs"
)


LONGEST = 60
"""Signs of a document's name that are shown."""


@dataclass(frozen=True, slots=True)
class PagesView:
    """Pages that a job reads for a run: the official address of their document, the first and the last."""

    document: str
    first: int
    last: int

    @property
    def name(self) -> str:
        """What the site calls the document: the end of its address."""
        return (unquote(urlsplit(self.document).path.rpartition("/")[2]) or self.document)[:LONGEST]


@dataclass(frozen=True, slots=True)
class JobView:
    """A job: what it does and about what, its state, since when, and where it runs or last ran."""

    id: int
    task: str
    about: str
    state: str
    since: datetime | None
    place: str
    due: datetime | None
    """Before this moment it is not begun."""
    attempt: int
    """How often it was begun before."""
    because: str
    """Why it was put back the last time."""
    pages: PagesView | None = None
    """What it reads, if it reads pages."""


@dataclass(frozen=True, slots=True)
class QueueState:
    """How many jobs run, wait and have failed, how many workers there are, and when one was last heard of.

    `reading` are the pages that workers read for runs now, the first twenty stretches of them.
    """

    running: int
    waiting: int
    failed: int
    workers: int
    heard: datetime | None
    reading: tuple[PagesView, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """Its figures by name."""
        return {name: getattr(self, name) for name in ("running", "waiting", "failed", "workers")}


def jobs(engine: Engine, *, limit: int = 100) -> tuple[JobView, ...]:
    """Return what runs, then what waits, then what failed or was cancelled, each newest first."""
    if not _there(engine):
        return ()
    with reading(engine) as connection:
        return tuple(
            JobView(
                id=row.id,
                task=row.task_name,
                about=row.queueing_lock or "",
                state="ending" if row.status == "doing" and row.abort_requested else STATES[row.status],
                since=_utc(row.since),
                place=row.place or "",
                due=_utc(row.scheduled_at) if row.status == "todo" else None,
                attempt=row.attempts + (row.attempt or 0),
                because=row.because or "",
                pages=PagesView(row.document, row.first, row.last) if row.document else None,
            )
            for row in connection.execute(_JOBS, {"limit": limit})
        )


def queue_state(engine: Engine) -> QueueState | None:
    """Return how the queue stands in figures; None if the database has none."""
    if not _there(engine):
        return None
    with reading(engine) as connection:
        row = connection.execute(_COUNTS).one()
        reads = tuple(PagesView(*pages) for pages in connection.execute(_READING))
        return QueueState(row.running, row.waiting, row.failed, row.workers, _utc(row.heard), reads)


def _there(engine: Engine) -> bool:
    return engine.dialect.name == "postgresql"


def _utc(moment: datetime | None) -> datetime | None:
    return moment.astimezone(UTC) if moment else None
