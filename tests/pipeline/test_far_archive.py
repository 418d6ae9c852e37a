"""Does a run that keeps its documents in a bucket fail when the bucket is out of reach, and find everything later?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from loopback import Answered, Asked, Loopback
from object_storage import Hand, forget, free_port, lead
from sqlalchemy import func, select

from tracker.archive import bucket as module
from tracker.archive.bucket import Patience
from tracker.archive.files import Unreachable
from tracker.archive.ocr import Sight
from tracker.archive.ocr.sight import key_of
from tracker.archive.store import State, Store
from tracker.domain.evidence import Document, Page, Request
from tracker.pipeline.again import rebuild
from tracker.pipeline.asking import Again
from tracker.pipeline.collect import Ending, Journey, read
from tracker.pipeline.desk import Desk
from tracker.pipeline.run import run
from tracker.settings import Settings
from tracker.sources.catalogue import source as known
from tracker.sources.contract import Source, Window
from tracker.storage.engine import open_engine, upgrade
from tracker.storage.tables import metadata
from tracker.storage.write import Fetch

GOOD = "board 2-1-0\nAna: Y A\nBerta: Y A\nCarla: N"


class Pages(Loopback):
    """An official site of three pages."""

    def answer(self, asked: Asked) -> Answered:
        text = {"/index": "1 2", "/1": GOOD, "/2": GOOD + "\n"}.get(asked.path)
        return Answered(404, b"no such page") if text is None else Answered(200, text.encode())


@pytest.fixture
def official() -> Iterator[Pages]:
    site = Pages()
    yield site
    site.close()


@pytest.fixture
def anew(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Leads what comes next to another server."""

    monkeypatch.setattr(module, "PATIENT", Patience(connect=1, read=1, whole=20, attempts=1, rest=0))
    yield lambda endpoint: lead(monkeypatch, endpoint)
    forget()


def test_a_run_fails_while_the_bucket_is_out_of_reach_and_the_next_loses_nothing(
    source: Source, official: Pages, bucket: Hand, s3_server: str, anew: Any, tmp_path: Path
) -> None:
    options = Settings(
        home=tmp_path,
        at={"tri": official.url},
        pause=0,
        archive=str(bucket.bucket),
        archive_cache_dir=tmp_path / "near",
    )
    engine = open_engine(options.database)
    upgrade(engine)
    window = Window(date(2023, 5, 1), date(2023, 5, 31))
    t = metadata.tables

    def go() -> Any:
        store = Store(options.archive)
        return run(source, window, engine=engine, store=store, settings=options, again=Again.ALL)

    anew(f"http://127.0.0.1:{free_port()}")
    with pytest.raises(Unreachable, match="cannot be reached"):
        go()
    with engine.connect() as connection:
        (failed,) = connection.execute(select(t["run"].c.ending, t["run"].c.message)).all()
        assert connection.scalar(select(func.count()).select_from(t["fetch"])) == 0
    assert failed.ending == Ending.FAILED
    assert "cannot be reached" in failed.message
    anew(s3_server)
    assert go().totals.inserted == 2
    assert {checked.state for checked in Store(options.archive).verify()} == {State.OK}
    fresh = open_engine(f"sqlite:///{tmp_path / 'fresh.sqlite'}")
    upgrade(fresh)
    assert rebuild(source, engine=fresh, store=Store(options.archive)).totals.inserted == 2
    assert [path for path in (tmp_path / "near").rglob("*") if path.is_file()], "the journal is kept at hand"
    for opened in (engine, fresh):
        opened.dispose()


def test_words_are_found_in_a_bucket_and_its_silence_is_not_taken_for_a_fault_of_the_page(
    bucket: Hand, anew: Any
) -> None:
    sheets, content = known("pe_sheets"), b"%PDF-1.4 a scan"
    document = Document(Request("https://x.example/1.pdf", "sheet"), content, hashlib.sha256(content).hexdigest(),
                        datetime(2023, 5, 1, tzinfo=UTC))  # fmt: skip
    form = sheets.roles["sheet"].form
    assert form is not None
    store = bucket.store()
    store.put(content)
    store.keep_words(document.sha256, key_of(form), (Page(1, ()),), "engine")
    fetch = Fetch(url=document.url, role="sheet", at=document.fetched_at, status=200)
    with Sight(store, processes=1) as sight:
        assert sight(document, form) == (Page(1, ()),)
        anew(f"http://127.0.0.1:{free_port()}")
        far = Store(bucket.bucket)
        with Sight(far, processes=1) as blind, pytest.raises(Unreachable):
            read(sheets, fetch, document, Journey(), Desk(blind, far))
