"""How do the published files become leaves?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from tracker.sources.contract import Leaf, Sheet, Unreadable
from tracker.sources.voteview.casts import A_LEAF, Rows, leaves
from tracker.sources.voteview.leaf import written
from tracker.sources.voteview.tables import Files, Tables, read


def all_leaves(paths: Sequence[Path], sheet: Sheet, chamber: str) -> Iterator[Leaf]:
    """Yield the leaves of one chamber in the files' order. Unreadable names file and line."""
    files = Files.of(paths)
    tables = read(files, chamber)
    left = len({(congress, (number - 1) // A_LEAF) for congress, number in tables.rollcalls})
    met: set[str] = set()
    for path in files.votes:
        for rows in leaves(path, chamber):
            first = rows.leaf * A_LEAF + 1
            url = sheet.address.url("votes", congress=rows.congress, first=first, last=first + A_LEAF - 1)
            if url in met:
                raise Unreadable("twice", f"{path.name}, line {rows.line[0]}: these roll calls stand in two files")
            met.add(url)
            left -= 1
            yield Leaf(url, pack(path, rows, tables), max(left, 0))


def pack(path: Path, rows: Rows, tables: Tables) -> bytes:
    """Make the document. Unreadable: `unknown_member`, `unknown_roll_call`, `twice`, with file and line."""
    congress = rows.congress
    here, member = np.unique(rows.icpsr, return_inverse=True)
    numbers, call = np.unique(rows.roll, return_inverse=True)
    president = np.array([(congress, int(one)) in tables.presidents for one in here])
    for at, one in enumerate(here.tolist()):
        if (congress, one) not in tables.members and not president[at]:
            line = rows.line[member == at][0]
            raise Unreadable("unknown_member", f"{path.name}, line {line}: {one} is no member of Congress {congress}")
    for at, one in enumerate(numbers.tolist()):
        if (congress, one) not in tables.rollcalls:
            line = rows.line[call == at][0]
            raise Unreadable(
                "unknown_roll_call", f"{path.name}, line {line}: Congress {congress} has no roll call {one}"
            )
    places = call * len(here) + member
    order = np.argsort(places, kind="stable")
    again = np.flatnonzero(np.diff(places[order]) == 0)
    if len(again):
        at = order[again + 1].min()
        raise Unreadable(
            "twice", f"{path.name}, line {rows.line[at]}: member {rows.icpsr[at]} has a second row in this roll call"
        )
    casts = np.full((len(numbers), len(here)), ord("0"), np.uint8)
    casts[call, member] = rows.code + ord("0")
    kept = ~president & (casts != ord("0")).any(axis=0)
    return written(
        congress,
        [tables.members[congress, one] for one in here[kept].tolist()],
        [
            (one, tables.rollcalls[congress, one], line.tobytes().decode())
            for one, line in zip(numbers.tolist(), casts[:, kept], strict=True)
        ],
    )
