"""What does a program get that cannot be answered: what is wrong, in one shape for every failure (RFC 9457)?"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from fastapi.exceptions import RequestValidationError
from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from dashboard.api.parts import Shape
from dashboard.routes.entries import NOBODY
from dashboard.routes.trouble import AGAIN
from dashboard.sought import NoChoice
from tracker.publish.feed import tag
from tracker.queries.database import Unavailable
from tracker.queries.filters import UnknownLegislature

KIND = "application/problem+json"
SHOWN = 80
"""Characters of what somebody sent that are said back to them."""
NAMES: Mapping[int, str] = {
    404: "not-found",
    405: "method-not-allowed",
    413: "too-large",
    415: "unsupported-media-type",
    422: "invalid-parameter",
    429: "too-many-requests",
    500: "broken",
    503: "unavailable",
}
"""The kind of failure by its status. More than one may have the status 404: `not-then` is a vote before its time."""


class Fault(Shape):
    """One thing that is wrong with what was asked."""

    where: str
    """`query`, `path` or `body`."""
    name: str
    """The parameter or field."""
    detail: str
    """What is wrong with it."""


class Problem(Shape):
    """What is wrong, for a program and for a person. `type` is the same for the same kind of failure, for ever."""

    type: str
    """A name for the kind of failure that never changes; it is a tag (RFC 4151), not an address to open."""
    title: str
    """The kind of failure, in words."""
    status: int
    """The status of the answer."""
    detail: str
    """What happened this time."""
    errors: list[Fault] = Field(default_factory=list)
    """With a 422: each thing that is wrong."""


class Refused(Exception):
    """What was asked cannot be answered; `name` is the kind of failure, unless the status says it."""

    def __init__(self, status: int, detail: str, name: str | None = None) -> None:
        super().__init__(detail)
        self.status, self.detail, self.name = status, detail, name


def kind(name: str) -> str:
    """Return the type of a problem."""
    return tag(NOBODY, "problem", name)


def problem(
    status: int,
    detail: str,
    *,
    name: str | None = None,
    errors: Iterable[Mapping[str, str]] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return the answer for a failure."""
    told: dict[str, Any] = {
        "type": kind(name or NAMES.get(status, "refused")),
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    if errors := list(errors):
        told["errors"] = errors
    return JSONResponse(told, status, {"Cache-Control": "no-store", **(headers or {})}, media_type=KIND)


def wait(seconds: int) -> dict[str, str]:
    """Return the header that says when to ask again."""
    return {"Retry-After": str(seconds)}


async def refused(_request: Request, error: Exception) -> Response:
    """Answer what our own code refuses."""
    if isinstance(error, NoChoice):
        told = f"{error.value[:SHOWN]!r} cannot be chosen"
        return problem(422, f"{error.key}: {told}", errors=[{"where": "query", "name": error.key, "detail": told}])
    if isinstance(error, Refused):
        return problem(error.status, error.detail, name=error.name)
    return problem(404, str(error)) if isinstance(error, UnknownLegislature) else broken(error)


async def unavailable(_request: Request, error: Exception) -> Response:
    """Answer while the record cannot be read. Why stands in the server's log: it names folders and statements."""
    logging.getLogger(__name__).warning("the record cannot be read: %s", error)
    return problem(503, "the record cannot be read at the moment; nothing is lost, try again", headers=wait(AGAIN))


async def over_http(_request: Request, error: Exception) -> Response:
    """Answer an address that is none, and a method that it does not have."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    headers = error.headers if isinstance(error, HTTPException) else None
    told = {404: "there is nothing at this address", 405: "this address does not have that method"}
    return problem(status, told.get(status, HTTPStatus(status).phrase.lower()), headers=headers)


async def invalid(_request: Request, error: Exception) -> Response:
    """Answer parameters that are none, or not as described."""
    found = error.errors() if isinstance(error, RequestValidationError) else []
    errors = [_fault(one) for one in found]
    return problem(422, "; ".join(f"{one['name']}: {one['detail']}" for one in errors)[:1000], errors=errors)


def broken(error: Exception) -> Response:
    """Answer a fault of ours, without its innards."""
    logging.getLogger(__name__).error("no answer could be made", exc_info=error)
    return problem(500, "a fault of ours; the server's log has it")


def _fault(one: Mapping[str, Any]) -> dict[str, str]:
    where, *names = (str(part) for part in one["loc"])
    names = names or [where]
    told = "there is no such parameter" if one["type"] == "extra_forbidden" else str(one["msg"])
    return {"where": where, "name": ".".join(names)[:SHOWN], "detail": told[:300]}


HANDLERS = {
    Refused: refused,
    NoChoice: refused,
    UnknownLegislature: refused,
    Unavailable: unavailable,
    HTTPException: over_http,
    RequestValidationError: invalid,
}
