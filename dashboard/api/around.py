"""What holds for every answer to a program: who may read it, by which method, and how often?"""

from __future__ import annotations

from http import HTTPStatus

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.api.problems import broken, problem, wait
from dashboard.routes import limits

SHARED = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, RateLimit, RateLimit-Policy, Retry-After",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
"""Any page of the web may read what is public anyway; nothing here depends on who asks."""
ASKED_FIRST = {"Access-Control-Allow-Headers": "Content-Type, If-None-Match", "Access-Control-Max-Age": "86400"}
CHECKED = "/claims"


class Around:
    """Stands around the interface: the headers above, HEAD and OPTIONS for every address, limits, a last answer."""

    def __init__(self, app: ASGIApp, routes: Starlette) -> None:
        self._app, self._routes = app, routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, if the limits allow."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        method = scope["method"]
        checks = method == "POST" and scope["path"].endswith(CHECKED)
        limit, name = (limits.CHECKS, "checks") if checks else (limits.CALLS, "calls")
        stands = limit.take(limits.address(Request(scope)))
        headers = SHARED | {
            "RateLimit-Policy": f'"{name}";q={limit.size};w=60',
            "RateLimit": f'"{name}";r={stands.left};t={stands.full}',
        }
        started = False

        async def dressed(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                MutableHeaders(scope=message).update(headers)
                if message["status"] == HTTPStatus.METHOD_NOT_ALLOWED:
                    MutableHeaders(scope=message)["Allow"] = self._methods(scope)
            elif method == "HEAD":
                message = {**message, "body": b""}
            await send(message)

        if stands.wait:
            detail = f"too many requests from your address; try again in {stands.wait} seconds"
            await problem(429, detail, headers=wait(stands.wait))(scope, receive, dressed)
        elif method == "OPTIONS" and (allowed := self._methods(scope)):
            told = ASKED_FIRST | {"Allow": allowed, "Access-Control-Allow-Methods": allowed}
            await Response(status_code=204, headers=told)(scope, receive, dressed)
        else:
            try:
                await self._app({**scope, "method": "GET"} if method == "HEAD" else scope, receive, dressed)
            except ClientDisconnect:
                return
            except Exception as error:
                if started:
                    raise
                await broken(error)(scope, receive, dressed)

    def _methods(self, scope: Scope) -> str:
        """Return the methods that an address has, as a header lists them; none: there is nothing there."""
        there = [route for route in self._routes.routes if route.matches(scope)[0] is not Match.NONE]
        found = {method for route in there for method in getattr(route, "methods", None) or ()}
        return ", ".join(sorted(found | ({"HEAD"} if "GET" in found else set()) | {"OPTIONS"})) if found else ""
