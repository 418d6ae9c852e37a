"""What is left of a text once everything that is understood has been taken from it?"""

from __future__ import annotations

import re
from collections.abc import Iterator

BREAK = "\0"
"""Stands where something was taken away, so that what stood on its two sides is not read together."""
LONGEST = 40_000
"""Letters of a page; a full sheet has about 5,000."""

_SPACES = re.compile(r"[^\S\n]+")


def clean(text: str) -> str:
    """Return a text with one kind of line end and of blank, and without signs that nobody sees.

    The library puts U+FFFE (older versions U+0002) for a hyphen at the end of a line.
    """
    text = re.sub("[\ufffe\x02\xad]", "-\n", text[:LONGEST].replace("\r\n", "\n").replace("\r", "\n"))
    seen = "".join(sign if sign.isprintable() or sign == "\n" else " " for sign in text)
    return _SPACES.sub(" ", seen)


class Slate:
    """A text, and how much of it is still unexplained.

    Places are those of the text as given, whatever has been taken away.
    """

    def __init__(self, text: str) -> None:
        self.left = text

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Take the first match away and return it; None if there is none."""
        match = pattern.search(self.left)
        if match is not None:
            self.cut(match.start(), match.end())
        return match

    def take_all(self, pattern: re.Pattern[str]) -> list[re.Match[str]]:
        """Take every match away and return them in order."""
        found = list(pattern.finditer(self.left))
        for match in found:
            self.cut(match.start(), match.end())
        return found

    def cut(self, start: int, end: int) -> None:
        """Take a stretch away."""
        self.left = self.left[:start] + BREAK * (end - start) + self.left[end:]

    def lines(self) -> Iterator[tuple[int, str]]:
        """Yield what is left, line by line, with the place at which each begins."""
        for match in re.finditer(rf"[^\n{BREAK}]+", self.left):
            if text := match[0].strip():
                yield match.start(), text
