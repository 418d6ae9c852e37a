"""What does a Domino view of Peru's Congress show: its headings by level, its documents, and what is still closed?

Levels are told by `colspan` alone, because their words vary: one legislature is headed just `Período Anual de
Sesiones`. A row of six plain cells is a document: three empty ones, its date as MONTH/DAY/YEAR, its title with the
link, an empty one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lxml import etree, html

from tracker.domain.evidence import Document
from tracker.sources.contract import Unreadable

LEVELS = {5: 1, 4: 2, 3: 3}
"""Columns a heading spans → its level: 1 parliamentary period, 2 annual period of sittings, 3 legislature."""
CELLS = 6
"""Plain cells of a document's row."""
MAX_ROWS = 20_000
MAX_HEADINGS = 1_000
"""Twenty years of one chamber have 63."""
LONGEST = 1_000
"""Characters of a title or an address; what is longer is no title and no address of the Congress."""

_SCRIPT = re.compile(
    r"javascript:\s*\w+\(\s*(?P<quote>['\"]?)(?P<path>.*?)(?P=quote)\s*(?:,[^)]*)?\)\s*;?\s*\Z",
    re.IGNORECASE | re.DOTALL,
)
_UNQUOTED = re.compile(
    r"(?<=href=)"
    r"(javascript:\s{0,9}\w{1,40}\('[^\"<>]{0,1000}?'\s{0,9}(?:,[^\"<>]{0,200}?)?\)|[^\"'\s<>][^\"'<>]{0,1000}?\.pdf)"
    r"(?=[\s>])",
    re.IGNORECASE,
)
_END = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)
_ATTACHED = re.compile(r"(?:\$|%24)FILE/.*\.pdf(?:[?#].*)?\Z", re.IGNORECASE | re.DOTALL)
_FOLD = re.compile(r"[?&](Expand|Collapse)=(\d{1,3}(?:\.\d{1,3}){0,3})(?:[&#]|\Z)")
_COLUMN = re.compile(r"\s*(\d{1,2})/(\d{1,2})/(\d{4})\s*")


@dataclass(frozen=True, slots=True)
class Heading:
    """A category of the view.

    `level` 0: it spans a number of columns no level has. `code` is its place, `1.2.3` for period, year and legislature
    counted from the newest; `opener` the address that opens it, None if it is open.
    """

    level: int
    title: str
    code: str = ""
    opener: str | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A document of the view: its address as printed, its title, the date beside it, the headings it stands under.

    `day` None: there is no date in the form MONTH/DAY/YEAR. `regular` False: its row is not one of six plain cells.
    """

    path: str
    title: str
    day: date | None
    above: tuple[Heading, ...]
    regular: bool = True

    @property
    def name(self) -> str:
        """The name of its file."""
        return self.path.rsplit("/", 1)[-1]

    def under(self, level: int) -> str:
        """Return the words of the heading of a level it stands under; empty if there is none."""
        return next((heading.title for heading in self.above if heading.level == level), "")

    def within(self, code: str) -> bool:
        """Whether it stands below the heading at a place."""
        return any(heading.code == code or heading.code.startswith(f"{code}.") for heading in self.above)


@dataclass(frozen=True, slots=True)
class View:
    """What one page of a view shows. `rows` counts headings and documents, `odd` holds the words of what is neither."""

    headings: tuple[Heading, ...]
    documents: tuple[Listed, ...]
    odd: tuple[str, ...]
    rows: int


def is_none(content: bytes, url: str) -> bool:
    """Recognise a page that stands where a view should: it names no attached file and has no heading to open."""
    lowered = content.lower()
    return bool(content.strip()) and not any(mark in lowered for mark in (b"$file/", b"%24file/", b"expand="))


def read(document: Document) -> View:
    """Read a page. Unreadable, by code: `empty`, `not_html`, `too_many_rows`."""
    page = _parse(document)
    headings: list[Heading] = []
    documents: list[Listed] = []
    odd: list[str] = []
    trail: dict[int, Heading] = {}
    rows = 0
    for element in page.iter("tr", "a"):
        if element.tag == "tr":
            heading = _heading(element)
            if heading is None and _is_regular(element) and not any(_attached(link) for link in element.iter("a")):
                odd.append(" ".join(filter(None, map(_words, element))))
                rows += 1
        else:
            heading = _bare_heading(element, headings)
            if path := _attached(element):
                rows += 1
                documents.append(_listed(element, path, tuple(trail.values())))
        if heading is not None:
            headings.append(heading)
            rows += 1
            if heading.level:
                trail = {level: known for level, known in trail.items() if level < heading.level}
                trail[heading.level] = heading
        if rows > MAX_ROWS or len(headings) > MAX_HEADINGS:
            message = f"{document.url}: more than {MAX_ROWS:,} rows or {MAX_HEADINGS:,} headings; look at it"
            raise Unreadable("too_many_rows", message)
    return View(tuple(headings), tuple(documents), tuple(odd), rows)


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
        # The view writes addresses without quotes although names hold blanks: HREF=javascript:openWindow('… 5.pdf'),
        # and what follows a premature end of the page would be lost without a word.
        quoted = _UNQUOTED.sub(lambda match: f'"{match[1]}"', _END.sub("", text))
        return html.document_fromstring(quoted, parser=html.HTMLParser(huge_tree=False))
    except (etree.ParserError, ValueError) as error:
        raise Unreadable("not_html", f"{url}: {error}; open it to see what the site says") from error


def _heading(row: html.HtmlElement) -> Heading | None:
    """Read a row as a heading: a cell with words that spans columns, and neither a file nor further headings in it."""
    for cell in row.findall("td"):
        span, words = cell.get("colspan", "").strip(), _words(cell)
        if not words or not span.isdecimal():
            continue
        links = [fold for link in cell.iter("a") if (fold := _fold(link)) is not None]
        if len({code for _, code, _ in links}) > 1 or any(_attached(link) for link in row.iter("a")):
            return None
        way, code, address = links[0] if links else ("", "", "")
        return Heading(LEVELS.get(int(span[:3]), 0), words, code, address if way == "expand" else None)
    return None


def _bare_heading(link: html.HtmlElement, known: Sequence[Heading]) -> Heading | None:
    """Read a link that opens or closes a heading and stands in no heading's row."""
    fold = _fold(link)
    if fold is None or any(heading.code == fold[1] for heading in known):
        return None
    way, code, address = fold
    return Heading(0, _words(link), code, address if way == "expand" else None)


def _fold(link: html.HtmlElement) -> tuple[str, str, str] | None:
    """Return what a link does to a heading (expand, collapse), the heading's place, and the address."""
    address = link.get("href") or ""
    match = _FOLD.search(address) if len(address) <= LONGEST else None
    return (match[1].lower(), match[2], address) if match else None


def _is_regular(row: html.HtmlElement) -> bool:
    cells = row.findall("td")
    return len(cells) == CELLS and not any(cell.get("colspan") for cell in cells)


def _attached(link: html.HtmlElement) -> str:
    """Return the path of the PDF a link leads to, out of a script's argument or a plain address; empty if none."""
    address = (link.get("href") or "").strip()
    if len(address) > LONGEST:
        return ""
    script = _SCRIPT.match(address)
    path = script["path"].strip() if script else "" if address.lower().startswith("javascript") else address
    return path if _ATTACHED.search(path) else ""


def _listed(link: html.HtmlElement, path: str, above: tuple[Heading, ...]) -> Listed:
    row = next(link.iterancestors("tr"), None)
    if row is None:
        return Listed(path, _words(link), None, above, regular=False)
    days = [day for cell in row.findall("td") if (day := _day(cell)) is not None]
    return Listed(path, _words(link), days[0] if days else None, above, _is_regular(row))


def _day(cell: html.HtmlElement) -> date | None:
    match = _COLUMN.fullmatch(cell.text_content()[:40])
    try:
        return date(int(match[3]), int(match[1]), int(match[2])) if match else None
    except ValueError:
        return None


def _words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())[:LONGEST]
