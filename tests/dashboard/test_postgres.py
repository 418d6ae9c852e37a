"""Do readers of a record in PostgreSQL see pages, and a message and no more where it is busy, or away for a moment?"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import seed
from sqlalchemy import Engine, text
from sqlalchemy.exc import ProgrammingError

from tracker.queries import database as reading
from tracker.queries.database import Busy, Unavailable, connect, data_version
from tracker.storage.engine import open_engine
from tracker.storage.roles import make_reader

pytestmark = pytest.mark.postgres
PAGE = f"/v/{seed.FOUNDING}"
READER = "press reader"


@pytest.fixture
def filled(postgres_url: str) -> Iterator[Engine]:
    engine = seed.seeded(postgres_url).engine
    yield engine
    engine.dispose()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ESCRUTINIO_DATABASE_LONGEST", "0.3")


def test_a_question_that_takes_too_long_is_cut_off_and_the_page_says_try_again(
    impatient: None, filled: Engine, postgres_url: str, page: Callable[..., Any], ask: Callable[..., Any]
) -> None:
    assert "70–33–4" in page("vote", at=postgres_url, id=seed.FOUNDING).text
    with filled.begin() as holding:
        holding.execute(text("LOCK TABLE motion, vote IN ACCESS EXCLUSIVE MODE"))
        shown = page("votes", at=postgres_url)
        assert "La base de datos está ocupada" in shown.text
        assert "Inténtelo de nuevo" in shown.text
        answer = ask(f"{PAGE}?lang=en", at=postgres_url)
        assert answer.status == 503
        assert answer.headers["retry-after"] == "30"
        assert "The database is busy" in answer.text
        data = ask(f"{PAGE}.json", at=postgres_url)
        assert (data.status, json.loads(data.body)["error"]) == (503, "unavailable")
        assert ask("/healthz", at=postgres_url).status == 503
    assert ask(PAGE, at=postgres_url).status == 200
    assert "esc-notice" not in page("votes", at=postgres_url).html


def test_more_questions_than_connections_wait_and_are_told_so(
    filled: Engine, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "BUSY_MS", 100)
    reader = connect(postgres_url, pool=1)
    with reader.connect(), pytest.raises(Busy, match="more questions than connections"):
        data_version(reader)
    assert data_version(reader)
    reader.dispose()


def test_only_readers_of_the_dashboard_are_cut_off(filled: Engine, postgres_url: str) -> None:
    for engine, limit in ((connect(postgres_url, longest=2), "2s"), (connect(postgres_url), "0"), (filled, "0")):
        with engine.connect() as connection:
            assert connection.scalar(text("SHOW statement_timeout")) == limit
        engine.dispose()


def test_a_server_that_is_restarted_is_missed_no_longer_than_it_is_away(
    filled: Engine, postgres: Any, postgres_url: str, page: Callable[..., Any], ask: Callable[..., Any]
) -> None:
    assert ask(PAGE, at=postgres_url).status == 200
    assert "esc-notice" not in page("votes", at=postgres_url).html
    postgres.stop()
    try:
        answer = ask(f"{PAGE}?lang=en", at=postgres_url)
        assert (answer.status, answer.headers["retry-after"]) == (503, "30")
        assert "No se pueden leer los datos" in page("votes", at=postgres_url).text
    finally:
        postgres.start()
    assert ask(PAGE, at=postgres_url).status == 200
    assert "esc-notice" not in page("votes", at=postgres_url).html
    seed.moved(filled, 1)


def test_connections_that_are_cut_while_nobody_asks_are_not_noticed(
    filled: Engine, postgres_url: str, ask: Callable[..., Any]
) -> None:
    assert ask(PAGE, at=postgres_url).status == 200
    with filled.connect() as connection:
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
        assert connection.scalars(text(f"{others} AND datname = current_database()")).all()
    assert ask(f"{PAGE}?lang=en", at=postgres_url).status == 200


def test_a_role_that_reads_sees_every_page_and_can_write_nothing_now_or_later(
    filled: Engine, postgres_url: str, ask: Callable[..., Any]
) -> None:
    assert make_reader(filled, READER)
    assert not make_reader(filled, READER), "twice is as good as once"
    url = postgres_url.replace("tests@", f"{READER.replace(' ', '%20')}@")
    assert ask(PAGE, at=url).status == 200
    with filled.begin() as connection:
        connection.execute(text("CREATE TABLE later (x integer)"))
    reader = open_engine(url)
    with reader.connect() as connection:
        assert connection.scalars(text("SELECT x FROM later")).all() == []
        assert connection.scalar(text("SELECT count(*) FROM ballot"))
    for sql in ("DELETE FROM vote", "UPDATE ballot SET code_id = 1", "DROP TABLE later", "INSERT INTO later SELECT 1"):
        with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"), reader.begin() as connection:
            connection.exec_driver_sql(f"SET TRANSACTION READ WRITE; {sql}")
    with pytest.raises(Unavailable):
        data_version(connect(url.replace("press", "nobody")))
    reader.dispose()
    with filled.begin() as connection:
        connection.execute(text(f'DROP OWNED BY "{READER}"; DROP ROLE "{READER}"'))
