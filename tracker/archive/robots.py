"""What does a site's robots.txt allow us to ask for (RFC 9309), and how slowly?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

TOKEN = "escrutinio"  # noqa: S105 - the product's name in robots.txt
LONGEST = 512_000
"""Bytes of a robots.txt that are read; RFC 9309 §2.5 asks for at least 500 KiB."""

_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")


@dataclass(frozen=True, slots=True)
class _Rule:
    """One line: the path printed, its pieces between the `*`, whether it says where the path ends, and what it says."""

    printed: str
    pieces: tuple[str, ...]
    ends: bool
    allow: bool

    def matches(self, path: str) -> bool:
        """Whether the path begins as the line says; in time that grows with the path alone, whatever the line holds."""
        first, *others = self.pieces
        if not path.startswith(first):
            return False
        at = len(first)
        for piece in others[:-1] if self.ends else others:
            found = path.find(piece, at)
            if found < 0:
                return False
            at = found + len(piece)
        if not self.ends:
            return True
        return path == first if not others else len(path) - at >= len(others[-1]) and path.endswith(others[-1])


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules that apply to us; `delay` is the seconds asked for between two requests."""

    rules: tuple[_Rule, ...] = ()
    delay: float = 0.0

    def refusal(self, url: str) -> str | None:
        """Return the line that forbids an address, None if it is allowed.

        The longest pattern that matches decides; of two equally long ones the one that allows (RFC 9309 §2.2.2).
        """
        parts = urlsplit(url)
        path = _normal((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
        if path == "/robots.txt":
            return None
        hits = [rule for rule in self.rules if rule.matches(path)]
        if not hits:
            return None
        best = max(hits, key=lambda rule: (len(rule.printed.encode()), rule.allow))
        return None if best.allow else f"Disallow: {best.printed}"


EVERYTHING = Robots()
"""What a site without a robots.txt allows."""


def read(content: bytes, token: str = TOKEN) -> Robots:
    """Read a robots.txt: the groups that name us, else those for everyone; a line it does not know is passed over.

    Groups that name the same crawler are one (RFC 9309 §2.2.1). `Crawl-delay` is not in the standard, but a clear wish.
    """
    groups: list[tuple[set[str], list[_Rule], list[float]]] = []
    open_for_names = False
    for key, value in _lines(content[:LONGEST]):
        if key == "user-agent":
            if not open_for_names:
                groups.append((set(), [], []))
            name = re.match(r"[a-z_-]+|\*", value.lower())
            groups[-1][0].add(name[0] if name else "")
            open_for_names = True
        elif key in ("allow", "disallow", "crawl-delay"):
            open_for_names = False
            if not groups:
                continue
            if key == "crawl-delay":
                if re.fullmatch(r"\d{1,6}(\.\d{1,6})?", value):
                    groups[-1][2].append(float(value))
            elif value:
                groups[-1][1].append(_rule(value, key == "allow"))
    ours = [group for group in groups if token in group[0]] or [group for group in groups if "*" in group[0]]
    rules = tuple(rule for _, lines, _ in ours for rule in lines)
    return Robots(rules, max((delay for _, _, delays in ours for delay in delays), default=0.0))


def _lines(content: bytes) -> Iterator[tuple[str, str]]:
    text = content.decode("utf-8", "replace").removeprefix("\ufeff")
    for line in re.split(r"\r\n|\r|\n", text):
        key, colon, value = line.partition("#")[0].partition(":")
        if colon:
            yield key.strip().lower(), value.strip()


def _rule(value: str, allow: bool) -> _Rule:
    """Read a path with `*` (anything) and a `$` at the end (the end)."""
    printed = _normal(value)
    return _Rule(value, tuple(printed.removesuffix("$").split("*")), printed.endswith("$"), allow)


def _normal(path: str) -> str:
    """Write a path one way: escapes in capitals, none where none is needed, the rest as UTF-8 escapes (§2.2.2)."""

    def escape(match: re.Match[str]) -> str:
        character = chr(int(match[0][1:], 16))
        return character if _UNRESERVED.fullmatch(character) else match[0].upper()

    ascii_only = "".join(c if c.isascii() else "".join(f"%{byte:02X}" for byte in c.encode()) for c in path)
    return _ESCAPE.sub(escape, ascii_only)
