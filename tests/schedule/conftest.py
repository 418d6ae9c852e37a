"""A sheet whose times a test can set, and a place to run sources in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tracker.demo import Site
from tracker.settings import Settings
from tracker.sources.catalogue import source
from tracker.sources.contract import Source
from tracker.sources.sheet import Sheet, Silence, Times
from tracker.storage.engine import Engine, open_engine, upgrade

MakeSheet = Callable[..., Sheet]


@pytest.fixture
def sheet() -> MakeSheet:
    """Return the Senate's sheet with other times: entries of `Times`, an alarm for silence, jitter."""

    def make(*times: dict[str, str], silence: dict[str, Any] | None = None, jitter: int = 60) -> Sheet:
        real = source("us_senate").sheet
        table = real.timetable.model_copy(
            update={
                "times": tuple(Times(because="a test", **entry) for entry in times),
                "silence": Silence(because="it usually votes", **silence) if silence else None,
                "jitter": jitter,
            }
        )
        return real.model_copy(update={"timetable": table})

    return make


@pytest.fixture
def senate(sheet: MakeSheet) -> Source:
    """The Senate, looked at once a day at nine."""
    return replace(source("us_senate"), sheet=sheet({"hours": "9"}))


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as recorded:
        yield recorded


@pytest.fixture
def options(site: Site, tmp_path: Path, database_url: str) -> Settings:
    """A home, and a database of each kind."""
    return Settings(home=tmp_path, database_url=database_url, at=site.at, pause=0)


@pytest.fixture
def engine(options: Settings) -> Iterator[Engine]:
    opened = open_engine(options.database)
    upgrade(opened)
    yield opened
    opened.dispose()
