"""By which rules does each chamber decide, as its sheet has them?"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import Engine, select

from tracker.domain.legislature import Legislature
from tracker.domain.majority import Base, Rule
from tracker.queries.assembly import chambers
from tracker.queries.database import reading
from tracker.storage.tables import metadata


@dataclass(frozen=True, slots=True)
class ChamberRules:
    """A chamber and its rules, by the requirement as printed; none: nobody has looked up what its motions need."""

    chamber: Legislature
    rules: tuple[Rule, ...]


def of_chambers(engine: Engine) -> tuple[ChamberRules, ...]:
    """Return the rules of every chamber, in order of title."""
    t = metadata.tables["rule"]
    found: dict[int, list[Rule]] = defaultdict(list)
    with reading(engine) as connection:
        held = chambers(connection)
        query = select(t.c.legislature_id, t.c.printed, t.c.fraction, t.c.base, t.c.source).order_by(t.c.id)
        for number, printed, share, base, source in connection.execute(query):
            found[number].append(Rule(printed, Fraction(share), Base(base), source))
    return tuple(
        ChamberRules(chamber, tuple(found[number]))
        for number, chamber in sorted(held.items(), key=lambda pair: pair[1].title)
    )
