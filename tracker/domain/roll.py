"""Whom does a statement name, where a complete roll shows how every member stands on the board?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from tracker.domain.people import Mandate, Person, Register, apart, bare, fold, forms, short_forms
from tracker.domain.votes import CAST, Position, PrintedBallot, Reason, Spoken

AWAY = frozenset({Reason.SUSPENDED, Reason.DECEASED, Reason.VACANT})
"""Who is marked so on a roll cannot have made a statement."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A line of the roll: whose it is, and where the board has the member; `position` None for one on no line of it.

    `known` is False where the name on the line met nobody: the person is then the name as printed.
    """

    person: Person
    position: Position | None
    reason: Reason | None = None
    known: bool = True

    @property
    def member(self) -> str | None:
        """The id of the member; None where the register does not have the name on the line."""
        return self.person.id if self.known else None

    def may_have_said(self, said: Spoken) -> bool:
        """Whether the statement can be this member's.

        A change of vote is always declared and names the position it replaces, a plain statement is made by one who
        did not vote on the board, and only a vote cast can be taken out of the count.
        """
        if said.declared is not None:
            return self.position is said.declared
        if said.now is Position.NOT_CAST:
            return self.position in CAST
        return self.position in (None, Position.NOT_CAST) and self.reason not in AWAY


@dataclass(slots=True)
class Placed:
    """The statements of a vote once their names have met the roll.

    `unresolved` are names that could not be told to be one member's, `notes` how names were read that are not printed
    in full, `unsettled` why the sum stays open.
    """

    spoken: list[Spoken] = field(default_factory=list)
    unresolved: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unsettled: list[str] = field(default_factory=list)


class Roll:
    """The roll of one vote, asked by the names its notes print.

    A name means a member on the roll before anybody else; one on no roll may be a member sworn in that day. A name
    that fits several is told apart by where the board has them, never by a guess.
    """

    def __init__(self, lines: Iterable[tuple[PrintedBallot, Mandate | None]], register: Register, day: date) -> None:
        self._seats = [_seat(ballot, mandate) for ballot, mandate in lines]
        here = {seat.member for seat in self._seats}
        self._others = [Seat(m.person, None) for m in register.on(day) if m.person.id not in here]
        self._register, self._day = register, day
        self._whole = all(seat.known for seat in self._seats)

    def place(self, spoken: Sequence[Spoken]) -> Placed:
        """Place the statements of a vote: each gets its member and where the board has that member."""
        fits = {said.name: self._meant(said) for said in spoken}
        sure = {seats[0].member for seats, _ in fits.values() if len(seats) == 1}
        placed = Placed()
        heard: dict[str, list[Spoken]] = {}
        for said in spoken:
            seats, how = fits[said.name]
            if len(seats) > 1:
                # Of two who are called so, the one a note also names in full is not meant a second time.
                seats = [seat for seat in seats if seat.member is None or seat.member not in sure]
                how = (
                    "the others so named stand elsewhere"
                    if seats
                    else "all who are called so are named in full as well"
                )
            one = self._place(said, seats, how, placed)
            earlier = heard.setdefault(one.member or bare(one.name), [])
            if any((other.now, other.declared) == (one.now, one.declared) for other in earlier) and one.member:
                placed.notes.append(f"{said.name}: named again for {said.now}")
                continue
            if not (earlier and one.declared is earlier[-1].now):
                _contradiction(one, self._seat_of(one), placed)
            earlier.append(one)
            placed.spoken.append(one)
        return placed

    def _meant(self, said: Spoken) -> tuple[list[Seat], str]:
        """Return whom a statement means: the member a person named who looked at the page, else those the name fits."""
        if said.member is None:
            return self.fitting(said.name)
        return [seat for seat in self._everybody() if seat.person.id == said.member], ""

    def fitting(self, name: str) -> tuple[list[Seat], str]:
        """Return the members a name fits, those on the roll first, and how it was read if it is not printed in full."""
        settled = self._register.find(name, self._day)
        if settled.mandate is not None and settled.note:
            person = settled.mandate.person
            because = next(alias.because for alias in person.dated if fold(alias.text) == fold(name))
            return [seat for seat in self._everybody() if seat.person.id == person.id], because
        text = bare(name)
        for seats in (self._seats, self._others):
            exact = [seat for seat in seats if text in _bare_forms(seat.person)]
            if not exact and "," in name:
                exact = _by_both_parts(name, seats)
            if exact:
                return exact, ""
        for seats in (self._seats, self._others):
            if short := _short(name, seats):
                return short, "shortened or turned round"
        return self._near(text)

    def _everybody(self) -> list[Seat]:
        return [*self._seats, *self._others]

    def _near(self, text: str) -> tuple[list[Seat], str]:
        """Find the one member a misspelt name is near: one letter in six, two in ten, the next two letters farther."""
        limit = 2 if len(text) >= 10 else 1 if len(text) >= 6 else 0
        seats = self._everybody()
        ranked = sorted(
            (min((apart(text, form, limit + 3) for form in _bare_forms(s.person)), default=limit + 3), i)
            for i, s in enumerate(seats)
        )
        if not ranked or not 0 < ranked[0][0] <= limit or (len(ranked) > 1 and ranked[1][0] < ranked[0][0] + 2):
            return [], ""
        return [seats[ranked[0][1]]], "misspelt by one letter" if ranked[0][0] == 1 else "misspelt by two letters"

    def _place(self, said: Spoken, seats: list[Seat], how: str, placed: Placed) -> Spoken:
        able = [seat for seat in seats if seat.may_have_said(said)]
        chosen = able if len(able) == 1 else seats
        if len(chosen) == 1:
            if how:
                placed.notes.append(f"{said.name}: read as {chosen[0].person.name} ({how})")
            return self._by(said, chosen[0], placed)
        placed.unresolved.append(said.name)
        stand = {seat.position for seat in able or seats}
        if len(stand) == 1 and None not in stand:
            was = stand.pop()
            names = " or ".join(seat.person.name for seat in able or seats)
            placed.notes.append(f"{said.name}: {names}; the board has each of them at {was}")
            return replace(said, was=was)
        why = "fits several members who stand differently on the board" if seats else "is no member's name on this roll"
        placed.unsettled.append(f"{said.name} {why}" if seats or not how else f"{said.name}: {how}")
        return replace(said, was=None)

    def _by(self, said: Spoken, seat: Seat, placed: Placed) -> Spoken:
        """Give a statement its member."""
        if seat.member is None:
            placed.unresolved.append(said.name)
        if seat.position is None and not self._whole:
            placed.unresolved.append(said.name)
            placed.unsettled.append(f"{said.name} may stand on a line of the roll that was not read")
        if seat.position in CAST and said.now is Position.NOT_CAST and said.declared is None:
            said = replace(said, declared=seat.position)  # a vote taken out of the count, whichever it was
        return replace(said, member=seat.member, was=seat.position)

    def _seat_of(self, said: Spoken) -> Seat | None:
        return next((seat for seat in self._everybody() if said.member and seat.member == said.member), None)


def _contradiction(said: Spoken, seat: Seat | None, placed: Placed) -> None:
    """Leave the sum open where a statement and the board contradict each other: one of them is wrong."""
    was = said.was
    if said.declared is not None:
        if was is not said.declared:
            placed.unsettled.append(f"{said.name} is said to change from {said.declared}, the board has {was}")
    elif was in CAST and was is not said.now:
        placed.unsettled.append(
            f"{said.name} is at {was} on the board and is put down for {said.now}, with no change said"
        )
    elif said.now is Position.NOT_CAST and was not in CAST:
        placed.unsettled.append(f"{said.name} is taken out of the count and is not in it")
    elif seat is not None and seat.reason in AWAY:
        placed.unsettled.append(f"{said.name} is marked {seat.reason} on the roll and is put down for {said.now}")


def _seat(ballot: PrintedBallot, mandate: Mandate | None) -> Seat:
    if mandate is not None:
        return Seat(mandate.person, ballot.code.position, ballot.code.reason)
    surnames, _, given = ballot.name.partition(",")
    person = Person("", ballot.name, surnames.strip(), given.strip())
    return Seat(person, ballot.code.position, ballot.code.reason, known=False)


@lru_cache(maxsize=4096)
def _bare_forms(person: Person) -> frozenset[str]:
    return frozenset(bare(form) for form in forms(person))


def _by_both_parts(name: str, seats: Sequence[Seat]) -> list[Seat]:
    """Meet `SURNAMES, GIVEN` as a sheet prints it: by the surnames, and among several by the first given name."""
    surnames, _, given = name.partition(",")
    fits = [seat for seat in seats if bare(seat.person.surnames) == bare(surnames)]
    first = fold(given).split()[:1]
    return [seat for seat in fits if first == fold(seat.person.given).split()[:1]] if len(fits) > 1 else fits


def _short(name: str, seats: Sequence[Seat]) -> list[Seat]:
    """Meet a name that is cut or turned round.

    A lone surname fits everybody who bears it, first or second. Of three surnames or more one may be left out, but not
    the first: `Jáuregui Martínez`, `Guerra Campos`.
    """
    text, words = bare(name), fold(name).split()
    short = [seat for seat in seats if text in {bare(form) for form in short_forms(seat.person)}]
    bear = [seat for seat in seats if text in {bare(word) for word in fold(seat.person.surnames).split()}]
    if bear:
        return bear if short else []
    if not short and len(words) > 1:
        short = [seat for seat in seats if _left_out(words, fold(seat.person.surnames).split())]
    return short


def _left_out(words: Sequence[str], surnames: Sequence[str]) -> bool:
    """Whether words are the surnames in their order, the first among them, with others left out."""
    rest = iter(surnames)
    return list(words[:1]) == list(surnames[:1]) and all(word in rest for word in words)
