"""Which address is really asked, and which one is recorded, shown and logged?"""

from __future__ import annotations

import ipaddress
import re
import socket
from urllib.parse import SplitResult, urlsplit

_SECRET = re.compile(
    r"(?i)([?&;](?:[a-z0-9]{1,20}[_-]){0,3}(?:apikey|key|accesstoken|token|secret|password|passwd|pwd|signature|credential|sig|auth)=)"
    r"[^&;#]*"
)
_HOST = re.compile(r"^[A-Za-z]+://[^/?#]*")
_USERINFO = re.compile(r"(?<=://)[^/?#]*@")


def checked(url: str) -> SplitResult:
    """Take an address apart. ValueError if it is not http or https, has no host or holds a blank."""
    if any(character <= " " or character == "\x7f" for character in url):
        raise ValueError(f"{mask(url)!r} holds a blank or a control character; write it percent-encoded")
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"{mask(url)!r} is not an address that begins with http:// or https:// and a host")
    _ = parts.port  # ValueError if it is no number
    return parts


def origin(url: str) -> str:
    """Scheme, host and port, which is what robots.txt and politeness go by: `https://clerk.house.gov`."""
    parts = checked(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2].lower()}"


def stand_in(at: str) -> str:
    """Check the address of a stand-in site. ValueError if it is more than scheme, host and port."""
    parts = checked(at)
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError(f"{mask(at)!r} stands in for a site: give scheme, host and port only, {origin(at)}")
    return origin(at)


def rewrite(url: str, at: str | None) -> str:
    """Replace scheme and host by those of the stand-in; path and query pass unchanged, each percent sign included."""
    if at is None:
        return url
    return _HOST.sub(lambda _: at, url, count=1)


def official(url: str, at: str | None, base: str) -> str:
    """Undo `rewrite`: an address at the stand-in is one at the official site that `base` belongs to."""
    if at is None or origin(url) != origin(at):
        return url
    return rewrite(url, origin(base))


def is_private(host: str) -> bool:
    """Whether a name leads to this machine or a network of its own: nothing an official site has reason to send us to.

    A name that cannot be looked up here is not held to be private: the request itself will say that it is unknown.
    """
    try:
        found = {info[4][0] for info in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError):
        return False
    return not all(ipaddress.ip_address(str(address).partition("%")[0]).is_global for address in found)


def mask(url: str) -> str:
    """Write an address so that it can be shown: names and passwords before the host and keys in the query left out."""
    return _SECRET.sub(r"\1***", _USERINFO.sub("***@", url))
