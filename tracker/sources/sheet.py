"""What is said of a source in the TOML beside its module? It changes at another pace than code; checked on loading."""

from __future__ import annotations

import hashlib
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from tracker.domain.legislature import Credit, PaperKind
from tracker.domain.majority import Base, Rule
from tracker.domain.people import Group
from tracker.domain.votes import Code, Position, Reason
from tracker.sources.links import Link
from tracker.sources.trouble import Unreadable


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Chamber(_Strict):
    """The legislature whose votes the paper records: `seats` by law, `abstention` whether it is a position there."""

    slug: str = Field(pattern="^[a-z][a-z0-9_]*$")
    title: str
    short: str
    country: str
    language: Literal["en", "es", "pt"]
    zone: str
    seats: int
    abstention: bool
    spoken_counts: bool
    because: str
    """Why spoken votes count or do not: the rule or the evidence."""
    called_en: str
    called_es: str
    """What a sentence calls it, with its article where it takes one."""


class Address(_Strict):
    """Official addresses: `base` (scheme and host), path templates by name; `doubts` says which are not certain."""

    base: str
    paths: dict[str, str]
    doubts: tuple[str, ...] = ()

    def url(self, name: str, **values: object) -> str:
        """Fill a path template. KeyError names a missing one."""
        return self.base + self.paths[name].format(**values)


class Polite(_Strict):
    """How gently the site is asked: seconds between requests, how many at once, bounds on time (s) and size (bytes)."""

    pause: float = 1.0
    concurrency: int = 1
    read_timeout: float = 30.0
    total_timeout: float = 180.0
    max_bytes: int = 64_000_000
    redirects: int = 5
    attempts: int = 4


class Times(_Strict):
    """When to look, in cron's words and the chamber's zone: `days` (mon-fri), `hours` (9-22), `minutes`, `months`."""

    days: str = "*"
    hours: str
    minutes: str = "0"
    months: str = "*"
    because: str


class Silence(_Strict):
    """When the lack of news is itself news: on these weekdays, if nothing new has come for `hours`."""

    days: str
    hours: int
    because: str


class Timetable(_Strict):
    """All the times of a source. Without `times` it is never asked for: its documents are brought in by hand.

    `jitter` (s) spreads the firings, `window_days` is how far back a run looks, `recheck_days` how long a sitting's
    pages are asked for again. `sweep_days`: within how many days every page held, however old, is looked at once more
    (None: never), at most `sweep_at_once` of them in one run.
    """

    times: tuple[Times, ...]
    jitter: int = 60
    window_days: int
    recheck_days: int
    sweep_days: int | None = Field(default=None, ge=2)
    sweep_at_once: int = Field(default=10, ge=1)
    silence: Silence | None = None


class Meaning(_Strict):
    """What a printed code means."""

    position: Position
    reason: Reason | None = None
    because: str = ""


class GroupEntry(_Strict):
    """A printed group code. `attached` False: a label for members without a group."""

    name: str
    attached: bool = True
    because: str = ""


class CreditEntry(_Strict):
    """Who wrote a transcription, on which terms it may be used, and where it lies."""

    by: str
    licence: str
    repository: str = Field(pattern="^https://")

    def credit(self) -> Credit:
        """The same in the domain's terms."""
        return Credit(self.by, self.licence, self.repository)


def _fraction(value: object) -> Fraction:
    return Fraction(str(value))


class MajorityEntry(_Strict):
    """A printed requirement and the rule it stands for, with the article that says so."""

    printed: str
    fraction: Annotated[Fraction, BeforeValidator(_fraction)]
    base: Base
    source: str

    def rule(self) -> Rule:
        """The rule in the domain's terms."""
        return Rule(self.printed, self.fraction, self.base, self.source)


class Span(_Strict):
    """A range a healthy run stays in: below the minimum is a failure, above the maximum is noted."""

    min: int
    max: int
    because: str


class Expectation(_Strict):
    """What a healthy reading looks like."""

    ballots: Span
    disagreeing_share: float = 0.05
    """Share of votes of one run that may be doubtful before the run counts as failed."""


class Sheet(_Strict):
    """What changes slowly about a source: TOML beside its module. An unknown key is an error at load."""

    slug: str = Field(pattern="^[a-z][a-z0-9_]*$")
    title: str
    publisher: str
    page: str
    """Where a reader finds the source by hand."""
    licence: str
    kind: PaperKind = PaperKind.OFFICIAL
    rank: int = Field(default=1, ge=1)
    """Among the papers of its legislature: where several record a vote, the lowest number is shown first."""
    credit: CreditEntry | None = None
    """Who wrote a transcription; then `publisher`, `page` and `licence` are those of the paper it was made from."""
    chamber: Chamber
    address: Address
    polite: Polite = Polite()
    timetable: Timetable
    codes: dict[str, Meaning]
    groups: dict[str, GroupEntry] = {}
    majorities: tuple[MajorityEntry, ...] = ()
    links: tuple[Link, ...] = ()
    expect: Expectation

    @model_validator(mode="after")
    def _credit_where_it_is_due(self) -> Sheet:
        if (self.kind is PaperKind.TRANSCRIPTION) != (self.credit is not None):
            raise ValueError("a transcription, and only a transcription, names under [credit] who wrote it")
        return self

    @property
    def asked(self) -> bool:
        """Whether the source is ever asked for over the network."""
        return bool(self.timetable.times)

    def code(self, printed: str, where: str) -> Code:
        """Look a printed code up. Unreadable if the sheet does not list it."""
        meaning = self.codes.get(printed)
        if meaning is None:
            raise Unreadable(
                "unknown_code",
                f"{where}: the code {printed!r} is not in the sheet of {self.slug}; "
                f"find out what the chamber means by it and add it under [codes] in {self.slug}.toml",
            )
        return Code(printed, meaning.position, meaning.reason)

    def rule(self, requirement: str | None) -> Rule | None:
        """Return the rule a printed requirement stands for; None: rule unknown."""
        return next((m.rule() for m in self.majorities if m.printed == requirement), None)

    def group(self, code: str) -> Group:
        """Return what a printed group code stands for; an unlisted one is its own name."""
        entry = self.groups.get(code)
        return Group(code, entry.name, entry.attached) if entry else Group(code, code)

    def digest(self) -> str:
        """Digest of everything in the sheet that a reading leans on."""
        leaning = self.model_dump_json(include={"codes", "groups", "majorities", "chamber"})
        return hashlib.sha256(leaning.encode()).hexdigest()[:12]
