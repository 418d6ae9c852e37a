"""Which side of a vote has more, by how many, and did the votes spoken aloud turn it?"""

from __future__ import annotations

from typing import NamedTuple

from tracker.domain.tally import Tally


class Lead(NamedTuple):
    """How yes and no stand in the count a vote is quoted by; not whether it passed.

    `margin` is how far apart they are, `ahead` which of them has more (`yes`, `no`, `tie`): None where nobody took a
    side. `turned`: the board had another side ahead, or a tie, than the board with the spoken votes.
    """

    margin: int | None
    ahead: str | None
    turned: bool


def lead(*, board: Tally | None, counted: Tally | None, final: Tally | None) -> Lead:
    """Say how a vote stands: by its final count, else by the board, else by the ballots."""
    best = final or board or counted
    ahead = _ahead(best)
    moved = board is not None and final is not None and turned_aloud(board, final)
    return Lead(None if best is None or ahead is None else abs(best.margin), ahead, moved)


def turned_aloud(board: Tally, final: Tally) -> bool:
    """Whether the votes put on record aloud made yes or no lead where the other did, or made or broke a tie."""
    return _sign(board) != _sign(final)


def _sign(tally: Tally) -> int:
    return (tally.margin > 0) - (tally.margin < 0)


def _ahead(tally: Tally | None) -> str | None:
    if tally is None or not tally.yes + tally.no:
        return None
    return ("no", "tie", "yes")[_sign(tally) + 1]
