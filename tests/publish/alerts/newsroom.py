"""A newsroom: a database that sources are run into, rules, and a web hook that writes down what it is sent."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import seed
from loopback import Answered, Asked, Loopback
from sqlalchemy import Engine

from tracker.domain.legislature import Paper
from tracker.domain.votes import Status, Vote
from tracker.publish.alerts import Post, plan, send
from tracker.publish.rules import parse, written
from tracker.queries.database import connect
from tracker.storage.engine import open_engine, upgrade
from tracker.storage.runs import finish_run, start_run
from tracker.storage.write import Reading, Totals, Writer

SHEETS = replace(seed.MINUTES, slug="pe_sheets", title="Asistencias y votaciones", rank=1)
URL = "https://www2.congreso.gob.pe/Sicr/RelatAgenda/Asis_vot_18-05-23.pdf"
DAY = date(2023, 5, 18)
FAR = 36_500
"""Days for which a vote of 2023 is news."""


class Hook(Loopback):
    """A web hook. `path` /bad refuses, /slow answers late; `got` is what arrived, in order."""

    def __init__(self) -> None:
        self.got: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.slow = 0.0
        self.bad = False
        self.arrived = threading.Event()
        super().__init__()

    def answer(self, asked: Asked) -> Answered:
        if self.bad:
            return Answered(503, b"not now")
        self.got.append(json.loads(asked.body))
        self.keys.append(asked.headers["Escrutinio-Delivery"])
        self.arrived.set()
        time.sleep(self.slow)
        return Answered(200)

    def address(self, path: str = "hook") -> str:
        return f"{self.url.replace('http://', 'json://desk:secretword@')}/{path}"

    @property
    def titles(self) -> list[str]:
        return [one["title"] for one in self.got]


class Newsroom:
    """A database of one engine, with sources that were looked at once and had nothing."""

    def __init__(self, url: str, *, made: bool = False) -> None:
        self.url = url
        self.engine: Engine = open_engine(url)
        self.reader = connect(url)
        self.now = datetime(2023, 5, 20, 12, tzinfo=UTC)
        if not made:
            upgrade(self.engine)
            for paper in (SHEETS, seed.MINUTES, seed.CLERK):
                self.run(paper)

    def run(self, paper: Paper, *readings: Reading, ending: str = "done", trigger: str = "timetable") -> int:
        """Run a source: store what it read, and close the run."""
        number = start_run(self.engine, paper.slug, trigger=trigger, since=DAY, until=DAY)
        writer = Writer(self.engine, paper, run=number)
        if paper.legislature.slug == "pe_congress":
            writer.register(seed.register())
        for reading in readings:
            writer.take(reading)
            writer.flush()
        finish_run(self.engine, number, ending=ending, requests=1, totals=Totals(), message="the site answered 503")
        return number

    def post(self, *rules: dict[str, Any], **more: Any) -> Post:
        """Return what alerts stand on, with these rules; the clock stands still."""
        text = "\n".join(written({"name": f"r{n}", "language": "en"} | rule) for n, rule in enumerate(rules, 1))
        facts: dict[str, Any] = {"public_url": "https://votes.example.org", "days": FAR, "clock": lambda: self.now}
        return Post(self.engine, self.reader, parse(text, "alerts.toml"), **(facts | more))

    def deliver(self, *rules: dict[str, Any], **more: Any) -> Any:
        """Plan and send once."""
        post = self.post(*rules, **more)
        plan(post)
        return send(post)

    def events(self) -> list[tuple[str, str, str]]:
        with self.engine.connect() as connection:
            rows = connection.exec_driver_sql("SELECT kind, state, because FROM event ORDER BY id")
            return [tuple(row) for row in rows]

    def deliveries(self) -> list[tuple[str, str, int]]:
        with self.engine.connect() as connection:
            rows = connection.exec_driver_sql("SELECT rule, state, attempts FROM delivery ORDER BY id")
            return [tuple(row) for row in rows]

    def close(self) -> None:
        self.reader.dispose()
        self.engine.dispose()


def sheet(vote: Vote, *, day: int = 0, url: str = URL, **more: Any) -> Reading:
    """Return a document of Peru's with one vote in it, fetched so many days after the sitting."""
    return seed.reading(SHEETS, vote, url=url, at=datetime(2023, 5, 19 + day, 15, tzinfo=UTC), **more)


def provisional() -> Vote:
    """The founding vote as its first sheet has it: no votes put on record aloud."""
    whole = seed.founding(whole=True, status=Status.PROVISIONAL, spoken=(), announced=None, announced_means=None)
    return replace(whole, spoken=())


def official(**more: Any) -> Vote:
    """The founding vote as the sheet that took its place has it."""
    return seed.founding(whole=True, **more)


def house(number: int, *, yes: int = 3, no: int = 2, subject: str = "H.R. 7: A bill", **more: Any) -> Reading:
    """Return a roll call of the House."""
    marks = [(seed.YEA, "R", yes), (seed.NAY, "D", no)]
    vote = seed.american(f"us-house-2023-{number}", date(2023, 5, 18), subject, marks, **more)
    url = f"https://clerk.house.gov/evs/2023/roll{number}.xml"
    return seed.reading(seed.CLERK, vote, url=url, at=datetime(2023, 5, 19, 18, yes, no, tzinfo=UTC))
