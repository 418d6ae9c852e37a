"""Is the archive read again without a second look at a page, and does a newer reader leave its mark on the record?"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from drawn_sheets import VOTE
from held_sheets import hold

from tracker.archive.ocr import page
from tracker.archive.store import Store
from tracker.demo import draw_sheet
from tracker.domain.changes import Cause
from tracker.domain.evidence import Document
from tracker.domain.votes import PrintedVote
from tracker.pipeline import again
from tracker.pipeline.collect import Ending
from tracker.queries.view import VoteView
from tracker.queries.votes import one
from tracker.sources.contract import Finding, Sheet, Source
from tracker.sources.peru import sheets
from tracker.sources.peru.reading import read_sheet
from tracker.storage.engine import Engine, open_engine, upgrade

ID = f"pe-2023-05-18-{VOTE.record[-5:]}"
LOOKED: list[int] = []
"""The numbers of the pages that were looked at."""


@pytest.fixture(scope="module", autouse=True)
def eyes() -> Iterator[None]:
    """Note every page that is looked at."""
    real = page.read
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(page, "read", lambda shown, number, *rest: (LOOKED.append(number), real(shown, number, *rest))[1])
        yield


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a file of a sheet and an empty page, read for the first time."""
    home = tmp_path_factory.mktemp("once")
    store = Store(home / "archive")
    hold(store, draw_sheet.printed([VOTE, None]))
    engine = database(home)
    assert again.rebuild(sheets.SOURCE, engine=engine, store=store).totals.inserted == 1
    engine.dispose()
    assert LOOKED == [1, 2]
    LOOKED.clear()
    return home


@pytest.fixture
def home(once: Path, tmp_path: Path) -> Iterator[Path]:
    """Such a home of the test's own; nothing that is done in it may look at a page."""
    yield shutil.copytree(once, tmp_path / "home")
    assert LOOKED == []


def database(home: Path) -> Engine:
    engine = open_engine(f"sqlite:///{home}/votes.sqlite")
    upgrade(engine)
    return engine


def view(engine: Engine) -> VoteView:
    found = one(engine, ID)
    assert found is not None
    return found


def newer(version: int, subject: str | None = None) -> Source:
    """The source with another version of its reader, which may read the subject otherwise."""

    def read(document: Document, sheet: Sheet) -> Iterator[Finding]:
        for found in read_sheet(document, sheet):
            yield replace(found, subject=subject) if subject and isinstance(found, PrintedVote) else found

    role = replace(sheets.SOURCE.roles["sheet"], read=read, version=version)
    return replace(sheets.SOURCE, roles={**sheets.SOURCE.roles, "sheet": role})


def test_what_was_seen_is_read_again_into_the_same_and_into_an_empty_database(home: Path) -> None:
    store, full = Store(home / "archive"), database(home)
    assert again.rebuild(sheets.SOURCE, engine=full, store=store).ending is Ending.UNCHANGED
    (home / "fresh").mkdir()
    fresh = database(home / "fresh")
    assert again.rebuild(sheets.SOURCE, engine=fresh, store=store).ending is Ending.DONE
    assert view(fresh) == view(full)


def test_a_newer_reader_moves_what_it_reads_otherwise_and_is_named_as_the_cause(home: Path) -> None:
    store, engine = Store(home / "archive"), database(home)
    before = view(engine)
    report = again.rebuild(newer(90, "PROYECTO DE LEY 4766"), engine=engine, store=store)
    assert (report.ending, report.totals.updated) == (Ending.DONE, 1)
    after = view(engine)
    assert (after.subject, after.tallies, after.ballots) == ("PROYECTO DE LEY 4766", before.tallies, before.ballots)
    first, second = after.versions
    assert (first.reader, second.reader) == (sheets.SOURCE.reader("sheet"), "sheet/90")
    assert (second.cause, second.in_force) == (Cause.READER, True)
    assert ("subject", before.subject, after.subject) in [(c.field, c.was, c.now) for c in second.changes]
    assert first.sha256 == second.sha256


def test_a_newer_reader_that_reads_the_same_moves_nothing(home: Path) -> None:
    store, engine = Store(home / "archive"), database(home)
    before = view(engine)
    assert again.rebuild(newer(90), engine=engine, store=store).ending is Ending.UNCHANGED
    assert view(engine) == before


def test_told_to_stop_it_ends_before_the_next_document(home: Path) -> None:
    store, engine = Store(home / "archive"), database(home)
    stop = threading.Event()
    stop.set()
    report = again.rebuild(newer(90, "x"), engine=engine, store=store, stop=stop)
    assert (report.journey.stopped, report.journey.documents) == (True, 0)
    assert "the rest follows at the next run" in report.message
    assert view(engine).subject != "x"
