"""Which copies of files that lie elsewhere are at hand: so many bytes and no more, and never a damaged one?"""

from __future__ import annotations

import hashlib
import logging
import os
import secrets
import threading
from contextlib import suppress
from pathlib import Path

from tracker.archive.files import TEMPORARY

log = logging.getLogger(__name__)

SHARE = 16
"""The folder is looked through again after so many parts of what it may hold have been added by this process."""
_MARK = hashlib.sha256().digest_size


class Cache:
    """Copies in a folder. What was not used for longest goes first. Trouble with the folder costs time, nothing else.

    Each copy begins with the SHA-256 of the rest. Processes do not speak to each other: each looks how much there is
    before it has added a sixteenth of what may be there, so that of n processes n - 1 may go a sixteenth too far.
    """

    def __init__(self, folder: Path, most: int) -> None:
        self._folder = str(folder)
        self._most = most
        self._share = most // SHARE
        self._added = self._share
        self._lock = threading.Lock()

    def get(self, key: str) -> bytes | None:
        """Return a copy, which counts as used now; None if there is none, or it is damaged."""
        path = self._path(key)
        try:
            content = Path(path).read_bytes()
            os.utime(path)
        except OSError:
            return None
        mark, copy = content[:_MARK], content[_MARK:]
        return copy if hashlib.sha256(copy).digest() == mark else None

    def has(self, key: str) -> bool:
        """Whether there is a copy."""
        return os.path.exists(self._path(key))  # noqa: PTH110

    def put(self, key: str, content: bytes) -> None:
        """Keep a copy, unless it would take a quarter of the room."""
        size = _MARK + len(content)
        if size > self._most // 4:
            return
        try:
            with self._lock:
                self._make_room(size)
            path = self._path(key)
            os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120
            passing = f"{path}{TEMPORARY}{os.getpid()}-{secrets.token_hex(4)}"
            Path(passing).write_bytes(hashlib.sha256(content).digest() + content)
            os.replace(passing, path)  # noqa: PTH105
        except OSError as error:
            log.warning("no copy of a document is kept in %s: %s", self._folder, error.strerror or error)

    def _make_room(self, size: int) -> None:
        """Remove the copies not used for longest, if it may be that there is no room."""
        self._added += size
        if self._added <= self._share:
            return
        found = sorted(_copies(self._folder))
        held, aim = sum(length for _, length, _ in found), self._most - max(self._share, size)
        for _, length, path in found:
            if held <= aim:
                break
            with suppress(FileNotFoundError):  # another process was quicker
                os.unlink(path)  # noqa: PTH108
            held -= length
        self._added = size

    def _path(self, key: str) -> str:
        digest = hashlib.sha256(key.encode()).hexdigest()
        return f"{self._folder}/{digest[:2]}/{digest}"


def _copies(folder: str) -> list[tuple[int, int, str]]:
    """Return when each copy was used last, how long it is, and where it lies."""
    found = []
    for path in Path(folder).glob("*/*"):
        with suppress(FileNotFoundError):
            stat = path.stat()
            found.append((stat.st_mtime_ns, stat.st_size, str(path)))
    return found
