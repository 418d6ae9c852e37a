"""How do the published files become leaves?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from pathlib import Path

import numpy as np

from tracker.sources.contract import Leaf, Sheet, Unreadable
from tracker.sources.large.blocks import lines_of, second, stranger
from tracker.sources.voteview.casts import A_LEAF, Rows, leaves
from tracker.sources.voteview.leaf import written
from tracker.sources.voteview.tables import ROLLCALLS, Files, Tables, read


def all_leaves(paths: Sequence[Path], sheet: Sheet, chamber: str) -> Iterator[Leaf]:
    """Yield the leaves of one chamber in the files' order. Unreadable names file and line."""
    files = Files.of(paths)
    tables = read(files, chamber)
    left = len({(congress, (number - 1) // A_LEAF) for congress, number in tables.rollcalls})
    waiting = {key for key, said in tables.rollcalls.items() if _was_counted(said)}
    met: set[str] = set()
    begun: set[int] = set()
    for path in files.votes:
        for rows in leaves(path, chamber):
            first = rows.leaf * A_LEAF + 1
            url = sheet.address.url("votes", congress=rows.congress, first=first, last=first + A_LEAF - 1)
            if url in met:
                raise Unreadable("twice", f"{path.name}, line {rows.line[0]}: these roll calls stand in two files")
            met.add(url)
            begun.add(rows.congress)
            here = {(rows.congress, number) for number in range(first, first + A_LEAF)} & waiting
            _hold(here - {(rows.congress, number) for number in np.unique(rows.roll).tolist()}, path)
            waiting -= here
            left -= 1
            yield Leaf(url, pack(path, rows, tables), max(left, 0))
    _hold({key for key in waiting if key[0] in begun}, files.votes[-1])


def _was_counted(said: Sequence[str]) -> bool:
    """Whether a roll call has votes by its own counts: it has rows then."""
    counts = dict(zip(ROLLCALLS[3:], said, strict=True))
    return any(counts[name].strip("0.") for name in ("yea_count", "nay_count"))


def _hold(lacking: Set[tuple[int, int]], path: Path) -> None:
    """Refuse a table that was cut short: its votes would seem to be gone. Unreadable: `no_ballots`."""
    if lacking:
        congress, number = min(lacking)
        message = f"{path.name} has no row of roll call {number} of Congress {congress}; {len(lacking)} have none"
        raise Unreadable("no_ballots", message)


def pack(path: Path, rows: Rows, tables: Tables) -> bytes:
    """Make the document. Unreadable: `unknown_member`, `unknown_roll_call`, `twice`, with file and line."""
    congress = rows.congress
    known, listed, presidents = tables.members, tables.rollcalls, tables.presidents
    at = stranger(rows.icpsr, lambda one: (congress, one) in known or (congress, one) in presidents)
    if at is not None:
        message = f"{rows.icpsr[at]} is no member of Congress {congress}"
        raise Unreadable("unknown_member", f"{path.name}, line {rows.line[at]}: {message}")
    at = stranger(rows.roll, lambda one: (congress, one) in listed)
    if at is not None:
        message = f"Congress {congress} has no roll call {rows.roll[at]}"
        raise Unreadable("unknown_roll_call", f"{path.name}, line {rows.line[at]}: {message}")
    at = second(rows.roll, rows.icpsr)
    if at is not None:
        message = f"member {rows.icpsr[at]} has a second row in this roll call"
        raise Unreadable("twice", f"{path.name}, line {rows.line[at]}: {message}")
    numbers, here, casts = lines_of(rows.roll, rows.icpsr, rows.code)
    kept = np.array([(congress, one) not in presidents for one in here]) & (casts != ord("0")).any(axis=0)
    return written(
        congress,
        [known[congress, one] for one, keep in zip(here, kept, strict=True) if keep],
        [
            (one, listed[congress, one], line.tobytes().decode())
            for one, line in zip(numbers, casts[:, kept], strict=True)
        ],
    )
