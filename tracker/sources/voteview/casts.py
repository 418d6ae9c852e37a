"""How does the table of who voted how come in, twenty-six million rows of it, a hundred roll calls at a time?

It is read in blocks by columns, never whole. Its rows stand in order of Congress, chamber and roll call, as published;
that those of a hundred roll calls stand together is all that is asked.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow
from numpy.typing import NDArray

from tracker.sources.contract import Unreadable
from tracker.sources.voteview.tables import CHAMBERS, VOTES, header

A_LEAF = 100
"""Roll calls that are one document: the first hundred of a Congress, the second, and so on."""
NUMBERS = ("congress", "rollnumber", "icpsr", "cast_code")
CODES = 9
Array = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one leaf: roll call, member, code, and the line each stands in."""

    congress: int
    leaf: int
    roll: Array
    icpsr: Array
    code: Array
    line: Array


def leaves(path: Path, chamber: str) -> Iterator[Rows]:
    """Yield the rows of one chamber, a leaf at a time. Unreadable: `bad_number`, `unknown_code`, `not_together`."""
    met: set[int] = set()
    held: list[Array] = []
    key = -1
    for block in _blocks(path, chamber):
        keys = block[0] * 1000 + (block[1] - 1) // A_LEAF
        cuts = [0, *(np.flatnonzero(np.diff(keys)) + 1).tolist(), len(keys)]
        for start, end in pairwise(cuts):
            if start == end:
                continue
            if keys[start] != key:
                if held:
                    yield _rows(key, held)
                held, key = [], int(keys[start])
                if key in met:
                    raise Unreadable(
                        "not_together",
                        f"{path.name}, line {block[4][start]}: roll call {block[1][start]} of Congress "
                        f"{block[0][start]} comes again after others; its rows have to stand together",
                    )
                met.add(key)
            held.append(block[:, start:end])
    if held:
        yield _rows(key, held)


def _rows(key: int, held: list[Array]) -> Rows:
    _, roll, icpsr, code, line = np.concatenate(held, axis=1)
    return Rows(key // 1000, key % 1000, roll, icpsr, code, line)


def _blocks(path: Path, chamber: str) -> Iterator[Array]:
    """Yield blocks of five rows of numbers: Congress, roll call, member, code, line."""
    types: dict[str, Any] = {name: pa.int64() for name in NUMBERS} | {"chamber": pa.string()}
    reading = arrow.ReadOptions(use_threads=False, block_size=1 << 22)
    wanted = arrow.ConvertOptions(column_types=types, include_columns=list(VOTES), strings_can_be_null=False)
    line = 2
    try:
        with arrow.open_csv(
            path, reading, arrow.ParseOptions(newlines_in_values=False, ignore_empty_lines=False), wanted
        ) as blocks:
            for block in blocks:
                yield _checked(path, block, chamber, line)
                line += len(block)
    except pa.ArrowInvalid as error:
        raise _placed(path) or Unreadable("bad_row", f"{path.name}: {error}") from error


def _checked(path: Path, block: Any, chamber: str, line: int) -> Array:
    """Return the rows of a chamber as numbers."""
    columns = {name: block.column(name) for name in VOTES}
    houses = columns["chamber"].dictionary_encode()
    named = houses.dictionary.to_pylist()
    if not set(named) <= set(CHAMBERS) or any(columns[name].null_count for name in NUMBERS):
        raise _placed(path) or Unreadable("bad_row", f"{path.name}: a chamber or number is missing")
    found = np.array([*(columns[name].to_numpy() for name in NUMBERS), np.arange(line, line + len(block))])
    if (found[:3] < 1).any() or (found[3] < 0).any() or (found[3] > CODES).any():
        odd = (found[:3] < 1).any(axis=0) | (found[3] < 0) | (found[3] > CODES)
        at = int(np.flatnonzero(odd)[0])
        said = ", ".join(f"{name} {value}" for name, value in zip(NUMBERS, found[:4, at], strict=True))
        code = "unknown_code" if not 0 <= found[3][at] <= CODES else "bad_number"
        raise Unreadable(code, f"{path.name}, line {line + at}: {said}; cast codes go from 0 to 9, the rest from 1")
    if named == [chamber]:
        return found
    mine = houses.indices.to_numpy() == named.index(chamber) if chamber in named else np.zeros(len(block), bool)
    return found[:, mine]


def _placed(path: Path) -> Unreadable | None:
    """Look for the first row that does not keep to the form, line by line: slower, and it says where."""
    names = header(path, VOTES)
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
        for line, row in enumerate(islice(csv.reader(lines), 1, None), 2):
            where = f"{path.name}, line {line}"
            if len(row) != len(names):
                return Unreadable("bad_row", f"{where}: {len(row)} fields, expected {len(names)}")
            said = dict(zip(names, row, strict=True))
            if said["chamber"] not in CHAMBERS:
                return Unreadable("unknown_chamber", f"{where}: chamber holds {said['chamber'][:40]!r}")
            for name in NUMBERS:
                if not (said[name].isascii() and said[name].isdigit() and len(said[name]) < 10):
                    return Unreadable("bad_number", f"{where}: {name} holds {said[name][:40]!r}, expected a number")
    return None
