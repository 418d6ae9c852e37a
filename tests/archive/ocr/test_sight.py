"""Are pages read once for each way of reading, by several processes, and is what cannot be read told by name?"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from deadly_pdf import deadly
from drawn_sheets import ATTENDANCE, VOTE, document, many, saved, scan
from fpdf import FPDF

from tracker.archive import trial
from tracker.archive.ocr import Illegible, Sight, crop, engine, page, readers, sight
from tracker.archive.ocr.readers import Readers, Stretch
from tracker.archive.politeness import Stopped
from tracker.archive.store import State, Store
from tracker.demo import draw_sheet
from tracker.domain.evidence import Document
from tracker.domain.pdfium import PDFIUM
from tracker.sources.peru import form, sheets

FORM = form.of(sheets.SHEET.codes)
LONG = scan(VOTE, *[None] * 6)
"""Long enough to be read by several processes, short enough for a test: but for the first, its pages are empty."""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "archive")


def held(store: Store, content: bytes) -> Document:
    store.put(content)
    return document(content)


class Eyes:
    """Counts the pages that are looked at in this process."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.looked = 0
        real = page.read

        def read(*words: object) -> object:
            self.looked += 1
            return real(*words)  # type: ignore[arg-type]

        monkeypatch.setattr(page, "read", read)


@pytest.fixture
def eyes(monkeypatch: pytest.MonkeyPatch) -> Eyes:
    return Eyes(monkeypatch)


def test_pages_are_looked_at_once_and_remembered_in_the_archive(store: Store, eyes: Eyes) -> None:
    told: list[tuple[int, int]] = []
    paper = held(store, scan(VOTE, None))
    with Sight(store, processes=1, watch=lambda _, done, count: told.append((done, count))) as see:
        first = see(paper, FORM)
    assert [found.number for found in first] == [1, 2]
    assert (eyes.looked, told) == (2, [(1, 2), (2, 2)])
    with Sight(Store(store.root), processes=1, watch=lambda *_: pytest.fail("nothing is read")) as see:
        assert see(paper, FORM) == first
    assert eyes.looked == 2
    assert {checked.state for checked in store.verify()} == {State.OK}


@pytest.mark.parametrize("changed", ["engine", "version", "form"])
def test_another_way_of_reading_reads_anew_and_keeps_both(
    store: Store, eyes: Eyes, monkeypatch: pytest.MonkeyPatch, changed: str
) -> None:
    paper = held(store, scan(None))
    known = FORM
    with Sight(store, processes=1) as see:
        see(paper, FORM)
        if changed == "engine":
            monkeypatch.setattr(engine, "name", lambda: "rapidocr-99")
        elif changed == "version":
            monkeypatch.setattr(sight, "VERSION", sight.VERSION + 1)
        else:
            known = replace(FORM, words={**FORM.words, "code": (*FORM.words["code"], "NEW")})
        see(paper, known)
        see(paper, known)
    assert eyes.looked == 2
    assert len(list((store.root / "words").rglob("*.json.gz"))) == 2


def test_a_form_has_one_key_whatever_the_order_of_its_lists() -> None:
    turned = replace(FORM, words=dict(reversed(FORM.words.items())))
    assert sight.key_of(turned) == sight.key_of(FORM)
    assert sight.key_of(replace(FORM, most=131)) != sight.key_of(FORM)


def test_damaged_words_are_made_anew(store: Store, eyes: Eyes) -> None:
    paper = held(store, scan(None))
    with Sight(store, processes=1) as see:
        first = see(paper, FORM)
        [file] = (store.root / "words").rglob("*.json.gz")
        file.chmod(0o644)
        file.write_bytes(file.read_bytes()[:20])
        assert see(paper, FORM) == first
    assert eyes.looked == 2
    assert {checked.state for checked in store.verify()} == {State.OK}


def test_without_an_archive_nothing_is_kept(tmp_path: Path, eyes: Eyes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with Sight(None, processes=1) as see:
        see(document(scan(None)), FORM)
        see(document(scan(None)), FORM)
    assert eyes.looked == 2
    assert list(tmp_path.iterdir()) == []


# --- what cannot be read ----------------------------------------------------------------------------------------------


def encrypted() -> bytes:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_encryption(owner_password="owner", user_password="secret")
    return bytes(pdf.output())


@pytest.mark.parametrize(
    ("content", "code", "advice"),
    [
        (encrypted(), "encrypted", "ask for an open copy"),
        (many(2000), "too_many_pages", "2,000 pages, a sitting has at most 250"),
        (many(0), "broken_pdf", "will be asked for again"),
        (b"", "empty", "will be asked for again"),
        (b"<!DOCTYPE html><html>Mantenimiento</html>", "html_instead_of_pdf", "open it to see what the site says"),
        (b"PK\x03\x04 a spreadsheet", "not_a_pdf", "open it to see what it is"),
        (scan(VOTE)[:30_000], "truncated", "cut short"),
        (b"%PDF-1.4\nnothing that a PDF has\n%%EOF\n", "broken_pdf", "will be asked for again"),
    ],
    ids=lambda value: value if isinstance(value, str) and " " not in value else "",
)
def test_what_is_no_readable_pdf_is_named(content: bytes, code: str, advice: str) -> None:
    with Sight(None, processes=1) as see, pytest.raises(Illegible) as error:
        see(document(content), FORM)
    assert error.value.code == code
    assert str(error.value).startswith("https://example.test/$FILE/")
    assert advice in str(error.value)


def test_a_pdf_that_is_too_large_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sight, "MOST_BYTES", 1000)
    with Sight(None, processes=1) as see, pytest.raises(Illegible, match="more than such a document has") as error:
        see(document(scan(None)), FORM)
    assert error.value.code == "too_large"


def test_two_threads_are_not_in_pdfium_at_once() -> None:
    content, done = scan(None), threading.Event()

    def look() -> None:
        with Sight(None, processes=1) as see:
            see(document(content), FORM)
        crop.crop(content, 1, 0, None)
        done.set()

    other = threading.Thread(target=look)
    with PDFIUM:
        other.start()
        assert not done.wait(1), "it waits until this thread has done with PDFium"
    other.join(30)
    assert done.is_set()


def test_one_page_that_cannot_be_shown_costs_no_other() -> None:
    pdf = pdfium.PdfDocument(draw_sheet.printed([ATTENDANCE]))
    pdf.new_page(14_000, 20, index=0)
    with Sight(None, processes=1) as see:
        strip, roll = see(document(saved(pdf)), FORM)
    assert strip.words == ()
    assert len([word for word in roll.words if word.cell]) == 390


def test_a_pdf_that_kills_what_opens_it_does_so_to_a_process_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "MEMORY", 2**28)
    with Sight(None, processes=1) as see:
        with pytest.raises(Illegible, match="look at it") as error:
            see(document(deadly()), FORM)
        assert error.value.code == "reading_killed"
        assert len(see(document(scan(None)), FORM)) == 1


# --- several processes ------------------------------------------------------------------------------------------------


def test_several_processes_read_what_one_reads() -> None:
    told: list[int] = []
    with Sight(None, processes=2, watch=lambda _, done, count: told.append(done)) as see:
        together = see(document(LONG), FORM)
    with Sight(None, processes=1) as see:
        alone = see(document(LONG), FORM)
    assert together == alone
    assert told == sorted(told)
    assert told[-1] == 7


def _workers() -> list[int]:
    return [one.pid for one in multiprocessing.active_children() if one.pid is not None]


def test_a_process_that_is_killed_costs_no_page() -> None:
    killed: list[int] = []

    def kill(_: Document, done: int, count: int) -> None:
        if not killed:
            killed.append(_workers()[0])
            os.kill(killed[0], signal.SIGKILL)

    with Sight(None, processes=2, watch=kill) as see:
        found = see(document(LONG), FORM)
        assert [one.number for one in found] == list(range(1, 8))
        assert sum(word.cell is not None for word in found[0].words) == 390
        assert killed
        assert killed[0] not in _workers()


def test_a_document_that_kills_what_reads_it_is_named_and_the_next_one_is_read(store: Store) -> None:
    """A page on which the system ends every process, for want of memory or for a fault in a library."""
    deadly = held(store, scan(VOTE, *[None] * 20))

    def kill(paper: Document, done: int, count: int) -> None:
        if paper.sha256 == deadly.sha256:
            for pid in _workers():
                os.kill(pid, signal.SIGKILL)

    with Sight(store, processes=2, watch=kill) as see:
        with pytest.raises(Illegible, match="set ESCRUTINIO_READING_PROCESSES=1") as error:
            see(deadly, FORM)
        assert error.value.code == "reading_killed"
        assert store.words(deadly.sha256, sight.key_of(FORM)) is None, "nothing half-read is kept"
        assert len(see(held(store, scan(*[None] * 7)), FORM)) == 7


def test_a_process_that_stays_at_a_page_ends_itself(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "TOO_LONG", 0.001)
    paper = held(store, scan(VOTE))
    path = store.path(paper.sha256)
    assert path is not None
    with closing(Readers(1)) as reading, pytest.raises(BrokenProcessPool):
        reading.read(path, paper.sha256, FORM, Stretch(1, 1)).result(60)


@pytest.mark.parametrize("content", [scan(VOTE, None, None), LONG], ids=["alone", "together"])
def test_told_to_stop_it_keeps_nothing_of_the_document(store: Store, content: bytes) -> None:
    stop = threading.Event()
    watch: Callable[..., None] = lambda *_: stop.set()  # noqa: E731
    paper = held(store, content)
    with pytest.raises(Stopped), Sight(store, processes=2, stop=stop, watch=watch) as see:
        see(paper, FORM)
    assert store.words(paper.sha256, sight.key_of(FORM)) is None
    assert not (store.root / "words").exists()


def test_an_error_of_the_caller_leaves_no_process_behind() -> None:
    workers: list[Any] = []

    def leave() -> None:
        with Sight(None, processes=2) as see:
            see(document(scan(*[None] * 7)), FORM)
            assert see._readers._pool is not None
            workers.extend(see._readers._pool._processes.values())
            raise KeyError

    with pytest.raises(KeyError):
        leave()
    # They are waited for by the pool as well: who comes second may be told that they live for a moment longer.
    deadline = time.monotonic() + 30
    while any(worker.is_alive() for worker in workers) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [worker.is_alive() for worker in workers] == [False, False]
