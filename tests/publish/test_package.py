"""Is everything held a whole data package, read by DuckDB and pandas with the lines that the documentation gives?"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest
import seed
from sqlalchemy import Engine

from tracker.publish import codebook
from tracker.publish.codebook import as_csv, markdown, sheets
from tracker.publish.folder import files
from tracker.publish.package import NAMES, make
from tracker.queries.database import connect

DOCS = (Path(__file__).parents[2] / "docs" / "files.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def bulk(sqlite_url: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("package") / "bulk"
    engine = connect(sqlite_url)
    made = make(engine, folder, site="https://votes.example.org")
    engine.dispose()
    assert made.rows is not None
    assert made.rows["votes"] == 33
    return folder


@pytest.fixture
def told(bulk: Path) -> dict[str, Any]:
    return dict(json.loads((bulk / "datapackage.json").read_text(encoding="utf-8")))


def test_the_descriptor_names_each_file_with_its_size_digest_rows_and_columns(bulk: Path, told: dict[str, Any]) -> None:
    named = {one["path"]: one for one in told["resources"]}
    assert set(named) | {"datapackage.json", "README.md"} == {path.name for path in bulk.iterdir()}
    assert {f"{name}.{end}" for name in NAMES for end in ("parquet", "csv.gz")} | {"codebook.csv"} == set(named)
    names = [one["name"] for one in told["resources"]]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[-a-z0-9._]+", name) for name in names)
    for name, one in named.items():
        content = (bulk / name).read_bytes()
        assert one["bytes"] == len(content)
        assert one["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    for name in NAMES:
        columns = [field["name"] for field in named[f"{name}.csv.gz"]["schema"]["fields"]]
        with gzip.open(bulk / f"{name}.csv.gz", "rt", encoding="utf-8") as text:
            lines = text.read()
        assert lines.splitlines()[0].replace('"', "").split(",") == columns
        table = pq.read_table(bulk / f"{name}.parquet")
        assert table.column_names == columns
        assert table.num_rows == named[f"{name}.parquet"]["rows"] == named[f"{name}.csv.gz"]["rows"]


def test_the_descriptor_says_whose_the_papers_are(told: dict[str, Any]) -> None:
    assert {one["license"] for one in told["sources"]} == {"open", "public domain"}
    assert {one["path"] for one in told["sources"]} >= {"https://clerk.house.gov/Votes"}
    assert told["homepage"] == "https://votes.example.org"
    assert told["$schema"].startswith("https://datapackage.org/profiles/2")


def test_each_key_of_a_schema_tells_its_rows_apart(bulk: Path, told: dict[str, Any]) -> None:
    keyed = [one for one in told["resources"] if one["path"].endswith(".parquet") and "primaryKey" in one["schema"]]
    assert len(keyed) > 6
    for one in keyed:
        frame = pd.read_parquet(bulk / one["path"])[one["schema"]["primaryKey"]]
        assert not frame.duplicated().any(), one["name"]


def test_csv_is_read_by_the_types_of_its_schema(bulk: Path, told: dict[str, Any]) -> None:
    """Every cell fits the type that the descriptor says, as a validator holds it."""
    shapes = {
        "integer": r"-?\d+", "boolean": "true|false", "date": r"\d{4}-\d\d-\d\d", "string": r"[\s\S]*",
        "datetime": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ?",
    }  # fmt: skip
    for one in told["resources"]:
        if not one["path"].endswith(".csv.gz"):
            continue
        frame = pd.read_csv(bulk / one["path"], dtype=str, keep_default_na=False, na_values=[""])
        for field in one["schema"]["fields"]:
            cells = frame[field["name"]].dropna()
            assert cells.map(lambda cell, shape=shapes[field["type"]]: bool(re.fullmatch(shape, cell))).all(), field


def documented(language: str) -> str:
    found = re.search(rf"^```{language}\n(.*?)^```$", DOCS, re.MULTILINE | re.DOTALL)
    assert found
    return found[1].strip()


def test_duckdb_reads_it_with_the_line_of_the_documentation(bulk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(bulk.parent)
    line = documented("sql")
    assert "\n" not in line
    found = {row[0]: row[1:] for row in duckdb.sql(line).fetchall()}
    assert found == {
        "Flores Ruíz, Víctor Seferino": ("yes", "voice"),
        "Taipe Coronado, María Elizabeth": ("no", "voice"),
        "Portalatino Ávalos, Kelly Roxana": ("no", "voice"),
    }


def test_pandas_reads_it_with_the_line_of_the_documentation(bulk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(bulk.parent)
    line = documented("python")
    assert "\n" not in line
    frame = eval(line, {"pd": pd})
    assert frame.to_dict("records") == [
        {"vote": seed.SENATE, "board_yes": 50, "board_no": 50, "yes": 51, "no": 50},
    ]


def test_the_documentation_has_the_codebook_as_it_is() -> None:
    assert DOCS.partition("### votes")[1:] == markdown(sheets().values()).partition("### votes")[1:]


def test_the_codebook_says_each_column_in_both_languages_and_leaves_none_unused() -> None:
    used = {column.name: column for sheet in sheets().values() for column in sheet.columns}
    assert {column.said_by for column in used.values()} <= {"paper", "reading", "sums", "register", "archive", "ours"}
    assert all(column.en and column.es and column.en != column.es for column in used.values())
    written = re.findall(r"^(\w+) = \{ type", codebook.FILE.read_text(), re.MULTILINE)
    assert set(written) == set(used)
    assert as_csv().decode("utf-8-sig").count("\n") == 1 + sum(len(sheet.columns) for sheet in sheets().values())


def test_nothing_is_written_if_nothing_has_changed(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/votes.sqlite"
    writing, folder = seed.seeded(url).engine, tmp_path / "bulk"
    engine = connect(url)
    first = make(engine, folder)
    before = (folder / "votes.parquet").stat().st_mtime_ns
    assert make(engine, folder).rows is None
    assert (folder / "votes.parquet").stat().st_mtime_ns == before
    seed.moved(writing, 2)
    again = make(engine, folder)
    assert first.rows
    assert again.rows
    assert again.rows["votes"] == first.rows["votes"] + 2
    assert sorted(path.name for path in tmp_path.iterdir() if "bulk" in path.name) == ["bulk"]
    engine.dispose()
    writing.dispose()


def test_a_folder_that_breaks_off_leaves_the_one_that_was_there(sqlite: Engine, tmp_path: Path) -> None:
    folder = tmp_path / "bulk"
    folder.mkdir()
    (folder / "datapackage.json").write_text('{"dataVersion": "old", "resources": []}')

    def stop(_votes: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make(sqlite, folder, tell=stop)
    assert [path.name for path in tmp_path.iterdir()] == ["bulk"]
    assert json.loads((folder / "datapackage.json").read_text())["dataVersion"] == "old"


def test_a_folder_that_was_moved_aside_when_the_process_died_is_put_back_or_replaced(
    sqlite: Engine, tmp_path: Path
) -> None:
    left = tmp_path / ".bulk.old"
    left.mkdir()
    (left / "datapackage.json").write_text('{"dataVersion": "old", "resources": []}')
    (tmp_path / ".bulk.new").mkdir()
    assert make(sqlite, tmp_path / "bulk").rows
    assert [path.name for path in tmp_path.iterdir()] == ["bulk"]


def test_a_folder_with_other_things_in_it_is_left_alone(sqlite: Engine, tmp_path: Path) -> None:
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / "thesis.txt").write_text("mine")
    with pytest.raises(FileExistsError, match="other files"):
        make(sqlite, folder)
    assert (folder / "thesis.txt").read_text() == "mine"
    assert files(folder) == frozenset()
