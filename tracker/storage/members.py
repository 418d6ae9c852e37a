"""What does a chamber's own list say of the members of its register: the name in full, the district?"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from tracker.domain.people import Mandate
from tracker.storage.tables import metadata


def name_members(connection: Connection, legislature: int, seated: Iterable[Mandate]) -> None:
    """Write names and districts down. Who is not in the register stays out: a list alone makes nobody a member."""
    people, seats = metadata.tables["person"], metadata.tables["mandate"]
    for mandate in seated:
        same = (people.c.legislature_id == legislature) & (people.c.slug == mandate.person.id)
        number = connection.scalar(select(people.c.id).where(same))
        if number is None:
            continue
        connection.execute(people.update().where(people.c.id == number).values(name=mandate.person.name))
        if mandate.region:
            seat = (seats.c.person_id == number) & (seats.c.since == mandate.since)
            connection.execute(seats.update().where(seat).values(region=mandate.region))
