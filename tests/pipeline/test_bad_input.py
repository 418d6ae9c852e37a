"""Broken documents at official addresses: each a named finding, archived; every other vote of the run is stored."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tracker.archive.store import Store
from tracker.pipeline.asking import Again
from tracker.pipeline.collect import Ending
from tracker.pipeline.run import run
from tracker.settings import Settings
from tracker.sources.catalogue import source
from tracker.sources.contract import Window
from tracker.storage.engine import open_engine, upgrade
from tracker.storage.tables import metadata

EXAMPLE = Path(__file__).parents[1] / "sources/examples/us_house/two-thirds-needed-and-missed"
HUGE = 200_000_000


def good(number: int) -> bytes:
    content = (EXAMPLE / "document.xml").read_bytes()
    return re.sub(rb"(<rollcall-num>)\d+", rb"\g<1>%d" % number, content)


YEAR = int(re.search(rb"<action-date>\d+-\w+-(\d{4})", good(1))[1])  # type: ignore[index]
DAY = re.search(rb"<action-date>(\d+-\w+)-", good(1))[1].decode()  # type: ignore[index]

BOMB = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><rollcall-vote>&c;</rollcall-vote>"""

BROKEN: dict[str, Callable[[int], bytes]] = {
    "broken_xml": lambda n: good(n)[: len(good(n)) // 2],
    "empty": lambda n: b"",
    "html_instead_of_xml": lambda n: b"<!DOCTYPE html><html><body>Scheduled maintenance</body></html>",
    "entities": lambda n: BOMB,
    "wrong_encoding": lambda n: good(n).replace(b"</vote-question>", b"\xe9</vote-question>"),
    "unknown_code": lambda n: re.sub(rb"<vote>[^<]+</vote>", b"<vote>Perhaps</vote>", good(n), count=1),
    "other_vote": lambda n: good(n + 50),
    "second_element": lambda n: good(n).replace(b"</vote-question>", b"</vote-question><vote-question/>"),
}


@pytest.fixture
def site() -> Iterator[str]:
    """The Clerk's site: a good roll call, then one of each kind of broken ones, then a good one, and an endless one."""
    pages = {1: good(1)}
    for number, make in enumerate(BROKEN.values(), 2):
        pages[number] = make(number)
    last = len(pages) + 1
    pages[last + 1] = good(last + 1)
    rows = "".join(
        f'<tr><td><a href="http://clerk.house.gov/cgi-bin/vote.asp?year={YEAR}&rollnumber={n}">{n}</a></td>'
        f"<td>{DAY}</td><td></td><td>Q</td><td>P</td><td></td></tr>"
        for n in range(last + 1, 0, -1)
    )
    index = f"<html><body><h2>110th Congress - 1st Session ({YEAR})</h2><table>{rows}</table></body></html>".encode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            roll = re.fullmatch(rf"/evs/{YEAR}/roll(\d+)\.xml", self.path)
            number = int(roll[1]) if roll else 0
            if number == last:
                self.send_response(200)
                self.send_header("Content-Length", str(HUGE))
                self.end_headers()
                self.pour(b"<rollcall-vote>" + b" " * 1_000_000)
                return
            body = index if self.path == f"/evs/{YEAR}/index.asp" else pages.get(number)
            self.send_response(200 if body is not None else 404)
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def pour(self, piece: bytes) -> None:
            try:
                for _ in range(HUGE // len(piece)):
                    self.wfile.write(piece)
            except OSError:
                return

        def log_message(self, *words: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_each_broken_document_is_named_and_costs_only_itself(site: str, tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, at={"us_house": site})
    engine = open_engine(settings.database)
    upgrade(engine)
    store = Store(settings.archive)
    window = Window(date(YEAR, 1, 1), date(YEAR, 12, 31))
    report = run(
        source("us_house"), window, engine=engine, store=store, settings=settings, again=Again.ALL
    )  # fmt: skip
    assert report.ending is Ending.DONE
    v, f, d = (metadata.tables[name] for name in ("vote", "finding", "document"))
    with engine.connect() as connection:
        assert [slug for (slug,) in connection.execute(select(v.c.slug).order_by(v.c.id))] == [
            f"us-house-{YEAR}-1",
            f"us-house-{YEAR}-{len(BROKEN) + 3}",
        ]
        named = connection.execute(
            select(f.c.code, d.c.sha256, f.c.place)
            .join(d, d.c.id == f.c.document_id)
            .where(f.c.severity == "unreadable")
        ).all()
    assert {code for code, _, _ in named} == set(BROKEN) | {"too_large"}
    for _, sha256, place in named:
        assert store.has(sha256), "every document is archived"
        assert place.startswith(f"https://clerk.house.gov/evs/{YEAR}/"), "under its official address"
    engine.dispose()
