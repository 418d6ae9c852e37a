"""Do the rows of a sheet of the two chambers make the totals it prints, by code and by group?

The box of totals has been seen to show the figure that the chair announced while rows and table have another (Deputies,
5 and 13 August 2026). Nothing here decides which is right: both are kept, and the vote is doubtful.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from tracker.domain.votes import Position, Reason
from tracker.sources.contract import Sheet
from tracker.sources.peru import proof
from tracker.sources.peru.chambers.totals import Totals
from tracker.sources.peru.foot import LABELS
from tracker.sources.peru.proof import Line, Proof

UNMARKED = "(sin marca)"
"""Stands for a row of a roll called by name that has no mark in any column; the box has no total for them."""
_AWAY = (Reason.LEAVE_OFFICIAL, Reason.LEAVE_PERSONAL, Reason.LEAVE_SICK, Reason.LEAVE_TRAVEL, Reason.LEAVE_UNPAID)


def counted_in(sheet: Sheet) -> Mapping[str, str]:
    """Return the total that each code is counted in: `SI` and `SI +++` in one, `AUS` and `aus` in one."""
    return _counted_in(tuple((code, meaning.position, meaning.reason) for code, meaning in sheet.codes.items()))


def usual(sheet: Sheet) -> Mapping[str, str]:
    """Return, for each code, the one that the sheet lists first among those counted with it: `NO ---` for `NO`."""
    counted = counted_in(sheet)
    first = {total: code for code, total in reversed(tuple(counted.items()))}
    return {code: first[total] for code, total in counted.items()}


@lru_cache(maxsize=8)
def _counted_in(codes: tuple[tuple[str, Position, Reason | None], ...]) -> Mapping[str, str]:
    totals = {(position, reason): code for code, position, reason in codes if code in LABELS}
    return {code: totals.get((position, reason), code) for code, position, reason in codes}


def of_vote(rows: Sequence[Line], totals: Totals, sheet: Sheet) -> Proof:
    """Hold the rows of a vote against its totals and its table by group."""
    counted = counted_in(sheet)
    lines = [Line(row.group, counted.get(row.code, row.code) if row.code else None) for row in rows]
    table = {bench.code: bench.figures[:4] for bench in totals.benches}
    found = proof.prove([line for line in lines if line.code != UNMARKED], totals.by_code, table)
    misfits = [*found.misfits, *(f"the totals are printed twice and differ: {twice}" for twice in totals.twice)]
    if any(f" {code}" in text for text in found.misfits for code in proof.VOTES) and _table_meets(lines, totals):
        misfits.append("the rows make the table by group: the box may show the figure that the chair announced")
    printed = _printed(rows, sheet)
    filled = iter(found.codes)
    by_sums = [row.code if row.code == UNMARKED else next(filled) for row in rows]
    codes = tuple(row.code or (code and printed.get(code, code)) for row, code in zip(rows, by_sums, strict=True))
    decided = tuple(i for i, (row, code) in enumerate(zip(rows, codes, strict=True)) if row.code is None and code)
    return Proof(codes, decided, tuple(misfits))


def _printed(rows: Sequence[Line], sheet: Sheet) -> Mapping[str, str]:
    """Return how this page, or else the sheet's list, prints the code of each total: `SI` for `SI +++`."""
    counted = counted_in(sheet)
    there = Counter(row.code for row in rows if row.code and row.code != proof.CHAIR)
    return {**usual(sheet), **{counted[code]: code for code, _ in reversed(there.most_common()) if code in counted}}


def _table_meets(lines: Sequence[Line], totals: Totals) -> bool:
    """Whether the rows make every figure of the table by group."""
    counts = Counter((line.group, proof.counted_as(line.code)) for line in lines if line.code)
    return bool(totals.benches) and all(
        counts[bench.code, code] == figure
        for bench in totals.benches
        for code, figure in zip(proof.COUNTED, bench.figures, strict=False)
    )


def of_attendance(rows: Sequence[Line], totals: Totals, sheet: Sheet) -> Iterator[str]:
    """Say what of an attendance does not meet: rows and totals, rows and the table of five figures by group."""
    counted = counted_in(sheet)
    lines = [Line(None, counted.get(row.code, row.code) if row.code else None) for row in rows]
    yield from proof.prove(lines, totals.by_code, {}).misfits
    by_group = Counter((row.group, _column(sheet, row.code)) for row in rows if row.code)
    for bench in totals.benches:
        for place, figure in enumerate(bench.figures[:5]):
            mine = by_group[bench.code, place]
            if figure is not None and figure != mine:
                yield f"the table has {figure} in column {place + 1} of {bench.code}, its rows make {mine}"


def _column(sheet: Sheet, code: str) -> int:
    """Return the column of the table of an attendance: present, absent, on leave, suspended, other."""
    meaning = sheet.codes.get(code)
    if meaning is None:
        return 4
    if meaning.position is Position.PRESENT:
        return 0
    if meaning.reason in _AWAY:
        return 2
    return {Reason.ABSENT: 1, Reason.SUSPENDED: 3}.get(meaning.reason or Reason.UNKNOWN, 4)
