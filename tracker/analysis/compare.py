"""Who moved between two votes?"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from tracker.analysis.parts import Part
from tracker.domain.people import fold
from tracker.domain.tally import Position

Cell = tuple[Position, Position]


@dataclass(frozen=True, slots=True)
class Pair:
    """One member in two votes."""

    before: Part
    after: Part

    @property
    def moved(self) -> bool:
        """Whether the position differs, or the candidate."""
        return (self.before.position, self.before.candidate) != (self.after.position, self.after.candidate)

    @property
    def changed_group(self) -> bool:
        """Whether another group stands beside the name; not where one of the rolls gives none."""
        return None not in (self.before.group, self.after.group) and self.before.group != self.after.group


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two votes side by side: who went from which position to which, and who is on one roll only.

    `cells` has the cells that somebody is in, each by name. A table of yes, no, abstain and not cast shows them all but
    where "present" was answered or candidates were voted for. A name that stands twice on a roll cannot be told to be
    one member's, and is left to the two lists.
    """

    cells: Mapping[Cell, tuple[Pair, ...]]
    only_before: tuple[Part, ...]
    only_after: tuple[Part, ...]

    @property
    def moved(self) -> tuple[Pair, ...]:
        """Those whose position differs, by name."""
        return self._those(lambda pair: pair.moved)

    @property
    def changed_group(self) -> tuple[Pair, ...]:
        """Those beside whose names another group stands, by name."""
        return self._those(lambda pair: pair.changed_group)

    def _those(self, wanted: Callable[[Pair], bool]) -> tuple[Pair, ...]:
        return tuple(sorted((pair for pairs in self.cells.values() for pair in pairs if wanted(pair)), key=_name))


def compare(before: Iterable[Part], after: Iterable[Part]) -> Comparison:
    """Set two votes side by side, member by member."""
    earlier, later = tuple(before), tuple(after)
    was, now = _once(earlier), _once(later)
    both = was.keys() & now.keys()
    cells: dict[Cell, list[Pair]] = {}
    for pair in sorted((Pair(was[who], now[who]) for who in both), key=_name):
        cells.setdefault((pair.before.position, pair.after.position), []).append(pair)
    return Comparison(
        {cell: tuple(pairs) for cell, pairs in cells.items()}, _without(earlier, both), _without(later, both)
    )


def _once(parts: Iterable[Part]) -> dict[str, Part]:
    """Return the members of a roll who stand on it once."""
    lines: dict[str, list[Part]] = {}
    for part in parts:
        lines.setdefault(part.who, []).append(part)
    return {who: found[0] for who, found in lines.items() if len(found) == 1}


def _without(parts: Iterable[Part], met: Collection[str]) -> tuple[Part, ...]:
    return tuple(sorted((part for part in parts if part.who not in met), key=lambda part: fold(part.name)))


def _name(pair: Pair) -> tuple[str, str]:
    return (fold(pair.after.name), pair.after.who)
