"""Who stood where in every vote of a chamber in a year, as small numbers that figures over many votes are made of?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from tracker.analysis.agreement import Roll
from tracker.analysis.parts import Part
from tracker.domain.legislature import Legislature
from tracker.domain.votes import UNREAD, Code, Position, Tally
from tracker.queries.groups import Named

POSITIONS = tuple(Position)
"""What the numbers of `Record.position` stand for: yes, no and abstain come first."""

NONE = -1
Grid = npt.NDArray[np.int16]


class Held(NamedTuple):
    """A vote: `reckoned` unless its sums do not meet or it was vacated; `complete` where the absent are listed."""

    id: str
    sitting: date
    kind: str | None
    tally: Tally
    reckoned: bool
    complete: bool


class Sitter(NamedTuple):
    """A member, or (`member` None) a printed name that met none; `who` tells them apart."""

    who: str
    member: str | None
    name: str
    region: str | None


@dataclass(frozen=True, slots=True)
class Record:
    """The votes of a chamber in a year in clock order (rows), and everybody on their rolls (columns).

    `code` is what was printed, as a place in `codes`, `group` what stood beside it, as a place in `groups`. `position`
    is where the member stands in the end: with the votes put on record aloud, where those make the vote's final count.
    -1: not on that roll, beside no group.
    """

    chamber: Legislature
    year: int
    votes: tuple[Held, ...]
    people: tuple[Sitter, ...]
    groups: tuple[Named, ...]
    codes: tuple[Code, ...]
    code: Grid
    group: Grid
    position: Grid

    @property
    def reckoned(self) -> npt.NDArray[np.bool_]:
        """Which votes go into figures."""
        return np.array([vote.reckoned for vote in self.votes], dtype=bool)

    @property
    def unattached(self) -> frozenset[str]:
        """The labels that are no group."""
        return frozenset(group.code for group in self.groups if not group.attached)

    @property
    def cast(self) -> Grid:
        """The positions of those who voted yes, no or abstain; -1 for all others."""
        return np.where(self.position < 3, self.position, np.int16(NONE))

    def column(self, member: str) -> int | None:
        """Return the place of a member among `people`; None for one on no roll of the year."""
        return next((n for n, sitter in enumerate(self.people) if sitter.member == member), None)

    def bench(self, code: str) -> int | None:
        """Return the place of a group among `groups`; None for one the chamber does not have."""
        return next((n for n, group in enumerate(self.groups) if group.code == code), None)

    def part(self, vote: int, person: int) -> Part:
        """Return the part in a vote of somebody who is on its roll."""
        printed, group, sitter = int(self.code[vote, person]), int(self.group[vote, person]), self.people[person]
        position = POSITIONS[self.position[vote, person]]
        code = self.codes[printed] if printed != NONE else None
        return Part(
            sitter.who,
            sitter.name,
            self.groups[group].code if group != NONE else None,
            position,
            code.reason if code else None,
            code.printed if code and position is Position.OTHER else None,
            code.position if code else None,
            code == UNREAD and position is UNREAD.position,
        )

    def parts(self, vote: int, group: int | None = None) -> tuple[Part, ...]:
        """Return everybody's part in a vote, or that of the members of a group."""
        there = self.position[vote] != NONE
        if group is not None:
            there &= self.group[vote] == group
        return tuple(self.part(vote, int(person)) for person in np.flatnonzero(there))

    def roll(self, vote: int, *people: int) -> Roll:
        """Return a vote with the positions of some members."""
        at = {p: int(self.position[vote, p]) for p in people}
        positions = {self.people[p].who: POSITIONS[position] for p, position in at.items() if position != NONE}
        return Roll(self.votes[vote].tally, positions)

    def by_group(self) -> npt.NDArray[np.int64]:
        """Count yes, no and abstentions by vote, group and position."""
        counts = np.zeros((len(self.votes), len(self.groups), 3), dtype=np.int64)
        votes, people = np.nonzero((self.cast != NONE) & (self.group != NONE))
        np.add.at(counts, (votes, self.group[votes, people], self.position[votes, people]), 1)
        return counts
