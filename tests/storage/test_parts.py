"""Do a chamber's ballots lie in a part of their own on PostgreSQL, and hold all that one table held?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import seed
from alembic import command
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

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


def test_each_chamber_has_a_part_with_its_ballots_alone(filled: Engine) -> None:
    with filled.connect() as connection:
        chambers = connection.scalars(text("SELECT id FROM legislature ORDER BY id")).all()
        assert connection.scalars(text(PARTS)).all() == [f"ballot_of_{n}" for n in chambers]
        for n in chambers:
            found = connection.scalars(
                text(f"SELECT DISTINCT v.legislature_id FROM ballot_of_{n} b JOIN voter v ON v.id = b.voter_id")
            ).all()
            assert found == [n]


def test_ballots_survive_the_way_back_to_one_table_and_forth(filled: Engine) -> None:
    before = rows(filled)
    assert len(before) > 1000
    command.downgrade(migrations(filled), "0008")
    with filled.connect() as connection:
        assert connection.scalars(text(PARTS)).all() == []
    assert rows(filled) == before
    upgrade(filled)
    assert rows(filled) == before
    assert drift(filled) == []
    test_each_chamber_has_a_part_with_its_ballots_alone(filled)


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
