"""What is the one document that a hundred roll calls make?

Who voted how is Voteview's cast code, one figure a member.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.sources.contract import Unreadable
from tracker.sources.large.leaf import Call, Layout
from tracker.sources.voteview.tables import ROLLCALLS, Member

LAYOUT = Layout(
    "voteview",
    ("icpsr", "bioname", "bioguide_id", "state_abbrev", "party_code"),
    ("rollnumber", *ROLLCALLS[3:]),
    "0123456789",
)


@dataclass(frozen=True, slots=True)
class Record:
    """A leaf, read back."""

    congress: int
    members: tuple[Member, ...]
    calls: tuple[Call, ...]


def written(congress: int, members: Sequence[Member], calls: Sequence[tuple[int, list[str], str]]) -> bytes:
    """Write a leaf."""
    return LAYOUT.written(
        congress,
        ((one.icpsr, one.name, one.bioguide, one.state, one.party) for one in members),
        (((number, *said), casts) for number, said, casts in calls),
    )


def unpack(content: bytes, url: str) -> Record:
    """Read a leaf. Unreadable: `not_a_leaf`, `bad_row`."""
    congress, members, calls = LAYOUT.unpacked(content, url)
    try:
        read = tuple(
            Member(int(icpsr), name, bioguide, state, int(party)) for icpsr, name, bioguide, state, party in members
        )
        return Record(int(congress), read, calls)
    except ValueError as error:
        raise Unreadable("not_a_leaf", f"{url}: {error}") from error
