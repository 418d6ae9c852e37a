"""How are the recorded official sites served on this machine alone, one wave of documents after the other?"""

from __future__ import annotations

import hashlib
import re
import sys
import threading
from collections import deque
from dataclasses import dataclass
from datetime import UTC, date
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from tracker.demo import draw_house, recorded
from tracker.demo.recorded import Page

_ROLL_CALL = re.compile(r"/evs/\d{4}/(roll\d+\.xml)")
_SENATE_VOTE = re.compile(r"/legislative/LIS/roll_call_votes/.*\.xml")
_SENATE_MENU = re.compile(r"/legislative/LIS/roll_call_lists/.*\.xml")
_NO_VOTE = "/legislative/LIS/roll_call_lists/roll-call-vote-not-available.htm"
_NO_SESSION = "/general/file_not_found.htm"
_NOTHING = b"<html><head><title>Not available</title></head><body><p>This page is not available.</p></body></html>"


@dataclass(frozen=True, slots=True)
class Hit:
    """One request the site answered."""

    path: str
    status: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back over the wire."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


@dataclass(frozen=True, slots=True)
class Amendment:
    """What `Site.amend` replaced: the source, the official path, and in words what the visitor will see move."""

    source: str
    path: str
    what: str


class Site:
    """The Clerk's, the Senate's and the Congress of Peru's sites in one, on a free port of 127.0.0.1.

    Their paths do not collide, so one server stands in for all three (`at`). Nothing changes by itself: `advance` lets
    the next wave arrive, `amend` replaces one document; both may be called from any thread while it serves.

    >>> with Site() as site:
    ...     site.advance()
    2
    """

    def __init__(self, *, port: int = 0, wave: int = 1) -> None:
        self._lock = threading.Lock()
        self._wave = wave
        self._amended = False
        self._pages = recorded.pages(wave)
        self._hits: deque[Hit] = deque(maxlen=10_000)
        self._server = _Server(("127.0.0.1", port), self)
        self._thread = threading.Thread(target=self._server.serve_forever, name="recorded-site", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        """Scheme, host and port of the site."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def at(self) -> dict[str, str]:
        """The setting `at`: every source is sent here instead of to its official site."""
        return dict.fromkeys(recorded.WINDOWS, self.url)

    @property
    def windows(self) -> dict[str, tuple[date, date]]:
        """Source → first and last sitting day that cover its documents, whatever has arrived."""
        return dict(recorded.WINDOWS)

    @property
    def waves(self) -> int:
        """How many waves there are; the site begins with the first."""
        return recorded.WAVES

    @property
    def wave(self) -> int:
        """How many waves have arrived."""
        return self._wave

    @property
    def amended(self) -> bool:
        """Whether the one document has been replaced."""
        return self._amended

    @property
    def hits(self) -> tuple[Hit, ...]:
        """The requests answered so far, the last ten thousand of them."""
        return tuple(self._hits)

    def advance(self) -> int:
        """Let the next wave of documents arrive, and say how many have; after the last it changes nothing."""
        with self._lock:
            self._wave = min(self._wave + 1, recorded.WAVES)
            self._pages = recorded.pages(self._wave, amended=self._amended)
            return self._wave

    def amend(self) -> Amendment:
        """Replace the minutes of 23 March 2023 under the same address: the real version for the staged first one.

        Everything else stays as it is. If the minutes have not arrived yet, they will come in the real version.
        """
        with self._lock:
            self._amended = True
            self._pages = recorded.pages(self._wave, amended=True)
        return Amendment(
            "pe_minutes",
            recorded.amended_path(),
            "The minutes now carry the votes put on record aloud on motion 5767: 47–49–2 becomes 51–49–2.",
        )

    def answer(self, target: str, known_tag: str, known_since: str) -> Answer:
        """Answer a request for a path, given what the asker says it holds."""
        path = urlsplit(target).path
        page = self._pages.get(path)
        if page is not None:
            reply = _unchanged(page) if _holds(page, known_tag, known_since) else _whole(page)
        else:
            reply = _absent(path)
        self._hits.append(Hit(target, reply.status))
        return reply


def _whole(page: Page) -> Answer:
    return Answer(200, (("Content-Type", page.media_type), *_marks(page)), page.content)


def _unchanged(page: Page) -> Answer:
    return Answer(304, _marks(page), b"")


def _marks(page: Page) -> tuple[tuple[str, str], ...]:
    modified = ("Last-Modified", format_datetime(page.modified, usegmt=True))
    return (("ETag", _tag(page)), modified) if page.etag else (modified,)


def _tag(page: Page) -> str:
    return f'"{hashlib.sha256(page.content).hexdigest()[:20]}"'


def _holds(page: Page, known_tag: str, known_since: str) -> bool:
    if page.etag and known_tag:
        return known_tag == _tag(page)
    if not known_since:
        return False
    try:
        since = parsedate_to_datetime(known_since)
    except ValueError:
        return False
    return page.modified.replace(microsecond=0) <= since.astimezone(UTC)


def _absent(path: str) -> Answer:
    """Answer as each official site does for what it does not have: both United States chambers end in status 200."""
    if match := _ROLL_CALL.fullmatch(path):
        return Answer(200, (("Content-Type", "text/xml"),), draw_house.error_body(match[1]))
    if _SENATE_VOTE.fullmatch(path):
        return Answer(301, (("Location", _NO_VOTE),), b"")
    if _SENATE_MENU.fullmatch(path):
        return Answer(302, (("Location", _NO_SESSION),), b"")
    status = 200 if path in (_NO_VOTE, _NO_SESSION) else 404
    return Answer(status, (("Content-Type", "text/html; charset=utf-8"),), _NOTHING)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, address: tuple[str, int], site: Site) -> None:
        self.site = site
        super().__init__(address, _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Let a visitor who hung up go without a word; anything else is told as usual."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "EscrutinioRecordedSite"
    sys_version = ""
    server: _Server

    def do_GET(self) -> None:
        self._reply(body=True)

    def do_HEAD(self) -> None:
        self._reply(body=False)

    def do_POST(self) -> None:
        """Take what is sent, and say that there is no such page: no answer to a question is recorded here."""
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self._reply(body=True)

    def _reply(self, *, body: bool) -> None:
        answer = self.server.site.answer(
            self.path, self.headers.get("If-None-Match", ""), self.headers.get("If-Modified-Since", "")
        )
        self.send_response(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if body:
            self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet: `Site.hits` holds what was asked."""
