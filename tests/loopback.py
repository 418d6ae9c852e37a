"""A site on this machine for the tests: what it answers is each test's own."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple


class Asked(NamedTuple):
    """A request: the path with its query, the headers, the body."""

    path: str
    headers: Message
    body: bytes


class Answered(NamedTuple):
    """What a site says to a request."""

    status: int
    content: bytes = b""
    headers: dict[str, str] = {}  # noqa: RUF012 - read only


class Loopback(ABC):
    """A site; those made of it say what they answer. `/robots.txt` is not there."""

    def __init__(self) -> None:
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                asked = Asked(self.path, self.headers, body)
                said = Answered(404) if self.path == "/robots.txt" else site.answer(asked)
                self.send_response(said.status)
                for name, value in said.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(said.content)))
                self.end_headers()
                self.wfile.write(said.content)

            def do_POST(self) -> None:
                self.do_GET()

            def log_message(self, *words: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @abstractmethod
    def answer(self, asked: Asked) -> Answered:
        """Say what the site says to a request."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
