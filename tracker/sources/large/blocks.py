"""How does a table of who voted how come in, millions of rows of it, a leaf at a time?

It is read in blocks by columns, never whole. That the rows of a leaf stand together is all that is asked.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow
from numpy.typing import NDArray

from tracker.sources.contract import Unreadable
from tracker.sources.large.rows import BROKEN, header, is_whole, opened

Array = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Form:
    """What is read of a table: columns of whole numbers, and columns of words that may be any or have to be known.

    `unknown` is the code of the error for a word that is not.
    """

    numbers: tuple[str, ...]
    words: Mapping[str, Sequence[str] | None]
    unknown: str

    @property
    def columns(self) -> tuple[str, ...]:
        """All of them."""
        return *self.numbers, *self.words


def blocks(path: Path, form: Form) -> Iterator[tuple[Any, Array]]:
    """Yield blocks of a table, by columns, and the line each row stands in.

    Unreadable: `missing_column`, `bad_row`, `bad_number`, or the form's code for a word that is not known.
    """
    types: dict[str, Any] = {name: pa.int64() for name in form.numbers} | {name: pa.string() for name in form.words}
    reading = arrow.ReadOptions(use_threads=False, block_size=1 << 20)
    parsing = arrow.ParseOptions(newlines_in_values=False, ignore_empty_lines=False)
    wanted = arrow.ConvertOptions(column_types=types, include_columns=list(form.columns), strings_can_be_null=False)
    line = 2
    try:
        with (
            pa.input_stream(str(path), compression="detect") as raw,
            arrow.open_csv(raw, reading, parsing, wanted) as some,
        ):
            for block in some:
                if any(block.column(name).null_count for name in form.numbers):
                    raise placed(path, form) or Unreadable("bad_row", f"{path.name}: a number is missing")
                yield block, np.arange(line, line + len(block))
                line += len(block)
    except (pa.ArrowInvalid, OSError) as error:
        raise placed(path, form) or Unreadable("bad_row", f"{path.name}: {error}") from error


def coded(path: Path, form: Form, block: Any, name: str, known: Sequence[str]) -> Array:
    """Return a column of words as places among the known ones. Unreadable: the form's code for a word that is not."""
    words = block.column(name).dictionary_encode()
    said = words.dictionary.to_pylist()
    if not set(said) <= set(known):
        raise placed(path, form) or Unreadable("bad_row", f"{path.name}: {name} holds {said}")
    places: Array = np.array([known.index(one) for one in said], np.int64)
    found: Array = places[words.indices.to_numpy()]
    return found


def placed(path: Path, form: Form) -> Unreadable | None:
    """Look for the first row that does not keep to the form, line by line: slower, and it says where."""
    names = header(path, form.columns)
    line = 2
    with opened(path) as lines:
        try:
            for row in islice(csv.reader(lines), 1, None):
                fault = _fault(row, names, form, f"{path.name}, line {line}")
                if fault is not None:
                    return fault
                line += 1
        except BROKEN as error:
            return Unreadable("bad_row", f"{path.name}, line {line}: {error}")
    return None


def _fault(row: Sequence[str], names: Sequence[str], form: Form, where: str) -> Unreadable | None:
    if len(row) != len(names):
        return Unreadable("bad_row", f"{where}: {len(row)} fields, expected {len(names)}")
    said = dict(zip(names, row, strict=True))
    for name, known in form.words.items():
        if known is not None and said[name] not in known:
            return Unreadable(form.unknown, f"{where}: {name} holds {said[name][:40]!r}, expected {', '.join(known)}")
    for name in form.numbers:
        if not is_whole(said[name]):
            return Unreadable("bad_number", f"{where}: {name} holds {said[name][:40]!r}, expected a number")
    return None


def together(pieces: Iterable[tuple[Array, Array]], again: Callable[[Array], str]) -> Iterator[tuple[int, Array]]:
    """Join the rows of each key, given with the keys of blocks. Unreadable: `not_together`, in the words of `again`."""
    met: set[int] = set()
    held: list[Array] = []
    key = -1
    for keys, block in pieces:
        cuts = [0, *(np.flatnonzero(np.diff(keys)) + 1).tolist(), len(keys)]
        for start, end in pairwise(cuts):
            if start == end:
                continue
            if keys[start] != key:
                if held:
                    yield key, np.concatenate(held, axis=1)
                held, key = [], int(keys[start])
                if key in met:
                    raise Unreadable("not_together", again(block[:, start]))
                met.add(key)
            held.append(block[:, start:end])
    if held:
        yield key, np.concatenate(held, axis=1)


def stranger(found: Array, known: Callable[[int], bool]) -> int | None:
    """Return the place of the first row that holds something unknown."""
    unknown = [one for one in np.unique(found).tolist() if not known(one)]
    return int(np.flatnonzero(np.isin(found, unknown))[0]) if unknown else None


def second(call: Array, member: Array) -> int | None:
    """Return the place of the first row of a member who has one in that roll call already."""
    order = np.lexsort((member, call))
    same = (np.diff(call[order]) == 0) & (np.diff(member[order]) == 0)
    again = np.flatnonzero(same)
    return int(order[again + 1].min()) if len(again) else None


def lines_of(call: Array, seat: Array, code: Array) -> tuple[list[int], list[int], NDArray[np.uint8]]:
    """Return roll calls and seats, each once and in order, and a line of figures for each roll call: a code a seat."""
    calls, row = np.unique(call, return_inverse=True)
    seats, column = np.unique(seat, return_inverse=True)
    found = np.full((len(calls), len(seats)), ord("0"), np.uint8)
    found[row, column] = code + ord("0")
    return calls.tolist(), seats.tolist(), found
