"""How did a member vote in a year: how often, with whom, and when apart from the group?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import chain, repeat
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from tracker.analysis.agreement import FEWEST, Agreement, Shared, between_members
from tracker.analysis.attendance import Away, Participation, participation
from tracker.analysis.dissent import Choice, GroupLine, Kind, Rebel, dissent
from tracker.analysis.margin import TENTH, contested
from tracker.analysis.matrix import FEWEST as ENOUGH
from tracker.analysis.matrix import Alike, Matrix, compare
from tracker.analysis.parts import Part
from tracker.analysis.rules import RULES
from tracker.domain.people import fold
from tracker.domain.tally import Tally
from tracker.queries.groups import Named
from tracker.queries.record import NONE, POSITIONS, Record, Sitter

Lines = Mapping[int, GroupLine]
"""What a rule says of a group, by the vote's place in the record."""


class Taken(NamedTuple):
    """A member's part in a vote: its id, its place in the record, and whether it goes into figures.

    `line` is what most of the group did, `of_group` its tally; None where there was no line. `rebel` says how the
    member stood apart; `split`: so many did that the group split, and nobody is a rebel.
    """

    id: str
    vote: int
    reckoned: bool
    part: Part
    line: Choice | None
    of_group: Tally
    rebel: Rebel | None
    split: bool


def lines(record: Record, number: int, rule: str) -> Lines:
    """Return what a rule says of a group in the votes of the year whose rolls have it.

    Left out are those of which the rule cannot say anything, as their papers do not list the absent.
    """
    asked, unattached = RULES[rule], record.unattached
    votes = np.flatnonzero((record.group == number).any(axis=1)).tolist()
    return {
        vote: dissent(record.parts(vote, number), asked, unattached=unattached).groups[0]
        for vote in votes
        if record.votes[vote].complete or not asked.on_silence
    }


def taken(record: Record, column: int, lines_of: Callable[[int], Lines]) -> tuple[Taken, ...]:
    """Return a member's part in every vote of the year, with what the group did, in clock order.

    `lines_of` gives the lines of a group, by its place in the record: `lines` by a rule, or as they are kept.
    """
    votes = np.flatnonzero(record.position[:, column] != NONE).tolist()
    groups = {bench: lines_of(bench) for bench in set(record.group[votes, column].tolist()) - {NONE}}
    return tuple(_taken(record, vote, column, groups.get(int(record.group[vote, column]))) for vote in votes)


def _taken(record: Record, vote: int, column: int, lines: Lines | None) -> Taken:
    held, part = record.votes[vote], record.part(vote, column)
    found = lines.get(vote) if lines else None
    if found is None:
        return Taken(held.id, vote, held.reckoned, part, None, Tally(), None, False)
    apart = next((rebel for rebel in found.apart if rebel.part.who == part.who), None)
    apart = None if found.split else apart
    return Taken(held.id, vote, held.reckoned, part, found.line, found.tally, apart, found.split)


def attended(record: Record, column: int) -> Participation:
    """Return how often a member took part, over the votes whose paper lists the absent."""
    listed = np.array([vote.complete and vote.reckoned for vote in record.votes], dtype=bool)
    votes = np.flatnonzero(listed & (record.position[:, column] != NONE))
    kinds = record.code[votes, column] * len(POSITIONS) + record.position[votes, column]
    _, first, counts = np.unique(kinds, return_index=True, return_counts=True)
    alike = ((record.part(int(votes[at]), column), int(n)) for at, n in zip(first, counts, strict=True))
    return participation(chain.from_iterable(repeat(part, n) for part, n in alike))


class Beside(NamedTuple):
    """How often somebody else voted like the member, in all votes and in contested ones."""

    sitter: Sitter
    group: str | None
    agreement: Agreement


def beside(record: Record, column: int) -> tuple[Beside, ...]:
    """Return how often every other member of the year voted like this one: over contested votes the most alike first.

    Those with fewer than thirty contested votes in common come after the others.
    """
    cast, hard = record.cast, disputed(record)
    every = compare(cast[record.reckoned], column, fewest=FEWEST)
    some = compare(cast[hard], column, fewest=FEWEST)
    last = last_groups(record)
    found = [
        Beside(sitter, last[n], Agreement(_shared(every, n), _shared(some, n), TENTH))
        for n, sitter in enumerate(record.people)
        if n != column and sitter.member is not None and every.shared[0, n]
    ]

    def order(one: Beside) -> tuple[bool, float, str]:
        both = one.agreement.contested
        return (both.n < ENOUGH, -(both.share if both.share is not None else -1), fold(one.sitter.name))

    return tuple(sorted(found, key=order))


def _shared(alike: Alike, n: int) -> Shared:
    share, expected, kappa = (
        None if np.isnan(value[0, n]) else float(value[0, n]) for value in (alike.share, alike.expected, alike.kappa)
    )
    return Shared(int(alike.shared[0, n]), share, expected, kappa)


def disputed(record: Record) -> npt.NDArray[np.bool_]:
    """Return which votes are contested, and go into figures."""
    return np.array([vote.reckoned and contested(vote.tally, TENTH) for vote in record.votes], dtype=bool)


def matrix(record: Record, columns: list[int]) -> Matrix:
    """Compare every two of some members over the contested votes."""
    hard = disputed(record)
    alike = compare(record.cast[hard][:, columns])
    names = tuple(record.people[n].name for n in columns)
    return Matrix(names, int(hard.sum()), alike.shared, alike.share, alike.kappa)


def last_groups(record: Record) -> tuple[str | None, ...]:
    """Return the group beside each name in the last vote it stands on the roll of."""
    there = record.position != NONE
    last = there.shape[0] - 1 - np.argmax(there[::-1], axis=0) if len(record.votes) else np.empty(0, dtype=int)
    benches = (int(record.group[row, n]) for n, row in enumerate(last))
    return tuple(record.groups[bench].code if bench != NONE else None for bench in benches)


@dataclass(frozen=True, slots=True)
class Listed:
    """A member in a list of those of a year; `seated`: on the last roll that lists everybody, or the last there is."""

    sitter: Sitter
    group: Named | None
    seated: bool
    column: int


def listed(record: Record) -> tuple[Listed, ...]:
    """Return everybody on a roll of the year, by name."""
    if not record.votes:
        return ()
    whole = [n for n, vote in enumerate(record.votes) if vote.complete] or range(len(record.votes))
    seated = record.position[whole[-1]] != NONE
    named = {group.code: group for group in record.groups}
    groups = last_groups(record)
    printed = (record.code != NONE).any(axis=0)
    found = (
        Listed(sitter, named.get(groups[n] or ""), bool(seated[n]), n)
        for n, sitter in enumerate(record.people)
        if printed[n] or sitter.member is not None
    )
    return tuple(sorted(found, key=lambda one: fold(one.sitter.name)))


@dataclass(frozen=True, slots=True)
class Two:
    """Two members over a year: how alike they voted, and the contested votes (by place) in which they differed."""

    agreement: Agreement
    apart: tuple[int, ...]
    together: int


def two(record: Record, one: int, other: int) -> Two:
    """Set two members side by side."""
    votes = np.flatnonzero(record.reckoned)
    rolls = [record.roll(int(vote), one, other) for vote in votes]
    both = (record.cast[:, one] != NONE) & (record.cast[:, other] != NONE)
    hard = np.flatnonzero(both & disputed(record) & (record.cast[:, one] != record.cast[:, other]))
    there = (record.position[:, one] != NONE) & (record.position[:, other] != NONE) & record.reckoned
    names = record.people[one].who, record.people[other].who
    return Two(between_members(rolls, *names), tuple(int(vote) for vote in hard), int(there.sum()))


__all__ = [
    "ENOUGH",
    "FEWEST",
    "RULES",
    "Agreement",
    "Away",
    "Beside",
    "Kind",
    "Lines",
    "Listed",
    "Matrix",
    "Participation",
    "Shared",
    "Taken",
    "Two",
    "attended",
    "beside",
    "disputed",
    "lines",
    "listed",
    "matrix",
    "taken",
    "two",
]
