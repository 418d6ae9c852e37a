"""What do the small tables of Voteview say, row by row, and where does one of them not keep to its form?

Everything that is not as published is an error that names file and line: nothing is guessed, nothing left out.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from tracker.sources.contract import Unreadable

MEMBERS = (
    "congress", "chamber", "icpsr", "state_abbrev", "district_code", "party_code", "bioname", "bioguide_id",
)  # fmt: skip
ROLLCALLS = (
    "congress", "chamber", "rollnumber", "date", "session", "clerk_rollnumber", "yea_count", "nay_count",
    "bill_number", "vote_result", "vote_desc", "vote_question", "dtl_desc",
)  # fmt: skip
VOTES = ("congress", "chamber", "rollnumber", "icpsr", "cast_code")
"""The columns that are read; the files have more: estimates, years of birth."""
CHAMBERS = ("House", "Senate")
PRESIDENT = "President"
"""The chamber of presidents among the members: where they took a side, it stands among the votes of both chambers."""
LETTERS = 200_000
"""Longest field: some descriptions of the nineteenth century run to pages."""


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a download, by what they hold."""

    members: tuple[Path, ...]
    rollcalls: tuple[Path, ...]
    votes: tuple[Path, ...]

    @classmethod
    def of(cls, paths: Sequence[Path]) -> Files:
        """Tell files by the ends of their names, those of a folder too. Unreadable: `no_files`, `missing_column`."""
        found = [one for path in paths for one in (sorted(path.glob("*.csv")) if path.is_dir() else [path])]
        kinds = {kind: tuple(p for p in found if p.name.endswith(f"_{kind}.csv")) for kind in cls.__slots__}
        lacking = [kind for kind, those in kinds.items() if not those]
        if lacking:
            where = ", ".join(map(str, paths))
            wanted = " and ".join(f"HSall_{kind}.csv" for kind in lacking)
            raise Unreadable("no_files", f"{where}: there is no {wanted}, nor one of a single chamber and Congress")
        for kind, columns in (("members", MEMBERS), ("rollcalls", ROLLCALLS), ("votes", VOTES)):
            for path in kinds[kind]:
                header(path, columns)
        return cls(**kinds)


def header(path: Path, wanted: Sequence[str]) -> list[str]:
    """Return the names of a file's columns. Unreadable: `missing_column`."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        names = next(csv.reader(lines), [])
    lacking = [name for name in wanted if name not in names]
    if lacking:
        raise Unreadable("missing_column", f"{path.name}, line 1: there is no column {', '.join(lacking)}")
    return names


def rows(path: Path, wanted: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield each row's place (`HSall_members.csv, line 7`) and the wanted columns. Unreadable: `bad_row`."""
    names = header(path, wanted)
    at = [names.index(name) for name in wanted]
    csv.field_size_limit(LETTERS)
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.reader(lines, strict=True)
        line = 1
        try:
            for row in islice(reader, 1, None):
                line += 1
                where, line = f"{path.name}, line {line}", reader.line_num
                if len(row) != len(names):
                    raise Unreadable("bad_row", f"{where}: {len(row)} fields, expected {len(names)}")
                yield where, [row[i].strip() for i in at]
        except (csv.Error, UnicodeDecodeError) as error:
            raise Unreadable("bad_row", f"{path.name}, line {line}: {error}") from error


def whole(text: str, name: str, where: str) -> int:
    """Read a whole number; statistics programmes write it with a point (`12.0`). Unreadable: `bad_number`."""
    digits = text.removesuffix(".0")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 10):
        raise Unreadable("bad_number", f"{where}: {name} holds {text[:40]!r}, expected a whole number")
    return int(digits)


@dataclass(frozen=True, slots=True)
class Member:
    """A member of one Congress as Voteview has it."""

    icpsr: int
    name: str
    bioguide: str
    state: str
    party: int


@dataclass(frozen=True, slots=True)
class Tables:
    """The members and roll calls of one chamber, by Congress and number; `presidents` are in no chamber."""

    members: dict[tuple[int, int], Member]
    rollcalls: dict[tuple[int, int], list[str]]
    presidents: frozenset[tuple[int, int]]


def read(files: Files, chamber: str) -> Tables:
    """Read the two small tables for one chamber. Unreadable: `twice`, `unknown_chamber`, `bad_number`, `bad_row`."""
    members: dict[tuple[int, int], Member] = {}
    presidents: set[tuple[int, int]] = set()
    for path in files.members:
        for where, row in rows(path, MEMBERS):
            congress, sits, icpsr, state, _, party, name, bioguide = row
            key = whole(congress, "congress", where), whole(icpsr, "icpsr", where)
            if sits == PRESIDENT:
                presidents.add(key)
            elif _of(sits, chamber, where):
                if key in members:
                    raise Unreadable("twice", f"{where}: member {key[1]} of Congress {key[0]} stands there again")
                if not name:
                    raise Unreadable("bad_row", f"{where}: member {key[1]} has no name")
                members[key] = Member(key[1], name, bioguide, state, whole(party, "party_code", where))
    rollcalls: dict[tuple[int, int], list[str]] = {}
    for path in files.rollcalls:
        for where, row in rows(path, ROLLCALLS):
            if _of(row[1], chamber, where):
                key = whole(row[0], "congress", where), whole(row[2], "rollnumber", where)
                if key in rollcalls:
                    raise Unreadable("twice", f"{where}: roll call {key[1]} of Congress {key[0]} stands there again")
                rollcalls[key] = row[3:]
    return Tables(members, rollcalls, frozenset(presidents))


def _of(said: str, chamber: str, where: str) -> bool:
    if said not in CHAMBERS:
        raise Unreadable("unknown_chamber", f"{where}: chamber holds {said[:40]!r}, expected House or Senate")
    return said == chamber
