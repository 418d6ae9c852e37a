"""How are all pages of a document read, by several processes at once, and how is what they say kept?"""

from __future__ import annotations

import ctypes
import hashlib
import multiprocessing
import os
import re
import signal
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from multiprocessing import connection
from pathlib import Path
from types import TracebackType
from typing import Self

import pypdfium2 as pdfium

from tracker.archive.ocr import engine, page
from tracker.archive.ocr.engine import Engine
from tracker.archive.ocr.page import Memory
from tracker.archive.politeness import Stopped
from tracker.archive.store import Store
from tracker.domain.evidence import Document, Page, pdf_fault
from tracker.domain.form import Form

VERSION = 2
"""Of everything here that decides what is read; raised with it, so that what an older one read is read anew."""
MOST_BYTES = 128_000_000
MOST_PAGES = 250
"""The longest document of sheets seen has 86 pages."""
ALONE = 5
"""Pages up to which a document is read in this process: to start others would take longer."""

ATTEMPTS = 2
"""How often a document is tried whose reading processes are killed."""

Watch = Callable[[Document, int, int], None]
"""Told of a document, how many of its pages have been read, and how many it has."""


class Illegible(Exception):
    """A document's pages cannot be shown. `code` names the kind of trouble, the message says what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Sight:
    """Reads the pages of documents, those held in the archive only once for each way of reading.

    `store` None: nothing is kept. `processes` read at once, each takes up to 500 MB. A `stop` that is set ends the
    reading of a document with Stopped; nothing of it is kept.
    """

    def __init__(
        self,
        store: Store | None,
        *,
        processes: int,
        stop: threading.Event | None = None,
        watch: Watch | None = None,
    ) -> None:
        self._store = store
        self._processes = max(1, processes)
        self._stop = stop
        self._watch = watch
        self._pool: ProcessPoolExecutor | None = None
        self._here: Engine | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=kind is None, cancel_futures=True)
            self._pool = None

    def __call__(self, document: Document, form: Form) -> tuple[Page, ...]:
        """Return the pages of a document with their words.

        Illegible, by code: see `pdf_fault` and `_opened`; `reading_killed`: the system ended the processes that read.
        """
        key = key_of(form)
        if self._store is not None and (held := self._store.words(document.sha256, key)) is not None:
            return held
        fault = pdf_fault(document.content, document.url, most=MOST_BYTES)
        if fault is not None:
            raise Illegible(fault.code, fault.message)
        with _opened(document) as pdf:
            count = len(pdf)
        with _file(document, self._store) as path:
            read = self._alone if (count <= ALONE and self._pool is None) or self._processes == 1 else self._together
            pages = tuple(read(document, path, form, count))
        if self._store is not None:
            self._store.keep_words(document.sha256, key, pages, engine.name())
        return pages

    def _alone(self, document: Document, path: Path, form: Form, count: int) -> Iterator[Page]:
        self._here = self._here or Engine()
        memory = Memory()
        with _opened(document) as pdf:
            for number in range(1, count + 1):
                self._check()
                yield page.read(pdf[number - 1], number, form, self._here, memory)
                self._here.rest()
                self._tell(document, number, count)

    def _together(self, document: Document, path: Path, form: Form, count: int) -> list[Page]:
        self._here = None
        pages: dict[int, Page] = {}
        for _ in range(ATTEMPTS):
            try:
                self._gather(document, path, form, count, pages)
            except BrokenProcessPool:
                # One that was killed takes the whole pool with it; what it had not read is given to a new one.
                self._pool = None
            else:
                return [pages[number] for number in range(1, count + 1)]
        message = (
            f"{document.url}: the system twice ended what read it; {len(pages)} of {count} pages are read. "
            f"Free memory or set ESCRUTINIO_READING_PROCESSES=1, and run `tracker rebuild`"
        )
        raise Illegible("reading_killed", message)

    def _gather(self, document: Document, path: Path, form: Form, count: int, pages: dict[int, Page]) -> None:
        """Have the pages read that are not there yet."""
        if self._pool is None:
            spawn = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self._processes, mp_context=spawn, initializer=_begin)
        missing = [number for number in range(1, count + 1) if number not in pages]
        waiting: set[Future[Page]] = {
            self._pool.submit(_read, str(path), document.sha256, number, form) for number in missing
        }
        while waiting:
            try:
                self._check()
            except Stopped:
                for task in waiting:
                    task.cancel()
                raise
            done, waiting = wait(waiting, timeout=0.5)
            for page_read in (task.result() for task in done):
                pages[page_read.number] = page_read
            if done:
                self._tell(document, len(pages), count)

    def _check(self) -> None:
        if self._stop is not None and self._stop.is_set():
            raise Stopped("stopped while pages were read; the next run reads them")

    def _tell(self, document: Document, done: int, count: int) -> None:
        if self._watch is not None:
            self._watch(document, done, count)


def key_of(form: Form) -> str:
    """Return what a way of reading is filed under: engine, version, and what is known of the form."""
    lists = sorted((cell, words) for cell, words in form.words.items())
    said = repr((engine.name(), VERSION, form.cells, form.anchor, form.lefts, lists, form.most))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


@contextmanager
def _opened(document: Document) -> Iterator[pdfium.PdfDocument]:
    """Open a PDF. Illegible, by code: `encrypted`, `broken_pdf`, `no_pages`, `too_many_pages`."""
    url = document.url
    try:
        pdf = pdfium.PdfDocument(document.content)
    except pdfium.PdfiumError as error:
        # PDFium may still report the password of the document before: only what names a cipher has one.
        if b"/Encrypt" in document.content and re.search("password|security", str(error), re.IGNORECASE):
            raise Illegible("encrypted", f"{url}: the PDF is locked with a password; ask for an open copy") from error
        raise Illegible("broken_pdf", f"{url}: {error}; the PDF may be damaged and will be asked for again") from error
    try:
        if len(pdf) > MOST_PAGES:
            message = f"{url}: {len(pdf):,} pages, a sitting has at most {MOST_PAGES}; look at what it is"
            raise Illegible("too_many_pages", message)
        if not len(pdf):
            raise Illegible("no_pages", f"{url}: the PDF has no pages; it will be asked for again")
        yield pdf
    finally:
        pdf.close()


@contextmanager
def _file(document: Document, store: Store | None) -> Iterator[Path]:
    """Give the file of a document, which processes can open for themselves: the archive's, or a passing one."""
    path = store.path(document.sha256) if store is not None else None
    if path is not None and path.is_file():
        yield path
        return
    handle, name = tempfile.mkstemp(prefix="escrutinio-", suffix=".pdf")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(document.content)
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


# --- in the processes that read ---------------------------------------------------------------------------------------


M_MMAP_THRESHOLD = -3
"""The allocator's name for the size from which memory is taken from, and given back to, the system (malloc.h)."""


class _Desk:
    """What a reading process has before it: the engine, the document in hand, and what it remembers of its pages."""

    engine: Engine | None = None
    sha256 = ""
    pdf: pdfium.PdfDocument | None = None
    memory = Memory()


def _begin() -> None:
    """Leave an interrupt to the process that asked, end with it if it is killed, and give back memory after use."""
    # Pictures come and go by the megabyte: without this, the allocator of Linux keeps 80 MB of their holes.
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(M_MMAP_THRESHOLD, 1_000_000)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)


def _read(path: str, sha256: str, number: int, form: Form) -> Page:
    desk = _Desk
    if desk.engine is None:
        desk.engine = Engine()
    if desk.sha256 != sha256 or desk.pdf is None:
        if desk.pdf is not None:
            desk.pdf.close()
        desk.pdf, desk.sha256, desk.memory = pdfium.PdfDocument(path), sha256, Memory()
    found = page.read(desk.pdf[number - 1], number, form, desk.engine, desk.memory)
    desk.engine.rest()
    return found
