"""Which votes and attendances does a document of vote sheets record? One page is one record."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from tracker.domain.evidence import Document
from tracker.sources.contract import Finding, Severity, Sheet, Trouble, Unreadable
from tracker.sources.peru import leaf as leaves_of
from tracker.sources.peru import sheet_record
from tracker.sources.peru.leaf import SURE, Leaf

GRACE = 2
"""Records that may lie between two of a sitting without a page being missed: an attendance is sometimes taken twice."""


def read_sheet(document: Document, sheet: Sheet) -> Iterator[Finding]:
    """Read every page of a document of vote sheets.

    Unreadable, by code: `no_pages` (its words were not made), `not_sheets` (no page holds a roll). A page that cannot
    be read is a finding; the other votes of the document stand.
    """
    if not document.pages:
        raise Unreadable("no_pages", f"{document.url}: the words of its pages are missing; read it again with them")
    leaves: list[Leaf] = []
    troubles: list[Trouble] = []
    for page in document.pages:
        found = leaves_of.read(page, document)
        if isinstance(found, Leaf):
            leaves.append(found)
        else:
            troubles.append(found)
    if not leaves:
        raise Unreadable(
            "not_sheets",
            f"{document.url}: none of its {len(document.pages)} pages holds a roll of members; look at what it is",
        )
    yield from troubles
    yield from _about(leaves, document)
    groups = _groups(leaves)
    met: set[str] = set()
    sittings: set[object] = set()
    for leaf in leaves:
        key = sheet_record.key_of(leaf)
        if key in met:
            message = f"page {leaf.page.number}: the record {key} stands on an earlier page too; it is read once"
            yield Trouble(Severity.NOTED, "page_twice", message, f"page {leaf.page.number}")
            continue
        met.add(key)
        if leaf.head.permanent or "organ" in document.request.context:
            yield _of_the_commission(leaf)
        elif leaf.head.kind == "vote":
            yield from sheet_record.vote(leaf, groups.get(leaf.day, {}), document, sheet)
        else:
            yield from sheet_record.attendance(leaf, document, sheet, sittings)


def _about(leaves: Sequence[Leaf], document: Document) -> Iterator[Trouble]:
    """Say of pages that stood upside down, and of records whose number is skipped."""
    for leaf in leaves:
        if leaf.page.turned:
            where = f"page {leaf.page.number}"
            message = f"{where}: the page was turned by {leaf.page.turned} degrees to be read"
            yield Trouble(Severity.NOTED, "page_turned", message, where)
    serials = sorted(int(leaf.foot.record.serial) for leaf in leaves if leaf.head.kind == "vote" and leaf.foot.record)
    for before, after in pairwise(serials):
        if 1 < after - before <= GRACE + 1:
            lost = ", ".join(f"{n:05}" for n in range(before + 1, after))
            message = (
                f"{document.url}: votes {lost} lie between two of its pages and are not in it; a page may be missing"
            )
            yield Trouble(Severity.NOTED, "page_missing", message, f"record {lost}")


def _of_the_commission(leaf: Leaf) -> Trouble:
    """Leave a sheet of the Permanent Commission to a person: a roll of a third of the members, of which none was seen.

    The list says so of its file, or the page of itself. Read as one of the plenary it would lack two members in three.
    """
    message = (
        f"{leaf.where}: a sheet of the Permanent Commission, of {leaf.day}; how these look is not known, so it is not "
        "read. Please report where it comes from"
    )
    return Trouble(Severity.DOUBTFUL, "permanent_commission", message, leaf.where)


def _groups(leaves: Sequence[Leaf]) -> Mapping[date, Mapping[str, str]]:
    """Return by sitting day the group that most of its pages print beside each member, for codes that are in doubt."""
    seen: dict[date, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for leaf in leaves:
        for row, seat in zip(leaf.layout.rows, leaf.seats, strict=True):
            if seat is not None and row.group is not None and row.group.confidence >= SURE:
                seen[leaf.day][seat.member][row.group.text] += 1
    return {
        day: {member: counts.most_common(1)[0][0] for member, counts in of_day.items()} for day, of_day in seen.items()
    }
