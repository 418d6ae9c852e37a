"""Votes of a small parliament, to store."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from tracker.domain.changes import facts_of
from tracker.domain.evidence import Document, Request
from tracker.domain.legislature import Legislature, Paper
from tracker.domain.people import Group
from tracker.domain.reconcile import reconcile
from tracker.domain.votes import Ballot, Code, Position, PrintedBallot, PrintedVote, Spoken, Tally, Vote
from tracker.storage.write import Fetch, Reading, Writer

YES, NO, AWAY = Code("Sí", Position.YES), Code("No", Position.NO), Code("Aus", Position.NOT_CAST)
START = datetime(2023, 5, 18, 15, tzinfo=UTC)


@pytest.fixture
def paper() -> Paper:
    """The paper of a chamber of three."""
    law = Legislature(
        "tri", "Chamber of Three", "Three", "XX", "en", "America/Lima", 3, True, True, "its rules say so",
        "the Chamber of Three", "la Cámara de los Tres",
    )  # fmt: skip
    return Paper("tri_sheet", law, "Sheets", "Clerk of the Three", "https://three.example/", "public domain",
                 groups={"A": Group("A", "Alphas"), "NA": Group("NA", "None", attached=False)})  # fmt: skip


def make_vote(number: int = 1, *, marks: str = "YNX", board: Tally | None = None, **more: Any) -> Vote:
    codes = {"Y": YES, "N": NO, "X": AWAY}
    names = ["Ana", "Berta", "Carla", "Ana"]
    printed = tuple(
        PrintedBallot(names[i], codes[mark], "A" if i < 2 else "NA", f"M{i}") for i, mark in enumerate(marks)
    )
    vote = PrintedVote(
        legislature="tri",
        key=f"2023-05-18/{number}",
        id=f"tri-{number}",
        sitting_date=date(2023, 5, 18),
        subject=more.pop("subject", f"Bill {number} on water"),
        ballots=printed,
        complete=True,
        board=board if board is not None else Tally.count(b.code for b in printed),
        **more,
    )
    return Vote(vote, tuple(Ballot(*b, b.ref) for b in printed), vote.spoken)


@pytest.fixture
def vote() -> Callable[..., Vote]:
    return make_vote


@pytest.fixture
def reading() -> Callable[..., Reading]:
    """A document of one or more votes, `day` days after the first."""

    def make(
        *votes: Vote, content: bytes = b"", day: int = 0, url: str = "https://three.example/1", **more: Any
    ) -> Reading:
        at = START + timedelta(days=day)
        body = content or repr([v.printed for v in votes]).encode()
        document = Document.of(Request(url, "sheet"), body, at, "text/xml")
        fetch = Fetch(url=url, role="sheet", at=at, status=200, sha256=document.sha256, changed=True, read_by="sheet/1")
        sums = [(v, s := reconcile(v, spoken_counts=True), facts_of(v, s)) for v in votes]
        return Reading(fetch=fetch, document=document, reader=more.pop("reader", "sheet/1"),
                       lookups=more.pop("lookups", "x"), votes=sums, **more)  # fmt: skip

    return make


@pytest.fixture
def said() -> Spoken:
    return Spoken("Carla", Position.NOT_CAST, Position.YES, "The chair put Carla's yes on record.", member="M2")


@pytest.fixture
def corrected(
    engine: Engine, paper: Paper, vote: Callable[..., Vote], reading: Callable[..., Reading], said: Spoken
) -> Engine:
    """Three votes on record: one corrected by its source, one with a vote put on record, one nobody cast a vote in."""
    writer = Writer(engine, paper)
    writer.take(reading(vote(1), vote(2, marks="YNX", spoken=(said,)), vote(3, marks="X" * 3, board=Tally(not_cast=3))))
    writer.flush()
    writer.take(reading(vote(1, marks="NNX"), day=1))
    writer.flush()
    return engine
