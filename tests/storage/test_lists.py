"""Does the migration work out for older votes what the writer stores to narrow lists down by?"""

from __future__ import annotations

from alembic import command
from sqlalchemy import Engine, select

from tracker.storage.engine import drift, migrations, upgrade
from tracker.storage.tables import metadata

Rows = list[tuple[object, ...]]


def stored(engine: Engine) -> tuple[Rows, Rows, Rows]:
    v, o, t = (metadata.tables[name] for name in ("vote", "observation", "group_tally"))
    queries = (
        select(v.c.slug, v.c.margin, v.c.ahead, v.c.turned).order_by(v.c.slug),
        select(o.c.id, o.c.cause).order_by(o.c.id),
        select(t).order_by(t.c.group_id, t.c.observation_id),
    )
    with engine.connect() as connection:
        sides, causes, groups = ([tuple(row) for row in connection.execute(query)] for query in queries)
    return sides, causes, groups


def test_the_migration_finds_what_the_writer_stores(corrected: Engine) -> None:
    before = sides, causes, groups = stored(corrected)
    assert sides == [("tri-1", 2, "no", False), ("tri-2", 1, "yes", True), ("tri-3", None, None, False)]
    assert [cause for _, cause in causes] == [None, None, None, "source"]
    assert [tuple(row[2:]) for row in groups] == [(1, 1, 0), (1, 1, 0), (0, 2, 0)]
    command.downgrade(migrations(corrected), "0004")
    upgrade(corrected)
    assert drift(corrected) == []
    assert stored(corrected) == before
