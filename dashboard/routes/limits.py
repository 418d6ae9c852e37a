"""How often may one address ask?"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from ipaddress import IPv6Address, ip_network
from threading import Lock
from typing import NamedTuple

from starlette.requests import Request


class Taken(NamedTuple):
    """After how many seconds one may ask (0: now), how often still, and in how many seconds as often as at first."""

    wait: int
    left: int
    full: int


class Limit:
    """A bucket of tokens for each address that asks: full at first, filled again evenly, forgotten once full.

    At most `most` addresses are remembered, those that asked last.
    """

    def __init__(self, each_minute: int, most: int = 10_000) -> None:
        self.size, self._each_second, self._most = each_minute, each_minute / 60, most
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def wait(self, address: str, now: float | None = None) -> int:
        """Take a token; return 0, or after how many seconds there is one, if there is none."""
        return self.take(address, now).wait

    def take(self, address: str, now: float | None = None) -> Taken:
        """Take a token, if there is one, and say how the bucket stands."""
        at = time.monotonic() if now is None else now
        with self._lock:
            left, since = self._left.pop(address, (float(self.size), at))
            left = min(self.size, left + (at - since) * self._each_second)
            wait = 0 if left >= 1 else math.ceil((1 - left) / self._each_second)
            left -= 0 if wait else 1
            self._left[address] = (left, at)
            while len(self._left) > self._most:
                self._left.popitem(last=False)
        return Taken(wait, int(left), math.ceil((self.size - left) / self._each_second))

    def __len__(self) -> int:
        return len(self._left)


def address(request: Request) -> str:
    """Return the address that asks, as the server knows it: of IPv6 its network of 64 bits.

    One of IPv4 that came by way of IPv6 is one of IPv4.
    """
    host = request.client.host if request.client else ""
    try:
        known = IPv6Address(host.partition("%")[0])
    except ValueError:
        return host
    return str(known.ipv4_mapped or ip_network(f"{known}/64", strict=False))


CHECKS = Limit(30)
"""Texts checked for one address in a minute, by form and by programs together."""

FILES = Limit(40)
"""Files made for one address in a minute."""

CALLS = Limit(300)
"""Answers of the interface for programs to one address in a minute, checks of texts apart."""
