"""Which motions name a bill?"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, and_, or_, select

from tracker.domain.bills import Bill
from tracker.storage.tables import metadata


def naming(bill: Bill, dialect: str) -> Select[Any]:
    """Return a query for the motions that name a bill: bare in its own series, in full from any chamber.

    SQLite sees only a `GLOB` fit an index.
    """
    b, m, law = (metadata.tables[name] for name in ("bill", "motion_bill", "legislature"))
    named = and_(b.c.number == bill.number, b.c.period == bill.period, law.c.slug == bill.legislature)
    full = [
        b.c.number.op("GLOB")(start.replace("%", "*")) if dialect == "sqlite" else b.c.number.like(start)
        for start in bill.in_full()
    ]
    return (
        select(m.c.motion_id)
        .join(b, b.c.id == m.c.bill_id)
        .join(law, law.c.id == b.c.legislature_id)
        .where(or_(named, *full))
    )
