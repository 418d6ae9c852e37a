"""How does scraped text get onto a page without becoming part of it?

Everything from a source is put on a page by `el`, which escapes it, or by a template, which escapes by `text`; nothing
else in the dashboard writes HTML.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlsplit

VOID = frozenset({"br", "hr", "img", "input", "link", "wbr"})
ADDRESSES = frozenset({"href", "src"})
_TAG = re.compile(r"[a-z][a-z0-9]*\Z")
_NAME = re.compile(r"[a-z][a-z-]*\Z")
_HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Control signs and those that turn the direction of text: a title must not rewrite what stands beside it."""

_SPECIAL = re.compile(rf"[&<>\"']|{_HIDDEN.pattern}")


_LETTER = re.compile(r"mailto:[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+\?subject=[A-Za-z0-9%._~-]*&body=[A-Za-z0-9%._~-]*")
"""A message to one address with a subject and a text, and no other header."""

_ENDS_A_BLOCK = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in "<>&"})


class Html(str):
    """Text that is HTML already: what `el` and `join` make, and our own style sheet."""

    __slots__ = ()

    def __html__(self) -> str:
        """Say to a template that this needs no escaping."""
        return str(self)


def text(value: object) -> Html:
    """Escape a value for the inside of an element or an attribute."""
    if isinstance(value, Html):
        return value
    written = str(value)
    if _SPECIAL.search(written) is None:
        return Html(written)
    return Html(html.escape(plain(written), quote=True))


def plain(written: str) -> str:
    """Return text without the signs that cannot be seen, for where nothing is HTML: inside a chart."""
    return _HIDDEN.sub("", written)


def letter(mailbox: str, subject: str, body: Iterable[str]) -> str:
    """Return the address that opens a message (RFC 6068): what it says ends no line of the subject, adds no header."""
    lines = [" ".join(plain(line).split()) for line in body]
    written = "\r\n".join(lines)
    return f"mailto:{mailbox}?subject={quote(' '.join(plain(subject).split()), safe='')}&body={quote(written, safe='')}"


def data(value: object) -> Html:
    """Return a value as JSON for the inside of a block of data: nothing in it can end the block."""
    return Html(json.dumps(value, ensure_ascii=False).translate(_ENDS_A_BLOCK))


def join(children: Iterable[Any], between: str = "") -> Html:
    """Put children one after the other, each escaped unless it is HTML already; None is left out."""
    return Html(text(between).join(_inner(child) for child in children if child is not None))


def el(tag: str, *children: Any, grow: int | None = None, **attributes: Any) -> Html:
    """Return an element. In an attribute's name a last underscore goes, others become hyphens; None leaves it out.

    `grow` is the element's share of a row, the only style a page sets by itself.

    Raise ValueError for a tag or attribute that is none, or one that runs code. An address that is neither relative nor
    http(s) is left out: the text stays, the link does not.
    """
    _check_tag(tag)
    written = [] if grow is None else [f' style="flex-grow:{int(grow)}"']
    for key, value in attributes.items():
        name = _attribute(key)
        if value is None or (name in ADDRESSES and not safe_address(str(value))):
            continue
        written.append(f' {name}="{text(value)}"')
    opened = f"<{tag}{''.join(written)}>"
    return Html(opened) if tag in VOID else Html(f"{opened}{join(children)}</{tag}>")


@lru_cache(maxsize=256)
def _check_tag(tag: str) -> None:
    if not _TAG.match(tag) or tag in {"script", "style", "iframe", "object", "embed"}:
        raise ValueError(f"{tag!r} is no element for a page")


@lru_cache(maxsize=256)
def _attribute(key: str) -> str:
    name = key.rstrip("_").replace("_", "-")
    if not _NAME.match(name) or name.startswith("on") or name in {"style", "srcdoc"}:
        raise ValueError(f"{name!r} is no attribute for a page")
    return name


def safe_address(address: str) -> bool:
    """Whether an address leads to a page, http(s) or one of our own, or opens a message of ours (`letter`)."""
    if _LETTER.fullmatch(address):
        return True
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if _HIDDEN.search(address) or any(sign in address for sign in "\n\r\t\\ "):
        return False
    if parts.scheme in ("http", "https"):
        return bool(parts.netloc)
    ours = address.startswith(("./", "../", "/", "?", "#")) and not address.startswith("//")
    return ours and not parts.scheme and not parts.netloc


def _inner(child: Any) -> Html:
    if isinstance(child, str):
        return text(child)
    if isinstance(child, Iterable):
        return join(child)
    return text(child)
