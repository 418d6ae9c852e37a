"""How wide are words in the fonts of our pictures, and in which lines do they fit a place?"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
MORE = "…"
UNKNOWN = 1.0
"""How wide a letter is taken to be that none of our fonts has: as wide as high, which hardly any exceeds."""
LONGEST = 4_000
"""Letters of a text that are looked at: no picture has room for more."""


@dataclass(frozen=True, slots=True)
class Face:
    """A font of our pictures: its file, and how a picture names it."""

    file: str
    family: str
    weight: int


SERIF = Face("SourceSerif4_600SemiBold.ttf", "'Source Serif 4', Georgia, serif", 600)
SANS = Face("PublicSans_400Regular.ttf", "'Public Sans', Arial, sans-serif", 400)
STRONG = Face("PublicSans_600SemiBold.ttf", "'Public Sans', Arial, sans-serif", 600)


@lru_cache(maxsize=4)
def _advances(face: Face) -> dict[int, float]:
    """Return how wide each letter of a font is, in shares of its size."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - takes a sixth of a second to load, and only pictures need it

    with TTFont(FONTS / face.file, lazy=True) as font:
        per_em, widths = font["head"].unitsPerEm, font["hmtx"].metrics
        return {letter: widths[glyph][0] / per_em for letter, glyph in font.getBestCmap().items()}


def clean(text: str) -> str:
    r"""Return text as a picture can hold it: one line, and nothing that is not seen (controls, turns of direction).

    >>> clean("no\u202esi\x00  \n<b>")
    'nosi <b>'
    """
    composed = unicodedata.normalize("NFC", text[:LONGEST])
    seen = (" " if letter.isspace() else letter for letter in composed)
    return " ".join("".join(letter for letter in seen if unicodedata.category(letter)[0] != "C").split())


def width(text: str, face: Face, size: float) -> float:
    """Return how many pixels wide a text is. Pairs that the font moves closer make it narrower still."""
    advances = _advances(face)
    return size * sum(_advance(letter, advances) for letter in text)


def known(text: str, face: Face) -> bool:
    """Whether a font has every letter of a text, so that its width is measured and not supposed."""
    return all(ord(letter) in _advances(face) for letter in text)


def _advance(letter: str, advances: dict[int, float]) -> float:
    known = advances.get(ord(letter))
    if known is None:
        return 0.0 if unicodedata.combining(letter) else UNKNOWN
    return known


def cut(text: str, face: Face, size: float, room: float) -> str:
    """Return a text that fits a line, its end replaced by `…` if it is too long."""
    if width(text, face, size) <= room:
        return text
    left, advances = room - width(MORE, face, size), _advances(face)
    kept = 0
    for letter in text:
        left -= size * _advance(letter, advances)
        if left < 0:
            break
        kept += 1
    return f"{text[:kept].rstrip(' ,;:–-')}{MORE}"


def lines(text: str, face: Face, size: float, room: float) -> list[str]:
    """Break a text into lines, between words where it can be."""
    found: list[str] = []
    blank, line, wide = width(" ", face, size), "", 0.0
    for word in _words(text, face, size, room):
        long = width(word, face, size)
        if line and wide + blank + long > room:
            found.append(line)
            line, wide = word, long
        else:
            line, wide = (f"{line} {word}", wide + blank + long) if line else (word, long)
    return [*found, line] if line else found


def _words(text: str, face: Face, size: float, room: float) -> Iterator[str]:
    """Hand out the words; one that is wider than a line comes in parts."""
    advances = _advances(face)
    for word in text.split(" "):
        start, wide = 0, 0.0
        for n, letter in enumerate(word):
            more = size * _advance(letter, advances)
            if wide + more > room and n > start:
                yield word[start:n]
                start, wide = n, 0.0
            wide += more
        yield word[start:]


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of one size, the distance from one to the next, and whether the end had to go."""

    size: float
    lines: tuple[str, ...]
    step: float
    cut: bool = False

    @property
    def height(self) -> float:
        """How high the lines stand together."""
        return self.step * len(self.lines)


def block(text: str, face: Face, room: float, height: float, sizes: Sequence[float], *, spaced: float = 1.18) -> Block:
    """Set a text as large as it fits a place, in lines about as long as each other.

    `sizes` go from the largest to the smallest; what does not fit even then ends in `…`.
    """
    for size in sizes:
        most = max(1, int(height / (size * spaced)))
        found = lines(text, face, size, room)
        if len(found) <= most:
            return Block(size, tuple(_even(text, found, face, size, room)), size * spaced)
    kept = found[: most - 1]
    rest = " ".join(found[most - 1 :])
    return Block(size, (*kept, cut(rest, face, size, room)), size * spaced, cut=True)


def _even(text: str, found: list[str], face: Face, size: float, room: float) -> list[str]:
    """Break a text anew in no more lines, as narrow as that goes."""
    least, most = room / 2, room
    while len(found) > 1 and most - least > size / 4:
        tried = (least + most) / 2
        if len(closer := lines(text, face, size, tried)) <= len(found):
            found, most = closer, tried
        else:
            least = tried
    return found
