"""What does a chamber's own list say of the members of its register: the name in full, the district?"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, select

from tracker.domain.people import Mandate
from tracker.storage.tables import metadata


def name_members(connection: Connection, legislature: int, seated: Sequence[Mandate]) -> None:
    """Write names and districts down. Who is not in the register stays out: a list alone makes nobody a member."""
    if not seated:
        return
    people, seats = metadata.tables["person"], metadata.tables["mandate"]
    rows = connection.execute(select(people.c.slug, people.c.id).where(people.c.legislature_id == legislature))
    numbers = {row.slug: row.id for row in rows}
    told = [
        {"number": numbers[one.person.id], "begun": one.since, "called": one.person.name, "district": one.region}
        for one in seated
        if one.person.id in numbers
    ]
    person, seat = people.c.id == bindparam("number"), seats.c.person_id == bindparam("number")
    if told:
        connection.execute(people.update().where(person).values(name=bindparam("called")), told)
    if placed := [one for one in told if one["district"]]:
        there = seat & (seats.c.since == bindparam("begun"))
        connection.execute(seats.update().where(there).values(region=bindparam("district")), placed)
