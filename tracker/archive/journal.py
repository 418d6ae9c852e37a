"""What did we see, where and when: how are sightings of documents written down and read again?"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from tracker.domain.evidence import Request

VERSION, WITH_BODY = 1, 2
"""Of the shape of a sighting's line; a reader refuses any other. The second has one field more: what was sent along."""

_NAME = re.compile(r"(\d{8}T\d{6}\.\d{6})Z-([0-9a-f]{16})\.json")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_ENCODE = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
_FIELDS = frozenset(
    "version source role url day context sha256 fetched_at media_type etag last_modified".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Sighting:
    """One address answered with these bytes at this time: all it takes to read the document again without the network.

    `source` is the slug; `role`, `url`, `day`, `context` and `body` are the request's; `fetched_at` is UTC with
    microseconds.
    ValueError if the time has no zone, the digest is none, or the address names another body.
    """

    source: str
    role: str
    url: str
    sha256: str
    fetched_at: datetime
    day: date | None = None
    context: Mapping[str, str] = field(default_factory=dict, hash=False)
    media_type: str = ""
    etag: str | None = None
    last_modified: str | None = None
    body: str | None = None

    def __post_init__(self) -> None:
        if self.fetched_at.utcoffset() != timedelta(0):
            raise ValueError(f"{self.url}: the time of fetching {self.fetched_at} should be in UTC")
        if not is_digest(self.sha256):
            raise ValueError(f"{self.url}: {self.sha256!r} is not a SHA-256 in small hexadecimal digits")
        if self.body is not None:
            _ = self.request  # ValueError if the address names another body

    @property
    def request(self) -> Request:
        """The request that was answered."""
        return Request(self.url, self.role, self.day, self.context, self.body)


def is_digest(text: str) -> bool:
    """Whether this is a SHA-256 as the archive writes it: 64 small hexadecimal digits."""
    return _DIGEST.fullmatch(text) is not None


def encode(sightings: Sequence[Sighting]) -> tuple[str, str, bytes]:
    """Give the month's folder, the file's name and its content, a line a sighting: the same ones give the same three.

    The name is the time of the first, so that names sort as times do, and the beginning of the content's SHA-256, so
    that two different files of one microsecond keep apart and a damaged one shows.
    """
    at = sightings[0].fetched_at
    content = "\n".join(map(_line, sightings)).encode()
    stamp = f"{at.year:04}{at.month:02}{at.day:02}T{at.hour:02}{at.minute:02}{at.second:02}.{at.microsecond:06}"
    return f"{at.year:04}-{at.month:02}", f"{stamp}Z-{_mark(content)}.json", content


def _line(sighting: Sighting) -> str:
    sent = {} if sighting.body is None else {"body": sighting.body}
    return _ENCODE(
        {
            "version": WITH_BODY if sent else VERSION,
            "source": sighting.source,
            "role": sighting.role,
            "url": sighting.url,
            "day": sighting.day.isoformat() if sighting.day else None,
            "context": dict(sighting.context),
            "sha256": sighting.sha256,
            "fetched_at": sighting.fetched_at.isoformat(timespec="microseconds"),
            "media_type": sighting.media_type,
            "etag": sighting.etag,
            "last_modified": sighting.last_modified,
            **sent,
        }
    )


def is_whole(name: str, content: bytes) -> bool:
    """Whether a file's name carries the mark of its content."""
    match = _NAME.fullmatch(name)
    return match is not None and match[2] == _mark(content)


def is_entry(name: str, month: str) -> bool:
    """Whether a file is named as sightings of that month would be."""
    match = _NAME.fullmatch(name)
    return match is not None and f"{name[:4]}-{name[4:6]}" == month


def decode(content: bytes) -> list[Sighting]:
    """Read a file of sightings. ValueError says what is missing, unknown or of the wrong kind."""
    return [_sighting(line) for line in content.split(b"\n")]


def _sighting(line: bytes) -> Sighting:
    read = json.loads(line)
    if not isinstance(read, dict) or set(read) - {"body"} != _FIELDS:
        raise ValueError(f"expected an object with exactly the fields {', '.join(sorted(_FIELDS))}, and perhaps body")
    version = WITH_BODY if "body" in read else VERSION
    if read["version"] != version:
        raise ValueError(f"it is of version {read['version']!r}, this program reads version {version} of such a line")
    texts = [read[name] for name in ("source", "role", "url", "sha256", "fetched_at", "media_type")]
    texts += [read["body"]] if "body" in read else []
    perhaps = [read[name] for name in ("day", "etag", "last_modified")]
    context = read["context"]
    if not isinstance(context, dict) or not all(isinstance(text, str) for text in [*texts, *context.values()]):
        raise ValueError("a field that should be text is not")
    if not all(text is None or isinstance(text, str) for text in perhaps):
        raise ValueError("day, etag or last_modified is neither text nor null")
    return Sighting(
        source=read["source"],
        role=read["role"],
        url=read["url"],
        sha256=read["sha256"],
        fetched_at=datetime.fromisoformat(read["fetched_at"]),
        day=date.fromisoformat(read["day"]) if read["day"] is not None else None,
        context=context,
        media_type=read["media_type"],
        etag=read["etag"],
        last_modified=read["last_modified"],
        body=read.get("body"),
    )


def _mark(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
