"""How does the check of a text read as JSON? The shape that `docs/check.schema.json` sets down."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Literal

from fastapi.exceptions import RequestValidationError
from pydantic import Field, ValidationError

from dashboard.api.asked import Day
from dashboard.api.parts import Count, Shape
from tracker.claims.verdict import Verdict

LONGEST = 100_000
"""Characters of a text."""
LARGEST = 7 * LONGEST
"""Bytes of what is sent: JSON may write a sign in six."""
READABLE = r"^[^\x00]*[^\x00\s][^\x00]*$"
"""A text with something to read in it."""


class Figure(Shape):
    """A count claimed: equal ends where it is exact, `most` null where it is open (*more than 80*)."""

    least: Count
    most: int | None


class Match(Shape):
    """A vote that may be meant."""

    id: str
    """The vote's id, as everywhere."""
    matched: Literal["final", "announced", "board", "superseded"] | None
    """Which of its counts is as claimed."""
    version: int | None
    """The number of the reading that has this count."""
    swapped: bool
    subject_fits: bool
    subject_by: Literal["bill", "law", "motion", "name", "election", "words", "around"] | None
    date_fits: bool | None
    result_fits: bool | None
    differences: dict[str, int | str]
    """What has to be added to each claimed count to reach the count in force; `date` and `result` where these are
    others.
    """
    legislature: str
    sitting_date: date
    taken_at: str | None
    subject: str


class Candidate(Figure):
    """The votes claimed of one candidate of an election."""

    name: str
    """As written; empty where the text says of none."""


class Claimed(Shape):
    """The counts claimed."""

    yes: Figure | None
    no: Figure | None
    abstain: Figure | None
    margin: Figure | None
    named: list[Candidate]
    """Votes for each candidate of an election, the one elected first."""
    unanimous: bool
    needed: int | None
    """A threshold the text names."""
    ordered: bool
    """false: which of two figures is yes is not said."""


class Days(Shape):
    """The days claimed."""

    first: date
    last: date


class Number(Shape):
    """A number of a bill, a law or a motion that the sentence names."""

    kind: str
    number: str


class MemberSaid(Shape):
    """What the sentence says of a member, and what the roll says."""

    name: str
    said: str
    agreement: Literal["agrees", "differs", "unknown"]
    on_roll: str | None
    position: str | None
    """yes, no or abstain; null: did not vote, or unknown."""
    aloud: bool
    """The vote was put on record aloud."""


class Held(Shape):
    """What is held of a chamber."""

    legislature: str
    first: date
    last: date
    days: int | None


class Reasoning(Shape):
    """A step to the verdict."""

    key: str
    values: dict[str, Any]


class Claim(Shape):
    """A sentence, and what the record says of it."""

    text: str
    """The sentence, as written."""
    start: Count
    """Where it begins in the text, in characters."""
    end: Count
    tally: Claimed | None
    """The counts claimed; null: the sentence only says how members voted."""
    result: Literal["approved", "rejected"] | None
    date: Days | None
    """The days claimed; null: none, or a day without its year and no day of the article."""
    chambers: list[str]
    """Slugs of the chambers it may be; empty: any."""
    other_body: str | None
    """Another parliament, a committee or a court that voted, by the text."""
    other_country: str | None
    """The code of its country, where that is another than those of the chambers."""
    party: str | None
    """The party whose members alone are counted, by the text."""
    numbers: list[Number]
    verdict: Verdict
    reason: Literal["other-body", "of-party", "not-held", "no-vote"] | None
    """Why there is no record."""
    matches: list[Match]
    """Votes that fit, the best first."""
    members: list[MemberSaid]
    held: list[Held]
    """Where there is no record: what is held of the chambers it may be, and on how many of the days claimed a vote is
    on record.
    """
    steps: list[Reasoning]


class Checked(Shape):
    """What the record says of the claims of a text. Verdicts describe the record, never the author."""

    language: Literal["es", "en"]
    """The language the text was read in."""
    written: date | None
    """The day of the article, as it was given."""
    left_out: Count
    """Claims beyond the 200 that are looked at."""
    claims: list[Claim]


class Text(Shape):
    """A text to check."""

    text: str = Field(min_length=1, max_length=LONGEST, pattern=READABLE)
    """A sentence or an article, in Spanish or English."""
    date: Day | None = None
    """The day of the article, if it has one: *yesterday* counts from it."""


BODY: Mapping[str, Any] = {
    "required": True,
    "content": {
        "application/json": {
            "schema": Text.model_json_schema(),
            "example": {"text": "With 70 votes in favor, 33 against and 4 abstentions", "date": "2023-05-19"},
        },
        "text/plain": {
            "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST, "pattern": READABLE},
            "example": "Con 70 votos a favor, 33 en contra y 4 abstenciones",
        },
    },
}
"""What may be sent: JSON, or the text by itself."""


def of_json(sent: bytes) -> Text:
    """Read a text sent as JSON."""
    return Text.model_validate_json(sent)


def of_text(sent: bytes) -> Text:
    """Read a text sent by itself."""
    return Text.model_validate({"text": sent.decode("utf-8-sig")})


READERS: Mapping[str, Callable[[bytes], Text]] = {"application/json": of_json, "text/plain": of_text}


def read(sent: bytes, reader: Callable[[bytes], Text]) -> Text:
    """Read what was sent. Raise RequestValidationError for what is no text, or too long a one."""
    try:
        return reader(sent)
    except ValidationError as error:
        faults: list[Any] = [{**one, "loc": ("body", *one["loc"])} for one in error.errors()]
    except UnicodeDecodeError as error:
        faults = [{"type": "unicode", "loc": ("body",), "msg": f"no text in UTF-8 (byte {error.start})"}]
    raise RequestValidationError(faults)
