"""Who sat in Peru's Congress in 2021-2026, in which group, how do the sheets print them, and who was its president?"""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from tracker.domain.people import DatedAlias, Mandate, Person, Register, Spell, fold

FILE = "roster.toml"


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Days(_Entry):
    """A stretch of days, both included; an end that is left out is open."""

    since: date | None = None
    until: date | None = None

    def holds(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class _Reasoned(_Days):
    because: str


class _Group(_Entry):
    code: str
    since: date
    until: date | None = None


class _Alias(_Entry):
    text: str
    because: str


class _Dated(_Entry):
    text: str
    since: date
    until: date
    because: str


class _Form(_Days):
    text: str


class _Member(_Entry):
    surnames: str
    given: str
    sheet: str | tuple[_Form, ...] = ()
    since: date | None = None
    since_because: str = ""
    until: date | None = None
    until_because: str = ""
    row_since: date | None = None
    row_until: date | None = None
    row_because: str = ""
    unsure: tuple[_Reasoned, ...] = ()
    suspended: tuple[_Reasoned, ...] = ()
    aliases: tuple[_Alias, ...] = ()
    dated: tuple[_Dated, ...] = ()
    groups: tuple[_Group, ...] = ()

    @model_validator(mode="after")
    def _every_day_has_its_reason(self) -> _Member:
        days = {"since": self.since, "until": self.until, "row": self.row_since or self.row_until}
        reasons = {"since": self.since_because, "until": self.until_because, "row": self.row_because}
        for key, day in days.items():
            if day is not None and not reasons[key]:
                raise ValueError(f"{self.surnames}: {day} has no reason; say in `{key}_because` which paper shows it")
        return self

    @property
    def forms(self) -> tuple[_Form, ...]:
        """Every form in which the sheets print the name, with the days it was seen on."""
        if isinstance(self.sheet, tuple) and self.sheet:
            return self.sheet
        return (_Form(text=self.sheet or f"{self.surnames}, {self.given}".upper()),)


class _President(_Entry):
    surnames: str
    since: date
    until: date
    because: str


class _Roster(_Entry):
    since: date
    until: date
    last_roll: date
    last_known: date
    president: tuple[_President, ...]
    member: tuple[_Member, ...]


@dataclass(frozen=True, slots=True)
class Seat:
    """A row that a sheet of a day is expected to print.

    `printed` holds the forms the name may have, one as a rule. `group` is None where no paper tells it. `sure` False: a
    page of that day may lack the row, `because` says why; pages are printed before and after an oath, and what becomes
    of the row of a member who died is known only from the sheets held. `suspended`: the code is expected to be Sus.
    """

    member: str
    printed: tuple[str, ...]
    group: str | None
    sure: bool = True
    suspended: bool = False
    because: str = ""


def _content() -> bytes:
    return files("tracker.sources.peru").joinpath(FILE).read_bytes()


@lru_cache(maxsize=1)
def _roster() -> _Roster:
    return _read(_content())


def _read(content: bytes) -> _Roster:
    try:
        return _Roster.model_validate(tomllib.loads(content.decode("utf-8")))
    except (ValidationError, tomllib.TOMLDecodeError) as error:
        raise ValueError(f"{FILE}: {error}") from error


@lru_cache(maxsize=1)
def register() -> Register:
    """Return the mandates of 2021-2026, dated. ValueError names the entry of the roster file that is wrong."""
    mandates = [mandate for _, mandate in _mandates()]
    ids = [m.person.id for m in mandates]
    if twice := sorted({i for i in ids if ids.count(i) > 1}):
        raise ValueError(f"{FILE}: two entries make the id {', '.join(twice)}; one member is listed twice")
    return Register(mandates)


@lru_cache(maxsize=1)
def _mandates() -> tuple[tuple[_Member, Mandate], ...]:
    roster = _roster()
    return tuple((entry, _mandate(entry, roster)) for entry in roster.member)


def _mandate(entry: _Member, roster: _Roster) -> Mandate:
    name = f"{entry.surnames}, {entry.given}"
    forms = dict.fromkeys(form.text for form in entry.forms if fold(form.text) != fold(name))
    person = Person(
        id=fold(name).replace(" ", "-"),
        name=name,
        surnames=entry.surnames,
        given=entry.given,
        aliases=(*(alias.text for alias in entry.aliases), *forms),
        dated=tuple(DatedAlias(a.text, a.since, a.until, a.because) for a in entry.dated),
    )
    spells = tuple(Spell(g.code, g.since, g.until) for g in entry.groups)
    since, until = entry.since or roster.since, entry.until or roster.until
    return Mandate(person, since, until, spells, named_until=entry.row_until)


@lru_cache(maxsize=512)
def roll(day: date) -> tuple[Seat, ...]:
    """Return the rows a sheet of that day is expected to print, in the order of the page; none outside the period.

    The page is alphabetical by the printed name, blind to accents (AGÜERO before AGUINAGA, CÓRDOVA after CORDERO); no
    two names of the period tell where it would put Ñ. A name that changed has both forms between the last sheet with
    the one and the first with the other.
    """
    seats = (_seat(entry, mandate, day) for entry, mandate in _mandates())
    return tuple(sorted((seat for seat in seats if seat is not None), key=lambda seat: fold(seat.printed[0])))


def _seat(entry: _Member, mandate: Mandate, day: date) -> Seat | None:
    printed = _Days(since=entry.row_since or mandate.since, until=mandate.named_until or mandate.until).holds(day)
    doubt = next((doubt for doubt in entry.unsure if doubt.holds(day)), None)
    if day > _roster().until or not (printed or doubt):
        return None
    return Seat(
        member=mandate.person.id,
        printed=tuple(f.text for f in entry.forms if f.holds(day)) or tuple(f.text for f in entry.forms),
        group=mandate.group_on(day),
        sure=doubt is None,
        suspended=any(spell.holds(day) for spell in entry.suspended),
        because=doubt.because if doubt else "",
    )


def known(day: date) -> bool:
    """Whether papers held or public record tell who had the seats that day; after that they are those last known."""
    return _roster().since <= day <= _roster().last_known


def president(day: date) -> str | None:
    """Return the surnames of who presides the Congress by office on a day; None where the chair changed hands."""
    return next((p.surnames for p in _roster().president if p.since <= day <= p.until), None)


@lru_cache(maxsize=1)
def digest() -> str:
    """Digest of the roster: a correction of it is another lookup, and observations say so."""
    return hashlib.sha256(_content()).hexdigest()[:12]
