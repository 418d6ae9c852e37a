"""What are the words, numbers and signs of a text, and where does a sentence end?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tracker.claims.lexicon import listed
from tracker.domain.people import fold
from tracker.domain.spelled import Language

_TOKEN = re.compile(
    r"\d+(?:[.,]\d+)*"  # a number, with points and commas inside it
    r"|[^\W\d_](?:[^\W\d_]|[\u0300-\u036f]|['’](?=[^\W\d_]))*"  # a word
    r"|\n[ \t\r\n]*"
    r"|[^\w\s]"
)
LONGEST = 250
"""Words and signs of a sentence; a longer one is read in pieces, so that reading takes time by the word."""
DASHES = frozenset("-\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d")
_SHORTENED = frozenset(listed("tokens", "shortened"))
_STARTERS = frozenset(listed("tokens", "starters"))
_SPANISH = frozenset(listed("tokens", "spanish"))
_ENGLISH = frozenset(listed("tokens", "english"))


@dataclass(slots=True)
class Token:
    """A word, number or sign: `text` as written, `plain` folded (a sign as it is, a line end as a line feed).

    Nobody changes one; freezing ten thousand of them would take a tenth of the time an article is read in.
    """

    text: str
    plain: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        """Whether it is a word that begins with a capital."""
        return self.text[0].isupper()

    @property
    def digits(self) -> bool:
        """Whether it is a number written in digits."""
        return self.text[0].isdigit()

    @property
    def dash(self) -> bool:
        """Whether it is a dash of any length."""
        return self.text in DASHES

    @property
    def joint(self) -> bool:
        """Whether it is a sign that stands between the figures of a tally: a dash or a slash."""
        return self.text == "/" or self.dash


@lru_cache(maxsize=16384)
def _plain(text: str) -> str:
    if text[0].isdigit():
        return text
    if text[0] == "\n":
        return "\n\n" if text.count("\n") > 1 else "\n"
    cut = text.replace("’", "'")
    return fold(cut[:-2] if cut.endswith(("'s", "'S")) else cut).replace(" ", "") or text


def tokens(text: str) -> list[Token]:
    """Cut a text into words, numbers, signs and line ends."""
    return [Token(m[0], _plain(m[0]), m.start(), m.end()) for m in _TOKEN.finditer(text)]


def language(words: Sequence[Token], default: Language = "es") -> Language:
    """Tell Spanish from English by the small words."""
    spanish = sum(token.plain in _SPANISH for token in words)
    english = sum(token.plain in _ENGLISH for token in words)
    return default if spanish == english else "es" if spanish > english else "en"


def paragraphs(found: Sequence[Token]) -> Iterator[list[Token]]:
    """Return the tokens of each paragraph; a line that stands by itself, as a headline does, is one."""
    part: list[Token] = []
    for place, token in enumerate(found):
        if token.plain == "\n\n" or (token.plain == "\n" and _breaks(part, found, place)):
            if part:
                yield part
            part = []
        elif token.plain != "\n":
            part.append(token)
    if part:
        yield part


def _breaks(part: Sequence[Token], found: Sequence[Token], place: int) -> bool:
    """Whether a line end ends a paragraph: after a full stop, or after a short line that no list goes on from."""
    if not part or place + 1 >= len(found):
        return True
    last, after = part[-1], found[place + 1]
    if after.plain in "•*-–—":
        return False
    if last.plain in '.!?”"»':
        return last.end - part[0].start > 200
    return after.capital and len(part) > 5 and last.end - part[0].start < 120 and not _labelled(part)


def _labelled(line: Sequence[Token]) -> bool:
    return len(line) < 12 and any(token.digits for token in line) and any(token.plain == ":" for token in line)


def sentences(paragraph: Sequence[Token]) -> Iterator[list[Token]]:
    """Cut a paragraph into its sentences."""
    part: list[Token] = []
    for place, token in enumerate(paragraph):
        part.append(token)
        if len(part) >= LONGEST or (token.plain in (".", "!", "?", "…") and _ends(paragraph, place)):
            yield part
            part = []
    if part:
        yield part


def _initial(token: Token) -> bool:
    """Whether a word is a name cut to one letter: *Melvin L. Watt*."""
    return len(token.text) == 1 and token.text.isupper()


def _ends(paragraph: Sequence[Token], place: int) -> bool:
    if place + 1 >= len(paragraph):
        return True
    after = next((t for t in paragraph[place + 1 : place + 3] if t.plain not in "\"'“”«»‘’()¿¡"), None)
    if after is None:
        return True
    if not (after.capital or after.digits):
        return False
    before = paragraph[place - 1] if place else None
    if before is None or before.end != paragraph[place].start:
        return True
    if not before.digits and (before.plain in _SHORTENED or _initial(before)):
        return before.plain == "uu" and after.plain in _STARTERS
    # A figure ends a sentence only before a space: `12.5`, `31.751` are one token.
    return after.start > paragraph[place].end
