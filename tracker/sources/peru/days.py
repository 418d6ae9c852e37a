"""Which sitting days does one document hold, and where does each begin?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.domain.people import fold
from tracker.sources.peru.paper import Line

MONTHS = (
    *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
    *("julio", "agosto", "setiembre", "octubre", "noviembre", "diciembre"),
)
_MONTH = {name: i for i, name in enumerate(MONTHS, 1)} | {"septiembre": 9}
_SHORT = {name[:3]: number for name, number in _MONTH.items()}
_PART = re.compile(rf"(.*?)({'|'.join(_SHORT)})[a-z]*", re.IGNORECASE)
_WEEKDAYS = ("lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo")
_WEEKDAY = f"(?:{'|'.join(_WEEKDAYS)})"
_ONE = rf"(?:{_WEEKDAY} )?\d{{1,2}}"
_LIST = re.compile(
    rf"\b(?:el |los |del |de los )?({_ONE}(?: (?:y |e |y el |el )?{_ONE})*)"
    rf" de ({'|'.join(_MONTH)})(?: (?:de |del )?(\d{{4}}))?\b"
)
_DAY = re.compile(rf"(?:({_WEEKDAY}) )?(\d{{1,2}})")
_HELD = re.compile(r"celebrada|realizada|sesion del|sesion solemne|junta preparatoria|instalacion del")
_CHANGE = re.compile(rf"el (?:dia )?({_WEEKDAY}) (\d{{1,2}}) de ({'|'.join(_MONTH)})(?: (?:de|del) (\d{{4}}))?\b")
_CAPITALS = re.compile(r"EL [A-ZÁÉÍÓÚ ]+ \d{1,2} DE [A-Z]+ DEL? \d{4}\b[ ,;:]*[a-z(]")
_HOUR = re.compile(r" a las? \d.{0,80}\b(?:continu|hemiciclo|sesion)")
_LONGEST = timedelta(days=120)
"""No minutes seen span more than a month (17 May to 8 June 2023); a day farther off belongs to quoted text."""


@dataclass(frozen=True, slots=True)
class Day:
    """A sitting day: its date and the first line that belongs to it. `page` is where it begins."""

    date: date
    index: int
    page: int


@dataclass(frozen=True, slots=True)
class Days:
    """The sitting days of a document in order, the days its heading and summary name, and what did not fit."""

    days: tuple[Day, ...]
    named: tuple[date, ...]
    doubts: tuple[str, ...]

    def on(self, index: int) -> Day:
        """Return the day a line belongs to."""
        return [day for day in self.days if day.index <= index][-1]

    def missing(self) -> tuple[date, ...]:
        """Return the days that are named but begin nowhere in the text."""
        seen = {day.date for day in self.days}
        return tuple(day for day in self.named if day not in seen)


def listed(text: str) -> tuple[date, ...]:
    """Read the days of a heading, `EL 17, 18, 24 Y 25 DE MAYO, Y 8 DE JUNIO DE 2023`; empty if none has a year.

    A month without a year takes the next one named (`26, 27 Y 30 DE ENERO, Y 1 DE FEBRERO DE 2023`).
    """
    found: list[date] = []
    year: int | None = None
    for match in reversed(list(_LIST.finditer(fold(text)))):
        year = int(match[3]) if match[3] else year
        if year is None:
            continue
        try:
            found = [date(year, _MONTH[match[2]], int(day)) for _, day in _DAY.findall(match[1])] + found
        except ValueError:
            return ()
    return tuple(found)


def in_name(name: str) -> tuple[date, ...]:
    """Read the days out of a file name: `12-17182425.may.8.jun.2023.pdf` is 17, 18, 24, 25 May and 8 June 2023.

    The number before the first dash is the sitting's. Several days run together, two digits each; what does not come
    out as rising dates of one year is no date at all.
    """
    stem = re.sub(r"\.pdf$", "", name, flags=re.IGNORECASE)
    years = re.findall(r"(?<!\d)(20\d\d)(?!\d)", stem)
    if not years:
        return ()
    body = re.sub(r"^\d{1,2}-", "", stem[: stem.rindex(years[-1])])
    found: list[date] = []
    for digits, month in _PART.findall(body):
        for run in re.findall(r"\d+", digits):
            if len(run) > 2 and len(run) % 2:
                return ()
            for day in [run] if len(run) <= 2 else [run[i : i + 2] for i in range(0, len(run), 2)]:
                try:
                    found.append(date(int(years[-1]), _SHORT[month.lower()], int(day)))
                except ValueError:
                    return ()
    return tuple(found) if found == sorted(found) else ()


def find(lines: Sequence[Line]) -> Days | None:
    """Find the sitting days; None if no heading of a sitting with a date is there.

    The heading stands twice, before the summary and before the body; the second one, if any, begins the body. From 2022
    on a heading may name only the first of several days; the others begin at lines such as
    `EL JUEVES 18 DE MAYO DE 2023, a las 10:39 h, en el hemiciclo`, which the summary repeats before the body.
    """
    headings = [(i, days) for i, days in _headings(lines)]
    if not headings:
        return None
    title, first = headings[0]
    body = next((i for i, days in headings[1:] if days[0] in first), title)
    doubts: list[str] = []
    days = [Day(first[0], 0, lines[body].page)]
    named = set(first)
    for i, line in enumerate(lines[:-1]):
        when = _change(f"{line.text} {lines[i + 1].text}", days[-1].date, doubts, summary=i < body)
        if when is None:
            continue
        if i < body:
            named.add(when)
        elif days[-1].date < when <= days[-1].date + _LONGEST:
            days.append(Day(when, i, line.page))
    return Days(tuple(days), tuple(sorted(named)), tuple(doubts))


def _headings(lines: Sequence[Line]) -> list[tuple[int, tuple[date, ...]]]:
    found = []
    for i, line in enumerate(lines):
        if line.text != line.text.upper() or not _HELD.search(fold(line.text)):
            continue
        after = [n.text for n in lines[i + 1 : i + 4] if n.text == n.text.upper() and "=" not in n.text]
        days = listed(" ".join([line.text, *after]))
        if days:
            found.append((i, days))
    return found


def _change(text: str, today: date, doubts: list[str], *, summary: bool) -> date | None:
    """Read a line that begins another day; it starts in capitals, or names the hour and the chamber."""
    if not re.match(r"el\b", text, re.IGNORECASE):
        return None
    plain = fold(text)
    match = _CHANGE.match(plain)
    if match is None or not (_CAPITALS.match(text) or _HOUR.match(plain, match.end())):
        return None
    try:
        when = date(int(match[4]) if match[4] else today.year, _MONTH[match[3]], int(match[2]))
    except ValueError:
        return None
    if _WEEKDAYS[when.weekday()] != match[1] and not summary:
        doubts.append(f"the minutes call {when} a {match[1]}, which it was not")
    return when
