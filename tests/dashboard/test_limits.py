"""Is each address counted as itself, and does its bucket fill again?"""

from __future__ import annotations

import pytest
from starlette.requests import Request

from dashboard.routes import limits
from dashboard.routes.limits import Limit


@pytest.mark.parametrize(
    ("host", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"), ("::ffff:192.0.2.7", "192.0.2.7"), ("::ffff:192.0.2.8", "192.0.2.8"),
        ("2001:db8:0:1:2:3:4:5", "2001:db8:0:1::/64"), ("fe80::1%eth0", "fe80::/64"), ("a socket", "a socket"),
    ],
)  # fmt: skip
def test_whose_bucket_it_is(host: str, counted: str) -> None:
    assert limits.address(Request({"type": "http", "client": (host, 5)})) == counted


def test_a_bucket_fills_again_and_the_oldest_are_forgotten() -> None:
    limit = Limit(2, most=3)
    assert [limit.wait("a", 0), limit.wait("a", 0), limit.wait("a", 0)] == [0, 0, 30]
    assert limit.wait("a", 29) == 1
    assert limit.wait("a", 30) == 0
    for n in range(50):
        limit.wait(f"b{n}", 31)
    assert len(limit) == 3
