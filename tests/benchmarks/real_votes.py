"""Sheets to draw from votes that were taken: what stands on such a page is known to the last mark."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from tracker.demo.sheet_facts import CHAIR, SILENT, Row, Sheet
from tracker.sources.peru import groups, roster

CODES = {
    "SI": "SI +++",
    "NO": "NO ---",
    "ABSTENCION": "Abst.",
    "SIN_RESPONDER": SILENT,
    "AUSENTE": "aus",
    "LICENCIA_OFICIAL": "LO",
    "LICENCIA_POR_ENFERMEDAD": "LE",
    "LICENCIA_PERSONAL": "LP",
    "SUSPENDIDO": "Sus",
    "FALLECIDO": "F",
    "FALTO": "F",
}
BENCHES = {group.code: group.name for group in groups.groups()}
"""Names of all groups of those years, as the sheets' tables print them."""
BEGIN = datetime(2021, 7, 1)  # noqa: DTZ001 - as the board's clock, whose zone is the chamber's
LONGEST = 380
"""Letters of a subject or a note beyond which a page would have to be set closer than it is drawn."""


def records(corpus: Path, name: str) -> Iterator[Any]:
    """Read a file of facts of the corpus."""
    with gzip.open(corpus / f"peru/facts/{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def sheets(corpus: Path, count: int) -> list[Sheet]:
    """Return sheets of votes of 2021 to 2023, spread evenly over those that fit on a page."""
    found = [one for record in records(corpus, "votes") if (one := _sheet(record)) is not None]
    step = max(1, len(found) // count)
    return found[step // 2 :: step][:count]


def _sheet(record: Any) -> Sheet | None:
    """Make a sheet of a record; None if it does not fit, or has another roll than the roster."""
    day, note = date.fromisoformat(record["sitting"]), " ".join(record["notes"])
    if max(len(record["subject"]), len(note)) > LONGEST:
        return None
    marks = {member(name, day): (group, CODES[mark]) for group, name, mark in record["votes"]}
    seats = [seat for seat in roster.roll(day) if seat.member in marks]
    if len(seats) != len(marks) or None in marks:
        return None
    chair = next((seat for seat in seats if seat.member == member(record["president"], day)), None)
    if chair is None or marks[chair.member][1] != SILENT:
        return None
    taken = datetime.fromisoformat(record["datetime"])
    serial = (taken - BEGIN) // timedelta(minutes=15)
    return Sheet(
        why="benchmark",
        term=f"{record['legislature']} {record['year']}",
        sitting=day,
        taken=taken,
        rows=tuple(
            Row(marks[seat.member][0], seat.printed[0], CHAIR if seat is chair else marks[seat.member][1])
            for seat in seats
        ),
        record=f"99000 - {serial:05} - {serial:05}",
        note=note,
        chair=chair.printed[0],
        subject=record["subject"],
    )


def member(name: str, day: date) -> str | None:
    """Return who is called so on a day."""
    mandate = roster.register().find(name, day).mandate
    return mandate.person.id if mandate else None
