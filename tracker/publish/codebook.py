"""What is each column of a file: name, type, meaning, and who says so? One list for every format and page."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from tracker.publish import cells

FILE = Path(__file__).with_name("codebook.toml")


class Kind(StrEnum):
    """What the cells of a column hold."""

    WORD = "word"
    """Text that comes again and again."""
    TEXT = "text"
    INTEGER = "integer"
    FLAG = "flag"
    DATE = "date"
    CLOCK = "clock"
    """A moment by the chamber's clock."""
    MOMENT = "moment"
    """A moment in UTC."""


ARROW: Mapping[Kind, pa.DataType] = {
    Kind.WORD: pa.dictionary(pa.int32(), pa.string()),
    Kind.TEXT: pa.string(),
    Kind.INTEGER: pa.int32(),
    Kind.FLAG: pa.bool_(),
    Kind.DATE: pa.date32(),
    Kind.CLOCK: pa.timestamp("s"),
    Kind.MOMENT: pa.timestamp("s", tz="UTC"),
}
FRICTIONLESS: Mapping[Kind, dict[str, str]] = {
    Kind.WORD: {"type": "string"},
    Kind.TEXT: {"type": "string"},
    Kind.INTEGER: {"type": "integer"},
    Kind.FLAG: {"type": "boolean"},
    Kind.DATE: {"type": "date", "format": "%Y-%m-%d"},
    Kind.CLOCK: {"type": "datetime", "format": "%Y-%m-%dT%H:%M:%S"},
    Kind.MOMENT: {"type": "datetime", "format": "%Y-%m-%dT%H:%M:%SZ"},
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `said_by` is who says what stands there."""

    name: str
    kind: Kind
    en: str
    es: str
    said_by: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: what its rows are, and its columns in order; `key`: what tells its rows apart, if anything does."""

    name: str
    en: str
    es: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def schema(self) -> pa.Schema:
        """The types of its columns with their meaning, as Parquet keeps them."""
        return pa.schema(
            [
                pa.field(column.name, ARROW[column.kind], metadata={"description": column.en, "descripción": column.es})
                for column in self.columns
            ],
            metadata={"title": self.en, "título": self.es},
        )


@lru_cache(maxsize=1)
def sheets() -> Mapping[str, Sheet]:
    """Return every table by name."""
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    known = {
        name: Column(name, Kind(of["type"]), of["en"], of["es"], of["from"]) for name, of in told["columns"].items()
    }
    return {
        name: Sheet(name, of["en"], of["es"], tuple(of["key"]), tuple(known[column] for column in of["columns"]))
        for name, of in told["tables"].items()
    }


HEAD = ("table", "column", "type", "meaning", "significado", "said_by")


def lines(of: Iterable[Sheet]) -> Iterator[tuple[str, ...]]:
    """Return the codebook of some tables, a line for each column."""
    for sheet in of:
        for column in sheet.columns:
            kind = FRICTIONLESS[column.kind]["type"]
            yield (sheet.name, column.name, kind, column.en, column.es, column.said_by)


def as_csv() -> bytes:
    """Return the codebook of all tables as CSV."""
    return cells.sheet(HEAD, lines(sheets().values())).encode()


def schema(sheet: Sheet) -> dict[str, Any]:
    """Return a table's schema as Frictionless has it."""
    fields = [
        {"name": column.name, **FRICTIONLESS[column.kind], "description": f"{column.en} / {column.es}"}
        for column in sheet.columns
    ]
    return {"fields": fields, "missingValues": [""]} | ({"primaryKey": list(sheet.key)} if sheet.key else {})


def markdown(of: Iterable[Sheet]) -> str:
    """Return the codebook for people who read documentation: a part for each table."""
    parts = []
    for sheet in of:
        rows = [f"| `{c.name}` | {FRICTIONLESS[c.kind]['type']} | {c.en} | {c.said_by} |" for c in sheet.columns]
        head = ["| column | type | meaning | said by |", "| --- | --- | --- | --- |"]
        parts.append("\n".join([f"### {sheet.name}", "", f"{sheet.en}.", "", *head, *rows]))
    return "\n\n".join(parts) + "\n"
