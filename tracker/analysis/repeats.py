"""Which votes decide again, the same evening, what another has just decided?"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

REPEATING = frozenset({"exoneración de segunda votación"})
"""Kinds of motion that go with another of the same bills: Peru's Congress votes on the text of a bill and at once on
sparing it the second vote, with nearly the same figures."""


class Asked(NamedTuple):
    """What a vote was about: the day of its sitting, the kind of its motion, and the bills it names."""

    id: str
    sitting: date
    kind: str | None
    bills: Collection[str]


def repeats(votes: Iterable[Asked], kinds: Collection[str] = REPEATING) -> frozenset[str]:
    """Return the ids of votes of a repeating kind after another vote of that sitting on the very same bills.

    Votes come in the order of the clock. One that names no bill repeats nothing.
    """
    decided: set[tuple[date, frozenset[str]]] = set()
    again = set()
    for vote in votes:
        matter = (vote.sitting, frozenset(vote.bills))
        if vote.kind not in kinds:
            decided.add(matter)
        elif vote.bills and matter in decided:
            again.add(vote.id)
    return frozenset(again)
