"""Who votes with whom: how often did each two of many members vote alike?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from tracker.analysis.agreement import POSITIONS, Roll
from tracker.analysis.margin import TENTH, contested
from tracker.domain.tally import Position

FEWEST = 30
"""Votes in which both took part, below which a cell of the matrix stays empty."""

Counts = npt.NDArray[np.int64]
Shares = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Matrix:
    """For each two members: in how many votes both took part, in what share they agreed, and that against chance.

    Rows and columns are in the order of `members`. An empty cell is NaN: too few votes shared, or, in `kappa`, nothing
    that chance leaves open. `votes` is how many contested votes went in.
    """

    members: tuple[str, ...]
    votes: int
    shared: Counts
    share: Shares
    kappa: Shares


def matrix(rolls: Iterable[Roll], members: Sequence[str], *, cutoff: Fraction = TENTH, fewest: int = FEWEST) -> Matrix:
    """Compare every two members over the contested votes, as `agreement.between_members` does for two.

    One product of matrices a position counts at once in how many votes the one took it while the other voted, and
    in how many both took it.
    """
    held = [roll for roll in rolls if contested(roll.tally, cutoff)]
    number: dict[Position | None, int] = {position: n for n, position in enumerate(POSITIONS)}
    codes = np.array(
        [[number.get(position, -1) for position in map(roll.positions.get, members)] for roll in held], dtype=np.int8
    ).reshape(len(held), len(members))
    cast = (codes >= 0).astype(np.float64)
    shared = cast.T @ cast
    same = np.zeros_like(shared)
    by_chance = np.zeros_like(shared)
    for n in range(len(POSITIONS)):
        took = (codes == n).astype(np.float64)
        same += took.T @ took
        while_other_voted = took.T @ cast
        by_chance += while_other_voted * while_other_voted.T
    enough = shared >= max(fewest, 1)
    share = np.divide(same, shared, out=np.full_like(shared, np.nan), where=enough)
    left_open = shared * shared - by_chance
    kappa = np.divide(
        shared * same - by_chance, left_open, out=np.full_like(shared, np.nan), where=enough & (left_open > 0)
    )
    return Matrix(tuple(members), len(held), shared.astype(np.int64), share, kappa)
