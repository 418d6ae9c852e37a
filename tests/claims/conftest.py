"""The votes that the gold sentences speak of, in a real database."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import gold_votes
import pytest
from sqlalchemy import Engine

from tracker.queries.database import connect
from tracker.storage.engine import open_engine, upgrade


@pytest.fixture(scope="session", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def record(
    request: pytest.FixtureRequest, on: Callable[[str, str], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    """The votes of `votes.toml` on each engine, opened the way a reader does."""
    url = f"sqlite:///{tmp_path_factory.mktemp('claims')}/votes.sqlite"
    engine = open_engine(url)
    upgrade(engine)
    gold_votes.fill(engine, gold_votes.facts())
    engine.dispose()
    opened = connect(on(request.param, url))
    yield opened
    opened.dispose()
