"""The votes of Peru's Congress from July 2021 to October 2023 as volunteers wrote them down, for the tests."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from tracker.domain.reconcile import Reconciliation, reconcile
from tracker.domain.votes import Code, Position, PrintedBallot, PrintedVote, Reason, Tally, Vote
from tracker.pipeline.resolve import resolve
from tracker.sources.peru import roster
from tracker.sources.peru.ledger import Heard, hear

Facts = dict[str, Any]
OPTIONS = {"SI": Position.YES, "NO": Position.NO, "ABSTENCION": Position.ABSTAIN}
REASONS = {
    "AUSENTE": Reason.ABSENT, "FALTO": Reason.DECEASED, "SIN_RESPONDER": Reason.NO_RESPONSE,
    "LICENCIA_OFICIAL": Reason.LEAVE_OFFICIAL, "LICENCIA_POR_ENFERMEDAD": Reason.LEAVE_SICK,
    "LICENCIA_PERSONAL": Reason.LEAVE_PERSONAL, "SUSPENDIDO": Reason.SUSPENDED, "FALLECIDO": Reason.DECEASED,
}  # fmt: skip


@lru_cache(maxsize=1)
def votes(corpus: Path) -> list[Facts]:
    """Every vote, in the order of the clock."""
    with gzip.open(corpus / "peru" / "facts" / "votes.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def longest_subjects(corpus: Path, n: int = 12) -> list[str]:
    """The longest subjects there are, as printed, the longest last."""
    return sorted({facts["subject"] for facts in votes(corpus)}, key=lambda subject: (len(subject), subject))[-n:]


@lru_cache(maxsize=1)
def read(corpus: Path) -> dict[str, tuple[Vote, Reconciliation]]:
    """Every vote with notes, with what its notes make of it."""
    return {facts["id"]: work(facts) for facts in votes(corpus) if facts["notes"]}


def work(facts: Facts, texts: Sequence[str] | None = None) -> tuple[Vote, Reconciliation]:
    """Read a vote with its notes, or with others in their place, and do its sums."""
    vote = resolve(sheet(facts, heard(facts, facts["notes"] if texts is None else texts)), roster.register())
    return vote, reconcile(vote, spoken_counts=True)


def heard(facts: Facts, texts: Sequence[str]) -> Heard:
    """Read notes as under the sheet of a vote."""
    day = date.fromisoformat(facts["sitting"])
    return hear(texts, chair=facts["president"], names=roster.register(), day=day)


def sheet(facts: Facts, notes: Heard) -> PrintedVote:
    """The sheet of a vote as its transcription has it, with the notes heard."""
    rows = tuple(PrintedBallot(name, code(option), group) for group, name, option in facts["votes"])
    return PrintedVote(
        legislature="pe_congress", key=facts["id"], id=facts["id"], subject=facts["subject"] or "…",
        sitting_date=date.fromisoformat(facts["sitting"]), ballots=rows, complete=True, board=board(facts),
        spoken=notes.spoken, spoken_whole=notes.whole, doubts=notes.doubts, vacated=notes.voided,
    )  # fmt: skip


def code(option: str) -> Code:
    """What a mark of the transcription means."""
    return Code(option, OPTIONS.get(option, Position.NOT_CAST), REASONS.get(option))


def board(facts: Facts) -> Tally:
    """The totals on the board."""
    row = facts["board"]
    away = sum(row[name] for name in ("sin_responder", "ausentes", "licencias", "otros"))
    return Tally(row["si"], row["no"], row["abstenciones"], 0, away)
