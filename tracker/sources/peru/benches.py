"""Which groups does a vote sheet name, beside its rows and in its table, and what does the table print of each?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from rapidfuzz import fuzz, process

from tracker.domain.people import fold
from tracker.domain.votes import GroupTally, Tally
from tracker.sources.peru import groups, proof
from tracker.sources.peru.foot import Figure, Foot
from tracker.sources.peru.leaf import SURE, Leaf
from tracker.sources.peru.proof import Line

ALIKE = 88
"""How alike a group's printed name must be to a known one, in per cent, to be it."""
CERTAIN = 0.98
"""A group read less surely than this may be another, if the sums say so."""
LEGIBLE, CLEAR = 0.45, 0.95
"""Below the first a figure counts as unread, above the second it speaks against a roll that says otherwise."""


def codes_of(below: Foot, day: date) -> dict[str, str]:
    """Return the code of each group of the page's table as read → as it is.

    A known name beside it puts it right; so do code and name together where they were cut apart elsewhere than printed
    (`NANO AGRUPADOS`), or a stamp reads on behind them.
    """
    known = groups.on(day)
    names = {fold(group.name): code for code, group in known.items()}
    whole = {fold(code + group.name).replace(" ", ""): code for code, group in known.items()}
    found = {}
    for bench in below.benches:
        match = process.extractOne(fold(bench.name), names.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE)
        printed = fold(bench.code + bench.name).replace(" ", "")
        alike = sorted((fuzz.ratio(form, printed[: len(form)]), code) for form, code in whole.items())
        if match:
            found[bench.code] = names[match[0]]
        elif bench.code not in known and alike and alike[-1][0] >= ALIKE:
            found[bench.code] = alike[-1][1]
        else:
            found[bench.code] = bench.code
    return found


def of_rows(leaf: Leaf, consensus: Mapping[str, str], known: Mapping[str, str]) -> list[str | None]:
    """Return the group of each row: as read, or where that is unsure as most pages of the document have it."""
    table = set(known.values())
    found: list[str | None] = []
    for row, seat in zip(leaf.layout.rows, leaf.seats, strict=True):
        read = row.group.text if row.group is not None and row.group.confidence >= SURE else None
        usual = consensus.get(seat.member) if seat else None
        found.append(read if read in table or (read and not table) else usual or read)
    return found


def by_roster(
    leaf: Leaf, groups: Sequence[str | None], codes: Sequence[str | None], known: Mapping[str, str]
) -> list[str | None]:
    """Return the groups, those not surely read as the roster has them where the table proves it.

    That is beside codes the table counts; a group beside any other code stays as it was read.
    """
    table = set(known.values())
    found = []
    for row, seat, group, code in zip(leaf.layout.rows, leaf.seats, groups, codes, strict=True):
        unsure = row.group is None or row.group.confidence < CERTAIN
        counted = code is None or proof.counted_as(code) in proof.COUNTED
        found.append(seat.group if unsure and counted and seat and seat.group in table else group)
    return found


def table(below: Foot, known: Mapping[str, str], rows: Sequence[Line]) -> dict[str, tuple[int | None, ...]]:
    """Return the table by group; a figure under a stamp that says otherwise than the roll counts as unread."""
    table: dict[str, tuple[int | None, ...]] = {}
    for bench in below.benches:
        code = known[bench.code]
        mine = [proof.counted_as(row.code) for row in rows if row.group == code and row.code]
        whole = all(row.code for row in rows if row.group == code)
        figures = []
        for column, figure in zip(proof.COUNTED, bench.figures, strict=True):
            value = legible(figure)
            faint = figure is not None and figure.sure < CLEAR and whole and value != mine.count(column)
            figures.append(None if faint else value)
        table[code] = tuple(figures)
    return table


def printed_groups(below: Foot, known: Mapping[str, str]) -> tuple[GroupTally, ...]:
    """Return the table by group if yes, no and abstentions of every row could be read; those silent are not in it."""
    rows = []
    for bench in below.benches:
        figures = [figure.value if figure and figure.sure >= CLEAR else None for figure in bench.figures[:3]]
        if None in figures:
            return ()
        yes, no, abstain = (figure or 0 for figure in figures)
        rows.append(GroupTally(known[bench.code], bench.name, Tally(yes, no, abstain)))
    return tuple(rows)


def legible(figure: Figure | None) -> int | None:
    """Return a figure; None if there is none, or it was read less surely than to be used at all."""
    return figure.value if figure is not None and figure.sure >= LEGIBLE else None
