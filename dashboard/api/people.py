"""How do members, their records and groups read as JSON?"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from dashboard.api.parts import Count, Shape
from tracker.domain.votes import Position, Reason
from tracker.queries.conduct import Away, Kind

Share = Annotated[float, Field(ge=0, le=1)]


class Seat(Shape):
    """A seat, as the register has it."""

    since: date
    until: date | None
    region: str | None


class Member(Shape):
    """A member in a list."""

    id: str
    legislature: str
    name: str
    seats: list[Seat]
    """Empty: the chamber has no register here, and the member is known from its rolls."""


class MemberPage(Shape):
    """A stretch of the members, in order of chamber and id."""

    members: list[Member]
    total: Count
    """How many there are in all."""
    next: str | None
    """The `cursor` that goes on from here; null: this is the end."""


class Stretch(Shape):
    """Sittings from the first to the last without another group beside the name."""

    code: str | None
    """null: no group stands beside the name."""
    name: str | None
    attached: bool
    """False for members without a group."""
    since: date
    until: date
    votes: Count


class Choice(Shape):
    """What most of a group did."""

    position: Position
    candidate: str | None
    """In an election by name."""


class Taken(Shape):
    """A member's part in a vote."""

    vote: str
    """The vote's id."""
    sitting_date: date
    position: Position
    """Where the member stands in the end: with the votes put on record aloud."""
    reason: Reason | None
    candidate: str | None
    """In an election by name."""
    group: str | None
    """Code of the group beside the name."""
    aloud: bool
    """Whether the position is not the one on the board."""
    unread: bool
    """Whether nobody could read the mark."""
    line: Choice | None
    """What most of the group did, by the rule; null: it had no line."""
    apart: Kind | None
    """How the member stood apart from it; null: not at all, or so many did that the group split."""
    split: bool
    """Whether the group split."""
    reckoned: bool
    """Whether the vote goes into figures: not if it was vacated, or its sums do not meet."""


class Part(Shape):
    """How often a member took part, over the votes whose paper lists the absent."""

    held: Count
    """Votes held while seated."""
    voted: Count
    """Of these, those the member took part in."""
    share: Share | None
    """null: of fewer than five votes there is no share."""
    share_when_free: Share | None
    """Without those missed on leave, on duty, in the chair, suspended, paired or excused."""
    away: dict[Away, Count]
    """Why the others went by."""


class MemberRecord(Shape):
    """A member, and what the member did in one year."""

    id: str
    legislature: str
    name: str
    printed: list[str]
    """The names as printed."""
    region: str | None
    seats: list[Seat]
    groups: list[Stretch]
    """As printed beside the ballots, oldest first."""
    elsewhere: list[str]
    """Other legislatures that know a member by this id."""
    years: list[int]
    """Years with votes, the last first."""
    year: int | None
    """The year of what follows; null: no votes are held."""
    rule: str
    """The rule by which a group had a line."""
    participation: Part | None
    """null: in no vote of the year."""
    votes: list[Taken]
    """In clock order."""


class Cohesion(Shape):
    """How united a group was, on average (docs/methods.md)."""

    votes: Count
    """In which somebody of the group voted."""
    cast: float
    """How many of the group voted, on average: the smaller, the less the figures mean."""
    agreement_index: Share | None
    rice: Share | None
    pairs: Share | None


class Bench(Shape):
    """A group of a chamber; with a year asked for, what it was in that year."""

    legislature: str
    code: str
    name: str
    attached: bool
    """False for a label of members without a group."""
    members: Count | None
    """On the last day of the year on which the group votes."""
    last: date | None
    """That day."""
    united: Cohesion | None
    """Over all votes of the year; null: too few."""
    united_when_contested: Cohesion | None
    """Over those whose smaller side had a quarter or more."""


class Groups(Shape):
    """Groups, in order of chamber and code."""

    groups: list[Bench]
