"""Which lines does a PDF of minutes hold, in reading order, without the feet of its pages?"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from tracker import apart
from tracker.domain.evidence import Document, pdf_fault
from tracker.sources.contract import Unreadable

MAX_BYTES = 64_000_000
MAX_PAGES = 1_500
"""The longest minutes seen, five days of May and June 2023, have 465 pages."""
MAX_PAGE_CHARS = 40_000
"""A full page of minutes has about 2,500."""
SECONDS, MEMORY = 120, 2**31
"""What the process that takes the text out may take: seconds of a processor, and bytes."""
LAYER = "tracker.sources.peru.layer"

_FOOT = re.compile(
    r"(?:DEPARTAMENTO DE (?:RELATOR|REDACCI)\w*.*|[ÁA]REA DE REDACCI[ÓO]N\b.*|[-–—]\s*\d{1,4}\s*[-–—]"
    r"|P[ÁA]GINA \d+(?: DE \d+)?)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+")
_SPACES = re.compile(r"[\s\u00a0\u2000-\u200b]+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text and the page it stands on, from 1."""

    page: int
    text: str


@dataclass(frozen=True, slots=True)
class Paper:
    """The lines of a document, how many pages it has and which of them hold no text (scanned in, or blank)."""

    lines: tuple[Line, ...]
    pages: int
    without_text: tuple[int, ...]


def read(document: Document) -> Paper:
    """Return the text of a PDF.

    Unreadable, by code: `empty`, `too_large`, `html_instead_of_pdf`, `not_a_pdf`, `truncated`, `encrypted`,
    `broken_pdf`, `too_many_pages`, `page_too_long`, `reading_killed`, `no_text`.
    """
    fault = pdf_fault(document.content, document.url, most=MAX_BYTES)
    if fault is not None:
        raise Unreadable(fault.code, fault.message)
    texts = list(enumerate(_texts(document), 1))
    without = tuple(number for number, text in texts if not text.strip())
    if len(without) == len(texts):
        raise Unreadable(
            "no_text",
            f"{document.url}: none of its {len(texts)} pages has a text layer; it is a scan, which this reader of "
            "Word-made minutes cannot read",
        )
    return Paper(tuple(_lines(texts)), len(texts), without)


def _texts(document: Document) -> list[str]:
    limits = map(str, (SECONDS, MEMORY, MAX_PAGES, MAX_PAGE_CHARS))
    try:
        written = apart.work(LAYER, document.content, *limits, seconds=2 * SECONDS)
    except apart.Ended as error:
        message = f"{document.url}: the process that takes the text out of it did not come to its end ({error}); "
        raise Unreadable("reading_killed", f"{message}look at the document; `tracker rebuild` tries again") from error
    found = json.loads(written)
    if "code" in found:
        raise Unreadable(found["code"], f"{document.url}: {found['told']}")
    return list(found["texts"])


def _lines(texts: list[tuple[int, str]]) -> Iterator[Line]:
    pages = [(page, _plain(text)) for page, text in texts]
    running = _running(pages)
    for page, lines in pages:
        for line in lines:
            if not _FOOT.fullmatch(line) and _NUMBER.sub("#", line) not in running:
                yield Line(page, line)


def _plain(text: str) -> list[str]:
    # The library puts U+FFFE (older versions U+0002) for a hyphen at the end of a line and joins the two lines:
    # "Guerra-García" over a line's end, but also a separator "-o-" and the line after it.
    lines = (_SPACES.sub(" ", raw).strip() for raw in re.sub("[\ufffe\x02\xad]", "-\n", text).splitlines())
    return [line for line in lines if line]


def _running(pages: list[tuple[int, list[str]]]) -> set[str]:
    """Return the heads and feet that come back at the edge of most pages, numbers aside, whatever their wording."""
    times: Counter[str] = Counter()
    for _, lines in pages:
        times.update({_NUMBER.sub("#", line) for line in lines[:4] + lines[-4:] if re.search(r"[^\W\d_]{4}", line)})
    return {text for text, n in times.items() if n >= max(5, len(pages) * 0.6)}


def joined(lines: list[Line] | tuple[Line, ...]) -> str:
    """Put lines together as running text; a hyphen at a line's end holds a compound name together."""
    text = ""
    for line in lines:
        text += line.text if not text or text.endswith("-") else f" {line.text}"
    return text
