"""Does `tracker export` write what was asked for, where it was asked for, and say where that is?"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest
import seed
from typer.testing import CliRunner

from tracker.cli import app

Run = Any


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exporting")
    seed.year(seed.seeded(f"sqlite:///{folder}/escrutinio.sqlite").engine)
    return folder


@pytest.fixture
def export(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """The command in a folder of its own: `export("--text", "tropas")`."""
    monkeypatch.setenv("ESCRUTINIO_HOME", str(home))
    monkeypatch.chdir(tmp_path)

    def run(*words: str, code: int = 0) -> Any:
        done = CliRunner().invoke(app, ["export", *words])
        assert done.exit_code == code, (words, done.output, done.stderr)
        return done

    return run


def ids(text: str) -> list[str]:
    return [row["vote"] for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))]


def test_a_vote_becomes_a_file_that_is_named_after_it(export: Run, tmp_path: Path) -> None:
    said = export(seed.SHEET).stdout
    assert said == f"{seed.SHEET}-ballots.csv: 130 rows\n"
    assert len(ids((tmp_path / f"{seed.SHEET}-ballots.csv").read_text(encoding="utf-8"))) == 130


def test_a_workbook_of_a_vote_has_every_table(export: Run, tmp_path: Path) -> None:
    export(seed.SHEET, "--to", "vote.xlsx")
    book = openpyxl.load_workbook(tmp_path / "vote.xlsx")
    assert book.sheetnames == ["votes", "ballots", "group_tallies", "spoken", "changes", "codebook"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("--text", "tropas"), {seed.FOUNDING, seed.SHEET}),
        (("--legislature", "us_senate"), {seed.SENATE}),
        (("--doubtful", "--until", "2023-12-31"), {seed.DOUBTFUL}),
        (("--turned",), {seed.SENATE}),
        (("--since", "2023-09-01", "--until", "2023-09-30", "--ahead", "yes"), {seed.HOUSE}),
        (("--kind", "QUORUM", "--result", "McCarthy"), {seed.SPEAKER}),
        (("--margin", "1", "--until", "2023-12-31", "--status", "official"), {seed.SENATE, seed.HOSTILE}),
        (("--status", "corrected"), {seed.CORRECTED}),
        (("--group", "FP", "--stand", "yes"), {seed.FOUNDING, seed.SHEET}),
        (("--text", "militar personal", "--exact"), {seed.FOUNDING, seed.SHEET}),
    ],
)  # fmt: skip
def test_each_filter_narrows_the_file_down(export: Run, words: tuple[str, ...], found: set[str]) -> None:
    assert set(ids(export(*words, "--to", "-").stdout)) == found


def test_tables_become_a_file_each_in_a_folder(export: Run, tmp_path: Path) -> None:
    said = export("--table", "votes", "--table", "ballots", "--format", "parquet", "--to", "out").stdout
    assert said.splitlines() == ["out/votes.parquet: 33 rows", "out/ballots.parquet: 2422 rows"]
    assert pq.read_table(tmp_path / "out" / "ballots.parquet").num_rows == 2422
    export("--table", "votes", "--table", "ballots", "--to", "-", code=2)
    export("--table", "votes", "--table", "ballots", "--to", "one.csv", code=2)


def test_a_members_record_and_popolo(export: Run, tmp_path: Path) -> None:
    export("--member", "flores-ruiz-victor-seferino", "--to", "member.json")
    assert {row["position"] for row in json.loads((tmp_path / "member.json").read_text())} == {"yes"}
    assert export("--text", "tropas", "--format", "popolo", "--to", "p").stdout == "p/popolo.json: 2 votes\n"
    assert len(json.loads((tmp_path / "p" / "popolo.json").read_text())["vote_events"]) == 2


def test_what_is_not_there_is_refused(export: Run, tmp_path: Path) -> None:
    assert "no vote 'nope'" in export("nope", code=4).stderr
    assert "no member 'nobody'" in export("--member", "nobody", code=4).stderr
    assert "known: pe_congress" in export("--legislature", "mars", code=4).stderr
    export("--stand", "yes", code=2)
    for words in (
        (seed.SHEET, "--since", "2023-01-01"), (seed.SHEET, "--member", "x"), ("--bulk", "out", "--text", "tropas"),
        ("--member", "flores-ruiz-victor-seferino", "--margin", "3"),
    ):  # fmt: skip
        assert "name one thing" in (said := export(*words, code=2).stderr) or "filters narrow down a list" in said
    export("--format", "docx", code=2)
    assert list(tmp_path.iterdir()) == []


def test_everything_becomes_a_data_package_once(export: Run, tmp_path: Path) -> None:
    assert "bulk/votes.parquet, .csv.gz: 33 rows" in export("--bulk", "bulk").stdout
    again = export("--bulk", "bulk")
    assert again.stdout == ""
    assert "nothing has changed" in again.stderr
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine")
    assert "other files" in export("--bulk", "mine", code=1).stderr
