"""Is a database that is carried over the same, row for row, and is whatever goes wrong on the way told?"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import odd
import pytest
import seed
from sqlalchemy import Engine, func, select, text

from tracker.pipeline.moving import differing
from tracker.queries.database import connect
from tracker.storage import moving, search
from tracker.storage.engine import drift, open_engine, upgrade
from tracker.storage.moving import Changed, Occupied, Seal, measure, move, size
from tracker.storage.tables import metadata

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('moving')}/votes.sqlite"
    odd.fill(url).dispose()
    return url


@pytest.fixture
def source(record: str) -> Iterator[Engine]:
    engine = connect(record)
    yield engine
    engine.dispose()


@pytest.fixture
def target(postgres_url: str) -> Iterator[Engine]:
    engine = open_engine(postgres_url)
    yield engine
    engine.dispose()


def held(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        return {
            table.name: connection.scalar(select(func.count()).select_from(table)) or 0
            for table in metadata.sorted_tables
        }


def test_there_and_back_again_every_row_and_every_answer_is_the_same(
    source: Engine, target: Engine, postgres_url: str, tmp_path: Path
) -> None:
    told: dict[str, int] = {}
    there = move(source, target, lambda name, rows: told.update({name: told.get(name, 0) + rows}))
    assert {one.table: one.before.rows for one in there} == held(target) == held(source)
    assert sum(told.values()) == size(source) > 5_000
    assert all(one.same for one in there)
    assert drift(target) == []
    asked = dict(differing(source, connect(postgres_url)))
    assert not any(asked.values())
    assert len(asked) > 200
    home = open_engine(f"sqlite:///{tmp_path}/home.sqlite")
    back = move(target, home)
    assert [one.after for one in back] == [one.before for one in there]
    assert not any(dict(differing(source, home)).values())
    home.dispose()


def test_what_is_collected_afterwards_joins_what_was_carried_over(source: Engine, target: Engine) -> None:
    move(source, target)
    before = held(target)
    seed.year(target)
    again = held(target)
    assert {name for name in again if again[name] != before[name]} == {"fetch"}, "what is held is not stored again"
    seed.many(target, 3)
    assert held(target)["vote"] == before["vote"] + 3


def test_the_keys_are_bound_again_and_the_index_finds(source: Engine, target: Engine) -> None:
    move(source, target)
    with target.connect() as connection:
        ours = "contype = 'f' AND conparentid = 0 AND conrelid::regclass::text NOT LIKE 'procrastinate%'"
        bound = connection.scalar(text(f"SELECT count(*) FROM pg_constraint WHERE {ours}"))
        words = connection.scalar(text("SELECT count(*) FROM vote_search"))
    assert bound == sum(len(table.foreign_key_constraints) for table in metadata.sorted_tables)
    assert words == held(source)["vote"]


def test_a_database_that_holds_something_is_left_alone(source: Engine, postgres_url: str) -> None:
    engine = seed.seeded(postgres_url).engine
    before = held(engine)
    with pytest.raises(Occupied, match="has rows in the table"):
        move(source, engine)
    assert held(engine) == before
    engine.dispose()


@pytest.mark.parametrize(
    "loss", ["DELETE FROM spoken", "UPDATE ballot SET group_id = NULL", "UPDATE vote SET first_seen = now()"]
)
def test_a_row_that_is_lost_or_altered_on_the_way_is_noticed_and_nothing_is_kept(
    source: Engine, target: Engine, monkeypatch: pytest.MonkeyPatch, loss: str
) -> None:
    """What is done behind the mover's back, as a trigger or a bad disk might."""
    reindex = search.reindex
    monkeypatch.setattr(
        moving.search, "reindex", lambda connection: (reindex(connection), connection.exec_driver_sql(loss))
    )
    with pytest.raises(Changed) as told:
        move(source, target)
    assert [one.table for one in told.value.found if not one.same] == [loss.split()[loss.startswith("D") + 1]]
    assert not any(held(target).values())


def test_an_answer_that_differs_is_named(target: Engine, postgres_url: str, tmp_path: Path) -> None:
    small = seed.seeded(f"sqlite:///{tmp_path}/small.sqlite").engine
    move(small, target)
    with target.begin() as connection:
        of_house = f"(SELECT observation_id FROM vote WHERE slug = '{seed.HOUSE}')"
        connection.execute(text(f"UPDATE tally SET yes = yes + 1 WHERE observation_id = {of_house}"))
    wrong = {name for name, differs in differing(small, connect(postgres_url)) if differs}
    small.dispose()
    assert f"the vote {seed.HOUSE}" in wrong
    assert f"the vote {seed.FOUNDING}" not in wrong


def test_a_move_that_is_killed_leaves_the_target_empty_and_can_be_made_again(
    source: Engine, target: Engine, record: str, postgres_url: str
) -> None:
    stop_at_ballots = (
        "import sys, time\nfrom tracker.storage.engine import open_engine\nfrom tracker.storage.moving import move\n"
        "def watch(name, rows):\n    if name == 'tally':\n        print('there', flush=True)\n        time.sleep(60)\n"
        "move(open_engine(sys.argv[1], read_only=True), open_engine(sys.argv[2]), watch)\n"
    )
    mover = subprocess.Popen([sys.executable, "-c", stop_at_ballots, record, postgres_url], stdout=subprocess.PIPE)
    assert mover.stdout is not None
    assert mover.stdout.readline() == b"there\n"
    os.kill(mover.pid, signal.SIGKILL)
    mover.wait(20)
    mover.stdout.close()
    assert not any(held(target).values())
    assert all(one.same for one in move(source, target))


def test_a_table_of_any_length_is_read_in_the_same_memory(tmp_path: Path, postgres_url: str) -> None:
    peaks = []
    for url in (f"sqlite:///{tmp_path}/long.sqlite", postgres_url):
        engine = seed.seeded(url).engine
        for more in ("", "many"):
            if more:
                grow(engine, 60_000)
            with moving.snapshot(engine) as connection:
                tracemalloc.start()
                assert measure(connection, metadata.tables["word"]).rows > (60_000 if more else 0)
                peaks.append(tracemalloc.get_traced_memory()[1])
                tracemalloc.stop()
        engine.dispose()
    assert max(peaks) < 8_000_000, peaks


def grow(engine: Engine, count: int) -> None:
    with engine.begin() as connection:
        connection.execute(
            metadata.tables["word"].insert(), [{"word": f"w{n}", "stem": "w", "n": 1} for n in range(count)]
        )


def test_the_sum_of_digests_heeds_no_order_but_everything_else() -> None:
    def seal(*rows: tuple[Any, ...]) -> Any:
        made = Seal()
        for row in rows:
            made.add(row)
        return made.measure

    one, other = (1, "a", None), (2, "b", "")
    assert seal(one, other) == seal(other, one)
    told = [
        seal(one),
        seal(one, one),
        seal(one, other),
        seal((1, "a", "")),
        seal(("1", "a", None)),
        seal(("a", 1, None)),
    ]
    assert len(set(told)) == len(told)


def test_an_old_source_is_refused(tmp_path: Path, target: Engine) -> None:
    from tracker.storage.engine import SchemaBehind

    engine = open_engine(f"sqlite:///{tmp_path}/old.sqlite")
    upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    with pytest.raises(SchemaBehind):
        move(engine, target)
    engine.dispose()
