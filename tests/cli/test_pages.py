"""Do workers on several machines share the pages of one scan, and does it say what it says to one who reads alone?"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2 as pdfium
import pytest
from drawn_sheets import document, many, saved
from fpdf import FPDF
from held_sheets import FORM
from loopback import Answered, Asked, Loopback
from sqlalchemy import text

from dashboard import words
from dashboard.components import freshness
from tracker.archive.ocr import Sight
from tracker.archive.ocr.readers import Readers, Stretch, stretches
from tracker.archive.ocr.scan import Task
from tracker.archive.ocr.sight import key_of
from tracker.archive.politeness import Stopped
from tracker.archive.store import State, Store
from tracker.domain.evidence import Document, Page, Request, Word
from tracker.pipeline.asking import Again
from tracker.queries.queue import jobs, queue_state
from tracker.schedule.pages import Help
from tracker.schedule.queue import ATTEMPTS, Line, Queue
from tracker.schedule.runner import Duty, Outcome, Runner
from tracker.schedule.worker import Worker
from tracker.settings import Settings
from tracker.sources.catalogue import source
from tracker.sources.contract import Window
from tracker.storage.engine import Engine, open_engine, upgrade
from tracker.storage.queue import cancel

if TYPE_CHECKING:
    from conftest import Tracker

pytestmark = pytest.mark.postgres
SITTING = "peru/scans/Asis_y_vot_16-10-2024_pages_01-20.pdf"


@pytest.fixture
def engine(postgres_url: str) -> Iterator[Engine]:
    opened = open_engine(postgres_url)
    upgrade(opened)
    yield opened
    opened.dispose()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "home" / "archive")


@pytest.fixture
def help(engine: Engine, store: Store) -> Iterator[Help]:
    """What a run with one reading process asks."""
    readers = Readers(1)
    yield Help(Queue(engine), store, readers)
    readers.close()


def held(store: Store, content: bytes) -> Document:
    store.put(content)
    return document(content)


def until(true: Callable[[], object], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come true in time"
        time.sleep(0.02)


def real(corpus: Path) -> bytes:
    """Four pages of a real sitting among empty ones: twenty-four pages, four stretches."""
    whole, made = pdfium.PdfDocument((corpus / SITTING).read_bytes()), pdfium.PdfDocument.new()
    for pages in ((1, 2), (), (3,), (4,)):
        if pages:
            made.import_pages(whole, [page - 1 for page in pages])
        for _ in range(6 - len(pages)):
            made.new_page(595, 842)
    return saved(made)


def parts(store: Store) -> list[str]:
    """The stretches whose words lie in the archive by themselves."""
    return sorted(path.name.split(".")[2] for path in (store.root / "reading").rglob("*.gz"))


def waiting(engine: Engine) -> list[str]:
    """The stretches that wait, those put there first first."""
    return [job.about.split()[1] for job in reversed(jobs(engine)) if job.state == "waiting"]


def working(engine: Engine) -> int:
    state = queue_state(engine)
    return state.workers if state else 0


@pytest.mark.corpus
def test_two_workers_help_one_is_killed_and_the_words_are_those_of_one_who_reads_alone(
    tracker: Tracker, corpus: Path, engine: Engine, store: Store, help: Help, postgres_url: str
) -> None:
    paper = held(store, real(corpus))
    tracker.env |= {
        "ESCRUTINIO_DATABASE_URL": postgres_url, "ESCRUTINIO_ARCHIVE": str(store.root),
        "ESCRUTINIO_WORKER_SILENCE": "2", "ESCRUTINIO_READING_PROCESSES": "1",
    }  # fmt: skip
    workers = [tracker.start("worker", "--only", "pages") for _ in range(2)]
    until(lambda: working(engine) == 2)

    def reading() -> set[str]:
        return {job.place.rpartition(":")[2] for job in jobs(engine) if job.state == "running" and job.place}

    with ThreadPoolExecutor() as pool, Sight(store, processes=9, others=help) as see:
        run = pool.submit(see, paper, FORM)
        until(lambda: reading() == {str(worker.pid) for worker in workers})
        workers[0].kill()
        shared = run.result(120)
    until(lambda: not jobs(engine))
    workers[1].send_signal(signal.SIGTERM)
    _, said = workers[1].communicate(timeout=60)
    assert f":{workers[0].pid} died; again" in said
    with Sight(None, processes=1) as see:
        assert see(paper, FORM) == shared
    assert store.words(paper.sha256, key_of(FORM)) == shared
    assert parts(store) == []
    assert {checked.state for checked in store.verify()} == {State.OK}


def test_a_run_takes_back_what_it_begins_and_leaves_nothing_to_be_read_in_vain(
    engine: Engine, store: Store, help: Help
) -> None:
    left: list[list[str]] = []
    with Sight(store, processes=9, others=help, watch=lambda *_: left.append(waiting(engine))) as see:
        found = see(held(store, many(24)), FORM)
    assert [page.number for page in found] == list(range(1, 25))
    assert left == [["19-24", "13-18", "7-12"], ["19-24", "13-18"], ["19-24"], []], "the last are to be read first"
    assert jobs(engine) == ()
    assert parts(store) == []


def test_a_run_that_is_stopped_takes_its_stretches_back_and_the_next_finds_what_was_read(
    engine: Engine, store: Store, help: Help
) -> None:
    paper, stop = held(store, many(24)), threading.Event()
    with pytest.raises(Stopped), Sight(store, processes=9, others=help, stop=stop, watch=lambda *_: stop.set()) as see:
        see(paper, FORM)
    assert jobs(engine) == ()
    assert parts(store) == ["1-6"]
    marked = tuple(Page(number, (Word("read before", (0, 0, 1, 1)),)) for number in range(13, 19))
    store.keep_words(paper.sha256, key_of(FORM), marked, "engine", "13-18")
    with Sight(store, processes=9, others=help) as see:
        found = see(paper, FORM)
    assert [page.number for page in found if page.words] == list(range(13, 19))
    assert store.words(paper.sha256, key_of(FORM)) == found
    assert parts(store) == []


def test_short_documents_and_those_with_text_are_no_jobs(engine: Engine, store: Store, help: Help) -> None:
    put: list[list[str]] = []
    with Sight(store, processes=9, others=help, watch=lambda *_: put.append(waiting(engine))) as see:
        assert len(see(held(store, many(5)), FORM)) == 5
        assert len(see(held(store, typed(7)), FORM)) == 7
    assert put
    assert not any(put)


def typed(pages: int) -> bytes:
    """A document that was born with its text."""
    pdf = FPDF()
    pdf.set_font("Helvetica")
    for _ in range(pages):
        pdf.add_page()
        pdf.multi_cell(0, 10, "Asistencia y votaciones de la sesión del Pleno del Congreso. " * 3)
    return bytes(pdf.output())


class Site(Loopback):
    """An official site with one long scan."""

    def answer(self, asked: Asked) -> Answered:
        return Answered(200, many(12), {"Content-Type": "application/pdf"})


class Recorded(Help):
    """Remembers what it was asked."""

    asked: tuple[str, ...] = ()

    def ask(self, task: Task, wanted: Sequence[Stretch]) -> None:
        self.asked = (task.url, *(stretch.part for stretch in wanted))
        super().ask(task, wanted)


def test_a_run_of_a_source_asks_for_help(engine: Engine, store: Store, tmp_path: Path, postgres_url: str) -> None:
    url = "https://www2.congreso.gob.pe/Sicr/Asis_vot.pdf"
    sheets, helping = source("pe_sheets"), Recorded(Queue(engine), store, Readers(1))
    day, site = date(2023, 5, 18), Site()
    one = replace(sheets, start=lambda window, sheet: [Request(url, "sheet", day)])
    options = Settings(home=tmp_path, database_url=postgres_url, at={"pe_sheets": site.url}, pause=0)
    duty = Duty(one, None, Window(day, day), Again.ALL, others=helping)
    fired = Runner([duty], engine=engine, store=store, settings=options, stop=threading.Event()).fire("pe_sheets")
    site.close()
    helping.readers.close()
    assert fired.outcome is Outcome.RAN, fired.message
    assert helping.asked == (url, "7-12", "1-6")
    assert jobs(engine) == ()
    assert parts(store) == []
    assert [path.name for path in (store.root / "words").rglob("*.gz")]


@pytest.fixture
def worker(engine: Engine, store: Store, help: Help, tmp_path: Path, postgres_url: str) -> Worker:
    """One that reads pages in this process, and tries again soon."""
    options, stop = Settings(home=tmp_path, database_url=postgres_url, worker_silence=1), threading.Event()
    runner = Runner([], engine=engine, store=store, settings=options, stop=stop)
    return Worker(
        runner, lambda: None, help=help, queue=Queue(engine, timedelta(seconds=0.01)), engine=engine, settings=options,
        stop=stop, count=1, lines=[Line.PAGES],
    )  # fmt: skip


def task(sha256: str) -> Task:
    return Task(sha256, "https://example.test/$FILE/Asis%20vot.pdf", FORM, key_of(FORM))


def test_what_cannot_be_read_yet_is_tried_again_and_given_up_at_last(
    engine: Engine, store: Store, help: Help, worker: Worker
) -> None:
    """A worker whose archive is another than the run's."""
    sha256 = document(many(6)).sha256
    help.ask(task(sha256), [Stretch(1, 6)])
    help.ask(task(sha256), [Stretch(1, 6)])
    assert waiting(engine) == ["1-6"], "once"
    with worker.beside():
        until(lambda: [job.state for job in jobs(engine)] == ["failed"])
    [failed] = jobs(engine)
    assert failed.attempt == ATTEMPTS
    assert f"holds no document {sha256}" in failed.because


def test_a_worker_helps_only_where_it_reads_in_the_same_way_and_leaves_what_is_read_already(
    engine: Engine, store: Store, help: Help, worker: Worker
) -> None:
    paper = held(store, many(12))
    whole, other = held(store, many(11)), replace(task(paper.sha256), key="0" * 16)
    store.keep_words(whole.sha256, key_of(FORM), (Page(1, ()),), "engine")
    help.ask(other, [Stretch(1, 6)])
    help.ask(task(whole.sha256), [Stretch(1, 6)])
    help.ask(task(paper.sha256), [Stretch(7, 12)])
    with worker.beside():
        until(lambda: not jobs(engine))
    assert parts(store) == ["7-12"]
    found = store.words(paper.sha256, key_of(FORM), "7-12")
    assert found is not None
    assert [page.number for page in found] == list(range(7, 13))


def test_pages_on_the_queue_are_named_by_their_document(
    engine: Engine, help: Help, tracker: Tracker, postgres_url: str
) -> None:
    help.ask(task("a" * 64), stretches(12))
    [second, first] = jobs(engine)
    assert first.pages is not None
    assert (first.task, first.pages.name, first.pages.first, first.pages.last) == ("pages", "Asis vot.pdf", 1, 6)
    cancel(engine, second.id)
    with engine.begin() as connection:
        connection.execute(text("UPDATE procrastinate_jobs SET status = 'doing' WHERE status = 'todo'"))
    tracker.env["ESCRUTINIO_DATABASE_URL"] = postgres_url
    told = tracker("queue").stdout
    assert "pages 7–12 of Asis vot.pdf: cancelled since" in told
    assert "pages 1–6 of Asis vot.pdf: running since" in told
    assert "being read now: pages 1–6 of Asis vot.pdf" in told
    state = queue_state(engine)
    assert "Being read now: pages 1–6 of Asis vot.pdf." in str(freshness.queue(state, words.of("en")))
    assert "Se leen ahora: páginas 1–6 de Asis vot.pdf." in str(freshness.queue(state, words.of("es")))
