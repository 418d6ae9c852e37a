"""Where are the bytes we once fetched, are they still whole, and what did we see when?"""

from __future__ import annotations

import hashlib
import os
import secrets
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path

from tracker.archive import journal, words
from tracker.archive.files import TEMPORARY, Files, below, names
from tracker.archive.journal import Sighting
from tracker.domain.evidence import Document, Page

OBJECTS = "objects"
JOURNAL = "journal"
WORDS = "words"


class Missing(KeyError):
    """The archive does not hold these bytes."""

    def __str__(self) -> str:
        return str(self.args[0])


class Damaged(Exception):
    """A file of the archive does not hold what its name says. Nothing is ever read from it."""


class State(StrEnum):
    """What a check of one file of the archive found."""

    OK = "ok"
    """It holds what its name says."""
    DAMAGED = "damaged"
    """It is named as an object or a sighting and holds something else."""
    MISNAMED = "misnamed"
    """The archive gives no file such a name, or not in this folder."""
    TEMPORARY = "temporary"
    """Being written at this moment, or left by a process that was killed: no record, safe to clean once old."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One file of the archive, how it stands, and in words what is wrong with it."""

    path: Path
    state: State
    problem: str = ""


class Store:
    """A folder of bytes named by their SHA-256, a journal of when each was seen, and the words read from them.

    It is only ever added to. Any number of processes may share it. A name that exists has whole contents, whenever a
    writer was killed. What was put and recorded before `settle` returns outlives a power cut too: settle before telling
    a database of it.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._objects = str(root / OBJECTS)
        self._journal = str(root / JOURNAL)
        self._words = str(root / WORDS)
        self._files = Files()
        self._noted: list[Sighting] = []

    def put(self, content: bytes) -> str:
        """Keep bytes and return their SHA-256. Already held: nothing is written.

        A file of that name and another size is damage: it is set aside under a name of its own, the bytes are written.
        """
        sha256 = hashlib.sha256(content).hexdigest()
        folder = f"{self._objects}/{sha256[:1]}"
        path = f"{folder}/{sha256}"
        try:
            held = os.stat(path).st_size  # noqa: PTH116 - Path objects would cost more than the call
        except FileNotFoundError:
            pass
        else:
            if held == len(content):
                return sha256
            with suppress(FileNotFoundError):  # another process was quicker
                os.rename(path, f"{path}.damaged-{secrets.token_hex(4)}")  # noqa: PTH104
        self._files.write(folder, path, content)
        return sha256

    def get(self, sha256: str) -> bytes:
        """Return the bytes of that digest. Missing if they are not held, Damaged if the file holds others."""
        path = self.path(sha256)
        try:
            content = path.read_bytes()
        except FileNotFoundError as error:
            raise Missing(
                f"{self.root} holds no document {sha256}; restore it from a backup of the archive, or collect it again"
            ) from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise Damaged(_advice(path, "its bytes have another SHA-256 than its name"))
        return content

    def has(self, sha256: str) -> bool:
        """Whether a file of that digest is there; its content is looked at by `get` and `verify`."""
        return self.path(sha256).is_file()

    def path(self, sha256: str) -> Path:
        """Return where the bytes of that digest are or would be. ValueError if it is no digest."""
        if not journal.is_digest(sha256):
            raise ValueError(f"{sha256!r} is not a SHA-256 in small hexadecimal digits")
        return Path(self._objects, sha256[:1], sha256)

    def record(self, sighting: Sighting) -> bool:
        """Write a sighting into the journal; False if the very same one is there. Missing if its bytes are not held.

        So the order is `put`, then `record`: the journal never speaks of bytes that the archive lacks.
        """
        self._require(sighting)
        return self._enter([sighting])

    def note(self, sighting: Sighting) -> None:
        """Take note of a sighting: `settle` writes all that were noted as one file. Missing as for `record`."""
        self._require(sighting)
        self._noted.append(sighting)

    def _require(self, sighting: Sighting) -> None:
        sha256 = sighting.sha256
        if not os.path.exists(f"{self._objects}/{sha256[:1]}/{sha256}"):  # noqa: PTH110
            raise Missing(f"{self.root} holds no document {sha256}, seen at {sighting.url}: put its bytes first")

    def _enter(self, sightings: Sequence[Sighting]) -> bool:
        month, name, content = journal.encode(sightings)
        folder = f"{self._journal}/{month}"
        path = f"{folder}/{name}"
        if os.path.exists(path):  # noqa: PTH110
            return False
        self._files.write(folder, path, content)
        return True

    def sightings(self) -> Iterator[Sighting]:
        """Read the journal, each source in order of time. Damaged if a file of it is not what was written."""
        for month in names(Path(self._journal)):
            for name in names(Path(self._journal, month)):
                path = Path(self._journal, month, name)
                content = path.read_bytes()
                if not journal.is_whole(name, content):
                    raise Damaged(_advice(path, "its text is not what its name says was written"))
                try:
                    yield from journal.decode(content)
                except ValueError as error:
                    raise Damaged(_advice(path, str(error))) from error

    def document(self, sighting: Sighting) -> Document:
        """Return the document of a sighting as it was when fetched. Missing or Damaged as for `get`."""
        content = self.get(sighting.sha256)
        return Document(sighting.request, content, sighting.sha256, sighting.fetched_at, sighting.media_type)

    def verify(self) -> Iterator[Checked]:
        """Check every file, objects first, then the journal: one piece of a file in memory at a time."""
        for folder in names(Path(self._objects), hidden=True):
            for path in below(Path(self._objects, folder)):
                yield _check_object(path)
        for month in names(Path(self._journal), hidden=True):
            for path in below(Path(self._journal, month)):
                yield self._check_sighting(path)
        for folder in names(Path(self._words), hidden=True):
            yield from map(_check_words, below(Path(self._words, folder)))

    def clean(self, older_than: timedelta = timedelta(hours=1)) -> list[Path]:
        """Remove what killed processes left half-written, if older than that; return what was removed.

        Only files that were never given a name are touched: a record is never removed.
        """
        limit = time.time() - older_than.total_seconds()
        removed = []
        for checked in self.temporary():
            with suppress(FileNotFoundError):
                if checked.stat().st_mtime < limit:
                    checked.unlink()
                    removed.append(checked)
        return removed

    def temporary(self) -> Iterator[Path]:
        """Find the files that are being written or were left half-written."""
        for part in (Path(self._objects), Path(self._journal), Path(self._words)):
            for folder in names(part, hidden=True):
                yield from (path for path in below(part / folder) if path.name.startswith(TEMPORARY))

    def _check_sighting(self, path: Path) -> Checked:
        if path.name.startswith(TEMPORARY):
            return Checked(path, State.TEMPORARY, "being written, or left by a process that was killed")
        if not journal.is_entry(path.name, path.parent.name):
            return Checked(path, State.MISNAMED, "not a name of the journal, or in another month's folder")
        content = path.read_bytes()
        if not journal.is_whole(path.name, content):
            return Checked(path, State.DAMAGED, "its text is not what its name says was written")
        try:
            sightings = journal.decode(content)
        except ValueError as error:
            return Checked(path, State.DAMAGED, str(error))
        for sighting in sightings:
            if not self.has(sighting.sha256):
                problem = f"the archive holds no document {sighting.sha256} that it speaks of"
                return Checked(path, State.DAMAGED, problem)
        return Checked(path, State.OK)

    def words(self, sha256: str, key: str) -> tuple[Page, ...] | None:
        """Return the pages of a document as one way of reading found them; None if it has not, or they are damaged.

        `key` names the way of reading. Words can be read again from the document, so damage costs time, nothing else.
        """
        try:
            return words.decode(Path(self._words, sha256[:1], words.name(sha256, key)).read_bytes())
        except (FileNotFoundError, ValueError):
            return None

    def keep_words(self, sha256: str, key: str, pages: Sequence[Page], engine: str) -> None:
        """Keep the words of a document's pages. Missing if the document itself is not held."""
        if not self.has(sha256):
            raise Missing(f"{self.root} holds no document {sha256}: put its bytes before its words")
        folder = f"{self._words}/{sha256[:1]}"
        self._files.write(folder, f"{folder}/{words.name(sha256, key)}", words.encode(pages, engine))

    def settle(self) -> None:
        """Write what was noted, and bring the names given since the last time to the disk."""
        if self._noted:
            self._enter(self._noted)
            self._noted = []
        self._files.settle()


def _check_words(path: Path) -> Checked:
    if path.name.startswith(TEMPORARY):
        return Checked(path, State.TEMPORARY, "being written, or left by a process that was killed")
    if not words.is_name(path.name) or path.parent.name != path.name[:1]:
        return Checked(path, State.MISNAMED, "not a name of words, or in another digest's folder")
    try:
        words.decode(path.read_bytes())
    except ValueError as error:
        return Checked(path, State.DAMAGED, f"{error}; remove the file, the next reading makes it anew")
    return Checked(path, State.OK)


def _check_object(path: Path) -> Checked:
    if path.name.startswith(TEMPORARY):
        return Checked(path, State.TEMPORARY, "being written, or left by a process that was killed")
    if not journal.is_digest(path.name) or path.parent.name != path.name[:1] or not path.is_file():
        return Checked(path, State.MISNAMED, "not the name of a digest, or in another digest's folder")
    with path.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != path.name:
            return Checked(path, State.DAMAGED, "its bytes have another SHA-256 than its name")
    return Checked(path, State.OK)


def _advice(path: Path, problem: str) -> str:
    return f"{path}: {problem}; restore the file from a backup of the archive, then run `tracker archive verify`"
