"""What does a plain address say when it cannot give what was asked for?"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from dashboard import links, words
from dashboard.components import freshness, notice
from dashboard.components.escape import Html, el
from dashboard.links import NoMoment
from dashboard.routes import asked, record
from dashboard.routes.templates import POLICY, fill
from dashboard.sought import NoChoice
from dashboard.words import Words
from tracker.domain.spelled import Language
from tracker.queries import health
from tracker.queries.database import Unavailable, data_version
from tracker.queries.filters import UnknownLegislature
from tracker.queries.votes import NotThen
from tracker.settings import settings

AGAIN = 30
"""Seconds after which a program may ask again for what could not be read."""

Handler = Callable[[Request], Response]


class NoSuchVote(LookupError):
    """There is no vote of that id, or no such reading of it; `looked` False: the address cannot be one of a vote."""

    def __init__(self, slug: str, *, looked: bool) -> None:
        super().__init__(slug)
        self.slug, self.looked = slug, looked


class Elsewhere(Exception):
    """The same answer has another address; the message is the way there."""


class NoPicture(LookupError):
    """There is no picture of this; the message is the key of the words that say why."""

    status = 404


class Busy(NoPicture):
    """There is no picture of this just now."""

    status = 503


class NoFile(LookupError):
    """A file cannot be had: with which status, and the key of the words that say why, with what fills their blanks."""

    def __init__(self, status: int, key: str, wait: int = 0, **blanks: object) -> None:
        super().__init__(key)
        self.status, self.key, self.wait, self.blanks = status, key, wait, blanks


def guarded(handler: Handler) -> Handler:
    """Make an answer of whatever keeps a handler from giving one."""

    @wraps(handler)
    def answer(request: Request) -> Response:
        try:
            try:
                return handler(request)
            except tuple(_TOLD) as error:
                return _TOLD[type(error)](request, error)
        except Unavailable as error:
            return unavailable(request, error)
        except Exception:
            logging.getLogger(__name__).exception("no answer could be made to %s", request.scope["path"])
            return broken(request)

    return answer


def elsewhere(_request: Request, error: Elsewhere) -> Response:
    """Lead to the address where the answer is kept for everybody; no cache keeps the way there."""
    return RedirectResponse(str(error), 308, {"Cache-Control": "no-store"})


def missing(request: Request, error: NoSuchVote) -> Response:
    """Say that there is no such vote, and what is held instead."""
    say, lang = _language(request)
    told = say("vote.missing", id=error.slug[:120]) if error.slug else say("vote.no_id")
    way = el("a", say("vote.search"), href=links.to("votes", lang))
    held = _held(settings().database, data_version(record.engine()), say.language) if error.looked else None
    return _answer(request, 404, "not_found", notice.notice(told, say("vote.missing_is"), way), told, held)


def no_page(request: Request, _error: Exception | None = None) -> Response:
    """Say that there is no such page; for addresses of no route."""
    say, lang = _language(request)
    way = el("a", say("vote.search"), href=links.to("votes", lang))
    told = say("plain.no_page")
    return _answer(request, 404, "not_found", notice.notice(told, say("plain.no_page_is"), way), told)


def no_moment(request: Request, error: NoMoment) -> Response:
    """Say that what was asked for is no moment."""
    say, lang = _language(request)
    told = notice.no_moment(request.path_params["id"], str(error), say, lang, links.plain)
    return _answer(request, 400, "no_moment", told, say("moment.none", asked=str(error)[:60]))


def not_then(request: Request, error: NotThen) -> Response:
    """Say that the vote was not held at a moment."""
    say, lang = _language(request)
    key = "moment.too_early" if error.first else "moment.to_come"
    message = say(key, at=say.moment(error.moment, error.zone))
    return _answer(request, 404, "not_then", notice.not_then(error, say, lang, links.plain), message)


def no_picture(request: Request, error: NoPicture) -> Response:
    """Say why there is no picture, and that the page of the vote has its facts all the same."""
    say, lang = _language(request)
    vote = request.path_params.get("id")
    way = el("a", say("plain.to_vote"), href=links.plain(vote, lang)) if vote else ""
    why = say(str(error))
    answer = _answer(request, error.status, "no_picture", notice.notice(say("plain.no_picture"), why, way), why)
    if isinstance(error, Busy):
        answer.headers["Retry-After"] = str(AGAIN)
    return answer


def no_file(request: Request, error: NoFile) -> Response:
    """Say why there is no such file, and what to do instead."""
    say, lang = _language(request)
    told, why = say(f"files.{error.key}", **error.blanks), say(f"files.{error.key}_is", **error.blanks)
    way = el("a", say("vote.search"), href=links.to("votes", lang))
    answer = _answer(request, error.status, error.key, notice.notice(told, why, way), f"{told}. {why}")
    if error.wait:
        answer.headers["Retry-After"] = str(error.wait)
    return answer


def no_choice(request: Request, error: NoChoice | UnknownLegislature) -> Response:
    """Say that an address asks for what cannot be chosen."""
    say, lang = _language(request)
    named = (
        f"{error.key}={error.value[:60]}" if isinstance(error, NoChoice) else request.query_params.get("ch", "")[:60]
    )
    told, way = say("feed.no_choice", asked=named), el("a", say("vote.search"), href=links.to("votes", lang))
    return _answer(request, 400, "no_choice", notice.notice(told, say("feed.no_choice_is"), way), told)


def unavailable(request: Request, error: Unavailable) -> Response:
    """Say that the data cannot be read, why, and that nothing is lost by it."""
    say, _ = _language(request)
    answer = _answer(request, 503, "unavailable", notice.unavailable(error, say), str(error))
    answer.headers["Retry-After"] = str(AGAIN)
    return answer


def broken(request: Request) -> Response:
    """Say that the page could not be made, without its innards."""
    say, _ = _language(request)
    return _answer(request, 500, "broken", notice.broken(say), say("error.broken"))


_TOLD: dict[type[Exception], Callable[[Request, Any], Response]] = {
    Elsewhere: elsewhere,
    NoSuchVote: missing,
    NoMoment: no_moment,
    NotThen: not_then,
    NoPicture: no_picture,
    NoFile: no_file,
    Busy: no_picture,
    NoChoice: no_choice,
    UnknownLegislature: no_choice,
}


@lru_cache(maxsize=8)
def _held(url: str, version: str, language: Language) -> Html:
    """Say which period is held of each chamber; counted once for each version of the data."""
    return freshness.periods(health.coverage(record.engine()), words.of(language))


def _language(request: Request) -> tuple[Words, str | None]:
    language = asked.language(dict(request.query_params))
    return words.of(language), None if language == settings().language else language


def _answer(request: Request, status: int, code: str, told: Html, message: str, more: Html | None = None) -> Response:
    """Answer a program in JSON, a person with a page."""
    headers = {"Cache-Control": "no-store", "Content-Security-Policy": POLICY}
    if request.scope["path"].endswith(".json"):
        return JSONResponse({"error": code, "message": message}, status, headers)
    say, lang = _language(request)
    page = fill("notice.html", say=say, lang=lang, up=asked.up(request), title=message, told=told, more=more)
    return HTMLResponse(page, status, headers)
