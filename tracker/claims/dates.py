"""Which days does a text name: in full, without a year, or counted from the day it was written?

Each reading gives the days that may be meant and the tokens it took, so that its figures are no counts of votes.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.claims.claim import Span
from tracker.claims.lexicon import listed
from tracker.claims.numbers import SPELLED
from tracker.claims.tokens import Token
from tracker.domain.days import MONTHS
from tracker.domain.spelled import Language

FIRST_YEAR, LAST_YEAR = 1989, 2040
"""Years that a number of an article may be. A search is asked for any (`domain/days.py`); here a number has to be told
from a count, and a day of no named year is tried in each: before the first no chamber has put its votes on line."""
WRITTEN = 1800
"""The first year that a number beside a day or a month is, and that an article is of."""
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        ("lunes monday", "martes tuesday", "miercoles wednesday", "jueves thursday", "viernes friday",
         "sabado saturday", "domingo sunday")
    )
    for name in names.split()
}  # fmt: skip
_AGO = {
    ("ayer",): 1, ("yesterday",): 1, ("anoche",): 1, ("last", "night"): 1, ("anteayer",): 2, ("antier",): 2,
    ("hoy",): 0, ("today",): 0, ("tonight",): 0, ("esta", "manana"): 0, ("esta", "noche"): 0, ("esta", "tarde"): 0,
    ("this", "morning"): 0, ("this", "afternoon"): 0, ("this", "evening"): 0, ("esta", "madrugada"): 0,
}  # fmt: skip
_SPANS = {
    ("la", "semana", "pasada"): (13, 1), ("last", "week"): (13, 1), ("esta", "semana"): (7, 0),
    ("this", "week"): (7, 0), ("el", "mes", "pasado"): (62, 1), ("last", "month"): (62, 1),
    ("este", "mes"): (31, 0), ("this", "month"): (31, 0),
}  # fmt: skip
_COUNTED = SPELLED | {"a": 1}
_BEGIN = frozenset(
    {words[0] for words in (*_AGO, *_SPANS)} | _WEEKDAYS.keys() | _COUNTED.keys() | MONTHS.keys() | {"hace"}
)
"""Words that a date begins with, if not with a figure."""
_SMALL = frozenset(("de", "del", "of", "the", ",", "el", "ano", "th", "st", "nd", "rd", "º", "°", "."))
_YEAR_BEFORE = frozenset(listed("dates", "year_before"))


@dataclass(frozen=True, slots=True)
class Dated:
    """Days found at the tokens from `first` to before `last`."""

    days: tuple[Span, ...]
    first: int
    last: int


def dates(found: Sequence[Token], written: date | None, language: Language) -> list[Dated]:
    """Return every date of a paragraph, in order; `written` is the day of the article."""
    known: list[Dated] = []
    place = 0
    while place < len(found):
        may = found[place].digits or found[place].plain in _BEGIN
        read = (_at(found, place, written, language) or _later_month(found, place, known)) if may else None
        if read is None:
            place += 1
            continue
        known.append(read)
        place = read.last
    return known


def _later_month(found: Sequence[Token], place: int, known: Sequence[Dated]) -> Dated | None:
    """Read a month without its year that goes on from a date in full: *in May 2001; … in December*."""
    before = known[-1].days if known else ()
    if len(before) != 1 or found[place].plain not in MONTHS or found[place - 1].plain not in ("en", "in"):
        return None
    month, last = MONTHS[found[place].plain], before[0].last
    year = last.year if month >= last.month else last.year + 1
    days = Span(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))
    return Dated((days,), place, place + 1)


def _at(found: Sequence[Token], place: int, written: date | None, language: Language) -> Dated | None:
    token = found[place]
    if token.digits:
        return _digits(found, place, written, language)
    if token.plain in MONTHS:
        return _month(found, place, written)
    return _spoken(found, place, written)


def _digits(found: Sequence[Token], place: int, written: date | None, language: Language) -> Dated | None:
    """Read `18 de mayo de 2023`, `18 May`, `2023-05-18`, `18/5/2023`, `18.05.2023`, or a year alone."""
    points = [_whole(part) for part in found[place].text.split(".")]
    if len(points) == 3 and all(part is not None for part in points):
        days = _by_figures([part for part in points if part is not None], language)
        return Dated(days, place, place + 1) if days else None
    if place + 4 < len(found) and found[place + 1].text in "/-" and found[place + 3].text == found[place + 1].text:
        figures = [_whole(found[place + step].text) for step in (0, 2, 4)]
        if all(figure is not None for figure in figures):
            days = _by_figures([figure for figure in figures if figure is not None], language)
            if days:
                return Dated(days, place, place + 5)
    number = _whole(found[place].text)
    if number is None:
        return None
    if 1 <= number <= 31:
        at = _skip(found, place + 1)
        if at < len(found) and found[at].plain in MONTHS and not (found[at].text == "may" and at == place + 1):
            return _with_year(found, place, at + 1, MONTHS[found[at].plain], number, written)
    before = found[place - 1].plain if place else ""
    if len(found[place].text) == 4 and FIRST_YEAR <= number <= LAST_YEAR and before in _YEAR_BEFORE:
        return Dated((Span(date(number, 1, 1), date(number, 12, 31)),), place, place + 1)
    return None


def _month(found: Sequence[Token], place: int, written: date | None) -> Dated | None:
    """Read `May 18, 2023`, `May 2023`, `mayo del 2023`, or, counted from the article, `en mayo`."""
    month = MONTHS[found[place].plain]
    at = place + 1
    if at < len(found) and found[at].text == ".":
        at += 1
    number = _whole(found[at].text) if at < len(found) else None
    if number is not None and 1 <= number <= 31 and not (at + 1 < len(found) and found[at + 1].dash):
        return _with_year(found, place, at + 1, month, number, written)
    year = _year(found, _skip(found, at))
    if year is not None:
        last = calendar.monthrange(year[0], month)[1]
        return Dated((Span(date(year[0], month, 1), date(year[0], month, last)),), place, year[1])
    named = place and found[place - 1].plain in ("en", "in", "last") and len(found[place].plain) > 2
    if written is not None and named and (found[place].plain != "may" or found[place].capital):
        of = written.year if month <= written.month else written.year - 1
        return Dated((Span(date(of, month, 1), date(of, month, calendar.monthrange(of, month)[1])),), place, place + 1)
    return None


def _with_year(
    found: Sequence[Token], place: int, after: int, month: int, day: int, written: date | None
) -> Dated | None:
    year = _year(found, _skip(found, after))
    if year is not None:
        days = _days(((year[0], month, day),))
        return Dated(days, place, year[1]) if days else None
    if written is not None:
        of = written.year if (month, day) <= (written.month, written.day) else written.year - 1
        days = _days(((of, month, day),))
    else:
        days = _days((year, month, day) for year in range(FIRST_YEAR, LAST_YEAR + 1))
    return Dated(days, place, after) if days else None


def _spoken(found: Sequence[Token], place: int, written: date | None) -> Dated | None:
    """Read *ayer*, *last Thursday*, *el jueves*, *hace dos días*, *two days ago*, *la semana pasada*."""
    words = tuple(token.plain for token in found[place : place + 3])
    for length in (3, 2, 1):
        if words[:length] in _AGO and len(words) >= length:
            return _ago(written, _AGO[words[:length]], place, place + length)
        if words[:length] in _SPANS and len(words) >= length and written is not None:
            back, to = _SPANS[words[:length]]
            span = Span(written - timedelta(back), written - timedelta(to))
            return Dated((span,), place, place + length)
    if words[0] == "hace" and len(words) == 3 and words[2] in ("dia", "dias"):
        return _ago(written, _COUNTED.get(words[1]), place, place + 3)
    if len(words) == 3 and words[1] in ("day", "days") and words[2] == "ago":
        return _ago(written, _COUNTED.get(words[0]), place, place + 3)
    if words[0] in _WEEKDAYS:
        return _weekday(found, place, written)
    return None


def _weekday(found: Sequence[Token], place: int, written: date | None) -> Dated | None:
    """Count a weekday back from the article; one beside a date in full says nothing more."""
    at = _skip(found, place + 1)
    if at < len(found) and (found[at].digits or found[at].plain in MONTHS):
        return None
    if written is None:
        return None
    back = (written.weekday() - _WEEKDAYS[found[place].plain]) % 7
    near = {token.plain for token in (*found[max(0, place - 1) : place], *found[place + 1 : place + 2])}
    if not back and near & {"last", "pasado"}:
        back = 7
    return _ago(written, back, place, place + 1)


def _ago(written: date | None, back: int | None, first: int, last: int) -> Dated | None:
    if written is None or back is None:
        return None
    day = written - timedelta(back)
    return Dated((Span(day, day),), first, last)


def _by_figures(figures: Sequence[int], language: Language) -> tuple[Span, ...]:
    a, b, c = figures
    if a >= FIRST_YEAR:
        return _days(((a, b, c),))
    year = c + 2000 if 0 <= c < 100 else c
    if not FIRST_YEAR <= year <= LAST_YEAR or (c < 100 and not (1 <= min(a, b) <= 12 and max(a, b) <= 31)):
        return ()
    if c < 100:  # `18/5/23` is a date, `70-33-4` is none
        return _days(((year, b, a), (year, a, b))) if 20 <= c <= LAST_YEAR - 2000 else ()
    return _days(((year, b, a),) if language == "es" else ((year, a, b), (year, b, a)))


def _days(wanted: Sequence[tuple[int, int, int]] | Iterator[tuple[int, int, int]]) -> tuple[Span, ...]:
    known = []
    for year, month, day in wanted:
        with suppress(ValueError):
            one = date(year, month, day)
            known.append(Span(one, one))
    return tuple(dict.fromkeys(known))


def _skip(found: Sequence[Token], place: int) -> int:
    """Pass over the small words and signs inside a date, at most three."""
    end = min(place + 3, len(found))
    while place < end and found[place].plain in _SMALL:
        place += 1
    return place


def _year(found: Sequence[Token], place: int) -> tuple[int, int] | None:
    if place >= len(found) or len(found[place].text) != 4:
        return None
    number = _whole(found[place].text)
    return (number, place + 1) if number is not None and WRITTEN <= number <= LAST_YEAR else None


def _whole(text: str) -> int | None:
    """Return a number written in digits only, four at most; ² and ١ are none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else None
