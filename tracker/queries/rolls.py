"""What do all the ballots of a chamber's year say? Read at once, so that no page asks vote by vote."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy import Connection, Engine, Row, Select, func, select

from tracker.analysis.parts import Said, moving
from tracker.domain.legislature import Legislature
from tracker.domain.reconcile import Verdict
from tracker.domain.votes import Code, Position, Reason, Tally
from tracker.queries import groups, roll
from tracker.queries.assembly import chambers
from tracker.queries.bulk import Numbers, numbers
from tracker.queries.database import reading
from tracker.queries.dated import clock_order
from tracker.queries.record import NONE, POSITIONS, Held, Record, Sitter
from tracker.queries.view import Tallies
from tracker.storage import parts
from tracker.storage.tables import metadata

ZERO = 0
"""Stands for no group among the keys of groups, which begin at 1."""


class Span(NamedTuple):
    """A chamber with votes, and the sitting days of its first and last."""

    chamber: Legislature
    first: date
    last: date

    @property
    def years(self) -> tuple[int, ...]:
        """From the last back to the first."""
        return tuple(range(self.last.year, self.first.year - 1, -1))


def spans(engine: Engine) -> tuple[Span, ...]:
    """Return every chamber that has votes, the one that voted last first."""
    v = metadata.tables["vote"]
    found = []
    with reading(engine) as connection:
        for number, chamber in chambers(connection).items():
            first, last = (
                connection.scalar(select(end(v.c.sitting_date)).where(v.c.legislature_id == number))
                for end in (func.min, func.max)
            )
            if first and last:
                found.append(Span(chamber, first, last))
    return tuple(sorted(found, key=lambda span: (-span.last.toordinal(), span.chamber.title)))


def record(engine: Engine, legislature: str, year: int) -> Record | None:
    """Return the votes of a chamber in a year, in eight queries; None if there is no such chamber."""
    with reading(engine) as connection:
        found = next(((number, one) for number, one in chambers(connection).items() if one.slug == legislature), None)
        return None if found is None else _record(connection, *found, year)


def _record(connection: Connection, number: int, chamber: Legislature, year: int) -> Record:
    o = metadata.tables["observation"]
    votes = connection.execute(_votes(number, year)).all()
    tallies = roll.tallies(connection, _votes(number, year).with_only_columns(o.c.id).order_by(None))
    spoken = _spoken(connection, number, year)
    ballots = _ballots(connection, number, year)
    people = _people(connection, {*np.unique(ballots[:, 1]).tolist(), *(row.voter_id for row in spoken)})
    sitters = tuple(dict.fromkeys(people.values()))
    column = {voter: sitters.index(sitter) for voter, sitter in people.items()}
    codes, benches = _codes(connection, number), groups.keyed(connection, number)
    shape = (len(votes), len(sitters))
    code, group = np.full(shape, NONE, dtype=np.int16), np.full(shape, NONE, dtype=np.int16)
    row = {vote.ballots_of: n for n, vote in enumerate(votes)}
    at = _places(row, ballots[:, 0]), _places(column, ballots[:, 1])
    group[at] = _places({ZERO: NONE, **{key: n for n, key in enumerate(benches)}}, ballots[:, 2])
    code[at] = _places({key: n for n, key in enumerate(codes)}, ballots[:, 3])
    meaning = np.array([*(POSITIONS.index(one.position) for one in codes.values()), NONE], dtype=np.int16)
    made = Record(
        chamber,
        year,
        tuple(_held(vote, tallies.get(vote.id, Tallies())) for vote in votes),
        sitters,
        tuple(benches.values()),
        tuple(codes.values()),
        code,
        group,
        meaning[code],
    )
    number_of = {vote.id: n for n, vote in enumerate(votes)}
    aloud: dict[int, list[tuple[int, Row[Any]]]] = defaultdict(list)
    for said in spoken:
        aloud[number_of[said.observation_id]].append((column[said.voter_id], said))
    _add_aloud(connection, made, aloud, [tallies.get(vote.id, Tallies()).final for vote in votes])
    for grid in (made.code, made.group, made.position):
        grid.flags.writeable = False
    return made


def _votes(number: int, year: int) -> Select[Any]:
    v, o, m = (metadata.tables[name] for name in ("vote", "observation", "motion"))
    columns = (v.c.slug, v.c.sitting_date, v.c.verdict, o.c.id, o.c.ballots_of, o.c.complete, o.c.fields, m.c.kind)
    return (
        select(*columns)
        .select_from(v)
        .join(o, o.c.id == v.c.observation_id)
        .join(m, m.c.id == v.c.motion_id)
        .where(v.c.legislature_id == number, v.c.sitting_date.between(date(year, 1, 1), date(year, 12, 31)))
        .where(v.c.joined_to.is_(None), v.c.gone_since.is_(None))
        .order_by(*clock_order())
    )


def _held(vote: Row[Any], tallies: Tallies) -> Held:
    vacated = '"yes"' in vote.fields and json.loads(vote.fields)["vacated"] == "yes"
    sound = vote.verdict != Verdict.DOUBTFUL.value
    best = tallies.best or Tally()
    return Held(vote.slug, vote.sitting_date, vote.kind, best, sound and not vacated, bool(vote.complete))


def _ballots(connection: Connection, number: int, year: int) -> Numbers:
    """Return observation, voter, group and code of every ballot: there may be 400,000."""
    o, b = metadata.tables["observation"], metadata.tables["ballot"]
    columns = (b.c.observation_id, b.c.voter_id, func.coalesce(b.c.group_id, ZERO), b.c.code_id)
    here = (b.c.observation_id == o.c.ballots_of) & parts.of(connection, number)
    return numbers(connection, _votes(number, year).with_only_columns(*columns).join(b, here).order_by(None))


def _spoken(connection: Connection, number: int, year: int) -> Sequence[Any]:
    o, s = metadata.tables["observation"], metadata.tables["spoken"]
    columns = (s.c.observation_id, s.c.voter_id, s.c.was, s.c.now, s.c.declared, s.c.counts)
    return connection.execute(
        _votes(number, year)
        .with_only_columns(*columns)
        .join(s, s.c.observation_id == o.c.id)
        .order_by(None)
        .order_by(s.c.observation_id, s.c.n)
    ).all()


def _people(connection: Connection, voters: Iterable[int]) -> dict[int, Sitter]:
    """Return who each printed name is. The district is the one printed, else that of the newest mandate."""
    r, p, m = (metadata.tables[name] for name in ("voter", "person", "mandate"))
    newest = select(m.c.region).where(m.c.person_id == p.c.id).order_by(m.c.since.desc()).limit(1).scalar_subquery()
    rows = connection.execute(
        select(r.c.id, r.c.name, r.c.region, p.c.slug, p.c.name.label("person"), newest.label("seat"))
        .outerjoin(p, p.c.id == r.c.person_id)
        .where(r.c.id.in_(sorted(voters)))
        .order_by(r.c.id)
    ).all()
    known: dict[str, Sitter] = {}
    found = {}
    for row in rows:
        who = row.slug or f"{row.name} #{row.id}"
        sitter = known.setdefault(who, Sitter(who, row.slug, row.person or row.name, row.region or row.seat or None))
        found[row.id] = sitter
    return found


def _codes(connection: Connection, number: int) -> dict[int, Code]:
    c = metadata.tables["code"]
    rows = connection.execute(
        select(c.c.id, c.c.printed, c.c.position, c.c.reason).where(c.c.legislature_id == number).order_by(c.c.id)
    )
    return {key: Code(said, Position(at), Reason(why) if why else None) for key, said, at, why in rows}


def _places(numbers: Mapping[int, int], keys: Numbers) -> Numbers:
    """Put the number of each key in its place."""
    known = np.array(sorted(numbers), dtype=np.int64)
    values = np.array([numbers[key] for key in known.tolist()], dtype=np.int64)
    return values[np.searchsorted(known, keys)] if len(keys) else np.empty(0, dtype=np.int64)


def _add_aloud(
    connection: Connection,
    made: Record,
    aloud: Mapping[int, Sequence[tuple[int, Row[Any]]]],
    finals: Sequence[Tally | None],
) -> None:
    """Move those whose votes were put on record aloud; in a vote whose final count does not come out, nobody."""
    absent = {(vote, column) for vote, some in aloud.items() for column, _ in some if made.code[vote, column] == NONE}
    register = _in_register(connection, made, absent)
    for vote, some in aloud.items():
        board, benches = made.position[vote].copy(), made.group[vote].copy()
        for said in _moving(made, some):
            column = int(said.who)
            made.position[vote, column] = POSITIONS.index(said.now)
            if (vote, column) in register:
                made.group[vote, column] = register[vote, column]
        counts, final = np.bincount(made.position[vote][made.position[vote] >= 0], minlength=3), finals[vote]
        if final is None or (final.yes, final.no, final.abstain) != tuple(counts[:3].tolist()):
            made.position[vote], made.group[vote] = board, benches


def _moving(made: Record, some: Sequence[tuple[int, Row[Any]]]) -> list[Said]:
    said = (
        Said(
            str(column), "", None, Position(row.was) if row.was else None, Position(row.now),
            Position(row.declared) if row.declared else None, bool(row.counts),
        )
        for column, row in some
    )  # fmt: skip
    return [one for one, _ in moving(said, spoken_counts=made.chamber.spoken_counts)]


def _in_register(connection: Connection, made: Record, absent: Iterable[tuple[int, int]]) -> dict[tuple[int, int], int]:
    """Return the group that day, as the register has it, of those who spoke and are on no line of the roll."""
    wanted = {made.people[column].member for _, column in absent} - {None}
    if not wanted:
        return {}
    s, g, p, law = (metadata.tables[name] for name in ("spell", "group", "person", "legislature"))
    rows = connection.execute(
        select(p.c.slug, g.c.code, s.c.since, s.c.until)
        .select_from(s)
        .join(g, g.c.id == s.c.group_id)
        .join(p, p.c.id == s.c.person_id)
        .join(law, law.c.id == p.c.legislature_id)
        .where(law.c.slug == made.chamber.slug, p.c.slug.in_(sorted(filter(None, wanted))))
        .order_by(s.c.since, s.c.id)
    ).all()
    found = {}
    for vote, column in absent:
        day = made.votes[vote].sitting
        for slug, code, since, until in rows:
            bench = made.bench(code)
            if (
                slug == made.people[column].member
                and since <= day
                and (until is None or day <= until)
                and bench is not None
            ):
                found[vote, column] = bench
    return found
