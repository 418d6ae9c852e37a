"""How are the readings of a run stored, in batches, while it gives signs of life?"""

from __future__ import annotations

import gc
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from tracker.archive.store import Store
from tracker.storage.runs import Lock
from tracker.storage.write import Noticed, Reading, Totals, Writer

BATCH = 50
"""Readings stored in one transaction when they come quickly."""
BALLOTS = 250_000
"""Ballots stored in one transaction: what large documents hold stays bounded in memory."""
PATIENCE = 2.0
"""Seconds after which a reading is stored although the batch is not full."""
SHOWN = 3
"""Findings of each severity that a report gives in full."""
USUALLY = gc.get_threshold()
"""How often Python looks for circular garbage by itself: noted once, because sources may run side by side."""
BEAT = 30.0
"""Seconds between two signs of life of a run."""


class Findings:
    """How often each severity was noticed, and the first of each in full."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self._first: list[Noticed] = []

    def add(self, reading: Reading) -> None:
        """Take in what a reading gave reason to notice."""
        for noticed in reading.noticed:
            self.counts[noticed.severity] += 1
            if self.counts[noticed.severity] <= SHOWN:
                self._first.append(noticed)

    @property
    def few(self) -> tuple[Noticed, ...]:
        """The first of each severity, in the order they were made."""
        return tuple(self._first)


class Counting:
    """Takes readings in as `Saving` does, and stores none: what a rehearsal met."""

    def __init__(self) -> None:
        self.totals = Totals()
        self.noticed = Findings()

    def __call__(self, reading: Reading) -> None:
        """Count what a reading has."""
        self.noticed.add(reading)
        self.totals.inserted += len(reading.votes)
        self.totals.bills += len(reading.bills)
        self.totals.documents += reading.document is not None


@contextmanager
def unhurried() -> Iterator[None]:
    """Look for circular garbage more seldom while votes are read: their many small tuples hold none.

    Half the time of reading went into looking; memory stays bounded by the batch.
    """
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    try:
        yield
    finally:
        gc.set_threshold(*USUALLY)
        gc.unfreeze()


class Saving:
    """Stores readings in batches, and gives signs of life while a run goes on."""

    def __init__(self, writer: Writer, lock: Lock | None, store: Store) -> None:
        self._writer = writer
        self._lock = lock
        self._store = store
        self._since = self._beat = time.monotonic()
        self._ballots = 0
        self.totals = Totals()
        self.noticed = Findings()

    def __call__(self, reading: Reading) -> None:
        """Take a reading in, and store the batch when it is full or old."""
        self._writer.take(reading)
        self.noticed.add(reading)
        self._ballots += sum(len(vote.ballots) for vote, _, _ in reading.votes)
        full = self._writer.waiting >= BATCH or self._ballots >= BALLOTS
        if full or time.monotonic() - self._since > PATIENCE:
            self.flush()
        self.beat()

    def replay(self, reading: Reading) -> None:
        """Take in a reading of what the archive holds: its fetch is on record already."""
        self(replace(reading, replayed=True))

    def beat(self) -> None:
        """Give a sign of life, if it is time for one."""
        if time.monotonic() - self._beat > BEAT:
            self._hold()

    def _hold(self) -> None:
        """Give a sign of life. SourceBusy if the source was taken over meanwhile."""
        if self._lock is not None:
            self._lock.beat()
        self._beat = time.monotonic()

    def flush(self) -> None:
        """Store what is waiting. The archive's files are on the disk before the database speaks of them.

        Nothing is stored by a process that slept, and lost its source to another meanwhile.
        """
        self._hold()
        self._store.settle()
        self.totals.add(self._writer.flush())
        self._ballots = 0
        self._since = time.monotonic()
