"""How is the place at which a list goes on written into an address?"""

from __future__ import annotations

import base64
import json
from datetime import date
from typing import Any

from dashboard.api.problems import Refused
from tracker.queries.paging import Place

LARGEST = 2**62
"""More than any key of a database is."""


def wrap(*values: object) -> str:
    """Write a place; what is in it is nobody's business."""
    return base64.urlsafe_b64encode(json.dumps(values, separators=(",", ":")).encode()).decode().rstrip("=")


def unwrap(text: str, kind: str, *types: type | tuple[type, ...]) -> list[Any]:
    """Read a place in a list of a kind. Raise Refused for one that we did not write."""
    try:
        told = json.loads(base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True))
    except (ValueError, RecursionError) as error:
        raise _unknown() from error
    if not isinstance(told, list) or len(told) != len(types) + 1 or told[0] != kind:
        raise _unknown()
    for value, allowed in zip(told[1:], types, strict=True):
        numbers = isinstance(value, int) and not 0 <= value < LARGEST
        if not isinstance(value, allowed) or isinstance(value, bool) or numbers:
            raise _unknown()
    return told[1:]


def of_place(place: Place, sort: str) -> str:
    """Write the place of a vote in a list in that order."""
    return wrap(sort, place.margin, place.sitting_date.isoformat(), place.taken_at, place.ordinal, place.id)


def place(text: str, sort: str) -> Place:
    """Read the place of a vote. Raise Refused for none, and for one in another order."""
    optional = type(None)
    margin, day, taken, ordinal, number = unwrap(text, sort, (int, optional), str, (str, optional), int, int)
    try:
        return Place(margin, date.fromisoformat(day), taken, ordinal, number)
    except ValueError as error:
        raise _unknown() from error


def _unknown() -> Refused:
    return Refused(404, "this cursor is not one of this list; begin without one", "unknown-cursor")
