"""What does one page of a document of the two chambers hold, and whose are its rows?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from tracker.domain.evidence import Document, Page
from tracker.domain.people import fold
from tracker.sources.contract import Severity, Sheet, Trouble
from tracker.sources.peru import seats
from tracker.sources.peru.chambers import members, roll, signed, sums, text
from tracker.sources.peru.chambers.members import House, Member
from tracker.sources.peru.chambers.placed import placed
from tracker.sources.peru.chambers.roll import Row
from tracker.sources.peru.chambers.text import Text
from tracker.sources.peru.proof import Line
from tracker.sources.peru.roster import Seat

LETTERS = {"senate": "S", "deputies": "D"}
"""How a record's number names the chamber, in its last letter."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page as read: what it says, the day of its sitting, and the member of each row (None: nobody's).

    `chamber` is S or D, None where nothing on the page tells; `doubts` are those of the reading, before any sum.
    """

    page: Page
    said: Text
    day: date
    seated: tuple[Member | None, ...]
    chamber: str | None
    doubts: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        """The place as findings name it."""
        return f"page {self.page.number}"

    @property
    def lines(self) -> tuple[Line, ...]:
        """The rows as the sums need them."""
        return tuple(Line(row.group, row.code) for row in self.said.rows)


def read(page: Page, document: Document, sheet: Sheet, house: House) -> Leaf | Trouble:
    """Read one page; a Trouble says why it holds no record."""
    where = f"page {page.number}"
    if not page.words and not page.text:
        return Trouble(Severity.NOTED, "blank_page", f"{where}: nothing is printed on it, or it cannot be shown", where)
    usual = document.request.day
    among = members.members(house) if usual is None else members.on(house, usual)
    told, doubts = said(page, sheet, among)
    if not told.rows and told.kind != "nominal":
        return _without_roll(told, page, where)
    day = told.sitting or usual or (told.taken.date() if told.taken else None)
    if day is None:
        message = f"{where}: neither the page nor the list of files says of which day it is; read it by eye"
        return Trouble(Severity.DOUBTFUL, "page_without_date", message, where)
    if told.kind is None:
        message = f"{where}: a roll stands on it, but it says neither VOTACIÓN nor ASISTENCIA; read it by eye"
        return Trouble(Severity.DOUBTFUL, "page_without_head", message, where)
    return placed_in(Leaf(page, told, day, (), None, doubts), house)


def placed_in(leaf: Leaf, house: House) -> Leaf:
    """Place the rows of a page among the members of its day, and tell whose record it is."""
    seated = _seated(leaf.said.rows, members.on(house, leaf.day), by_eye=leaf.page.scanned)
    return replace(leaf, seated=seated, chamber=_chamber(leaf, seated, house))


def said(page: Page, sheet: Sheet, among: Sequence[Member]) -> tuple[Text, tuple[str, ...]]:
    """Read a page; one born digital in two ways, by the places of its words and in the order of its file.

    The way whose sums meet is taken, since no order of the letters is sure. If both meet and differ, that is a doubt.
    """
    codes = roll.spelled(code for code in sheet.codes if code != sums.UNMARKED)

    def known(name: str, group: str | None) -> bool:
        return members.meant(name, group, among) is not None

    if page.scanned:
        return signed.read(page, sheet, codes, known), ()
    texts = [placed(page.words).text] if page.words else []
    ways = [text.read(one, sheet.groups, codes, known=known) for one in (*texts, page.text)]
    wrong = [_misfits(way, sheet) for way in ways]
    best = wrong.index(min(wrong))
    doubts: tuple[str, ...] = ()
    if len(ways) == 2 and not any(wrong) and _told(ways[0], among) != _told(ways[1], among):
        doubts = ("the words of the page, read by their places and in the order of the file, give two different rolls",)
    return ways[best], doubts


def _misfits(said: Text, sheet: Sheet) -> int:
    """Count what does not meet, as a measure of how well a page was read; a page without rows is read worst."""
    if not said.rows:
        return 1_000
    lines = [Line(row.group, row.code) for row in said.rows]
    nameless = sum(row.name is None or row.code is None for row in said.rows) + len(said.loose)
    if said.kind in ("attendance", "quorum"):
        return nameless + sum(1 for _ in sums.of_attendance(lines, said.totals, sheet))
    return nameless + len(sums.of_vote(lines, said.totals, sheet).misfits)


def _told(said: Text, among: Sequence[Member]) -> dict[str, str | None]:
    """Return who has which code."""
    met = ((members.meant(row.name or "", row.group, among), row) for row in said.rows)
    return {member.id if member else str(row.name): row.code for member, row in met}


def _seated(rows: Sequence[Row], among: Sequence[Member], *, by_eye: bool) -> tuple[Member | None, ...]:
    """Return the member of each row.

    The names of a file are as printed. Those of a picture may be misread: in the order of the alphabet, in which the
    columns print them, they are laid beside the members of the day.
    """
    if not by_eye:
        return tuple(members.meant(row.name or "", row.group, among) for row in rows)
    known = {member.id: member for member in among}
    places = [
        Seat(one.id, tuple(dict.fromkeys((one.printed, one.mandate.person.name.upper()))), one.group) for one in among
    ]
    order = sorted(range(len(rows)), key=lambda at: fold(rows[at].name or ""))
    met = seats.beside([rows[at].name or "" for at in order], places).seats
    found = {at: known[seat.member] for at, seat in zip(order, met, strict=True) if seat}
    return tuple(found.get(at) for at in range(len(rows)))


def _chamber(leaf: Leaf, seated: Sequence[Member | None], house: House) -> str | None:
    """Return the chamber of a page: by the record's number; without its letter by the title and the names together.

    A page of the Deputies headed SENADO exists, so the title alone tells nothing.
    """
    record = leaf.said.record
    if record is not None and record.chamber:
        return record.chamber
    mine = LETTERS[house]
    met = sum(1 for member in seated if member is not None)
    if 2 * met > len(seated):
        return mine
    return next((letter for letter in leaf.said.titles if letter != mine), None)


def _without_roll(told: Text, page: Page, where: str) -> Trouble:
    if told.by_hand:
        about = f" ({told.subject[:200]})" if told.subject else ""
        message = f"{where}: a vote by show of hands (a mano alzada){about}: nobody's vote is on record"
        return Trouble(Severity.NOTED, "show_of_hands", message, where)
    if told.kind is not None and (told.record is not None or told.totals.by_code):
        number = f" {told.record.serial}" if told.record else ""
        message = f"{where}: the record{number} has no roll that could be read; read it by eye"
        return Trouble(Severity.DOUBTFUL, "roll_not_read", message, where)
    start = " ".join(page.text.split() or [word.text for word in page.words[:12]])[:120]
    message = f"{where}: no roll of members stands on it, so it is no sheet of a vote; it begins {start!r}"
    return Trouble(Severity.NOTED, "page_without_roll", message, where)
