"""How are all pages of a document read, by several processes at once, and how is what they say kept?"""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager, suppress
from types import TracebackType
from typing import Self

import pypdfium2 as pdfium

from tracker import apart
from tracker.archive import trial
from tracker.archive.ocr import engine, layer, page
from tracker.archive.ocr.engine import Engine
from tracker.archive.ocr.page import Memory
from tracker.archive.ocr.readers import SHORT, Readers, stretches
from tracker.archive.ocr.scan import Others, Scan, Task, file_of
from tracker.archive.politeness import Stopped
from tracker.archive.store import Store
from tracker.domain.evidence import Document, Page, pdf_fault
from tracker.domain.form import Form
from tracker.domain.pdfium import PDFIUM

VERSION = 2
"""Of everything here that decides what is read; raised with it, so that what an older one read is read anew."""
MOST_BYTES = 128_000_000
MOST_PAGES = 250
"""The longest document of sheets seen has 86 pages."""

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
    reading of a document with Stopped; nothing of it is kept, but with `others`, who are asked to help with what is
    long: with them the words of each stretch are in the archive once they are read.
    """

    def __init__(
        self,
        store: Store | None,
        *,
        processes: int,
        stop: threading.Event | None = None,
        watch: Watch | None = None,
        others: Others | None = None,
    ) -> None:
        self._store = store
        self._others = others if store is not None else None
        self._readers = self._others.readers if self._others else Readers(processes)
        self._stop = stop
        self._watch = watch
        self._here: Engine | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._others is None:
            self._readers.close(wait=kind is None)

    def __call__(self, document: Document, form: Form) -> tuple[Page, ...]:
        """Return the pages of a document with their words.

        Illegible, by code: see `pdf_fault` and `_opened`; `reading_killed`: processes that read it did not end by
        themselves.
        """
        key = key_of(form)
        if self._store is not None and (held := self._store.words(document.sha256, key)) is not None:
            return held
        fault = pdf_fault(document.content, document.url, most=MOST_BYTES)
        if fault is not None:
            raise Illegible(fault.code, fault.message)
        _try(document)
        with _opened(document) as pdf, PDFIUM:
            count = len(pdf)
            others = self._others if count > SHORT and layer.words(pdf[0]) is None else None
        # To begin processes would take longer than to read what is short, all of which the trial has drawn.
        alone = count <= SHORT and not self._readers.began
        pages = tuple(self._alone(document, form, count)) if alone else self._together(document, form, count, others)
        if self._store is not None:
            self._store.keep_words(document.sha256, key, pages, engine.name())
            if count > SHORT:
                self._store.drop_parts(document.sha256, key, (stretch.part for stretch in stretches(count)))
        return pages

    def _alone(self, document: Document, form: Form, count: int) -> Iterator[Page]:
        self._here = self._here or Engine()
        with _opened(document) as pdf:
            for stretch in stretches(count):
                memory = Memory()
                for number in stretch.pages:
                    self._check()
                    with _page(pdf, number) as seen:
                        yield page.read(seen, number, form, self._here, memory)
                    self._here.rest()
                    self._tell(document, number, count)

    def _together(self, document: Document, form: Form, count: int, others: Others | None) -> tuple[Page, ...]:
        self._here = None
        task = Task(document.sha256, document.url, form, key_of(form))
        with file_of(document.sha256, document.content, self._store) as path:
            scan = Scan(task, path, count, store=self._store, others=others)
            # A process that is killed takes all of its kind with it, whoever killed it: the second try is by itself.
            single = Readers(1)
            with scan.shared(), closing(single):
                for readers in (self._readers, single):
                    with suppress(BrokenProcessPool):
                        for done in scan.read(readers, self._check):
                            self._tell(document, done, count)
                        return scan.pages
        message = (
            f"{document.url}: what read it was ended twice (by the system, or for its time); {scan.done} of {count} "
            f"pages are read. Free memory or set ESCRUTINIO_READING_PROCESSES=1, and run `tracker rebuild`"
        )
        raise Illegible("reading_killed", message)

    def _check(self) -> None:
        if self._stop is not None and self._stop.is_set():
            raise Stopped("stopped while pages were read; the next run reads them")

    def _tell(self, document: Document, done: int, count: int) -> None:
        if self._watch is not None:
            self._watch(document, done, count)


@contextmanager
def _page(pdf: pdfium.PdfDocument, number: int) -> Iterator[pdfium.PdfPage]:
    """Take a page of a PDF, and give it back."""
    with PDFIUM:
        found = pdf[number - 1]
    try:
        yield found
    finally:
        with PDFIUM:
            found.close()


def key_of(form: Form) -> str:
    """Return what a way of reading is filed under: engine, version, and what is known of the form."""
    lists = sorted((cell, words) for cell, words in form.words.items())
    said = repr((engine.name(), VERSION, form.cells, form.anchor, form.lefts, lists, form.most))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _try(document: Document) -> None:
    """Have a process of its own open a PDF and its pages before this one does. Illegible (`reading_killed`)."""
    limits = map(str, (trial.SECONDS, trial.MEMORY, MOST_PAGES, SHORT))
    try:
        apart.work(trial.__name__, document.content, *limits, seconds=2 * trial.SECONDS)
    except apart.Ended as error:
        message = (
            f"{document.url}: the process that first opens it did not come to its end ({error}); look at it, "
            "`tracker rebuild` tries again"
        )
        raise Illegible("reading_killed", message) from error


@contextmanager
def _opened(document: Document) -> Iterator[pdfium.PdfDocument]:
    """Open a PDF. Illegible, by code: `encrypted`, `broken_pdf`, `no_pages`, `too_many_pages`."""
    url = document.url
    try:
        with PDFIUM:
            pdf = pdfium.PdfDocument(document.content)
            count = len(pdf)
    except pdfium.PdfiumError as error:
        # PDFium may still report the password of the document before: only what names a cipher has one.
        if b"/Encrypt" in document.content and re.search("password|security", str(error), re.IGNORECASE):
            raise Illegible("encrypted", f"{url}: the PDF is locked with a password; ask for an open copy") from error
        raise Illegible("broken_pdf", f"{url}: {error}; the PDF may be damaged and will be asked for again") from error
    try:
        if count > MOST_PAGES:
            message = f"{url}: {count:,} pages, a sitting has at most {MOST_PAGES}; look at what it is"
            raise Illegible("too_many_pages", message)
        if not count:
            raise Illegible("no_pages", f"{url}: the PDF has no pages; it will be asked for again")
        yield pdf
    finally:
        with PDFIUM:
            pdf.close()
