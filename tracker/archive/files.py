"""How is a file written whole or not at all, and brought to the disk, whenever the process or the machine dies?"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

TEMPORARY = ".writing-"
_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


class Files:
    """Writes files under folders that it makes as they are needed. A name that exists has whole contents."""

    def __init__(self) -> None:
        self._known: set[str] = set()
        self._unsettled: set[str] = set()

    def write(self, folder: str, path: str, content: bytes) -> None:
        """Write a file whole or not at all: under a passing name, to the disk, then renamed."""
        if folder not in self._known:
            self._make(Path(folder))
            self._known.add(folder)
        passing = f"{folder}/{TEMPORARY}{os.getpid()}-{secrets.token_hex(8)}"
        handle = os.open(passing, _FLAGS, 0o444)
        try:
            try:
                view = memoryview(content)
                while view:
                    view = view[os.write(handle, view) :]
                os.fsync(handle)
            finally:
                os.close(handle)
            os.replace(passing, path)  # noqa: PTH105
        except BaseException:
            with suppress(OSError):
                os.unlink(passing)  # noqa: PTH108
            raise
        self._unsettled.add(folder)

    def settle(self) -> None:
        """Bring the names given since the last time to the disk; the contents were there before they had names."""
        while self._unsettled:
            folder = self._unsettled.pop()
            try:
                _sync(folder)
            except BaseException:
                self._unsettled.add(folder)
                raise

    def _make(self, folder: Path) -> None:
        """Make a folder and those above it that are not there."""
        if not folder.is_dir():
            self._make(folder.parent)
            folder.mkdir(exist_ok=True)
            self._unsettled.add(str(folder.parent))


def _sync(folder: str) -> None:
    """Bring a folder's names to the disk, on systems that can."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def names(folder: Path, *, hidden: bool = False) -> list[str]:
    """List a folder in order of name; empty if it is not there."""
    try:
        with os.scandir(folder) as entries:
            return sorted(entry.name for entry in entries if hidden or not entry.name.startswith("."))
    except (FileNotFoundError, NotADirectoryError):
        return []


def below(folder: Path) -> Iterator[Path]:
    """Yield what lies in a folder in order of name; the path itself if it is a file."""
    if folder.is_dir():
        yield from (folder / name for name in names(folder, hidden=True))
    else:
        yield folder
