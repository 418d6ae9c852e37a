"""Which files does the media library of a chamber's site hold, and which of them are sheets of the days wanted?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any
from urllib.parse import quote, urlsplit

from tracker.domain.evidence import Document, Request
from tracker.domain.signs import are_texts
from tracker.sources.contract import Finding, Severity, Sheet, Trouble, Window
from tracker.sources.peru.chambers import answer, filename

SEARCHES = ("votaci", "asistencia")
"""What is searched for: names say *votación*, *votaciones*, *asistencia* or both, with accents or without."""
OWN, OTHER = "library", "other_library"
"""The paths of the sheet: the chamber's own library, and that of the other, where files of this one have lain."""
MOST_PAGES = 40
PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class File:
    """A file of the library: its address, when it was put up, and the sitting day its name holds."""

    url: str
    name: str
    put_up: datetime
    number: int

    @property
    def day(self) -> date | None:
        """The sitting day; None where the name tells none that can be."""
        return filename.day_of(self.name, self.put_up.date())


def first(window: Window, sheet: Sheet, path: str, search: str) -> Request:
    """Ask for the first page of a library; the days wanted go along for its reader to choose."""
    context = {"since": window.since.isoformat(), "until": window.until.isoformat(), "path": path, "search": search}
    return _page(context, sheet, 1)


def _page(context: Mapping[str, str], sheet: Sheet, number: int) -> Request:
    path = context["path"]
    template = sheet.address.paths[path]
    whole = template if path == OTHER else sheet.address.base + template
    role = "library" if number == 1 and path == OWN else "library_page"
    url = whole.format(search=context["search"], page=number)
    return Request(url, role, None, {**context, "page": str(number)})


def read_library(document: Document, sheet: Sheet) -> Iterator[Finding]:
    """Read a page of a library, newest files first: ask for the next page, then for the files of the days wanted.

    Files are asked for from the oldest on, so that a signed scan comes after the provisional copy it takes the place
    of. In the other chamber's library only files whose names name this chamber count. Unreadable: as `answer.entries`.
    """
    listed = answer.entries(document)
    context = document.request.context
    window = Window(date.fromisoformat(context["since"]), date.fromisoformat(context["until"]))
    files: list[File] = []
    for entry in listed:
        found = _file(entry, document, sheet)
        if isinstance(found, File):
            files.append(found)
        elif found is not None:
            yield found
    yield from _next(listed, document, window, sheet)
    house = sheet.chamber.slug
    for file in sorted(files, key=lambda one: (one.day or one.put_up.date(), one.put_up, one.number)):
        if context["path"] == OTHER and not filename.speaks_of(file.name, NAMED[house]):
            continue
        if _is_wanted(file, window):
            put_up = file.put_up.isoformat(timespec="minutes")
            yield Request(file.url, "sheet", file.day, {"name": file.name, "put_up": put_up})


NAMED = {"pe_senate": "senado", "pe_deputies": "diputados"}
"""How names of files name the chambers."""


def _file(entry: Mapping[str, Any], document: Document, sheet: Sheet) -> File | Trouble | None:
    """Read one entry; None if it is no PDF, a Trouble if it is not of the shape such entries have or lies elsewhere."""
    number, put_up, kind, url = (entry.get(name) for name in ("id", "date", "mime_type", "source_url"))
    try:
        when = datetime.fromisoformat(put_up) if isinstance(put_up, str) else None
    except ValueError:
        when = None
    if not isinstance(number, int) or when is None or not isinstance(kind, str) or not isinstance(url, str):
        shown = str(dict(entry))[:200]
        return Trouble(Severity.NOTED, "odd_entry", f"{document.url}: an entry has another shape: {shown}", shown[:80])
    if kind != PDF:
        return None
    if not is_official(url, sheet):
        message = f"{url[:300]!r} lies on another site or is no address; it is not followed"
        return Trouble(Severity.NOTED, "elsewhere", message, url[:200])
    address = quote(url, safe="/%:?&=$,;~+'()!*@")
    return File(address, filename.name_of(url), when.replace(tzinfo=None), number)


def is_official(url: str, sheet: Sheet) -> bool:
    """Whether an address lies on the site of one of the two chambers."""
    sites = {urlsplit(sheet.address.base)[:2], urlsplit(sheet.address.paths[OTHER])[:2]}
    try:
        return len(url) <= 1000 and are_texts([url]) and urlsplit(url)[:2] in sites
    except ValueError:
        return False


def _next(
    listed: Sequence[Mapping[str, Any]], document: Document, window: Window, sheet: Sheet
) -> Iterator[Request | Trouble]:
    """Ask for the next page, unless this one is not full or already ends before the days wanted."""
    number = int(document.request.context["page"])
    days = [str(entry.get("date")) for entry in listed]
    newest_first = all(one >= other for one, other in pairwise(days))
    if len(listed) < answer.SIZE or (newest_first and days[-1] < window.since.isoformat()):
        return
    if number >= MOST_PAGES:
        message = f"{document.url}: the library goes on beyond page {number}; older files are not looked for"
        yield Trouble(Severity.NOTED, "library_too_long", message, document.url)
        return
    yield _page(document.request.context, sheet, number + 1)


def _is_wanted(file: File, window: Window) -> bool:
    """Whether a file is of the days wanted; one whose name tells no day, if it was put up since they began."""
    return file.put_up.date() >= window.since if file.day is None else file.day in window
