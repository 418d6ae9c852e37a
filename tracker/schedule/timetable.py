"""When is each source looked at? Computed from the times in its sheet, in the chamber's own zone; nothing is run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger

from tracker.sources.sheet import Sheet, Times

_BACK = (timedelta(hours=1), timedelta(days=1), timedelta(days=8), timedelta(days=32), timedelta(days=367))
"""How far back the previous firing is looked for, step by step: most timetables fire within the hour."""


@dataclass(frozen=True, slots=True)
class Firing:
    """A source and the moment it is due, in the chamber's zone, with the reason its sheet gives for that time."""

    source: str
    at: datetime
    because: str


class Timetable:
    """All the times of one sheet. ValueError names the sheet and the entry that cannot be understood."""

    def __init__(self, sheet: Sheet) -> None:
        self.source = sheet.slug
        self.jitter = sheet.timetable.jitter
        try:
            self.zone = ZoneInfo(sheet.chamber.zone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(
                f"the sheet of {sheet.slug} names the time zone {sheet.chamber.zone!r}: {error}"
            ) from error
        self._entries = [(entry, _cron(sheet.slug, entry, self.zone)) for entry in sheet.timetable.times]

    def next(self, after: datetime) -> Firing | None:
        """Return the first firing later than a moment; None if the sheet has no time left."""
        found = [
            Firing(self.source, at, entry.because)
            for entry, trigger in self._entries
            if (at := _following(trigger, after, self.zone)) is not None
        ]
        return min(found, key=lambda firing: firing.at.astimezone(UTC)) if found else None

    def previous(self, at: datetime) -> Firing | None:
        """Return the last firing at or before a moment; None if there was none in the year before."""
        for back in _BACK:
            last = None
            for firing in self.between(at - back, at):
                last = firing
            if last is not None:
                return last
        return None

    def between(self, since: datetime, until: datetime) -> Iterator[Firing]:
        """Return the firings later than `since`, up to and with `until`, in order."""
        firing = self.next(since)
        while firing is not None and firing.at.astimezone(UTC) <= until.astimezone(UTC):
            yield firing
            firing = self.next(firing.at)


class SheetTrigger(BaseTrigger):  # type: ignore[misc]
    """A timetable as the scheduler asks for it: the next moment, put off by up to the sheet's jitter."""

    def __init__(self, timetable: Timetable) -> None:
        self.timetable = timetable

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime | None:
        """Return the moment after the previous one, so that those missed since can be told; the first one from now."""
        firing = self.timetable.next(previous_fire_time or now)
        at: datetime | None = self._apply_jitter(firing.at if firing else None, self.timetable.jitter, now)
        return at


class Spaced(BaseTrigger):  # type: ignore[misc]
    """Fires again and again, `seconds()` after the moment it is asked: no sheet's timetable, for demonstrations."""

    def __init__(self, seconds: Callable[[], float]) -> None:
        self._seconds = seconds

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime | None:
        """Return the moment after the previous one; the first is the present."""
        if previous_fire_time is None:
            return now
        return previous_fire_time + timedelta(seconds=self._seconds())


def coming(timetables: Iterable[Timetable], after: datetime, limit: int) -> list[Firing]:
    """Return the next firings of several sources, in order of time."""
    upcoming = {table.source: (table, table.next(after)) for table in timetables}
    found: list[Firing] = []
    while len(found) < limit:
        due = [firing for _, firing in upcoming.values() if firing is not None]
        if not due:
            break
        first = min(due, key=lambda firing: (firing.at.astimezone(UTC), firing.source))
        found.append(first)
        table, _ = upcoming[first.source]
        upcoming[first.source] = (table, table.next(first.at))
    return found


def is_on(days: str, day: date) -> bool:
    """Whether a day is one of the weekdays in cron's words (`tue,wed,thu`). ValueError if they are not understood."""
    midnight = datetime.combine(day, time(), UTC)
    at = CronTrigger(day_of_week=days, hour=0, minute=0, timezone=UTC).get_next_fire_time(None, midnight)
    return at is not None and at.date() == day


def _cron(slug: str, entry: Times, zone: ZoneInfo) -> CronTrigger:
    try:
        return CronTrigger(
            month=entry.months, day_of_week=entry.days, hour=entry.hours, minute=entry.minutes, second=0, timezone=zone
        )
    except ValueError as error:
        words = f"days {entry.days!r}, hours {entry.hours!r}, minutes {entry.minutes!r}, months {entry.months!r}"
        raise ValueError(f"the sheet of {slug} has a time that cannot be understood ({words}): {error}") from error


def _following(trigger: CronTrigger, after: datetime, zone: ZoneInfo) -> datetime | None:
    """Return a trigger's first moment after another.

    Where clocks go back, an hour that comes twice is meant once; where they go forward, a moment that is skipped
    is the one as long after midnight.
    """
    moment = after.astimezone(UTC)
    while True:
        found = trigger.get_next_fire_time(None, (moment + timedelta(microseconds=1)).astimezone(zone))
        if found is None:
            return None
        at: datetime = found.astimezone(UTC).astimezone(zone)
        if not at.fold:
            return at
        moment = at.astimezone(UTC)
