"""How do firings become jobs, so that any number of schedulers on any machines cause one run?"""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from tracker.storage.engine import Engine
from tracker.storage.queue import put, withdraw

log = logging.getLogger(__name__)

ATTEMPTS = 5
"""How often a run that cannot go on is begun before it waits for the next firing."""
BACK_OFF = timedelta(seconds=15)
"""Wait before the second attempt; each further one is four times as long: 15 s, 1, 4 and 16 minutes."""


class Line(StrEnum):
    """The queues: a worker may serve some of them only."""

    COLLECT = "collect"
    """Runs of sources."""
    NIGHTLY = "nightly"
    """The folder of everything held; taken where `ESCRUTINIO_BULK_DIR` is set."""
    ALERTS = "alerts"
    """Rounds of alerts; apart, so that a slow mail server keeps no source waiting."""
    PAGES = "pages"
    """Stretches of scanned pages, read for a run that has the rest in hand."""


class Queue:
    """Puts jobs on the queue. One thing waits once: what is put there again meanwhile is the same job."""

    def __init__(self, engine: Engine, back_off: timedelta = BACK_OFF) -> None:
        self._engine = engine
        self._back_off = back_off

    def fire(self, source: str, moment: datetime) -> bool:
        """Have a source run for a moment of its timetable. Return False if that was asked for before, or waits."""
        return self._put(Line.COLLECT, source, moment=moment)

    def chore(self, name: str, moment: datetime) -> bool:
        """Have a chore done for a moment. Return False if that was asked for before, or waits."""
        return self._put(Line.NIGHTLY, name, moment=moment)

    def again(self, line: Line, about: str, *, attempt: int, because: str, slowly: bool, **told: object) -> bool:
        """Put a job back: at once if its worker was told to stop, `slowly` if something stood in its way."""
        wait = self._back_off * 4 ** (attempt - 1) if slowly else timedelta(0)
        return self._put(line, about, {"attempt": attempt, "because": because, **told}, wait=wait)

    def help(self, about: str, told: Mapping[str, object]) -> bool:
        """Have a stretch of pages read. Return False if that waits already."""
        return self._put(Line.PAGES, about, told)

    def take_back(self, about: Collection[str]) -> bool:
        """Take what waits off the queue. Return False if a worker has one of them in hand."""
        return withdraw(self._engine, about)

    def round(self) -> None:
        """Have the alerts that are due sent, once a minute however many ask for it. Never raises."""
        self._alerts(datetime.now(UTC).replace(second=0, microsecond=0))

    def news(self) -> None:
        """Have alerts sent now that a run has ended. Never raises."""
        self._alerts(None)

    def _alerts(self, moment: datetime | None) -> None:
        try:
            self._put(Line.ALERTS, Line.ALERTS, moment=moment)
        except Exception as error:
            log.debug("a round of alerts could not be put on the queue", exc_info=True)
            log.error("alerts: %s: %s; the next minute tries again", type(error).__name__, error)

    def _put(
        self, line: Line, about: str, told: Mapping[str, object] | None = None, *, moment: datetime | None = None,
        wait: timedelta = timedelta(0),
    ) -> bool:  # fmt: skip
        args = {"about": about, **(told or {})}
        return put(self._engine, line, queue=line, lock=about, args=args, moment=moment, wait=wait)
