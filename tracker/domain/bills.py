"""How is a bill numbered in each chamber's notation, and what does the chamber's own list say of it?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tracker.domain.mentions import Named, mentions

_US_TYPES = {
    "hr": "H.R.",
    "s": "S.",
    "hres": "H.Res.",
    "sres": "S.Res.",
    "hconres": "H.Con.Res.",
    "sconres": "S.Con.Res.",
    "hjres": "H.J.Res.",
    "sjres": "S.J.Res.",
    "treatydoc": "Treaty Doc.",
    "pn": "PN",
    "samdt": "S.Amdt.",
    "hamdt": "H.Amdt.",
}
_US = re.compile(r"\s*([A-Za-z][A-Za-z. ]{0,20}?)\.?\s*(\d{1,6}(?:-\d{1,6})?(?:\([A-Z]\))?)\s*")


@dataclass(frozen=True, slots=True)
class Bill:
    """A bill: `number` in the chamber's own notation, unique within `period` (a Congress, a parliamentary period).

    `legislature` is the slug of the chamber whose series of numbers it is; empty: the one that votes.
    """

    number: str
    period: str
    legislature: str = ""

    def in_full(self) -> tuple[str, ...]:
        """Return how Peru's chambers write it in full, `%` standing for what the key does not tell; empty elsewhere.

        >>> Bill("1330", "2021-2026", "pe_congress").in_full()
        ('01330/2021%', '01330/2022%', '01330/2023%', '01330/2024%', '01330/2025%')
        """
        suffix = next((letters for letters, legislature in _SERIES.items() if legislature == self.legislature), None)
        if suffix is None or not self.number.isdigit():
            return ()
        first, _, last = self.period.partition("-")
        if first >= "2026":
            return (f"{int(self.number):05}-{self.period}-{suffix}",)
        years = range(int(first), int(last)) if first.isdigit() and last.isdigit() else ()
        return tuple(f"{int(self.number):05}/{year}%" for year in years)


@dataclass(frozen=True, slots=True, kw_only=True)
class BillRecord:
    """What a chamber's list of bills says of one of them, in its words.

    The key is `legislature` (slug), `period` and `number` (bare); `notation` is the number in full, as printed.
    `presented` is the day it was filed, `authors` the names as printed. ValueError if a part of the key is missing.
    """

    legislature: str
    period: str
    number: str
    notation: str
    title: str
    stage: str
    presented: date
    proponent: str
    authors: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in ("legislature", "period", "number", "notation"):
            if not getattr(self, name).strip():
                raise ValueError(f"a bill needs its {name} ({self.notation or self.title[:60]!r})")

    @property
    def key(self) -> Bill:
        """The bill it is about."""
        return Bill(self.number, self.period, self.legislature)


def united_states(printed: str, congress: int) -> Bill | None:
    """Read `H R 2638`, `S 2503`, `H.J.Res. 210`, `Treaty Doc. 111-5`, `PN999-4`; None if it names none (`QUORUM 1`).

    The Clerk prints types in capitals apart (`H CON RES 5`), the Secretary of the Senate with points (`H.Con.Res. 5`).
    """
    match = _US.fullmatch(printed)
    if match is None:
        return None
    kind = _US_TYPES.get(re.sub(r"[. ]", "", match[1]).lower())
    if kind is None:
        return None
    number = f"{kind}{match[2]}" if kind == "PN" else f"{kind} {match[2]}"
    return Bill(number, str(congress))


_EU = re.compile(r"\d{4}/\d{4}[A-Z]?\([A-Z]{3}\)")


def european_union(printed: str) -> Bill | None:
    """Read the number of a procedure, `2021/0106(COD)`, which is one through all terms; None if it is none."""
    return Bill(printed, "") if _EU.fullmatch(printed) else None


PERU = "pe_congress"
_PERIODS = ((date(2016, 7, 26), "2016-2021"), (date(2021, 7, 23), "2021-2026"), (date(2026, 7, 27), "2026-2031"))
"""First sitting day of each parliamentary period; the one of 2026 is to last until 26 July 2031."""
_LAST = date(2031, 7, 26)
_SERIES = {"S": "pe_senate", "CD": "pe_deputies", "CR": PERU}
"""The three series of numbers since 2026. CR is the Congress as a whole: budget and other matters of both chambers."""
_OLD = re.compile(r"(\d{1,5})/(\d{4})(?:-[A-Z]{2,10})?")
_NEW = re.compile(r"(\d{1,5})-(\d{4})-(\d{4})-(S|CD|CR)")


def peru_period(day: date) -> str | None:
    """Return the parliamentary period of a sitting day, within which bill numbers run: `2021-2026`; None: not known."""
    began = [period for first, period in _PERIODS if first <= day <= _LAST]
    return began[-1] if began else None


def peru(text: str, legislature: str = PERU, day: date | None = None) -> tuple[Bill, ...]:
    """Find the bills a subject names, in order of mention: `PROYECTOS DE LEY 9055, 9100 Y 9180`.

    A bare number is of the chamber that votes and the period it sits in; `day` None means 2021–2026. A number in full
    says itself whose and of when it is (`00553-2026-2031-CD` before the Senate). Laws and decrees are not bills.
    """
    period = peru_period(day) if day is not None else "2021-2026"
    return tuple(dict.fromkeys(bill for _, bill in _named(text, legislature, period or "")))


def peru_printed(text: str, legislature: str, day: date) -> tuple[str, ...]:
    """Return the bills a subject names as a vote records them: bare in its own series, in full in any other.

    >>> peru_printed("PROYECTO DE LEY 98 (ANTES PL 01330/2021-CR)", "pe_deputies", date(2026, 9, 10))
    ('98', '01330/2021-CR')
    """
    period = peru_period(day) or ""
    own = (period, legislature)
    named = _named(text, legislature, period)
    return tuple(dict.fromkeys(b.number if (b.period, b.legislature) == own else number for number, b in named))


def _named(text: str, legislature: str, period: str) -> Iterator[tuple[str, Bill]]:
    for mention in mentions(text):
        if mention.kind is Named.BILL and (bill := peru_bill(mention.number, legislature, period)) is not None:
            yield mention.number, bill


def peru_bill(number: str, legislature: str, period: str) -> Bill | None:
    """Return which bill a number means in a chamber and period: bare, or in full as `mentions` gives it.

    None for a notation of no known period: a slip of the paper (`576/2012-CR`), or older than the lists.
    """
    if number.isdigit():
        return Bill(number, period, legislature)
    if old := _OLD.fullmatch(number):
        # The year is that of the annual period, which begins in July: 2021 to 2025 are the period 2021–2026.
        year = int(old[2])
        known = next((p for _, p in _PERIODS if int(p[:4]) <= year < int(p[5:]) and int(p[:4]) < 2026), None)
        return Bill(str(int(old[1])), known, PERU) if known else None
    new = _NEW.fullmatch(number)
    if new is None or int(new[3]) - int(new[2]) != 5:
        return None
    return Bill(str(int(new[1])), f"{new[2]}-{new[3]}", _SERIES[new[4]])
