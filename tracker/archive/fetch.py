"""What does an official site answer? The only HTTP: polite, conditional, bounded, honest about who it is."""

from __future__ import annotations

import threading
from collections.abc import Callable
from importlib.metadata import version
from types import TracebackType
from typing import Self, TypeVar
from urllib.parse import quote, urldefrag, urljoin, urlsplit

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt, wait_exponential_jitter

from tracker.archive import robots
from tracker.archive.addresses import checked, is_private, mask, official, origin, rewrite, stand_in
from tracker.archive.allowance import Allowance
from tracker.archive.headers import conditions, media_type, plain
from tracker.archive.outcomes import Absent, Broken, Failed, Failure, Fetched, NotModified, Outcome
from tracker.archive.politeness import LONGEST_WAIT, Clock, Manners, Stopped, TooLong, Turnstiles, retry_after
from tracker.archive.robots import Robots
from tracker.archive.wire import HEAD, Answer, Wire
from tracker.domain.evidence import Request

__all__ = ["Absent", "Failed", "Failure", "Fetched", "Fetcher", "Manners", "NotModified", "Outcome", "Stopped"]

T = TypeVar("T")

_REDIRECTS = (301, 302, 303, 307, 308)
_SAME_METHOD = (307, 308)
_GONE = (404, 410)
_TRY_AGAIN = (408, 425, 429)
_ROBOTS_TTL = 24 * 3600.0
"""Seconds a robots.txt is gone by (RFC 9309 §2.4: not longer than a day)."""
_ROBOTS_TTL_FAILED = 60.0
"""Seconds before a robots.txt that could not be had is asked for again."""
_BACK_OFF = wait_exponential_jitter(initial=1.0, max=60.0, exp_base=2.0, jitter=1.0)


def user_agent(contact: str) -> str:
    """Say who we are: `escrutinio/VERSION (+contact)`. ValueError if the contact cannot stand in a header."""
    name = f"escrutinio/{version('escrutinio')}"
    if not contact:
        return name
    if not contact.isascii() or not contact.isprintable() or set("()\\") & set(contact):
        raise ValueError(
            f"the contact {contact!r} should be a web or mail address in plain letters without brackets; "
            "set ESCRUTINIO_CONTACT"
        )
    return f"{name} (+{contact})"


class Fetcher:
    """Asks official sites for documents, for the length of one run; threads may share it.

    `at` (`http://127.0.0.1:8000`) stands in for every official site: it is asked instead, robots.txt and redirects
    included, while every address given back stays the official one. `stop` ends all waiting at once with Stopped; a
    `clock` brings its own. ValueError if the contact, the stand-in or the file of certificates cannot be used.
    """

    def __init__(
        self,
        manners: Manners,
        *,
        contact: str = "",
        at: str | None = None,
        stop: threading.Event | None = None,
        clock: Clock | None = None,
    ) -> None:
        self._manners = manners
        self._at = stand_in(at) if at is not None else None
        self._clock = clock or Clock(stop)
        self._turnstiles = Turnstiles(manners, self._clock)
        self._robots: dict[str, tuple[float, Robots | Broken]] = {}
        self._robots_locks: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()
        self._wire = Wire(manners, user_agent(contact), self._clock)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection."""
        self._wire.close()

    def fetch(
        self,
        request: Request,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        absent: Callable[[bytes, str], bool] = lambda content, url: False,
    ) -> Outcome:
        """Ask for a document, with what is known of the one we hold, and say how it ended. Only Stopped is raised.

        `absent(content, final_url)` recognises a page that says "there is no such page" with status 200, or with the
        400 by which lists say that they go on no further. A request with a body is asked by POST and without
        conditions, which HTTP defines for GET alone; it is repeated like any other, for it asks and changes nothing.
        """
        allowance = Allowance(self._manners.total_timeout, self._clock)
        body = request.body
        sent = conditions(etag, last_modified) if body is None else {"Content-Type": "application/json"}
        trail = [request.url]
        status: int | None = None
        try:
            answer = self._patiently(lambda: self._follow(trail, sent, self._manners.max_bytes, allowance, body=body))
            status = answer.status
            return self._outcome(trail, answer, allowance, absent, conditional=body is None and bool(sent))
        except Broken as broken:
            return Failed(
                url=request.url,
                final_url=trail[-1],
                status=broken.status or status,
                at=self._clock.now(),
                elapsed=allowance.spent,
                code=broken.code,
                message=broken.message,
                head=broken.head,
            )

    def _outcome(
        self,
        trail: list[str],
        answer: Answer,
        allowance: Allowance,
        absent: Callable[[bytes, str], bool],
        *,
        conditional: bool,
    ) -> Outcome:
        """Say what an answer that came through means."""
        url, final_url, status, content = trail[0], trail[-1], answer.status, answer.content
        at, elapsed = self._clock.now(), allowance.spent
        etag, last_modified = plain(answer.headers, "etag"), plain(answer.headers, "last-modified")
        if status == httpx.codes.NOT_MODIFIED and conditional:
            return NotModified(
                url=url,
                final_url=final_url,
                status=status,
                at=at,
                elapsed=elapsed,
                etag=etag,
                last_modified=last_modified,
            )
        if status in _GONE or (status in (200, 203, 400) and absent(content, final_url)):
            return Absent(url=url, final_url=final_url, status=status, at=at, elapsed=elapsed)
        if status not in (200, 203):
            raise _unexpected(final_url, answer)
        return Fetched(
            url=url,
            final_url=final_url,
            status=status,
            at=at,
            elapsed=elapsed,
            content=content,
            media_type=media_type(answer.headers),
            etag=etag,
            last_modified=last_modified,
        )

    def _patiently(self, attempt: Callable[[], T]) -> T:
        """Try as often as the sheet allows, waiting longer each time or as long as the site asks."""
        retrying = Retrying(
            stop=stop_after_attempt(self._manners.attempts),
            retry=retry_if_exception(lambda error: isinstance(error, Broken) and error.again),
            wait=_wait,
            sleep=self._clock.wait,
            reraise=True,
        )
        return retrying(attempt)

    def _follow(
        self, trail: list[str], headers: dict[str, str], limit: int, allowance: Allowance, *,
        body: str | None = None, for_robots: bool = False,
    ) -> Answer:  # fmt: skip
        """Ask once, and on where the site sends us; `trail` keeps the official addresses, the last one answered."""
        del trail[1:]
        for _ in range(self._manners.redirects + 1):
            answer = self._ask(trail[-1], headers, limit, allowance, body, for_robots)
            if answer.status not in _REDIRECTS or "location" not in answer.headers:
                return answer
            if body is not None and answer.status not in _SAME_METHOD:
                raise Broken(
                    Failure.REDIRECT_REFUSED,
                    f"{mask(trail[-1])}: what was sent is answered with a redirect (HTTP status {answer.status}) that "
                    "would ask for another page without it; not followed, correct the address in the source's sheet",
                    status=answer.status,
                )
            trail.append(self._onward(trail, answer.headers["location"]))
        raise Broken(
            Failure.TOO_MANY_REDIRECTS,
            f"{mask(trail[0])}: sent on more than {self._manners.redirects} times, last to {mask(trail[-1])}; "
            "open it in a browser and correct the address in the source's sheet",
            status=answer.status,
        )

    def _ask(
        self, url: str, headers: dict[str, str], limit: int, allowance: Allowance, body: str | None, for_robots: bool
    ) -> Answer:
        """Ask for one address when it is our turn. Broken for what another attempt may mend."""
        try:
            checked(url)
        except ValueError as error:
            raise Broken(Failure.BAD_ADDRESS, f"{error}; correct it in the source's sheet") from error
        there = rewrite(url, self._at)
        turnstile = self._turnstiles.of(urlsplit(there).netloc.rpartition("@")[2].lower())
        if not for_robots:
            rules = self._rules(url)
            turnstile.slow(rules.delay)
            if (line := rules.refusal(there)) is not None:
                raise Broken(
                    Failure.ROBOTS,
                    f"{mask(url)}: {origin(there)}/robots.txt asks us not to ({line}); write to the site's operator "
                    "for leave, or take the address out of the source's sheet",
                )
        try:
            with turnstile.turn():
                answer = self._wire.ask(there, headers, limit, allowance, body=body, cut=for_robots)
        except TooLong as error:
            raise Broken(Failure.BUSY, f"{mask(url)}: {error}; a later run asks again") from error
        if answer.status in _TRY_AGAIN or answer.status >= 500:
            wait = retry_after(answer.headers.get("retry-after"), self._clock.now())
            turnstile.close(wait or 0.0)
            raise _unexpected(url, answer, again=True, wait=wait)
        return answer

    def _onward(self, trail: list[str], location: str) -> str:
        """Return the official address that a redirect leads to. Broken if it leads off the public web."""
        here = trail[-1]
        target = urldefrag(urljoin(rewrite(here, self._at), quote(location, safe="!#$%&'()*+,/:;=?@[]~"))).url
        try:
            checked(target)
        except ValueError as error:
            raise Broken(Failure.REDIRECT_REFUSED, f"{mask(here)}: sent on to {error}; not followed") from error
        host = urlsplit(target).hostname or ""
        if self._at is None and host != urlsplit(trail[0]).hostname and is_private(host):
            raise Broken(
                Failure.REDIRECT_REFUSED,
                f"{mask(here)}: sent on to {mask(target)}, an address of a private network; not followed, look at the "
                "page by hand",
            )
        return official(target, self._at, here)

    def _rules(self, url: str) -> Robots:
        """Return what the site's robots.txt says, asked for once. Broken if it cannot be had."""
        site = origin(rewrite(url, self._at))
        with self._lock:
            lock = self._robots_locks.setdefault(site, threading.Lock())
        with lock:
            until, rules = self._robots.get(site, (float("-inf"), robots.EVERYTHING))
            if self._clock.monotonic() >= until:
                rules = self._read_rules(origin(url))
                ttl = _ROBOTS_TTL_FAILED if isinstance(rules, Broken) else _ROBOTS_TTL
                self._robots[site] = (self._clock.monotonic() + ttl, rules)
        if isinstance(rules, Broken):
            raise rules.with_traceback(None)
        return rules

    def _read_rules(self, site: str) -> Robots | Broken:
        """Ask for robots.txt: not there or lost in redirects means all is allowed, out of reach that nothing is."""
        allowance = Allowance(self._manners.total_timeout, self._clock)
        trail = [f"{site}/robots.txt"]
        try:
            answer = self._patiently(lambda: self._follow(trail, {}, robots.LONGEST, allowance, for_robots=True))
        except Broken as broken:
            if broken.code is Failure.TOO_MANY_REDIRECTS:
                return robots.EVERYTHING
            code = Failure.ROBOTS_UNREACHABLE if broken.code is Failure.STATUS else broken.code
            message = f"{broken.message} (asked for first; without it nothing else is asked of the site)"
            return Broken(code, message, status=broken.status)
        return robots.read(answer.content) if answer.status in (200, 203) else robots.EVERYTHING


def _wait(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    if isinstance(error, Broken) and error.wait is not None:
        return error.wait
    return _BACK_OFF(state)


def _unexpected(url: str, answer: Answer, *, again: bool = False, wait: float | None = None) -> Broken:
    """Say that a status is neither a document nor its absence; one that asks for too long a wait is not tried again."""
    said = f"{mask(url)}: answered with HTTP status {answer.status}"
    head = answer.content[:HEAD]
    if wait is not None and wait > LONGEST_WAIT:
        message = f"{said} and asked to be left alone for {wait:.0f} s; a later run asks again"
        return Broken(Failure.BUSY, message, status=answer.status, head=head)
    then = "the next run asks again" if again else "open it in a browser and correct the address in the source's sheet"
    return Broken(Failure.STATUS, f"{said}; {then}", again=again, status=answer.status, wait=wait, head=head)
