"""How does a fact of the record read: positions, reasons, states and times by their words, never by their codes?"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime

from dashboard import reasons
from dashboard.words import Words
from tracker.domain.votes import UNREAD
from tracker.queries.casing import calm

_REST = re.compile(r"\b(present|not_cast) (\d+)")


def in_words(field: str, value: str | None, say: Words) -> str:
    """Say a value of a field as a reader reads it; None is nothing."""
    if value is None:
        return say("history.nothing")
    return _FIELDS[field](value, say) if field in _FIELDS else value


def _count(value: str, say: Words) -> str:
    """Say the rest of a count: `217–213–0, present 2, not_cast 3`."""
    return _REST.sub(lambda match: say.count(f"counted_as.{match[1]}", int(match[2])), value)


def _position(value: str, say: Words) -> str:
    """Say what a code means: `yes`, `not_cast (absent)`."""
    position, _, reason = value.partition(" (")
    said = say(f"position.{position}")
    return f"{said} ({say(f'reason.{reason[:-1]}')})" if reason else said


def _spoken(value: str, say: Words) -> str:
    """Say what a statement did: `not_cast → yes (not counted)`."""
    was, _, rest = value.partition(" → ")
    now, _, odd = rest.partition(" (")
    notes = [say("history.a_change")] if "a change" in odd else []
    notes += [say("ledger.not_counted")] if "not counted" in odd else []
    stated = say(f"position.{now}")
    if was != "–":
        stated = say("history.spoken_moved", was=say(f"position.{was}"), now=stated)
    return stated + "".join(f" ({note})" for note in notes)


def _clock(value: str, say: Words) -> str:
    at = datetime.fromisoformat(value)
    return f"{say.day(at.date())}, {at:%H:%M}"


def _code(value: str, say: Words) -> str:
    return say("ballots.unread") if value == UNREAD.printed else value


def _doubts(value: str, say: Words) -> str:
    """Count the doubts: the checks of the vote name those that are left."""
    return say.count("history.doubts", len(reasons.told(value, say)))


def _title(value: str, say: Words) -> str:
    return calm(value)


def _flag(value: str, say: Words) -> str:
    return say(f"history.{value}")


_FIELDS: Mapping[str, Callable[[str, Words], str]] = {
    **dict.fromkeys(("final", "announced", "board", "counted", "groups"), _count),
    **dict.fromkeys(("vacated", "complete", "board_from_names"), _flag),
    "spoken": _spoken,
    "position": _position,
    "reason": lambda value, say: say(f"reason.{value}"),
    "status": lambda value, say: say(f"status.{value}"),
    "announced_means": lambda value, say: say(f"means.{value}"),
    "doubts": _doubts,
    "ballot": _code,
    **dict.fromkeys(("subject", "question"), _title),
    "sitting_date": lambda value, say: say.day(date.fromisoformat(value)),
    "taken_at": _clock,
}
