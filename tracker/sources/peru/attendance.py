"""Who was there when a sitting day began, and who was excused, absent or suspended?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.domain.people import Register, fold
from tracker.domain.votes import Mark, PrintedSitting
from tracker.sources.contract import Severity, Sheet, Trouble
from tracker.sources.peru import names
from tracker.sources.peru.days import Day
from tracker.sources.peru.paper import Line, joined

PRESENT = "PRESENTES"
_PRESENT = re.compile(
    r"(?:parlamentari[oa]s|congresistas)\s+siguientes:|PRESENTES\s*[:,]\s*(?:l[oa]s\s+congresistas\b)?", re.IGNORECASE
)
_LABEL = re.compile(
    r"(?P<label>CON (?:LICENCIA|PERMISO)[A-ZÁÉÍÓÚÑ ]*?|AUSENTES?|SUSPENDID[OA]S?)\s*[,:]\s*"
    r"(?:(?:el|la|los|las)\s+(?:se[ñn]or\w*\s+)?congresistas?\s+)?(?P<names>.*)",
    re.IGNORECASE | re.DOTALL,
)
_FAR = 160
"""An attendance list begins within a few pages' lines after its day does."""


def read(
    lines: Sequence[Line], day: Day, end: int, title: str, sheet: Sheet, register: Register
) -> tuple[PrintedSitting, list[Trouble]]:
    """Read the attendance with which a day begins; `end` is the first line that is no longer this day's.

    Those whose presence the chair put on record after the list was closed are not in it.
    """
    troubles: list[Trouble] = []
    marks: list[Mark] = []
    page = day.page
    until = min(end, day.index + _FAR + 120)
    at = _first_list(lines, day, min(end, day.index + _FAR))
    while at is not None and at < until:
        paragraph, after = _paragraph(lines, at, until)
        label, text = _labelled(joined(paragraph))
        if label is None:
            break
        if not marks:
            page = paragraph[0].page
        marks += _marks(text, label, paragraph[0].page, day, sheet, register, troubles)
        at = after
    sitting = PrintedSitting(
        legislature=sheet.chamber.slug, date=day.date, title=title, attendance=tuple(marks), page=page
    )
    if not marks:
        troubles.append(
            Trouble(Severity.NOTED, "no_attendance", f"no attendance list was found for {day.date}", f"page {page}")
        )
    return sitting, troubles


def _first_list(lines: Sequence[Line], day: Day, end: int) -> int | None:
    for i in range(day.index, end):
        two = lines[i].text + (f" {lines[i + 1].text}" if i + 1 < end else "")
        match = _PRESENT.search(two)
        if match and match.end() > len(lines[i].text) - len("siguientes:") - 60 and "registr" not in fold(two)[:9]:
            return i
    return None


def _paragraph(lines: Sequence[Line], at: int, until: int) -> tuple[list[Line], int]:
    i = at
    while i < until:
        i += 1
        if lines[i - 1].text.endswith(".") or (i < until and _LABEL.match(lines[i].text)):
            break
    return list(lines[at:i]), i


def _labelled(text: str) -> tuple[str | None, str]:
    if match := _LABEL.match(text):
        plain = fold(match["label"])
        label = "AUSENTES" if plain.startswith("ausent") else "SUSPENDIDOS" if plain.startswith("suspend") else None
        return label or match["label"].strip().upper(), match["names"]
    if match := _PRESENT.search(text):
        return PRESENT, text[match.end() :]
    return None, text


def _marks(
    text: str, label: str, page: int, day: Day, sheet: Sheet, register: Register, troubles: list[Trouble]
) -> list[Mark]:  # fmt: skip
    where = f"page {page}"
    if label not in sheet.codes:
        message = (
            f"{where}: the attendance of {day.date} has a list headed {label!r}; add it under [codes] in {sheet.slug}"
        )
        troubles.append(Trouble(Severity.DOUBTFUL, "unknown_attendance", message, where))
        return []
    got = names.split(text, register, day.date)
    troubles += [Trouble(Severity.NOTED, "attendance", f"{where}: {doubt}", where) for doubt in got.doubts]
    return [Mark(name, label, sheet.codes[label].reason) for name in got.names]
