"""How often may one address have texts checked, or files made?"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from ipaddress import IPv6Address, ip_network
from threading import Lock

from starlette.requests import Request


class Limit:
    """A bucket of tokens for each address that asks: full at first, filled again evenly, forgotten once full.

    At most `most` addresses are remembered, those that asked last. Of IPv6 the network of 64 bits is one address.
    """

    def __init__(self, each_minute: int, most: int = 10_000) -> None:
        self._size, self._each_second, self._most = each_minute, each_minute / 60, most
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def wait(self, address: str, now: float | None = None) -> int:
        """Take a token; return 0, or after how many seconds there is one, if there is none."""
        at = time.monotonic() if now is None else now
        with self._lock:
            left, since = self._left.pop(address, (float(self._size), at))
            left = min(self._size, left + (at - since) * self._each_second)
            taken = left >= 1
            self._left[address] = (left - 1 if taken else left, at)
            while len(self._left) > self._most:
                self._left.popitem(last=False)
        return 0 if taken else math.ceil((1 - left) / self._each_second)

    def __len__(self) -> int:
        return len(self._left)


def address(request: Request) -> str:
    """Return the address that asks, as the server knows it."""
    host = request.client.host if request.client else ""
    try:
        return str(ip_network(f"{IPv6Address(host.partition('%')[0])}/64", strict=False))
    except ValueError:
        return host


CHECKS = Limit(30)
"""Texts checked for one address in a minute, by form and by programs together."""

FILES = Limit(40)
"""Files made for one address in a minute."""
