"""Which headers ask for a document only if it is new, and what do those of an answer say of it?"""

from __future__ import annotations

from collections.abc import Mapping

LONGEST = 1000
"""Characters of a header that is kept to be sent back."""


def conditions(etag: str | None, last_modified: str | None) -> dict[str, str]:
    """Return what asks for a document only if it is not the one we hold."""
    known = (("If-None-Match", etag), ("If-Modified-Since", last_modified))
    return {name: value for name, value in known if value and _is_plain(value)}


def plain(headers: Mapping[str, str], name: str) -> str | None:
    """Return a header that can be sent back as it is; None if it is missing or could not."""
    value = headers.get(name)
    return value if value and _is_plain(value) else None


def media_type(headers: Mapping[str, str]) -> str:
    """`text/html; charset=iso-8859-1`: in small letters, the charset where the site names one."""
    kind, *parameters = (plain(headers, "content-type") or "").lower().split(";")
    charset = next((p.strip() for p in parameters if p.strip().startswith("charset=")), "")
    return "; ".join(part for part in (kind.strip(), charset.replace('"', "")) if part)


def _is_plain(value: str) -> bool:
    return value.isascii() and value.isprintable() and len(value) <= LONGEST
