"""How does a process end cleanly when it is told to?"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

ONCE = 0.5
"""Seconds within which signals count as one: supervisors send it to the process and again to its group."""
SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def stopping(
    tell: Callable[[], None] = lambda: None, at_once: Callable[[], object] = lambda: None
) -> Iterator[threading.Event]:
    """Give an event that the first SIGINT or SIGTERM sets; a second one ends the process at once.

    What was stored stays whole either way: transactions see to that. `tell` is called at the first signal, `at_once`
    before the process ends at the second. To be used in the main thread.
    """
    stop = threading.Event()
    heard: list[float] = []

    def end() -> None:
        stop.set()
        tell()

    def hear(number: int, _frame: FrameType | None) -> None:
        now = time.monotonic()
        heard.append(now)
        if len(heard) > 1:
            if now - heard[0] > ONCE:
                at_once()
                os._exit(128 + number)
            return
        # Set from a thread of its own: the main thread may be inside the event at this moment and hold its lock.
        threading.Thread(target=end, daemon=True).start()

    before = {number: signal.signal(number, hear) for number in SIGNALS}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
