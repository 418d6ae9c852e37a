"""Who sat in Peru's Congress in 2021-2026, in which group, and who was its president on a day?"""

from __future__ import annotations

import hashlib
import tomllib
from datetime import date
from functools import lru_cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict, ValidationError

from tracker.domain.people import DatedAlias, Mandate, Person, Register, Spell, fold

FILE = "roster.toml"


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


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


class _Member(_Entry):
    surnames: str
    given: str
    since: date | None = None
    since_because: str = ""
    until: date | None = None
    until_because: str = ""
    aliases: tuple[_Alias, ...] = ()
    dated: tuple[_Dated, ...] = ()
    groups: tuple[_Group, ...] = ()


class _President(_Entry):
    surnames: str
    since: date
    until: date


class _Roster(_Entry):
    since: date
    last_roll: date
    president: tuple[_President, ...]
    member: tuple[_Member, ...]


def _content() -> bytes:
    return files("tracker.sources.peru").joinpath(FILE).read_bytes()


@lru_cache(maxsize=1)
def _roster() -> _Roster:
    try:
        return _Roster.model_validate(tomllib.loads(_content().decode("utf-8")))
    except (ValidationError, tomllib.TOMLDecodeError) as error:
        raise ValueError(f"{FILE}: {error}") from error


@lru_cache(maxsize=1)
def register() -> Register:
    """Return the mandates of 2021-2026, dated. ValueError names the entry of the roster file that is wrong."""
    roster = _roster()
    mandates = [_mandate(entry, roster.since) for entry in roster.member]
    ids = [m.person.id for m in mandates]
    if twice := sorted({i for i in ids if ids.count(i) > 1}):
        raise ValueError(f"{FILE}: two entries make the id {', '.join(twice)}; one member is listed twice")
    return Register(mandates)


def _mandate(entry: _Member, begins: date) -> Mandate:
    name = f"{entry.surnames}, {entry.given}"
    person = Person(
        id=fold(name).replace(" ", "-"),
        name=name,
        surnames=entry.surnames,
        given=entry.given,
        aliases=tuple(alias.text for alias in entry.aliases),
        dated=tuple(DatedAlias(a.text, a.since, a.until, a.because) for a in entry.dated),
    )
    spells = tuple(Spell(g.code, g.since, g.until) for g in entry.groups)
    return Mandate(person, entry.since or begins, entry.until, spells)


def president(day: date) -> str | None:
    """Return the surnames of the president of the Congress on a day; None where the sheets read do not say."""
    return next((p.surnames for p in _roster().president if p.since <= day <= p.until), None)


@lru_cache(maxsize=1)
def digest() -> str:
    """Digest of the roster: a correction of it is another lookup, and observations say so."""
    return hashlib.sha256(_content()).hexdigest()[:12]
