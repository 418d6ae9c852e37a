"""How is a table written as text: CSV for spreadsheets and data desks, JSON as one array, or one object a line?"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from tracker.publish.codebook import FRICTIONLESS, Kind, Sheet
from tracker.publish.guard import AT_START, CELL, NUL

Take = Callable[[pa.RecordBatch], object]
"""What takes the rows of a table, batch by batch."""

AT_ONCE = 8_192
"""Rows put into words at once."""
BOM = "\ufeff".encode()
"""Tells Excel that a file is UTF-8; without it accents come out wrong. pandas, DuckDB and R take it away."""


def guarded(texts: pa.Array) -> pa.Array:
    """Return texts that no spreadsheet takes for formulas; signs that end a text early (NUL) are left out."""
    if pa.types.is_dictionary(texts.type):
        return pa.DictionaryArray.from_arrays(texts.indices, guarded(texts.dictionary))
    bare = pc.replace_substring(texts, NUL, "")
    cells = pc.replace_substring_regex(bare, CELL, r"\1'\2\3")
    return pc.replace_substring_regex(cells, AT_START, r"'\1")


@contextmanager
def csv_into(sink: BinaryIO, sheet: Sheet, *, bom: bool = True) -> Iterator[Take]:
    """Give what takes the rows of a table and writes them as CSV (RFC 4180, lines end in LF). No cell is a formula."""
    plain = pa.schema([pa.field(c.name, _PLAIN.get(c.kind, pa.string())) for c in sheet.columns])
    if bom:
        sink.write(BOM)
    with csv.CSVWriter(sink, plain) as writer:

        def take(batch: pa.RecordBatch) -> None:
            for some in _slices(batch):
                arrays = [_cells(c.kind, some.column(c.name)) for c in sheet.columns]
                writer.write_batch(pa.RecordBatch.from_arrays(arrays, schema=plain))

        yield take


_PLAIN = {Kind.INTEGER: pa.int32(), Kind.FLAG: pa.bool_()}


def _cells(kind: Kind, column: pa.Array) -> pa.Array:
    if kind is Kind.WORD:
        return guarded(column).dictionary_decode()
    return guarded(column) if kind is Kind.TEXT else _dated(kind, column)


def _dated(kind: Kind, column: pa.Array) -> pa.Array:
    """Write days and moments as ISO 8601 has them; anything else stays as it is."""
    form = FRICTIONLESS[kind].get("format")
    return column if form is None else pc.strftime(column, form)


@contextmanager
def json_into(sink: BinaryIO, sheet: Sheet) -> Iterator[Take]:
    """Give what takes the rows of a table and writes them as an array of objects, one a line."""
    between = b"\n"
    sink.write(b"[")

    def take(batch: pa.RecordBatch) -> None:
        nonlocal between
        for some in _slices(batch):
            sink.write(between + ",\n".join(_objects(sheet, some)).encode())
            between = b",\n"

    yield take
    sink.write(b"\n]\n")


@contextmanager
def ndjson_into(sink: BinaryIO, sheet: Sheet) -> Iterator[Take]:
    """Give what takes the rows of a table and writes them as an object on each line."""

    def take(batch: pa.RecordBatch) -> None:
        for some in _slices(batch):
            sink.write("".join(f"{line}\n" for line in _objects(sheet, some)).encode())

    yield take


def _slices(batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    """Cut a batch into what is written at once: in words it is many times as large."""
    return (batch.slice(begin, AT_ONCE) for begin in range(0, batch.num_rows, AT_ONCE))


def _objects(sheet: Sheet, batch: pa.RecordBatch) -> list[str]:
    """Return each row as an object. Each different value is put into JSON's words once."""
    names = [json.dumps(column.name).replace("%", "%%") for column in sheet.columns]
    form = "{" + ", ".join(f"{name}: %s" for name in names) + "}"
    cells = [_written(column.kind, batch.column(column.name)) for column in sheet.columns]
    return [form % row for row in zip(*cells, strict=True)]


def _written(kind: Kind, column: pa.Array) -> list[str]:
    dated = _dated(kind, column)
    if not pa.types.is_dictionary(dated.type):
        return [json.dumps(value, ensure_ascii=False) for value in dated.to_pylist()]
    known = [json.dumps(value, ensure_ascii=False) for value in dated.dictionary.to_pylist()]
    return ["null" if place is None else known[place] for place in dated.indices.to_pylist()]
