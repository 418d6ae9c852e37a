"""A chamber of thirty whose votes three papers record, for the tests of what several papers say of one vote."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import Engine

from tracker.domain.legislature import Credit, Legislature, Paper, PaperKind
from tracker.domain.votes import Ballot, Code, Position, PrintedBallot, PrintedVote, Reason, Spoken, Tally, Vote
from tracker.storage.write import Reading, Writer

LAW = Legislature("thirty", "Chamber of Thirty", "Thirty", "XX", "en", "America/Lima", 30, True, True, "its rules")
SHEETS = Paper("sheets", LAW, "Sheets", "Clerk", "https://thirty.example/", "public domain", rank=1)
MINUTES = Paper("minutes", LAW, "Minutes", "Clerk", "https://thirty.example/", "public domain", rank=2)
OTHERS = Paper(
    "others", LAW, "Sheets, written down", "Clerk", "https://thirty.example/", "public domain", rank=3,
    kind=PaperKind.TRANSCRIPTION, credit=Credit("The Others", "MIT", "https://others.example/"),
)  # fmt: skip
YES, NO = Code("SI", Position.YES), Code("NO", Position.NO)
AWAY = Code("aus", Position.NOT_CAST, Reason.ABSENT)
MARKS = {"Y": YES, "N": NO, "X": AWAY}
DAY = date(2023, 5, 18)
ROLL = "Y" * 15 + "N" * 10 + "X" * 5
NOTE = "The chair puts on record the vote of Member 29"

Read = Callable[..., Reading]


def cast(id: str, roll: str = ROLL, *, complete: bool = True, **more: Any) -> Vote:
    marks = [(n, mark) for n, mark in enumerate(roll) if complete or mark != "X"]
    printed = tuple(PrintedBallot(f"Member {n}", MARKS[mark]) for n, mark in marks)
    vote = PrintedVote(
        legislature="thirty", key=id, id=id, sitting_date=more.pop("day", DAY), complete=complete, ballots=printed,
        subject=more.pop("subject", "Bill 1"), board=Tally.count(b.code for b in printed), **more,
    )  # fmt: skip
    return Vote(vote, tuple(Ballot(*b, b.name.lower().replace(" ", "-")) for b in printed), vote.spoken)


def said(now: Position = Position.YES) -> Spoken:
    return Spoken("Member 29", Position.NOT_CAST, now, NOTE, member="member-29")


def store(engine: Engine, paper: Paper, *readings: Reading) -> int:
    writer = Writer(engine, paper)
    for reading in readings:
        writer.take(reading)
    return writer.flush().findings
