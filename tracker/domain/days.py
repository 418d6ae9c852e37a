"""Which days does a reader's text name, in any form dates are usually written in Spanish or English?"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

FIRST_YEAR, LAST_YEAR = 1789, 2199

_MONTHS = (
    "enero ene january jan", "febrero feb february", "marzo mar march", "abril abr april apr", "mayo may",
    "junio jun june", "julio jul july", "agosto ago august aug", "setiembre septiembre set sep sept september",
    "octubre oct october", "noviembre nov november", "diciembre dic december dec",
)  # fmt: skip
MONTHS = {name: n for n, names in enumerate(_MONTHS, 1) for name in names.split()}
_NAME = rf"(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b\.?"
_YEAR = r"(?P<year>\d{4})\b"
_DAY = r"\b(?P<day>\d{1,2})(?:st|nd|rd|th|ro|er|o|°)?\b"
_OF = r"\s*(?:de\s+|del\s+|of\s+)?"
_THEN = r"(?:\s*,\s*|\s*del?\s+|\s+of\s+|\s+)"
_FORMS = tuple(
    re.compile(form)
    for form in (
        r"(?<![\d/-])(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?![\d/-])",
        r"(?<![\d/-])(?P<day>\d{1,2})(?P<sign>[-/.])(?P<month>\d{1,2})(?P=sign)(?P<year>\d{4})(?![\d/-])",
        r"(?<![\d/-])(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{2})(?![\d/-])",
        rf"{_DAY}{_OF}{_NAME}{_THEN}{_YEAR}",
        rf"\b{_NAME}\s*{_DAY}{_THEN}{_YEAR}",
        rf"\b{_NAME}{_THEN}{_YEAR}",
        rf"{_DAY}{_OF}{_NAME}",
        rf"\b{_NAME}\s+{_DAY}",
    )
)

_JOINED = re.compile(r"(?<!\d)(?:\d{1,4}[-\u2010-\u2015\u2212])+\Z")
"""Figures that end at a sign right before a day."""


@dataclass(frozen=True, slots=True)
class Days:
    """A day, a month or a year that was named, both ends included; or a day of no named year (`day`, `month`)."""

    since: date | None = None
    until: date | None = None
    day: int = 0
    month: int = 0

    def in_year(self, year: int) -> Days | None:
        """Return the day in a year; None if that year has none such (29 February)."""
        return _span(year, self.month, self.day)


def days(text: str) -> tuple[tuple[Days, ...], str]:
    """Return the days a text names, and the text without them.

    Numbers alone are day, month, year unless only month, day, year can be meant. What cannot be a date stays.

    >>> days("tropas 18 May 2023")
    ((Days(since=datetime.date(2023, 5, 18), until=datetime.date(2023, 5, 18), day=0, month=0),), 'tropas  ')
    """
    plain = _plain(text)
    found: list[Days] = []
    for form in _FORMS:
        while (match := next(((m, d) for m in form.finditer(plain) if (d := _read(m))), None)) is not None:
            place, named = match
            found.append(named)
            text, plain = (f"{one[: place.start()]} {one[place.end() :]}" for one in (text, plain))
    return tuple(found), text


def year(word: str) -> Days | None:
    """Return the year a bare number may be."""
    if len(word) == 4 and word.isascii() and word.isdigit() and 1900 <= int(word) <= LAST_YEAR:
        return _span(int(word), 0, 0)
    return None


def _plain(text: str) -> str:
    """Return a text without accents and capitals, sign for sign as long."""
    return "".join(unicodedata.normalize("NFKD", sign)[0].lower()[:1] or " " for sign in text)


def _read(match: re.Match[str]) -> Days | None:
    parts = match.groupdict()
    month = MONTHS.get(parts["month"].rstrip("."), 0) or int(parts["month"])
    day = int(parts.get("day") or 0)
    if parts.get("day") and (not day or _counted(match, day)):
        return None
    if parts.get("year") is None:
        # 2024 has every day a year can have.
        return Days(day=day, month=month) if _span(2024, month, day) else None
    if month > 12 >= day > 0 and parts["month"].isdigit():
        day, month = month, day
    written = int(parts["year"])
    century = 0 if len(parts["year"]) == 4 else 2000 if written < 70 else 1900
    return _span(century + written, month, day)


def _counted(match: re.Match[str], day: int) -> bool:
    """Whether a day is the last figure of a count, `70-33-4 mayo`, and not of several days, `18-19 mayo`."""
    before = None if match["month"].isdigit() else _JOINED.search(match.string, 0, match.start("day"))
    numbers = [*map(int, re.findall(r"\d+", before[0])), day] if before else []
    return numbers != sorted(set(numbers))


def _span(year: int, month: int, day: int) -> Days | None:
    if not (FIRST_YEAR <= year <= LAST_YEAR and 0 <= month <= 12):
        return None
    if not month:
        return Days(date(year, 1, 1), date(year, 12, 31))
    last = monthrange(year, month)[1]
    if not 0 <= day <= last:
        return None
    return Days(date(year, month, day or 1), date(year, month, day or last))
