"""Does `tracker read` print one file's votes in the shape of `show`, say what is wrong with it, and keep nothing?"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema
import pytest
from drawn_sheets import ATTENDANCE, VOTE, scan
from fpdf import FPDF

from tracker.demo.draw_sheet import printed

if TYPE_CHECKING:
    from conftest import Tracker

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "docs/vote.schema.json").read_text(encoding="utf-8"))
EXAMPLE = ROOT / "tests/sources/examples/us_house/two-thirds-needed-and-missed/document.xml"


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str, bytes], str]:
    """Write a file that somebody was sent."""

    def write(name: str, content: bytes) -> str:
        (tmp_path / name).write_bytes(content)
        return str(tmp_path / name)

    return write


def left(tracker: Tracker) -> list[Path]:
    return list(tracker.home.rglob("*"))


def test_a_scan_is_read_into_the_shape_of_show(tracker: Tracker, file: Callable[[str, bytes], str]) -> None:
    done = tracker("read", file("Asis vot.pdf", scan(VOTE, None)), "--as", "pe_sheets", "--json")
    [vote] = json.loads(done.stdout)
    jsonschema.validate(vote, SCHEMA)
    assert (vote["id"], vote["verdict"]) == ("pe-2023-05-18-99001", "sound")
    final = vote["tallies"]["final"]
    assert (final["yes"], final["no"], final["abstain"]) == (70, 33, 4)
    assert {ballot["name"]: ballot["code"] for ballot in vote["ballots"]} == {row.name: row.code for row in VOTE.rows}
    assert [statement["was"] for statement in vote["spoken"]] == ["not_cast"] * 3
    assert done.stderr == "noted: page 2: nothing is printed on it, or it cannot be shown\n"
    assert left(tracker) == []


def test_an_attendance_is_told_though_it_holds_no_vote(tracker: Tracker, file: Callable[[str, bytes], str]) -> None:
    done = tracker("read", file("asistencia.pdf", printed([ATTENDANCE])), "--as", "pe_sheets")
    here = sum(row.code == "PRE" for row in ATTENDANCE.rows)
    told = f"attendance of 18 May 2023, page 1: {here + 8} of 130 present\nasistencia.pdf: 0 votes\n"
    assert done.stdout == told, "the note adds eight"


def test_a_vote_is_printed_as_show_prints_it(tracker: Tracker) -> None:
    done = tracker("read", str(EXAMPLE), "--as", "us_house")
    assert "as printed on the board" in done.stdout
    assert "the ballots make the board" in done.stdout
    assert done.stdout.endswith("\ndocument.xml: 1 vote\n")
    assert done.stderr == ""
    assert left(tracker) == []


def locked() -> bytes:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_encryption(owner_password="owner", user_password="secret")
    return bytes(pdf.output())


def test_what_cannot_be_read_is_told_by_name(tracker: Tracker, file: Callable[[str, bytes], str]) -> None:
    path = file("locked.pdf", locked())
    done = tracker("read", path, "--as", "pe_sheets", "--json", code=1)
    assert json.loads(done.stdout) == []
    told = f"unreadable: {Path(path).as_uri()}: the PDF is locked with a password; ask for an open copy\n"
    assert done.stderr == told


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("nowhere.pdf", "--as", "pe_sheets"), 4, "Error: nowhere.pdf cannot be read: No such file or directory\n"),
        ((str(EXAMPLE), "--as", "pe_sheet"), 4, "Error: there is no source 'pe_sheet'; known: us_house, "),
        ((str(EXAMPLE), "--as", "us_house", "--role", "x"), 2, "Error: us_house reads index, "),
    ],
    ids=["no such file", "no such source", "no such kind"],
)
def test_a_wrong_use_is_told_in_a_sentence(tracker: Tracker, words: tuple[str, ...], code: int, told: str) -> None:
    done = tracker("read", *words, code=code)
    assert done.stdout == ""
    assert done.stderr.startswith(told)
    assert left(tracker) == []
