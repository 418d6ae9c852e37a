"""Do all formats hold the same rows, typed, and does no spreadsheet run what a site wrote?"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import seed
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from tracker.publish import workbook
from tracker.publish.codebook import sheets
from tracker.publish.files import appearing, write
from tracker.publish.formats import Format
from tracker.publish.guard import risky
from tracker.publish.lines import csv_into, guarded
from tracker.publish.tables import OF_VOTES, Table
from tracker.publish.workbook import Book
from tracker.queries.database import connect
from tracker.queries.files.chosen import OneReading, snapshot
from tracker.queries.filters import VoteFilter

EVIL = [
    '=HYPERLINK("http://evil.example","x")', "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", "＝1+1", "＋1",
    "－1", "＠x", " =1+1", "\u200b=1", "\ufeff=1", "a;=cmd|'/C calc'!A0", "x\n=1+1", "x\t+1", "plain; text",
    "=1" + "x" * 40_000, "a\x0bb", "70–33–4", "2021-2026", "'quoted",
]  # fmt: skip
STARTS = re.compile("[=+\\-@＝＋－＠\t\r\n]")
ODD = "=+-@＝＋－＠;,\t\r\n\"' \x00\u200b\ufeffab1"
HIDDEN = " \u00a0\u200b\u200e\ufeff"


@pytest.fixture
def wicked(tmp_path: Path) -> Engine:
    """A database in which everything that a site writes is a formula."""
    engine = seed.open_engine(f"sqlite:///{tmp_path}/evil.sqlite")
    seed.upgrade(engine)
    writer = seed.Writer(engine, seed.CLERK)
    for n, text in enumerate(EVIL):
        marks = [(seed.Code(text, seed.Position.YES), "R", 1), (seed.NAY, "D", 1)]
        vote = seed.american(f"us-house-2023-{n}", date(2023, 1, 1), text, marks, groups=(), question=text, result=text,
                             kind=text, bills=(text,), requirement=text)  # fmt: skip
        writer.take(seed.reading(seed.CLERK, vote, url=f"https://clerk.house.gov/{n}", at=datetime.now(seed.UTC)))
    writer.flush()
    return connect(f"sqlite:///{tmp_path}/evil.sqlite")


def written(engine: Engine, path: Path, *names: str) -> Path:
    with snapshot(engine) as held, appearing(path) as sink:
        write([Table(held, name, VoteFilter(sort="oldest")) for name in names], Format(path.suffix[1:]), sink, "votes")
    return path


def plain(value: Any) -> Any:
    """Write a value as CSV does."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%S") + ("Z" if value.tzinfo else "")
    return str(value)


@pytest.mark.parametrize("name", ["votes", "ballots", "spoken"])
def test_every_format_holds_the_same_rows(sqlite: Engine, folder: Path, name: str) -> None:
    with snapshot(sqlite) as held:
        batches = list(Table(held, name, VoteFilter(sort="oldest")))
    rows = [row for batch in batches for row in batch.to_pylist()]
    files = {form: written(sqlite, folder / f"{name}.{form}", name) for form in Format}
    head = [column.name for column in sheets()[name].columns]
    expected = [[plain(row[column]) for column in head] for row in rows]
    as_csv = list(csv.reader(files[Format.CSV].open(encoding="utf-8-sig", newline="")))
    assert as_csv[0] == head
    # The one subject that a spreadsheet would run has an apostrophe in front of it.
    assert [[cell.removeprefix("'") for cell in row] for row in as_csv[1:]] == expected
    in_words = [{column: None if row[column] is None else row[column] for column in head} for row in rows]
    as_json = json.loads(files[Format.JSON].read_text())
    assert as_json == [json.loads(line) for line in files[Format.NDJSON].read_text().splitlines()]
    assert [[plain(row[column]) for column in head] for row in as_json] == expected
    assert all(type(one["version"]) is int for one in as_json)
    assert pq.read_table(files[Format.PARQUET]).to_pylist() == in_words
    page = openpyxl.load_workbook(files[Format.XLSX])[name]
    assert [[cell.value for cell in row] for row in page.iter_rows(max_row=1)] == [head]
    bare = [[_in_a_cell(row[column]) for column in head] for row in rows]
    assert [[cell.value for cell in row] for row in page.iter_rows(min_row=2)] == bare


def _in_a_cell(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    return datetime.combine(value, datetime.min.time()) if isinstance(value, date) else value


def test_csv_says_to_a_spreadsheet_that_it_is_utf_8_and_programs_take_no_notice(sqlite: Engine, folder: Path) -> None:
    path = written(sqlite, folder / "votes.csv", "votes")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert list(pd.read_csv(path).columns[:2]) == ["vote", "legislature"]
    assert duckdb.sql(f"SELECT min(vote), typeof(min(taken_at)) FROM '{path}'").fetchall() == [
        ("pe-2023-05-18-23", "TIMESTAMP")
    ]


def test_parquet_is_typed_and_says_what_its_columns_are(sqlite: Engine, folder: Path) -> None:
    path = written(sqlite, folder / "ballots.parquet", "ballots")
    schema = pq.read_schema(path)
    assert schema.field("position").type == pa.dictionary(pa.int32(), pa.string())
    assert "by voice" in schema.field("position").metadata[b"description"].decode()
    assert schema.field("sitting_date").type == pa.date32()
    assert str(schema.field("read_at").type).endswith("tz=UTC]")
    types = dict(duckdb.sql(f"SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM '{path}')").fetchall())
    assert (types["sitting_date"], types["version"], types["read_at"]) == (
        "DATE",
        "INTEGER",
        "TIMESTAMP WITH TIME ZONE",
    )


def test_a_workbook_of_a_vote_has_its_tables_a_frozen_head_and_the_codebook(sqlite: Engine, folder: Path) -> None:
    path = folder / "vote.xlsx"
    with snapshot(sqlite) as held, appearing(path) as sink:
        write([Table(held, name, OneReading(seed.SHEET, 1)) for name in OF_VOTES], Format.XLSX, sink, seed.SUBJECT)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == [*OF_VOTES, "codebook"]
    assert {book[name].freeze_panes for name in OF_VOTES} == {"B2"}
    explained = [(row[0].value, row[1].value) for row in book["codebook"].iter_rows(min_row=2)]
    assert explained == [(name, cell.value) for name in OF_VOTES for cell in book[name][1]]
    yes, position = (
        [row[0].value for row in book[name].iter_cols(min_row=2) if book[name].cell(1, row[0].column).value == column]
        for name, column in (("votes", "yes"), ("ballots", "position"))
    )
    assert yes == [70]
    assert position
    column = next(cell.column for cell in book["ballots"][1] if cell.value == "position")
    assert sum(row[0].value == "yes" for row in book["ballots"].iter_rows(2, min_col=column, max_col=column)) == 70


def test_a_workbook_holds_what_sites_wrote_as_text_and_nothing_as_a_formula(wicked: Engine, folder: Path) -> None:
    path = written(wicked, folder / "votes.xlsx", "votes", "ballots")
    page = openpyxl.load_workbook(path)["votes"]
    column = next(cell.column for cell in page[1] if cell.value == "subject")
    cells = [row[0] for row in page.iter_rows(2, min_col=column, max_col=column)]
    assert {cell.data_type for cell in cells} == {"s"}
    shown = {cell.value: cell.quotePrefix for cell in cells}
    assert shown["+1+1"]
    assert shown["＝1+1"]
    assert not shown["70–33–4"]
    assert max(map(len, shown)) == workbook.LONGEST
    parts = zipfile.ZipFile(path)
    sheets_ = [parts.read(name).decode() for name in parts.namelist() if "worksheets/sheet" in name]
    assert len(sheets_) == 3
    assert not any("<f>" in sheet or "<hyperlink" in sheet for sheet in sheets_)


def test_csv_of_what_sites_wrote_has_no_formula_whatever_a_spreadsheet_takes_for_a_separator(
    wicked: Engine, folder: Path
) -> None:
    csv.field_size_limit(10_000_000)
    for name in ("votes", "ballots"):
        text = written(wicked, folder / f"{name}.csv", name).read_text(encoding="utf-8-sig")
        for delimiter in ",;\t":
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
                for cell in row:
                    assert not STARTS.match(cell.strip(HIDDEN)), (delimiter, cell[:60])
    assert '"70–33–4"' in text
    assert '"2021-2026"' in text


@given(
    st.lists(st.text(alphabet=st.sampled_from("=+-@＝＋－＠;,\t\r\n\"' \x00\u200b\ufeffab1"), max_size=12), min_size=1)
)
def test_no_text_begins_a_formula_once_it_is_guarded(texts: list[str]) -> None:
    found = guarded(pa.array(texts)).to_pylist()
    for text, cell in zip(texts, found, strict=True):
        for piece in re.split("[;\t\r\n]", cell):
            assert not re.match("[=+\\-@＝＋－＠]", piece.strip(HIDDEN)), (text, cell)
        assert not re.match("[\t\r\n\x00]", cell)
        assert cell.replace("'", "") == text.replace("\x00", "").replace("'", "")
        if not risky(text):
            assert cell == text.replace("\x00", "")


def test_rows_beyond_what_a_sheet_holds_go_on_in_another(
    sqlite: Engine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "ROWS", 1000)
    book = openpyxl.load_workbook(written(sqlite, folder / "ballots.xlsx", "ballots"))
    assert book.sheetnames == ["ballots", "ballots 2", "ballots 3", "codebook"]
    assert [book[name].max_row for name in book.sheetnames[:3]] == [1001, 1001, 423]
    assert {book[name]["A1"].value for name in book.sheetnames[:3]} == {"vote"}


def test_a_day_before_spreadsheets_count_is_text(folder: Path) -> None:
    sheet = sheets()["mandates"]
    days = {"legislature": ["x", "x"], "member": ["a", "b"], "since": [date(1789, 4, 1), date(2021, 7, 27)],
            "until": [None, None], "region": [None, None]}  # fmt: skip
    with appearing(folder / "m.xlsx") as sink:
        book = Book(sink, "members")
        book.add(sheet, [pa.RecordBatch.from_pydict(days, schema=sheet.schema)])
        book.close([sheet])
    page = openpyxl.load_workbook(folder / "m.xlsx")["mandates"]
    assert [page["C2"].value, page["C3"].value] == ["1789-04-01", datetime(2021, 7, 27)]  # noqa: DTZ001 - as cells are


def test_a_table_without_rows_has_its_head(folder: Path) -> None:
    sheet = sheets()["spoken"]
    sink = io.BytesIO()
    with csv_into(sink, sheet):
        pass
    assert sink.getvalue().decode("utf-8-sig").strip().split(",")[:2] == ['"vote"', '"legislature"']


@pytest.mark.parametrize("broken", [RuntimeError, KeyboardInterrupt])
def test_a_file_appears_whole_or_not_at_all(folder: Path, broken: Callable[[], BaseException]) -> None:
    folder.mkdir()
    path = folder / "votes.csv"
    path.write_text("before")
    with pytest.raises(type(broken())), appearing(path) as sink:  # noqa: PT012 - what happens half-way is the matter
        sink.write(b"half")
        raise broken()
    assert path.read_text() == "before"
    assert list(folder.iterdir()) == [path]
    with appearing(path) as sink:
        sink.write(b"whole")
    assert path.read_text() == "whole"
