"""Do a chamber's ballots lie in a part of their own on PostgreSQL, and hold all that one table held?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
import seed
from alembic import command
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import IntegrityError

from tracker.queries import members, rolls, votes
from tracker.queries.database import connect
from tracker.storage import parts
from tracker.storage.engine import drift, migrations, open_engine, upgrade
from tracker.storage.tables import metadata

pytestmark = pytest.mark.postgres
PARTS = "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'ballot'::regclass ORDER BY 1"


@pytest.fixture
def filled(postgres_url: str) -> Iterator[Engine]:
    engine = seed.seeded(postgres_url).engine
    yield engine
    engine.dispose()


def rows(engine: Engine) -> list[tuple[int, ...]]:
    with engine.connect() as connection:
        found = connection.exec_driver_sql(
            "SELECT observation_id, voter_id, group_id, code_id FROM ballot ORDER BY 1, 2"
        )
        return [tuple(row) for row in found]


def each_part(engine: Engine) -> dict[str, list[int]]:
    """Of each part the chambers of the names on its ballots."""
    whose = "SELECT DISTINCT v.legislature_id FROM {} b JOIN voter v ON v.id = b.voter_id"
    with engine.connect() as connection:
        found = connection.scalars(text(PARTS)).all()
        return {part: list(connection.scalars(text(whose.format(part)))) for part in found}


def test_each_chamber_has_a_part_with_its_ballots_alone(filled: Engine) -> None:
    with filled.connect() as connection:
        chambers = connection.scalars(text("SELECT id FROM legislature ORDER BY id")).all()
    assert each_part(filled) == {f"ballot_of_{n}": [n] for n in chambers}


def test_ballots_survive_the_way_back_to_one_table_and_forth(filled: Engine) -> None:
    before = rows(filled)
    assert len(before) > 1000
    command.downgrade(migrations(filled), "0009")
    with filled.connect() as connection:
        assert connection.scalars(text(PARTS)).all() == []
    assert rows(filled) == before
    upgrade(filled)
    assert rows(filled) == before
    assert drift(filled) == []
    assert len(each_part(filled)) == 3


@pytest.mark.parametrize(
    ("observation", "voter", "group", "code", "legislature"),
    [
        ("o", "v", "g", "c", "l"), ("999999", "v", "g", "c", "l"), ("o", "999999", "g", "c", "l"),
        ("o", "v2", "9999", "c", "l"), ("o", "v2", "g", "999999", "l"), ("o", "v2", "g", "c", "99"),
    ],
    ids=["twice", "no reading", "no name", "no group", "no code", "no chamber"],
)  # fmt: skip
def test_what_a_ballot_names_must_be_there_and_no_ballot_is_there_twice(
    filled: Engine, observation: str, voter: str, group: str, code: str, legislature: str
) -> None:
    insert = f"INSERT INTO ballot SELECT {observation}, {voter}, {group}, {code}, {legislature} FROM one"
    one = (
        "WITH one AS (SELECT observation_id o, voter_id v, (SELECT max(id) FROM voter) v2, group_id g, code_id c, "
        "legislature_id l FROM ballot LIMIT 1) "
    )
    with pytest.raises(IntegrityError), filled.begin() as connection:
        connection.exec_driver_sql(one + insert)


QUESTIONS: dict[str, Callable[[Engine], object]] = {
    "a vote": lambda engine: votes.one(engine, seed.FOUNDING),
    "a member": lambda engine: members.one(engine, "taipe-coronado-maria-elizabeth", "pe_congress"),
    "a year": lambda engine: rolls.record(engine, "pe_congress", 2023),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_about_a_chamber_reads_its_part_alone(filled: Engine, question: str) -> None:
    asked: list[tuple[str, object]] = []
    reader = connect(filled.url.render_as_string(hide_password=False))
    event.listen(reader, "before_cursor_execute", lambda _c, _cursor, sql, given, *_more: asked.append((sql, given)))
    QUESTIONS[question](reader)
    ballots = [(sql, given) for sql, given in asked if "ballot." in sql]
    with reader.connect() as connection:
        plans = [" ".join(connection.exec_driver_sql(f"EXPLAIN {sql}", given).scalars()) for sql, given in ballots]
        own = connection.scalar(text("SELECT id FROM legislature WHERE slug = 'pe_congress'"))
    reader.dispose()
    assert plans
    assert {part for plan in plans for part in re.findall(r"ballot_of_\d+(?=[ _])", plan)} == {f"ballot_of_{own}"}


def test_a_part_that_is_there_is_left_alone(filled: Engine) -> None:
    with filled.begin() as connection:
        parts.make(connection, 1)
        assert len(connection.scalars(text(PARTS)).all()) == 3


def test_text_is_put_in_order_by_its_letters_alone(postgres_url: str) -> None:
    engine = open_engine(postgres_url)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT 'ñ' < 'z'")), "the language of the database would not"
    upgrade(engine)
    with engine.connect() as connection:
        found = connection.exec_driver_sql(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' "
            "AND data_type IN ('text', 'character varying') AND collation_name IS DISTINCT FROM 'C'"
        )
        assert {table for table, _ in found} & set(metadata.tables) == set()
    engine.dispose()
