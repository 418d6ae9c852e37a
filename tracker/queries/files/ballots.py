"""Who voted how, row by row, with the votes put on record aloud? Read by the hundred thousand, as numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy import BigInteger, String, cast, func, select

from tracker.analysis.parts import moving
from tracker.domain.people import fold
from tracker.domain.votes import Position, Tally
from tracker.queries import groups, roll
from tracker.queries.files.chosen import Line, MemberRecord, Snapshot, names_of
from tracker.queries.files.columns import Column, Columns, Listed, Places, coded
from tracker.queries.files.votes import of_vote, origin
from tracker.queries.view import SpokenView
from tracker.storage.tables import metadata

POSITIONS = tuple(Position)
"""What the numbers of positions stand for: yes, no and abstain come first."""
BOARD, VOICE = "board", "voice"
NONE = -1
GROUPS, CODES = 1 << 15, 1 << 20
"""Beyond all keys of groups (small numbers in the database) and of codes."""
SOME = 5_000
"""Names asked for at once."""


class Voter(NamedTuple):
    """A name on a roll; `order` is what names are put in order by."""

    order: tuple[str, str]
    name: str
    ref: str | None
    region: str | None
    member: str | None


class Roll:
    """The ballots of a batch of votes as columns of numbers, in the order of the votes and then of the names."""

    ROWS = ("vote", "voter", "group", "code", "board", "position", "aloud")

    def __init__(self, ballots: Ballots, lines: Sequence[Line], found: Places) -> None:
        readings, people, groups_, codes = found
        known = np.unique(people)
        voters = ballots.voters(known.tolist())
        order = sorted(range(len(voters)), key=lambda n: voters[n].order)
        rank = np.empty(len(voters), dtype=np.int64)
        rank[order] = np.arange(len(voters))
        self.voters = [voters[n] for n in order]
        vote = _placed([line.row.ballots_of for line in lines], readings)
        voter = rank[np.searchsorted(known, people)]
        sort = np.lexsort((voter, vote))
        self.vote, self.voter = vote[sort], voter[sort]
        self.group = ballots.group_at[groups_[sort]]
        self.code = ballots.code_at[codes[sort]]
        self.board = ballots.position_of[self.code]
        self.position = self.board.copy()
        self.aloud = np.zeros(len(sort), dtype=np.int64)
        self._ends = np.searchsorted(self.vote, np.arange(len(lines) + 1)).tolist()
        self._further: list[tuple[int, ...]] = []

    def say(
        self, vote: int, said: Iterable[SpokenView], group_of: Callable[[str | None], int], final: Tally | None
    ) -> None:
        """Move those whose votes of a vote were put on record aloud, if the members then make its final count.

        Those whom the paper does not list on the roll wait for `close`.
        """
        here = slice(*self._ends[vote : vote + 2])
        at = {self.voters[n].member or self.voters[n].name: row for row, n in enumerate(self.voter[here].tolist())}
        stands, further = self.position[here].copy(), {}
        for one in said:
            who = one.member or one.name
            if who in at:
                stands[at[who]] = POSITIONS.index(one.now)
            else:
                further[who] = one
        moved = [POSITIONS.index(one.now) for one in further.values()]
        counts = np.bincount([*stands.tolist(), *moved], minlength=len(POSITIONS))[:3].tolist()
        if final is None or counts != [final.yes, final.no, final.abstain]:
            return
        self.aloud[here] = stands != self.position[here]
        self.position[here] = stands
        for one, position in zip(further.values(), moved, strict=True):
            self._further.append((vote, len(self.voters), group_of(one.group), NONE, NONE, position, 1))
            self.voters.append(Voter(("", ""), one.name, None, None, one.member))

    def close(self) -> None:
        """Put those on the roll whom the paper does not list there, after the others of their vote."""
        if not self._further:
            return
        order = np.argsort(np.append(self.vote, [row[0] for row in self._further]), kind="stable")
        for name, more in zip(self.ROWS, zip(*self._further, strict=True), strict=True):
            setattr(self, name, np.append(getattr(self, name), more)[order])

    def only(self, member: str) -> None:
        """Leave out everybody else."""
        here = np.array([voter.member == member for voter in self.voters], dtype=bool)[self.voter]
        for name in self.ROWS:
            setattr(self, name, getattr(self, name)[here])


class Ballots:
    """Reads the ballots of batches of votes; what names and codes stand for is kept between them."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._voters: dict[int, Voter] = {}
        self._names_of: dict[MemberRecord, list[int]] = {}
        self._groups: list[tuple[int, str]] = []
        self._group_of: dict[tuple[int, str | None], int] = {}
        for law in snapshot.chambers:
            for key, group in groups.keyed(snapshot.connection, law).items():
                self._group_of[law, group.code] = len(self._groups)
                self._groups.append((key, group.code))
        c = metadata.tables["code"]
        self._codes = snapshot.connection.execute(select(c.c.id, c.c.printed, c.c.position, c.c.reason)).all()
        self.group_at = _lookup([0, *(key for key, _ in self._groups)], [NONE, *range(len(self._groups))])
        self.code_at = _lookup([row.id for row in self._codes], range(len(self._codes)))
        self.position_of = np.array([POSITIONS.index(Position(row.position)) for row in self._codes], dtype=np.int64)

    def table(self, lines: Sequence[Line]) -> Columns:
        """Return the ballots of votes."""
        of = self._roll(lines)
        return self._columns(of, [of_vote(line) for line in lines], [origin(line) for line in lines])

    def record(self, lines: Sequence[Line], choice: MemberRecord, votes: Listed) -> Columns:
        """Return a member's part in votes, with what was voted; `votes` is the table of these votes."""
        of = self._roll(lines, self._names(choice))
        of.only(choice.member)
        told = ("subject", "question", "kind", "result", "quoted", "yes", "no", "abstain")
        more = [of_vote(line) | {name: votes[name][n] for name in told} for n, line in enumerate(lines)]
        return self._columns(of, more, [origin(line) for line in lines])

    def _roll(self, lines: Sequence[Line], names: Sequence[int] | None = None) -> Roll:
        """Return the rolls of votes; if names are given, of a vote without statements only the lines of these."""
        connection = self._snapshot.connection
        said = roll.spoken(connection, [line.row for line in lines])
        if names is None:
            found = self._read(lines)
        else:
            aloud = self._read([line for line in lines if line.row.id in said])
            found = np.concatenate(
                [aloud, self._read([line for line in lines if line.row.id not in said], names)], axis=1
            )
        of = Roll(self, lines, found)
        tallies = roll.tallies(connection, list(said))
        for n, line in enumerate(lines):
            moved = _moving(said.get(line.row.id, ()), spoken_counts=line.chamber.spoken_counts)
            if moved:
                of.say(n, moved, partial(self._group, line.row.legislature_id), tallies[line.row.id].final)
        of.close()
        return of

    def _group(self, law: int, code: str | None) -> int:
        return self._group_of.get((law, code), NONE)

    def _read(self, lines: Sequence[Line], names: Sequence[int] | None = None) -> Places:
        """Return reading, name, group and code of every ballot.

        The database hands over a text for each vote, its ballots as one number each: a tenth of the work of a row each.
        """
        b = metadata.tables["ballot"]
        packed = (cast(b.c.voter_id, BigInteger) * GROUPS + func.coalesce(b.c.group_id, 0)) * CODES + b.c.code_id
        query = select(b.c.observation_id, func.aggregate_strings(cast(packed, String), " "))
        query = query.where(b.c.observation_id.in_([line.row.ballots_of for line in lines]))
        query = query if names is None else query.where(b.c.voter_id.in_(names))
        rows = self._snapshot.connection.execute(query.group_by(b.c.observation_id)).all()
        of_each = [np.fromstring(text, dtype=np.int64, sep=" ") for _, text in rows]
        packs = np.concatenate(of_each) if of_each else np.empty(0, dtype=np.int64)
        readings = np.repeat([number for number, _ in rows], [len(some) for some in of_each]).astype(np.int64)
        people, rest = np.divmod(packs, GROUPS * CODES)
        return np.stack([readings, people, *np.divmod(rest, CODES)])

    def _names(self, choice: MemberRecord) -> list[int]:
        """Return the keys of the names that stand for a member."""
        if choice not in self._names_of:
            keys = self._snapshot.connection.execute(names_of(choice)).scalars().all()
            self._names_of[choice] = list(keys)
        return self._names_of[choice]

    def voters(self, keys: Sequence[int]) -> list[Voter]:
        """Return names by their keys."""
        r, p = metadata.tables["voter"], metadata.tables["person"]
        new = [key for key in keys if key not in self._voters]
        for n in range(0, len(new), SOME):
            query = select(r.c.id, r.c.name, r.c.ref, r.c.region, p.c.slug)
            query = query.outerjoin(p, p.c.id == r.c.person_id).where(r.c.id.in_(new[n : n + SOME]))
            for key, name, ref, region, member in self._snapshot.connection.execute(query):
                self._voters[key] = Voter((fold(name), ref), name, ref or None, region or None, member)
        return [self._voters[key] for key in keys]

    def _columns(
        self, of: Roll, before: Sequence[dict[str, Any]], after: Sequence[dict[str, Any]]
    ) -> dict[str, Column]:
        def by_vote(rows: Sequence[dict[str, Any]]) -> Iterator[tuple[str, Column]]:
            for name in rows[0] if rows else ():
                yield name, coded([row[name] for row in rows], of.vote)

        def of_voter(name: str) -> Column:
            return coded([getattr(voter, name) for voter in of.voters], of.voter)

        return {
            **dict(by_vote(before)),
            "member": of_voter("member"),
            "name": of_voter("name"),
            "ref": of_voter("ref"),
            "region": of_voter("region"),
            "group": coded([code for _, code in self._groups], of.group),
            "code": coded([row.printed for row in self._codes], of.code),
            "board": coded(POSITIONS, of.board),
            "reason": coded([row.reason or None for row in self._codes], of.code),
            "position": coded(POSITIONS, of.position),
            "recorded": coded((BOARD, VOICE), of.aloud),
            **dict(by_vote(after)),
        }


def _moving(some: Sequence[SpokenView], *, spoken_counts: bool) -> list[SpokenView]:
    """Return the statements that move somebody."""
    shapes = [groups.said(one) for one in some]
    taken = {id(shape) for shape, _ in moving(shapes, spoken_counts=spoken_counts)}
    return [one for one, shape in zip(some, shapes, strict=True) if id(shape) in taken]


def _lookup(keys: Sequence[int], values: Iterable[int]) -> Places:
    """Return an array that has each value at the place of its key."""
    table = np.full(max(keys, default=0) + 1, NONE, dtype=np.int64)
    table[list(keys)] = list(values)
    return table


def _placed(keys: Sequence[int], found: Places) -> Places:
    """Return the place of each number in a list of keys."""
    order = np.argsort(np.array(keys, dtype=np.int64))
    return order[np.searchsorted(np.array(keys, dtype=np.int64)[order], found)]
