"""What does a page say before its script has run: its name, its language and its fonts? And is there such a page?

Streamlit serves every page the same first lines, in English and under its own name; link previews, screen readers and
people without scripts see only those. It serves them, and then nothing, under any address below that of a page, too.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard import links, sought, words
from dashboard.components import escape
from dashboard.routes import trouble
from dashboard.routes.fonts import AHEAD
from dashboard.words import Words
from tracker.settings import settings

MOST = 100_000
"""Bytes of a page's first lines; anything longer is none and passes as it is."""

_THEIR_FONT = re.compile(r'<link\s+rel="preload"\s[^>]*\bSourceSans[^>]*>')
"""What asks for Streamlit's own font ahead of everything else: 170 kB that no page of ours is set in."""


class Shell:
    """Puts our name and the reader's language into the first lines of a page; where there can be none it says so.

    `prefix` is what all addresses begin with.
    """

    def __init__(self, app: ASGIApp, prefix: str = "") -> None:
        self._app, self._prefix = app, prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; hold back the start of a page until its lines are there to be put right."""
        if scope["type"] != "http" or scope["method"] != "GET" or not _for_a_page(scope):
            await self._app(scope, receive, send)
            return
        if "/" in scope["path"].removeprefix(self._prefix).strip("/"):
            answer = await run_in_threadpool(trouble.no_page, Request({**scope, "root_path": self._prefix}))
            await answer(scope, receive, send)
            return
        plain = [pair for pair in scope["headers"] if pair[0] not in (b"accept-encoding", b"if-none-match")]
        say = words.of(words.asked(_query(scope), settings().language))
        held: list[Message] = []

        async def put_right(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_page(message):
                held.append(message)
                return
            if not held:
                await send(message)
                return
            held.append(message)
            if message.get("more_body"):
                return
            body = b"".join(part.get("body", b"") for part in held[1:])
            body = _put_right(body, say, scope) if len(body) < MOST else body
            MutableHeaders(scope=held[0])["content-length"] = str(len(body))
            await send(held[0])
            await send({"type": "http.response.body", "body": body})

        await self._app({**scope, "headers": plain}, receive, put_right)


def _put_right(body: bytes, say: Words, scope: Scope) -> bytes:
    """Return the first lines put right; those of the page that checks claims lead to the form without scripts."""
    text = body.decode("utf-8")
    description = f'<meta name="description" content="{escape.text(say("overview.lead"))}">{AHEAD}{_feed(say, scope)}'
    text = _THEIR_FONT.sub("", text)
    if scope["path"].endswith("/check"):
        way = escape.el("a", say("claims.plain"), href=links.to("plain/check", say.language))
        text = text.replace("<noscript>", f"<noscript><p>{way}</p>", 1)
    text = text.replace('<html lang="en">', f'<html lang="{say.language}">', 1)
    return text.replace("<title>Streamlit</title>", f"<title>Escrutinio</title>{description}", 1).encode("utf-8")


def _feed(say: Words, scope: Scope) -> escape.Html:
    """Return where readers of feeds find this page's: that of the search on the list of votes, elsewhere of all."""
    asked = _query(scope) if scope["path"].endswith("/votes") else {}
    query = {key: asked[key][: sought.LONGEST] for key in sought.KEYS if asked.get(key)}
    lang = None if say.language == settings().language else say.language
    title = f"Escrutinio · {say('feed.of_list' if query else 'feed.votes')}"
    return escape.el(
        "link", rel="alternate", type="application/atom+xml", title=title, href=links.to("feed.atom", lang, **query)
    )


def _header(scope: Scope, name: bytes) -> bytes:
    return next((value for key, value in scope["headers"] if key == name), b"")


def _for_a_page(scope: Scope) -> bool:
    """Whether a browser asks for one of Streamlit's pages; the plain ones and files say themselves what they are."""
    path: str = scope["path"]
    ours = any(part in path for part in ("/v/", "/plain/", "/embed/", "/api/")) or "." in path.rpartition("/")[2]
    return b"text/html" in _header(scope, b"accept") and not ours


def _query(scope: Scope) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(scope["query_string"].decode("latin-1")).items()}


def _is_page(start: Message) -> bool:
    headers = MutableHeaders(scope=start)
    return start["status"] == 200 and headers.get("content-type", "").startswith("text/html")
