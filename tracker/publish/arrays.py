"""How do cells become typed columns without pandas?

`pyarrow.array` loads pandas wherever it is installed, to see whether it was handed a piece of it: a second of a
processor and 50 MB that a file does not need. A column is put together here from what Arrow is made of: values, gaps.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tracker.publish.codebook import ARROW, Column, Kind
from tracker.queries.files import columns as held

_EPOCH = date(1970, 1, 1).toordinal()
_NUMBER: Mapping[Kind, tuple[type, Callable[[Any], int]]] = {
    Kind.INTEGER: (np.int32, int),
    Kind.FLAG: (np.uint8, int),
    Kind.DATE: (np.int32, lambda day: day.toordinal() - _EPOCH),
    Kind.CLOCK: (np.int64, lambda at: int(at.replace(tzinfo=UTC).timestamp())),
    Kind.MOMENT: (np.int64, lambda at: int(at.timestamp())),
}
"""How wide the numbers are that stand for a kind of cell, and which they are."""


def array(column: Column, cells: held.Column) -> pa.Array:
    """Return a column in its type."""
    if not isinstance(cells, held.Coded):
        return _words(cells) if column.kind is Kind.WORD else _plain(column.kind, cells)
    places = _numbers(pa.int32(), cells.places, cells.none)
    if column.kind is Kind.WORD:
        return pa.DictionaryArray.from_arrays(places, _texts(cells.values))
    return _plain(column.kind, cells.values).take(places)


def _words(cells: Sequence[str | None]) -> pa.Array:
    seen: dict[str, int] = {}
    places = np.array([-1 if cell is None else seen.setdefault(cell, len(seen)) for cell in cells], dtype=np.int32)
    gaps = places < 0
    return pa.DictionaryArray.from_arrays(_numbers(pa.int32(), places, gaps if gaps.any() else None), _texts([*seen]))


def _plain(kind: Kind, cells: Sequence[Any]) -> pa.Array:
    if kind is Kind.TEXT:
        return _texts(cells)
    width, number = _NUMBER[kind]
    values: npt.NDArray[Any] = np.array([0 if cell is None else number(cell) for cell in cells], dtype=width)
    return _numbers(ARROW[kind], np.packbits(values, bitorder="little") if kind is Kind.FLAG else values, _gaps(cells),
                    len(cells))  # fmt: skip


def _texts(cells: Sequence[str | None]) -> pa.Array:
    written = [b"" if cell is None else cell.encode() for cell in cells]
    ends = np.zeros(len(written) + 1, dtype=np.int32)
    np.cumsum([len(one) for one in written], out=ends[1:])
    buffers = [_there(_gaps(cells)), pa.py_buffer(ends), pa.py_buffer(b"".join(written))]
    return pa.Array.from_buffers(pa.string(), len(written), buffers)


def _numbers(
    kind: pa.DataType, values: npt.NDArray[Any], gaps: npt.NDArray[np.bool_] | None, length: int | None = None
) -> pa.Array:
    size = len(values) if length is None else length
    return pa.Array.from_buffers(kind, size, [_there(gaps), pa.py_buffer(np.ascontiguousarray(values))])


def _gaps(cells: Sequence[Any]) -> npt.NDArray[np.bool_] | None:
    return np.array([cell is None for cell in cells], dtype=bool) if None in cells else None


def _there(gaps: npt.NDArray[np.bool_] | None) -> pa.Buffer | None:
    """Return which cells have a value, a bit each; None: all have."""
    return None if gaps is None else pa.py_buffer(np.packbits(~gaps, bitorder="little"))


__all__ = ["array"]
