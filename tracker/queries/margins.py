"""How far apart were yes and no in the votes that a reader looks for?"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine, func, select

from tracker.queries.database import reading
from tracker.queries.filters import VoteFilter, met
from tracker.storage.tables import metadata


@dataclass(frozen=True, slots=True)
class Apart:
    """How many votes had so many more yes than no (fewer: below 0), in the count they are quoted by.

    `turned` of them only by the votes put on record aloud: the board alone had another side ahead, or a tie.
    """

    margin: int
    votes: int
    turned: int


def margins(engine: Engine, wanted: VoteFilter) -> tuple[Apart, ...]:
    """Count the votes that meet a filter by how far apart yes and no were, from the most against to the most in favour.

    Elections by name and calls of the roll have no margin and are not counted. `limit` is not heeded.
    """
    v = metadata.tables["vote"]
    by = (v.c.margin, v.c.ahead, v.c.turned)
    with reading(engine) as connection:
        found = met(connection, wanted)
        if found is None:
            return ()
        query = found.of(select(*by, func.count().label("n")).select_from(v).where(v.c.margin.is_not(None)))
        rows = connection.execute(query.group_by(*by)).all()
    votes: dict[int, tuple[int, int]] = {}
    for row in rows:
        margin = -row.margin if row.ahead == "no" else row.margin
        whole, turned = votes.get(margin, (0, 0))
        votes[margin] = whole + row.n, turned + (row.n if row.turned else 0)
    return tuple(Apart(margin, *votes[margin]) for margin in sorted(votes))
