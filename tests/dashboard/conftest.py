"""Pages run by Streamlit's own test runner on the small database, and servers that answer on loopback."""

from __future__ import annotations

import html
import http.client
import importlib.util
import os
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest
import uvicorn
from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest

from dashboard import plain
from tracker.settings import settings

ROOT = Path(__file__).parents[2]
APP = ROOT / "dashboard" / "app.py"


def load_seed() -> ModuleType:
    """Import the builder of the small database; test folders are no packages."""
    if "escrutinio_seed" not in sys.modules:
        path = ROOT / "tests" / "queries" / "seed.py"
        spec = importlib.util.spec_from_file_location("escrutinio_seed", path)
        assert spec is not None
        assert spec.loader is not None
        sys.modules["escrutinio_seed"] = module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return sys.modules["escrutinio_seed"]


seed = load_seed()


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


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database whose newest vote, failures and troubles are named to break a page."""
    filled = seed.seeded(f"sqlite:///{tmp_path_factory.mktemp('hostile')}/votes.sqlite")
    seed.waiting(filled.engine, said=seed.NASTY)
    return str(filled.url)


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


@dataclass(frozen=True)
class Answer:
    """What came back over HTTP."""

    status: int
    headers: dict[str, str]
    body: str

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

    def answer(path: str, *, at: str | None = None, method: str = "GET", **headers: str) -> Answer:
        use(at or database)
        connection = http.client.HTTPConnection("127.0.0.1", plain_port, timeout=60)
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        came = connection.getresponse()
        body = came.read().decode("utf-8", "replace")
        connection.close()
        return Answer(came.status, {name.lower(): value for name, value in came.getheaders()}, body)

    return answer
