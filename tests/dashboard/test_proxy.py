"""Does nginx, as the documentation sets it, keep a reader with one process and carry a vote that all look at?"""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import seed
from playwright.sync_api import Browser, expect

ROOT = Path(__file__).parents[2]
HOST = "votes.example.org"
PAGE = f"/v/{seed.FOUNDING}"
APPS = ("server", "server", "plain")
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
pytestmark = pytest.mark.nginx


class Proxied:
    """Two processes of pages and one of plain answers behind nginx, as `docs/nginx.conf` has it but for the ports."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder, self.environment = folder, {**os.environ, "ESCRUTINIO_DATABASE_URL": url, "PYTHONPATH": str(ROOT)}
        taken = [socket.socket() for _ in range(4)]
        for one in taken:
            one.bind(("127.0.0.1", 0))
        self.port, *self.ports = (one.getsockname()[1] for one in taken)
        for one in taken:
            one.close()
        self.running = {port: self.start(port, app) for port, app in zip(self.ports, APPS, strict=True)}
        for port in self.ports:
            self._wait(port)
        self.nginx = subprocess.Popen(["nginx", "-p", folder, "-c", self._configuration(), "-g", "daemon off;"])
        self._wait(self.port)

    def start(self, port: int, app: str) -> subprocess.Popen[bytes]:
        """Start a process; its log of requests is a file named by its port."""
        command = [sys.executable, "-m", "uvicorn", f"dashboard.{app}:app", "--port", str(port), "--no-use-colors"]
        with (self.folder / f"{port}.log").open("wb") as log:
            return subprocess.Popen(command, cwd=self.folder, env=self.environment, stdout=log, stderr=log)

    def _configuration(self) -> Path:
        text = (ROOT / "docs" / "nginx.conf").read_text("utf-8")
        user = "user root; " if os.geteuid() == 0 else ""  # else its own processes may not enter the tests' folder
        changes = {
            "127.0.0.1:80;": f"127.0.0.1:{self.port};",
            "127.0.0.1:80 ": f"127.0.0.1:{self.port} ",
            "127.0.0.1:8501": f"127.0.0.1:{self.ports[0]}",
            "127.0.0.1:8503": f"127.0.0.1:{self.ports[1]}",
            "127.0.0.1:8502": f"127.0.0.1:{self.ports[2]}",
            f"server_name {HOST};": f"server_name {HOST} 127.0.0.1;",
            "/var/cache/nginx/": f"{self.folder}/",
            "/var/log/nginx/": f"{self.folder}/",
            "events {": f"{user}pid {self.folder}/pid; error_log {self.folder}/error.log; events {{",
            "types { }": "types { } " + " ".join(f"{name}_temp_path {self.folder}/{name};" for name in TEMPORARY),
        }  # fmt: skip
        for was, now in changes.items():
            assert was in text
            text = text.replace(was, now)
        path = self.folder / "nginx.conf"
        path.write_text(text, "utf-8")
        return path

    def _wait(self, port: int) -> None:
        deadline = time.monotonic() + 60
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=5).close()
            except OSError:
                assert time.monotonic() < deadline
                time.sleep(0.05)
            else:
                return

    def ask(self, path: str, host: str = HOST, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Ask nginx; give status, headers and body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(
                "GET", path, headers={"Host": host, **{k.replace("_", "-"): v for k, v in headers.items()}}
            )
            came = connection.getresponse()
            return came.status, {name.lower(): value for name, value in came.getheaders()}, came.read()
        finally:
            connection.close()

    def asked(self, port: int, what: str) -> list[str]:
        """Return the requests that a process has answered, of those with some words in them."""
        return [line for line in (self.folder / f"{port}.log").read_text().splitlines() if what in line]

    def close(self) -> None:
        """Stop all that was started."""
        for one in (self.nginx, *self.running.values()):
            one.terminate()
        for one in (self.nginx, *self.running.values()):
            one.wait(20)


@pytest.fixture(scope="module")
def proxied(tmp_path_factory: pytest.TempPathFactory, database: str) -> Iterator[Proxied]:
    """The whole of it, for the tests of this module."""
    folder = tmp_path_factory.mktemp("nginx")
    started = Proxied(folder, database)
    yield started
    started.close()


def test_a_vote_that_all_look_at_is_asked_for_once(proxied: Proxied) -> None:
    ways = [f"{PAGE}?fbclid={n}" for n in range(20)] + [f"{PAGE}?utm_source=x&n={n}" for n in range(20)]
    with ThreadPoolExecutor(20) as crowd:
        came = list(crowd.map(proxied.ask, ways))
    plain = proxied.ports[2]
    assert {status for status, _, _ in came} == {200}
    assert len({body for _, _, body in came}) == 1
    assert len(proxied.asked(plain, f"GET {PAGE}")) == 1, "forty at once, each with an address of its own"
    assert b"fbclid" not in came[0][2]
    assert all("set-cookie" not in headers and headers["vary"] == "Accept-Encoding" for _, headers, _ in came)
    _, headers, packed = proxied.ask(PAGE, Accept_Encoding="gzip, br")
    assert (headers["x-cache"], headers["content-encoding"]) == ("HIT", "gzip")
    assert len(packed) < len(came[0][2]) / 2
    assert len(proxied.asked(plain, f"GET {PAGE}")) == 1, "packed or not"
    status, _, body = proxied.ask(PAGE, If_None_Match=headers["etag"])
    assert (status, body) == (304, b"")
    assert proxied.ask(f"{PAGE}?lang=en")[1]["x-cache"] == "MISS", "another language is another page"


def test_what_is_no_answer_is_not_kept_and_what_is_asked_is_handed_on(proxied: Proxied) -> None:
    for path, status in ((f"{PAGE}?version=99", 404), (f"{PAGE}?as_of=never", 400), ("/v/none", 404)):
        for _ in range(2):
            came, headers, _ = proxied.ask(path)
            assert (came, headers["x-cache"] in {"MISS", "BYPASS"}) == (status, True)
    for n in (0, 1):
        assert proxied.ask(f"/v/{seed.CORRECTED}?as_of=2023-12-0{n + 1}")[1]["x-cache"] == "BYPASS"
    first = proxied.ask(f"/v/{seed.CORRECTED}?version=1")
    assert first[2] != proxied.ask(f"/v/{seed.CORRECTED}")[2]
    assert proxied.ask(f"/v/{seed.CORRECTED}?version=1")[1]["x-cache"] == "HIT"
    assert proxied.ask(f"/v/{seed.CORRECTED}.csv?table=changes")[2] != proxied.ask(f"/v/{seed.CORRECTED}.csv")[2]
    assert json.loads(proxied.ask(f"{PAGE}.json")[2])["id"] == seed.FOUNDING
    assert proxied.ask("/v/x%0d%0aX-Cache:%20HIT")[0] == 404, "a line's end in an address gets nowhere"
    with pytest.raises(http.client.RemoteDisconnected):
        proxied.ask(PAGE, host="evil.example")


@pytest.mark.browser
def test_a_reader_stays_with_a_process_and_gets_the_other_when_it_dies(proxied: Proxied, browser: Browser) -> None:
    context = browser.new_context()
    tab = context.new_page()
    address = f"http://127.0.0.1:{proxied.port}/vote?id={seed.FOUNDING}&lang=en"
    heading = tab.get_by_role("heading", name="Proyecto de resolución legislativa 4766").first

    def talked() -> set[str]:
        """The processes that have answered for the pages, but for those that were found dead."""
        log = (proxied.folder / "access.log").read_text()
        return {one.rpartition(", ")[2] for one in re.findall(r'to=([^"]+) "GET /(?:vote|_stcore/)', log)}

    for _ in range(3):
        tab.goto(address)
        expect(heading).to_be_visible(timeout=30_000)
    (one,) = talked()
    (cookie,) = (cookie for cookie in context.cookies() if cookie["name"] == "desk")
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["expires"]) == (True, "Lax", -1)
    port = int(one.rpartition(":")[2])
    proxied.running[port].send_signal(signal.SIGKILL)
    proxied.running[port].wait(20)
    tab.reload()
    expect(heading).to_be_visible(timeout=30_000)
    assert len(talked()) == 2, "the other one answers now"
    context.close()
