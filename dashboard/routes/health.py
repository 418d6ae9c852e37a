"""Is the dashboard able to answer, and how fresh is what it would say?"""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import JSONResponse

from dashboard.routes.record import engine
from tracker.queries import health
from tracker.queries.alerted import outbox
from tracker.queries.database import Unavailable, data_version
from tracker.queries.health import SourceHealth
from tracker.queries.queue import queue_state
from tracker.queries.shape import moment


def healthz(_request: Request) -> JSONResponse:
    """Answer 200 with the data's version, each source's state, how many alerts wait and how the queue stands.

    503 if nothing can be read, or a source is stale.
    """
    try:
        told, alerts, queue = state(), outbox(engine()), queue_state(engine())
    except Unavailable as error:
        return _answer(503, {"status": "unavailable", "message": str(error)})
    waits = {"held": alerts.held, "waiting": alerts.waiting, "failed": alerts.failed}
    jobs = {"queue": queue.counts | {"reading": [asdict(pages) for pages in queue.reading]}} if queue else {}
    return _answer(200 if told["status"] == "ok" else 503, told | {"alerts": waits} | jobs)


def state() -> dict[str, object]:
    """Return the data's version and each source's state. Raise Unavailable if nothing can be read."""
    now, opened = datetime.now(UTC), engine()
    version, sources = data_version(opened), health.sources(opened)
    stale = [source.slug for source in sources if source.stale(now)]
    told: dict[str, object] = {"status": "stale" if stale else "ok", "data_version": version}
    if stale:
        days = health.OLD.days
        told["message"] = f"no good run for more than {days} days: {', '.join(stale)}. Run: tracker health"
    return told | {"sources": [_source(source, now) for source in sources]}


def _answer(status: int, told: dict[str, object]) -> JSONResponse:
    return JSONResponse(told, status, {"Cache-Control": "no-store"})


def _source(source: SourceHealth, now: datetime) -> dict[str, object]:
    return {
        "source": source.slug,
        "state": source.state,
        "stale": source.stale(now),
        "fresh_at": moment(source.fresh_at),
        "last_run_at": moment(source.last_run.started_at) if source.last_run else None,
        "last_sitting": source.held.last.isoformat() if source.held.last else None,
        "votes": source.held.votes,
    }
