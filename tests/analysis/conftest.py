"""Rolls made up on the spot, and random ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import settings

from tracker.analysis.parts import Part, printed
from tracker.domain.tally import Code, Position, Reason

settings.register_profile("escrutinio", deadline=None, max_examples=80)
settings.load_profile("escrutinio")

CODES = {
    "Y": Code("SI", Position.YES),
    "N": Code("NO", Position.NO),
    "A": Code("Abst.", Position.ABSTAIN),
    "-": Code("aus", Position.NOT_CAST, Reason.ABSENT),
    ".": Code("SinRes", Position.NOT_CAST, Reason.NO_RESPONSE),
    "L": Code("LO", Position.NOT_CAST, Reason.LEAVE_OFFICIAL),
    "S": Code("Sus", Position.NOT_CAST, Reason.SUSPENDED),
    "C": Code("***", Position.NOT_CAST, Reason.CHAIR),
    "F": Code("F", Position.NOT_CAST, Reason.DECEASED),
    "P": Code("Present", Position.PRESENT),
    "1": Code("Jeffries", Position.OTHER),
    "2": Code("Jordan", Position.OTHER),
}
MakeRoll = Callable[..., tuple[Part, ...]]


def make_roll(**groups: str) -> tuple[Part, ...]:
    """A roll by group and marks: `make_roll(FP="YYY-", NONE="N")`; members are called FP0, FP1, …"""
    return tuple(
        printed(f"{group}{n}", f"{group}{n}", None if group == "NONE" else group, CODES[mark])
        for group, marks in groups.items()
        for n, mark in enumerate(marks)
    )


@pytest.fixture
def roll() -> MakeRoll:
    return make_roll


@pytest.fixture
def founding() -> dict[str, Any]:
    """The groups of the vote on letting troops in, 19 May 2023, with the three votes put on record aloud."""
    return {
        "FP": "Y" * 20 + ".-L", "AP": "Y" * 10 + "N" * 4, "APP": "Y" * 9 + "LL", "PIS": "Y" * 7 + "CL",
        "RP": "Y" * 7 + "--", "SP": "Y" * 4 + "-L", "BM": "Y" * 6 + "NAAL", "PL": "N" * 15 + "L",
        "CD": "N" * 7 + "LL", "PB": "Y" + "N" * 5, "PP": "YNA--LLS", "NA": "Y" * 5 + "A.--",
    }  # fmt: skip
