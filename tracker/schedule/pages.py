"""How do workers on all machines help with the pages of a scan that one run has in hand?

A job is a stretch of pages. It makes words in the archive out of a document in the archive, and nothing else: who reads
it, how often, and whether its run is still there, changes nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict
from typing import Any

from tracker.archive.ocr.readers import Readers, Stretch
from tracker.archive.ocr.scan import Task, help_with
from tracker.archive.ocr.sight import key_of
from tracker.archive.politeness import Stopped
from tracker.archive.store import Store
from tracker.domain.form import Form
from tracker.schedule.queue import Queue

log = logging.getLogger(__name__)


class Help:
    """Asks for help with stretches of pages by the queue, and gives it. `readers` are those of this process."""

    def __init__(self, queue: Queue, store: Store, readers: Readers) -> None:
        self._queue = queue
        self._store = store
        self._readers = readers

    @property
    def readers(self) -> Readers:
        """The processes that read, for runs and for others."""
        return self._readers

    def ask(self, task: Task, wanted: Sequence[Stretch]) -> None:
        """Put stretches on the queue. Without help the run reads them all."""
        try:
            for stretch in wanted:
                self._queue.help(_about(task, stretch), _told(task, stretch))
        except Exception as error:
            log.debug("no help could be asked for", exc_info=True)
            log.warning("%s: no help: %s: %s", task.url, type(error).__name__, error)

    def take_back(self, task: Task, wanted: Sequence[Stretch]) -> bool:
        """Take stretches off the queue; False if a worker is reading one of them."""
        try:
            return self._queue.take_back([_about(task, stretch) for stretch in wanted])
        except Exception as error:
            log.debug("nothing could be taken back", exc_info=True)
            log.warning("%s: the queue: %s: %s", task.url, type(error).__name__, error)
            return True

    def give(self, told: dict[str, Any]) -> None:
        """Read a stretch, as its job tells. Raise what may not stand in the way later.

        What this machine would read in another way, or what ends who reads it, is left to the run.
        """
        task, stretch = _heard(told)
        try:
            if key_of(task.form) == task.key:
                help_with(task, stretch, store=self._store, readers=self._readers)
                log.info("%s: helped with pages %s", task.url, stretch.part)
            else:
                log.warning("%s: another version reads otherwise, and is not helped", task.url)
        except Stopped:
            log.info("%s: pages %s are left to others", task.url, stretch.part)
        except BrokenProcessPool:
            log.warning("%s: a process that read pages %s was ended", task.url, stretch.part)


def _about(task: Task, stretch: Stretch) -> str:
    """Name a stretch, for the queue's lock and for its messages."""
    return f"pages {stretch.part} of {task.sha256} read as {task.key}"


def _told(task: Task, stretch: Stretch) -> dict[str, object]:
    return {"task": asdict(task), "first": stretch.first, "last": stretch.last}


def _heard(told: dict[str, Any]) -> tuple[Task, Stretch]:
    task, form = told["task"], told["task"]["form"]
    lefts = tuple(tuple(column) for column in form["lefts"])
    words = {cell: tuple(listed) for cell, listed in form["words"].items()}
    read_as = Form(tuple(form["cells"]), form["anchor"], lefts, words, form["most"])
    return Task(task["sha256"], task["url"], read_as, task["key"]), Stretch(told["first"], told["last"])
