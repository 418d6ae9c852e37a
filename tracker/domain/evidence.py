"""Where does a number come from: the request, the bytes that answered it, the page, the words on it?"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

_SHA256 = re.compile(r"[0-9a-f]{64}\Z")


def _check(sha256: str, fetched_at: datetime, url: str) -> None:
    if not _SHA256.match(sha256):
        raise ValueError(f"{url}: {sha256!r} is no SHA-256 (64 hexadecimal digits, lower case)")
    if fetched_at.utcoffset() != timedelta(0):
        raise ValueError(f"{url}: the time it was fetched is kept in UTC, not as {fetched_at!r}")


LONGEST_BODY = 10_000
"""Characters of what is sent with a request: a question, not a document."""


@dataclass(frozen=True, slots=True)
class Request:
    """An address to ask for, and what kind of page it should answer with.

    `day` is the sitting day the page is about, where the page that named it says so. `context` carries what that page
    knew and this one does not print (a year beside "3-Jan", a step of a walk through numbers). `body` is JSON to send
    along (POST), for interfaces that are asked in no other way: see `posting`. ValueError without an address or a role,
    or for a body that is no JSON object or does not belong to the address.
    """

    url: str
    role: str
    day: date | None = None
    context: Mapping[str, str] = field(default_factory=dict, hash=False)
    body: str | None = None

    def __post_init__(self) -> None:
        if not self.url or not self.role:
            raise ValueError(f"a request needs an address and a role, not {self.url!r} and {self.role!r}")
        if self.body is not None and self.url.partition("#")[2] != _mark(self.body):
            raise ValueError(f"{self.url} does not name the body sent to it; use Request.posting")

    @classmethod
    def posting(
        cls, url: str, body: Mapping[str, object], role: str, context: Mapping[str, str] | None = None
    ) -> Request:
        """Make a request that sends a JSON object. Two bodies at one address are two addresses to the record.

        The address is given a fragment that names the body (`#post-` and the beginning of its SHA-256). A fragment is
        never sent, so the site is asked at `url`, and everything that is kept by address keeps the answers apart.
        """
        text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
        return cls(f"{url}#{_mark(text)}", role, None, context or {}, text)


def _mark(body: str) -> str:
    if len(body) > LONGEST_BODY:
        raise ValueError(f"a request sends at most {LONGEST_BODY:,} characters, not {len(body):,}")
    try:
        read = json.loads(body)
    except ValueError as error:
        raise ValueError(f"what a request sends should be JSON: {error}") from error
    if not isinstance(read, dict):
        raise ValueError(f"what a request sends should be a JSON object, not {body[:60]!r}")
    return f"post-{hashlib.sha256(body.encode()).hexdigest()[:16]}"


@dataclass(frozen=True, slots=True)
class Word:
    """A word on a page: its text, its box and how sure its reading is.

    The box is left, top, right, bottom in fractions of the page; `confidence` goes from 0 to 1. `cell` is the place in
    the table of a known form: column, row and cell, each from 0; None: outside it. ValueError if the box is inside out
    or the confidence no share.
    """

    text: str
    box: tuple[float, float, float, float]
    confidence: float = 1.0
    cell: tuple[int, int, int] | None = None

    def __post_init__(self) -> None:
        left, top, right, bottom = self.box
        if not (left <= right and top <= bottom):
            raise ValueError(f"the box of {self.text!r} is inside out: {self.box}")
        if not 0 <= self.confidence <= 1:
            raise ValueError(f"the reading of {self.text!r} cannot be {self.confidence} sure")


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a document: its number from 1 and the words on it.

    `text` is the text layer in the order the file gives it; empty where the page is a picture and its words were read
    by eye. `turned` is how far, in degrees clockwise, the page had to be turned to stand upright; boxes are those of
    the upright page.
    """

    number: int
    words: tuple[Word, ...]
    text: str = ""
    turned: int = 0

    def __post_init__(self) -> None:
        if self.number < 1:
            raise ValueError(f"pages are numbered from 1, not {self.number}")

    @property
    def scanned(self) -> bool:
        """Whether the words were read from a picture."""
        return not self.text


@dataclass(frozen=True, slots=True)
class Document:
    """Bytes fetched once, named by their SHA-256, with the request they answered and when (UTC).

    `pages` are its words where its role asks for them (a scan, or a PDF read by the place of its words). ValueError if
    the digest has not the form of one or the time is not UTC.
    """

    request: Request
    content: bytes
    sha256: str
    fetched_at: datetime
    media_type: str = ""
    pages: tuple[Page, ...] = ()

    def __post_init__(self) -> None:
        _check(self.sha256, self.fetched_at, self.request.url)

    @classmethod
    def of(cls, request: Request, content: bytes, fetched_at: datetime, media_type: str = "") -> Document:
        """Name bytes by their digest."""
        return cls(request, content, hashlib.sha256(content).hexdigest(), fetched_at, media_type)

    @property
    def url(self) -> str:
        """The address asked for."""
        return self.request.url

    @property
    def role(self) -> str:
        """What kind of page it is."""
        return self.request.role


@dataclass(frozen=True, slots=True)
class Fault:
    """Why bytes are not the whole file they should be: a code for findings, and in words what to do."""

    code: str
    message: str


def pdf_fault(content: bytes, url: str, *, most: int) -> Fault | None:
    """Say what is wrong with bytes that should be a PDF of at most `most` bytes; None if they begin and end as one.

    By code: `empty`, `too_large`, `html_instead_of_pdf`, `not_a_pdf`, `truncated`.
    """
    head = content[:1024].lstrip().lower()
    if not head:
        return Fault("empty", f"{url}: the document is empty; it will be asked for again")
    if len(content) > most:
        return Fault("too_large", f"{url}: {len(content):,} bytes, more than such a document has; look at it")
    if head.startswith((b"<!doctype", b"<html", b"<?xml", b"<head")):
        return Fault("html_instead_of_pdf", f"{url}: a web page instead of a PDF; open it to see what the site says")
    if b"%pdf-" not in head:
        return Fault("not_a_pdf", f"{url}: it does not begin as a PDF does; open it to see what it is")
    if b"%%EOF" not in content[-4096:]:
        return Fault("truncated", f"{url}: the PDF has no end mark, it is cut short and will be asked for again")
    return None


@dataclass(frozen=True, slots=True)
class Origin:
    """Which reading of which bytes a vote comes from: enough to read it again and to quote it."""

    source: str
    url: str
    sha256: str
    fetched_at: datetime
    reader: str
    """Role and version of the reader, such as `roll_call/3`."""
    lookups: str
    """Digest of the sheet and registers the reading leaned on."""
    page: int | None = None

    def __post_init__(self) -> None:
        _check(self.sha256, self.fetched_at, self.url)
