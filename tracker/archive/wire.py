"""How does one request travel: over which connection, for how long at most, and how many bytes may come back?"""

from __future__ import annotations

import logging
import ssl
import threading
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import httpx

from tracker.archive.addresses import mask
from tracker.archive.allowance import Allowance, Backend
from tracker.archive.outcomes import Broken, Failure
from tracker.archive.politeness import Clock, Manners

HEAD = 64_000
"""Bytes read of an answer that is no document."""

_OK = (200, 203)
_DIRECT = ("all://127.0.0.1", "all://localhost", "all://[::1]")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: status, headers, and the body unpacked (of an answer that is no document, its beginning)."""

    status: int
    headers: httpx.Headers
    content: bytes
    http_version: str


class Wire:
    """One HTTP/2 client for all hosts, with certificates always checked. Threads may share it.

    A proxy named by the usual variables of the environment is used, except for this machine itself.
    ValueError if the file of further certificates cannot be read.
    """

    def __init__(self, manners: Manners, user_agent: str, clock: Clock) -> None:
        self._manners = manners
        self._clock = clock
        self._mine = threading.local()
        self._client = httpx.Client(
            http2=True,
            verify=_trust(manners),
            headers={"User-Agent": user_agent, "Accept": "*/*", "Accept-Encoding": "gzip"},
            timeout=manners.read_timeout,
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=16, keepalive_expiry=60.0),
            mounts=dict.fromkeys(_DIRECT),
        )
        for transport in {self._client._transport, *self._client._mounts.values()}:
            if isinstance(transport, httpx.HTTPTransport):
                pool = transport._pool
                pool._network_backend = Backend(pool._network_backend, self._mine)
        logging.getLogger("httpx").addFilter(_masked)

    def close(self) -> None:
        """Close every connection."""
        self._client.close()

    def ask(
        self, url: str, headers: dict[str, str], limit: int, allowance: Allowance, *,
        body: str | None = None, cut: bool = False,
    ) -> Answer:  # fmt: skip
        """Ask once, following nothing; with a `body`, send it. Broken says what went wrong; Stopped on the stop signal.

        More than `limit` bytes are an error, unless `cut`: then the rest is left alone.
        """
        self._mine.allowance = allowance
        shown = mask(url)
        method, sent = ("GET", None) if body is None else ("POST", body.encode())
        try:
            with allowance.running(), self._client.stream(method, url, headers=headers, content=sent) as response:
                document = response.status_code in _OK
                content = self._read(response, shown, limit if document else HEAD, cut or not document)
                return Answer(response.status_code, response.headers, content, response.http_version)
        except httpx.TimeoutException as error:
            if allowance.left() <= 0:
                raise self._late(shown) from error
            silence = self._manners.read_timeout
            raise Broken(
                Failure.TIMEOUT,
                f"{shown}: the site was silent for {silence:g} s; the next run asks again, "
                "and if it is always so slow raise read_timeout in the source's sheet",
                again=True,
            ) from error
        except httpx.ConnectError as error:
            raise _unconnected(error, shown) from error
        except (httpx.NetworkError, httpx.RemoteProtocolError, zlib.error) as error:
            raise Broken(
                Failure.BROKEN_OFF,
                f"{shown}: the answer broke off ({_words(error)}); the next run asks again",
                again=True,
            ) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise Broken(
                Failure.BAD_ADDRESS,
                f"{shown}: cannot be asked for ({_words(error)}); check the address in the source's sheet",
            ) from error

    def _read(self, response: httpx.Response, shown: str, limit: int, cut: bool) -> bytes:
        announced = response.headers.get("content-length", "")
        if announced.isascii() and announced.isdigit() and int(announced[:18]) > limit and not cut:
            raise self._large(
                shown, limit, f"{int(announced[:18]):,} bytes announced", self._beginning(response, shown)
            )
        held, size, sent = [], 0, 0
        for piece in _unpacked(self._counted(response), response.headers.get("content-encoding", ""), shown, limit):
            held.append(piece)
            size += len(piece)
            sent = response.num_bytes_downloaded
            if size > limit or sent > limit:
                if cut:
                    break
                raise self._large(shown, limit, f"{size:,} bytes unpacked of {sent:,} received so far", held[0][:HEAD])
        return b"".join(held)[:limit]

    def _beginning(self, response: httpx.Response, shown: str) -> bytes:
        """Read the beginning of an answer too long to be kept, if it comes at all."""
        try:
            return self._read(response, shown, HEAD, cut=True)
        except (httpx.HTTPError, zlib.error, Broken):
            return b""

    def _counted(self, response: httpx.Response) -> Iterator[bytes]:
        for piece in response.iter_raw():
            self._clock.check()
            yield piece

    def _large(self, shown: str, limit: int, found: str, head: bytes) -> Broken:
        return Broken(
            Failure.TOO_LARGE,
            f"{shown}: {found}, the sheet allows {limit:,}; look at it by hand and, if it is genuine, "
            "raise max_bytes in the source's sheet",
            head=head,
        )

    def _late(self, shown: str) -> Broken:
        return Broken(
            Failure.TOTAL_TIME,
            f"{shown}: not complete after {self._manners.total_timeout:g} s; the next run asks again, "
            "and if the document is large raise total_timeout in the source's sheet",
        )


def _unpacked(pieces: Iterable[bytes], encoding: str, shown: str, limit: int) -> Iterator[bytes]:
    """Unpack gzip, never more than the limit at once: a few bytes can hold gigabytes."""
    encoding = encoding.strip().lower()
    if encoding in ("", "identity"):
        yield from pieces
        return
    if encoding not in ("gzip", "x-gzip"):
        raise Broken(Failure.ENCODING, f"{shown}: packed as {encoding!r}, we asked for gzip; tell the site's operator")
    machine = zlib.decompressobj(zlib.MAX_WBITS | 16)
    for packed in pieces:
        rest = packed
        while rest:
            if machine.eof:
                machine = zlib.decompressobj(zlib.MAX_WBITS | 16)
            yield machine.decompress(rest, limit + 1)
            rest = machine.unused_data if machine.eof else machine.unconsumed_tail
    if not machine.eof:
        raise zlib.error("the packed data ends too early")


def _trust(manners: Manners) -> ssl.SSLContext:
    context = httpx.create_ssl_context()
    if manners.ca_file is not None:
        try:
            context.load_verify_locations(cafile=str(manners.ca_file))
        except (OSError, ssl.SSLError) as error:
            raise ValueError(
                f"{manners.ca_file}: no certificates can be read from it ({error}); "
                "ESCRUTINIO_CA_FILE should name a file of certificates in PEM form"
            ) from error
    return context


def _unconnected(error: httpx.ConnectError, shown: str) -> Broken:
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, ssl.SSLError):
        cause = cause.__cause__ or cause.__context__
    if isinstance(cause, ssl.SSLCertVerificationError):
        return Broken(
            Failure.TLS,
            f"{shown}: the site's certificate is not accepted: {cause.verify_message or cause.reason}; if the site "
            "leaves out an intermediate certificate, put it into a file and name that file in ESCRUTINIO_CA_FILE; "
            "an expired certificate or one for another name only the site can mend",
        )
    if cause is not None:
        return Broken(
            Failure.TLS, f"{shown}: no secure connection ({_words(cause)}); the next run asks again", again=True
        )
    return Broken(
        Failure.REFUSED,
        f"{shown}: no connection ({_words(error)}); check the network and the address in the source's sheet, "
        "the next run asks again",
        again=True,
    )


def _words(error: BaseException) -> str:
    return mask(str(error)) or type(error).__name__


def _masked(record: logging.LogRecord) -> bool:
    """Leave secrets out of the lines that the client writes for each request."""
    if isinstance(record.args, tuple):
        record.args = tuple(mask(str(arg)) if isinstance(arg, httpx.URL) else arg for arg in record.args)
    return True
