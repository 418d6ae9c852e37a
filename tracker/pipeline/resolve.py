"""Which known member, and which group that day, does each printed name stand for?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from tracker.domain.people import Found, Register
from tracker.domain.recurring import Hand
from tracker.domain.roll import Roll
from tracker.domain.votes import Ballot, Position, PrintedBallot, PrintedVote, Spoken, Vote


def resolve(printed: PrintedVote, register: Register | None) -> Vote:
    """Place the names of a vote.

    Without a register the identifier printed beside a name is the member. With one, a name that fits nobody, or two
    people, stays unplaced and is listed. The group is the one printed that day; a paper that prints none gets the
    register's for that day. The names in the notes of a complete roll are met on that roll (`domain/roll.py`).
    """
    if register is None:
        return Vote(printed, _as_printed(printed.ballots), printed.spoken)
    day = printed.sitting_date
    if printed.complete:
        return _on_a_roll(printed, register)
    names = [ballot.name for ballot in printed.ballots] + [said.name for said in printed.spoken]
    found = register.place(names, day)
    ballots = tuple(_place(ballot, found, day) for ballot in printed.ballots)
    at = {ballot.member: ballot.code.position for ballot in ballots if ballot.member is not None}
    spoken = tuple(_hear(said, found, at) for said in printed.spoken)
    unresolved = tuple(dict.fromkeys(name for name in names if found[name].mandate is None))
    return Vote(printed, ballots, spoken, unresolved)


def _as_printed(ballots: Sequence[PrintedBallot]) -> Sequence[Ballot]:
    return ballots.turned(_by_ref) if isinstance(ballots, Hand) else tuple(map(_by_ref, ballots))


def _by_ref(ballot: PrintedBallot) -> Ballot:
    return Ballot._make((*ballot, ballot.ref))


def _on_a_roll(printed: PrintedVote, register: Register) -> Vote:
    """Place the names of a vote whose ballots name every member.

    The ballots are placed by themselves: everybody is among them, so that a name in a note excludes nobody. The
    statements are then heard against that roll.
    """
    day = printed.sitting_date
    found = register.place([ballot.name for ballot in printed.ballots], day)
    ballots = tuple(_place(ballot, found, day) for ballot in printed.ballots)
    unresolved = [ballot.name for ballot in ballots if ballot.member is None]
    placed = Roll([(ballot, found[ballot.name].mandate) for ballot in printed.ballots], register, day).place(
        printed.spoken
    )
    return Vote(
        printed,
        ballots,
        tuple(placed.spoken),
        tuple(dict.fromkeys([*unresolved, *placed.unresolved])),
        tuple(dict.fromkeys(placed.notes)),
        tuple(dict.fromkeys(placed.unsettled)),
    )


def _place(ballot: PrintedBallot, found: Mapping[str, Found], day: date) -> Ballot:
    mandate = found[ballot.name].mandate
    member = mandate.person.id if mandate else None
    group = ballot.group or (mandate.group_on(day) if mandate else None)
    region = ballot.region or (mandate.region if mandate else None)
    return Ballot(ballot.name, ballot.code, group, ballot.ref, region, member)


def _hear(said: Spoken, found: Mapping[str, Found], at: Mapping[str, Position]) -> Spoken:
    """Place a statement, and read off the placed ballots where the board has the member, however it is spelled."""
    mandate = found[said.name].mandate
    if mandate is None:
        return said
    member = mandate.person.id
    return replace(said, member=member, was=at.get(member, said.was))


def place_all(names: Sequence[str], register: Register | None, day: date) -> dict[str, str | None]:
    """Place the names of an attendance list: printed name → member, None where it met nobody."""
    if register is None:
        return dict.fromkeys(names)
    found = register.place(names, day)
    return {name: met.mandate.person.id if met.mandate else None for name, met in found.items()}
