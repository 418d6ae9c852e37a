"""Does the dashboard hold when a newsroom reads at once? Run: python tests/benchmarks/readers.py --help

`walk`: many readers with real WebSocket sessions on one server, each walking as a reader does (overview, votes with a
search, a vote, a member, groups, a vote again), with a pause before each click; two waves of them, to see whether the
second needs more memory than the first. `scripts`: what one run of each page takes of the server's processor, the first
time and again, beside a yardstick of the same run. `plain`: the plain page of a vote, and what it asks of the database.
`matrix`: who votes with whom, 130 members over 1,000 votes.
The database is filled by the product's own import from the facts of the corpus; without the corpus, from votes that
never were. Name a folder with --home to keep it for the next time.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import real_record
from sqlalchemy import event
from starlette.requests import Request
from tab import Page, Tab, Trouble
from websockets.exceptions import WebSocketException

from tracker.analysis import matrix as analysis
from tracker.cli.board import environment
from tracker.queries import votes
from tracker.queries.database import connect, data_version
from tracker.queries.filters import VoteFilter
from tracker.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
TICKS = os.sysconf("SC_CLK_TCK")
KEPT = 130
"""Seconds after which Streamlit has forgotten a session that nobody came back to."""
FAILURES = (Trouble, TimeoutError, OSError, WebSocketException, httpx.HTTPError)


class Server:
    """The dashboard, in a process of its own."""

    def __init__(self, process: subprocess.Popen[bytes], address: str) -> None:
        self.process, self.address = process, address

    def cpu(self) -> float:
        """Return the seconds it has taken of the processor, in its own name and the system's."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def memory(self) -> float:
        """Return the megabytes it holds."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * resource.getpagesize() / 1e6


@contextmanager
def serving(home: Path, port: int) -> Iterator[Server]:
    """Start the dashboard as `tracker up` does, and end it afterwards."""
    words = [sys.executable, "-m", "uvicorn", "dashboard.server:app", "--port", str(port), "--no-access-log"]
    with (home / "server.log").open("wb") as log:
        surroundings = os.environ | environment(Settings(home=home), port)
        process = subprocess.Popen(words, env=surroundings, cwd=ROOT, stdout=log, stderr=log)
        server = Server(process, f"http://127.0.0.1:{port}")
        try:
            while not _answers(server.address):
                if process.poll() is not None:
                    raise SystemExit(f"the dashboard did not start: see {home / 'server.log'}")
                time.sleep(0.2)
            yield server
        finally:
            process.terminate()
            process.wait()


def _answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/_stcore/health").status_code == 200
    except httpx.HTTPError:
        return False


class Walk:
    """What readers met: how long each click took by page, and what went wrong."""

    def __init__(self) -> None:
        self.took: dict[str, list[float]] = defaultdict(list)
        self.troubles: Counter[str] = Counter()

    @property
    def clicks(self) -> int:
        """How many pages came."""
        return sum(map(len, self.took.values()))

    async def reader(self, server: Server, words: Sequence[str], think: float, chance: random.Random) -> None:
        """Walk as a reader does; stop at the first page that does not come."""
        async with Tab(server.address) as tab:
            try:
                await self._walk(tab, words, think, chance)
            except FAILURES as error:
                self.troubles[f"{type(error).__name__}: {str(error)[:200]}"] += 1

    async def _walk(self, tab: Tab, words: Sequence[str], think: float, chance: random.Random) -> None:
        async def click(name: str, ask: Callable[[], Any]) -> Page:
            await asyncio.sleep(chance.uniform(0.5, 1.5) * think)
            page: Page = await ask()
            self.took[name].append(page.took)
            return page

        front = await click("overview", lambda: tab.open(""))
        listed = await click("votes", lambda: tab.follow(front, "votes"))
        found = await click("search", lambda: tab.type(listed, "votes", "q", chance.choice(words)))
        one = await click("vote", lambda: tab.open(chance.choice(found.to("vote"))))
        who = await click("member", lambda: tab.open(chance.choice(one.to("member"))))
        await click("groups", lambda: tab.follow(who, "groups"))
        await click("vote", lambda: tab.open(chance.choice(found.to("vote"))))
        await asyncio.sleep(think)

    def told(self) -> Iterator[str]:
        """Say how long the clicks took."""
        every = [took for some in self.took.values() for took in some]
        for name, took in {**self.took, "all": every}.items():
            cut = statistics.quantiles(took, n=20) if len(took) > 1 else took * 20
            print(f"  {name:9} {len(took):5} clicks  p50 {statistics.median(took):6.2f} s  p95 {cut[-1]:6.2f} s")
        yield from (f"{n} times {trouble}" for trouble, n in self.troubles.items())


async def walk(server: Server, words: Sequence[str], readers: int, think: float, waves: int) -> None:
    """Print what a crowd meets, and what it leaves behind."""
    chance = random.Random(1)
    await Walk().reader(server, words, 0, chance)
    before = server.memory()
    print(f"memory after one reader: {before:.0f} MB")
    for wave in range(waves):
        met, cpu, begun = Walk(), server.cpu(), time.perf_counter()
        crowd = asyncio.gather(*(met.reader(server, words, think, chance) for _ in range(readers)))
        most = before
        while not crowd.done():
            most = max(most, server.memory())
            await asyncio.sleep(0.2)
        lasted, spent = time.perf_counter() - begun, server.cpu() - cpu
        print(f"wave {wave + 1}: {readers} readers, {think} s before a click; others keep the machine at {_load()}")
        troubles = list(met.told())
        print(f"  {met.clicks} clicks, {sum(met.troubles.values())} errors", *troubles, sep="\n    ")
        print(f"  {spent / met.clicks * 1000:.0f} ms of the processor a click; {spent / lasted * 100:.0f}% of one core")
        print(f"  memory at most {most:.0f} MB: {(most - before) / readers:.2f} MB a session more than with one reader")
        await asyncio.sleep(KEPT)
        print(f"  memory {KEPT} s after all left: {server.memory():.0f} MB")


def _load() -> str:
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"


def yardstick() -> float:
    """Return the milliseconds a million squares take to be added up."""
    begun = time.process_time()
    sum(n * n for n in range(1_000_000))
    return (time.process_time() - begun) * 1000


async def scripts(server: Server, url: str, rounds: int) -> None:
    """Print what one run of each page takes of the server's processor: of things nobody has asked for, and again."""
    words = words_of(url)
    async with Tab(server.address) as tab:
        engine = connect(url)
        slugs = [row.id for row in votes.listing(engine, VoteFilter(limit=40 * rounds)).rows][::40]
        engine.dispose()
        page = await tab.open(f"vote?id={slugs[0]}")
        members = list(dict.fromkeys(page.to("member")))[:rounds]
        kinds = {
            "overview": [""],
            "votes": ["votes"],
            "search": [f"votes?q={word}" for word in words[:: max(1, len(words) // 5)]],
            "vote": [f"vote?id={slug}" for slug in slugs],
            "members": ["members"],
            "member": members,
            "groups": ["groups"],
            "group": [next(link for link in page.links if link.startswith("group?"))],
            "changes": ["changes"],
            "coverage": ["coverage"],
            "method": ["method"],
        }
        print(f"yardstick: a million squares, {min(yardstick() for _ in range(5)):.0f} ms; {_load()}")
        for name, addresses in kinds.items():
            first = [await _cost(server, tab, [address]) for address in addresses]
            again = [await _cost(server, tab, addresses * (rounds // len(addresses) + 1)) for _ in range(3)]
            print(f"  {name:9} first {statistics.median(first):5.0f} ms   again {min(again):5.0f} ms")


async def _cost(server: Server, tab: Tab, addresses: Sequence[str]) -> float:
    begun = server.cpu()
    for address in addresses:
        await tab.run(address)
    return (server.cpu() - begun) / len(addresses) * 1000


def plain(url: str, home: Path, rounds: int) -> None:
    """Print what the plain page of a vote takes that nobody has asked for yet, and what it asks of the database."""
    os.environ |= {"ESCRUTINIO_HOME": str(home), "ESCRUTINIO_DATABASE_URL": url}
    from dashboard.routes import record, vote

    engine = record.engine()
    slugs = [row.id for row in votes.listing(engine, VoteFilter(limit=40 * rounds)).rows][::40]
    asked: list[float] = []
    opened: list[object] = []
    event.listen(engine, "checkout", lambda *_: opened.append(1))
    event.listen(engine, "before_cursor_execute", lambda *_: asked.append(-time.perf_counter()))
    event.listen(engine, "after_cursor_execute", lambda *_: asked.append(time.perf_counter()))
    read, made, sql = [], [], []
    for slug in slugs:
        begun = time.process_time()
        data_version(engine)
        votes.one(engine, slug)
        read.append((time.process_time() - begun) * 1000)
        asked.clear(), opened.clear()
        begun = time.process_time()
        answer = vote.html(_request(slug))
        made.append((time.process_time() - begun) * 1000)
        sql.append(sum(asked) * 1000)
        assert answer.status_code == 200
    print(f"plain page, {len(made)} votes: {len(asked) // 2} statements on {len(opened)} connections")
    for name, took in (("SQLite alone", sql), ("answers whole", read), ("the page", made)):
        print(f"  {name:14} {statistics.median(took):5.1f} ms (least {min(took):.1f})")


def _request(slug: str) -> Request:
    return Request({
        "type": "http", "method": "GET", "scheme": "http", "server": ("127.0.0.1", 80), "path": f"/v/{slug}",
        "query_string": b"", "headers": [], "path_params": {"id": slug}, "root_path": "",
    })  # fmt: skip


def matrix(rounds: int) -> None:
    """Print what it takes to compare every two of 130 members over 1,000 votes."""
    codes = np.random.default_rng(1).integers(-1, 3, (1000, 130)).astype(np.int16)
    took = []
    for _ in range(rounds):
        begun = time.process_time()
        analysis.compare(codes)
        took.append((time.process_time() - begun) * 1000)
    print(f"matrix, 130 members over 1,000 votes: {statistics.median(took):.0f} ms")


def words_of(url: str) -> list[str]:
    """Return words that votes can be found by."""
    engine = connect(url)
    rows = votes.listing(engine, VoteFilter(limit=300)).rows
    engine.dispose()
    return sorted({word for row in rows for word in re.findall(r"[^\W\d_]{6,}", row.subject)})


def main() -> None:
    """Print what is asked for."""
    parser = argparse.ArgumentParser(
        description=(__doc__ or "").partition("\n\n")[2], formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=["walk", "scripts", "plain", "matrix", "all"], nargs="?", default="all")
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--think", type=float, default=5.0, help="seconds before a click, more or less")
    parser.add_argument("--waves", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--home", type=Path, help="where the database is kept")
    parser.add_argument("--port", type=int, default=8598)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        home = options.home or Path(name)
        home.mkdir(parents=True, exist_ok=True)
        url = real_record.fill(home)
        if options.what in ("walk", "all"):
            with serving(home, options.port) as server:
                asyncio.run(walk(server, words_of(url), options.readers, options.think, options.waves))
        if options.what in ("scripts", "all"):
            with serving(home, options.port) as server:
                asyncio.run(scripts(server, url, options.rounds))
        if options.what in ("plain", "all"):
            plain(url, home, options.rounds)
        if options.what in ("matrix", "all"):
            matrix(options.rounds)


if __name__ == "__main__":
    main()
