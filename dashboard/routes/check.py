"""What does the record say of the claims of a text, for readers without scripts and for programs?"""

from __future__ import annotations

import json
import logging
from datetime import date
from http import HTTPStatus
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from dashboard import links, words
from dashboard.components import glossary, review, verdicts
from dashboard.components.escape import Html, el
from dashboard.routes import asked
from dashboard.routes.limits import CHECKS, address
from dashboard.routes.record import engine
from dashboard.routes.templates import FORM_POLICY, fill
from dashboard.routes.trouble import AGAIN, guarded
from dashboard.words import Words
from tracker.claims.match import check
from tracker.claims.read import PAGE_LONGEST, Unreadable, is_day
from tracker.claims.review import Appeared
from tracker.claims.shape import as_json
from tracker.claims.shown import Shown, shown
from tracker.queries.database import Unavailable, data_version
from tracker.settings import settings

LARGEST = 100_000
"""Bytes of what a program may send."""


class Refused(ValueError):
    """What was sent cannot be checked; the status says why."""

    def __init__(self, status: HTTPStatus, detail: str, wait: int = 0) -> None:
        super().__init__(detail)
        self.status, self.wait = status, wait


@guarded
def form(request: Request) -> Response:
    """Answer with the form, and with what the record says if a text is given."""
    query = dict(request.query_params)
    say = words.of(asked.language(query))
    lang = None if say.language == settings().language else say.language
    text, day = query.get("claim", ""), query.get("date", "").strip()
    status, told, draft = HTTPStatus.OK, None, None
    headers = {"Cache-Control": "no-store", "Content-Security-Policy": FORM_POLICY}
    if not text.strip():
        data_version(engine())  # says at once if the record cannot be read
    elif wait := CHECKS.wait(address(request)):
        status, told = HTTPStatus.TOO_MANY_REQUESTS, _warned(say("claims.wait", n=wait))
        headers["Retry-After"] = str(wait)
    else:
        try:
            found, written = _found(text, day, say)
        except Refused as error:
            status, told = error.status, _warned(str(error))
        else:
            told = verdicts.cards(found, say, lang, links.plain)
            draft = review.folded(found, Appeared(written, query.get("appeared", "")), say, asked.site(request))
    other = "en" if say.language == "es" else "es"
    here = request.scope["path"].removeprefix(request.scope.get("root_path", "")).lstrip("/")
    page = fill(
        "check.html",
        say=say,
        lang=lang,
        up=asked.up(request),
        title=f"{say('claims.title')} · Escrutinio",
        here=f"./{here}",
        claim=text[:PAGE_LONGEST],
        date=day[:10],
        example=links.to(here, lang, claim=verdicts.EXAMPLE),
        other=other,
        in_other=links.to(here, other, claim=text[:PAGE_LONGEST], date=day[:10]),
        in_dashboard=links.to("check", lang, claim=text[:PAGE_LONGEST], date=day[:10]),
        told=told,
        review=draft,
        glossary=glossary.foot(say),
    )
    return HTMLResponse(page, status, headers)


def _found(text: str, day: str, say: Words) -> tuple[Shown, date | None]:
    """Return what the record says of a text, and the day of its article; Refused says in words why there is nothing."""
    if len(text) > PAGE_LONGEST:
        told = say("claims.too_long", n=say.number(len(text)), most=say.number(PAGE_LONGEST))
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, told)
    try:
        written = date.fromisoformat(day) if day else None
    except ValueError as error:
        raise Refused(HTTPStatus.BAD_REQUEST, say("claims.no_date")) from error
    if written is not None and not is_day(written):
        raise Refused(HTTPStatus.BAD_REQUEST, say("claims.no_date"))
    try:
        return shown(engine(), text, written), written
    except Unreadable as error:
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, say("claims.no_text")) from error


def _warned(told: str) -> Html:
    return el("p", told, class_="esc-warning", role="alert")


async def api(request: Request) -> Response:
    """Answer a program in the shape of `tracker check --json`, or with a problem (RFC 9457)."""
    try:
        if wait := CHECKS.wait(address(request)):
            detail = f"too many checks from your address; try again in {wait} seconds"
            raise Refused(HTTPStatus.TOO_MANY_REQUESTS, detail, wait)
        text, written = _read(await body(request, LARGEST), media_type(request))
        return await run_in_threadpool(checked, text, written)
    except Refused as error:
        return _problem(error.status, str(error), error.wait)
    except Unreadable as error:
        return _problem(HTTPStatus.UNPROCESSABLE_ENTITY, str(error))
    except Unavailable as error:
        return _problem(HTTPStatus.SERVICE_UNAVAILABLE, str(error), AGAIN)
    except ClientDisconnect:
        return Response(status_code=HTTPStatus.BAD_REQUEST)
    except Exception:
        logging.getLogger(__name__).exception("a text could not be checked")
        return _problem(HTTPStatus.INTERNAL_SERVER_ERROR, "a fault of ours; the server's log has it")


def checked(text: str, written: date | None) -> Response:
    """Answer with what the record says of a text. Raise Unreadable."""
    told = json.dumps(as_json(check(engine(), text, written)), ensure_ascii=False)
    return Response(told, media_type="application/json", headers={"Cache-Control": "no-store"})


def media_type(request: Request) -> str:
    """Return what a program says it sends."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


async def body(request: Request, largest: int) -> bytes:
    """Read what was sent, up to a limit, whatever its headers say of its length. Raise Refused."""
    read = bytearray()
    async for part in request.stream():
        read += part
        if len(read) > largest:
            raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"more than {largest} bytes were sent")
    return bytes(read)


def _read(body: bytes, kind: str) -> tuple[str, date | None]:
    """Return the text sent and the day of the article: JSON with `text` and `date`, or the text by itself."""
    try:
        sent = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(HTTPStatus.BAD_REQUEST, f"this is no text in UTF-8 (byte {error.start})") from error
    if kind == "text/plain":
        return sent, None
    try:
        told: Any = json.loads(sent)
    except (ValueError, RecursionError) as error:
        raise Refused(HTTPStatus.BAD_REQUEST, "this is no JSON that can be read; send text/plain for a text") from error
    if not isinstance(told, dict) or not isinstance(told.get("text"), str):
        raise Refused(HTTPStatus.BAD_REQUEST, 'send {"text": "…", "date": "2023-05-18"}; the date may be left out')
    text, day = told["text"], told.get("date")
    try:
        return text, date.fromisoformat(day) if day is not None else None
    except (TypeError, ValueError) as error:
        raise Refused(HTTPStatus.BAD_REQUEST, "the date has to be written as 2023-05-18") from error


def _problem(status: HTTPStatus, detail: str, wait: int = 0) -> Response:
    headers = {"Cache-Control": "no-store"} | ({"Retry-After": str(wait)} if wait else {})
    told = {"type": "about:blank", "title": status.phrase, "status": int(status), "detail": detail}
    return JSONResponse(told, status, headers, media_type="application/problem+json")
