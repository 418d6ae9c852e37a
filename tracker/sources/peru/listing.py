"""Which documents are there? Follows a view of the Congress, open, closed or cut short, to those of some days."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from urllib.parse import parse_qs, quote, urljoin, urlsplit

from tracker.domain.evidence import Document, Request
from tracker.sources.contract import Finding, Reader, Severity, Sheet, Trouble, Unreadable, Window
from tracker.sources.peru import view
from tracker.sources.peru.view import Heading, Listed, View

PLENARY = "pleno"
"""The view that has to be there; any other that the sheet names is that of another organ, and may be missing."""
FORMS = ("expanded", "collapsed", "newest")
"""The forms a view is asked for in: every heading open, every heading closed, the newest heading open."""
STOP = 1000
"""Rows, headings included, at which a view stops by itself: a copy of March 2026 ends after 937 documents and 63
headings, in the middle of September 2010. With a `Count` of 3,000 it was seen to go on."""
KEPT = ("since", "until", "view")
"""What a request hands on to those that follow from it."""

_YEARS = re.compile(r"\b((?:19|20)\d\d)\s*[-–—]\s*((?:19|20)\d\d)\b")
_FRAME = re.compile(rb"<i?frame\b[^>]{0,500}?\bsrc\s*=\s*[\"']?([^\"'\s>]{1,500}\.nsf/[^\"'\s>]{1,500})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Kind:
    """A series of documents that is listed in a view.

    `days` reads sitting days out of a file name, for series whose rows need not print one. A document is asked for if
    its days lie in the window, or at most `before` earlier or `after` later, and if they are not known. `about` says
    what the listing knows of it.
    """

    role: str
    about: Callable[[Listed, Mapping[str, str]], dict[str, str]]
    before: timedelta
    after: timedelta
    days: Callable[[str], tuple[date, ...]] | None = None


def first(window: Window, sheet: Sheet, name: str = PLENARY) -> Request:
    """Ask for a view that the sheet names, with every heading open; the window goes along for its reader to choose."""
    context = {"since": window.since.isoformat(), "until": window.until.isoformat(), "view": name, "form": FORMS[0]}
    return _form(context, sheet)


def other_forms(request: Request, sheet: Sheet) -> Iterable[Request | Trouble]:
    """When a view is not there in one form, ask for it in the next. That of another organ than the plenary may lack."""
    form = request.context.get("form", "")
    if form in FORMS[:-1]:
        yield _form({**request.context, "form": FORMS[FORMS.index(form) + 1]}, sheet)
    elif (name := request.context.get("view", PLENARY)) != PLENARY:
        message = (
            f"the view {name!r} is not there ({request.url}); open {sheet.page} by hand, and "
            f"correct [address] paths in the sheet of {sheet.slug} if it is listed elsewhere"
        )
        yield Trouble(Severity.NOTED, "no_such_view", message, request.url)


def reader(kind: Kind) -> Reader:
    """Return the reader of a view that lists documents of a kind.

    It yields the documents whose days may fall in the window and the closed headings below the one asked for. Where the
    view was cut short, its headings are opened one by one. Unreadable, besides the codes of `view.read`:
    `not_a_listing`.
    """

    def read_listing(document: Document, sheet: Sheet) -> Iterator[Finding]:
        shown = view.read(document)
        if not shown.documents and not any(heading.code for heading in shown.headings):
            raise Unreadable("not_a_listing", _no_listing(document, sheet))
        yield from _documents(shown, document, kind)
        yield from _closed(shown, document)
        yield from _cut(shown, document, sheet)
        yield from _oddities(shown, document)

    return read_listing


def _form(context: Mapping[str, str], sheet: Sheet) -> Request:
    address = sheet.address.url(context["form"], view=sheet.address.paths[context.get("view", PLENARY)])
    return Request(address, "listing", None, context)


def _no_listing(document: Document, sheet: Sheet) -> str:
    frame = _FRAME.search(document.content)
    framed = f" It frames {frame[1].decode('latin-1')}: that may be the list." if frame else ""
    return (
        f"{document.url}: the page lists no PDF and has no heading to open, so it is not the list of documents."
        f"{framed} Open {sheet.page} by hand and correct [address] paths in the sheet of {sheet.slug}"
    )


def _documents(shown: View, document: Document, kind: Kind) -> Iterator[Request | Trouble]:
    since, until = _window(document.request)
    seen: set[str] = set()
    for listed in shown.documents:
        url = _here(quote(listed.path, safe="/%:?&=$,;~+'()!*@"), document)
        if url is None:
            message = f"{listed.path!r} lies on another site or is no address; it is not followed"
            yield Trouble(Severity.NOTED, "elsewhere", message, listed.path)
            continue
        if url in seen:
            continue
        seen.add(url)
        if doubt := _misdated(listed, kind):
            yield Trouble(Severity.NOTED, "odd_date", f"{doubt}; {listed.title!r} is asked for on every run", url)
        days = () if doubt else _days(listed, kind)
        if days and since and until and (max(days) < since - kind.before or min(days) > until + kind.after):
            continue
        yield Request(url, kind.role, max(days) if days else None, kind.about(listed, document.request.context))


def _here(link: str, document: Document) -> str | None:
    """Return the whole address of a link that stays on the site of the view; None for any other."""
    try:
        url = urljoin(document.url, link)
        return url if urlsplit(url)[:2] == urlsplit(document.url)[:2] else None
    except ValueError:
        return None


def _days(listed: Listed, kind: Kind) -> tuple[date, ...]:
    return (listed.day,) if listed.day else kind.days(listed.name) if kind.days else ()


def _misdated(listed: Listed, kind: Kind) -> str | None:
    """Say why the date beside a document cannot be gone by; None if it can. Its heading says which years may be."""
    span = _span(listed.above)
    if listed.day is None:
        return None if kind.days else f"{listed.path} has no date of the form MONTH/DAY/YEAR beside it"
    if span and not span[0] - 1 <= listed.day.year <= span[1] + 1:
        return f"{listed.path} is dated {listed.day} and listed under {span[0]} - {span[1]}"
    return None


def _span(above: Iterable[Heading]) -> tuple[int, int] | None:
    """Return the years of the innermost heading that names any."""
    for heading in sorted(above, key=lambda heading: -heading.level):
        if match := _YEARS.search(heading.title):
            return int(match[1]), int(match[2])
    return None


def _closed(shown: View, document: Document) -> Iterator[Request]:
    """Follow closed headings: all those on the first page, then only those below the one asked for, so it ends."""
    since, until = _window(document.request)
    mine = document.request.context.get("code", "")
    by_place = {heading.code: heading for heading in shown.headings if heading.code}
    for code, heading in by_place.items():
        if heading.opener is None or (mine and not code.startswith(f"{mine}.")):
            continue
        span = next(
            (years for place in _above(code) if place in by_place and (years := _span([by_place[place]]))), None
        )
        if span and since and until and (span[1] < since.year - 1 or span[0] > until.year + 1):
            continue
        if url := _here(heading.opener, document):
            yield Request(url, document.role, None, {**_kept(document.request), "code": code})


def _above(code: str) -> Iterator[str]:
    """A heading's place and those above it, nearest first: 1.2.3, 1.2, 1."""
    while code:
        yield code
        code = code.rpartition(".")[0]


def _cut(shown: View, document: Document, sheet: Sheet) -> Iterator[Request | Trouble]:
    """See to it that a view that stopped early hides nothing of the window."""
    asked = parse_qs(urlsplit(document.url).query).get("Count", [""])[0]
    count = int(asked) if asked.isdecimal() and len(asked) < 6 else STOP
    if (shown.rows != STOP and shown.rows < count) or _reaches_back(shown, document.request):
        return
    context = document.request.context
    if context.get("form") == FORMS[0]:
        message = f"the view stopped after {shown.rows:,} rows, headings included; its headings are opened one by one"
        yield Trouble(Severity.NOTED, "listing_cut", message, document.url)
        yield _form({**context, "form": FORMS[1]}, sheet)
        return
    message = (
        f"the view stopped after {shown.rows:,} rows, headings included, and nothing smaller can be asked for: "
        f"documents may be missing; open {sheet.page} by hand"
    )
    yield Trouble(Severity.DOUBTFUL, "listing_cut", message, document.url)


def _reaches_back(shown: View, request: Request) -> bool:
    """Whether what a cut view leaves out is older than the window: its years come newest first and end before it."""
    since, _ = _window(request)
    spans = [_span([heading]) for heading in shown.headings if heading.level == 2]
    years = [span for span in spans if span is not None]
    if since is None or not years or len(years) < len(spans):
        return False
    return all(one >= other for one, other in pairwise(years)) and years[-1][1] < since.year - 1


def _oddities(shown: View, document: Document) -> Iterator[Trouble]:
    code = document.request.context.get("code", "")
    below = [heading for heading in shown.headings if heading.code.startswith(f"{code}.")]
    if code and not below and not any(listed.within(code) for listed in shown.documents):
        message = f"the heading {code} was asked for open and shows nothing below it"
        yield Trouble(Severity.NOTED, "nothing_below", message, document.url)
    for words in shown.odd:
        message = f"a row that should hold a document links to no PDF: {words[:300]!r}; look at it by hand"
        yield Trouble(Severity.NOTED, "row_without_pdf", message, words[:100])
    for listed in shown.documents:
        if not listed.regular:
            message = f"{listed.path} stands in a row of another shape than six plain cells; it is taken all the same"
            yield Trouble(Severity.NOTED, "odd_row", message, listed.path)
    for heading in shown.headings:
        if not heading.level:
            message = f"the heading {heading.title!r} spans a number of columns that no level has"
            yield Trouble(Severity.NOTED, "odd_heading", message, heading.code or heading.title)


def _kept(request: Request) -> dict[str, str]:
    return {name: request.context[name] for name in KEPT if name in request.context}


def _window(request: Request) -> tuple[date | None, date | None]:
    since, until = (request.context.get(edge) for edge in ("since", "until"))
    return date.fromisoformat(since) if since else None, date.fromisoformat(until) if until else None
