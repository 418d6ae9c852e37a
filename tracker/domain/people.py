"""Who sits in a chamber, for which group and when, and which of them does a printed name mean?"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
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


_ALIKE = str.maketrans("01l58", "oiisb")


@lru_cache(maxsize=65536)
def bare(text: str) -> str:
    """Reduce a name to what a machine that reads print also leaves alone: no spaces, and look-alike letters made one.

    >>> bare("Montalvo Cubas") == bare("MontaIvoCubas") == bare("M0ntalvo Cubas")
    True
    """
    return fold(text.replace("|", "l")).replace(" ", "").translate(_ALIKE).replace("rn", "m")


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
class DatedAlias:
    """A form that means one member only between two days, both included: a surname two share while one is away.

    `because` says how that is known. On those days it settles a name that would otherwise fit both.
    """

    text: str
    since: date
    until: date
    because: str

    def holds(self, day: date) -> bool:
        """Whether the form is read this way on that day."""
        return self.since <= day <= self.until


@dataclass(frozen=True, slots=True)
class Person:
    """A member: the id used in addresses and files, the name as the chamber writes it in full."""

    id: str
    name: str
    surnames: str = ""
    given: str = ""
    aliases: tuple[str, ...] = ()
    dated: tuple[DatedAlias, ...] = ()


@dataclass(frozen=True, slots=True)
class Mandate:
    """A seat held by a person between two dates, both included; `until` None: still held as far as known.

    `named_until`: rolls go on printing the name until that day, as of one who died and has no successor yet.
    """

    person: Person
    since: date
    until: date | None = None
    groups: tuple[Spell, ...] = ()
    region: str | None = None
    named_until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the seat was held on that day."""
        return self.since <= day and (self.until is None or day <= self.until)

    def is_named(self, day: date) -> bool:
        """Whether rolls of that day still print the name, though the seat is empty."""
        return self.named_until is not None and not self.holds(day) and self.since <= day <= self.named_until

    def group_on(self, day: date) -> str | None:
        """Return the code of the group on that day; None where the record does not say."""
        for spell in self.groups:
            if spell.since <= day and (spell.until is None or day <= spell.until):
                return spell.group
        return None


@dataclass(frozen=True, slots=True)
class Found:
    """What a printed name met: one mandate, or several that it could mean, or none.

    `note` is empty where the name was met as the chamber writes it, else it says how it was read.
    """

    mandate: Mandate | None
    candidates: tuple[Mandate, ...] = ()
    note: str = ""


class Register:
    """The mandates of one chamber, asked by printed name and day.

    `find` is strict: both surnames, or surnames and a given name in either order, or a listed alias, accents and case
    aside. Two members who fit leave the name open; a name that fits nobody stays unplaced.

    `place` takes all the names of one vote together and may go one step further, because only the other names can
    exclude a mistake: see there. `exact` holds it back from that: where a machine prints the names from one list, a
    name that is nearly a member's is somebody else's.
    """

    def __init__(self, mandates: Iterable[Mandate], *, exact: bool = False) -> None:
        self._mandates = tuple(mandates)
        self._exact = exact
        self._by_form: dict[str, list[Mandate]] = {}
        self._dated: dict[str, list[tuple[DatedAlias, Mandate]]] = {}
        self._days: dict[date, tuple[Mandate, ...]] = {}
        self._written: dict[date, dict[str, tuple[Mandate, ...]]] = {}
        for mandate in self._mandates:
            for form in forms(mandate.person):
                self._by_form.setdefault(form, []).append(mandate)
            for alias in mandate.person.dated:
                self._dated.setdefault(fold(alias.text), []).append((alias, mandate))

    def __iter__(self) -> Iterator[Mandate]:
        return iter(self._mandates)

    def __len__(self) -> int:
        return len(self._mandates)

    def on(self, day: date) -> tuple[Mandate, ...]:
        """Return the mandates held on a day."""
        if day not in self._days:
            self._days[day] = tuple(m for m in self._mandates if m.holds(day))
        return self._days[day]

    def written(self, day: date) -> Mapping[str, tuple[Mandate, ...]]:
        """Return every full form of a member's name on a day, `bare`, with those who are written so."""
        if day not in self._written:
            found: dict[str, tuple[Mandate, ...]] = {}
            for mandate in self.on(day):
                for form in {bare(form) for form in forms(mandate.person)}:
                    found[form] = (*found.get(form, ()), mandate)
            self._written[day] = found
        return self._written[day]

    def find(self, name: str, day: date) -> Found:
        """Return whom a printed name means on a day: one who has a seat, else one whose name is still on the roll."""
        form = fold(name)
        for alias, mandate in self._dated.get(form, ()):
            if alias.holds(day) and mandate.holds(day):
                return Found(mandate, (mandate,), f"{name}: read as {mandate.person.name} ({alias.because})")
        known = self._by_form.get(form, ())
        fits = tuple(m for m in known if m.holds(day)) or tuple(m for m in known if m.is_named(day))
        people = {m.person.id: m for m in fits}
        if len(people) == 1:
            return Found(next(iter(people.values())), fits)
        return Found(None, fits)

    def place(self, names: Sequence[str], day: date) -> dict[str, Found]:
        """Return whom each of the names printed together in one vote means on a day.

        First `find`. A name that fits several members, of whom all but one are named otherwise in this vote, is that
        one: plain `Acuña Peralta` beside `María Acuña Peralta`. A name that fits nobody is then read as the one member
        it is a shortened, turned-round or misspelt form of, if that is certain enough: exactly one member is that near
        (one letter in six, two in ten), the next is at least two letters farther, the member is named by nothing else
        in this vote, and no second odd name claims the same member. Every such reading carries a note. Any other name
        stays open.
        """
        times = Counter(fold(name) for name in names)
        found = {name: self.find(name, day) for name in names}
        taken = {f.mandate.person.id for f in found.values() if f.mandate is not None}
        for name, met in found.items():
            left = [m for m in met.candidates if m.person.id not in taken]
            if met.mandate is None and len(left) == 1 and times[fold(name)] == 1:
                why = "the others so named stand elsewhere in this vote"
                found[name] = Found(left[0], met.candidates, f"{name}: read as {left[0].person.name} ({why})")
        taken = {f.mandate.person.id for f in found.values() if f.mandate is not None}
        near: dict[str, tuple[Mandate, str]] = {}
        for name, met in found.items():
            sought = not (self._exact or met.mandate or met.candidates)
            guess = self._near(fold(name), day) if sought else None
            if guess is not None and guess[0].person.id not in taken:
                near[name] = guess
        claims = Counter(mandate.person.id for mandate, _ in near.values())
        for name, (mandate, how) in near.items():
            if claims[mandate.person.id] == 1:
                found[name] = Found(mandate, (mandate,), f"{name}: read as {mandate.person.name} ({how})")
        return found

    def _near(self, text: str, day: date) -> tuple[Mandate, str] | None:
        here = self.on(day)
        short = [m for m in here if text in short_forms(m.person)]
        if short:
            alone = len(short) == 1 and (" " in text or sum(text in fold(m.person.surnames).split() for m in here) == 1)
            return (short[0], "shortened or turned round") if alone else None
        limit = 2 if len(text) >= 10 else 1 if len(text) >= 6 else 0
        ranked = sorted(
            ((min(apart(text, form, limit + 3) for form in forms(m.person)), i) for i, m in enumerate(here))
        )[:2]
        if not ranked or not 0 < ranked[0][0] <= limit:
            return None
        if len(ranked) > 1 and ranked[1][0] < ranked[0][0] + 2:
            return None
        return here[ranked[0][1]], "misspelt by one letter" if ranked[0][0] == 1 else "misspelt by two letters"


@lru_cache(maxsize=4096)
def forms(person: Person) -> frozenset[str]:
    """Ways a name is written in full: both surnames, alone or with one or all of the given names on either side."""
    surnames, given = fold(person.surnames), fold(person.given)
    found = {fold(person.name), surnames, f"{surnames} {given}", f"{given} {surnames}"}
    for one in given.split():
        found |= {f"{surnames} {one}", f"{one} {surnames}"}
    found |= {fold(alias) for alias in person.aliases}
    return frozenset(form.strip() for form in found) - {""}


@lru_cache(maxsize=4096)
def short_forms(person: Person) -> frozenset[str]:
    """Ways a name is cut or turned: one surname alone, a given name with the first surname, two surnames exchanged."""
    surnames = fold(person.surnames).split()
    if not surnames:
        return frozenset()
    first = surnames[0]
    found = {first} if len(first) >= 5 else set()
    for one in fold(person.given).split():
        found |= {f"{one} {first}", f"{first} {one}"}
    if len(surnames) == 2:
        found.add(f"{surnames[1]} {surnames[0]}")
    return frozenset(found) - forms(person)


def apart(one: str, other: str, cap: int) -> int:
    """Count the letters to add, drop, change or swap to get from one text to the other, up to `cap`."""
    if abs(len(one) - len(other)) >= cap:
        return cap
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            step = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                step = min(step, before[j - 2] + 1)
            row.append(step)
        if min(row) >= cap:
            return cap
        before, last = last, row
    return min(last[-1], cap)


def placed(names: Mapping[str, str | None]) -> tuple[str, ...]:
    """Return the printed names that met nobody, in order of first mention."""
    return tuple(name for name, member in names.items() if member is None)
