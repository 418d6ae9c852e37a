"""When is a source looked at, in the reader's words? The record has it in those of cron."""

from __future__ import annotations

import re

from dashboard.words import Words
from tracker.domain.legislature import BY_HAND

_TIMETABLE = re.compile(r"(?P<entries>.+) \((?P<zone>[\w/]+)\)")
_ENTRY = re.compile(r"(?P<days>[a-z*,-]+) (?P<hours>[\d,/-]+) h, minute (?P<minutes>[\d,*/]+)")


def told(timetable: str, say: Words) -> str:
    """Say a timetable: `mon-fri 7,19 h, minute 30 (America/Lima)` → `lunes a viernes, 7:30 y 19:30 (hora de Lima)`.

    What is written in any other way stays as it is.
    """
    if timetable == BY_HAND:
        return say("times.by_hand")
    whole = _TIMETABLE.fullmatch(timetable)
    entries = [_ENTRY.fullmatch(entry) for entry in whole["entries"].split("; ")] if whole else []
    lines = [_entry(entry["days"], entry["hours"], entry["minutes"], say) for entry in entries if entry]
    if whole is None or len(lines) < len(entries):
        return timetable
    return f"{'; '.join(lines)} ({say.zone(whole['zone'])})"


def _entry(days: str, hours: str, minutes: str, say: Words) -> str:
    if re.fullmatch(r"[\d,]+", hours) and minutes.isdigit():
        return f"{_days(days, say)}, {say.listed([f'{hour}:{minutes:0>2}' for hour in hours.split(',')])}"
    at = say.listed([_hours(part, say) for part in hours.split(",")])
    every = say("times.every", n=minutes[2:]) if minutes.startswith("*/") else None
    listed = minutes.split(",")
    shown = say("times.minute" if len(listed) == 1 else "times.minutes", minutes=say.listed(listed))
    return f"{_days(days, say)}, {at}, {every or shown}"


def _days(days: str, say: Words) -> str:
    if days == "*":
        return say("times.daily")
    spans = [[say(f"times.day.{day}") for day in part.split("-")] for part in days.split(",")]
    return say.listed([say("times.span", a=span[0], b=span[-1]) if len(span) > 1 else span[0] for span in spans])


def _hours(part: str, say: Words) -> str:
    span, _, step = part.partition("/")
    first, _, last = span.partition("-")
    said = say("times.hours", a=first, b=last) if last else say("times.hour", a=first)
    return f"{said} {say('times.step', n=step)}" if step else said
