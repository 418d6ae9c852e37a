"""Which votes does a search find, and how near is each to what was typed?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CTE, ColumnElement, Connection, Select, exists, func, literal, select, union_all

from tracker.domain.figures import Figures
from tracker.queries.dated import dated, on
from tracker.queries.matching import matching
from tracker.queries.sought import Sought, Step
from tracker.storage.tables import metadata

COUNTS = ("board", "final", "announced")
"""The counts by whose figures a vote is found."""


@dataclass(frozen=True, slots=True)
class Hits:
    """What a search finds by its words, as tables of `id` and `step`, the smaller the nearer.

    `ranked` is all of it, `whole` the same with no order to it, which takes less time. `first` is what is nearest, None
    where that cannot be told from the rest without looking at all of it: a vote is found by what any paper's record of
    it says, and then those that are not the record that lists show have to be left out, too.
    """

    ranked: CTE
    whole: CTE
    first: CTE | None


def hits(connection: Connection, found: Sought) -> Hits | None:
    """Return what a search finds by its words; None if it has none."""
    if not found.steps:
        return None
    joined = bool(connection.scalar(select(exists().where(metadata.tables["vote"].c.joined_to.is_not(None)))))
    ranked, whole = (_table(connection, found, steps) for steps in (found.steps, found.whole))
    if joined:
        return Hits(_shown(ranked), _shown(whole), None)
    return Hits(ranked, whole, _table(connection, found, found.steps[:1]))


def _table(connection: Connection, found: Sought, steps: Sequence[Step]) -> CTE:
    v = metadata.tables["vote"]
    parts = [_step(connection, n, step, found.named) for n, step in enumerate(steps, 1)]
    if found.named:
        parts.insert(0, select(v.c.id.label("id"), literal(0).label("step")).where(v.c.id.in_(found.named)))
    return union_all(*parts).cte()


def _shown(own: CTE) -> CTE:
    """Add the votes that are found by another paper's record alone."""
    v = metadata.tables["vote"]
    others = (
        select(v.c.joined_to.label("id"), func.min(own.c.step).label("step"))
        .join(own, own.c.id == v.c.id)
        .where(v.c.joined_to.is_not(None), v.c.joined_to.not_in(select(own.c.id)))
        .group_by(v.c.joined_to)
    )
    return union_all(select(own.c.id, own.c.step), others).cte()


def required(connection: Connection, found: Sought) -> list[ColumnElement[bool]]:
    """Return what else a search asks: the days it names, and its count of votes."""
    met = [on(connection, days) for days in found.asked.days]
    if found.asked.figures is not None:
        met.append(_counted(found.asked.figures))
    return met


def _step(connection: Connection, n: int, step: Step, named: tuple[int, ...]) -> Select[Any]:
    v = metadata.tables["vote"]
    met = matching(step.wanted, connection.dialect.name).subquery()
    (key,) = met.c
    query = select(key.label("id"), literal(n).label("step"))
    if named:
        query = query.where(key.not_in(named))
    if step.years:
        years = [cond for one in step.years for cond in dated(one.since, one.until)]
        query = query.join(v, v.c.id == key).where(*years)
    return query


def _counted(figures: Figures) -> ColumnElement[bool]:
    """Return the condition that a vote is counted so, by any paper, in the board, the final count or as announced.

    `quoted` has every count there has ever been; only those in force are found.
    """
    v, t, q = (metadata.tables[name] for name in ("vote", "tally", "quoted"))
    met = [t.c.kind.in_(COUNTS)]
    for side in ("yes", "no", "abstain"):
        if (count := getattr(figures, side)) is not None:
            met += [q.c[side] == count, t.c[side] == count]
    record = v.alias("counted")
    shown = select(func.coalesce(record.c.joined_to, record.c.id)).join(q, q.c.vote_id == record.c.id)
    return v.c.id.in_(shown.join(t, t.c.observation_id == record.c.observation_id).where(*met))
