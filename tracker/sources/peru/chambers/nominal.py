"""Who voted how in a roll call by name (VOTACIÓN NOMINAL): a numbered table with a P in one of three columns?

The mark is the same in every column, so nothing but its place tells what it means. Seen by others on sheets of 5 August
2026; no such page is held, so only what is certain is taken: a mark closer to one column than to any edge between two.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from tracker.domain.evidence import Word
from tracker.domain.people import fold
from tracker.sources.peru.chambers.roll import Row
from tracker.sources.peru.chambers.sums import UNMARKED
from tracker.sources.peru.form import lines

MARK = "P"
CODES = ("SI", "NO", "Abst.")
HEADS = {
    **dict.fromkeys(("si", "a favor"), 0),
    **dict.fromkeys(("no", "en contra"), 1),
    **dict.fromkeys(("abst", "abstencion", "abstenciones"), 2),
}
NEAR = 0.35
"""How far from the middle of its column a mark may stand, in distances between two columns."""
_NUMBER = re.compile(r"\d{1,3}[.)]?")


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    left: float
    right: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class _Table:
    """One of the tables that stand side by side: the middles of its three columns of marks, and where it begins."""

    columns: tuple[float, float, float]
    left: float

    @property
    def gap(self) -> float:
        first, second, third = self.columns
        return min(second - first, third - second)

    @property
    def right(self) -> float:
        return self.columns[2] + self.gap / 2


@dataclass(frozen=True, slots=True)
class Nominal:
    """The rows of a table, by number, and how far down the page it begins; `doubts` say what of it is not certain."""

    rows: dict[int, Row]
    top: float
    doubts: tuple[str, ...]


def read(words: Sequence[Word], groups: Collection[str]) -> Nominal | None:
    """Read a table by the places of its words; None if no line heads three columns of marks."""
    tables: list[_Table] = []
    rows: dict[int, Row] = {}
    doubts: list[str] = []
    top = 1.0
    for line in lines(words):
        tokens = [token for word in line.words for token in _tokens(word)]
        if heads := _heads(tokens):
            tables, top = heads, min(top, line.middle)
            continue
        for table in tables:
            part = [token for token in tokens if table.left <= token.middle < table.right]
            found = _row(part, table, groups)
            if found is None:
                continue
            number, row = found
            if number in rows:
                doubts.append(f"the number {number} stands beside two names: {rows[number].name}; {row.name}")
            else:
                rows[number] = row
    if not tables:
        return None
    return Nominal(rows, top, tuple(doubts))


def _tokens(word: Word) -> Iterator[_Token]:
    """Cut a run of words, each as wide as its share of the letters."""
    left, _, right, _ = word.box
    width = (right - left) / max(1, len(word.text))
    for match in re.finditer(r"\S+", word.text):
        yield _Token(match[0], left + match.start() * width, left + match.end() * width)


def _heads(tokens: Sequence[_Token]) -> list[_Table]:
    """Return the tables that a line heads: SI, NO and ABST., in this order, once or more."""
    named: list[tuple[int, float]] = []
    i = 0
    while i < len(tokens):
        for length in (2, 1):
            part = tokens[i : i + length]
            place = HEADS.get(fold(" ".join(token.text for token in part)))
            if len(part) == length and place is not None:
                named.append((place, (part[0].left + part[-1].right) / 2))
                i += length - 1
                break
        i += 1
    if not named or [place for place, _ in named] != [0, 1, 2] * (len(named) // 3):
        return []
    found: list[_Table] = []
    for k in range(0, len(named), 3):
        first, second, third = (middle for _, middle in named[k : k + 3])
        found.append(_Table((first, second, third), found[-1].right if found else 0.0))
    return found if all(table.gap > 0 for table in found) else []


def _row(tokens: Sequence[_Token], table: _Table, groups: Collection[str]) -> tuple[int, Row] | None:
    """Read one line of a table: a number, a name, at most one mark; None if it has no number or no name."""
    edge = table.columns[0] - table.gap / 2
    marks = [token for token in tokens if token.middle >= edge]
    named = [token.text for token in tokens if token.middle < edge]
    if len(named) < 2 or not _NUMBER.fullmatch(named[0]):
        return None
    group = next((word for word in (named[1], named[-1]) if word in groups), None)
    name = " ".join(word for word in named[1:] if word != group)
    if not fold(name) or any(sign.isdigit() for sign in name):
        return None
    return int(named[0].rstrip(".)")), Row(group, name, _code(marks, table))


def _code(marks: Sequence[_Token], table: _Table) -> str | None:
    """Return what the marks of a row say; None if that is not certain."""
    if not marks:
        return UNMARKED
    columns = [i for i, middle in enumerate(table.columns) if abs(marks[0].middle - middle) <= NEAR * table.gap]
    return CODES[columns[0]] if len(marks) == len(columns) == 1 and marks[0].text == MARK else None
