"""What is the one document that some votes of the Parliament make?

Its members stand once for each group they were of on one of these days. Who voted how is one figure a line of theirs:
the place of the position among `POSITIONS`, from 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.sources.contract import Unreadable
from tracker.sources.howtheyvote.tables import VOTES, Member
from tracker.sources.large.leaf import Call, Layout

POSITIONS = ("FOR", "AGAINST", "ABSTENTION", "DID_NOT_VOTE")
LAYOUT = Layout("howtheyvote", ("member_id", "name", "country", "group_code"), VOTES, "01234")
Seat = tuple[Member, str]
"""A member and the group of one day, as HowTheyVote's code; empty: in none."""


@dataclass(frozen=True, slots=True)
class Record:
    """A leaf, read back."""

    seats: tuple[Seat, ...]
    calls: tuple[Call, ...]


def written(first: int, seats: Sequence[Seat], votes: Sequence[tuple[int, list[str], str]]) -> bytes:
    """Write a leaf; `first` is the number its votes are counted from."""
    return LAYOUT.written(
        first,
        ((one.number, one.name, one.country, group) for one, group in seats),
        (((number, *said), casts) for number, said, casts in votes),
    )


def unpack(content: bytes, url: str) -> Record:
    """Read a leaf. Unreadable: `not_a_leaf`, `bad_row`."""
    _, seats, calls = LAYOUT.unpacked(content, url)
    try:
        read = tuple((Member(int(number), name, country), group) for number, name, country, group in seats)
    except ValueError as error:
        raise Unreadable("not_a_leaf", f"{url}: {error}") from error
    return Record(read, calls)
