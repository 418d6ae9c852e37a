"""What does a document cost us, beside the bare floor? Run: python tests/benchmarks/ingest.py --help

Prints ratios of CPU seconds (user and system), contenders in turn, medians over the rounds. The floor is the least that
could be done: xml.etree, one row a vote, one row a ballot with a live second index, all in one transaction. Ours is
everything but the wire: archive, strict reading, resolution, reconciliation, history, search row, fetch record.
Documents are made from official ones of the corpus by renumbering them.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from tracker.archive.fetch import Fetched
from tracker.archive.store import Store
from tracker.domain.evidence import Request
from tracker.pipeline.asking import Again, from_network
from tracker.pipeline.collect import Journey, follow
from tracker.pipeline.run import paper_of
from tracker.pipeline.saving import Saving, unhurried
from tracker.sources.catalogue import source
from tracker.storage.engine import open_engine, upgrade
from tracker.storage.runs import Addresses
from tracker.storage.write import Writer

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
DAY = date(2005, 12, 18)


def house(count: int) -> Iterator[tuple[Request, bytes]]:
    """Roll calls of the House, 433 members each."""
    content = (CORPUS / "us-house/rebuilt/roll2005_648.xml").read_bytes()
    for n in range(1, count + 1):
        year = 2005 - n // 900
        numbered = re.sub(rb"(<rollcall-num>)\d+", rb"\g<1>%d" % (n % 900 + 1), content)
        numbered = re.sub(rb"(<action-date>\d+-\w+-)\d+", rb"\g<1>%d" % year, numbered)
        yield Request(f"https://clerk.house.gov/evs/{year}/roll{n % 900 + 1:03d}.xml", "roll_call", DAY), numbered


def senate(count: int) -> Iterator[tuple[Request, bytes]]:
    """Votes of the Senate, 100 members each."""
    content = (CORPUS / "us-senate/vote_109_1_00244.xml").read_bytes()
    for n in range(1, count + 1):
        numbered = re.sub(rb"(<vote_number>)\d+", rb"\g<1>%d" % n, content)
        url = f"https://www.senate.gov/legislative/LIS/roll_call_votes/vote1091/vote_109_1_{n:05d}.xml"
        yield Request(url, "vote", DAY), numbered


CHAMBERS: dict[str, tuple[Callable[[int], Iterator[tuple[Request, bytes]]], str, int]] = {
    "house": (house, "us_house", 433),
    "senate": (senate, "us_senate", 100),
}

FLOOR = """
CREATE TABLE vote(id INTEGER PRIMARY KEY, number INT, date TEXT, question TEXT, result TEXT, yes INT, no INT);
CREATE TABLE member(id INTEGER PRIMARY KEY, ref TEXT UNIQUE, name TEXT);
CREATE TABLE ballot(vote_id INT, member_id INT, code INT, party INT, PRIMARY KEY(vote_id, member_id)) WITHOUT ROWID;
CREATE INDEX by_member ON ballot(member_id, vote_id);
"""


def floor(chamber: str, count: int, home: Path) -> float:
    """Parse and store as barely as can be; return CPU seconds."""
    path = home / "floor.sqlite"
    path.unlink(missing_ok=True)
    database = sqlite3.connect(path)
    database.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;" + FLOOR)
    members: dict[str, int] = {}
    codes: dict[str, int] = {}
    parties: dict[str, int] = {}
    take = _house_rows if chamber == "house" else _senate_rows
    spent = 0.0
    for number, (_, content) in enumerate(CHAMBERS[chamber][0](count), 1):
        begun = time.process_time()
        facts, ballots = take(ET.fromstring(content))
        database.execute("INSERT INTO vote VALUES (?, ?, ?, ?, ?, ?, ?)", (number, *facts))
        rows = []
        for ref, name, party, code in ballots:
            key = members.get(ref)
            if key is None:
                key = members[ref] = len(members) + 1
                database.execute("INSERT INTO member VALUES (?, ?, ?)", (key, ref, name))
            rows.append((number, key, codes.setdefault(code, len(codes)), parties.setdefault(party, len(parties))))
        database.executemany("INSERT INTO ballot VALUES (?, ?, ?, ?)", rows)
        spent += time.process_time() - begun
    begun = time.process_time()
    database.commit()
    spent += time.process_time() - begun
    database.close()
    return spent


def _house_rows(root: Any) -> tuple[tuple[Any, ...], list[tuple[str, str, str, str]]]:
    meta = root.find("vote-metadata")
    sums = meta.find("vote-totals/totals-by-vote")
    facts = (
        int(meta.findtext("rollcall-num")), meta.findtext("action-date"), meta.findtext("vote-question"),
        meta.findtext("vote-result"), int(sums.findtext("yea-total")), int(sums.findtext("nay-total")),
    )  # fmt: skip
    ballots = []
    for row in root.find("vote-data"):
        member = row.find("legislator")
        ballots.append((member.get("name-id"), member.text, member.get("party"), row.findtext("vote")))
    return facts, ballots


def _senate_rows(root: Any) -> tuple[tuple[Any, ...], list[tuple[str, str, str, str]]]:
    sums = root.find("count")
    facts = (
        int(root.findtext("vote_number")), root.findtext("vote_date"), root.findtext("question"),
        root.findtext("vote_result"), int(sums.findtext("yeas") or 0), int(sums.findtext("nays") or 0),
    )  # fmt: skip
    tags = ("lis_member_id", "member_full", "party", "vote_cast")
    return facts, [tuple(row.findtext(tag) for tag in tags) for row in root.find("members")]


class Hand:
    """Hands the document of the moment out as the wire would."""

    def __init__(self) -> None:
        self.content = b""

    def fetch(self, request: Request, **_: Any) -> Fetched:
        """Answer with the whole document, whatever is known of it."""
        return Fetched(
            url=request.url, final_url=request.url, status=200, at=datetime.now(UTC), elapsed=0.0,
            content=self.content, media_type="text/xml", etag='"x"', last_modified=None,
        )  # fmt: skip


def ours(chamber: str, count: int, home: Path) -> tuple[float, float, float]:
    """Collect everything, then the same again; return CPU seconds of both, and bytes a ballot."""
    make, slug, size = CHAMBERS[chamber]
    place = home / "ours"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    url = f"sqlite:///{place / 'x.sqlite'}"
    engine = open_engine(url)
    upgrade(engine)
    chosen, store, hand = source(slug), Store(place / "archive"), Hand()
    spent = [0.0, 0.0]
    for turn in range(2):
        reader = open_engine(url, read_only=True)
        with unhurried(), Addresses(reader, slug) as known:
            ask = from_network(chosen, hand, known, store=store, again=Again.ALL, today=DAY)  # type: ignore[arg-type]
            saving, journey = Saving(Writer(engine, paper_of(chosen)), None, store), Journey()
            for request, content in make(count):
                hand.content = content
                begun = time.process_time()
                follow(chosen, ask(request), journey, saving)
                spent[turn] += time.process_time() - begun
            begun = time.process_time()
            saving.flush()
            spent[turn] += time.process_time() - begun
        reader.dispose()
    assert saving.totals.inserted == 0, "the second time nothing is new"
    engine.dispose()
    return spent[0], spent[1], _ballot_bytes(place / "x.sqlite", count * size)


def _ballot_bytes(path: Path, ballots: int) -> float:
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        stored = database.execute("SELECT count(*) FROM ballot").fetchone()[0]
        assert stored == ballots, f"{stored} ballots stored, {ballots} expected"
        names = "('ballot', 'ix_ballot_voter_id_observation_id')"
        return float(database.execute(f"SELECT sum(pgsize) FROM dbstat WHERE name IN {names}").fetchone()[0]) / ballots


def _alone(chamber: str, count: int) -> dict[str, float]:
    """Run once in a process of its own: CPU seconds and peak memory (MB)."""
    words = [sys.executable, __file__, chamber, "--docs", str(count), "--single"]
    answer = subprocess.run(words, check=True, capture_output=True, text=True)
    return dict(json.loads(answer.stdout))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("chamber", choices=sorted(CHAMBERS), nargs="?", default="house")
    parser.add_argument("--docs", type=int, default=150)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--single", action="store_true", help="one run of ours, as JSON")
    parser.add_argument(
        "--scale", action="store_true", help="also 10 times the documents, each in a process of its own"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        if options.single:
            first, _, _ = ours(options.chamber, options.docs, home)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(json.dumps({"cpu": first, "peak": peak}))
            return
        rounds = []
        for _ in range(options.rounds):
            bare = floor(options.chamber, options.docs, home)
            first, again, size = ours(options.chamber, options.docs, home)
            rounds.append((first / bare, again / first, size))
        names = ("first time, times the floor", "again, share of the first", "bytes a ballot")
        for name, values in zip(names, zip(*rounds, strict=True), strict=True):
            print(
                f"{options.chamber:7} {name:32} {statistics.median(values):6.2f}  ({min(values):.2f}–{max(values):.2f})"
            )
    if options.scale:
        runs = [(_alone(options.chamber, 200), _alone(options.chamber, 2000)) for _ in range(3)]
        cpu = [large["cpu"] / small["cpu"] for small, large in runs]
        peak = [large["peak"] / small["peak"] for small, large in runs]
        print(f"{options.chamber:7} {'10 times the documents: CPU':32} {statistics.median(cpu):6.2f}")
        print(f"{options.chamber:7} {'10 times the documents: memory':32} {statistics.median(peak):6.2f}")
        print(f"{options.chamber:7} {'peak memory at 2,000, MB':32} {max(large['peak'] for _, large in runs):6.0f}")


if __name__ == "__main__":
    main()
