"""A site on loopback that does what a test tells it, and a clock that only moves when told."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from tracker.archive.politeness import Clock

Answerer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Site  # type: ignore[assignment]

    def do_GET(self) -> None:
        self.answer("GET")

    def do_POST(self) -> None:
        self.answer("POST")

    def answer(self, method: str) -> None:
        sent = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        with self.server.lock:
            self.server.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
            self.server.sent.append((method, self.path, sent))
        answers = self.server.answers.get(self.path, [])
        answer = (answers.pop(0) if len(answers) > 1 else answers[0]) if answers else Site.send(404, b"no such page")
        answer(self)

    def log_message(self, format: str, *args: object) -> None:
        pass


class Site(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        self.answers: dict[str, list[Answerer]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.sent: list[tuple[str, str, bytes]] = []
        """Method, path and body of each request, in the same order."""
        self.lock = threading.Lock()
        self.over = threading.Event()
        """Set when the test is over, so that no answer is kept waiting."""
        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def on(self, path: str, *answers: Answerer) -> None:
        """Answer a path with these in turn, the last one for ever."""
        self.answers[path] = list(answers)

    def paths(self) -> list[str]:
        """The paths asked for, robots.txt left out."""
        return [path for path, _ in self.asked if path != "/robots.txt"]

    @staticmethod
    def send(status: int, body: bytes = b"", **headers: str) -> Answerer:
        """An answer with a length; `Content_Type=` gives the header Content-Type."""

        def answer(handler: Handler) -> None:
            handler.send_response(status)
            for name, value in headers.items():
                handler.send_header(name.replace("_", "-"), value)
            handler.send_header("Content-Length", str(len(body)))
            handler.end_headers()
            handler.wfile.write(body)

        return answer

    @staticmethod
    def packed(body: bytes, **headers: str) -> Answerer:
        return Site.send(200, gzip.compress(body), Content_Encoding="gzip", **headers)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is what many tests are about."""


class StillClock(Clock):
    """Time passes only by sleeping, and what was slept is kept."""

    def __init__(self, stop: threading.Event | None = None) -> None:
        super().__init__(stop)
        self.time = 1000.0
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return self.time

    def now(self) -> datetime:
        return datetime(2023, 5, 19, 5, 10, tzinfo=UTC) + timedelta(seconds=self.time - 1000)

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 6))
        self.time += seconds


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    with Site() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield server
        server.over.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def clock() -> StillClock:
    return StillClock()
