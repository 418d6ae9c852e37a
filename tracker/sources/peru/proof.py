"""Do the codes of a roll make the printed totals, and can the sums decide a code that could not be read?

Every sheet prints its roll three times: row by row, added up by code, and (of a vote) added up by group. Where a row is
smudged the sums may leave exactly one way to fill it in. Two ways are none: the row stays open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

CHAIR = "***"
SILENT = "SinRes"
VOTES = ("SI +++", "NO ---", "Abst.")
"""The totals that count a vote cast."""
COUNTED = (*VOTES, SILENT)
"""The columns of the table by group on the sheet of a vote. The chair's *** is counted as without a response."""
MOST = 12
"""Open rows beyond which the sums are not asked: the paper has to be read again, or by a person."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row as read: the group printed beside it, the code, None where it could not be read."""

    group: str | None
    code: str | None


@dataclass(frozen=True, slots=True)
class Proof:
    """The codes of a roll, those decided by the sums filled in; which rows that were; what does not meet, in words."""

    codes: tuple[str | None, ...]
    decided: tuple[int, ...]
    misfits: tuple[str, ...]


def counted_as(code: str) -> str:
    """Return the total that a code is counted in."""
    return SILENT if code == CHAIR else code


def prove(rows: Sequence[Line], totals: Mapping[str, int | None], table: Mapping[str, Sequence[int | None]]) -> Proof:
    """Hold a roll against its totals by code and its table by group (None: a figure that could not be read).

    Open rows are filled in only if exactly one filling meets every figure that could be read.
    """
    open_rows = [i for i, row in enumerate(rows) if row.code is None]
    codes = [row.code for row in rows]
    decided: tuple[int, ...] = ()
    totals = _inferred(totals, len(rows))
    if open_rows and len(open_rows) <= MOST and None not in totals.values():
        ways = _fillings(rows, open_rows, totals, table)
        if len(ways) == 1:
            for i, code in ways[0].items():
                codes[i] = code
            decided = tuple(open_rows)
    return Proof(tuple(codes), decided, tuple(_misfits(rows, codes, totals, table)))


def _inferred(totals: Mapping[str, int | None], rows: int) -> Mapping[str, int | None]:
    """Fill in totals that could not be read where the others leave no choice, since every row is counted once."""
    unread = [code for code, total in totals.items() if total is None]
    left = rows - sum(total or 0 for total in totals.values())
    if left == 0 or (len(unread) == 1 and left > 0):
        return {code: total if total is not None else left for code, total in totals.items()}
    return totals


def _fillings(
    rows: Sequence[Line],
    open_rows: Sequence[int],
    totals: Mapping[str, int | None],
    table: Mapping[str, Sequence[int | None]],
) -> tuple[dict[int, str], ...]:
    """Return the first two ways to give the open rows codes so that all totals and all legible figures are met."""
    have = Counter(counted_as(row.code) for row in rows if row.code is not None)
    codes = tuple(totals)
    lacking = tuple((totals[code] or 0) - have[code] for code in codes)
    room = {group: _room(rows, group, figures) for group, figures in table.items()}
    order = sorted(open_rows, key=lambda i: rows[i].group or "")
    groups = [rows[i].group for i in order]
    closed = [left for group, figures in room.items() if group not in groups for left in figures.values()]
    if any(n < 0 for n in lacking) or sum(lacking) != len(order) or any(closed):
        return ()

    @cache
    def fill(at: int, lacking: tuple[int, ...], left: tuple[tuple[str, int], ...]) -> tuple[tuple[str, ...], ...]:
        """Fill the rows from `at` on; `left` is the room that the group of the row before still has."""
        following = groups[at] if at < len(order) else None
        if at == 0 or at == len(order) or following != groups[at - 1]:
            if any(n for _, n in left):
                return ()
            left = tuple(room.get(following or "", {}).items())
        if at == len(order):
            return ((),)
        found: list[tuple[str, ...]] = []
        for n, code in enumerate(codes):
            if lacking[n] and dict(left).get(code, 1) > 0:
                fewer = (*lacking[:n], lacking[n] - 1, *lacking[n + 1 :])
                rest = fill(at + 1, fewer, tuple((other, k - (other == code)) for other, k in left))
                found += ((code, *codes_after) for codes_after in rest)
        return tuple(found[:2])

    return tuple(dict(zip(order, way, strict=True)) for way in fill(0, lacking, ()))


def _room(rows: Sequence[Line], group: str, figures: Sequence[int | None]) -> dict[str, int]:
    """How many more of each code a group has by the table than by its rows that could be read."""
    have = Counter(counted_as(row.code) for row in rows if row.code is not None and row.group == group)
    return {code: figure - have[code] for code, figure in zip(COUNTED, figures, strict=False) if figure is not None}


def _misfits(
    rows: Sequence[Line],
    codes: Sequence[str | None],
    totals: Mapping[str, int | None],
    table: Mapping[str, Sequence[int | None]],
) -> Iterator[str]:
    counts = Counter(counted_as(code) for code in codes if code is not None)
    for code, total in totals.items():
        if total is not None and total != counts[code]:
            yield f"the sheet prints {total} {code}, its rows make {counts[code]}"
    unread = [code for code, total in totals.items() if total is None]
    left = len(rows) - sum(total or 0 for total in totals.values())
    if left < 0 or (left and not unread):
        yield f"the totals add up to {len(rows) - left}, the roll has {len(rows)} rows"
    elif left and len(unread) > 1:
        # All rows are counted once: one unread total follows from the others, several only if nothing is left for them.
        yield f"the totals of {', '.join(unread)} could not be read"
    for code in sorted(set(counts) - set(totals)):
        yield f"{counts[code]} rows have {code}, for which the sheet prints no total"
    by_group = Counter((row.group, counted_as(code)) for row, code in zip(rows, codes, strict=True) if code is not None)
    for group, figures in table.items():
        for code, figure in zip(COUNTED, figures, strict=False):
            if figure is not None and figure != by_group[group, code]:
                yield f"the table has {figure} {code} of {group}, its rows make {by_group[group, code]}"
