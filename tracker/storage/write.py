"""How is what was read put into the database: whole documents at a time, and nothing half-written?

A `Writer` is handed readings and stores them in batches, each batch in one transaction: the fetch record, the
document, its votes, their history and their search rows. No lock is held while the network is waited for.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Engine

from tracker.domain.legislature import Paper
from tracker.domain.people import Register
from tracker.domain.recurring import Hand
from tracker.storage.batch import Batch
from tracker.storage.engine import writing
from tracker.storage.known import Known, declare_register
from tracker.storage.reading import Fetch, Noticed, Reading, Saved, Totals

__all__ = ["Fetch", "Noticed", "Reading", "Saved", "Totals", "Writer"]


class Writer:
    """Stores the readings of one source's run."""

    def __init__(self, engine: Engine, paper: Paper, *, run: int | None = None) -> None:
        self._engine = engine
        self._paper = paper
        self._run = run
        self._known = Known(paper)
        self._waiting: list[Reading] = []

    @property
    def waiting(self) -> int:
        """Readings taken in and not yet stored."""
        return len(self._waiting)

    def register(self, register: Register) -> None:
        """Store the mandates of the register."""
        with writing(self._engine) as connection:
            declare_register(connection, self._known, register)

    def take(self, reading: Reading) -> None:
        """Take a reading in; `flush` stores it."""
        self._waiting.append(reading)

    def drop(self) -> None:
        """Forget the readings not yet stored: their documents will be read again."""
        self._waiting.clear()

    def flush(self) -> Totals:
        """Store everything taken in, in one transaction. Nothing is stored if it fails."""
        if not self._waiting:
            return Totals()
        try:
            with writing(self._engine, proven=(proven := _large(self._waiting))) as connection:
                batch = Batch(connection, self._known, self._paper, self._run)
                batch.open(self._waiting)
                for reading in self._waiting:
                    batch.add(reading)
                batch.close()
                if proven:
                    batch.prove()
        except BaseException:
            self._known.forget()
            raise
        self._waiting.clear()
        return batch.totals


def _large(readings: Sequence[Reading]) -> bool:
    """Whether any vote's ballots come as places in a deck, as those of large files do."""
    return any(isinstance(vote.ballots, Hand) for reading in readings for vote, _, _ in reading.votes)
