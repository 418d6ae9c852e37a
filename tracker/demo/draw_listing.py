"""How does a Domino view of Peru's Congress list its documents, with headings open or closed?"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from itertools import groupby
from urllib.parse import quote

from tracker.demo.draw_house import DRAWN
from tracker.demo.facts import Minutes
from tracker.demo.sheet_facts import SheetFile

BASE = "/sicr/RedacActas/Actas.nsf/"
VIEW = f"{BASE}new_ActasPlenoAct"
SHEETS_BASE = "/Sicr/RelatAgenda/PlenoComiPerm20112016.nsf/"
SHEETS_VIEW = f"{SHEETS_BASE}new_asistenciavotacion"
_PERIOD = "Congreso de la República - Periodo Parlamentario 2021 - 2026"
_SPANS = (5, 4, 3)
"""Columns that the three levels of headings span."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of a view: the three headings it stands under, its day, its title, its address from the database."""

    headings: tuple[str, str, str]
    day: date
    title: str
    path: str


def path(facts: Minutes) -> str:
    """Return where the minutes of a sitting lie."""
    return f"{BASE}{_relative(facts)}"


def _relative(facts: Minutes) -> str:
    return f"Pleno/{facts.unid}/$FILE/{quote(facts.file)}"


def sheets_path(file: SheetFile, *, provisional: bool) -> str:
    """Return where the sheets of a sitting lie, or lay while they were provisional."""
    return SHEETS_BASE + quote(file.provisional_path if provisional else file.path, safe="/$")


def listing(sittings: Sequence[Minutes]) -> bytes:
    """Draw the view of the minutes with every heading open, the newest first."""
    entries = [
        Entry(
            _headings(one.year, one.legislature.title()),
            one.date,
            f"Acta de la {one.session}.ª sesión, {one.held.lower()}",
            _relative(one),
        )
        for one in sorted(sittings, key=lambda one: one.date, reverse=True)
    ]
    return view(VIEW, "Actas del Pleno", entries)


def sheets_listing(sittings: Sequence[SheetFile], *, provisional: bool) -> bytes:
    """Draw the view of the sheets with every heading open, the newest first."""
    entries = [
        Entry(
            _headings(one.year, one.legislature),
            one.date,
            one.provisional_title if provisional else one.title,
            one.provisional_path if provisional else one.path,
        )
        for one in sorted(sittings, key=lambda one: one.date, reverse=True)
    ]
    return view(SHEETS_VIEW, "Asistencias y votaciones", entries)


def _headings(year: str, legislature: str) -> tuple[str, str, str]:
    return _PERIOD, f"Período Anual de Sesiones {year.replace('-', ' - ')}", legislature


def view(address: str, title: str, entries: Sequence[Entry], *, shut: Collection[str] = ()) -> bytes:
    """Draw a view: levels shown by `colspan` alone, unquoted addresses in a script, dates MONTH/DAY/YEAR.

    `entries` stand in the order of the page. `shut` are the places of headings (`1`, `1.2`, `1.2.3`) that are closed;
    what lies below them is not drawn.
    """
    lines = [
        "<html><head>",
        f"<title>{escape(title)}</title>",
        f"<!-- {DRAWN} -->",
        '</head><body text="#000000" bgcolor="#FFFFFF">',
        '<table border="0" cellpadding="2" cellspacing="0">',
        *_below(address, entries, "", 0, shut),
        "</table>",
        "</body></html>",
        "",
    ]
    return "\n".join(lines).encode()


def _below(address: str, entries: Sequence[Entry], place: str, level: int, shut: Collection[str]) -> Iterator[str]:
    """Draw what lies below the heading at a place: further headings, or documents."""
    if level == len(_SPANS):
        yield from map(_row, entries)
        return
    for number, (words, group) in enumerate(groupby(entries, key=lambda entry: entry.headings[level]), 1):
        here = f"{place}.{number}" if place else str(number)
        yield from _heading(address, here, level, words, shut=here in shut)
        if here not in shut:
            yield from _below(address, list(group), here, level + 1, shut)


def _heading(address: str, place: str, level: int, words: str, *, shut: bool) -> Iterator[str]:
    span, (way, icon, hint) = _SPANS[level], ("Expand", "expand", "Show") if shut else ("Collapse", "collapse", "Hide")
    before = f' colspan="{level}"' if level > 1 else ""
    empty = f"<td{before}></td>" if level else ""
    link = f"{address}?OpenForm&amp;Start=1&amp;Count=1000&amp;{way}={place}&amp;Seq=2"
    shown = escape(words)
    yield f'<tr valign="top">{empty}<td colspan="{span}">'
    yield '<table border="0" cellspacing="0" cellpadding="0">'
    yield (
        f'<tr valign="top"><td><a href="{link}" target="_self"><img src="/icons/{icon}.gif" border="0" height="16" '
        f'width="16" alt="{hint} details for {shown}"></a></td><td><font face="Arial">{shown}</font></td></tr>'
    )
    yield "</table>"
    yield "</td><td></td></tr>"


def _row(entry: Entry) -> str:
    font = '<font size="4" face="Calibri">'
    return (
        '<tr valign="top"><td></td><td></td><td></td>'
        f"<td>{font}{entry.day:%m/%d/%Y}</font></td>"
        f"<td>{font}<A HREF=javascript:openWindow('{entry.path}')>"
        f"<div align='justify'>{escape(entry.title)}</A></font></td>"
        "<td></td></tr>"
    )
