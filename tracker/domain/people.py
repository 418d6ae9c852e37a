"""Who sits in a chamber, for which group and when, and which of them does a printed name mean?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Reduce a name to what spelling habits leave alone: no accents, no case, single spaces, no punctuation.

    >>> fold("JÁUREGUI  Martínez-de Aguayo")
    'jauregui martinez de aguayo'
    """
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z0-9]+", plain.casefold()))


@dataclass(frozen=True, slots=True)
class Group:
    """A party, caucus or bench. `attached` is False for a label that is no group (No agrupados, Independent)."""

    code: str
    name: str
    attached: bool = True


@dataclass(frozen=True, slots=True)
class Spell:
    """A stretch of time in a group; `until` None where it is not known to have ended."""

    group: str
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A member: the id used in addresses and files, the name as the chamber writes it in full."""

    id: str
    name: str
    surnames: str = ""
    given: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mandate:
    """A seat held by a person in a chamber between two dates, both included; `until` None: still held as far as known."""

    person: Person
    since: date
    until: date | None = None
    groups: tuple[Spell, ...] = ()
    region: str | None = None

    def holds(self, day: date) -> bool:
        """Whether the seat was held on that day."""
        return self.since <= day and (self.until is None or day <= self.until)

    def group_on(self, day: date) -> str | None:
        """Return the code of the group on that day; None where the record does not say."""
        for spell in self.groups:
            if spell.since <= day and (spell.until is None or day <= spell.until):
                return spell.group
        return None


@dataclass(frozen=True, slots=True)
class Found:
    """What a printed name met: one mandate, or several that it could mean, or none."""

    mandate: Mandate | None
    candidates: tuple[Mandate, ...] = ()


class Register:
    """The mandates of one chamber, asked by printed name and day.

    A name is matched strictly: both surnames, or surnames and a given name in either order, or a listed alias, accents and case
    aside. Two members who fit leave the name open; a name that fits nobody stays unplaced, never the nearest.
    """

    def __init__(self, mandates: Iterable[Mandate]) -> None:
        self._mandates = tuple(mandates)
        self._by_form: dict[str, list[Mandate]] = {}
        for mandate in self._mandates:
            for form in _forms(mandate.person):
                self._by_form.setdefault(form, []).append(mandate)

    def __iter__(self) -> Iterable[Mandate]:
        return iter(self._mandates)

    def __len__(self) -> int:
        return len(self._mandates)

    def on(self, day: date) -> tuple[Mandate, ...]:
        """Return the mandates held on a day."""
        return tuple(m for m in self._mandates if m.holds(day))

    def find(self, name: str, day: date) -> Found:
        """Return whom a printed name means on a day."""
        fits = tuple(m for m in self._by_form.get(fold(name), ()) if m.holds(day))
        people = {m.person.id: m for m in fits}
        if len(people) == 1:
            return Found(next(iter(people.values())), fits)
        return Found(None, fits)


def _forms(person: Person) -> set[str]:
    surnames, given = fold(person.surnames), fold(person.given)
    forms = {fold(person.name), surnames, f"{surnames} {given}", f"{given} {surnames}"}
    for one in given.split():
        forms |= {f"{surnames} {one}", f"{one} {surnames}"}
    forms |= {fold(alias) for alias in person.aliases}
    return forms - {""}


def placed(names: Mapping[str, str | None]) -> tuple[str, ...]:
    """Return the printed names that met nobody, in order of first mention."""
    return tuple(name for name, member in names.items() if member is None)
