"""Who of a group voted with whom?"""

from __future__ import annotations

import math

from dashboard import frame
from dashboard.charts import agreement
from dashboard.charts.colours import PAGE
from dashboard.components import figures
from dashboard.components.escape import el
from dashboard.words import Words
from tracker.queries.benches import Sat
from tracker.queries.conduct import ENOUGH, matrix
from tracker.queries.record import Record

MOST = 30
"""Members of a group that a square has room for."""


def square(record: Record, sat: tuple[Sat, ...], say: Words) -> None:
    """Show how often every two of its members agreed in contested votes; nothing where too few or too many sat."""
    columns = [n for one in sat if (n := record.column(one.sitter.member or "")) is not None]
    if not 2 < len(columns) <= MOST:
        return
    found = matrix(record, columns)
    names = _short(found.members)
    pairs = [
        agreement.Pair(names[i], names[j], None if math.isnan(found.share[i, j]) else float(found.share[i, j]),
                       int(found.shared[i, j]))
        for i in range(len(names))
        for j in range(i)
    ]  # fmt: skip
    drawn = agreement.agreement(dict(zip(names, found.members, strict=True)), pairs, say, PAGE)
    if drawn is not None:
        frame.show(el("h2", say("bench.inside", year=record.year), id="inside"))
        figures.show(drawn, say)
        frame.show(el("p", say("bench.inside_is", n=ENOUGH), class_="esc-hint"))


def _short(names: tuple[str, ...]) -> list[str]:
    """Return the surnames, with the first name where two are called so."""
    surnames = [name.partition(",")[0] for name in names]
    return [short if surnames.count(short) == 1 else name for short, name in zip(surnames, names, strict=True)]
