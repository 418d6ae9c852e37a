"""What is known of a vote, for readers without scripts, for search engines, and for programs?"""

from __future__ import annotations

import json
import logging
from functools import lru_cache

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from dashboard.routes import asked, lasting, page
from dashboard.routes.asked import Asked
from dashboard.routes.lasting import Lasts
from dashboard.routes.record import engine, kept, tag, unchanged
from dashboard.routes.trouble import Elsewhere, NoPicture, NoSuchVote, guarded
from tracker.queries import pieces, votes
from tracker.queries.database import data_version
from tracker.queries.shape import as_json
from tracker.queries.view import VoteView
from tracker.settings import settings

PAGES = 64
"""Pages kept ready, for a vote that many look at at once: some 60 KB each."""


@guarded
def html(request: Request) -> Response:
    """Answer with the page of a vote."""
    which = wanted(request)
    version = data_version(engine())
    now = tag(request, version)
    if (held := unchanged(request, now)) is not None:
        return held
    try:
        body, lasts = _page(settings().database, version, which)
    except Passing as made:
        return HTMLResponse(str(made), headers=kept(f'{now[:-1]}-passing"'))
    return HTMLResponse(body, headers=kept(now, lasts))


@guarded
def data(request: Request) -> Response:
    """Answer with the vote in the documented shape (`docs/vote.schema.json`)."""
    which = wanted(request)
    now = tag(request, data_version(engine()))
    if (held := unchanged(request, now)) is not None:
        return held
    view = view_of(which)
    body = json.dumps(as_json(view), ensure_ascii=False)
    return Response(body, media_type="application/json", headers=kept(now, lasting.of(view, which)))


@guarded
def piece(request: Request) -> Response:
    """Answer with the picture of the part of the page that is in doubt."""
    which = wanted(request)
    view = view_of(which)
    picture = pieces.picture(settings().archive, view.piece) if view.piece else None
    if view.piece is None or picture is None:
        raise NoPicture("plain.no_piece")
    now = f'W/"{view.piece}"'
    headers = kept(now, lasting.of(view, which))
    return unchanged(request, now) or Response(picture, media_type="image/png", headers=headers)


@guarded
def leaf(request: Request) -> Response:
    """Answer with the picture of the page that the vote was read from."""
    which = wanted(request)
    view = view_of(which)
    read = view.paper_read
    archive = settings().archive
    if read.leaf is None or not pieces.held(archive, read.sha256):
        raise NoPicture("plain.no_leaf")
    now = f'W/"{read.sha256}-{read.leaf}"'
    if (same := unchanged(request, now)) is not None:
        return same
    try:
        picture = pieces.page(archive, read.sha256, read.leaf)
    except pieces.Undrawable as error:
        logging.getLogger(__name__).warning("%s: %s", read.url, error)
        raise NoPicture("plain.undrawable") from error
    return Response(picture, media_type="image/png", headers=kept(now, lasting.of(view, which)))


def wanted(request: Request, *more: str) -> Asked:
    """Return which vote is asked for. Raise NoSuchVote if the address cannot be one of a vote, or NoMoment.

    Raise Elsewhere if the same answer has a shorter address; `more` names what else is asked for at this one.
    """
    which = asked.vote(request)
    if which is None:
        raise NoSuchVote(request.path_params["id"], looked=False)
    if (address := asked.shorter(request, *more)) is not None:
        raise Elsewhere(address)
    return which


def view_of(which: Asked) -> VoteView:
    """Return the vote that is asked for. Raise NoSuchVote if there is none, or NotThen."""
    view = votes.one(engine(), which.slug, which.version, own=which.own, as_of=which.as_of)
    if view is None:
        raise NoSuchVote(which.slug, looked=True)
    return view


class Passing(Exception):
    """A page that lacks its pictures because the archive is out of reach: it is shown, and not kept."""


@lru_cache(maxsize=PAGES)
def _page(url: str, version: str, which: Asked) -> tuple[str, Lasts]:
    """Return a page, and how long it may be kept; made once for each version of the data.

    Raise Passing with the page if it is not to be kept.
    """
    view = view_of(which)
    made = page.vote(view, which)
    if pieces.out_of_reach(settings().archive):
        raise Passing(made)
    return made, lasting.of(view, which)
