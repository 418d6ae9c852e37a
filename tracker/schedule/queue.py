"""How do firings become jobs, so that any number of schedulers on any machines cause one run? (docs/queue.md)"""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from tracker.storage.engine import Engine
from tracker.storage.queue import put

log = logging.getLogger(__name__)

ATTEMPTS = 5
"""How often a run that cannot go on is begun before it waits for the next firing."""
BACK_OFF = timedelta(seconds=15)
"""Wait before the second attempt; each further one is four times as long: 15 s, 1, 4 and 16 minutes."""


class Line(StrEnum):
    """The queues: a worker may serve some of them only."""

    COLLECT = "collect"
    """Runs of sources."""
    ALERTS = "alerts"
    """Rounds of alerts; apart, so that a slow mail server keeps no source waiting."""


class Queue:
    """Puts jobs on the queue. One thing waits once: what is put there again meanwhile is the same job."""

    def __init__(self, engine: Engine, back_off: timedelta = BACK_OFF) -> None:
        self._engine = engine
        self._back_off = back_off

    def fire(self, source: str, moment: datetime) -> bool:
        """Have a source run for a moment of its timetable. Return False if that was asked for before, or waits."""
        args = {"source": source}
        return put(self._engine, Line.COLLECT, queue=Line.COLLECT, lock=source, args=args, moment=moment)

    def again(self, source: str, *, attempt: int, because: str, slowly: bool) -> bool:
        """Put a run back: at once if its worker was told to stop, `slowly` if something stood in its way."""
        wait = self._back_off * 4 ** (attempt - 1) if slowly else timedelta(0)
        args = {"source": source, "attempt": attempt, "because": because}
        return put(self._engine, Line.COLLECT, queue=Line.COLLECT, lock=source, args=args, wait=wait)

    def round(self) -> None:
        """Have the alerts that are due sent, once a minute however many ask for it. Never raises."""
        self._alerts(datetime.now(UTC).replace(second=0, microsecond=0))

    def news(self) -> None:
        """Have alerts sent now that a run has ended. Never raises."""
        self._alerts(None)

    def _alerts(self, moment: datetime | None) -> None:
        try:
            put(self._engine, Line.ALERTS, queue=Line.ALERTS, lock=Line.ALERTS, args={}, moment=moment)
        except Exception as error:
            log.debug("a round of alerts could not be put on the queue", exc_info=True)
            log.error("alerts: %s: %s; the next minute tries again", type(error).__name__, error)
