"""Who sits in Peru's Senate and Chamber of Deputies, and whose is a name that a sheet cuts to its column?"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from tracker.domain.people import Mandate, Person, Register, Spell, fold

FILE = "members.toml"
House = Literal["senate", "deputies"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Entry(_Strict):
    surnames: str
    given: str = ""
    whole: str = ""
    group: str
    sheet: str = ""
    id: str = ""
    aliases: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    because: str = ""

    @model_validator(mode="after")
    def _every_day_has_its_reason(self) -> _Entry:
        if (self.since or self.until) and not self.because:
            raise ValueError(f"{self.surnames}: a day of its own has no reason; say in `because` which paper shows it")
        return self


class _House(_Strict):
    since: date
    since_because: str
    until: date
    first_sheet: date
    last_sheet: date
    members: tuple[_Entry, ...]


class _Houses(_Strict):
    senate: _House
    deputies: _House


@dataclass(frozen=True, slots=True)
class Member:
    """A member as the sheets print him: `printed` is the form that stands beside his ballots.

    `words` is the name as far as it is known, folded; `group` the code beside it on every sheet held; `whole` whether
    the name is known to its end.
    """

    id: str
    printed: str
    words: tuple[str, ...]
    surnames: int
    group: str
    whole: bool
    mandate: Mandate


def _content() -> bytes:
    return files(__package__).joinpath(FILE).read_bytes()


@lru_cache(maxsize=1)
def _houses() -> _Houses:
    return _read(_content())


def _read(content: bytes) -> _Houses:
    try:
        return _Houses.model_validate(tomllib.loads(content.decode("utf-8")))
    except (ValidationError, tomllib.TOMLDecodeError) as error:
        raise ValueError(f"{FILE}: {error}") from error


@lru_cache(maxsize=2)
def members(house: House) -> tuple[Member, ...]:
    """Return everybody who has or had a seat. ValueError names the entry of the file that is wrong."""
    chamber: _House = getattr(_houses(), house)
    found = tuple(_member(entry, chamber) for entry in chamber.members)
    for what in ("id", "printed"):
        told = [getattr(member, what) for member in found]
        if twice := sorted({one for one in told if told.count(one) > 1}):
            raise ValueError(f"{FILE}: two entries of [{house}] have the {what} {', '.join(twice)}; give one its own")
    return found


def _member(entry: _Entry, house: _House) -> Member:
    name = f"{entry.surnames}, {entry.given}" if entry.given else entry.surnames
    printed = entry.sheet or name.upper()
    ident = entry.id or fold(entry.surnames).replace(" ", "-")
    aliases = (printed, *entry.aliases) if fold(printed) != fold(name) else entry.aliases
    person = Person(ident, name, entry.surnames, entry.given, aliases)
    spells = (Spell(entry.group, house.first_sheet, house.last_sheet),)
    mandate = Mandate(person, entry.since or house.since, entry.until or house.until, spells)
    words = max(fold(name).split(), fold(printed).split(), key=len)
    return Member(
        ident, printed, tuple(words), len(fold(entry.surnames).split()), entry.group, bool(entry.whole), mandate
    )


@lru_cache(maxsize=2)
def register(house: House) -> Register:
    """Return the mandates of a chamber, dated. Its sheets are printed by a machine: no name is met for being near."""
    return Register((member.mandate for member in members(house)), exact=True)


@lru_cache(maxsize=512)
def on(house: House, day: date) -> tuple[Member, ...]:
    """Return those who have a seat on a day, in the order of the sheets: by printed name, blind to accents."""
    seated = (member for member in members(house) if member.mandate.holds(day))
    return tuple(sorted(seated, key=lambda member: fold(member.printed)))


def meant(name: str, group: str | None, among: Sequence[Member]) -> Member | None:
    """Return whom a printed name means; None if nobody or more than one.

    The words of the shorter of the two forms must begin the longer one, accents and case aside: sheets cut a name
    after any word, and of some members no more than that is known. Where several fit, the longest common beginning
    counts, then the group printed beside the name. A name cut within the surnames (`VELÁSQUEZ`) needs the group in any
    case. Nobody is met for being near.
    """
    words = tuple(fold(name).split())
    if not words:
        return None
    fits = [(shared, member) for member in among if (shared := _shared(words, member.words))]
    longest = max((shared for shared, _ in fits), default=0)
    best = [member for shared, member in fits if shared == longest]
    if len(best) == 1 and longest >= min(best[0].surnames, 2):
        return best[0]
    of_group = [member for member in best if member.group == group]
    return of_group[0] if len(of_group) == 1 else None


def _shared(words: Sequence[str], known: Sequence[str]) -> int:
    """Count the words two forms of a name have in common, if one begins the other; else 0."""
    length = min(len(words), len(known))
    return length if tuple(words[:length]) == tuple(known[:length]) else 0


@lru_cache(maxsize=1)
def digest() -> str:
    """Digest of the file: a correction of it is another lookup, and observations say so."""
    return hashlib.sha256(_content()).hexdigest()[:12]
