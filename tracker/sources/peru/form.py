"""What is printed where on a page of a vote sheet: its head, its roll, its totals, its table by group, its note?

A page is one record, of an attendance or of a vote: head; a roll of up to 130 rows (group, name, code) in three
columns, alphabetical down each column; totals by code; a table by group; the chair's note; the record's number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from tracker.domain.evidence import Page, Word
from tracker.domain.form import Form
from tracker.domain.people import fold
from tracker.sources.peru import groups

LINE = 0.006
"""Half a line of print, as a share of the page's height: words closer than this stand on one line."""

NUMBERS, BENCHES = 0.353, 0.382
"""Where the totals end and where the codes of the groups begin, counted from the first names in reaches of the roll."""
COLUMNS = (1.032, 1.13, 1.224, 1.335)
"""Where the four figures of a group end on the sheet of a vote, counted likewise."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the roll; a cell is None where nothing could be read."""

    group: Word | None
    name: Word | None
    code: Word | None
    place: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Line:
    """The words of one line below or above the roll, from left to right."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words with a blank between."""
        return " ".join(word.text for word in self.words)

    @property
    def middle(self) -> float:
        """How far down the page it stands."""
        return sum(middle(word) for word in self.words) / len(self.words)


@dataclass(frozen=True, slots=True)
class Layout:
    """A page cut into its parts: lines of the head, rows of the roll in reading order, words below the roll.

    `first` and `reach` place the roll: the left edge of the first column of names, and how far the last one is from it.
    """

    number: int
    head: tuple[Line, ...]
    rows: tuple[Row, ...]
    foot: tuple[Word, ...]
    first: float
    reach: float
    right: float

    def at(self, place: float) -> float:
        """Turn a place counted in reaches of the roll into a share of the page's width."""
        return self.first + place * self.reach


def middle(word: Word) -> float:
    """How far down the page the middle of a word stands."""
    return (word.box[1] + word.box[3]) / 2


def lines(words: Iterable[Word]) -> list[Line]:
    """Put words that stand on one line together, lines from the top."""
    found: list[list[Word]] = []
    for word in sorted(words, key=middle):
        if found and middle(word) - middle(found[-1][0]) < LINE:
            found[-1].append(word)
        else:
            found.append([word])
    return [Line(tuple(sorted(line, key=lambda w: w.box[0]))) for line in found]


def layout(page: Page) -> Layout | None:
    """Cut a page into its parts; None if it holds no roll."""
    rows = list(_rows(page.words))
    if len(rows) < 10:
        return None
    cells = [word for row in rows for word in (row.group, row.name, row.code) if word is not None]
    top, bottom = min(map(middle, cells)), max(map(middle, cells))
    outside = [word for word in page.words if word.cell is None]
    head = [word for word in outside if middle(word) < top]
    foot = [word for word in outside if middle(word) > bottom]
    names = [[word.box[0] for row in rows if row.place[0] == n and (word := row.name)] for n in (0, 2)]
    if not all(names):
        return None
    first, last = (sorted(edges)[len(edges) // 2] for edges in names)
    right = max(word.box[2] for word in cells)
    return Layout(page.number, tuple(lines(head)), tuple(rows), tuple(foot), first, last - first, right)


def _rows(words: Sequence[Word]) -> Iterable[Row]:
    placed = sorted((word for word in words if word.cell is not None), key=lambda w: w.cell or (0, 0, 0))
    for place, cells in groupby(placed, key=lambda w: (w.cell or (0, 0, 0))[:2]):
        by_cell = {word.cell[2]: word for word in cells if word.cell}
        yield Row(by_cell.get(0), by_cell.get(1), by_cell.get(2), place)


_DIGITS = str.maketrans(
    {"o": "0", "O": "0", "Q": "0", "D": "0", "S": "5", "s": "5", "l": "1", "I": "1", "i": "1", "B": "8"}
)


def figure(word: Word | None) -> int | None:
    """Read a number of at most three digits, letters that look like digits included; None if it is none."""
    if word is None:
        return None
    text = word.text.strip(" .,:;'").translate(_DIGITS)
    return int(text) if re.fullmatch(r"[0-9]{1,3}", text) else None


def near(text: str, *words: str) -> bool:
    """Whether a folded text begins with one of these words, a wrong letter in each aside."""
    plain = fold(text).replace(" ", "")
    return any(_apart(plain[: len(word)], word) <= max(1, len(word) // 6) for word in words)


def _apart(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=False)) + abs(len(one) - len(other))


def of(codes: Iterable[str]) -> Form:
    """Return the form of a vote sheet: three columns of group, name and code, and the lists its cells draw from.

    Where the columns stand was measured on scans of 2022 to 2024; from one to the next they differ by less than half a
    hundredth of the distance between the first and the last column of names.
    """
    lefts = ((-0.079, 0.0, 0.3505), (0.4248, 0.502, 0.849), (0.9228, 1.0, 1.3485))
    known = dict.fromkeys(group.code for group in groups.groups())
    return Form(("group", "name", "code"), "name", lefts, {"group": tuple(known), "code": tuple(codes)}, most=130)
