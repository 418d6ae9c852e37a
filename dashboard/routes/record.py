"""Where do the plain answers come from, and have they changed since the reader last asked?"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

import tracker
from dashboard.routes.lasting import Lasts
from dashboard.routes.templates import POLICY
from tracker.queries.database import Engine, connect
from tracker.settings import settings

HERE = Path(__file__).parents[1]
KEPT = (".css", ".html", ".po", ".py", ".toml", ".txt")


@lru_cache(maxsize=1)
def _engine(url: str) -> Engine:
    return connect(url, pool=settings().database_pool, longest=settings().database_longest)


def engine() -> Engine:
    """Return the database of the settings, opened to read only, once a process."""
    return _engine(settings().database)


@lru_cache(maxsize=1)
def _programme() -> bytes:
    """Return a digest of what makes pages of the data: with another programme the same data make another page."""
    digest = hashlib.blake2b(tracker.__version__.encode(), digest_size=8)
    for path in sorted(HERE.rglob("*")):
        if path.suffix in KEPT:
            digest.update(path.read_bytes())
    return digest.digest()


def tag(request: Request, version: str) -> str:
    """Return what an answer is recognised by: the address asked for, the version of the data, and the programme."""
    said = settings()
    made_of = "\n".join(
        (str(request.url), version, said.public_url, said.language, said.report_to, str(said.archive))
    ).encode()
    return f'W/"{hashlib.blake2b(made_of, digest_size=12, key=_programme()).hexdigest()}"'


def unchanged(request: Request, now: str) -> Response | None:
    """Return the answer to somebody who holds this very version already; None to anybody else."""
    held = {tag.strip() for tag in request.headers.get("if-none-match", "").split(",")}
    known = (headers for lasts in (None, *Lasts) if (headers := kept(now, lasts))["ETag"] in held)
    return next((Response(status_code=304, headers=headers) for headers in known), None)


def kept(now: str, lasts: Lasts | None = None) -> dict[str, str]:
    """Return the headers of an answer that may be kept; unless it `lasts`, it is asked for anew each time if it holds.

    They go with a 304 too: what it brings takes the place of what is kept. The tag says how long the answer lasts, so
    that the vote need not be looked up for that: a record gets no younger before its data move.
    """
    tag, rule = (now, "no-cache") if lasts is None else (f'{now[:-1]}-{lasts.value}"', lasts.rule)
    return {"ETag": tag, "Cache-Control": rule, "Content-Security-Policy": POLICY}
