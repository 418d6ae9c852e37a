"""How can asking for a document end?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Failure(StrEnum):
    """Why there is no answer to go by."""

    TIMEOUT = "timeout"
    """The site was silent for longer than the read timeout, in every attempt."""
    TOTAL_TIME = "total_time"
    """The document was still on its way when its time was up."""
    REFUSED = "refused"
    """No connection: the name is unknown, nobody answers, or the connection is refused."""
    BROKEN_OFF = "broken_off"
    """The connection ended in the middle of the answer, or the answer was no HTTP."""
    TLS = "tls"
    """The site could not prove who it is."""
    TOO_LARGE = "too_large"
    """More bytes than the sheet allows, as sent or as unpacked."""
    ENCODING = "encoding"
    """Packed in a way we did not ask for, or wrongly."""
    TOO_MANY_REDIRECTS = "too_many_redirects"
    """Sent on more often than the sheet allows."""
    REDIRECT_REFUSED = "redirect_refused"
    """Sent on to something that is not a public web address."""
    ROBOTS = "robots"
    """The site's robots.txt asks us not to."""
    ROBOTS_UNREACHABLE = "robots_unreachable"
    """The site's robots.txt cannot be had for an error of the site, which counts as a no (RFC 9309 §2.3.1.4)."""
    BUSY = "busy"
    """The site asked to be left alone for longer than we wait in one run."""
    STATUS = "status"
    """An HTTP status that is neither a document nor its absence, in every attempt."""
    BAD_ADDRESS = "bad_address"
    """What was to be asked for is no web address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What every ending has.

    `url` is the official address asked for, `final_url` the official one that answered after redirects, `at` when it
    ended (UTC), `elapsed` the seconds on the wire, all attempts together.
    """

    url: str
    final_url: str
    at: datetime
    elapsed: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched(_Asked):
    """The document: its bytes unpacked, its media type in small letters with the charset if the site named one.

    `etag` and `last_modified` are what to send along the next time, as printed.
    """

    status: int
    content: bytes
    media_type: str
    etag: str | None
    last_modified: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotModified(_Asked):
    """The site says the document is the one we hold."""

    status: int
    etag: str | None
    last_modified: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Absent(_Asked):
    """The site says there is no such document: 404, 410, or a page saying so with status 200."""

    status: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed(_Asked):
    """No answer to go by: the reason as a code, and a message that says what, where and what to do next.

    `status` is None where no answer came; `head` is the beginning of what did come, at most 64 kB, for a person to see.
    """

    status: int | None
    code: Failure
    message: str
    head: bytes = b""


Outcome = Fetched | NotModified | Absent | Failed


class Broken(Exception):
    """One attempt failed; `again`: another may do better; `wait`: the seconds the site asks us to let pass before."""

    def __init__(
        self,
        code: Failure,
        message: str,
        *,
        again: bool = False,
        status: int | None = None,
        wait: float | None = None,
        head: bytes = b"",
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.again = again
        self.status = status
        self.wait = wait
        self.head = head
