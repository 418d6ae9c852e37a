"""Which rows are the ballots of a batch, and what do they refer to? There may be hundreds of thousands of them.

They are kept vote by vote, in columns, and become rows only as they are written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, repeat
from typing import Any, NamedTuple

from sqlalchemy import Connection

from tracker.domain.recurring import Hand
from tracker.domain.votes import Ballot
from tracker.storage import parts
from tracker.storage.copying import copy
from tracker.storage.known import Known

COLUMNS = ("observation_id", "voter_id", "group_id", "code_id")
AT_ONCE = 5_000
"""Rows that are handed to SQLite together: few enough to stay near the processor."""


class _Roll(NamedTuple):
    """The ballots of one observation, by columns."""

    observation: int
    voters: Sequence[int]
    groups: Sequence[int | None]
    codes: Sequence[int]


class Ballots:
    """The ballots that a batch adds."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._rolls: list[_Roll] = []

    def add(self, ballots: Sequence[Ballot], observation: int) -> None:
        """Take in the ballots of an observation."""
        roll = self._dealt(ballots, observation) if isinstance(ballots, Hand) else None
        self._rolls.append(roll or self._listed(ballots, observation))

    def _dealt(self, hand: Hand[Ballot], observation: int) -> _Roll | None:
        names, sides, marks = self._known.placed(hand.deck)
        voters = hand.pick(names)
        if len(set(voters)) < len(voters):
            return None
        return _Roll(observation, voters, hand.pick(sides), hand.pick(marks))

    def _listed(self, ballots: Sequence[Ballot], observation: int) -> _Roll:
        known = self._known
        voters = [known.voter_of((b[0], b[3], b[4], b[5])) for b in ballots]
        if len(set(voters)) < len(voters):
            voters = _apart(known, ballots)
        groups = {code: known.group(code) if code else None for code in {b[2] for b in ballots}}
        # Ballots of one document share their code objects: each is looked up once.
        codes = {number: known.code(code) for number, code in {id(b[1]): b[1] for b in ballots}.items()}
        return _Roll(observation, voters, [groups[b[2]] for b in ballots], [codes[id(b[1])] for b in ballots])

    def write(self, connection: Connection) -> None:
        """Write the rows, in the order of their observations, to the legislature's part where there are parts."""
        if not self._rolls:
            return
        if connection.dialect.name == "postgresql":
            copy(connection, "ballot", (*COLUMNS, parts.WHOSE), self._rows(self._known.legislature))
            return
        rows = self._rows()
        while some := list(islice(rows, AT_ONCE)):
            connection.exec_driver_sql(f"INSERT INTO ballot ({', '.join(COLUMNS)}) VALUES (?, ?, ?, ?)", some)  # noqa: S608

    def _rows(self, *more: int) -> Iterator[tuple[int | None, ...]]:
        return chain.from_iterable(
            zip(
                repeat(one.observation, len(one.voters)), one.voters, one.groups, one.codes,
                *(repeat(end, len(one.voters)) for end in more), strict=True,
            )
            for one in self._rolls
        )  # fmt: skip

    def keys(self, column: str) -> set[int]:
        """Return what a column of them refers to."""
        at = COLUMNS.index(column)
        held: Iterable[Any] = (one[at] for one in self._rolls)
        return set(held) if column == "observation_id" else set().union(*held) - {None}


def _apart(known: Known, ballots: Iterable[Ballot]) -> list[int]:
    """Give lines that print the same name twice a key each."""
    met: list[int] = []
    for name, _, _, ref, region, member in ballots:
        voter, nth = known.voter_of((name, ref, region, member)), 1
        while voter in met:
            nth += 1
            voter = known.voter(name, member, ref=ref, region=region, nth=nth)
        met.append(voter)
    return met
