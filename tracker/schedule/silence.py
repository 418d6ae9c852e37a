"""Has a source been silent for so long, on days its chamber sits, that the silence is itself news?"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from tracker.schedule.timetable import is_on
from tracker.sources.contract import Severity, Sheet
from tracker.storage.alarms import last_news, note_silence
from tracker.storage.engine import Engine


def silence(sheet: Sheet, news: datetime | None, now: datetime) -> str | None:
    """Say that nothing new has come for longer than the sheet finds usual; None if it has, or on other days.

    `news` is when something new last came; None: the source was never looked at, so nothing can be missed.
    """
    expected = sheet.timetable.silence
    if expected is None or news is None:
        return None
    here = now.astimezone(ZoneInfo(sheet.chamber.zone))
    if not is_on(expected.days, here.date()) or now - news <= timedelta(hours=expected.hours):
        return None
    days = (now - news).days
    return (
        f"{sheet.slug}: nothing new for {days} days, since {news:%d %B %Y}, and today the chamber usually sits; "
        f"look at {sheet.page} by hand: if votes are there, an address of the sheet has changed ({expected.because})"
    )


def check(engine: Engine, sheet: Sheet, now: datetime) -> str | None:
    """Note the silence of a source, once a day by the chamber's clock. Return it if it is a new finding."""
    news = last_news(engine, sheet.slug)
    text = silence(sheet, news, now)
    if text is None or news is None:
        return None
    here = now.astimezone(ZoneInfo(sheet.chamber.zone))
    midnight = datetime.combine(here.date(), time(), here.tzinfo)
    new = note_silence(engine, sheet.slug, text, at=now, since=midnight, news=news, severity=Severity.NOTED)
    return text if new else None
