"""Where do the attendance and vote sheets (Asistencias y votaciones) of Peru's Congress lie, and what do they print?

A sitting's sheets are one scanned PDF, sometimes several. The list of them is a Domino view; a file may be replaced
under its address, or by another one at a new address, which is then another document of the same sitting.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

from tracker.domain.evidence import Request
from tracker.domain.people import fold
from tracker.sources.catalogue import load_sheet
from tracker.sources.contract import Role, Sheet, Source, Window
from tracker.sources.peru import form, groups, listing, roster, view
from tracker.sources.peru.reading import read_sheet
from tracker.sources.peru.view import Listed

PERMANENT = "comision_permanente"
"""The Permanent Commission, which sits for the Congress in recess, and the path of its view in the sheet, if any."""
DAY = timedelta(days=1)
"""Sittings go on after midnight, never longer than into the next day."""


def start(window: Window, sheet: Sheet) -> Iterable[Request]:
    """Ask for the list of the plenary's sheets, and for that of the Permanent Commission if the sheet names one."""
    yield listing.first(window, sheet)
    if PERMANENT in sheet.address.paths:
        yield listing.first(window, sheet, PERMANENT)


def about(listed: Listed, context: Mapping[str, str]) -> dict[str, str]:
    """Say what the list knows of a file: title, levels and `provisional` (`yes`, `no`, `unsaid`).

    `organ` is there only for files that are not the plenary's. Titles may carry wrong dates; the column is right.
    """
    said = {
        "title": listed.title,
        "period": listed.under(1),
        "year": listed.under(2),
        "legislature": listed.under(3),
        "provisional": provisional(listed.title, listed.name),
    }
    organ = context.get("view", listing.PLENARY)
    return said if organ == listing.PLENARY else {**said, "organ": organ}


def provisional(title: str, name: str) -> str:
    """Say whether a file counts as provisional by its title or, where that is silent, by its name.

    Titles say PROVISIONALES only as long as a file is one, and never OFICIAL; names say OFICIAL (593 of 937 in March
    2026) and have been left at PROVISIONAL.
    """
    for words in (fold(title), fold(name)):
        if "provisional" in words:
            return "yes"
        if "oficial" in words:
            return "no"
    return "unsaid"


SHEETS = listing.Kind("sheet", about, before=DAY, after=DAY)
SHEET = load_sheet("tracker.sources.peru", "sheets.toml")
SOURCE = Source(
    sheet=SHEET,
    start=start,
    roles={
        "listing": Role(
            read=listing.reader(SHEETS),
            version=1,
            absent=view.is_none,
            missing=listing.other_forms,
            required=True,
            index=True,
        ),
        "sheet": Role(read=read_sheet, version=2, form=form.of(SHEET.codes)),
    },
    register=roster.register,
    lookups=roster.digest() + groups.digest(),
)
