"""Is everything held put into a folder each night, if somebody wants that, and does nothing it meets end the rest?"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import pytest
import seed
from apscheduler.triggers.date import DateTrigger

from tracker.archive.store import Store
from tracker.queries.database import connect
from tracker.schedule.nightly import nightly
from tracker.schedule.runner import Chore, Runner
from tracker.settings import Settings


@pytest.fixture
def chosen(tmp_path: Path) -> Callable[..., Settings]:
    url = seed.seeded(f"sqlite:///{tmp_path}/escrutinio.sqlite").url
    return lambda **more: Settings(home=tmp_path, database_url=url, **more)


def test_nothing_is_done_at_night_unless_a_folder_is_named(chosen: Callable[..., Settings]) -> None:
    assert nightly(chosen()) == ()


def test_the_hour_is_that_of_the_settings(chosen: Callable[..., Settings], tmp_path: Path) -> None:
    (chore,) = nightly(chosen(bulk_dir=tmp_path / "bulk", bulk_at="02:05"))
    at = chore.trigger.get_next_fire_time(None, datetime.now(UTC))
    assert (at.hour, at.minute) == (2, 5)
    for wrong in ("24:00", "2:05", "noon"):
        with pytest.raises(ValueError, match="bulk_at"):
            chosen(bulk_at=wrong)


def serve(chores: list[Chore], settings: Settings, stop: Event) -> None:
    engine = connect(settings.database)
    store = Store(settings.archive)
    Runner([], engine=engine, store=store, settings=settings, stop=stop, chores=chores).serve()
    engine.dispose()


def test_the_scheduler_writes_the_folder_when_it_is_time(chosen: Callable[..., Settings], tmp_path: Path) -> None:
    settings, stop = chosen(bulk_dir=tmp_path / "bulk"), Event()
    (chore,) = nightly(settings)

    def once(asked: Event) -> None:
        chore.do(asked)
        stop.set()

    serve([Chore(chore.name, DateTrigger(datetime.now(UTC)), once)], settings, stop)
    assert json.loads((tmp_path / "bulk" / "datapackage.json").read_text())["resources"]


def test_a_chore_that_breaks_is_logged_and_ends_nothing(
    chosen: Callable[..., Settings], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder, stop = tmp_path / "bulk", Event()
    folder.mkdir()
    (folder / "thesis.txt").write_text("mine")
    settings = chosen(bulk_dir=folder)
    (chore,) = nightly(settings)
    now = datetime.now(UTC)
    chores = [
        Chore(chore.name, DateTrigger(now), chore.do),
        Chore("end", DateTrigger(now), lambda _: _until(caplog, "other files") or stop.set()),
    ]
    with caplog.at_level(logging.INFO):
        serve(chores, settings, stop)
    assert "other files" in caplog.text
    assert (folder / "thesis.txt").exists()


def _until(caplog: pytest.LogCaptureFixture, words: str) -> None:
    for _ in range(600):
        if words in caplog.text:
            return
        Event().wait(0.05)


def test_a_process_that_is_to_end_leaves_the_folder_as_it_was(chosen: Callable[..., Settings], tmp_path: Path) -> None:
    (chore,) = nightly(chosen(bulk_dir=tmp_path / "bulk"))
    stop = Event()
    stop.set()
    with pytest.raises(Exception, match="still there"):
        chore.do(stop)
    assert not (tmp_path / "bulk").exists()
    assert not (tmp_path / ".bulk.new").exists()
