"""When does what happen in the demonstration: the next wave of documents, the one amended document?"""

from __future__ import annotations

import time
from collections.abc import Callable

from tracker.demo.site import Site

EVERY = 15.0
"""Seconds between two events, long enough to read scanned pages; the amended document comes as the third."""


class Story:
    """Lets waves arrive and one document be amended as a clock goes on. Call `tick` as often as you like.

    The story begins with the first `tick`. `clock` gives seconds that only grow; nothing here waits or starts a thread.
    """

    def __init__(self, site: Site, *, every: float = EVERY, clock: Callable[[], float] = time.monotonic) -> None:
        self._site = site
        self._every = every
        self._clock = clock
        self._begun: float | None = None
        self._told = 0

    @property
    def over(self) -> bool:
        """Whether everything has happened."""
        return self._told >= self._site.waves

    def tick(self) -> list[str]:
        """Do what is due, and say it in plain words; an empty list: nothing is due."""
        if self._begun is None:
            self._begun = self._clock()
        due = min(int((self._clock() - self._begun) / self._every), self._site.waves)
        happened = []
        while self._told < due:
            self._told += 1
            happened.append(self._next())
        return happened

    def _next(self) -> str:
        if self._site.wave < self._site.waves:
            return f"Wave {self._site.advance()} of {self._site.waves} has arrived at the recorded site."
        return self._site.amend().what
