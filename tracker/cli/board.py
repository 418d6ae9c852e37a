"""How is the dashboard started beside the collecting, and ended with it? As a process of its own, known by its name."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Self

from tracker.cli.codes import Exit, Refusal
from tracker.cli.screen import warn

if TYPE_CHECKING:
    from tracker.settings import Settings

LOOK = 0.1
"""Seconds between two looks whether it listens yet."""
GRACE = 8.0
"""Seconds the dashboard is given to end."""


class Dashboard:
    """The dashboard's process. Leaving the block ends it; `died` is called if it ends by itself."""

    def __init__(self, settings: Settings, *, port: int, died: Callable[[], None] = lambda: None) -> None:
        self._settings = settings
        self._port = port
        self._died = died
        self._closing = False
        self.ended = False
        self._said: list[str] = []
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        chosen = self._settings
        command = [sys.executable, "-m", "uvicorn", "dashboard.server:app", "--host", chosen.host]
        command += ["--port", str(self._port), "--no-access-log", "--timeout-graceful-shutdown", "2"]
        self._process = process = subprocess.Popen(  # noqa: S603
            command,
            env=os.environ | environment(chosen, self._port),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
            start_new_session=True,
        )
        threading.Thread(target=self._listen, args=[process.stderr], daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def address(self) -> str:
        """Where a browser finds it."""
        return f"http://{_bracketed(self._settings.host)}:{self._port}"

    def wait(self, seconds: float, stop: threading.Event) -> bool:
        """Wait until it listens; False if told to stop before. Refusal with its last words if it does not listen."""
        for _ in range(int(seconds / LOOK)):
            if self.ended:
                break
            if answers(self._settings.host, self._port):
                return True
            if stop.wait(LOOK):
                return False
        self.close()
        raise Refusal(
            f"the dashboard did not start: {' | '.join(self._said[-3:]) or 'it said nothing'}",
            next_step="`tracker up --no-dashboard` collects without it.",
        )

    def close(self) -> None:
        """End it, and make sure that it has ended."""
        self._closing = True
        if self._process is None or self._process.poll() is not None:
            return
        self._process.terminate()
        try:
            self._process.wait(GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def kill(self) -> None:
        """End it at once."""
        if self._process is not None:
            self._process.kill()

    def _listen(self, lines: IO[str]) -> None:
        for line in lines:
            self._said = [*self._said[-20:], line.strip()]
            if not line.startswith("INFO:"):
                warn(f"dashboard: {line.rstrip()}")
        self.ended = True
        if not self._closing:
            self._died()


def environment(settings: Settings, port: int) -> dict[str, str]:
    """Return the settings as the dashboard's process reads them.

    Each page is made by a thread of its own. With an arena for each the allocator of glibc would hold on to more and
    more memory that nothing uses; with two it gives back what readers who left had taken.
    """
    archive = settings.archive
    return {
        "ESCRUTINIO_HOME": str(settings.home.absolute()),
        "ESCRUTINIO_DATABASE_URL": settings.database,
        "ESCRUTINIO_ARCHIVE": str(archive.absolute() if isinstance(archive, Path) else archive),
        "ESCRUTINIO_HOST": settings.host,
        "ESCRUTINIO_PORT": str(port),
        "ESCRUTINIO_LANGUAGE": settings.language,
        "ESCRUTINIO_LOG_LEVEL": settings.log_level,
        "MALLOC_ARENA_MAX": os.environ.get("MALLOC_ARENA_MAX", "2"),
    }


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def answers(host: str, port: int) -> bool:
    """Whether something on this machine listens on a port."""
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    try:
        socket.create_connection((here, port), timeout=1).close()
    except OSError:
        return False
    return True


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def is_free(host: str, port: int) -> bool:
    """Whether nobody listens on a port yet."""
    with socket.socket(_family(host)) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError:
            return False
    return True


def free_port(host: str, wanted: int) -> int:
    """Return the wanted port, or the next that is free; any free one for 0. Refusal if a hundred are taken."""
    if not wanted:
        with socket.create_server((host, 0), family=_family(host)) as trial:
            return int(trial.getsockname()[1])
    for port in range(wanted, min(wanted + 100, 65536)):
        if is_free(host, port):
            return port
    raise Refusal(
        f"no port from {wanted} on is free on {host}", next_step="Name another with --port.", code=Exit.WRONG_USE
    )
