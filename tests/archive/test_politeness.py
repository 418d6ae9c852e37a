"""Do turns come as the manners say, and are impossible manners refused?"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tracker.archive.politeness import LONGEST_WAIT, Manners, TooLong, Turnstile, Turnstiles, retry_after

NOW = datetime(2026, 1, 5, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("0", 0),
        (" 120 ", 120),
        ("Mon, 05 Jan 2026 12:00:30 GMT", 30),
        ("Mon, 05 Jan 2026 13:00:30 +0100", 30),
        ("Monday, 05-Jan-26 12:00:30 GMT", 30),
        ("Mon Jan  5 12:00:30 2026", 30),
        ("Mon, 05 Jan 2026 11:00:00 GMT", 0),
        ("-5", None),
        ("soon", None),
        ("", None),
        ("١٢", None),
        ("Mon, 99 Jan 2026 12:00:30 GMT", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(header: str | None, seconds: float | None) -> None:
    assert retry_after(header, NOW) == seconds


def test_an_endless_number_is_a_long_wait_and_no_crash() -> None:
    wait = retry_after("9" * 5000, NOW)
    assert wait is not None
    assert wait > LONGEST_WAIT


@pytest.mark.parametrize(
    "wrong",
    [
        {"pause": -1},
        {"concurrency": 0},
        {"attempts": 0},
        {"redirects": -1},
        {"max_bytes": 0},
        {"read_timeout": 0},
        {"total_timeout": -3},
    ],
)
def test_manners_that_make_no_sense_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Manners(**wrong)


def test_a_slow_site_rests_after_its_answer(clock: Any) -> None:
    turnstile = Turnstile(5, 1, clock)
    for _ in range(2):
        with turnstile.turn():
            clock.time += 40
    assert clock.slept == [5]


def test_turns_taken_side_by_side_start_a_pause_apart(clock: Any) -> None:
    turnstile = Turnstile(5, 3, clock)
    with turnstile.turn(), turnstile.turn(), turnstile.turn():
        pass
    assert clock.slept == [5, 5]


def test_an_error_gives_the_place_back(clock: Any) -> None:
    turnstile = Turnstile(0, 1, clock)
    with pytest.raises(RuntimeError), turnstile.turn():
        raise RuntimeError
    with turnstile.turn():
        assert clock.slept == []


def test_a_closed_site_is_left_alone_or_given_up(clock: Any) -> None:
    turnstile = Turnstile(0, 1, clock)
    turnstile.close(60)
    turnstile.close(20)
    with turnstile.turn():
        assert clock.slept == [60]
    turnstile.close(LONGEST_WAIT + 60)
    with pytest.raises(TooLong, match="360 s"), turnstile.turn():
        pass
    clock.time += 100
    with turnstile.turn():
        assert clock.slept == [60, 260]


def test_a_pause_is_never_shortened(clock: Any) -> None:
    turnstile = Turnstile(5, 1, clock)
    turnstile.slow(1)
    turnstile.slow(8)
    turnstile.slow(0)
    for _ in range(2):
        with turnstile.turn():
            pass
    assert clock.slept == [8]


def test_hosts_do_not_wait_for_each_other(clock: Any) -> None:
    turnstiles = Turnstiles(Manners(pause=5), clock)
    for host in ("a", "b", "a"):
        with turnstiles.of(host).turn():
            pass
    assert clock.slept == [5]
