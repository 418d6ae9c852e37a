"""Which votes of 2021 to 2024 did openpolitica write down from the official sheets of Peru's Congress?

Nobody asks for them over the network: a checkout of their repository is imported, each record's folder a document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from tracker.domain.evidence import Document, Request
from tracker.sources.catalogue import load_sheet
from tracker.sources.contract import Finding, Role, Sheet, Shelf, Source, Window
from tracker.sources.peru import bundle, roster, transcribed, transcript


def start(window: Window, sheet: Sheet) -> Iterable[Request]:
    """Ask for nothing: there is no site to ask."""
    return ()


def place(path: str) -> date | None:
    """Return the sitting day of a record's folder; None if the path is none."""
    found = transcript.place(path)
    return None if found is None else found.sitting


def read_record(document: Document, sheet: Sheet) -> Iterator[Finding]:
    """Read a record. Unreadable: the codes of `bundle.unpack`, `transcript.read`, and `unknown_code`."""
    said = transcript.read(bundle.unpack(document.content, document.url), document.url)
    if said.place.kind == transcript.VOTE:
        yield from transcribed.vote(said, sheet, roster.register())
    else:
        yield from transcribed.attendance(said, sheet, roster.register())


SHELF = Shelf(
    role="record",
    top="data",
    depth=5,
    place=place,
    own=transcript.OWN,
    shared=transcript.SHARED,
    pack=bundle.pack,
)
SOURCE = Source(
    sheet=load_sheet("tracker.sources.peru", "openpolitica.toml"),
    start=start,
    roles={SHELF.role: Role(read=read_record, version=1)},
    register=roster.register,
    lookups=roster.digest(),
    shelf=SHELF,
)
