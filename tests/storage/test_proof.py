"""What a large batch refers to is asked for once, and the engine is told not to ask again for each row."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, create_engine, insert, make_url
from sqlalchemy.exc import IntegrityError
from sqlalchemy.pool import NullPool

from tracker.domain.legislature import Paper
from tracker.domain.tally import Code, Position
from tracker.domain.votes import Ballot
from tracker.storage import proof
from tracker.storage.ballots import Ballots
from tracker.storage.engine import open_engine, upgrade, writing
from tracker.storage.keys import Keys
from tracker.storage.known import Known
from tracker.storage.tables import metadata

RULE = {"id": 1, "printed": "Simple majority", "fraction": "1/2", "base": "cast", "source": "rules of order"}


ONE = Ballot("Rivas", Code("SI", Position.YES), "AP", None, None, None)


def test_ballots_that_refer_to_nothing_are_refused(engine: Engine, paper: Paper) -> None:
    known = Known(paper)
    with engine.begin() as connection:
        known.refresh(connection, Keys(connection))
        ballots = Ballots(known)
        ballots.add([ONE], 3)
        known.write(connection)
        with pytest.raises(proof.Orphaned, match=r"ballot\.observation_id: 1 of 1 are not in observation"):
            proof.prove(connection, {}, ballots)


def test_rows_that_refer_to_nothing_are_refused_and_counted(engine: Engine, paper: Paper) -> None:
    document = {"id": 1, "sha256": "0" * 64, "size": 1, "media_type": "text/csv", "first_seen": datetime.now(UTC)}
    rows: list[dict[str, Any]] = [{"run_id": None, "document_id": n} for n in (None, 1, 1)]
    with engine.begin() as connection:
        connection.execute(insert(metadata.tables["document"]), [document])
        none = Ballots(Known(paper))
        proof.prove(connection, {"fetch": rows}, none)
        with pytest.raises(proof.Orphaned, match=r"fetch\.document_id: 1 of 2 are not in document"):
            proof.prove(connection, {"fetch": [*rows, {"run_id": None, "document_id": 2}]}, none)
        with pytest.raises(proof.Orphaned, match=r"quoted\.vote_id: 2 of 2 are not in vote"):
            proof.prove(connection, {"quoted": [(70, 33, 4, document["first_seen"].date(), n) for n in (1, 2)]}, none)


@pytest.fixture
def owner(postgres_url: str) -> Iterator[tuple[Callable[[str], None], Engine]]:
    """What the superuser may do, and the tables of a role that is none."""
    role = f"owner_{uuid.uuid4().hex[:12]}"
    admin = create_engine(
        make_url(postgres_url).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT", poolclass=NullPool
    )

    def allow(words: str) -> None:
        with admin.connect() as connection:
            connection.exec_driver_sql(words.format(role=role))

    allow("CREATE ROLE {role} LOGIN")
    allow("GRANT CREATE ON SCHEMA public TO {role}")
    engine = open_engine(make_url(postgres_url).set(username=role).render_as_string(hide_password=False))
    upgrade(engine)
    yield allow, engine
    engine.dispose()
    allow("DROP OWNED BY {role}")
    allow("REVOKE SET ON PARAMETER session_replication_role FROM {role}")
    allow("DROP ROLE {role}")


def refers_to_nothing(connection: Connection) -> None:
    connection.execute(insert(metadata.tables["rule"]), [RULE | {"legislature_id": 99}])


@pytest.mark.postgres
def test_postgresql_looks_references_up_unless_its_superuser_lets_the_role_say_so(
    owner: tuple[Callable[[str], None], Engine],
) -> None:
    allow, engine = owner
    with pytest.raises(IntegrityError), writing(engine, proven=True) as connection:
        refers_to_nothing(connection)
    allow("GRANT SET ON PARAMETER session_replication_role TO {role}")
    with pytest.raises(IntegrityError), writing(engine) as connection:
        refers_to_nothing(connection)
    with writing(engine, proven=True) as connection:
        refers_to_nothing(connection)
    with pytest.raises(IntegrityError), writing(engine) as connection:
        refers_to_nothing(connection)
