"""Who votes with whom: how often did each two of many members vote alike?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from tracker.analysis.agreement import FEWEST as FEWEST_OF_GROUPS
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
    """Compare every two members over the contested votes, as `agreement.between_members` does for two."""
    held = [roll for roll in rolls if contested(roll.tally, cutoff)]
    number: dict[Position | None, int] = {position: n for n, position in enumerate(POSITIONS)}
    codes = np.array(
        [[number.get(position, -1) for position in map(roll.positions.get, members)] for roll in held], dtype=np.int8
    ).reshape(len(held), len(members))
    alike = compare(codes, fewest=fewest)
    return Matrix(tuple(members), len(held), alike.shared, alike.share, alike.kappa)


class Alike(NamedTuple):
    """Of each pair: votes shared, share alike, share that chance would give, and agreement beyond it. NaN: empty."""

    shared: Counts
    share: Shares
    expected: Shares
    kappa: Shares


def compare(codes: npt.NDArray[Any], one: int | None = None, *, fewest: int = FEWEST) -> Alike:
    """Compare every two members, or `one` with every other, over votes (rows) by members (columns).

    `codes` are places in `POSITIONS`, anything below 0 is no vote. One product of matrices a position counts at once in
    how many votes the one took it while the other voted, and in how many both took it.
    """
    ours = codes if one is None else codes[:, [one]]
    mine, theirs = (ours >= 0).astype(np.float64), (codes >= 0).astype(np.float64)
    shared = mine.T @ theirs
    same, by_chance = np.zeros_like(shared), np.zeros_like(shared)
    for n in range(len(POSITIONS)):
        i_took, they_took = (ours == n).astype(np.float64), (codes == n).astype(np.float64)
        same += i_took.T @ they_took
        while_they_voted = i_took.T @ theirs
        by_chance += while_they_voted * (while_they_voted.T if one is None else mine.T @ they_took)
    enough = shared >= max(fewest, 1)
    left_open = shared * shared - by_chance
    return Alike(
        shared.astype(np.int64),
        _divided(same, shared, enough),
        _divided(by_chance, shared * shared, enough),
        _divided(shared * same - by_chance, left_open, enough & (left_open > 0)),
    )


class Mutual(NamedTuple):
    """Of each two groups: in how many votes somebody of both voted, and how often two of them agreed. NaN: too few."""

    votes: Counts
    share: Shares


def groups(counts: npt.NDArray[np.int64], *, fewest: int = FEWEST_OF_GROUPS) -> Mutual:
    """Compare every two groups as `agreement.between_groups` does for two, over votes by groups by positions."""
    cast = counts.sum(axis=2)
    of_cast = counts / np.maximum(cast, 1)[:, :, None]
    both = (cast > 0).astype(np.float64)
    votes = both.T @ both
    alike = sum(of_cast[:, :, n].T @ of_cast[:, :, n] for n in range(counts.shape[2]))
    return Mutual(votes.astype(np.int64), _divided(np.asarray(alike), votes, votes >= fewest))


def _divided(above: Shares, below: Shares, where: npt.NDArray[np.bool_]) -> Shares:
    return np.divide(above, below, out=np.full_like(below, np.nan), where=where)
