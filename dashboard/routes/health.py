"""Is the dashboard able to answer, and how fresh is what it would say?"""

from __future__ import annotations

from functools import lru_cache

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse

from tracker.queries import health
from tracker.queries.database import Engine, Unavailable, connect, data_version
from tracker.queries.shape import moment
from tracker.settings import settings


@lru_cache(maxsize=1)
def _engine(url: str) -> Engine:
    return connect(url)


async def healthz(_request: Request) -> JSONResponse:
    """Answer 200 with the data's version and each source's state; 503 with the reason if the data cannot be read."""
    try:
        body = await run_in_threadpool(_state)
    except Unavailable as error:
        return JSONResponse({"status": "unavailable", "message": str(error)}, status_code=503)
    return JSONResponse(body)


def _state() -> dict[str, object]:
    engine = _engine(settings().database)
    return {
        "status": "ok",
        "data_version": data_version(engine),
        "sources": [
            {
                "source": source.slug,
                "state": source.state,
                "fresh_at": moment(source.fresh_at),
                "last_run_at": moment(source.last_run.started_at) if source.last_run else None,
                "last_sitting": source.held.last.isoformat() if source.held.last else None,
                "votes": source.held.votes,
            }
            for source in health.sources(engine)
        ],
    }


async def robots(_request: Request) -> PlainTextResponse:
    """Leave the pages to search engines and keep them off the machinery."""
    return PlainTextResponse("User-agent: *\nDisallow: /_stcore/\nDisallow: /healthz\n")
