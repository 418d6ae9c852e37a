"""Which roll calls of the European Parliament has HowTheyVote.eu written down since July 2019?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from tracker.domain.evidence import Document
from tracker.sources.catalogue import load_sheet
from tracker.sources.contract import Finding, Leaf, Role, Sheet, Source, Stack
from tracker.sources.howtheyvote import record


def leaves(paths: Sequence[Path], sheet: Sheet) -> Iterator[Leaf]:
    """Yield the Parliament's roll calls, two hundred numbers a document."""
    # Needs numpy and pyarrow, which a reader of leaves does without.
    from tracker.sources.howtheyvote.packing import all_leaves

    return all_leaves(paths, sheet)


def read(document: Document, sheet: Sheet) -> Iterator[Finding]:
    """Read the roll calls of a leaf."""
    return record.votes(document, sheet)


STACK = Stack("leaf", leaves)
SOURCE = Source(
    sheet=load_sheet("tracker.sources.howtheyvote", "parliament.toml"),
    start=lambda window, sheet: (),
    roles={STACK.role: Role(read=read, version=1)},
    stack=STACK,
)
