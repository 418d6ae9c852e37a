"""What does one document on this machine say, without anything being kept? The author's loop, and the reporter's."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Event

from tracker.archive.ocr import Sight
from tracker.archive.ocr.sight import Watch
from tracker.domain.evidence import Document, Request
from tracker.domain.votes import PrintedSitting
from tracker.pipeline.asking import Answer
from tracker.pipeline.collect import Journey, follow
from tracker.pipeline.desk import Desk
from tracker.pipeline.run import paper_of
from tracker.settings import Settings
from tracker.sources.contract import Source
from tracker.storage.engine import Engine, open_engine, upgrade
from tracker.storage.reading import Noticed, Reading
from tracker.storage.write import Fetch, Writer

MOST_BYTES = 256_000_000


@dataclass(frozen=True, slots=True)
class Heard:
    """A passing database with what a document says, and everything that was noticed on the way."""

    engine: Engine
    sittings: tuple[PrintedSitting, ...]
    noticed: tuple[Noticed, ...]
    whole: bool
    """Whether the document could be read; False: `noticed` says why not."""


class NoSuchRole(ValueError):
    """The source has several kinds of pages, or none, that a document can be read as."""


def role_of(source: Source, named: str | None) -> str:
    """Return the kind of page a document is read as: the one named, or the only one that holds votes.

    NoSuchRole lists those there are.
    """
    known = [name for name, role in source.roles.items() if not role.index]
    if named in source.roles:
        return str(named)
    if named is None and len(known) == 1:
        return known[0]
    raise NoSuchRole(f"{source.slug} reads {', '.join(source.roles)}; name one of them with --role")


@contextmanager
def read_aloud(
    path: Path,
    source: Source,
    *,
    settings: Settings,
    role: str | None = None,
    day: date | None = None,
    stop: Event | None = None,
    pages: Watch | None = None,
) -> Iterator[Heard]:
    """Read a file as a document of a source, into a database that is gone when the block ends.

    `day` is its sitting day, where neither the file says so nor a list of such files would. OSError if the file cannot
    be read, ValueError if it is too large, NoSuchRole as `role_of`; Stopped if `stop` is set meanwhile.
    """
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise ValueError(f"{path}: {size:,} bytes, more than any document of a parliament has")
    request = Request(path.resolve().as_uri(), role_of(source, role), day)
    media_type = "application/pdf" if path.suffix.lower() == ".pdf" else ""
    document = Document.of(request, path.read_bytes(), datetime.now(UTC), media_type)
    fetch = Fetch(url=request.url, role=request.role, at=document.fetched_at, status=200, sha256=document.sha256)
    with tempfile.TemporaryDirectory(prefix="escrutinio-read-") as folder:
        engine = open_engine(f"sqlite:///{Path(folder, 'passing.sqlite')}")
        try:
            upgrade(engine)
            writer = Writer(engine, paper_of(source))
            if source.register is not None:
                writer.register(source.register())
            readings: list[Reading] = []
            with Sight(None, processes=settings.readers, stop=stop, watch=pages) as sight:
                follow(source, Answer(request, fetch, document), Journey(), readings.append, Desk(sight))
            for reading in readings:
                writer.take(reading)
            writer.flush()
            sittings = tuple(one for reading in readings for one in reading.sittings)
            noticed = tuple(one for reading in readings for one in reading.noticed)
            yield Heard(engine, sittings, noticed, all(reading.whole for reading in readings))
        finally:
            engine.dispose()
