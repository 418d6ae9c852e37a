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
    turned = board is not None and final is not None and _ahead(board) != ahead
    return Lead(None if best is None or ahead is None else abs(best.margin), ahead, turned)


def _ahead(tally: Tally | None) -> str | None:
    if tally is None or not tally.yes + tally.no:
        return None
    return "tie" if not tally.margin else "yes" if tally.margin > 0 else "no"
