"""Which processes read the pages of scans, a stretch of pages each, and who begins and ends them?"""

from __future__ import annotations

import ctypes
import faulthandler
import multiprocessing
import os
import signal
import threading
import time
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from multiprocessing import connection
from multiprocessing.synchronize import Event
from pathlib import Path

import pypdfium2 as pdfium

from tracker.archive.ocr import page
from tracker.archive.ocr.engine import Engine
from tracker.archive.ocr.page import Memory
from tracker.archive.politeness import Stopped
from tracker.domain.evidence import Page
from tracker.domain.form import Form

SHORT, LONGEST = 5, 10
"""Pages of a document that is one stretch, and of a stretch at most. Each begins without a memory of the pages before
it, so that its words are the same whoever reads it; that takes as long as one page more."""
IDLE = 60.0
"""Seconds without work after which `rest` ends the processes."""
TOO_LONG = 120.0
"""Seconds after which a process that is still at the same page ends itself: a page takes two to ten."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Pages of a document that are read one after the other: the first and the last."""

    first: int
    last: int

    @property
    def pages(self) -> range:
        """Their numbers."""
        return range(self.first, self.last + 1)

    @property
    def part(self) -> str:
        """What their words are filed under."""
        return f"{self.first}-{self.last}"


def stretches(count: int) -> list[Stretch]:
    """Cut a document of so many pages into few stretches of about one length: two, four …, as processors are many."""
    parts = 1 if count <= SHORT else 2 * -(-count // (2 * LONGEST))
    edges = [count * n // parts for n in range(parts + 1)]
    return [Stretch(begin + 1, end) for begin, end in pairwise(edges)]


class Readers:
    """Processes that read stretches of pages, for any number of threads. They begin when needed, up to 500 MB each.

    If one of them ends, what they were asked for raises BrokenProcessPool; what is asked next finds others.
    """

    def __init__(self, processes: int) -> None:
        self.processes = max(1, processes)
        self._pool: ProcessPoolExecutor | None = None
        self._over: Event | None = None
        self._tasks: set[Future[tuple[Page, ...]]] = set()
        self._asked = 0.0
        self._lock = threading.Lock()

    @property
    def began(self) -> bool:
        """Whether the processes are there."""
        return self._pool is not None

    def read(self, path: Path, sha256: str, form: Form, stretch: Stretch) -> Future[tuple[Page, ...]]:
        """Have a stretch of a document read, whose file lies there."""
        with self._lock:
            try:
                task = self._submit(str(path), sha256, form, stretch)
            except BrokenProcessPool:
                self._pool = None
                task = self._submit(str(path), sha256, form, stretch)
            self._tasks = {known for known in self._tasks if not known.done()} | {task}
            self._asked = time.monotonic()
        return task

    def _submit(self, path: str, sha256: str, form: Form, stretch: Stretch) -> Future[tuple[Page, ...]]:
        if self._pool is None:
            spawn = multiprocessing.get_context("spawn")
            self._over = spawn.Event()
            self._pool = ProcessPoolExecutor(
                self.processes, mp_context=spawn, initializer=_begin, initargs=(self._over, TOO_LONG)
            )
        return self._pool.submit(_read, path, sha256, form, stretch)

    def rest(self) -> None:
        """End the processes if nobody has needed them for a while."""
        with self._lock:
            if time.monotonic() - self._asked > IDLE and all(task.done() for task in self._tasks):
                self._end(wait=True)

    def close(self, *, wait: bool = True) -> None:
        """End the processes after the page in hand, without waiting for that if so wished."""
        with self._lock:
            self._end(wait=wait)

    def _end(self, *, wait: bool) -> None:
        if self._pool is not None and self._over is not None:
            self._over.set()
            self._pool.shutdown(wait=wait, cancel_futures=True)
            self._pool = None


# --- in the processes that read ---------------------------------------------------------------------------------------


M_MMAP_THRESHOLD = -3
"""The allocator's name for the size from which memory is taken from, and given back to, the system (malloc.h)."""


class _Desk:
    """What a reading process has before it: the engine, the document in hand, its digest, and when to end."""

    over: Event
    patience: float
    engine: Engine | None = None
    sha256 = ""
    pdf: pdfium.PdfDocument | None = None


def _begin(over: Event, patience: float) -> None:
    """Leave an interrupt to the process that asked, end with it if it is killed, and give back memory after use."""
    # Pictures come and go by the megabyte: without this, the allocator of Linux keeps 80 MB of their holes.
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(M_MMAP_THRESHOLD, 1_000_000)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _Desk.over, _Desk.patience = over, patience
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)


def _read(path: str, sha256: str, form: Form, stretch: Stretch) -> tuple[Page, ...]:
    desk = _Desk
    if desk.engine is None:
        desk.engine = Engine()
    if desk.sha256 != sha256 or desk.pdf is None:
        if desk.pdf is not None:
            desk.pdf.close()
        desk.pdf, desk.sha256 = pdfium.PdfDocument(path), sha256
    memory, found = Memory(), []
    for number in stretch.pages:
        if desk.over.is_set():
            raise Stopped("those who read were ended")
        faulthandler.dump_traceback_later(desk.patience, exit=True)
        try:
            found.append(page.read(desk.pdf[number - 1], number, form, desk.engine, memory))
            desk.engine.rest()
        finally:
            faulthandler.cancel_dump_traceback_later()
    return tuple(found)
