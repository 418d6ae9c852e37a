"""Pages run by Streamlit's own test runner on the small database, and servers that answer on loopback."""

from __future__ import annotations

import html
import http.client
import os
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import screens
import seed
import thirty
import uvicorn
from playwright.sync_api import Browser, sync_playwright
from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest

from dashboard import plain
from tracker.settings import settings

ROOT = Path(__file__).parents[2]
APP = ROOT / "dashboard" / "app.py"


class Shown:
    """A page after a run: its HTML, its words, and the widgets on it."""

    def __init__(self, app: AppTest) -> None:
        self.app = app
        assert not app.exception, [error.value for error in app.exception]

    @property
    def html(self) -> str:
        """Everything written as HTML, but for the style sheet."""
        return "\n".join(part.value for part in self.app.get("html") if not part.value.startswith("<style>"))

    @property
    def text(self) -> str:
        """What a reader reads, in order, spaces made single; what can be copied stands at the end."""
        words = html.unescape(re.sub(r"<[^>]+>", " ", self.html))
        return " ".join(" ".join([words, *(code.value for code in self.app.code)]).split())


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The small database in a SQLite file."""
    return seed.seeded(f"sqlite:///{tmp_path_factory.mktemp('db')}/votes.sqlite").url


@pytest.fixture(scope="session")
def year(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The small database and a year of the House made up."""
    filled = seed.seeded(f"sqlite:///{tmp_path_factory.mktemp('year')}/votes.sqlite")
    seed.year(filled.engine)
    return str(filled.url)


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Point the dashboard at a database."""

    def point(url: str) -> None:
        monkeypatch.setenv("ESCRUTINIO_DATABASE_URL", url)
        settings.cache_clear()

    yield point
    settings.cache_clear()


@pytest.fixture
def page(use: Callable[[str], None], database: str) -> Callable[..., Shown]:
    """Open a page: `page("vote", id=…)`; `at` names another database than the small one."""

    def open_page(view: str, *, at: str | None = None, **query: str) -> Shown:
        use(at or database)
        app = AppTest.from_file(str(APP), default_timeout=30)
        for key, value in query.items():
            app.query_params[key] = value
        if view != "overview":
            app.switch_page(f"views/{view}.py")
        return Shown(app.run())

    return open_page


@pytest.fixture
def empty(tmp_path: Path) -> str:
    """A database with tables and nothing in them."""
    url = f"sqlite:///{tmp_path}/empty.sqlite"
    seed.upgrade(seed.open_engine(url))
    return url


@contextmanager
def serving(url: str, folder: Path, app: str = "dashboard.server:app") -> Iterator[str]:
    """Run the dashboard under uvicorn on a free port of this machine, started in another folder than the project's."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "uvicorn", app, "--host", "127.0.0.1", "--port", str(port)]
    environment = {**os.environ, "ESCRUTINIO_DATABASE_URL": url, "PYTHONPATH": str(ROOT)}
    log = (folder / "server.log").open("wb")
    server = subprocess.Popen([*command, "--log-level", "warning"], cwd=folder, env=environment, stdout=log, stderr=log)
    try:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/robots.txt", timeout=5).close()
                break
            except OSError:
                assert server.poll() is None, (folder / "server.log").read_text()
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)
        log.close()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], str]]:
    """Serve the dashboard on a database until the last test of a module has run; give its address."""
    with ExitStack() as running:
        yield lambda url: running.enter_context(serving(url, tmp_path_factory.mktemp("server")))


@pytest.fixture(scope="module")
def server(served: Callable[[str], str], database: str) -> str:
    """The address of the dashboard on the small database."""
    return served(database)


@pytest.fixture(scope="module")
def papers(served: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """A server on votes of several papers: one joined, one known from a transcription alone, one with an unread row."""
    url = f"sqlite:///{tmp_path_factory.mktemp('papers')}/papers.sqlite"
    engine = thirty.joined(url)
    thirty.alone(engine, 1)
    doubts = ("the code could not be read: Member 0", "the totals could not be read")
    unread = thirty.cast("s-3", "?" + "Y" * 27 + "XX", doubts=doubts)
    thirty.store(engine, thirty.SHEETS, thirty.reading("https://thirty.example/3.pdf", unread))
    engine.dispose()
    return served(url)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The Chromium of this machine."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=screens.FLAGS)
        yield opened
        opened.close()


@dataclass(frozen=True)
class Answer:
    """What came back over HTTP."""

    status: int
    headers: dict[str, str]
    raw: bytes

    @property
    def body(self) -> str:
        """The same as text."""
        return self.raw.decode("utf-8", "replace")

    @property
    def text(self) -> str:
        """What a reader of a page reads, in order, spaces made single."""
        shown = self.body.partition("<body")[2]
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", f"<body{shown}")).split())


@contextmanager
def serving_here(app: Starlette) -> Iterator[int]:
    """Serve an application in this process; give the port."""
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="critical"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join(20)


@pytest.fixture
def serve() -> Callable[[Starlette], AbstractContextManager[int]]:
    """Serve another application for as long as a block lasts."""
    return serving_here


@pytest.fixture(scope="session")
def plain_port() -> Iterator[int]:
    """The port of the plain addresses by themselves."""
    with serving_here(plain.app) as port:
        yield port


@pytest.fixture
def ask(use: Callable[[str], None], database: str, plain_port: int) -> Callable[..., Answer]:
    """Ask for a plain address: `ask("/v/…", If_None_Match=…)`; `at` names another database than the small one."""

    def answer(
        path: str, *, at: str | None = None, method: str = "GET", body: bytes | None = None, **headers: str
    ) -> Answer:
        use(at or database)
        connection = http.client.HTTPConnection("127.0.0.1", plain_port, timeout=60)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, named)
        came = connection.getresponse()
        read = came.read()
        connection.close()
        return Answer(came.status, {name.lower(): value for name, value in came.getheaders()}, read)

    return answer
