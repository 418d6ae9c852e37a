"""Which roll calls of the United States House has Voteview written down since 1789?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from tracker.domain.evidence import Document
from tracker.sources import us_congress, us_house
from tracker.sources.catalogue import load_sheet
from tracker.sources.contract import Finding, Leaf, Role, Sheet, Source, Stack
from tracker.sources.voteview import record

FIRST = 1990
"""The first year of which the Clerk has roll calls as XML."""


def leaves(paths: Sequence[Path], sheet: Sheet) -> Iterator[Leaf]:
    """Yield the House's roll calls, a hundred a document."""
    # Needs numpy and pyarrow, which a reader of leaves does without.
    from tracker.sources.voteview.packing import all_leaves

    return all_leaves(paths, sheet, "House")


def read(document: Document, sheet: Sheet) -> Iterator[Finding]:
    """Read a hundred roll calls."""
    return record.votes(document, sheet, official)


def official(congress: int, session: int, number: int) -> str | None:
    """Return the address of the Clerk's page."""
    year = us_congress.year_of(congress, session)
    if year < FIRST:
        return None
    return us_house.SOURCE.sheet.address.url("roll_call", year=year, number=number)


STACK = Stack("leaf", leaves)
SOURCE = Source(
    sheet=load_sheet("tracker.sources.voteview", "house.toml"),
    start=lambda window, sheet: (),
    roles={STACK.role: Role(read=read, version=1)},
    stack=STACK,
)
