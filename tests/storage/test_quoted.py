"""Is a vote found by every count it has had, and does the migration find the same counts?"""

from __future__ import annotations

from collections.abc import Callable

from alembic import command
from sqlalchemy import Engine, select

from tracker.domain.legislature import Paper
from tracker.domain.votes import Vote
from tracker.queries.claimed import Finder, Quoted
from tracker.queries.filters import VoteFilter
from tracker.queries.votes import listing
from tracker.storage.engine import drift, migrations, upgrade
from tracker.storage.tables import metadata
from tracker.storage.write import Reading, Writer

Make = Callable[..., Vote]
Read = Callable[..., Reading]


def quoted(engine: Engine) -> list[tuple[object, ...]]:
    t = metadata.tables["quoted"]
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(select(t).order_by(t.c.vote_id, t.c.yes, t.c.no))]


def test_every_count_is_kept_once_and_the_migration_finds_them(
    corrected: Engine, paper: Paper, vote: Make, reading: Read
) -> None:
    writer = Writer(corrected, paper)
    writer.take(reading(vote(1, marks="NNX"), day=2))
    writer.flush()
    before = quoted(corrected)
    assert [row[:3] for row in before if row[4] == before[0][4]] == [(0, 2, 0), (1, 1, 0)]
    assert {row[:3] for row in before} == {(0, 2, 0), (1, 1, 0), (2, 1, 0)}
    assert len({row[4] for row in before}) == 2
    with corrected.connect() as connection:
        finder = Finder(connection)
        found = finder.by_figures([Quoted(1, 1, None), Quoted(2, 1, 0), Quoted(9, 9, None)])
        votes = finder.candidates(found[Quoted(1, 1, None)])
    assert [len(keys) for keys in found.values()] == [2, 1, 0]
    replaced = next(one for one in votes.values() if one.id == "tri-1")
    assert {(count.kind, count.in_force, count.version, str(count.tally)) for count in replaced.counts} >= {
        ("board", False, 1, "1–1–0"), ("board", True, 2, "0–2–0"),
    }  # fmt: skip
    asked = ("1-1", "0-2", "2-1")
    by_search = {text: [row.id for row in listing(corrected, VoteFilter(text=text)).rows] for text in asked}
    assert by_search == {"1-1": ["tri-2"], "0-2": ["tri-1"], "2-1": ["tri-2"]}, "only counts in force"
    command.downgrade(migrations(corrected), "0005")
    upgrade(corrected)
    assert drift(corrected) == []
    assert quoted(corrected) == before
