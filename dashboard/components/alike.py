"""Who of a group voted with whom, as a chart?"""

from __future__ import annotations

import math

from dashboard.charts import agreement
from dashboard.charts.colours import Colours
from dashboard.charts.figure import Figure
from dashboard.words import Words
from tracker.queries.benches import Sat
from tracker.queries.conduct import matrix
from tracker.queries.record import Record

MOST = 30
"""Members of a group that a square has room for."""


def square(record: Record, sat: tuple[Sat, ...], say: Words, colours: Colours) -> Figure | None:
    """Draw how often every two of its members agreed in contested votes; None where too few or too many sat."""
    columns = [n for one in sat if (n := record.column(one.sitter.member or "")) is not None]
    if not 2 < len(columns) <= MOST:
        return None
    found = matrix(record, columns)
    names = _short(found.members)
    pairs = [
        agreement.Pair(names[i], names[j], None if math.isnan(found.share[i, j]) else float(found.share[i, j]),
                       int(found.shared[i, j]))
        for i in range(len(names))
        for j in range(i)
    ]  # fmt: skip
    return agreement.agreement(dict(zip(names, found.members, strict=True)), pairs, say, colours)


def _short(names: tuple[str, ...]) -> list[str]:
    """Return the surnames, with the first name where two are called so."""
    surnames = [name.partition(",")[0] for name in names]
    return [short if surnames.count(short) == 1 else name for short, name in zip(surnames, names, strict=True)]
