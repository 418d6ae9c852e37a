"""Which rows does the roll on a page hold: group, name, code, and names that have slipped off their rows?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from tracker.domain.people import fold
from tracker.sources.peru.chambers.slate import BREAK, Slate

_TOKEN = re.compile(rf"[^\s{BREAK}]+")
_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
MOST_WORDS = 12
"""Words of a name that stands on two lines, with the name of another row before it."""
COLUMNS = 3
"""Rows that stand beside each other; each column is alphabetical from top to bottom."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row as read. `name` keeps its line ends; None: the row has none. `code` None: it is none that is known.

    `start` and `end` are its place in the text, `loose` are names that stand behind its code and belong elsewhere.
    """

    group: str | None
    name: str | None
    code: str | None
    start: int = 0
    end: int = 0
    loose: tuple[str, ...] = ()


Spelled = Mapping[tuple[str, ...], str]
"""Codes by the words they are printed in: `("NO", "---")` is `NO ---`."""


def spelled(codes: Iterable[str]) -> Spelled:
    """Return how codes are printed: with their blanks, or without where the text has lost them."""
    known = tuple(codes)
    found = {(code.replace(" ", ""),): code for code in known}
    return found | {tuple(code.split()): code for code in known}


def read(slate: Slate, groups: Iterable[str], codes: Spelled) -> list[Row]:
    """Take the rows of the roll from a text, in its order, whether a line holds three rows or a part of one.

    A row begins with the code of a group and goes on to the next one: names never hold such a code. What has the shape
    of a row but no known code stands as a row without a code if it lies among the others, else it is left alone.
    """
    known = "|".join(sorted(map(re.escape, groups), key=len, reverse=True))
    if not known:
        return []
    starts = [m.start() for m in re.finditer(rf"(?<![^\s{BREAK}])(?:{known})(?![^\s{BREAK}])", slate.left)]
    ends = [*starts[1:], len(slate.left)]
    found = [_row(slate.left[start:end], start, codes) for start, end in zip(starts, ends, strict=False)]
    good = [i for i, row in enumerate(found) if row.code is not None]
    if not good:
        return []
    rows = found[good[0] : good[-1] + 1]
    for row in rows:
        slate.cut(row.start, row.end)
    return rows


def _row(text: str, start: int, codes: Spelled) -> Row:
    """Read the stretch from one group to the next, as far as nothing that was understood interrupts it."""
    text = text.partition(BREAK)[0]
    words = list(_TOKEN.finditer(text))
    plain = [_DASHES.sub("-", word[0]) for word in words]
    for i in range(1, min(len(words), MOST_WORDS + 2)):
        length = next((n for n in (2, 1) if len(plain) >= i + n and tuple(plain[i : i + n]) in codes), 0)
        if length and _is_name(plain[1:i]):
            behind = plain[i + length :]
            if any((word,) in codes for word in behind):
                break
            loose = _loose(text[words[i + length - 1].end() :])
            end = start + (len(text) if loose else words[i + length - 1].end())
            name = text[words[1].start() : words[i].start()] if i > 1 else None
            return Row(plain[0], _lines(name), codes[tuple(plain[i : i + length])], start, end, loose)
    name = _lines(text[len(words[0][0]) :])
    return Row(plain[0], name, None, start, start + len(text))


def _is_name(words: Sequence[str]) -> bool:
    """Whether words are in capitals, as the roll prints names, and hold no figures."""
    return all(word == word.upper() and not any(sign.isdigit() for sign in word) for word in words)


def _loose(text: str) -> tuple[str, ...]:
    """Return the names that stand behind a code; anything else there is none of the roll's."""
    lines = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
    return tuple(lines) if lines and all(_is_name(line.split()) and fold(line) for line in lines) else ()


def _lines(text: str | None) -> str | None:
    if text is None:
        return None
    return "\n".join(kept for line in text.split("\n") if (kept := " ".join(line.split()))) or None


Known = Callable[[str, str | None], bool]
"""Whether a name, with a group beside it, is one member's."""


def settle(rows: Sequence[Row], known: Known) -> tuple[list[Row], list[str]]:
    """Put names that have slipped off their rows back; return also those that cannot be told to belong to one row.

    A name may come in two lines, and the name of a row may stand before that of the next one (`FP SI … FP VELÁSQUEZ
    PORTOCARRERO / VENTURA ÁNGEL, HÉCTOR AUS`). A row gets the name back only if it is the one row without a name
    between whose neighbours it comes in the alphabet.
    """
    settled: list[Row] = []
    loose: list[tuple[str, str | None]] = []
    for row in rows:
        own, others = _own(row, known)
        settled.append(replace(row, name=own, loose=()))
        loose += [(name, row.group) for name in others]
        loose += [(name, None) for name in row.loose]
    left = []
    for name, _ in loose:
        empty = [i for i, row in enumerate(settled) if row.name is None]
        fits = [i for i in empty if known(name, settled[i].group) and _in_order(settled, i, name)]
        if len(fits) == 1:
            settled[fits[0]] = replace(settled[fits[0]], name=name)
        else:
            left.append(name)
    return settled, left


def _own(row: Row, known: Known) -> tuple[str | None, list[str]]:
    """Part the name on the line of the code from names that stand on lines before it."""
    if row.name is None or "\n" not in row.name:
        return row.name, []
    lines = row.name.split("\n")
    for cut in range(1, len(lines)):
        before, own = " ".join(lines[:cut]), " ".join(lines[cut:])
        if known(own, row.group) and known(before, None):
            return own, [before]
    return row.name.replace("\n", " "), []


def _in_order(rows: Sequence[Row], at: int, name: str) -> bool:
    """Whether a name comes between its neighbours, be the rows told line by line or column by column."""
    for step in (COLUMNS, 1):
        around = [rows[i].name if 0 <= i < len(rows) else None for i in (at - step, at + step)]
        before, after = (None if one is None else fold(one) for one in around)
        if (before or after) and (before is None or before < fold(name)) and (after is None or fold(name) < after):
            return True
    return False
