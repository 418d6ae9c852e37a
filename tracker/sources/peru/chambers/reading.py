"""Which votes and attendances does a document of one of the two chambers record? One page is one record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from tracker.domain.evidence import Document
from tracker.sources.contract import Finding, Reader, Severity, Sheet, Trouble, Unreadable
from tracker.sources.peru.chambers import leaf as leaves_of
from tracker.sources.peru.chambers import overleaf, record
from tracker.sources.peru.chambers.called import Called
from tracker.sources.peru.chambers.leaf import LETTERS, Leaf
from tracker.sources.peru.chambers.members import House
from tracker.sources.peru.chambers.record import Desk

CHAMBERS = {"S": "the Senate", "D": "the Chamber of Deputies"}

NO_RECORD = frozenset(("blank_page", "page_without_roll"))
"""What is said of pages that hold no record of any kind."""


def reader(house: House) -> Reader:
    """Return the reader of a chamber's documents."""

    def read_sheet(document: Document, sheet: Sheet) -> Iterator[Finding]:
        """Read every page.

        Unreadable, by code: `no_pages` (its words were not made), `not_sheets` (no page holds a record). A page that
        cannot be read is a finding; the other votes of the document stand.
        """
        if not document.pages:
            raise Unreadable("no_pages", f"{document.url}: the words of its pages are missing; read it again with them")
        desk = Desk(document, sheet, house)
        found = list(_leaves(document, sheet, house))
        leaves = [one for one in found if isinstance(one, Leaf)]
        troubles = [one for one in found if isinstance(one, Trouble)]
        mine = [leaf for leaf in leaves if leaf.chamber == LETTERS[house]]
        if not leaves and {trouble.code for trouble in troubles} <= NO_RECORD:
            message = (
                f"{document.url}: none of its {len(document.pages)} pages holds a roll of members; look at what it is"
            )
            raise Unreadable("not_sheets", message)
        yield from troubles
        yield from _of_the_other(leaves, mine, document)
        yield from _turned(mine)
        yield from _records(mine, desk)

    return read_sheet


def _records(leaves: Sequence[Leaf], desk: Desk) -> Iterator[Finding]:
    met: set[str] = set()
    days: set[date] = set()
    for leaf in leaves:
        key = record.key_of(leaf)
        if key in met:
            message = f"{leaf.where}: the record {key} stands on an earlier page too; it is read once"
            yield Trouble(Severity.NOTED, "page_twice", message, leaf.where)
            continue
        met.add(key)
        if leaf.said.kind in ("vote", "nominal"):
            yield from record.vote(leaf, desk)
        else:
            yield from record.attendance(leaf, desk, days)


def _of_the_other(leaves: Sequence[Leaf], mine: Sequence[Leaf], document: Document) -> Iterator[Trouble]:
    """Say that pages are the other chamber's, whose own source reads them, here too if their file names it."""
    others = [leaf for leaf in leaves if leaf.chamber is not None and leaf not in mine]
    for leaf in leaves:
        if leaf.chamber is None:
            message = (
                f"{leaf.where}: neither its number nor its title nor its names tell which chamber's it is; look at it"
            )
            yield Trouble(Severity.DOUBTFUL, "page_of_no_chamber", message, leaf.where)
    if others:
        pages = ", ".join(str(leaf.page.number) for leaf in others[:20])
        chamber = CHAMBERS.get(others[0].chamber or "", "another chamber")
        message = (
            f"{document.url}: records of {chamber} stand on {len(others)} of its {len(leaves)} sheets (pages {pages})"
        )
        yield Trouble(Severity.NOTED, "other_chamber", message, f"pages {pages}")


def _turned(leaves: Sequence[Leaf]) -> Iterator[Trouble]:
    for leaf in leaves:
        if leaf.page.turned:
            message = f"{leaf.where}: the page was turned by {leaf.page.turned} degrees to be read"
            yield Trouble(Severity.NOTED, "page_turned", message, leaf.where)


def _leaves(document: Document, sheet: Sheet, house: House) -> Iterator[Leaf | Trouble]:
    """Read the pages; those over which a roll call by name goes on become one leaf."""
    called: Called | None = None
    for page in overleaf.sheets(document.pages):
        found = leaves_of.read(page, document, sheet, house)
        rowless = not isinstance(found, Leaf) or not found.said.rows
        if called is not None:
            if rowless and called.goes_on(page, sheet, house):
                continue
            yield called.whole(house)
            called = None
        if isinstance(found, Leaf) and rowless:
            called = Called(found)
            called.goes_on(page, sheet, house)
        else:
            yield found
    if called is not None:
        yield called.whole(house)
