"""What moved between two readings of a vote: which side, from what to what, and by whom?"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from tracker.domain.votes import Position
from tracker.queries.standing import standing
from tracker.queries.view import VoteView

SIDES = (Position.YES, Position.NO, Position.ABSTAIN, Position.PRESENT)


@dataclass(frozen=True, slots=True)
class Move:
    """One side's count before and after. Who came and who went is named only if they make the difference."""

    side: Position
    was: int
    now: int
    came: tuple[str, ...] = ()
    went: tuple[str, ...] = ()


def moves(before: VoteView, after: VoteView) -> tuple[Move, ...]:
    """Return the sides that moved in the count a vote is led with, or whose members changed; none without figures."""
    was, now = before.tallies.best, after.tallies.best
    if was is None or now is None or was.candidates or now.candidates:
        return ()
    came, went = _members(before, after)
    found = []
    for side in SIDES:
        a, b = was.of(side), now.of(side)
        named = len(came[side]) - len(went[side]) == b - a
        who = (tuple(came[side]), tuple(went[side])) if named else ((), ())
        if a != b or any(who):
            found.append(Move(side, a, b, *who))
    return tuple(found)


def _members(before: VoteView, after: VoteView) -> tuple[dict[Position, list[str]], dict[Position, list[str]]]:
    """Return who is on each side now and was not, and who was and is not any more.

    A paper that lists nobody, or another part of the house, tells nothing of who moved.
    """
    olds, news = ({part.who: part for part in standing(view).best} for view in (before, after))
    came: dict[Position, list[str]] = defaultdict(list)
    went: dict[Position, list[str]] = defaultdict(list)
    if olds and news:
        for who in dict.fromkeys([*news, *olds]):
            old, new = olds.get(who), news.get(who)
            if old and new and old.position is new.position:
                continue
            if new is not None:
                came[new.position].append(new.name)
            if old is not None:
                went[old.position].append(old.name)
    return came, went
