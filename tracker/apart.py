"""How are bytes from elsewhere given to a process of its own, which may take so long and so much, no more?

It stands here because rooms that know nothing of one another do so.
"""

from __future__ import annotations

import signal
import subprocess
import sys


class Ended(Exception):
    """The process did not come to its end; the message says how it ended."""


def work(module: str, content: bytes, *words: str, seconds: float) -> bytes:
    """Have a module of ours run by a process of its own with bytes as its input, and return what it writes.

    Ended if it takes longer than that, dies or fails. What interrupts us does not reach it; a supervisor that asks
    everybody to end may meet it before it is `bounded`: then it is begun once more.
    """
    done = _run(module, content, words, seconds)
    if done.returncode == -signal.SIGTERM:
        done = _run(module, content, words, seconds)
    if done.returncode < 0:
        raise Ended(f"it was ended by {_signal(-done.returncode)}")
    if done.returncode:
        told = done.stderr.decode("utf-8", "replace").strip().splitlines() or [f"it failed with {done.returncode}"]
        raise Ended(told[-1][:200])
    return done.stdout


def _run(module: str, content: bytes, words: tuple[str, ...], seconds: float) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-P", "-m", module, *words]
    try:
        return subprocess.run(  # noqa: S603
            command, input=content, capture_output=True, timeout=seconds, check=False, start_new_session=True
        )
    except subprocess.TimeoutExpired as error:
        raise Ended(f"it took longer than {seconds:g} s") from error


def bounded(seconds: int, memory: int) -> None:
    """Let this process take no more than so many seconds and bytes, where the system can see to that.

    A supervisor that asks everybody to end leaves it its time: the document in hand is read to its end.
    """
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - Windows has none

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
