"""Who moved between two votes?"""

from __future__ import annotations

from tracker.analysis.compare import Comparison, Pair
from tracker.analysis.compare import compare as side_by_side
from tracker.queries.standing import standing
from tracker.queries.view import VoteView


def compare(before: VoteView, after: VoteView) -> Comparison | None:
    """Set two votes side by side, member by member; None for votes of two chambers."""
    if before.chamber.slug != after.chamber.slug:
        return None
    return side_by_side(standing(before).best, standing(after).best)


__all__ = ["Comparison", "Pair", "compare"]
