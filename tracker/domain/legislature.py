"""Which chamber votes, and on which paper does it put its votes on record?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tracker.domain.majority import Rule
from tracker.domain.people import Group


@dataclass(frozen=True, slots=True)
class Legislature:
    """A chamber that votes. `seats` is its number by law, `zone` the time zone of its clock.

    `abstention` says whether abstaining is a position there, `spoken_counts` whether votes stated aloud are added to
    the board, and `because` which rule or evidence says so.
    """

    slug: str
    title: str
    short: str
    country: str
    language: str
    zone: str
    seats: int
    abstention: bool
    spoken_counts: bool
    because: str


class PaperKind(StrEnum):
    """Whose paper votes are read from."""

    OFFICIAL = "official"
    """The chamber's own."""
    TRANSCRIPTION = "transcription"
    """Written down by others from the chamber's own, which it may misread."""


@dataclass(frozen=True, slots=True)
class Credit:
    """Who wrote a transcription: their name, what may be done with it, and the address where it lies."""

    by: str
    licence: str
    repository: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A series of documents that votes are read from, and what its sheet says groups and requirements mean.

    `timetable` is in words; `rules` are keyed by the requirement as printed. `rank` orders the papers of one
    legislature: where several record a vote, the lowest number is shown first. `credit`: who wrote a transcription.
    """

    slug: str
    legislature: Legislature
    title: str
    publisher: str
    page: str
    licence: str
    timetable: str = ""
    groups: Mapping[str, Group] = field(default_factory=dict)
    rules: Mapping[str, Rule] = field(default_factory=dict)
    kind: PaperKind = PaperKind.OFFICIAL
    rank: int = 1
    credit: Credit | None = None
