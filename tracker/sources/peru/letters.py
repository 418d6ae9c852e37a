"""Where do the words of a formula stand in a text that may have lost its spaces, its accents or a letter?"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_DIGITS = str.maketrans("0158", "olsb")
"""No word of a formula holds a digit: one that stands in it is the letter it looks like."""
_LOOKS = {"i": "[il]", "l": "[li]", "m": "(?:m|rn)"}
"""Letters that a machine that reads print takes for each other."""

_HYPHEN = re.compile(
    r"(?<=[^\W\d_])[-\u00ad\u2010\u2011]\s*\n\s*(?=[^\W\d_])|(?<=[^\W\d_])[-\u00ad\u2010]\s+(?=[a-záéíóúüñ])"
)


def tidy(text: str) -> str:
    """Set a text on one line: blanks made one, a word that was broken at the end of a line made whole.

    A hyphen before a capital stays: `Guerra-García` has one of its own.
    """

    def join(match: re.Match[str]) -> str:
        after = match.string[match.end() : match.end() + 1]
        return "" if after.islower() else "-"

    composed = unicodedata.normalize("NFC", text)
    return " ".join(_HYPHEN.sub(join, composed).split())


class Letters:
    """A text reduced to its letters and digits (`flat`, lower case, no accents), each knowing where it stands.

    The grammar of the notes is written for such a text: what a typist or a machine does to spaces, accents and commas
    then makes no difference to it.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        flat: list[str] = []
        self._at: list[int] = []
        for i, char in enumerate(text):
            for part in unicodedata.normalize("NFKD", char).casefold():
                if part.isascii() and part.isalnum():
                    flat.append(part)
                    self._at.append(i)
        self.flat = "".join(flat).translate(_DIGITS)

    def place(self, at: int) -> int:
        """Return where in the text the letter number `at` of `flat` stands; past the last, the end of the text."""
        return self._at[at] if at < len(self._at) else len(self.text)

    def cut(self, start: int, end: int) -> str:
        """Return the text from one letter of `flat` up to another."""
        return self.text[self.place(start) : self.place(end)]

    def small(self, start: int, end: int) -> bool:
        """Whether the text from one letter up to another holds no capital, in a text that is not all capitals."""
        part = self.cut(start, end)
        return part == part.lower() and not self.text.isupper()

    def begins(self, at: int) -> bool:
        """Whether a word begins there, by a blank or a sign before it or by a capital after a small letter."""
        if at >= len(self._at):
            return True
        here = self._at[at]
        before = self.text[here - 1] if here else " "
        return not before.isalnum() or (before.islower() and self.text[here].isupper())


@lru_cache(maxsize=256)
def word(text: str, slips: int = 1) -> str:
    """Return a pattern for a word in a flat text, with up to so many letters wrong, missing, added or swapped.

    Two slips are allowed one in each half, so that a long word is not taken for another one. Digits count as the
    letters they look like.
    """
    if slips > 1:
        half = len(text) // 2
        return word(text[:half]) + f"(?:{word(text[half:])}|.{word(text[half:], 0)})"
    letters = [_LOOKS.get(letter, letter) for letter in text]
    ways = ["".join(letters)]
    if slips:
        every = range(len(letters))
        ways += ["".join([*letters[:i], ".", *letters[i + 1 :]]) for i in every]
        ways += ["".join([*letters[:i], letters[i + 1], letters[i], *letters[i + 2 :]]) for i in every[:-1]]
        ways += ["".join([*letters[:i], *letters[i + 1 :]]) for i in every]
        ways += ["".join([*letters[:i], ".", *letters[i:]]) for i in every[1:]]
    return f"(?:{'|'.join(dict.fromkeys(ways))})"
