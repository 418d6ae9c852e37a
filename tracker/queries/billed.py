"""What does a reader get to see of a bill, and of whatever else a subject names by number?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tracker.domain.bills import BillRecord


@dataclass(frozen=True, slots=True)
class BillStep:
    """What a list said of a bill from `since` on."""

    since: datetime
    stage: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BillView(BillRecord):
    """A bill as its chamber's list has it; `as_of` is when the list last said so, `url` its official page if known.

    `steps`, oldest first, are there only where one bill is asked for.
    """

    url: str | None
    as_of: datetime
    steps: tuple[BillStep, ...] = ()


@dataclass(frozen=True, slots=True)
class NumberLink:
    """The official page of something a subject names by number: `kind` and `number` as `mentions` gives them."""

    kind: str
    number: str
    url: str
