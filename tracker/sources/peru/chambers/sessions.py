"""Which files does the table of sittings on a chamber's site lead to under "Votaciones y Asistencias"?

The table shows one file for each sitting: first the provisional copy, later the signed scan in its place. The media
library has both, which is why the library is asked too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import quote, urljoin

from tracker.domain.evidence import Document, Request
from tracker.domain.people import fold
from tracker.sources import markup
from tracker.sources.contract import Finding, Severity, Sheet, Trouble, Window
from tracker.sources.markup import HtmlElement
from tracker.sources.peru.chambers import filename
from tracker.sources.peru.chambers.library import is_official

MOST_ROWS = 5_000
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_PDF = re.compile(r"\.pdf(?:[?#]|\Z)", re.IGNORECASE)


def first(window: Window, sheet: Sheet) -> Request:
    """Ask for the table; the days wanted go along for its reader to choose."""
    context = {"since": window.since.isoformat(), "until": window.until.isoformat()}
    return Request(sheet.address.url("sessions"), "sessions", None, context)


def without(request: Request, sheet: Sheet) -> Iterator[Trouble]:
    """Say that the table is not there; the library may hold everything all the same."""
    message = (
        f"the table of sittings is not there ({request.url}); files are found in the media library only. Open "
        f"{sheet.page} by hand, and correct [address] paths in the sheet of {sheet.slug} if it has moved"
    )
    yield Trouble(Severity.NOTED, "no_session_table", message, request.url)


def read_sessions(document: Document, sheet: Sheet) -> Iterator[Finding]:
    """Read the table: ask for the files of the days wanted, the oldest first.

    A page without such a table is noted, not refused: the media library names the same files. Unreadable: `empty`,
    `broken_html`.
    """
    page = markup.html(document.content, document.url)
    context = document.request.context
    window = Window(date.fromisoformat(context["since"]), date.fromisoformat(context["until"]))
    found = [(table, column) for table in page.iter("table") if (column := _column(table)) is not None]
    if not found:
        message = (
            f"{document.url}: no table has a column of votes and attendances; files are found in the media library "
            "only. Open the page by hand to see how it lists them now"
        )
        yield Trouble(Severity.NOTED, "no_session_table", message, document.url)
    files: dict[str, date | None] = {}
    for table, column in found:
        for row in list(table.iter("tr"))[:MOST_ROWS]:
            for link, day in _links(row, column):
                url = _address(link, document.url)
                if is_official(url, sheet):
                    files.setdefault(url, day or filename.day_of(filename.name_of(url)))
                else:
                    yield Trouble(Severity.NOTED, "elsewhere", f"{link[:300]!r} lies on another site", link[:200])
    for url, day in sorted(files.items(), key=lambda item: (item[1] or date.min, item[0])):
        if day is None or day in window:
            yield Request(url, "sheet", day, {"name": filename.name_of(url), "listed": "sessions"})


def _column(table: HtmlElement) -> int | None:
    """Return which column holds the sheets; None if the table has none."""
    for row in list(table.iter("tr"))[:3]:
        heads = [fold(markup.content_of(cell)) for cell in row if cell.tag in ("th", "td")]
        for place, head in enumerate(heads):
            if "votacion" in head and "asistencia" in head:
                return place
    return None


def _links(row: HtmlElement, column: int) -> Iterator[tuple[str, date | None]]:
    """Yield the PDFs of a row's column, and the day of its first cell that holds one."""
    cells = [cell for cell in row if cell.tag == "td"]
    if len(cells) <= column:
        return
    days = (_day(cell.get("data-search") or markup.content_of(cell)) for cell in cells)
    day = next((found for found in days if found is not None), None)
    for anchor in cells[column].iter("a"):
        link = (anchor.get("href") or "").strip()
        if len(link) <= 1000 and _PDF.search(link):
            yield link, day


def _address(link: str, base: str) -> str:
    try:
        return quote(urljoin(base, link), safe="/%:?&=$,;~+'()!*@")
    except ValueError:
        return ""


def _day(text: str) -> date | None:
    match = _DAY.fullmatch(text[:40].strip())
    try:
        return date(int(match[3]), int(match[2]), int(match[1])) if match else None
    except ValueError:
        return None
