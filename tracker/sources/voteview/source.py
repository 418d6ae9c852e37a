"""What do the roll calls of both chambers have in common as a source: large files, read a leaf at a time?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from tracker.domain.evidence import Document
from tracker.sources.catalogue import load_sheet
from tracker.sources.contract import Finding, Leaf, Role, Sheet, Source, Stack
from tracker.sources.voteview import record
from tracker.sources.voteview.record import Official


def of(name: str, chamber: str, official: Official) -> Source:
    """Join the sheet of that name to the reader; `official` gives the chamber's own pages."""

    def leaves(paths: Sequence[Path], sheet: Sheet) -> Iterator[Leaf]:
        # Needs numpy and pyarrow, which a reader of leaves does without.
        from tracker.sources.voteview.packing import all_leaves

        return all_leaves(paths, sheet, chamber)

    def read(document: Document, sheet: Sheet) -> Iterator[Finding]:
        return record.votes(document, sheet, official)

    stack = Stack("leaf", leaves)
    return Source(
        sheet=load_sheet("tracker.sources.voteview", name),
        start=lambda window, sheet: (),
        roles={stack.role: Role(read=read, version=1)},
        stack=stack,
    )
