"""Who takes part in a chart of one vote, and how did they vote in the end?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.charts.figure import Row
from dashboard.components import ballots, tally
from dashboard.components.ballots import Line
from dashboard.words import Words
from tracker.domain.votes import Position, Tally
from tracker.queries.view import GroupView, VoteView

ORDER = (Position.YES, Position.ABSTAIN, Position.PRESENT, Position.NOT_CAST, Position.NO)
"""From the left of a hemicycle to the right."""

UNREAD = "unread"
LOOKS = (Position.YES, Position.ABSTAIN, Position.PRESENT, UNREAD, Position.NOT_CAST, Position.NO)
"""The same with those whose mark could not be read, of whom nobody knows whether they voted."""


@dataclass(frozen=True, slots=True)
class Bench:
    """A group with the count of its members, and of how many nobody can tell; `code` None: no group stands there."""

    code: str | None
    name: str
    attached: bool
    tally: Tally
    unread: int = 0

    @property
    def members(self) -> int:
        """How many members it has in the vote."""
        return self.tally.total + self.unread


def drawable(view: VoteView) -> Tally | None:
    """Return the count that charts show; None where a chart would mislead: elections by name, calls of the house."""
    best = view.tallies.best
    return best if best is not None and best.cast and not best.candidates else None


def parts(view: VoteView) -> list[Line]:
    """Return the members by name, as the count takes them: a statement that does not count moves nobody."""
    return [line for line in ballots.lines(view) if line.position is not None]


def look(line: Line) -> str:
    """Return what a member's seat looks like: the position, or that the mark could not be read."""
    return UNREAD if line.unread else str(line.position)


def count(of: Iterable[Line]) -> Tally:
    """Count the members whose mark could be read."""
    at = Counter(line.position for line in of if not line.unread)
    return Tally(at[Position.YES], at[Position.NO], at[Position.ABSTAIN], at[Position.PRESENT], at[Position.NOT_CAST])


def benches(view: VoteView, say: Words) -> list[Bench]:
    """Return the groups, the largest first, with spoken votes if that can be told of all; loose members last."""
    found = [Bench(g.code, name_of(g, say), g.attached, g.shown, g.unread) for g in view.groups]
    return [bench for bench in found if bench.members]


def name_of(group: GroupView, say: Words) -> str:
    """Return the name of a group for a reader."""
    return group.name or group.code or say("groups.none")


def key(of: Tally, view: VoteView, say: Words, unread: int = 0) -> tuple[tuple[str, str], ...]:
    """Explain the looks that occur, with their counts: `70 a favor`; who could not be read is none of the rest."""
    words = tally.position_words(view, say)
    found: dict[str, str] = {p: tally.count(of.of(p), p, words, say) for p in ORDER if of.of(p)}
    if unread:
        found[UNREAD] = say.count("charts.hemicycle.unread", unread)
    return tuple((look, found[look]) for look in LOOKS if look in found)


def in_words(of: Tally, view: VoteView, say: Words, unread: int = 0) -> str:
    """Say a count in words, and how many marks could not be read."""
    told = tally.in_words(of, tally.position_words(view, say), say, abstention=view.chamber.abstention)
    return f"{told} · {say.count('charts.hemicycle.unread', unread)}" if unread else told


def table(
    of: Iterable[tuple[str, Tally]], view: VoteView, say: Words, first: str
) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    """Return counts as a table: a row for each name, a column for each position that occurs, in the page's order."""
    lines = list(of)
    words = tally.position_words(view, say)
    shown = [p for p in ORDER if any(line.of(p) for _, line in lines)]
    return (first, *(words[p] for p in shown)), tuple((name, *(line.of(p) for p in shown)) for name, line in lines)
