"""What do the sheets of Peru's Congress show that the demonstration draws: who sat for which group, and did what?"""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from importlib.resources import files
from typing import Any

CODES = {
    "Y": "SI +++",
    "N": "NO ---",
    "A": "Abst.",
    "S": "SinRes",
    "*": "***",
    "P": "PRE",
    "a": "aus",
    "O": "LO",
    "E": "LE",
    "L": "LP",
    "X": "Sus",
}
"""Letters of the facts → codes as a sheet prints them."""
SILENT, CHAIR = "SinRes", "***"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a roll: group, name and code as printed."""

    group: str
    name: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet: a vote if it has a subject, else an attendance.

    `taken` is the clock of the board (no zone is printed), `sitting` the day on which the sitting began, `quorum` the
    number printed on an attendance. Other sheets than those on record are made with `dataclasses.replace`.
    """

    why: str
    term: str
    sitting: date
    taken: datetime
    rows: tuple[Row, ...]
    record: str
    note: str = ""
    chair: str = ""
    subject: str = ""
    quorum: int = 0

    @property
    def is_vote(self) -> bool:
        """Whether it is the sheet of a vote."""
        return bool(self.chair or self.subject)

    def count(self, group: str | None = None) -> Counter[str]:
        """Count codes, of all rows or of a group's; the presiding member counts as one without a response."""
        return Counter(
            SILENT if row.code == CHAIR else row.code for row in self.rows if group is None or row.group == group
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetFile:
    """The sheets of a sitting and the two files they come in, the first one provisional.

    `path` says where a file lies below the view's database, `title` what the list calls it.
    """

    date: date
    path: str
    title: str
    provisional_path: str
    provisional_title: str
    legislature: str
    year: str
    sheets: tuple[Sheet, ...]


@lru_cache(maxsize=1)
def sheet_files() -> tuple[SheetFile, ...]:
    """Return the files of sheets, oldest first. ValueError if codes are not one for each line of the roll."""
    roll = [line.split(" ", 1) for line in _text("pe_roll.txt").splitlines()]
    return tuple(_file(entry, roll) for entry in tomllib.loads(_text("pe_sheets.toml"))["file"])


def _text(name: str) -> str:
    return files("tracker.demo").joinpath("facts").joinpath(name).read_text(encoding="utf-8")


def _file(entry: dict[str, Any], roll: list[list[str]]) -> SheetFile:
    plain = {key: value for key, value in entry.items() if key != "sheet"}
    term = f"{entry['legislature']} {entry['year']}"
    return SheetFile(**plain, sheets=tuple(_sheet(sheet, term, entry["date"], roll) for sheet in entry["sheet"]))


def _sheet(sheet: dict[str, Any], term: str, day: date, roll: list[list[str]]) -> Sheet:
    letters = "".join(sheet["codes"].split())
    if len(letters) != len(roll):
        raise ValueError(f"{len(letters)} codes for {len(roll)} rows on the sheet of {sheet['taken']}")
    rows = tuple(Row(group, name, CODES[letter]) for (group, name), letter in zip(roll, letters, strict=True))
    said = {key: value for key, value in sheet.items() if key != "codes"}
    return Sheet(term=term, sitting=day, rows=rows, **said)
