"""What do the sources of Peru's two chambers ask for, and how is each kind of page read?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tracker.domain.evidence import Request
from tracker.domain.form import Form
from tracker.domain.people import Register
from tracker.sources.catalogue import load_sheet
from tracker.sources.contract import Role, Sheet, Source, Window
from tracker.sources.peru import form
from tracker.sources.peru.chambers import answer, interface, library, members, reading, sessions, sums
from tracker.sources.peru.chambers.members import House

SEATS = 130
"""Rows of the form of the sheets until July 2026, and of the Deputies'."""


def start(window: Window, sheet: Sheet) -> Iterable[Request]:
    """Ask for the list of members, then for what may name sheets: both libraries, and the table of sittings.

    The table comes last: where it shows a provisional copy the library has no signed scan yet, and what the library has
    is asked for from the oldest on.
    """
    yield interface.first(sheet)
    for path in (library.OWN, library.OTHER):
        for search in library.SEARCHES:
            yield library.first(window, sheet, path, search)
    yield sessions.first(window, sheet)


def form_of(sheet: Sheet) -> Form:
    """Return the form of a signed sheet: that of the sheets until July 2026, with the groups and codes since.

    Of codes that differ by their capitals only the first listed is looked for: a picture does not tell them apart. The
    sixty rows of the Senate may stand wider apart than those of that form; their codes are words outside any table
    then, and must not be taken for figures.
    """
    codes: dict[str, str] = {}
    for code in sheet.codes:
        if code != sums.UNMARKED:
            codes.setdefault(code.casefold().rstrip("."), code)
    usual = form.of(codes.values())
    most = usual.most if sheet.chamber.seats == SEATS else 0
    return replace(usual, words={**usual.words, "group": tuple(sheet.groups)}, most=most)


def of(house: House) -> Source:
    """Join the sheet of a chamber to its readers."""
    sheet = load_sheet(__package__, f"{house}.toml")

    def register() -> Register:
        return members.register(house)

    return Source(
        sheet=sheet,
        start=start,
        roles={
            "members": Role(read=interface.reader(house), version=1, absent=answer.is_past_the_end, index=True),
            "library": Role(
                read=library.read_library, version=1, absent=answer.is_past_the_end, required=True, index=True
            ),
            "library_page": Role(read=library.read_library, version=1, absent=answer.is_past_the_end, index=True),
            "sessions": Role(read=sessions.read_sessions, version=1, missing=sessions.without, index=True),
            "sheet": Role(read=reading.reader(house), version=1, form=form_of(sheet)),
        },
        register=register,
        lookups=members.digest(),
    )
