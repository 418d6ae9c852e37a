"""What do both chambers of the United States Congress share: sessions, days without a year, numbers without gaps?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from tracker.sources.contract import Unreadable, Window

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

MISSES = 2
"""How many numbers in a row a walk tries in vain before it stops. The House's numbering had no gap in 14,509 roll calls
of 2003–2024, so an absent number is the end; one more is tried because a file may be late while the next is there."""

STRIDE = 100
"""Numbers a walk leaps over while it is older than the window; a session has 200 to 1,200 roll calls."""

_DAY = re.compile(r"(\d{1,2})-([A-Z][a-z]{2})")


def congress_of(year: int) -> int:
    """Return the Congress of a session's year: the 119th sat in 2025 and 2026."""
    return (year - 1789) // 2 + 1


def session_of(year: int) -> int:
    """Return 1 for the session of an odd year, 2 for that of an even one."""
    return 1 if year % 2 else 2


def year_of(congress: int, session: int) -> int:
    """Return the year a session is numbered by."""
    return 2 * congress + 1786 + session


def years(window: Window, first: int) -> Iterator[int]:
    """Return the sessions' years whose votes may fall into a window, from the `first` that is published.

    A session ends at noon on 3 January of the next year at the latest (Twentieth Amendment): roll calls 655 to 659 of
    the House's 2012 and vote 251 of the Senate's were taken on 1 January 2013.
    """
    spill = (window.since.month, window.since.day) <= (1, 3)
    for year in range(window.since.year - (1 if spill else 0), window.until.year + 1):
        if year >= first:
            yield year


def days(printed: Iterable[str], year: int, url: str) -> list[date]:
    """Give the days printed as `3-Jan`, oldest first, their year. Unreadable: `bad_date`.

    The 1st and 2nd of January, and whatever follows a later month, belong to the year after the session's.
    """
    found: list[date] = []
    last = 0
    for text in printed:
        match = _DAY.fullmatch(text)
        if match is None or match[2] not in MONTHS:
            raise Unreadable("bad_date", f"{url}: {text[:40]!r} is not a day such as '3-Jan'")
        month, day = MONTHS.index(match[2]) + 1, int(match[1])
        later = (month, day) < (1, 3) or month < last
        last = max(last, month)
        found.append(calendar_day(year + later, month, day, url))
    return found


def calendar_day(year: int, month: int, day: int, url: str) -> date:
    """Make a date. Unreadable: `bad_date`."""
    try:
        return date(year, month, day)
    except ValueError as error:
        raise Unreadable("bad_date", f"{url}: {year}-{month}-{day}: {error}") from error


def in_session(day: date, year: int) -> bool:
    """Whether a day can belong to the session of a year."""
    return day.year == year or (day.year == year + 1 and (day.month, day.day) <= (1, 3))


def asked(window: Window, year: int) -> dict[str, str]:
    """Return what an index needs to know and does not print."""
    return {"year": str(year), "since": window.since.isoformat(), "until": window.until.isoformat()}


def window_in(context: Mapping[str, str]) -> Window:
    """Return the window a request was made for."""
    return Window(date.fromisoformat(context["since"]), date.fromisoformat(context["until"]))


def overdue(context: Mapping[str, str]) -> bool:
    """Whether the first vote of a session must have been published by the end of a window that lies in its year.

    The latest first vote of a session from 1989 to 2016 was on 3 February (Senate, 1993): from mid-February its absence
    means that the address is wrong or the site has changed, not that the chamber has yet to vote.
    """
    year, window = int(context["year"]), window_in(context)
    return window.since.year <= year and window.until >= date(year, 2, 15)


def first_step(context: Mapping[str, str]) -> dict[str, str]:
    """Return the context of a walk's first request: number 1, then in strides of a hundred up to the window."""
    return {**context, "number": "1", "misses": "0", "stride": "long", "floor": "0"}


def next_step(context: Mapping[str, str], taken: date | None) -> dict[str, str] | None:
    """Return the context of the step after a vote of the day it was `taken` or, None, after a number that is not there.

    None if this is no walk, or it is at its end. While votes are older than the window the walk strides; the first one
    that is not sends it back to the last one that was (`floor`), and from there number by number. `known` is what need
    not be asked for again.
    """
    if "stride" not in context:
        return None
    return _after_missing(context) if taken is None else _after_found(context, taken)


def _after_found(context: Mapping[str, str], taken: date) -> dict[str, str] | None:
    number, floor = int(context["number"]), int(context["floor"])
    if context["stride"] == "long":
        if taken < date.fromisoformat(context["since"]):
            return {**context, "number": str(number + STRIDE), "floor": str(number)}
        return {**context, "number": str(max(floor + 1, 2)), "stride": "short", "known": str(number)}
    return None if taken > date.fromisoformat(context["until"]) else _on(context, 0)


def _after_missing(context: Mapping[str, str]) -> dict[str, str] | None:
    if context["stride"] == "long" and context["floor"] != "0":
        return {**context, "number": str(int(context["floor"]) + 1), "stride": "short", "known": context["number"]}
    misses = int(context["misses"]) + 1
    return None if misses >= MISSES else _on({**context, "stride": "short"}, misses)


def _on(context: Mapping[str, str], misses: int) -> dict[str, str]:
    following = int(context["number"]) + 1
    following += str(following) == context.get("known")
    return {**context, "number": str(following), "misses": str(misses)}
