"""How is a file written whole or not at all, and brought to the disk, whenever the process or the machine dies?"""

from __future__ import annotations

import hashlib
import os
import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Protocol, TypeVar

TEMPORARY = ".writing-"
_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)

T = TypeVar("T")


class Unreachable(OSError):
    """A place did not answer, or refused. The message says which and why, and holds no secret."""


class Place(Protocol):
    """Where the files of an archive lie, by names such as `objects/b/ba78…`: a folder, or object storage.

    A name that exists has whole contents. FileNotFoundError: there is no file of that name; Unreachable: who knows.
    """

    def where(self, name: str) -> str:
        """Return the whole address of a file, for people."""

    def answers(self) -> bool:
        """Return False for a while after it did not, if somebody waits for a page."""

    def path(self, name: str) -> Path | None:
        """Return the file itself, which other processes can open; None where it lies on another machine."""

    def has(self, name: str) -> bool:
        """Whether a file is there, or was a while ago: no record is ever removed."""

    def size(self, name: str) -> int | None:
        """Return how long a file is now; None if it is not there."""

    def read(self, name: str) -> bytes:
        """Return the content of a file, perhaps from a copy at hand."""

    def fresh(self, name: str) -> bytes:
        """Return the content of a file from where it lies."""

    def digest(self, name: str) -> str | None:
        """Return the SHA-256 of a file from where it lies, a piece of it in memory at a time; None if it is no file."""

    def write(self, name: str, content: bytes) -> None:
        """Write a file whole or not at all."""

    def set_aside(self, name: str, other: str) -> None:
        """Give a file another name, so that it can be written anew. Not there any more: nothing happens."""

    def drop(self, name: str) -> None:
        """Remove a file that is no record, where that can be done."""

    def settle(self) -> None:
        """Make sure that what was written outlives a power cut."""

    def walk(self, part: str) -> Iterator[str]:
        """Yield the names of what lies in the folders of a part, in order, whatever it is."""

    def each(self, work: Callable[[str], T], names: Iterable[str]) -> Iterator[T]:
        """Yield what a work makes of each name, in order; where answers take their time, it is done ahead."""

    def clean(self, parts: Iterable[str], older_than: float) -> list[str]:
        """Remove what was half-written that many seconds ago or more; return the names."""


class Folder:
    """A folder of this machine, or one that looks so. Folders in it are made as they are needed."""

    def __init__(self, root: Path) -> None:
        self._root = str(root)
        self._known: set[str] = set()
        self._unsettled: set[str] = set()

    def where(self, name: str) -> str:
        """Return the path as text."""
        return f"{self._root}/{name}"

    def answers(self) -> bool:
        """Return True."""
        return True

    def path(self, name: str) -> Path:
        """Return the path."""
        return Path(self._root, name)

    def has(self, name: str) -> bool:
        """Whether something of that name is there."""
        return os.path.exists(f"{self._root}/{name}")  # noqa: PTH110 - Path objects would cost more than the call

    def size(self, name: str) -> int | None:
        """Return how long a file is; None if it is not there."""
        try:
            return os.stat(f"{self._root}/{name}").st_size  # noqa: PTH116
        except FileNotFoundError:
            return None

    def read(self, name: str) -> bytes:
        """Return the content of a file."""
        with open(f"{self._root}/{name}", "rb") as file:  # noqa: PTH123
            return file.read()

    fresh = read

    def digest(self, name: str) -> str | None:
        """Return the SHA-256 of a file; None if it is no file."""
        path = Path(self._root, name)
        if not path.is_file():
            return None
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def write(self, name: str, content: bytes) -> None:
        """Write a file whole or not at all: under a passing name, to the disk, then renamed."""
        path = f"{self._root}/{name}"
        folder = path.rpartition("/")[0]
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

    def set_aside(self, name: str, other: str) -> None:
        """Rename a file; another process may have been quicker."""
        with suppress(FileNotFoundError):
            os.rename(f"{self._root}/{name}", f"{self._root}/{other}")  # noqa: PTH104

    def drop(self, name: str) -> None:
        """Remove a file, if it is there."""
        self.path(name).unlink(missing_ok=True)

    def settle(self) -> None:
        """Bring the names given since the last time to the disk; the contents were there before they had names."""
        while self._unsettled:
            folder = self._unsettled.pop()
            try:
                _sync(folder)
            except BaseException:
                self._unsettled.add(folder)
                raise

    def walk(self, part: str) -> Iterator[str]:
        """Yield what lies in the folders of a part, and what lies beside them."""
        for folder in _names(f"{self._root}/{part}"):
            within = f"{part}/{folder}"
            if os.path.isdir(f"{self._root}/{within}"):  # noqa: PTH112
                yield from (f"{within}/{name}" for name in _names(f"{self._root}/{within}"))
            else:
                yield within

    def each(self, work: Callable[[str], T], names: Iterable[str]) -> Iterator[T]:
        """Do one after the other: a disk answers at once."""
        return map(work, names)

    def clean(self, parts: Iterable[str], older_than: float) -> list[str]:
        """Remove files that were never given a name."""
        limit, removed = time.time() - older_than, []
        for name in (name for part in parts for name in self.walk(part) if is_passing(name)):
            path = self.path(name)
            with suppress(FileNotFoundError):
                if path.stat().st_mtime < limit:
                    path.unlink()
                    removed.append(name)
        return removed

    def _make(self, folder: Path) -> None:
        """Make a folder and those above it that are not there."""
        if not folder.is_dir():
            self._make(folder.parent)
            folder.mkdir(exist_ok=True)
            self._unsettled.add(str(folder.parent))


def is_passing(name: str) -> bool:
    """Whether a file is being written, or was left half-written."""
    return name.rpartition("/")[2].startswith(TEMPORARY)


def _sync(folder: str) -> None:
    """Bring a folder's names to the disk, on systems that can."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _names(folder: str) -> list[str]:
    """List a folder in order of name; empty if it is not there."""
    try:
        with os.scandir(folder) as entries:
            return sorted(entry.name for entry in entries)
    except (FileNotFoundError, NotADirectoryError):
        return []
