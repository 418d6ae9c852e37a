"""A record in which engines may disagree: ties, missing clock times, letters that each language puts in its order."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import seed
import thirty
from sqlalchemy import Engine

from tracker.domain.aliases import Alias
from tracker.domain.bills import Bill
from tracker.domain.votes import Ballot, Code, Position, PrintedBallot, PrintedVote, Status, Vote
from tracker.storage.aliases import record
from tracker.storage.write import Noticed, Writer

WORDS = (
    "Zeta", "zeta", "alfa", "Ábaco", "ábaco", "ñandú", "Nandu", "nube", "a b", "ab", "a-b", "_x", "ß", "ＡＢ", "½ x²",
    "İstanbul", "λόγος", "漢字 投票", "e\u0301", "é", "'; DROP TABLE vote; --", "100% de_", "x" * 3000, seed.NASTY,
    "\u202eabc\u202c", "\U0001f5f3\ufe0f", "1e5 0x1f 3.14 -7 a.b@c.d http://e.f/g",
)  # fmt: skip
"""What kinds of motion, results, groups, members and subjects are called."""


def fill(url: str) -> Engine:
    """Fill a database with every record the tests have, and with what is odd."""
    engine = thirty.joined(url)
    thirty.alone(engine, 3)
    seed.fill(engine)
    seed.bills(engine)
    seed.year(engine)
    seed.moved(engine, 3)
    seed.waiting(engine, said="ñandú, \u202eodd")
    writer = Writer(engine, seed.MINUTES)
    for n, word in enumerate(WORDS * 2):
        at = datetime(2023, 7, 1, tzinfo=UTC) + timedelta(seconds=n % 3)
        noticed = [Noticed("noted", "name", word[:60], vote=f"pe-odd-{n}")]
        writer.take(
            seed.reading(seed.MINUTES, vote(n, word), url=f"https://odd.example/{n % 5}", at=at, noticed=noticed)
        )
    writer.flush()
    said: dict[str, Any] = {"source": "https://press.example/", "by": "desk", "because": "seen", "on": date(2023, 7, 1)}
    record(engine, Alias(name="Ley Ñandú", bill=Bill("4766", "2021-2026", "pe_congress"), **said))
    record(engine, Alias(name="Votación Zeta", vote="pe-odd-0", **said))
    record(engine, Alias(name="Votación Zeta", vote="pe-odd-1", **said), gone=True)
    return engine


def vote(n: int, word: str) -> Vote:
    """One of several votes of a day, with and without a clock time, of one count, kind and result named by a word."""
    code = Code(f"SI {word[:9]}", Position.YES)
    marks = [code, code, seed.PERU_CODES["NO ---"], seed.PERU_CODES["aus"], seed.PERU_CODES["Abst."]]
    groups = ("FP", word[:20], "NA", None)
    printed = tuple(
        PrintedBallot(f"{WORDS[(n + i) % 11]} {i}", mark, groups[(n + i) % 4], None, word[:12] or None)
        for i, mark in enumerate(marks)
    )
    day = date(2023, 7, 4 + n % 3)
    facts = PrintedVote(
        legislature="pe_congress", key=f"odd/{n}", id=f"pe-odd-{n}", sitting_date=day, complete=n % 2 == 0,
        taken_at=datetime(day.year, day.month, day.day, n % 5, tzinfo=seed.LIMA) if n % 3 else None,
        subject=f"{word} MOCIÓN DE ORDEN DEL DÍA {n % 4}, {WORDS[n % 7]}", question=word, kind=word, result=word,
        bills=(str(4766 + n % 3), f"0{4766 + n % 2}/2022-PE"), period="2021-2026", ballots=printed,
        status=(Status.OFFICIAL, Status.PROVISIONAL)[n % 2],
    )  # fmt: skip
    whole = tuple(Ballot(*b, f"{seed.slug(b.name)}-{i}" if i % 2 else None) for i, b in enumerate(printed))
    return Vote(facts, whole, ())
