"""Where does the Clerk of the United States House list the roll calls of a year, and what if the list is not there?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from tracker.domain.evidence import Document, Request
from tracker.sources import markup, us_congress
from tracker.sources.contract import Finding, Severity, Sheet, Trouble, Unreadable, Window
from tracker.sources.markup import HtmlElement

FIRST_YEAR = 1990
"""The Clerk's roll calls in XML begin with the session of 1990."""

LONG_WINDOW = 45
"""Days beyond which all the index pages of a year are read, oldest first; a shorter window reads back as needed."""

_ROLL_LINK = re.compile(r"(?:year=(\d{4})&rollnumber=|/evs/(\d{4})/roll0*)(\d{1,4})(?:\.xml)?$", re.IGNORECASE)
_PAGE_LINK = re.compile(r"^(?:.*/)?ROLL_(\d+)00\.asp$", re.IGNORECASE)
_HEADING = re.compile(r"Congress\s*-.*Session\s*\((\d{4})\)", re.IGNORECASE)
_INDEX = re.compile(rb"rollnumber=|/evs/\d{4}/roll\d+|ROLL_\d+00\.asp|House Tally Clerks", re.IGNORECASE)


def start(window: Window, sheet: Sheet) -> Iterator[Request]:
    """Ask for the index of each session the window touches, oldest first."""
    for year in us_congress.years(window, FIRST_YEAR):
        yield Request(sheet.address.url("index", year=year), "index", None, us_congress.asked(window, year))


def read_index(document: Document, sheet: Sheet) -> Iterator[Finding]:
    """Read `index.asp`: the newest rows, and links to the pages of a hundred that hold them all.

    An odd row, or an end that is missing, costs only itself: what it would have named is found at the next run.
    Unreadable: `other_year`, `bad_date`, `empty`.
    """
    page = markup.html(document.content, document.url)
    context = document.request.context
    rows, odd = _rows(page, document)
    yield from odd
    numbers = sorted({int(match[1]) for href in _links(page) if (match := _PAGE_LINK.match(href))})
    window = us_congress.window_in(context)
    if numbers and (not rows or rows[0][1] >= window.since):
        if (window.until - window.since).days > LONG_WINDOW:
            for hundred in numbers:
                yield _page(sheet, hundred, dict(context))
        else:
            yield _page(sheet, numbers[-1], {**context, "then": "back"})
    # The rows come last, because they are the newest; most of them stand on the pages too.
    yield from _roll_calls(rows, window, context, sheet)


def read_index_page(document: Document, sheet: Sheet) -> Iterator[Finding]:
    """Read a page of a hundred rows; ask for the one before or after where the request's context says to go on.

    Unreadable: as `read_index`.
    """
    context = document.request.context
    window = us_congress.window_in(context)
    rows, odd = _rows(markup.html(document.content, document.url), document)
    yield from odd
    hundred = int(context["hundred"])
    then = context.get("then")
    if then == "back" and hundred > 0 and (not rows or rows[0][1] >= window.since):
        yield _page(sheet, hundred - 1, dict(context))
    yield from _roll_calls(rows, window, context, sheet)
    if then == "on" and rows and rows[-1][0] == hundred * 100 + 99 and rows[-1][1] <= window.until:
        yield _page(sheet, hundred + 1, dict(context))


def _rows(page: HtmlElement, document: Document) -> tuple[list[tuple[int, date]], list[Trouble]]:
    """Return roll numbers with their days, oldest first, and what could not be read."""
    odd = (
        [] if markup.is_whole(document.content) else [_odd(document, "cut_short", "the page does not end with </html>")]
    )
    url, year = document.url, document.request.context["year"]
    title = page.find(".//h2")
    heading = None if title is None else _HEADING.search(markup.content_of(title)[:500])
    if heading is not None and heading[1] != year:
        raise Unreadable("other_year", f"{url}: the page says it is of {heading[1]}, expected {year}")
    printed: dict[int, str] = {}
    for row in page.iter("tr"):
        cells = row.findall("td")
        links = [match for href in _links(row) if (match := _ROLL_LINK.search(href))]
        if not cells and not links:
            continue
        named = {(match[1] or match[2], match[3]) for match in links}
        if len(cells) < 2 or named != {(year, markup.content_of(cells[0]))}:
            shown = markup.content_of(row)[:60]
            odd.append(_odd(document, "bad_row", f"the row {shown!r} is not one roll call of {year}"))
            continue
        printed[int(links[0][3])] = markup.content_of(cells[1])
    if heading is None and not printed and not odd:
        raise Unreadable("other_year", f"{url}: the page holds neither roll calls nor a year, expected {year}")
    numbers = sorted(printed)
    days = us_congress.days([printed[n] for n in numbers], int(year), url)
    return list(zip(numbers, days, strict=True)), odd


def _odd(document: Document, code: str, words: str) -> Trouble:
    return Trouble(Severity.NOTED, code, f"{document.url}: {words}", words)


def _links(element: HtmlElement) -> Iterator[str]:
    for anchor in element.iter("a"):
        yield anchor.get("href") or ""


def _roll_calls(
    rows: list[tuple[int, date]], window: Window, context: Mapping[str, str], sheet: Sheet
) -> Iterator[Request]:
    for number, day in rows:
        if day in window:
            yield Request(sheet.address.url("roll_call", year=context["year"], number=number), "roll_call", day)


def _page(sheet: Sheet, hundred: int, context: Mapping[str, str]) -> Request:
    url = sheet.address.url("index_page", year=context["year"], first=f"{hundred}00" if hundred else "000")
    return Request(url, "index_page", None, {**context, "hundred": str(hundred)})


def is_no_index(content: bytes, url: str) -> bool:
    """Recognise a page that stands where the index should: it has neither roll calls nor pages nor the old heading."""
    return _INDEX.search(content) is None


def without_index(request: Request, sheet: Sheet) -> Iterator[Request]:
    """Fall back on the pages of a hundred: in 2026 `index.asp` was seen absent while `ROLL_000.asp` was there."""
    yield _page(sheet, 0, {**request.context, "then": "on"})


def without_index_page(request: Request, sheet: Sheet) -> Iterator[Request]:
    """Fall back on walking the numbers from 1 if there is no first page either."""
    context = request.context
    if context.get("then") == "on" and context["hundred"] == "0":
        yield _step(sheet, us_congress.first_step(context), "first" if us_congress.overdue(context) else "walk")


def walk_on(request: Request, sheet: Sheet, taken: date | None = None) -> Iterator[Request]:
    """Take a walk's next step, after a roll call of the day it was `taken` or, None, after an absent number."""
    after = us_congress.next_step(request.context, taken)
    if after is not None:
        yield _step(sheet, after, "walk")


def _step(sheet: Sheet, context: Mapping[str, str], role: str) -> Request:
    url = sheet.address.url("roll_call", year=context["year"], number=int(context["number"]))
    return Request(url, role, None, context)


def is_error_body(content: bytes, url: str) -> bool:
    """Recognise what the Clerk answers, with status 200, for a roll call that does not exist (yet)."""
    return content.lstrip().startswith(b"<xml>Error sanitizing file")
