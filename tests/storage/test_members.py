"""Are names in full and districts kept, and is nobody made a member by a list?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from sqlalchemy import Engine, select

from tracker.domain.legislature import Paper
from tracker.domain.people import Mandate, Person, Register
from tracker.domain.votes import Vote
from tracker.storage.tables import metadata
from tracker.storage.write import Reading, Writer

people, seats = metadata.tables["person"], metadata.tables["mandate"]
SEAT = Mandate(Person("ana-luz", "Luz, A.", "Luz", "A."), date(2023, 1, 1))
IN_FULL = replace(SEAT, person=replace(SEAT.person, name="Luz, Ana María", given="Ana María"), region="Áncash")


def rows(engine: Engine) -> list[tuple[str, str, str | None]]:
    query = select(people.c.slug, people.c.name, seats.c.region).join(seats, seats.c.person_id == people.c.id)
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(query.order_by(people.c.slug))]


def test_a_list_gives_members_their_names_in_full(
    engine: Engine, paper: Paper, vote: Callable[..., Vote], reading: Callable[..., Reading]
) -> None:
    writer = Writer(engine, paper)
    writer.register(Register([SEAT]))
    stranger = replace(IN_FULL, person=Person("eva-sol", "Sol, Eva", "Sol", "Eva"))
    writer.take(reading(vote(1), seated=(IN_FULL, stranger)))
    writer.flush()
    assert rows(engine) == [("ana-luz", "Luz, Ana María", "Áncash")]
    again = Writer(engine, paper)
    again.register(Register([SEAT]))
    assert rows(engine) == [("ana-luz", "Luz, Ana María", "Áncash")], "the register, read again, shortens nothing"
