"""What is the one document that a hundred roll calls make: their rows, those of their members, and who voted how?

Written as comma-separated values too: a line that says whose it is, the members, an empty line, the roll calls. Who
voted how is one figure a member behind each roll call, in the members' order: Voteview's cast code, 0 for one who was
no member then. The same rows give the same bytes.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.sources.contract import Unreadable
from tracker.sources.voteview.tables import ROLLCALLS, Member

MEMBER_COLUMNS = ("icpsr", "bioname", "bioguide_id", "state_abbrev", "party_code")
CALL_COLUMNS = ("rollnumber", *ROLLCALLS[3:], "casts")


@dataclass(frozen=True, slots=True)
class Call:
    """A roll call of a leaf: its columns by name, and a cast code for each member."""

    number: int
    said: dict[str, str]
    casts: str


@dataclass(frozen=True, slots=True)
class Record:
    """A leaf, read back."""

    congress: int
    members: tuple[Member, ...]
    calls: tuple[Call, ...]


def written(congress: int, members: Sequence[Member], calls: Sequence[tuple[int, list[str], str]]) -> bytes:
    """Write a leaf."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("voteview", congress))
    writer.writerow(MEMBER_COLUMNS)
    writer.writerows((one.icpsr, one.name, one.bioguide, one.state, one.party) for one in members)
    text.write("\n")
    writer.writerow(CALL_COLUMNS)
    writer.writerows((number, *said, casts) for number, said, casts in calls)
    return text.getvalue().encode()


def unpack(content: bytes, url: str) -> Record:
    """Read a leaf. Unreadable: `not_a_leaf`, `bad_row`."""
    try:
        rows = list(csv.reader(io.StringIO(content.decode(), newline=""), strict=True))
        gap = rows.index([])
        (_, congress), names, columns = rows[0], tuple(rows[1]), tuple(rows[gap + 1])
        if names != MEMBER_COLUMNS or columns != CALL_COLUMNS:
            raise Unreadable("not_a_leaf", f"{url}: its columns are not those of a leaf")
        members = tuple(
            Member(int(icpsr), name, bioguide, state, int(party)) for icpsr, name, bioguide, state, party in rows[2:gap]
        )
        calls = tuple(Call(int(row[0]), dict(zip(columns, row, strict=True)), row[-1]) for row in rows[gap + 2 :])
        if any(len(call.casts) != len(members) or not call.casts.isdecimal() for call in calls):
            raise Unreadable("bad_row", f"{url}: a roll call has not one code for each member")
        return Record(int(congress), members, calls)
    except (ValueError, csv.Error) as error:
        raise Unreadable("not_a_leaf", f"{url}: {error}") from error
