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


def best(*, board: Tally | None, counted: Tally | None, final: Tally | None) -> Tally | None:
    """Return the count to lead with: the final one, else the board, else the ballots counted."""
    return final or board or counted


def lead(*, board: Tally | None, counted: Tally | None, final: Tally | None) -> Lead:
    """Say how a vote stands, by the count it is led with."""
    count = best(board=board, counted=counted, final=final)
    ahead = _ahead(count)
    moved = board is not None and final is not None and turned_aloud(board, final)
    return Lead(None if count is None or ahead is None else abs(count.margin), ahead, moved)


def turned_aloud(board: Tally, final: Tally) -> bool:
    """Whether the votes put on record aloud made yes or no lead where the other did, or made or broke a tie."""
    return _sign(board) != _sign(final)


def _sign(tally: Tally) -> int:
    return (tally.margin > 0) - (tally.margin < 0)


def _ahead(tally: Tally | None) -> str | None:
    if tally is None or not tally.yes + tally.no:
        return None
    return ("no", "tie", "yes")[_sign(tally) + 1]
