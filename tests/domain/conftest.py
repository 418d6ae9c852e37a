"""Votes made up on the spot, some of them real."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import settings

from tracker.domain.votes import Ballot, Code, Position, PrintedBallot, PrintedVote, Reason, Spoken, Tally, Vote

settings.register_profile("escrutinio", deadline=None, max_examples=80)
settings.load_profile("escrutinio")

SI, NO, ABST = Code("SI", Position.YES), Code("NO", Position.NO), Code("ABST", Position.ABSTAIN)
SIN_RES = Code("SinRes", Position.NOT_CAST, Reason.NO_RESPONSE)
AUSENTE = Code("AUS", Position.NOT_CAST, Reason.ABSENT)
LICENCIA = Code("LO", Position.NOT_CAST, Reason.LEAVE_OFFICIAL)
SUSPENDIDO = Code("SUS", Position.NOT_CAST, Reason.SUSPENDED)

MakeVote = Callable[..., Vote]


def make_vote(
    *names: tuple[str, Code], spoken: tuple[Spoken, ...] = (), group: str | None = "FP", **printed: Any
) -> Vote:
    """A vote by names and codes; every name is a known member, its own id."""
    rows = tuple(PrintedBallot(name, code, group) for name, code in names)
    facts: dict[str, Any] = {
        "legislature": "pe_congress",
        "key": "2023-05-18/12",
        "id": "pe-congress-2023-05-18-12",
        "sitting_date": date(2023, 5, 18),
        "subject": "PROYECTO DE RESOLUCIÓN LEGISLATIVA 4766",
        "complete": True,
    } | printed
    vote = PrintedVote(ballots=rows, spoken=spoken, **facts)
    return Vote(vote, tuple(Ballot(*row, row.name) for row in rows), spoken)


@pytest.fixture(scope="session")
def make() -> MakeVote:
    """The maker of votes."""
    return make_vote


@pytest.fixture(scope="session")
def founding() -> MakeVote:
    """Peru's Congress, sitting of 18 May 2023, voted at 00:10 on 19 May: the sheet of all 130, and changes to it."""
    named = {"Flores Ruíz": AUSENTE, "Taipe Coronado": LICENCIA, "Portalatino Ávalos": AUSENTE}
    counts = [(SI, 69), (NO, 31), (ABST, 4), (SIN_RES, 3), (AUSENTE, 8), (LICENCIA, 11), (SUSPENDIDO, 1)]
    crowd = [(f"{code.printed} {n}", code) for code, count in counts for n in range(count)]
    note = "El presidente del Congreso deja constancia del voto a favor del congresista Flores Ruíz; y …"
    spoken = (
        Spoken("Flores Ruíz", Position.NOT_CAST, Position.YES, note),
        Spoken("Taipe Coronado", Position.NOT_CAST, Position.NO, note),
        Spoken("Portalatino Ávalos", Position.NOT_CAST, Position.NO, note),
    )

    def build(*more: tuple[str, Code], **changed: Any) -> Vote:
        facts: dict[str, Any] = {"board": Tally(69, 31, 4, 0, 26), "announced": Tally(70, 33, 4), "spoken": spoken}
        return make_vote(*crowd, *named.items(), *more, **(facts | changed))

    return build
