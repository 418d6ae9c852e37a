"""What does a reader's text ask for: words, numbers of bills, days, a count of votes?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.domain.bills import united_states
from tracker.domain.days import Days, days
from tracker.domain.figures import Figures, figures
from tracker.domain.people import fold

LONGEST = 200
"""Characters of a search that are looked at."""
MOST = 12
"""Words of a search that are looked at."""
SMALL = frozenset(
    (
        *("a", "al", "con", "de", "del", "e", "el", "en", "la", "las", "lo", "los", "o", "para", "por", "que", "se"),
        *("su", "sus", "un", "una", "y", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to"),
        "with",
    )
)
"""Words that are asked for only if there are no others."""

_PERU = re.compile(
    r"(?:\b(?:p\.?\s?l\.?|p\.?\s?r\.?\s?l\.?)\s*(?:n\S{0,2}\s*)?)?"
    r"\b(?P<full>\d{1,5})(?:/\d{4}-[A-Z]{2,3}|-20\d\d-20\d\d-(?:S|CD|CR))\b"
    r"|\b(?:p\.?\s?l\.?|p\.?\s?r\.?\s?l\.?)\s*(?:n\S{0,2}\s*)?(?P<bare>\d{1,5})\b",
    re.IGNORECASE,
)
_US = re.compile(r"\b[A-Za-z][A-Za-z. ]{0,12}?\s?\d[\d-]*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, or the words a bill is indexed under; `printed` is how the bill's number is usually written."""

    words: tuple[str, ...]
    printed: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A reader's text, read."""

    pieces: tuple[Piece, ...] = ()
    days: tuple[Days, ...] = ()
    figures: Figures | None = None

    def __bool__(self) -> bool:
        return bool(self.pieces or self.days or self.figures)


def read(text: str) -> Asked:
    """Read a text: the days and the count it names, and what is left of it as words."""
    named, left = days(text[:LONGEST])
    count, left = figures(left)
    found = tuple(_pieces(left))
    telling = tuple(piece for piece in found if piece.words[0] not in SMALL or piece.printed)
    return Asked((telling or (() if named or count else found))[:MOST], named, count)


def literally(text: str) -> Asked:
    """Take a text as nothing but its words."""
    return Asked(tuple(Piece((word,)) for word in fold(text[:LONGEST]).split()[:MOST]))


def words(text: str) -> tuple[str, ...]:
    """Reduce a text to folded words; a bill's number in any of its usual forms becomes the words it is indexed under.

    >>> words("hr3838 Niñez")
    ('h', 'r', '3838', 'ninez')
    """
    return tuple(word for piece in _pieces(text[:LONGEST]) for word in piece.words)[:MOST]


def _pieces(text: str) -> Iterator[Piece]:
    end = 0
    for start, stop, printed in sorted(_bills(text)):
        if start < end:
            continue
        yield from _plain(text[end:start])
        yield Piece(tuple(fold(printed).split()), printed)
        end = stop
    yield from _plain(text[end:])


def _plain(text: str) -> Iterator[Piece]:
    return (Piece((word,)) for word in fold(text).split())


def _bills(text: str) -> Iterator[tuple[int, int, str]]:
    """Find the numbers of bills in their chamber's notation: where each stands, and how it is indexed."""
    for match in _PERU.finditer(text):
        yield match.start(), match.end(), str(int(match["full"] or match["bare"]))
    for match in _US.finditer(text):
        *before, last = match[0].split(" ")
        for take in range(len(before), -1, -1):
            # The longest stretch of words that ends here and is a measure: `on H R 2638` is `H.R. 2638`.
            candidate = " ".join([*before[len(before) - take :], last])
            bill = united_states(candidate, 0)
            if bill is not None:
                yield match.end() - len(candidate), match.end(), bill.number
                break
