"""Of what parts does a vote consist, as JSON? The shape that `docs/vote.schema.json` sets down, part by part."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from tracker.domain.majority import Base
from tracker.domain.votes import Position, Reason


class Shape(BaseModel):
    """An object of a fixed shape: every key is there, and no other."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


Count = Annotated[int, Field(ge=0)]
Ordinal = Annotated[int, Field(ge=1)]
Digest = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class Tally(Shape):
    """A count."""

    yes: Count
    no: Count
    abstain: Count
    present: Count
    not_cast: Count
    candidates: dict[str, Count] = Field(default_factory=dict)
    """Ballots for each named candidate; only in elections by name."""


class Tallies(Shape):
    """The counts side by side: `board` as printed, `counted` the ballots added up.

    `final` is the board plus spoken votes (computed by us), `announced` the chair's. `present` and `not_cast` are 0 too
    where a count says nothing of them: an announcement as a rule, and `not_cast` in every count of a paper that is not
    `complete`.
    """

    board: Tally | None
    counted: Tally | None
    final: Tally | None
    announced: Tally | None


class Step(Shape):
    """What the list said from a moment on."""

    since: datetime
    stage: str
    title: str


class Bill(Shape):
    """A bill as its chamber's list has it."""

    legislature: str
    """Slug of the chamber whose series of numbers it is."""
    period: str
    """Parliamentary period within which the number is unique."""
    number: str
    notation: str
    """The number in full, as the list prints it."""
    title: str
    stage: str
    """How far it has come, in the list's words."""
    presented: date
    """The day it was filed."""
    proponent: str
    """Empty where the list says nothing."""
    authors: list[str]
    """Names as printed; the list does not say who wrote and who only signed."""
    url: str | None
    """Official page; null where its form is not known."""
    as_of: datetime
    """When the list last said so."""
    steps: list[Step] = Field(default_factory=list)
    """What the list said before, oldest first; only where one bill is asked for."""


class Credit(Shape):
    """Who wrote a transcription, and on which terms."""

    by: str
    licence: str
    """What may be done with the transcription."""
    repository: str


class Link(Shape):
    """An official page of what the subject names by number."""

    kind: Literal[
        "bill",
        "motion",
        "law",
        "legislative_resolution",
        "legislative_decree",
        "decree_law",
        "urgency_decree",
        "supreme_decree",
    ]
    number: str
    """Bare, or in full where the subject has it so."""
    url: str
    """Not asked for by the tracker: the form is known, the page itself may have moved."""


class Majority(Shape):
    """A rule applied to the final count."""

    rule: str
    fraction: str = Field(pattern="^[0-9]+/[0-9]+$")
    of: Base
    base: Count | None
    needed: Count | None
    obtained: Count
    source: str
    """The article that says so."""


class Statement(Shape):
    """What put a member's vote on record outside the board."""

    name: str
    member: str | None
    group: str | None
    was: Position | None
    """Where the board has the member."""
    was_code: str | None
    """What is printed for the member on the board."""
    was_reason: Reason | None
    """Why the member has no vote on the board."""
    now: Position
    counts: bool
    """False where the document says the statement stays out of the result."""
    quote: str


class Group(Shape):
    """The part of a group."""

    code: str | None
    """null: ballots beside which no group stands."""
    name: str | None
    attached: bool
    """False for members without a group."""
    tally: Tally
    """The ballots counted."""
    final: Tally | None
    """With spoken votes added; null where that cannot be told."""
    printed: Tally | None
    """The group's row in the document's own table."""


class Ballot(Shape):
    """The part of a member."""

    name: str
    """As printed."""
    member: str | None
    """Id of the person the name was placed with."""
    group: str | None
    """Code of the group."""
    position: Position
    reason: Reason | None
    code: str
    """As printed; in an election by name, the candidate. A question mark with the reason unknown: could not be read."""
    region: str | None
    """State, district or region."""
    ref: str | None
    """The identifier the source prints."""
    decided: bool
    """The code could not be read, and is the only one with which every sum of the page meets."""


class Check(Shape):
    """A sum that can be made of the vote, and whether it meets."""

    check: str
    ok: bool | None
    """null: nothing to compare with."""
    detail: str


class Document(Shape):
    """A document that showed the vote."""

    url: str
    sha256: Digest
    page: Ordinal | None
    fetched_at: datetime
    source: str
    size: Count
    """Bytes."""
    media_type: str
