"""Which chamber votes, and on which paper does it put its votes on record?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from tracker.domain.majority import Rule
from tracker.domain.people import Group

PERU, UNITED_STATES, EUROPE = "PE", "US", "EU"
"""Countries of the chambers that are known, and what is none, by their codes (ISO 3166; EU is reserved there)."""


@dataclass(frozen=True, slots=True)
class Legislature:
    """A chamber that votes. `seats` is its number by law, `zone` the time zone of its clock.

    `abstention` says whether abstaining is a position there, `spoken_counts` whether votes stated aloud are added to
    the board, and `because` which rule or evidence says so. `called_en` and `called_es` are what a sentence calls it:
    `Peru's Congress`, `el Congreso del Perú`.
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
    called_en: str
    called_es: str


class PaperKind(StrEnum):
    """Whose paper votes are read from."""

    OFFICIAL = "official"
    """The chamber's own."""
    TRANSCRIPTION = "transcription"
    """Written down by others from the chamber's own, which it may misread."""


BY_HAND = "none: brought in by hand"
"""The timetable of a paper that is never asked for by itself."""


@dataclass(frozen=True, slots=True)
class Credit:
    """Who wrote a transcription: their name, what may be done with it, and the address where it lies."""

    by: str
    licence: str
    repository: str


@dataclass(frozen=True, slots=True)
class OfficialPage:
    """The form of the address of an official page: `{number}` stands where the number goes.

    `kind` is what is numbered (a value of `Named`); `legislature` and `period` name the series of a bill or motion,
    empty for what is numbered through the country. `because` says how the form is known, and what is not certain.
    """

    kind: str
    address: str
    legislature: str = ""
    period: str = ""
    because: str = ""

    def of(self, number: str) -> str:
        """Fill in a number."""
        return self.address.replace("{number}", number)


@dataclass(frozen=True, slots=True)
class Paper:
    """A series of documents that votes are read from, and what its sheet says groups and requirements mean.

    `timetable` is in words; `rules` are keyed by the requirement as printed; `pages` are addresses it tells of. `rank`
    orders the papers of one legislature: where several record a vote, the lowest number is shown first. `credit`: who
    wrote a transcription.
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
    pages: Sequence[OfficialPage] = ()
    kind: PaperKind = PaperKind.OFFICIAL
    rank: int = 1
    credit: Credit | None = None
