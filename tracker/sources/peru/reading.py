"""Which votes and which attendance does a scanned sheet hold?"""

from __future__ import annotations

from collections.abc import Iterator

from tracker.domain.evidence import Document
from tracker.sources.contract import Finding, Sheet, Unreadable


def read_sheet(document: Document, sheet: Sheet) -> Iterator[Finding]:
    """Read the sheets of a sitting. Unreadable: `not_a_pdf`, and `not_read_yet` for every PDF."""
    if not document.content.startswith(b"%PDF-"):
        raise Unreadable("not_a_pdf", f"{document.url}: no PDF stands there; open it to see what the site says")
    yield from ()
    raise Unreadable(
        "not_read_yet",
        f"{document.url}: scanned sheets are found and archived, and read by a later version of {sheet.slug}",
    )
