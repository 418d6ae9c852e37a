"""How close was a vote, and who could have changed it?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from tracker.analysis.parts import Part
from tracker.domain.majority import Rule, majority
from tracker.domain.people import fold
from tracker.domain.roll import AWAY
from tracker.domain.tally import Position, Tally

TENTH, QUARTER = Fraction(1, 10), Fraction(1, 4)
"""Two cut-offs for a contested vote: the share of the smaller side of yes and no."""


def contested(tally: Tally, cutoff: Fraction) -> bool:
    """Whether the smaller side of yes and no made up the cut-off or more."""
    sides = tally.yes + tally.no
    return sides > 0 and min(tally.yes, tally.no) >= cutoff * sides


@dataclass(frozen=True, slots=True)
class Swing:
    """How many members would have had to do something else for the rule to come out the other way.

    `switched`: of those who decided it, voting for the other side (yes votes if it was reached, no votes if not).
    `came`: of those who did not vote, voting for that side. `moved`: of the abstentions. Each alone; None: not even all
    of them would have changed it.
    """

    reached: bool
    switched: int | None
    came: int | None
    moved: int | None


def swing(tally: Tally, rule: Rule, *, able: int, seats: int | None = None, sworn: int | None = None) -> Swing | None:
    """Return how few could have changed a vote; `able` is how many could have voted and did not.

    None where the base of the rule is not known, and in an election by name. Whoever comes or goes may change the base,
    so it is reckoned anew each time: of 60 to 32 two thirds want two more yes votes in place of no votes, but four more
    members who come.
    """
    before = majority(tally, rule, seats=seats, sworn=sworn)
    if before.reached is None or tally.candidates:
        return None

    def fewest(most: int, was: Position | None, now: Position) -> int | None:
        changed = tally
        for n in range(1, most + 1):
            changed = changed.move(was, now)
            if majority(changed, rule, seats=seats, sworn=sworn).reached is not before.reached:
                return n
        return None

    losing, winning = (Position.NO, Position.YES) if before.reached else (Position.YES, Position.NO)
    return Swing(
        before.reached,
        fewest(tally.of(winning), winning, losing),
        fewest(able, None, losing),
        fewest(tally.abstain, Position.ABSTAIN, losing),
    )


@dataclass(frozen=True, slots=True)
class Silence:
    """Who cast no vote: those who could have, and those whose seat was vacant or suspended.

    Of whom nobody could read the mark, that is not known.
    """

    able: tuple[Part, ...]
    unable: tuple[Part, ...]


def silence(parts: Iterable[Part]) -> Silence:
    """Return those who cast no vote, by reason and name. The chair is among those who could have."""
    silent = sorted(
        (part for part in parts if part.position is Position.NOT_CAST and not part.unread),
        key=lambda part: (part.reason or "", fold(part.name)),
    )
    return Silence(
        tuple(part for part in silent if part.reason not in AWAY),
        tuple(part for part in silent if part.reason in AWAY),
    )
