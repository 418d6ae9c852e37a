"""What do the small tables of Voteview say: who was a member, and which roll calls were there?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tracker.sources.contract import Unreadable
from tracker.sources.large.rows import header, rows, stem, tables, whole

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


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a download, by what they hold."""

    members: tuple[Path, ...]
    rollcalls: tuple[Path, ...]
    votes: tuple[Path, ...]

    @classmethod
    def of(cls, paths: Sequence[Path]) -> Files:
        """Tell files by the ends of their names, those of a folder too. Unreadable: `no_files`, `missing_column`."""
        found = tables(paths)
        kinds = {kind: tuple(path for path in found if stem(path).endswith(f"_{kind}")) for kind in cls.__slots__}
        lacking = [kind for kind, those in kinds.items() if not those]
        if lacking:
            where = ", ".join(map(str, paths))
            wanted = " and ".join(f"HSall_{kind}.csv" for kind in lacking)
            raise Unreadable("no_files", f"{where}: there is no {wanted}, nor one of a single chamber and Congress")
        for kind, columns in (("members", MEMBERS), ("rollcalls", ROLLCALLS), ("votes", VOTES)):
            for path in kinds[kind]:
                header(path, columns)
        return cls(**kinds)


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
