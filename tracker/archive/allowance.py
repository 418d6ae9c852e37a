"""How long may one document keep us, whatever the site does?"""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import httpcore

from tracker.archive.politeness import Clock


class Allowance:
    """The seconds a document may still spend on the wire, over all attempts and redirects."""

    def __init__(self, seconds: float, clock: Clock) -> None:
        self._clock = clock
        self._total = seconds
        self.spent = 0.0
        self._since: float | None = None

    @contextmanager
    def running(self) -> Iterator[None]:
        """Count the time inside."""
        self._since = self._clock.monotonic()
        try:
            yield
        finally:
            self.spent, self._since = self._total - self.left(), None

    def left(self) -> float:
        """Return the seconds left."""
        running = self._clock.monotonic() - self._since if self._since is not None else 0.0
        return self._total - self.spent - running


class Backend(httpcore.NetworkBackend):
    """Connections on which nothing lasts longer than the allowance of the thread that waits.

    A read timeout alone bounds each silence: a site that sends one byte now and then would keep us for ever.
    """

    def __init__(self, inner: httpcore.NetworkBackend, mine: threading.local) -> None:
        self._inner = inner
        self._mine = mine

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect, within the allowance."""
        timeout = _bounded(self._mine, timeout, httpcore.ConnectTimeout)
        return _Stream(self._inner.connect_tcp(host, port, timeout, local_address, socket_options), self._mine)


class _Stream(httpcore.NetworkStream):
    """One such connection."""

    def __init__(self, inner: httpcore.NetworkStream, mine: threading.local) -> None:
        self._inner = inner
        self._mine = mine

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _bounded(self._mine, timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _bounded(self._mine, timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        timeout = _bounded(self._mine, timeout, httpcore.ConnectTimeout)
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, timeout), self._mine)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _bounded(mine: threading.local, timeout: float | None, late: type[Exception]) -> float | None:
    allowance: Allowance | None = getattr(mine, "allowance", None)
    if allowance is None:
        return timeout
    left = allowance.left()
    if left <= 0:
        raise late("the time for this document is up")
    return left if timeout is None else min(timeout, left)
