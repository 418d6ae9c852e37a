"""Where are the bytes we once fetched, are they still whole, and what did we see when?"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path

from tracker.archive import checking, journal, words
from tracker.archive.checking import Checked, State
from tracker.archive.files import Folder, Place
from tracker.archive.journal import Sighting
from tracker.archive.layout import JOURNAL, PARTS, object_name, words_name
from tracker.domain.evidence import Document, Page
from tracker.settings import Bucket


class Missing(KeyError):
    """The archive does not hold these bytes."""

    def __str__(self) -> str:
        return str(self.args[0])


class Damaged(Exception):
    """A file of the archive does not hold what its name says. Nothing is ever read from it."""


def place_of(root: Path | Bucket, *, hurried: bool = False) -> Place:
    """Return where the files of an archive lie. `hurried`: somebody waits for a page; see `bucket`."""
    if isinstance(root, Path):
        return Folder(root)
    from tracker.archive.bucket import stored  # noqa: PLC0415 - its libraries are an extra, and take a second to load

    return stored(root, hurried=hurried)


class Store:
    """A folder or bucket of bytes named by their SHA-256, a journal of when each was seen, and the words read in them.

    It is only ever added to, but for parts of what is being read. Any number of processes may share it. A name that
    exists has whole contents, whenever a writer was killed. What was put and recorded before `settle` returns outlives
    a power cut too: settle before telling a database of it.
    """

    def __init__(self, root: Path | Bucket, *, hurried: bool = False) -> None:
        self.root = root
        self.place = place_of(root, hurried=hurried)
        self._noted: list[Sighting] = []

    def put(self, content: bytes) -> str:
        """Keep bytes and return their SHA-256. Already held: nothing is written.

        A file of that name and another size is damage: it is set aside under a name of its own, the bytes are written.
        """
        sha256 = hashlib.sha256(content).hexdigest()
        name = object_name(sha256)
        held = self.place.size(name)
        if held == len(content):
            return sha256
        if held is not None:
            self.place.set_aside(name, f"{name}.damaged-{secrets.token_hex(4)}")
        self.place.write(name, content)
        return sha256

    def get(self, sha256: str) -> bytes:
        """Return the bytes of that digest. Missing if they are not held, Damaged if the file holds others."""
        name = object_name(sha256)
        try:
            content = self.place.read(name)
        except FileNotFoundError as error:
            raise Missing(
                f"{self.root} holds no document {sha256}; restore it from a backup of the archive, or collect it again"
            ) from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise Damaged(self._advice(name, "its bytes have another SHA-256 than its name"))
        return content

    def has(self, sha256: str) -> bool:
        """Whether a file of that digest is there; its content is looked at by `get` and `verify`."""
        return self.place.has(object_name(sha256))

    def path(self, sha256: str) -> Path | None:
        """Return the file of that digest, or where it would be; None in a bucket. ValueError if it is no digest."""
        return self.place.path(object_name(sha256))

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
        if not self.place.has(object_name(sha256)):
            raise Missing(f"{self.root} holds no document {sha256}, seen at {sighting.url}: put its bytes first")

    def _enter(self, sightings: Sequence[Sighting]) -> bool:
        month, entry, content = journal.encode(sightings)
        name = f"{JOURNAL}/{month}/{entry}"
        if self.place.has(name):
            return False
        self.place.write(name, content)
        return True

    def sightings(self) -> Iterator[Sighting]:
        """Read the journal, each source in order of time. Damaged if a file of it is not what was written."""
        entries = (name for name in self.place.walk(JOURNAL) if name.count("/") == 2 and "/." not in name)
        for read in self.place.each(self._entry, entries):
            yield from read

    def _entry(self, name: str) -> list[Sighting]:
        try:
            return checking.decoded(name, self.place.read(name))
        except ValueError as error:
            raise Damaged(self._advice(name, str(error))) from error

    def document(self, sighting: Sighting) -> Document:
        """Return the document of a sighting as it was when fetched. Missing or Damaged as for `get`."""
        content = self.get(sighting.sha256)
        return Document(sighting.request, content, sighting.sha256, sighting.fetched_at, sighting.media_type)

    def verify(self) -> Iterator[Checked]:
        """Check every file, the journal last: one piece of a file in memory at a time."""
        return checking.all_of(self.place)

    def clean(self, older_than: timedelta = timedelta(hours=1)) -> list[str]:
        """Remove what killed processes left half-written, if older than that; return the names of what was removed.

        Only files that were never given a name are touched: a record is never removed.
        """
        return self.place.clean(PARTS, older_than.total_seconds())

    def words(self, sha256: str, key: str, part: str = "") -> tuple[Page, ...] | None:
        """Return the pages of a document as one way of reading found them; None if it has not, or they are damaged.

        `key` names the way of reading, `part` a stretch of pages. Words can be read again from the document, so damage
        costs time, nothing else.
        """
        try:
            return words.decode(self.place.read(words_name(sha256, key, part)))
        except (FileNotFoundError, ValueError):
            return None

    def keep_words(self, sha256: str, key: str, pages: Sequence[Page], engine: str, part: str = "") -> None:
        """Keep the words of a document's pages, or of a `part`. Missing if the document itself is not held."""
        if not self.has(sha256):
            raise Missing(f"{self.root} holds no document {sha256}: put its bytes before its words")
        self.place.write(words_name(sha256, key, part), words.encode(pages, engine))

    def drop_parts(self, sha256: str, key: str, parts: Iterable[str]) -> None:
        """Let the words of stretches go, once those of the whole are kept."""
        for part in parts:
            self.place.drop(words_name(sha256, key, part))

    def settle(self) -> None:
        """Write what was noted, and make sure that everything written outlives a power cut."""
        if self._noted:
            self._enter(self._noted)
            self._noted = []
        self.place.settle()

    def _advice(self, name: str, problem: str) -> str:
        where = self.place.where(name)
        return f"{where}: {problem}; restore the file from a backup of the archive, then run `tracker archive verify`"


__all__ = ["Checked", "Damaged", "Missing", "State", "Store", "place_of"]
