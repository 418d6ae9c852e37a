"""The votes that the gold sentences speak of, as their papers would bring them."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import seed
from sqlalchemy import Engine

from tracker.domain.tally import Position, Tally
from tracker.domain.votes import Means, PrintedVote, Spoken, Vote
from tracker.storage.write import Writer

HERE = Path(__file__).parent
FOUNDING = "pe-2023-05-19-00-10"


def facts() -> list[dict[str, Any]]:
    """Return the facts of the votes, those that the unseen sentences brought last."""
    files = (tomllib.loads((HERE / name).read_text(encoding="utf-8")) for name in ("votes.toml", "votes_unseen.toml"))
    return [vote for found in files for vote in found["vote"]]


def vote(told: dict[str, Any], *, aloud: bool = True) -> Vote:
    """Make a vote of its facts; `aloud` False leaves out the votes put on record."""
    peru = told["id"].startswith("pe-")
    house = told["id"].startswith("us-house")
    zone = seed.LIMA if peru else seed.NEW_YORK
    if told["id"] == FOUNDING:
        return seed.founding(
            whole=True,
            id=FOUNDING,
            key=FOUNDING,
            subject=told["subject"],
            spoken=seed.founding().spoken if aloud else (),
        )
    spoken = tuple(
        Spoken(name, None, position, "…")
        for position in (Position.YES, Position.NO, Position.ABSTAIN)
        for name in told.get(f"aloud_{position}", ())
    )
    announced = told.get("announced")
    board = Tally(*told.get("board", ()), candidates=tuple(told.get("candidates", {}).items()))
    printed = PrintedVote(
        legislature="pe_congress" if peru else "us_house" if house else "us_senate",
        key=told["id"], id=told["id"], sitting_date=told["day"], taken_at=told["clock"].replace(tzinfo=zone),
        subject=told["subject"], question=told.get("question"), bills=tuple(told.get("bills", ())),
        board=board, ballots=(), complete=False, result=told.get("result"),
        spoken=spoken if aloud else (), period="2021-2026" if peru else str((told["day"].year - 1787) // 2),
        announced=Tally(*announced) if announced else None, announced_means=Means.FINAL if announced else None,
    )  # fmt: skip
    return Vote(printed, (), printed.spoken)


def fill(engine: Engine, votes: list[dict[str, Any]]) -> None:
    """Store votes as their papers would bring them; what has a `before` was published so at first."""
    papers = {"pe": seed.MINUTES, "us-house": seed.CLERK, "us-senate": seed.LIS}
    for prefix, paper in papers.items():
        writer = Writer(engine, paper)
        if prefix == "pe":
            writer.register(seed.register())
        for told in votes:
            if not told["id"].startswith(prefix):
                continue
            url = f"https://records.example.org/{told['id']}.pdf"
            at = datetime.combine(told["day"], datetime.min.time(), UTC).replace(hour=23)
            if "before" in told:
                first = {**told, "board": told["before"]}
                writer.take(seed.reading(paper, vote(first, aloud=False), url=url, at=at))
                writer.flush()
            writer.take(seed.reading(paper, vote(told), url=url, at=at.replace(minute=30), replaced_at=None))
        writer.flush()
