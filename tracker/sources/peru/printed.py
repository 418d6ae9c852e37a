"""What do the parts of a sheet, once read, make of a vote: its key and id, its clock time, its board, its ballots?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from tracker.domain.votes import UNREAD, Position, PrintedBallot, Tally
from tracker.sources.contract import Sheet
from tracker.sources.peru import proof
from tracker.sources.peru.foot import Record
from tracker.sources.peru.proof import Proof


def key(kind: str, record: Record | None, taken: datetime | None, day: date, page: int) -> str:
    """Return the raw facts that name a record: the number printed on it, else its clock time, else its day and page."""
    if record is not None:
        return f"{kind}/{record.sitting}-{record.item}-{record.serial}"
    if taken is not None:
        return f"{kind}/{taken.isoformat(timespec='minutes')}"
    return f"{kind}/{day}/page {page}"


def identifier(chamber: str, record: Record | None, taken: datetime | None, day: date, page: int) -> str:
    """Return `pe-2024-10-16-07833`, by the serial of the record; without one by the clock: `pe-2024-10-16-t1205`."""
    last = record.serial if record is not None else f"t{taken:%H%M}" if taken is not None else f"p{page}"
    return f"{chamber}-{day.isoformat()}-{last}"


def clock(taken: datetime | None, sheet: Sheet) -> datetime | None:
    """Return a clock time in the zone of the chamber."""
    return None if taken is None else taken.replace(tzinfo=ZoneInfo(sheet.chamber.zone))


def board(totals: Mapping[str, int | None], sheet: Sheet) -> Tally | None:
    """Add the printed totals up by position; None if one of those that count a vote could not be read.

    Those who did not vote are added up only if every total is there, that of members without a response included, and
    each is of a code that the sheet lists.
    """
    if any(totals.get(code) is None for code in proof.VOTES):
        return None
    counts: dict[Position, int] = dict.fromkeys(Position, 0)
    for code in totals.keys() & sheet.codes.keys():
        counts[sheet.codes[code].position] += totals[code] or 0
    whole = None not in totals.values() and proof.SILENT in totals and totals.keys() <= sheet.codes.keys()
    absent = counts[Position.NOT_CAST] if whole else 0
    return Tally(counts[Position.YES], counts[Position.NO], counts[Position.ABSTAIN], 0, absent)


def ballots(
    names: Sequence[str], groups: Sequence[str | None], found: Proof, sheet: Sheet, where: str
) -> Iterator[PrintedBallot]:
    """Yield the ballots; a row whose code is open is printed with a code of its own that says so."""
    codes = {code: sheet.code(code, where) for code in set(found.codes) if code is not None}
    for name, group, code in zip(names, groups, found.codes, strict=True):
        yield PrintedBallot(name, codes[code] if code else UNREAD, group)
