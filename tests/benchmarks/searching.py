"""What does a search cost on 100,000 votes? Run: python tests/benchmarks/searching.py --help

Fills a SQLite database through the real writer with the votes of Peru's Congress, each taken again in other years under
another number, and asks it what readers ask: the searches of the acceptance list and words, pairs, slips, days, counts
and numbers drawn from the votes themselves, as often as they occur there. Times are CPU (user and system) of a whole
page of 25, the making of its rows included; beside it what a bare MATCH for the same words costs on the same index: its
count and its first 25 keys. The hints to members and groups that the page asks for beside it are a line of their own.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import congress
import peru_facts

from tracker.domain.bills import peru_printed
from tracker.domain.people import fold
from tracker.domain.reconcile import Reconciliation, reconcile
from tracker.domain.votes import Vote
from tracker.queries.database import connect
from tracker.queries.filters import VoteFilter
from tracker.queries.search.hints import hints
from tracker.queries.search.query import SMALL
from tracker.queries.votes import listing
from tracker.storage.engine import open_engine, upgrade

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
ACCEPTANCE = (
    "tropas", "Tropas EEUU", "4766", "31548", "ingreso personal militar", "ingrso militar", "18 May 2023",
    "19 May 2023", "70-33-4",
)  # fmt: skip
FILTERS: Mapping[str, dict[str, Any]] = {
    "of a chamber": {"legislatures": ("pe_congress",)},
    "of some years": {"since": date(2020, 1, 1)},
    "close": {"margin": 5},
    "decided by voice": {"turned": True},
    "closest first": {"sort": "closest"},
}
MIXED = ("tropas", "modificar ley", "proyecto", "proyecto 19 de mayo")
"""Few, some, and nearly all votes have these."""
WARM = 3
"""Times each is asked; the quickest counts."""


def votes(count: int) -> Iterator[tuple[Vote, Reconciliation]]:
    """Yield as many votes: each of the corpus once as it is, then again in earlier years with bills renumbered."""
    facts = peru_facts.votes(CORPUS)
    whole = [congress.vote(one) for one in facts]
    draw = random.Random(2023)
    for n in range(count):
        vote, sums = whole[n % len(whole)]
        if n < len(whole):
            yield vote, sums
            continue
        back = n // len(whole)
        printed = vote.printed
        numbers = {number: str(draw.randint(1, 14_000)) for number in printed.bills}
        subject = printed.subject
        for old, new in numbers.items():
            subject = subject.replace(old, new)
        day = _earlier(printed.sitting_date, back)
        taken = printed.taken_at.replace(year=day.year, day=min(28, printed.taken_at.day)) if printed.taken_at else None
        key = f"{printed.key}-{back}"
        bills = peru_printed(subject, "pe_congress", day)
        other = replace(
            printed, id=key, key=key, sitting_date=day, taken_at=taken, subject=subject, bills=bills, period=""
        )
        again = replace(vote, printed=other)
        yield again, reconcile(again, spoken_counts=True)


def _earlier(day: date, years: int) -> date:
    return day.replace(year=day.year - years, day=min(28, day.day))


def fill(path: Path, count: int) -> None:
    """Make the database."""
    engine = open_engine(f"sqlite:///{path}")
    upgrade(engine)
    congress.store(engine, votes(count))
    engine.dispose()


def questions(each: int) -> Mapping[str, list[str]]:
    """Return what is asked, by kind."""
    draw = random.Random(1)
    facts = peru_facts.votes(CORPUS)
    subjects = [[w for w in fold(one["subject"]).split() if w.isalpha() and len(w) > 3] for one in facts]
    subjects = [words for words in subjects if len(words) > 5]
    some = lambda n: draw.sample(draw.choice(subjects), n)  # noqa: E731
    row = lambda: draw.choice(facts)  # noqa: E731

    def slip() -> str:
        word = draw.choice([w for w in draw.choice(subjects) if len(w) > 6] or ["congreso"])
        place = draw.randint(1, len(word) - 2)
        return word[:place] + word[place + 1 :]

    def phrase() -> str:
        words = [w for w in fold(row()["subject"]).split() if w not in SMALL] or ["congreso"]
        start = draw.randint(0, max(0, len(words) - 3))
        return " ".join(words[start : start + 3])

    def day() -> str:
        year, month, number = draw.choice(facts)["sitting"].split("-")
        return draw.choice((f"{number}/{month}/{year}", f"{year}-{month}-{number}", f"mayo {year}"))

    make: dict[str, Callable[[], str]] = {
        "a word": lambda: some(1)[0],
        "two words": lambda: " ".join(some(2)),
        "three words in a row": phrase,
        "a mistyped word": lambda: f"{slip()} {some(1)[0]}",
        "a day": day,
        "a count": lambda: "{si}-{no}-{abstenciones}".format(**row()["board"]),
        "a number": lambda: str(draw.randint(1, 9000)),
        "words and a year": lambda: f"{some(1)[0]} {draw.randint(1990, 2023)}",
    }
    return {
        "the acceptance list": list(ACCEPTANCE),
        **{kind: [one() for _ in range(each)] for kind, one in make.items()},
    }


def cpu(ask: Callable[[], object]) -> float:
    """Return the milliseconds of the quickest of a few times."""
    best = float("inf")
    for _ in range(WARM):
        began = time.process_time()
        ask()
        best = min(best, time.process_time() - began)
    return best * 1000


def bare(connection: sqlite3.Connection, text: str) -> float:
    """Return the milliseconds of the least that could be done for the words of a text."""
    words = [word for word in fold(text).split() if word not in SMALL]
    match = " AND ".join(f'"{word}"*' for word in words)

    def ask() -> None:
        connection.execute("SELECT count(*) FROM vote_search WHERE vote_search MATCH ?", (match,)).fetchone()
        connection.execute("SELECT rowid FROM vote_search WHERE vote_search MATCH ? LIMIT 25", (match,)).fetchall()

    return cpu(ask)


def line(name: str, found: list[tuple[float, float]]) -> str:
    """Return how much time a kind of search takes, and how many times what a bare MATCH takes."""
    ours, ratios = [a for a, _ in found], [a / b for a, b in found]
    return f"{name:22} p50 {_at(ours, 50):6.1f} ms  p95 {_at(ours, 95):6.1f} ms  most {max(ours):6.1f} ms   " + (
        f"times a bare MATCH: p50 {_at(ratios, 50):5.1f}  p95 {_at(ratios, 95):5.1f}"
    )


def _at(values: list[float], percent: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def measure(engine: Engine, path: Path, each: int) -> None:
    """Print the table."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA cache_size = -16000")
    whole: list[tuple[float, float]] = []
    for kind, asked in questions(each).items():
        found = [(cpu(lambda q=q: listing(engine, VoteFilter(text=q))), bare(connection, q)) for q in asked]  # type: ignore[misc]
        slowest = max(zip(found, asked, strict=True))
        print(line(kind, found), f"  slowest: {slowest[1]!r}")
        whole += found
    print(line("all", whole))
    for name, more in FILTERS.items():
        spent = [cpu(lambda q=q, m=more: listing(engine, VoteFilter(text=q, **m))) for q in MIXED]  # type: ignore[misc]
        print(f"{name:22} " + "  ".join(f"{q!r} {ms:.1f} ms" for q, ms in zip(MIXED, spent, strict=True)))
    named = [cpu(lambda q=q: hints(engine, q)) for q in ("portalatino", "tropas", "fuerza popular")]  # type: ignore[misc]
    print(f"{'hints beside it':22} most {max(named):6.1f} ms")


def main() -> None:
    """Fill the database, or take one that is there, and measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--votes", type=int, default=100_000)
    parser.add_argument("--each", type=int, default=40, help="searches of each kind")
    parser.add_argument("--keep", type=Path, help="make the database here, or take the one that is here")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.keep or Path(folder) / "votes.sqlite"
        if not path.exists():
            fill(path, options.votes)
        engine = connect(f"sqlite:///{path}")
        measure(engine, path, options.each)
        engine.dispose()


if __name__ == "__main__":
    main()
