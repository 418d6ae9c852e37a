"""Does the first signal ask, and only a later one force?"""

from __future__ import annotations

import os
import signal
import threading

import pytest

from tracker.schedule.stop import stopping


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_sets_the_event_and_handlers_are_put_back(number: signal.Signals) -> None:
    before = signal.getsignal(number)
    told = threading.Event()
    with stopping(told.set) as stop:
        assert not stop.is_set()
        os.kill(os.getpid(), number)
        assert stop.wait(30)
        assert told.wait(30)
        os.kill(os.getpid(), number)  # a supervisor's second copy, within the half second
    assert signal.getsignal(number) is before
