"""Which roll calls of the United States Senate has Voteview written down since 1789?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from tracker.domain.evidence import Document
from tracker.sources import us_senate
from tracker.sources.catalogue import load_sheet
from tracker.sources.contract import Finding, Leaf, Role, Sheet, Source, Stack
from tracker.sources.voteview import record

FIRST = 101
"""The first Congress of which the Secretary has votes as XML."""


def leaves(paths: Sequence[Path], sheet: Sheet) -> Iterator[Leaf]:
    """Yield the Senate's roll calls, a hundred a document."""
    # Needs numpy and pyarrow, which a reader of leaves does without.
    from tracker.sources.voteview.packing import all_leaves

    return all_leaves(paths, sheet, "Senate")


def read(document: Document, sheet: Sheet) -> Iterator[Finding]:
    """Read a hundred roll calls."""
    return record.votes(document, sheet, official)


def official(congress: int, session: int, number: int) -> str | None:
    """Return the address of the Secretary's page."""
    if congress < FIRST:
        return None
    return us_senate.SOURCE.sheet.address.url("vote", congress=congress, session=session, number=number)


STACK = Stack("leaf", leaves)
SOURCE = Source(
    sheet=load_sheet("tracker.sources.voteview", "senate.toml"),
    start=lambda window, sheet: (),
    roles={STACK.role: Role(read=read, version=1)},
    stack=STACK,
)
