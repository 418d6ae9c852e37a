"""How do the published files become leaves, two hundred of the Parliament's numbers a document?

The table of who voted how has some 18 million rows. They stand in order of the vote's number, as published.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from tracker.sources.contract import Leaf, Sheet, Unreadable
from tracker.sources.howtheyvote.leaf import POSITIONS, written
from tracker.sources.howtheyvote.tables import Files, Tables, read
from tracker.sources.large.blocks import Array, Form, blocks, coded, lines_of, second, stranger, together

A_LEAF = 200
"""Numbers that are one document, 0–199, 200–399, …; about one in three is a roll call."""
FORM = Form(("vote_id", "member_id"), {"position": POSITIONS, "group_code": None}, "unknown_code")


def all_leaves(paths: Sequence[Path], sheet: Sheet) -> Iterator[Leaf]:
    """Yield the leaves in the files' order. Unreadable names file and line."""
    files = Files.of(paths)
    tables = read(files)
    path = files.member_votes
    left = len({number // A_LEAF for number in tables.votes})
    groups: dict[str, int] = {}
    waiting = set(tables.votes)

    def again(row: Array) -> str:
        return f"{path.name}, line {row[4]}: vote {row[0]} comes again after others; its rows have to stand together"

    pieces = (_numbered(path, block, line, groups) for block, line in blocks(path, FORM))
    for key, rows in together(((one[0] // A_LEAF, one) for one in pieces), again):
        left -= 1
        waiting.difference_update(np.unique(rows[0]).tolist())
        first = key * A_LEAF
        url = sheet.address.url("votes", first=first, last=first + A_LEAF - 1)
        yield Leaf(url, pack(path, first, rows, tables, list(groups)), max(left, 0))
    if waiting:
        message = (
            f"{path.name} ends without a row of vote {min(waiting)} of {files.votes.name}; {len(waiting)} have none"
        )
        raise Unreadable("no_ballots", message)


def _numbered(path: Path, block: Any, line: Array, groups: dict[str, int]) -> Array:
    """Return a block as numbers: vote, member, position, group, line; groups in the order in which they come."""
    for code in block.column("group_code").unique().to_pylist():
        groups.setdefault(code, len(groups))
    places = coded(path, FORM, block, "position", POSITIONS) + 1, coded(path, FORM, block, "group_code", list(groups))
    return np.array([*(block.column(name).to_numpy() for name in FORM.numbers), *places, line])


def pack(path: Path, first: int, rows: Array, tables: Tables, groups: Sequence[str]) -> bytes:
    """Make the document, whose numbers are counted from `first`.

    Unreadable: `unknown_member`, `unknown_vote`, `twice`, with file and line.
    """
    vote, member, position, group, line = rows
    for found, known, what in ((member, tables.members, "member"), (vote, tables.votes, "vote")):
        at = stranger(found, known.__contains__)
        if at is not None:
            raise Unreadable(
                f"unknown_{what}", f"{path.name}, line {line[at]}: {what} {found[at]} is in no {what}s.csv"
            )
    at = second(vote, member)
    if at is not None:
        raise Unreadable("twice", f"{path.name}, line {line[at]}: member {member[at]} has a second row in this vote")
    by_name = sorted(groups)
    ranks = np.array([by_name.index(code) for code in groups])
    # A member's number times that of the groups, and the group's place, are a seat.
    numbers, seats, casts = lines_of(vote, member * len(by_name) + ranks[group], position)
    return written(
        first,
        [(tables.members[seat // len(by_name)], by_name[seat % len(by_name)]) for seat in seats],
        [(number, tables.votes[number], one.tobytes().decode()) for number, one in zip(numbers, casts, strict=True)],
    )
