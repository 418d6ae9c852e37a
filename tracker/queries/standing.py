"""Where does each member of a vote stand, in the shape that analysis reckons with?"""

from __future__ import annotations

from dataclasses import dataclass

from tracker.analysis.parts import Part, printed, with_spoken
from tracker.domain.votes import Code
from tracker.queries.groups import said
from tracker.queries.view import VoteView


@dataclass(frozen=True, slots=True)
class Standing:
    """The members of a vote on the board, and with the votes put on record aloud.

    `final` is None where the members cannot be told to make the vote's final count. `unattached` are the labels beside
    names that are no group. `complete` is False where the paper lists only those who voted: no rule that rests on
    silence can then be applied.
    """

    board: tuple[Part, ...]
    final: tuple[Part, ...] | None
    unattached: frozenset[str]
    complete: bool

    @property
    def best(self) -> tuple[Part, ...]:
        """The members to lead with: the final count's, else the board's."""
        return self.board if self.final is None else self.final


def standing(view: VoteView) -> Standing:
    """Return where the members of a vote stand."""
    board = tuple(
        printed(b.member or b.name, b.name, b.group, Code(b.code, b.position, b.reason)) for b in view.ballots
    )
    final = with_spoken(board, map(said, view.spoken), view.tallies.final, spoken_counts=view.chamber.spoken_counts)
    loose = frozenset(group.code for group in view.groups if group.code is not None and not group.attached)
    return Standing(board, final, loose, view.complete)
