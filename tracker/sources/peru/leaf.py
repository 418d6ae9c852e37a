"""What does one page of a document of vote sheets hold, cut up and its rows placed among the members of the day?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.domain.evidence import Document, Page
from tracker.sources.contract import Severity, Trouble
from tracker.sources.peru import foot, form, head, seats
from tracker.sources.peru.foot import Foot
from tracker.sources.peru.form import Layout
from tracker.sources.peru.head import Head
from tracker.sources.peru.roster import Seat

SURE = 0.8
"""A code or a group read less surely than this is open: the sums, or the other pages, may decide it."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page as cut up: its parts, the day of its sitting, and the seats its rows were placed in.

    `missing` are the members of the day, sure to be on the roll, whom no row was placed with.
    """

    page: Page
    layout: Layout
    head: Head
    foot: Foot
    day: date
    seats: tuple[Seat | None, ...]
    missing: tuple[Seat, ...]

    @property
    def where(self) -> str:
        """The place as findings name it."""
        return f"page {self.page.number}"


def read(page: Page, document: Document) -> Leaf | Trouble:
    """Cut up one page; a Trouble says why it is no sheet."""
    where = f"page {page.number}"
    if not page.words:
        return Trouble(Severity.NOTED, "blank_page", f"{where}: nothing is printed on it, or it cannot be shown", where)
    layout = form.layout(page)
    if layout is None:
        start = " ".join(word.text for word in page.words[:12])[:120]
        message = f"{where}: no roll of members stands on it, so it is no sheet of a vote; it begins {start!r}"
        return Trouble(Severity.NOTED, "page_without_roll", message, where)
    below = " ".join(word.text for word in layout.foot)
    top = head.read(layout.head, below)
    if top is None:
        message = f"{where}: a roll stands on it, but the head says neither VOTACIÓN nor ASISTENCIA; read it by eye"
        return Trouble(Severity.DOUBTFUL, "page_without_head", message, where)
    day = top.sitting or document.request.day or (top.taken.date() if top.taken else None)
    if day is None:
        message = f"{where}: neither the page nor the list of sheets says of which day it is; read it by eye"
        return Trouble(Severity.DOUBTFUL, "page_without_date", message, where)
    names = [row.name.text if row.name else "" for row in layout.rows]
    matched = seats.match(names, day)
    return Leaf(page, layout, top, foot.read(layout), day, matched.seats, matched.missing)
