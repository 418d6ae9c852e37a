"""How is one long scan read, stretch by stretch, by the processes here and by others who help?"""

from __future__ import annotations

import os
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tracker.archive.ocr import engine
from tracker.archive.ocr.readers import Readers, Stretch, stretches
from tracker.archive.store import Store
from tracker.domain.evidence import Page
from tracker.domain.form import Form

LOOK = 0.5
"""Seconds between two looks at what others have read, and whether to stop."""
PATIENCE = 120.0
"""Seconds without a further stretch after which the run reads itself what others have in hand."""


@dataclass(frozen=True, slots=True)
class Task:
    """A document of the archive to be read, and the way it is read; `key` is what that way is filed under."""

    sha256: str
    url: str
    form: Form
    key: str


class Others(Protocol):
    """Who reads stretches of a scan beside its run, and keeps their words in the archive. Nothing here raises."""

    @property
    def readers(self) -> Readers:
        """The processes of this machine, which its runs share with whoever helps here."""

    def ask(self, task: Task, wanted: Sequence[Stretch]) -> None:
        """Have stretches read, in this order."""

    def take_back(self, task: Task, wanted: Sequence[Stretch]) -> bool:
        """Have stretches read by nobody else; False if somebody is reading one of them."""


class Scan:
    """A scan under way: which of its stretches have been read. With `others` their words are kept one by one."""

    def __init__(self, task: Task, path: Path, count: int, *, store: Store | None, others: Others | None) -> None:
        self._task = task
        self._path = path
        self._wanted = stretches(count)
        self._store = store
        self._others = others
        self._read: dict[Stretch, tuple[Page, ...]] = {}
        self._moved = time.monotonic()

    @property
    def done(self) -> int:
        """How many pages have been read."""
        return sum(map(len, self._read.values()))

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages, once all have been read."""
        return tuple(page for stretch in self._wanted for page in self._read[stretch])

    @contextmanager
    def shared(self) -> Iterator[None]:
        """Ask others to help, from the end, for as long as the block runs."""
        if self._others is not None:
            self._others.ask(self._task, self._wanted[::-1])
        try:
            yield
        finally:
            if self._others is not None:
                self._others.take_back(self._task, self._wanted)

    def read(self, readers: Readers, check: Callable[[], None]) -> Iterator[int]:
        """Read what has not been read, from the front, and say now and then how many pages have been.

        BrokenProcessPool: a process that read was ended, or ended itself. What `check` raises ends the reading.
        """
        left = deque(stretch for stretch in self._wanted if stretch not in self._read)
        tasks: dict[Future[tuple[Page, ...]], Stretch] = {}
        try:
            while left or tasks:
                check()
                for _ in range(len(left)):
                    if len(tasks) == readers.processes:
                        break
                    stretch = left.popleft()
                    if (found := self._found(stretch)) is not None:
                        yield self._take(stretch, found)
                    elif self._is_ours(stretch):
                        task = readers.read(self._path, self._task.sha256, self._task.form, stretch)
                        tasks[task] = stretch
                    else:
                        left.append(stretch)
                if left and not tasks:
                    time.sleep(LOOK)
                for task in wait(tasks, LOOK, FIRST_COMPLETED).done:
                    read = task.result()
                    if self._others is not None and self._store is not None:
                        keep(self._store, self._task, tasks[task], read)
                    yield self._take(tasks.pop(task), read)
        finally:
            for task in tasks:
                task.cancel()

    def _take(self, stretch: Stretch, pages: tuple[Page, ...]) -> int:
        self._read[stretch] = pages
        self._moved = time.monotonic()
        return self.done

    def _found(self, stretch: Stretch) -> tuple[Page, ...] | None:
        """Return what others have read of it, or this run before it was broken off."""
        if self._others is None or self._store is None:
            return None
        return self._store.words(self._task.sha256, self._task.key, stretch.part)

    def _is_ours(self, stretch: Stretch) -> bool:
        """Whether nobody else is reading it, or somebody has been for too long."""
        late = time.monotonic() - self._moved > PATIENCE
        return self._others is None or self._others.take_back(self._task, [stretch]) or late


def keep(store: Store, task: Task, stretch: Stretch, pages: Sequence[Page]) -> None:
    """Keep the words of a stretch."""
    store.keep_words(task.sha256, task.key, pages, engine.name(), stretch.part)


def help_with(task: Task, stretch: Stretch, *, store: Store, readers: Readers) -> None:
    """Read a stretch of a scan that is being read elsewhere, and keep its words, unless they are there.

    BrokenProcessPool if the system ended what read it; Missing or Damaged as for `Store.get`.
    """
    if _is_known(store, task, stretch.part) or _is_known(store, task):
        return
    with file_of(task.sha256, store.get(task.sha256), store) as path:
        keep(store, task, stretch, readers.read(path, task.sha256, task.form, stretch).result())
    if _is_known(store, task):
        # The run came to its end meanwhile, and has dropped what it found.
        store.drop_parts(task.sha256, task.key, [stretch.part])


def _is_known(store: Store, task: Task, part: str = "") -> bool:
    return store.words(task.sha256, task.key, part) is not None


@contextmanager
def file_of(sha256: str, content: bytes, store: Store | None) -> Iterator[Path]:
    """Give the file of a document, which processes can open for themselves: the archive's, or a passing one."""
    path = store.path(sha256) if store is not None else None
    if path is not None and path.is_file():
        yield path
        return
    handle, name = tempfile.mkstemp(prefix="escrutinio-", suffix=".pdf")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)
