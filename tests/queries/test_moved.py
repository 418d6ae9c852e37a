"""Do the votes that moved last come first, each with when it did?"""

from __future__ import annotations

from datetime import UTC, datetime

import seed
from sqlalchemy import Engine, update

from tracker.domain.changes import Cause
from tracker.queries import moved
from tracker.queries.filters import VoteFilter
from tracker.storage.tables import metadata

SENATE = datetime(2021, 2, 24, 19, tzinfo=UTC)


def at(engine: Engine, wanted: VoteFilter | None = None) -> dict[str, datetime]:
    found, more = moved.votes(engine, wanted or VoteFilter(limit=100))
    assert not more
    return {one.view.id: one.at for one in found}


def test_a_vote_moves_when_it_comes_and_when_its_source_changes_it(engine: Engine) -> None:
    found = at(engine)
    assert found[seed.SENATE] == SENATE
    assert found[seed.CORRECTED] == datetime(2023, 6, 30, 18, tzinfo=UTC)
    assert list(found.values()) == sorted(found.values(), reverse=True)
    (view,) = [one.view for one in moved.votes(engine, VoteFilter(text="4766", limit=1))[0]]
    assert view.ballots, "whole"


def test_our_own_change_moves_a_vote_when_we_made_it_and_its_end_when_it_was_seen(database_url: str) -> None:
    engine = seed.seeded(database_url).engine
    o, v = metadata.tables["observation"], metadata.tables["vote"]
    with engine.begin() as connection:
        connection.execute(update(o).where(o.c.cause == Cause.SOURCE.value).values(cause=Cause.READER.value))
    found = at(engine)
    assert next(iter(found)) == seed.CORRECTED, "noticed as the test runs, long after the document"
    assert found[seed.CORRECTED] > datetime(2026, 1, 1, tzinfo=UTC)
    gone = datetime(2100, 1, 1, tzinfo=UTC)
    with engine.begin() as connection:
        connection.execute(update(v).where(v.c.slug == seed.SENATE).values(gone_since=gone))
    assert next(iter(at(engine).items())) == (seed.SENATE, gone)


def test_there_is_more_than_a_stretch(engine: Engine) -> None:
    first, more = moved.votes(engine, VoteFilter(limit=2))
    assert (len(first), more) == (2, True)
    rest, more = moved.votes(engine, VoteFilter(limit=100, offset=2))
    assert not more
    assert {one.view.id for one in first} | {one.view.id for one in rest} == set(at(engine))
    assert moved.votes(engine, VoteFilter(text="??")) == ((), False)
