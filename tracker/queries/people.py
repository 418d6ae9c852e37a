"""Which group was a member in on a day, as the register has it?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, or_, select

from tracker.storage.tables import metadata


def groups_on(connection: Connection, people: Iterable[int], day: date) -> dict[int, str]:
    """Return the group code of each person on a day, where the register says."""
    wanted = set(people)
    if not wanted:
        return {}
    s, g = metadata.tables["spell"], metadata.tables["group"]
    rows = connection.execute(
        select(s.c.person_id, g.c.code)
        .join(g, g.c.id == s.c.group_id)
        .where(s.c.person_id.in_(wanted), s.c.since <= day, or_(s.c.until.is_(None), s.c.until >= day))
        .order_by(s.c.since, s.c.id)
    )
    return {row[0]: row[1] for row in rows}
