"""Which minutes are there? Reads the Domino view in which the Congress lists them, open or with its headings closed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from urllib.parse import parse_qs, quote, urljoin, urlsplit

from lxml import etree, html

from tracker.domain.evidence import Document, Request
from tracker.sources.contract import Finding, Severity, Sheet, Trouble, Unreadable

MAX_ROWS = 20_000
SLACK = timedelta(days=60)
"""Minutes named after one day may go on on others: those named 18 August 2022 hold the 29th, those of 25 October 2021
hold 4 November. Only what lies farther from the window than this is left unfetched."""

_FORMS = ("expanded", "collapsed", "newest")
_SCRIPT = re.compile(
    r"javascript:\s*\w+\(\s*(?P<quote>['\"]?)(?P<path>.*?\.pdf)(?P=quote)\s*[,)]", re.IGNORECASE | re.DOTALL
)
_UNQUOTED = re.compile(r"(?<=href=)(javascript:[^\"<>]*?\)|[^\"'\s<>][^\"'<>]*?\.pdf)(?=[\s>])", re.IGNORECASE)
_EXPAND = re.compile(r"\d{1,3}(?:\.\d{1,3}){0,3}")
_COLUMN = re.compile(r"\s*(\d{2})/(\d{2})/(\d{4})\s*")
_YEARS = re.compile(r"\b((?:19|20)\d\d)\s*[-–—]\s*((?:19|20)\d\d)\b")
_MONTHS = {
    m: i for i, m in enumerate(("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "set", "oct", "nov", "dic"), 1)
} | {"sep": 9}
_PART = re.compile(rf"(.*?)({'|'.join(_MONTHS)})[a-z]*", re.IGNORECASE)


def other_forms(request: Request, sheet: Sheet) -> Iterable[Request]:
    """When the view is not there in one form, ask for it in the next: all open, closed, the newest heading open."""
    here = request.context.get("form", "")
    if here in _FORMS and here != _FORMS[-1]:
        form = _FORMS[_FORMS.index(here) + 1]
        yield Request(sheet.address.url(form), request.role, None, {**request.context, "form": form})


def is_no_listing(content: bytes, url: str) -> bool:
    """Recognise a page that stands where the view should: it names no PDF and has no heading to open."""
    lowered = content.lower()
    return bool(content.strip()) and b".pdf" not in lowered and b"expand=" not in lowered


def read_listing(document: Document, sheet: Sheet) -> Iterator[Finding]:
    """Yield the minutes listed whose days may fall in the window, and the closed headings below the one asked for.

    Unreadable, by code: `empty`, `not_html`, `too_many_rows`, `not_a_listing` (neither a PDF nor a heading to open).
    """
    page = _parse(document)
    since, until = (_day(document.request.context.get(edge)) for edge in ("since", "until"))
    rows = _rows(page, document.url)
    requests = {r.url: r for r in _minutes(rows, document, since, until)}
    headings = list(_headings(rows, document, since, until))
    entries = sum(1 for row in rows if _pdf(row) or any(_code(link) for link in row.iter("a")))
    if not entries:
        raise Unreadable(
            "not_a_listing",
            f"{document.url}: the page lists no PDF and has no heading to open, so it is not the list of minutes; open "
            f"{sheet.page} by hand and correct [address] paths in the sheet of {sheet.slug}",
        )
    yield from requests.values()
    yield from headings
    shown = parse_qs(urlsplit(document.url).query).get("Count", ["1000"])[0]
    count = min(int(shown), 1000) if shown.isdecimal() else 1000
    if len(rows) >= count:
        message = (
            f"{len(rows)} rows, headings included: the view stops at {count}, so the oldest minutes may be missing"
        )
        yield Trouble(Severity.NOTED, "listing_cut", message, document.url)


def _parse(document: Document) -> html.HtmlElement:
    content, url = document.content, document.url
    if not content.strip():
        raise Unreadable("empty", f"{url}: the document is empty; it will be asked for again")
    head = content[:4096].lower()
    if content.startswith(b"%PDF") or not any(
        mark in head for mark in (b"<html", b"<!doctype", b"<table", b"<form", b"<a ")
    ):
        raise Unreadable("not_html", f"{url}: no web page stands there; open it to see what the site says")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    try:
        # The view writes addresses without quotes although names hold blanks: HREF=javascript:openWindow('… 5.pdf')
        quoted = _UNQUOTED.sub(lambda match: f'"{match[1]}"', text)
        return html.document_fromstring(quoted, parser=html.HTMLParser(huge_tree=False))
    except (etree.ParserError, ValueError) as error:
        raise Unreadable("not_html", f"{url}: {error}; open it to see what the site says") from error


def _rows(page: html.HtmlElement, url: str) -> list[html.HtmlElement]:
    """Return the innermost rows; a heading of the view is a row that holds a table of its own."""
    rows = [row for row in page.iter("tr") if next(row.iter("table"), None) is None]
    if len(rows) > MAX_ROWS:
        raise Unreadable("too_many_rows", f"{url}: {len(rows):,} rows, the view has at most {MAX_ROWS:,}; look at it")
    return rows or [page]


def _minutes(
    rows: list[html.HtmlElement], document: Document, since: date | None, until: date | None
) -> Iterator[Request]:  # fmt: skip
    for row in rows:
        for path in _pdf(row):
            url = urljoin(document.url, quote(path.strip(), safe="/%:?&=$,;~+'()!*@"))
            days = _column(row) or days_in(path.rsplit("/", 1)[-1])
            if days and since and until and (max(days) < since - SLACK or min(days) > until):
                continue
            context = {k: v for k, v in document.request.context.items() if k in ("since", "until")}
            yield Request(url, "minutes", max(days) if days else None, context)


def _pdf(row: html.HtmlElement) -> list[str]:
    """Return the paths of the PDFs a row links to, out of a script's argument or a plain address."""
    found = []
    for link in row.iter("a"):
        href = (link.get("href") or "").strip()
        if match := _SCRIPT.match(href):
            found.append(match["path"])
        elif re.search(r"\.pdf(?:$|[?#])", href, re.IGNORECASE) and not href.lower().startswith("javascript"):
            found.append(href)
    return found


def _column(row: html.HtmlElement) -> tuple[date, ...]:
    """Return the date column of a row, MONTH/DAY/YEAR."""
    for cell in row.iter("td"):
        if match := _COLUMN.fullmatch(cell.text_content()):
            try:
                return (date(int(match[3]), int(match[1]), int(match[2])),)
            except ValueError:
                return ()
    return ()


def days_in(name: str) -> tuple[date, ...]:
    """Read the days out of a file name: `12-17182425.may.8.jun.2023.pdf` is 17, 18, 24, 25 May and 8 June 2023.

    The number before the first dash is the sitting's. Several days run together, two digits each; what does not come
    out as rising dates of one year is no date at all.
    """
    stem = re.sub(r"\.pdf$", "", name, flags=re.IGNORECASE)
    years = re.findall(r"(?<!\d)(20\d\d)(?!\d)", stem)
    if not years:
        return ()
    body = re.sub(r"^\d{1,2}-", "", stem[: stem.rindex(years[-1])])
    found: list[date] = []
    for digits, month in _PART.findall(body):
        for run in re.findall(r"\d+", digits):
            if len(run) > 2 and len(run) % 2:
                return ()
            for day in [run] if len(run) <= 2 else [run[i : i + 2] for i in range(0, len(run), 2)]:
                try:
                    found.append(date(int(years[-1]), _MONTHS[month.lower()], int(day)))
                except ValueError:
                    return ()
    return tuple(found) if found == sorted(found) else ()


def _headings(
    rows: list[html.HtmlElement], document: Document, since: date | None, until: date | None
) -> Iterator[Request]:  # fmt: skip
    """Follow closed headings: all those on the first page, then only those below the one asked for, so it ends."""
    mine = document.request.context.get("code", "")
    years: dict[str, tuple[int, int]] = {}
    seen: set[str] = set()
    for row in rows:
        for link in row.iter("a"):
            code = _code(link)
            shut = _code(link, "Expand")
            if code and (match := _YEARS.search(row.text_content())):
                years[code] = (int(match[1]), int(match[2]))
            if shut is None or shut in seen or (mine and not shut.startswith(f"{mine}.")):
                continue
            seen.add(shut)
            span = next((years[c] for c in _above(shut) if c in years), None)
            if span and since and until and (span[1] < since.year - 1 or span[0] > until.year):
                continue
            context = {k: v for k, v in document.request.context.items() if k in ("since", "until")}
            yield Request(urljoin(document.url, link.get("href")), "listing", None, {**context, "code": shut})


def _code(link: html.HtmlElement, which: str = "(?:Expand|Collapse)") -> str | None:
    match = re.search(rf"[?&]{which}=({_EXPAND.pattern})(?:&|$|#)", link.get("href") or "")
    return match[1] if match else None


def _above(code: str) -> Iterator[str]:
    """A heading's code and those above it, nearest first: 1.2.3, 1.2, 1."""
    while code:
        yield code
        code = code.rpartition(".")[0]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
