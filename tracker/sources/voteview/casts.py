"""How does the table of who voted how come in, twenty-six million rows of it, a hundred roll calls at a time?

Its rows stand in order of Congress, chamber and roll call, as published.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from tracker.sources.contract import Unreadable
from tracker.sources.large.blocks import Array, Form, blocks, coded, together
from tracker.sources.voteview.tables import CHAMBERS

A_LEAF = 100
"""Roll calls that are one document: the first hundred of a Congress, the second, and so on."""
NUMBERS = ("congress", "rollnumber", "icpsr", "cast_code")
FORM = Form(NUMBERS, {"chamber": CHAMBERS}, "unknown_chamber")
CODES = 9


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one leaf: roll call, member, code, and the line each stands in."""

    congress: int
    leaf: int
    roll: Array
    icpsr: Array
    code: Array
    line: Array


def leaves(path: Path, chamber: str) -> Iterator[Rows]:
    """Yield the rows of one chamber, a leaf at a time. Unreadable: `bad_number`, `unknown_code`, `not_together`."""

    def again(row: Array) -> str:
        return (
            f"{path.name}, line {row[4]}: roll call {row[1]} of Congress {row[0]} comes again after others; its rows "
            "have to stand together"
        )

    pieces = (_checked(path, block, chamber, line) for block, line in blocks(path, FORM))
    for key, found in together(((one[0] * 1000 + (one[1] - 1) // A_LEAF, one) for one in pieces), again):
        _, roll, icpsr, code, line = found
        yield Rows(key // 1000, key % 1000, roll, icpsr, code, line)


def _checked(path: Path, block: Any, chamber: str, line: Array) -> Array:
    """Return the rows of a chamber as numbers: Congress, roll call, member, code, line."""
    house = coded(path, FORM, block, "chamber", CHAMBERS)
    found = np.array([*(block.column(name).to_numpy() for name in NUMBERS), line])
    odd = (found[:3] < 1).any(axis=0) | (found[3] < 0) | (found[3] > CODES)
    if odd.any():
        at = int(np.flatnonzero(odd)[0])
        said = ", ".join(f"{name} {value}" for name, value in zip(NUMBERS, found[:4, at], strict=True))
        code = "unknown_code" if not 0 <= found[3][at] <= CODES else "bad_number"
        raise Unreadable(code, f"{path.name}, line {line[at]}: {said}; cast codes go from 0 to 9, the rest from 1")
    return found[:, house == CHAMBERS.index(chamber)]
