"""What does a feed hold, before it is written as Atom or as JSON?"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import quote

AUTHOR = "Escrutinio"
NOTHING_YET = datetime(2026, 1, 1, tzinfo=UTC)
"""When a feed without entries was last changed: a fixed moment, since a clock would change it at each look."""
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_KEPT = "/?:@!$&'()*+,;="
"""Signs that an id may have beside letters and figures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that happened. All addresses are whole; `content` is HTML, everything else plain text.

    `language` is the content's, `of_title` the title's: official titles are never translated. `source` is the address
    of the official paper, `rights` what may be done with the record, where that is not what the feed says.
    """

    id: str
    title: str
    link: str
    updated: datetime
    published: datetime
    content: str
    summary: str
    language: str
    of_title: str
    source: str | None = None
    rights: str | None = None
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """Entries and what they are entries of. All addresses are whole.

    `here` is the feed's own address, `other` that of the same feed in the other form, with its media type; `page` shows
    the same to a person. `ahead`, `behind` and `first` lead through a feed that is longer than one document (RFC 5005).
    """

    id: str
    title: str
    subtitle: str
    site: str
    page: str
    here: str
    other: tuple[str, str]
    language: str
    rights: str
    entries: tuple[Entry, ...] = field(default=())
    first: str | None = None
    behind: str | None = None
    ahead: str | None = None

    @property
    def updated(self) -> datetime:
        """When something in it last changed."""
        return max((entry.updated for entry in self.entries), default=NOTHING_YET)


def tag(authority: str, *specific: str) -> str:
    """Return an id that never changes (RFC 4151): whose it is, and of what."""
    return f"tag:{authority},{NOTHING_YET.year}:{quote('/'.join(specific), safe=_KEPT, errors='replace')}"


def clean(text: str) -> str:
    """Return text without the signs that XML cannot hold."""
    return _NO_XML.sub("", text)


def stamp(moment: datetime) -> str:
    """Write a moment as feeds do (RFC 3339), to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
