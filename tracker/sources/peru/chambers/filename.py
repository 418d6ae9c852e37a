"""Of which sitting day is a file of the chambers, by its name, and does the name call it provisional?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import unquote, urlsplit

from tracker.domain.people import fold
from tracker.sources.peru.days import MONTHS

FIRST = date(2026, 7, 1)
"""No file of the two chambers can be of an earlier day: they were installed on 27 July 2026."""
AHEAD = 2
"""Days: a file is put up on that of its sitting or later; two allow for the clock of the site."""
LONGEST = 300
"""Letters of a name that are looked at."""

_LAST = re.compile(r"(?<!\d)(\d{1,2})[^\da-z]{1,3}(\d{1,2})[^\da-z]{1,3}(20\d\d)(?!\d)")
_FIRST = re.compile(r"(?<!\d)(20\d\d)[^\da-z]{1,3}(\d{1,2})[^\da-z]{1,3}(\d{1,2})(?!\d)")
_TOGETHER = re.compile(r"(?<!\d)(\d{8})(?!\d)")
_WORDS = re.compile(
    r"(?<!\d)(\d{1,2})[^\da-z]{1,3}(?:de[^\da-z]{1,3})?([a-z]{3,10})[^\da-z]{1,3}(?:del?[^\da-z]{1,3})?(20\d\d)(?!\d)"
)
_MONTH = {name: number for number, name in enumerate(MONTHS, 1)} | {"septiembre": 9, "sep": 9}
_MONTH |= {name[:3]: number for name, number in _MONTH.items()}


def name_of(url: str) -> str:
    """Return the name of the file an address leads to, percent signs undone."""
    try:
        return unquote(urlsplit(url).path.rsplit("/", 1)[-1])[-LONGEST:]
    except ValueError:
        return ""


def day_of(name: str, put_up: date | None = None) -> date | None:
    """Return the one day a name holds; None if it holds none, several, or one that cannot be.

    Seen are `7_10_2026`, `30_09_2026_vbo`, `16_09_2026-1`, `27-7-2026`, `20260818` and `18082026`. `put_up` is the day
    on which the file appeared.
    """
    found = set(_days("".join(fold(sign) or sign for sign in name[-LONGEST:])))
    if len(found) != 1:
        return None
    [day] = found
    return day if day is not None and (put_up is None or day.toordinal() <= put_up.toordinal() + AHEAD) else None


def _days(text: str) -> Iterator[date | None]:
    """Yield every day a name holds; None for one that is none."""
    for match in _LAST.finditer(text):
        yield _date(match[3], match[2], match[1])
    for match in _FIRST.finditer(text):
        yield _date(match[1], match[2], match[3])
    for match in _WORDS.finditer(text):
        if month := _MONTH.get(match[2]):
            yield _date(match[3], str(month), match[1])
    for match in _TOGETHER.finditer(text):
        # Year first or year last, whichever is a day since July 2026: no eight digits are both.
        digits = match[1]
        yield _date(digits[:4], digits[4:6], digits[6:]) or _date(digits[4:], digits[2:4], digits[:2])


def _date(year: str, month: str, day: str) -> date | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if found >= FIRST else None


def is_provisional(name: str) -> bool:
    """Whether a name calls its file provisional. Signed scans end in `_vbo` (*visto bueno*), or say nothing."""
    return "provisional" in fold(name)


def speaks_of(name: str, house: str) -> bool:
    """Whether a name holds the name of a chamber, `senado` or `diputados`."""
    return house in fold(name)
