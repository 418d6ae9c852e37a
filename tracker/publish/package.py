"""How does everything that is held leave at once: all tables as Parquet and CSV, with what they are and whose?

A folder that is a data package (Frictionless): `datapackage.json` names each file with its schema, size and digest. The
folder is written beside its place and takes it whole; nothing is written if nothing has changed.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, cast

import pyarrow as pa

import tracker
from tracker.publish.codebook import Sheet, as_csv, markdown, schema, sheets
from tracker.publish.files import parquet_into
from tracker.publish.folder import DESCRIPTOR, README
from tracker.publish.formats import TYPES, Format
from tracker.publish.lines import csv_into
from tracker.publish.tables import OF_VOTES, Table, Tell
from tracker.queries.database import Engine, data_version
from tracker.queries.files.chosen import Snapshot, snapshot
from tracker.queries.files.people import OF_PEOPLE
from tracker.queries.filters import VoteFilter

NAMES = (*OF_VOTES, *OF_PEOPLE)
"""The tables of a package."""
EVERYTHING = VoteFilter(sort="oldest")
_AT_ONCE = 1 << 20


@dataclass(frozen=True, slots=True)
class Made:
    """What came of it: how many rows each table has; None: nothing has changed since the folder was written."""

    folder: Path
    rows: dict[str, int] | None


def count(engine: Engine) -> int:
    """Return how many votes will be gone through, over all tables."""
    with snapshot(engine) as held:
        return held.count(EVERYTHING) * len(OF_VOTES)


def make(engine: Engine, folder: Path, *, site: str = "", tell: Tell = lambda votes: None) -> Made:
    """Write everything into a folder, in place of what is there. `site` is the address readers know."""
    version = f"{tracker.__version__}-{data_version(engine)}"
    if _written(folder) == version:
        return Made(folder, None)
    with _appearing(folder) as fresh, snapshot(engine) as held:
        rows = {name: _table(Table(held, name, EVERYTHING, tell), fresh) for name in NAMES}
        told = [sheets()[name] for name in NAMES]
        (fresh / "codebook.csv").write_bytes(as_csv())
        (fresh / README).write_text(_readme(told, site), encoding="utf-8")
        descriptor = _descriptor(fresh, told, rows, held, site) | {"dataVersion": version}
        (fresh / DESCRIPTOR).write_text(json.dumps(descriptor, ensure_ascii=False, indent=2), encoding="utf-8")
    return Made(folder, rows)


def _written(folder: Path) -> str | None:
    """Return which data a folder holds; None if it holds no package."""
    try:
        found = json.loads((folder / DESCRIPTOR).read_bytes())
    except (OSError, ValueError):
        return None
    return found.get("dataVersion") if isinstance(found, dict) else None


@contextmanager
def _appearing(folder: Path) -> Iterator[Path]:
    """Give a folder that takes the place of another once it is whole; if the block fails, the other stays."""
    folder = folder.absolute()
    fresh, old = (folder.with_name(f".{folder.name}.{what}") for what in ("new", "old"))
    if folder.exists() and any(folder.iterdir()) and not (folder / DESCRIPTOR).exists():
        raise FileExistsError(f"{folder} holds other files than a data package; name another folder")
    if old.exists() and not folder.exists():
        old.rename(folder)
    for left in (fresh, old):
        shutil.rmtree(left, ignore_errors=True)
    fresh.mkdir(parents=True)
    try:
        yield fresh
        if folder.exists():
            folder.rename(old)
        fresh.rename(folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    shutil.rmtree(old, ignore_errors=True)


def _table(table: Table, folder: Path) -> int:
    """Write a table in both formats, going through it once."""
    rows = 0
    with ExitStack() as stack:
        open_ = stack.enter_context
        parquet = open_((folder / f"{table.sheet.name}.parquet").open("wb"))
        packed = open_((folder / f"{table.sheet.name}.csv.gz").open("wb"))
        # Without name and time in it: the same rows are the same bytes.
        plain = open_(gzip.GzipFile("", "wb", 6, packed, mtime=0))
        takes = (
            open_(parquet_into(parquet, table.sheet)),
            open_(csv_into(cast(BinaryIO, plain), table.sheet, bom=False)),
        )
        for batch in table:
            rows += _take(batch, takes)
    return rows


def _take(batch: pa.RecordBatch, takes: Sequence[Any]) -> int:
    for take in takes:
        take(batch)
    return int(batch.num_rows)


def _descriptor(folder: Path, told: Sequence[Sheet], rows: dict[str, int], held: Snapshot, site: str) -> dict[str, Any]:
    """Describe the package in Frictionless's words."""
    sources = [row for batch in Table(held, "sources", EVERYTHING) for row in batch.to_pylist()]
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "escrutinio",
        "title": "Recorded votes of parliaments, with the page each was read from",
        "description": "Votes, ballots, groups, votes by voice and changes; README.md explains every column.",
        "created": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        **({"homepage": site} if site else {}),
        "licenses": [
            {"name": "notspecified", "title": "Facts of public record; the terms of each source stand in its entry"}
        ],
        "sources": [
            {"title": f"{one['publisher']}: {one['source_name']}", "path": one["site"], "license": one["licence"]}
            | ({"transcribedBy": one["transcribed_by"], "transcriptionLicense": one["transcription_licence"]}
               if one["transcribed_by"] else {})
            for one in sources
        ],
        "resources": [
            *(_resource(folder, sheet, "csv", rows[sheet.name]) for sheet in told),
            *(_resource(folder, sheet, "parquet", rows[sheet.name]) for sheet in told),
            {"name": "codebook", "path": "codebook.csv", "format": "csv", "mediatype": "text/csv"}
            | _measured(folder / "codebook.csv"),
        ],
    }  # fmt: skip


def _resource(folder: Path, sheet: Sheet, form: str, rows: int) -> dict[str, Any]:
    packed = form == "csv"
    path = folder / (f"{sheet.name}.csv.gz" if packed else f"{sheet.name}.parquet")
    return {
        "name": sheet.name if packed else f"{sheet.name}-parquet",
        "type": "table",
        "path": path.name,
        "title": f"{sheet.en} / {sheet.es}",
        "format": form,
        "mediatype": "application/gzip" if packed else TYPES[Format.PARQUET],
        **({"encoding": "utf-8", "compression": "gz"} if packed else {}),
        "rows": rows,
        **_measured(path),
        "schema": schema(sheet),
    }


def _measured(path: Path) -> dict[str, Any]:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_AT_ONCE):
            digest.update(piece)
    return {"bytes": path.stat().st_size, "hash": f"sha256:{digest.hexdigest()}"}


def _readme(told: Sequence[Sheet], site: str) -> str:
    where = f" Made by {site}." if site else ""
    return (
        "# Votes, as Escrutinio holds them\n\n"
        f"Every table as `.parquet` and as `.csv.gz` (UTF-8, comma, no formulas).{where} `datapackage.json` has\n"
        "schema, size and SHA-256 of each file, and the terms of each source. In a vote whose `verdict` is doubtful\n"
        "the rows may not make the count; in every other the positions of its ballots add up to `yes`, `no` and\n"
        "`abstain`.\n\n"
        f"## Columns\n\n{markdown(told)}"
    )
