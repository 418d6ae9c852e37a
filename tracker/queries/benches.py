"""How united was each group in a year, who sat with it, and which groups voted alike?"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from tracker.analysis.agreement import FEWEST
from tracker.analysis.cohesion import Cohesion, Course, Mean, cohesion, course
from tracker.analysis.dissent import GroupLine
from tracker.analysis.matrix import groups as alike
from tracker.analysis.rules import RULES
from tracker.domain.people import fold
from tracker.domain.tally import Tally
from tracker.queries.conduct import Lines, disputed
from tracker.queries.groups import Named
from tracker.queries.record import NONE, Record, Sitter


class Month(NamedTuple):
    """How united a group was in a month: over `votes` in which somebody of it voted; `mean` None: too few."""

    month: date
    votes: int
    mean: Mean | None


@dataclass(frozen=True, slots=True)
class Bench:
    """A group over a year: how many sat with it in the last vote it appears in, and how united it was."""

    group: Named
    members: int
    last: date
    course: Course
    months: tuple[Month, ...] = ()


class Pair(NamedTuple):
    """How often members of two groups voted alike: over `n` votes and over `hard_n` contested ones; None: too few."""

    one: str
    other: str
    n: int
    share: float | None
    hard_n: int
    hard_share: float | None


def benches(record: Record) -> tuple[Bench, ...]:
    """Return the groups on the rolls of the year: those with the most members first, labels that are none last."""
    counts = record.by_group()
    there = [(n, bench) for n in range(len(record.groups)) if (bench := _bench(record, n, counts)) is not None]
    return tuple(
        bench for _, bench in sorted(there, key=lambda p: (not p[1].group.attached, -p[1].members, p[1].group.code))
    )


def _bench(record: Record, number: int, counts: npt.NDArray[np.int64]) -> Bench | None:
    rows = np.flatnonzero((record.group == number).any(axis=1))
    if not len(rows):
        return None
    last = int(rows[-1])
    day = record.votes[last].sitting
    same_day = [int(row) for row in rows if record.votes[row].sitting == day]
    members = int((record.group[same_day] == number).any(axis=0).sum())
    months: dict[date, list[tuple[Tally, Tally]]] = defaultdict(list)
    for vote in rows:
        held = record.votes[vote]
        if held.reckoned:
            months[held.sitting.replace(day=1)].append((held.tally, Tally(*counts[vote, number].tolist())))
    return Bench(
        record.groups[number], members, day, course(chain.from_iterable(months.values())),
        tuple(Month(month, sum(of.cast > 0 for _, of in some), course(some).all) for month, some in months.items()),
    )  # fmt: skip


def pairs(record: Record, codes: tuple[str, ...]) -> tuple[Pair, ...]:
    """Compare every two of some groups, each couple once, in the order given."""
    counts = record.by_group()
    numbers = [n for code in codes if (n := record.bench(code)) is not None]
    every, hard = (alike(counts[votes][:, numbers]) for votes in (record.reckoned, disputed(record)))

    def share(value: float) -> float | None:
        return None if np.isnan(value) else float(value)

    return tuple(
        Pair(
            record.groups[numbers[i]].code, record.groups[numbers[j]].code, int(every.votes[i, j]),
            share(every.share[i, j]), int(hard.votes[i, j]), share(hard.share[i, j]),
        )
        for i in range(len(numbers))
        for j in range(i + 1, len(numbers))
    )  # fmt: skip


class Sat(NamedTuple):
    """A member with a group: the first and last sitting of the year at which it stood beside the name.

    `came` and `went` are the groups before and after within the year; None: none, or not on a roll.
    """

    sitter: Sitter
    since: date
    until: date
    votes: int
    came: str | None
    went: str | None


def sat(record: Record, number: int) -> tuple[Sat, ...]:
    """Return the members of a group over the year, by name."""
    found = []
    for column in np.flatnonzero((record.group == number).any(axis=0)).tolist():
        rows = np.flatnonzero(record.group[:, column] == number)
        first, last = int(rows[0]), int(rows[-1])
        found.append(
            Sat(
                record.people[column], record.votes[first].sitting, record.votes[last].sitting, len(rows),
                _beside(record, column, range(first - 1, -1, -1)),
                _beside(record, column, range(last + 1, len(record.votes))),
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda one: fold(one.sitter.name)))


def _beside(record: Record, column: int, votes: range) -> str | None:
    """Return the first group beside a name in some votes."""
    benches = (int(record.group[vote, column]) for vote in votes)
    return next((record.groups[bench].code for bench in benches if bench != NONE), None)


def apart(record: Record, lines: Lines) -> tuple[tuple[int, GroupLine], ...]:
    """Return the votes (by place, in clock order) in which somebody of a group broke ranks, or it split.

    `lines` are the group's, by some rule.
    """
    return tuple((vote, line) for vote, line in lines.items() if line.apart and record.votes[vote].reckoned)


__all__ = [
    "FEWEST", "RULES", "Bench", "Cohesion", "Course", "GroupLine", "Mean", "Month", "Pair", "Sat", "apart",
    "benches", "cohesion", "pairs", "sat",
]  # fmt: skip
