"""How are tables written in each format, and how does a file appear whole or not at all?"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO, cast

import pyarrow.parquet as pq

from tracker.publish.codebook import Sheet
from tracker.publish.formats import Format
from tracker.publish.lines import Take, csv_into, json_into, ndjson_into
from tracker.publish.tables import Table


def write(tables: Sequence[Table], form: Format, sink: BinaryIO, title: str) -> int:
    """Write tables into a file; return how many rows. Raise ValueError for several, but in a workbook."""
    if form is Format.XLSX:
        from tracker.publish.workbook import Book  # noqa: PLC0415 - its library takes 14 MB, which no other file needs

        book = Book(sink, title)
        rows = sum(book.add(table.sheet, table) for table in tables)
        book.close([table.sheet for table in tables])
        return rows
    if len(tables) != 1:
        raise ValueError(f"a file of {form} holds one table, not {len(tables)}")
    (table,), rows = tables, 0
    with _INTO[form](sink, table.sheet) as take:
        for batch in table:
            take(batch)
            rows += batch.num_rows
    return rows


@contextmanager
def parquet_into(sink: BinaryIO, sheet: Sheet) -> Iterator[Take]:
    """Give what takes the rows of a table and writes them as Parquet, each batch a group of rows."""
    with pq.ParquetWriter(sink, sheet.schema, compression="snappy") as writer:
        yield writer.write_batch


_INTO: dict[Format, Callable[[BinaryIO, Sheet], AbstractContextManager[Take]]] = {
    Format.CSV: csv_into,
    Format.JSON: json_into,
    Format.NDJSON: ndjson_into,
    Format.PARQUET: parquet_into,
}


@contextmanager
def appearing(path: Path) -> Iterator[BinaryIO]:
    """Open a file that takes its name only once it is whole; if the block fails, nothing is left of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    held = NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False)  # noqa: SIM115
    try:
        with held:
            yield cast(BinaryIO, held)
            held.flush()
            os.fsync(held.fileno())
        umask = os.umask(0)
        os.umask(umask)
        Path(held.name).chmod(0o666 & ~umask)
        Path(held.name).replace(path)
    except BaseException:
        Path(held.name).unlink(missing_ok=True)
        raise
