"""What may a program ask for? The words of the pages' addresses, each with its bounds; any other is refused."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Any, Literal

from fastapi import Path
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from dashboard.sought import CLOSEST, LONGEST, STATED
from tracker.domain.changes import Cause
from tracker.queries.ranks import DEFAULT, RULES

MOST = 100
"""Things in one answer."""
SLUG = "^[A-Za-z0-9][A-Za-z0-9_.:-]{0,119}$"
PLAIN = r"^[^\x00-\x1f\x7f]*$"
_CALENDAR = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?([Zz]|[ +-]\d\d:\d\d)?", re.ASCII)


def _day(value: Any) -> Any:
    """Take days as they are written in addresses, not numbers of seconds."""
    if not isinstance(value, str) or not _CALENDAR.fullmatch(value):
        raise ValueError("a day is written as 2023-05-18")
    return value


def _moment(value: Any) -> Any:
    """Take a day or a moment; in an address that somebody typed, the `+` of an offset has become a blank."""
    if isinstance(value, str) and _CALENDAR.fullmatch(value):
        return date.fromisoformat(value)
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        text = value[:10] + "T" + value[11:].replace(" ", "+").upper()
        return datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", text))
    raise ValueError("written as 2023-05-18 or 2023-05-19T09:00:00-05:00")


Day = Annotated[date, BeforeValidator(_day)]
Moment = Annotated[
    datetime | date,
    BeforeValidator(_moment),
    WithJsonSchema({"anyOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}]}),
]
Chamber = Annotated[str, Field(pattern="^[a-z0-9_]{1,60}$", examples=["pe_congress"])]
Words = Annotated[str, Field(pattern=PLAIN, max_length=LONGEST)]
Year = Annotated[int, Field(ge=1, le=9999, examples=[2023])]
VoteId = Annotated[str, Path(pattern=SLUG, description="The vote's id.", examples=["pe-2023-05-18-23"])]
MemberId = Annotated[
    str, Path(pattern=SLUG, description="The member's id in that chamber.", examples=["flores-ruiz-victor-seferino"])
]
OfLegislature = Annotated[
    str, Path(pattern="^[a-z0-9_]{1,60}$", description="Slug of a legislature.", examples=["pe_congress"])
]


class Asked(BaseModel):
    """Parameters of an address; one that is misspelt is refused, since without it the answer would be another."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)


class Paged(Asked):
    """Parameters of a list."""

    limit: int = Field(25, ge=1, le=MOST)
    """How many at most."""
    cursor: str | None = Field(None, pattern="^[A-Za-z0-9_-]{1,300}$")
    """Where to go on: `next` of the answer before."""


class Votes(Paged):
    """Which votes: what the list of votes can be narrowed down by (docs/dashboard.md, "Filters of the list")."""

    q: Words = Field("", examples=["tropas"])
    """Words, a bill's or a law's number, a date, a count such as `70-33-4`, a name from the press."""
    exact: Literal["true", "false"] = "false"
    """`true`: the words of `q` as they stand, and nothing else."""
    ch: Chamber | None = None
    """A legislature, or a source."""
    since: Day | None = None
    """From this day on, by the sitting or by the clock."""
    until: Day | None = None
    """Up to this day, included."""
    state: Literal["official", "provisional", "corrected", "doubtful"] | None = None
    """How settled the record is; `doubtful`: the sums do not meet."""
    out: str | None = Field(None, pattern=rf"^(yes|no|tie|turned|{STATED}[^\x00-\x1f\x7f]{{1,190}})$")
    """Which side has more; `turned`: the spoken votes changed that; `said:…`: a result as the source prints it."""
    margin: int | None = Field(None, ge=0, le=9999)
    """Yes and no at most so far apart."""
    kind: Words | None = None
    """A kind of motion, as printed."""
    group: Words | None = Field(None, examples=["FP"])
    """A group whose members cast ballots, by its code."""
    stand: Literal["yes", "no", "abstain", "split"] | None = None
    """How most of that `group` voted, by the ballots of the paper; only together with it."""
    sort: Literal["newest", "oldest", "closest"] = "newest"
    """By date, or the smallest margin first."""

    def query(self) -> dict[str, str]:
        """Return the same as the addresses of pages have it."""
        told = self.model_dump(mode="json", exclude={"limit", "cursor", "sort"}, exclude_none=True)
        return {key: str(value) for key, value in told.items()} | ({"sort": CLOSEST} if self.sort == CLOSEST else {})


class OneVote(Asked):
    """Which reading of a vote, and of which record."""

    version: int | None = Field(None, ge=1, le=99_999)
    """An earlier reading, by its number."""
    as_of: Moment | None = None
    """The reading in force at a moment, or at the end of a day."""
    own: Literal["1"] | None = None
    """`1`: the record of this very id, where it is another paper's and leads to the one shown first."""


class ItsChanges(Asked):
    """Of which record the changes."""

    own: Literal["1"] | None = None
    """`1`: of the record of this very id, where it is another paper's."""


class Changes(Paged):
    """Which changes."""

    ch: Chamber | None = None
    """A legislature."""
    cause: Cause | None = None
    """Because of whom: the source changed, we read it better, or we corrected ourselves."""


class Members(Paged):
    """Which members."""

    ch: Chamber | None = None
    """A legislature."""
    q: Words = Field("", examples=["flores"])
    """Words that words of the name begin with, accents or not."""


class Record(Asked):
    """Which part of a member's record, and by which rule the group had a line."""

    year: Year | None = None
    """A year; the last one with votes unless said."""
    rule: str = Field(DEFAULT, pattern=f"^({'|'.join(RULES)})$")
    """By which published rule a member stood apart (docs/methods.md)."""


class Groups(Asked):
    """Whose groups."""

    ch: Chamber | None = None
    """A legislature."""
    year: Year | None = None
    """With a year: only groups that voted in it, how many sat with them, and how united they were."""


class Nothing(Asked):
    """No parameters."""


__all__ = [
    "MOST", "Changes", "Groups", "ItsChanges", "MemberId", "Members", "Nothing", "OfLegislature", "OneVote",
    "Record", "VoteId", "Votes",
]  # fmt: skip
