"""Does everything come in once, and do readers get their pages, while processes are killed at random?

    .venv/bin/python tests/benchmarks/killing.py postgresql+psycopg://user@host [--minutes 10]

Two schedulers, three workers, and two dashboards and a process of plain answers behind nginx (as `docs/nginx.conf` has
it), against one PostgreSQL; recorded sites of four sources, which answer slowly; a process dies by `kill -9` every few
seconds and is started again after a while. The server must let databases be made: rounds, each with an empty one and an
empty archive, go on until the time is up. A round ends when all has come in; then its record is held against that of a
calm run on SQLite. Prints what was killed, what was asked for twice, and how long readers got no page.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import make_url, text

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "queries"), str(ROOT / "tests" / "dashboard")]

import test_proxy as proxy  # noqa: E402

from tracker.archive.store import Store  # noqa: E402
from tracker.demo import Site  # noqa: E402
from tracker.pipeline.run import run  # noqa: E402
from tracker.queries.queue import jobs  # noqa: E402
from tracker.settings import Settings  # noqa: E402
from tracker.sources.catalogue import source  # noqa: E402
from tracker.sources.contract import Window  # noqa: E402
from tracker.storage.engine import Engine, open_engine, upgrade  # noqa: E402

SILENCE = 5.0
"""Seconds without a sign of life after which a worker counts as dead; 30 unless said otherwise."""
MACHINE = """
import json, logging, sys, threading
from dataclasses import replace
from datetime import date
from tracker.archive.ocr.readers import Readers
from tracker.archive.store import Store
from tracker.schedule.pages import Help
from tracker.schedule.queue import Queue
from tracker.schedule.runner import Duty, Runner
from tracker.schedule.worker import Worker
from tracker.settings import Settings
from tracker.sources.catalogue import source
from tracker.sources.contract import Window
from tracker.sources.sheet import Times
from tracker.storage.engine import open_engine
logging.basicConfig(level="INFO", format="%(asctime)s %(message)s")
part, options, windows = sys.argv[1], Settings.model_validate_json(sys.argv[2]), json.loads(sys.argv[3])
engine, stop = open_engine(options.database), threading.Event()
queue = Queue(engine)
help = Help(queue, Store(options.archive), Readers(1))
def duty(slug, since, until):
    found = source(slug)
    table = found.sheet.timetable.model_copy(update={"times": (Times(because="each minute", hours="*", minutes="*"),)})
    often = replace(found, sheet=found.sheet.model_copy(update={"timetable": table}))
    return Duty(often, None, Window(date.fromisoformat(since), date.fromisoformat(until)), others=help)
facts = dict(engine=engine, settings=options, stop=stop)
hand = {"hand": queue, "post": queue.round} if part == "scheduler" else {}
runner = Runner([duty(*one) for one in windows], store=Store(options.archive), **facts, **hand)
runner.serve() if hand else Worker(runner, lambda: None, help=help, queue=queue, count=2, **facts).serve()
"""
HELD = (
    "SELECT v.slug, v.status, v.verdict, t.kind, t.yes, t.no, t.abstain FROM vote v "
    "JOIN tally t ON t.observation_id = v.observation_id ORDER BY 1, 4",
    "SELECT v.slug, count(*) FROM vote v JOIN observation o ON o.vote_id = v.id GROUP BY 1 ORDER BY 1",
    "SELECT v.slug, count(*) FROM vote v JOIN ballot b ON b.observation_id = v.observation_id GROUP BY 1 ORDER BY 1",
    "SELECT slug, CASE WHEN joined_to IS NULL THEN 0 ELSE 1 END FROM vote ORDER BY 1",
    "SELECT sha256 FROM document ORDER BY 1",
)
"""What has to be the same in the end, whatever happened on the way."""


def held(engine: Engine) -> list[list[tuple[Any, ...]]]:
    """Return the record as it is compared."""
    with engine.connect() as connection:
        return [sorted(tuple(row) for row in connection.execute(text(words))) for words in HELD]


class Slow(Site):
    """The recorded sites, all documents there, each answer late by up to a few seconds."""

    def __init__(self, late: float) -> None:
        super().__init__(wave=3)
        self.late = late

    def answer(self, target: str, known_tag: str, known_since: str) -> Any:
        """Answer, later."""
        time.sleep(random.uniform(0, self.late))
        return super().answer(target, known_tag, known_since)


@dataclass
class Kept:
    """A process that is started again a while after it died."""

    name: str
    command: list[str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    back: float = 0.0

    def start(self) -> None:
        """Start it; its log goes on in one file."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(self.command, cwd=ROOT, stdout=log, stderr=log)

    def kill(self, wait: float) -> None:
        """End it at once, to be started again later."""
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            self.process, self.back = None, time.monotonic() + wait

    def care(self) -> None:
        """Start it again if it is time. SystemExit if it ended by itself."""
        if self.process is not None and self.process.poll() is not None:
            raise SystemExit(f"{self.name} ended by itself; see {self.log}")
        if self.process is None and time.monotonic() >= self.back:
            self.start()


@dataclass
class Reader(threading.Thread):
    """Asks nginx for pages without a pause, and notes for how long at most none came."""

    port: int
    host: str
    paths: list[str]
    over: threading.Event = field(default_factory=threading.Event)
    asked: Counter[str] = field(default_factory=Counter)
    longest: float = 0.0

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    def __hash__(self) -> int:
        return id(self)

    def run(self) -> None:
        """Read until told to stop."""
        since = time.monotonic()
        while not self.over.wait(0.2):
            path = random.choice(self.paths)
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
            try:
                connection.request("GET", path, headers={"Host": self.host})
                answer = connection.getresponse()
                answer.read()
                good = answer.status == 200
                self.asked["page" if good else f"status {answer.status}"] += 1
            except OSError as error:
                good = False
                self.asked[type(error).__name__] += 1
            finally:
                connection.close()
            if good:
                since = time.monotonic()
            self.longest = max(self.longest, time.monotonic() - since)


@dataclass
class Round:
    """What came of a round."""

    killed: Counter[str]
    twice: int
    documents: int
    readers: list[Reader]
    seconds: float
    slowest: float


def answers(port: int) -> bool:
    """Whether a process takes connections."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def calm(folder: Path) -> list[list[tuple[Any, ...]]]:
    """Collect everything in peace, and return the record."""
    with Site(wave=3) as site:
        options = Settings(home=folder, at=site.at, pause=0)
        engine = open_engine(options.database)
        upgrade(engine)
        for slug, days in site.windows.items():
            run(source(slug), Window(*days), engine=engine, store=Store(options.archive), settings=options)
        found = held(engine)
        engine.dispose()
    return found


def wild(server: str, number: int, folder: Path, wanted: list[list[tuple[Any, ...]]], least: float) -> Round:
    """Collect everything while processes die, for `least` seconds and until all is there. SystemExit if it is not."""
    name = f"killing_{number}_{int(time.time())}"
    admin = open_engine(make_url(server).set(database="postgres").render_as_string(hide_password=False))
    with admin.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    url = make_url(server).set(database=name).render_as_string(hide_password=False)
    engine = open_engine(url)
    upgrade(engine)
    with Slow(late=2) as site:
        options = Settings(home=folder, database_url=url, at=site.at, pause=0, worker_silence=SILENCE)
        windows = json.dumps([(slug, *(day.isoformat() for day in days)) for slug, days in site.windows.items()])
        parts = [("scheduler", n) for n in (1, 2)] + [("worker", n) for n in (1, 2, 3)]
        kept = [
            Kept(f"{part} {n}", [sys.executable, "-c", MACHINE, part, options.model_dump_json(), windows],
                 folder / f"{part}-{n}.log")
            for part, n in parts
        ]  # fmt: skip
        proxied = proxy.Proxied(folder, url)
        pages = [f"/v/{rows[0]}" for rows in wanted[3][:10]]
        kinds = (["/?lang=en", "/votes"], ["/api/v1/votes?limit=5", "/api/v1/health"])
        readers = [Reader(proxied.port, proxy.HOST, paths) for paths in kinds]
        killed: Counter[str] = Counter()
        begun = time.monotonic()
        slowest, down = 0.0, dict[int, tuple[float, float]]()
        try:
            for one in (*kept, *readers):
                one.start()
            while (spent := time.monotonic() - begun) < least or down or held(engine) != wanted:
                if spent > 6 * least:
                    raise SystemExit(f"round {number}: not all is there after {spent:.0f} s; see {folder}")
                time.sleep(random.uniform(1, 5))
                for one in kept:
                    one.care()
                for port, (died, back) in list(down.items()):
                    if proxied.running[port].poll() is not None and time.monotonic() >= back:
                        proxied.running[port] = proxied.start(port, proxy.APPS[proxied.ports.index(port)])
                    elif proxied.running[port].poll() is None and answers(port):
                        slowest = max(slowest, time.monotonic() - died)
                        del down[port]
                if spent >= least:
                    continue  # enough: what is left comes in in peace
                victim = random.choice([*kept, *proxied.ports])
                if isinstance(victim, Kept):
                    if victim.process is not None:
                        killed[victim.name.partition(" ")[0]] += 1
                        victim.kill(random.uniform(0, 6))
                elif not down:
                    app = proxy.APPS[proxied.ports.index(victim)]
                    killed[f"dashboard ({app})"] += 1
                    proxied.running[victim].kill()
                    proxied.running[victim].wait()
                    down[victim] = time.monotonic(), time.monotonic() + random.uniform(0, 4)
            check(engine, pages, proxied, number)
        finally:
            for reader in readers:
                reader.over.set()
                reader.join()
            for one in kept:
                one.kill(1e9)
            proxied.close()
            engine.dispose()
        got = Counter(hit.path for hit in site.hits if hit.status == 200)
        whole = {path: count for path, count in got.items() if path.endswith((".xml", ".pdf")) and "list" not in path}
    with admin.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    admin.dispose()
    twice = sum(count - 1 for count in whole.values())
    return Round(killed, twice, len(whole), readers, time.monotonic() - begun, slowest)


def check(engine: Engine, pages: list[str], proxied: Any, number: int) -> None:
    """Look whether anything is left over. SystemExit says what."""
    for path in pages:
        status, _, _ = proxied.ask(path)
        if status != 200:
            raise SystemExit(f"round {number}: {path} answers {status}")
    deadline = time.monotonic() + 90
    while busy := [job for job in jobs(engine) if job.state in ("running", "ending") and job.task == "collect"]:
        if time.monotonic() > deadline:
            raise SystemExit(f"round {number}: jobs never end: {busy}")
        time.sleep(0.5)


def main() -> None:
    """Kill, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("server")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    random.seed(chosen.seed)
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        wanted = calm(home / "calm")
        votes, documents = len(wanted[3]), len(wanted[4])
        print(f"{votes} votes from {documents} documents, collected in peace at {datetime.now(UTC):%H:%M:%S}")
        end, number, killed = time.monotonic() + 60 * chosen.minutes, 0, Counter[str]()
        while time.monotonic() < end:
            number += 1
            folder = home / f"round-{number}"
            folder.mkdir()
            one = wild(chosen.server, number, folder, wanted, min(120.0, 60 * chosen.minutes))
            killed += one.killed
            asked = sum((reader.asked for reader in one.readers), Counter[str]())
            worst = max(reader.longest for reader in one.readers)
            print(
                f"round {number}: {one.seconds:.0f} s, {sum(one.killed.values())} killed; the record is that of the "
                f"calm run; {one.twice} of {one.documents} documents asked for again; readers: {dict(asked)}, "
                f"at most {worst:.1f} s without a page (a restart took up to {one.slowest:.1f})",
                flush=True,
            )
        print(f"killed in all: {dict(killed)}")


if __name__ == "__main__":
    main()
