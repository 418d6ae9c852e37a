"""How gently is a site asked: how often, how many at once, and when must we wait or give up?"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

LONGEST_WAIT = 300.0
"""Seconds a site may tell us to wait before this run gives up on it and leaves it to the next."""

_LOOK = 0.1
"""Seconds between two looks at the stop signal while another thread has the host."""


class Stopped(Exception):
    """The stop signal was given: the request in hand is abandoned, nothing of it was kept."""


class TooLong(Exception):
    """The site asked not to be asked again for longer than LONGEST_WAIT; `seconds` is how long is left."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"the site asked to be left alone for another {seconds:.0f} s")
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Manners:
    """How a site is asked, as its sheet says; times in seconds, sizes in bytes.

    `pause` lies between two requests to one host, `concurrency` is how many may be under way there at once.
    `read_timeout` bounds each silence, `total_timeout` the time one document may take on the wire over all attempts.
    `max_bytes` bounds a document, as sent and as unpacked; `redirects` and `attempts` how often it is followed, tried.
    `ca_file` holds certificates trusted besides the usual ones. ValueError says which figure makes no sense.
    """

    pause: float = 1.0
    concurrency: int = 1
    read_timeout: float = 30.0
    total_timeout: float = 180.0
    max_bytes: int = 64_000_000
    redirects: int = 5
    attempts: int = 4
    ca_file: Path | None = None

    def __post_init__(self) -> None:
        for name, least in (("pause", 0), ("concurrency", 1), ("max_bytes", 1), ("redirects", 0), ("attempts", 1)):
            if getattr(self, name) < least:
                raise ValueError(f"{name} is {getattr(self, name)}, it should be at least {least}")
        for name in ("read_timeout", "total_timeout"):
            if getattr(self, name) <= 0:
                raise ValueError(f"{name} is {getattr(self, name)}, it should be above 0 seconds")


class Clock:
    """The time, and waiting that a stop signal ends at once. A test gives its own."""

    def __init__(self, stop: threading.Event | None = None) -> None:
        self.stop = stop or threading.Event()

    def monotonic(self) -> float:
        """Seconds that only ever grow."""
        return time.monotonic()

    def now(self) -> datetime:
        """The time of day, UTC."""
        return datetime.now(UTC)

    def sleep(self, seconds: float) -> None:
        """Let time pass, or return early if the stop signal is given."""
        self.stop.wait(seconds)

    def check(self) -> None:
        """Raise Stopped if the stop signal was given."""
        if self.stop.is_set():
            raise Stopped("stopped on request; run the same command again to go on")

    def wait(self, seconds: float) -> None:
        """Let time pass. Stopped as soon as the stop signal is given."""
        self.check()
        if seconds > 0:
            self.sleep(seconds)
            self.check()


class Turnstile:
    """Lets requests to one host through, `concurrency` at a time and `pause` apart; shared by all threads of a run.

    Requests start at least a pause apart. With a concurrency of 1 the pause begins when the answer has come, so that a
    slow site rests between two requests.
    """

    def __init__(self, pause: float, concurrency: int, clock: Clock) -> None:
        self._pause = pause
        self._clock = clock
        self._places = threading.BoundedSemaphore(concurrency)
        self._lock = threading.Lock()
        self._next = clock.monotonic()
        self._closed_until = self._next

    def slow(self, pause: float) -> None:
        """Lengthen the pause to what the site's robots.txt asks for; never shorten it."""
        with self._lock:
            self._pause = max(self._pause, pause)

    def close(self, seconds: float) -> None:
        """Let nobody through for so long: the site asked for it."""
        with self._lock:
            self._closed_until = max(self._closed_until, self._clock.monotonic() + seconds)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn and hold it. Stopped on the stop signal, TooLong if the site is closed to us."""
        while not self._places.acquire(timeout=_LOOK):
            self._clock.check()
        try:
            self._clock.wait(self._reserve())
            yield
        finally:
            with self._lock:
                self._next = max(self._next, self._clock.monotonic() + self._pause)
            self._places.release()

    def _reserve(self) -> float:
        """Take the next free time and return how far off it is."""
        with self._lock:
            now = self._clock.monotonic()
            if self._closed_until - now > LONGEST_WAIT:
                raise TooLong(self._closed_until - now)
            begin = max(now, self._next, self._closed_until)
            self._next = begin + self._pause
            return begin - now


class Turnstiles:
    """One turnstile for each host asked."""

    def __init__(self, manners: Manners, clock: Clock) -> None:
        self._make: Callable[[], Turnstile] = lambda: Turnstile(manners.pause, manners.concurrency, clock)
        self._hosts: dict[str, Turnstile] = {}
        self._lock = threading.Lock()

    def of(self, host: str) -> Turnstile:
        """Return the turnstile of a host, the same for all threads."""
        with self._lock:
            if host not in self._hosts:
                self._hosts[host] = self._make()
            return self._hosts[host]


def retry_after(header: str | None, now: datetime) -> float | None:
    """Read a Retry-After header: seconds, or an HTTP date. None if there is none or it is neither."""
    if header is None:
        return None
    text = header.strip()
    if text.isascii() and text.isdigit():
        return float(text[:12])
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, (at - now).total_seconds())
