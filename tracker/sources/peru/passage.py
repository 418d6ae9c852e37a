"""Which lines below the tables of a vote sheet are the chair's note, and is a piece of it lost?

The note's grammar cannot notice that a whole line of names is gone: both ends still read well. How the lines stand
tells it: they follow each other evenly, begin at one edge, and no line ends where the next word had room.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tracker.domain.evidence import Word
from tracker.domain.people import fold
from tracker.sources.peru.form import LINE, Line, figure, lines, middle
from tracker.sources.peru.head import joined

FAINT = 0.35
"""Below this a word outside roll and tables is a piece of a stamp."""
EDGE = 0.015
"""How far the beginning of a line may be from the note's left edge, as a share of the page's width."""
APART = 2.75 * LINE
"""Two lines farther apart have room for one between them: lines follow each other every 0.010 to 0.013 of the page."""
FAR = 4 * LINE
"""What stands farther below is not the note's."""
BLANK, BESIDE = 0.024, 0.05
"""The widest blank between two words of a line, also where lines are stretched to one width; and how far to the right
of a line nothing belongs to it any more."""
ROOM = 1.6
"""How many times wider than the next line's first word the room at the end of a line must be for it to be missed."""
WIDE = 0.1
"""Width, as a share of the page's, from which print above the note may have been its first line."""
_KNOWN = re.compile(
    r"asistenciapara|quorum(no)?alcanzado|reportedevot|copiainformativa|informacionprovisional|sin(losvotos|registros)orales"
)
"""What is always printed there, folded and without blanks."""


@dataclass(frozen=True, slots=True)
class Passage:
    """The text of the note, its lines joined, and where a piece of it seems to be lost, in words."""

    text: str
    torn: tuple[str, ...]


def read(words: Sequence[Word], edge: float, last: float) -> Passage:
    """Read the note among the words below the table by group and above the footnote and the record's number.

    It is lines of prose with one left edge, right of the totals (`edge`) or below the `last` of them. Torn words of
    stamps are left out.
    """
    prose = [w for w in words if _is_prose(w) and (w.box[0] > edge - 0.03 or middle(w) > last + LINE)]
    if not prose:
        strange = [w for w in words if w.box[0] > edge and w.box[2] - w.box[0] > 2 * WIDE and not _is_known(w)]
        return Passage("", tuple(f"print below the table is not legible: {w.text[:60]!r}" for w in strange))
    left, above = min(w.box[0] for w in prose), min(map(middle, prose))
    around = [w for w in words if w.box[0] > left - EDGE and not (w.box[2] < edge + LINE and figure(w) is not None)]
    taken: list[Line] = []
    for line in lines(w for w in around if middle(w) > above - LINE):
        if abs(line.words[0].box[0] - left) > EDGE or (taken and line.middle - taken[-1].middle > FAR):
            continue
        taken.append(Line(tuple(_own(line))))
    return Passage(joined([line.text for line in taken]), tuple(_torn(taken, around)))


def _own(line: Line) -> Iterator[Word]:
    """Yield the words of a line of prose, without what a stamp beside it adds."""
    before: Word | None = None
    for word in line.words:
        if before is not None and (word.box[0] - before.box[2] > BESIDE or word.confidence < FAINT):
            return
        before = word
        yield word


def _torn(taken: Sequence[Line], around: Sequence[Word]) -> Iterator[str]:
    """Say where a line, a word or the end of a line seems to be missing."""
    right = max(line.words[-1].box[2] for line in taken)
    for line in taken:
        for word, following in pairwise(line.words):
            if following.box[0] - word.box[2] > BLANK:
                yield f"something is missing between {word.text[-30:]!r} and {following.text[:30]!r}"
    for line, below in pairwise(taken):
        if below.middle - line.middle > APART:
            yield f"a line is missing between {line.text[-30:]!r} and {below.text[:30]!r}"
        elif right - line.words[-1].box[2] > ROOM * _first_word(below):
            yield f"the line seems to go on after {line.text[-30:]!r}"
    mine = {word for line in taken for word in line.words}
    for word in around:
        if word not in mine and not _is_known(word) and _may_belong(word, taken, right):
            yield f"print beside the note is not part of it: {word.text[:60]!r}"


def _may_belong(word: Word, taken: Sequence[Line], right: float) -> bool:
    """Whether a word that was not taken may be the note's: it stands within it, or is like a line of it."""
    letters = sum(sign.isalpha() for sign in word.text)
    top, bottom = taken[0].middle, taken[-1].middle
    if middle(word) < top - LINE / 2:
        return letters > 0 and word.box[2] - word.box[0] > WIDE
    if middle(word) > bottom + LINE / 2:
        return _is_prose(word)
    level = any(abs(middle(word) - line.middle) < LINE / 2 for line in taken)
    return letters >= (1 if level else 3) and word.box[0] < right


def _first_word(line: Line) -> float:
    """Return how wide the first word of a line is with the blank before it, letters taken as equally wide."""
    text = line.words[0].text
    width = line.words[0].box[2] - line.words[0].box[0]
    return width * (len(text.split(" ", 1)[0]) + 1) / max(1, len(text))


def _is_known(word: Word) -> bool:
    return _KNOWN.search(fold(word.text).replace(" ", "")) is not None


def _is_prose(word: Word) -> bool:
    """Whether a run is a line of running text: several words, most of their letters small or about votes (2022)."""
    letters = [sign for sign in word.text if sign.isalpha()]
    small = sum(sign.islower() for sign in letters)
    plain = fold(word.text)
    about = re.search(r"constancia|voto|congresista", plain) is not None
    return len(word.text.split()) >= 4 and (small > 0.5 * len(letters) or about) and not _is_known(word)
