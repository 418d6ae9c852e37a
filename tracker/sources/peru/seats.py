"""Which member of the day does each row of a sheet print, in the order of the page?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from rapidfuzz import fuzz, process

from tracker.domain.people import fold
from tracker.sources.peru import roster
from tracker.sources.peru.roster import Seat

FLOOR = 80.0
"""How alike, of 100, a printed name and a member's must be to be the same."""
MARGIN = 8.0
"""By how much more so than the name of any other member of that day."""
HEMMED = 60.0
"""How alike it must be where the rows above and below are placed, and one seat alone lies between theirs."""
SKIPPED = 55.0
"""What leaving a row without a seat costs when rows and seats are laid beside each other."""


@dataclass(frozen=True, slots=True)
class Matched:
    """The seats that rows were placed in (None: nobody's), and the sure seats that no row has."""

    seats: tuple[Seat | None, ...]
    missing: tuple[Seat, ...]


def match(names: Sequence[str], day: date) -> Matched:
    """Place printed names, in the order of the page, among the members of a day.

    Page and roster are in the same alphabetical order, so the names are laid beside the seats without crossing; a pair
    then stands only if it is alike enough by itself and no other member comes near; less is enough for a row, under a
    stamp say, whose neighbours leave but one seat. Spaces and accents do not count:
    character recognition loses both.
    """
    return beside(names, roster.roll(day))


def beside(names: Sequence[str], seats: Sequence[Seat]) -> Matched:
    """Place printed names among given seats, both in the order of the page."""
    if not seats or not names:
        return Matched((None,) * len(names), ())
    forms = [(i, _plain(form)) for i, seat in enumerate(seats) for form in seat.printed]
    scores = process.cdist([_plain(name) for name in names], [form for _, form in forms], scorer=fuzz.ratio)
    best = np.zeros((len(names), len(seats)))
    for column, (i, _) in enumerate(forms):
        best[:, i] = np.maximum(best[:, i], scores[:, column])
    at: dict[int, int] = {}
    for floor in (FLOOR, HEMMED):
        for row, i in _laid(best):
            apart = best[row, i] - np.delete(best[row], i).max(initial=0.0) >= MARGIN
            if best[row, i] >= floor and apart and (floor == FLOOR or _is_hemmed(row, i, at, len(seats), len(names))):
                at[row] = i
    placed = [seats[at[row]] if row in at else None for row in range(len(names))]
    held = {seat.member for seat in placed if seat}
    return Matched(tuple(placed), tuple(seat for seat in seats if seat.sure and seat.member not in held))


def _is_hemmed(row: int, seat: int, at: Mapping[int, int], seats: int, rows: int) -> bool:
    """Whether the rows around one are placed in the seats around one."""
    above = seat == 0 if row == 0 else at.get(row - 1) == seat - 1
    below = seat == seats - 1 if row == rows - 1 else at.get(row + 1) == seat + 1
    return above and below


def _plain(name: str) -> str:
    return fold(name).replace(" ", "")


def _laid(scores: np.ndarray) -> list[tuple[int, int]]:
    """Lay rows beside columns without crossing so that the scores add up to most; skipping has its price."""
    rows, columns = scores.shape
    gain = scores - SKIPPED
    total = np.zeros((rows + 1, columns + 1))
    for r in range(1, rows + 1):
        straight = total[r - 1, :-1] + gain[r - 1]
        total[r, 1:] = np.maximum(total[r - 1, 1:], straight)
        total[r] = np.maximum.accumulate(total[r])
    pairs, r, c = [], rows, columns
    while r and c:
        if total[r, c] == total[r - 1, c]:
            r -= 1
        elif total[r, c] == total[r, c - 1]:
            c -= 1
        else:
            pairs.append((r - 1, c - 1))
            r, c = r - 1, c - 1
    return pairs[::-1]
