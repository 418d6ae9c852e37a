"""Where does a number come from: the request, the bytes that answered it, the page, the words on it?"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Request:
    """An address to ask for, and what kind of page it should answer with.

    `day` is the sitting day the page is about, where the page that named it says so. `context` carries what that page knew and
    this one does not print (a year beside "3-Jan", a step of a walk through numbers).
    """

    url: str
    role: str
    day: date | None = None
    context: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Document:
    """Bytes fetched once, named by their SHA-256, with the request they answered and when (UTC)."""

    request: Request
    content: bytes
    sha256: str
    fetched_at: datetime
    media_type: str = ""

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
class Word:
    """A word on a page: its text, its box in fractions of the page (left, top, right, bottom), how sure the reading is (0 to 1)."""

    text: str
    box: tuple[float, float, float, float]
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a document: its number from 1 and the words on it."""

    number: int
    words: tuple[Word, ...]


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
