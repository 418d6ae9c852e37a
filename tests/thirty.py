"""A chamber of thirty whose votes three papers record, for the tests of what several papers say of one vote."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Engine

from tracker.domain.changes import facts_of
from tracker.domain.evidence import Document, Request
from tracker.domain.legislature import Credit, Legislature, Paper, PaperKind
from tracker.domain.reconcile import reconcile
from tracker.domain.votes import (
    UNREAD,
    Ballot,
    Code,
    Means,
    Position,
    PrintedBallot,
    PrintedVote,
    Reason,
    Spoken,
    Tally,
    Vote,
)
from tracker.storage.engine import open_engine, upgrade
from tracker.storage.write import Fetch, Noticed, Reading, Writer

LAW = Legislature(
    "thirty", "Chamber of Thirty", "Thirty", "XX", "en", "America/Lima", 30, True, True, "its rules",
    "the Chamber of Thirty", "la Cámara de los Treinta",
)  # fmt: skip
SHEETS = Paper("sheets", LAW, "Sheets", "Clerk", "https://thirty.example/", "public domain", rank=1)
MINUTES = Paper("minutes", LAW, "Minutes", "Clerk", "https://thirty.example/", "public domain", rank=2)
OTHERS = Paper(
    "others", LAW, "Sheets, written down", "Clerk", "https://thirty.example/", "public domain", rank=3,
    kind=PaperKind.TRANSCRIPTION, credit=Credit("The Others", "MIT", "https://others.example/"),
)  # fmt: skip
YES, NO = Code("SI", Position.YES), Code("NO", Position.NO)
AWAY = Code("aus", Position.NOT_CAST, Reason.ABSENT)
MARKS = {"Y": YES, "N": NO, "X": AWAY, "?": UNREAD}
DAY = date(2023, 5, 18)
ROLL = "Y" * 15 + "N" * 10 + "X" * 5
NOTE = "The chair puts on record the vote of Member 29"

Read = Callable[..., Reading]


def cast(id: str, roll: str = ROLL, *, complete: bool = True, **more: Any) -> Vote:
    marks = [(n, mark) for n, mark in enumerate(roll) if complete or mark != "X"]
    printed = tuple(PrintedBallot(f"Member {n}", MARKS[mark]) for n, mark in marks)
    vote = PrintedVote(
        legislature="thirty", key=id, id=id, sitting_date=more.pop("day", DAY), complete=complete, ballots=printed,
        subject=more.pop("subject", "Bill 1"), board=more.pop("board", Tally.count(b.code for b in printed)), **more,
    )  # fmt: skip
    return Vote(vote, tuple(Ballot(*b, b.name.lower().replace(" ", "-")) for b in printed), vote.spoken)


def said(now: Position = Position.YES) -> Spoken:
    return Spoken("Member 29", Position.NOT_CAST, now, NOTE, member="member-29")


def store(engine: Engine, paper: Paper, *readings: Reading) -> int:
    writer = Writer(engine, paper)
    for reading in readings:
        writer.take(reading)
    return writer.flush().findings


AT = datetime(2023, 6, 1, tzinfo=UTC)


def reading(url: str, *found: Vote, noticed: tuple[Noticed, ...] = (), at: datetime = AT) -> Reading:
    """A document that records votes."""
    document = Document.of(Request(url, "sheet"), repr(found).encode(), at, "application/pdf")
    fetch = Fetch(url=url, role="sheet", at=at, status=200, sha256=document.sha256, changed=True, read_by="sheet/1")
    sums = [(vote, made := reconcile(vote, spoken_counts=True), facts_of(vote, made)) for vote in found]
    return Reading(fetch=fetch, document=document, reader="sheet/1", lookups="x", votes=sums, noticed=noticed)


def joined(url: str) -> Engine:
    """Fill a database: one vote that a sheet, the minutes and a transcription record, and one only the minutes do.

    The transcription has another position for Member 0; the code of Member 3 was decided by the sums.
    """
    engine = open_engine(url)
    upgrade(engine)
    announced: dict[str, Any] = {
        "announced": Tally(16, 10, 0), "announced_means": Means.FINAL, "announced_text": "16 in favour, 10 against",
    }  # fmt: skip
    sheet = cast("s-1", spoken=(said(),), page=7, bills=("1",), decided=("Member 3",))
    minutes = cast("m-1", complete=False, spoken=(said(),), subject="Waters of the north", page=9, **announced)
    alone = cast("m-2", "N" * 20 + "Y" * 10, complete=False, subject="Roads")
    other = cast("o-1", "N" + ROLL[1:], spoken=(said(),), bills=("1",))
    store(engine, SHEETS, reading("https://thirty.example/s.pdf", sheet))
    store(engine, MINUTES, reading("https://thirty.example/m.pdf", minutes, alone))
    store(engine, OTHERS, reading("https://others.example/o", other))
    return engine


def alone(engine: Engine, votes: int, *, at: datetime = AT, **more: Any) -> None:
    """Store votes that only the transcription records, `o-10` and on: each has one absence more than the one before."""
    roll = "N" * 12 + "Y" * 18
    found = [
        cast(f"o-{10 + n}", roll[: 30 - n] + "X" * n, subject=f"Rivers, part {n + 1}", **more) for n in range(votes)
    ]
    store(engine, OTHERS, reading("https://others.example/alone", *found, at=at))
