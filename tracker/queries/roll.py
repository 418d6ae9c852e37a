"""Who voted how in a batch of readings, and whose vote was put on record aloud?"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Select, and_, func, select

from tracker.domain.people import fold
from tracker.domain.votes import Position, Reason, Tally
from tracker.queries.people import groups_on
from tracker.queries.view import BallotView, SpokenView, Tallies
from tracker.storage import parts
from tracker.storage.tables import metadata

Mark = tuple[str | None, str, str, str, int]
"""Group, code printed, position, reason, how many ballots."""


def tallies(connection: Connection, observations: Sequence[int] | Select[Any]) -> dict[int, Tallies]:
    """Return the tallies of readings, given by their keys or by a query for these."""
    t = metadata.tables["tally"]
    kinds: dict[int, dict[str, Tally]] = defaultdict(dict)
    columns = (t.c.observation_id, t.c.kind, t.c.yes, t.c.no, t.c.abstain, t.c.present, t.c.not_cast)
    rows = connection.execute(select(*columns, t.c.candidates).where(t.c.observation_id.in_(observations)))
    for number, kind, yes, no, abstain, present, not_cast, candidates in rows:
        names = tuple((name, int(n)) for name, n in json.loads(candidates)) if candidates else ()
        kinds[number][kind] = Tally(yes, no, abstain, present, not_cast, names)
    return {number: Tallies(**by_kind) for number, by_kind in kinds.items()}


def marks(connection: Connection, rolls: Sequence[int]) -> dict[int, list[Mark]]:
    """Count the ballots of readings by group and code."""
    b, c, g = (metadata.tables[name] for name in ("ballot", "code", "group"))
    names = (g.c.code, c.c.printed, c.c.position, c.c.reason)
    rows = connection.execute(
        select(b.c.observation_id, *names, func.count())
        .join(c, c.c.id == b.c.code_id)
        .outerjoin(g, g.c.id == b.c.group_id)
        .where(b.c.observation_id.in_(rolls), parts.holding(connection, rolls))
        .group_by(b.c.observation_id, *names)
        .order_by(b.c.observation_id, *(name.asc().nulls_first() for name in names))
    )
    found: dict[int, list[Mark]] = defaultdict(list)
    for number, group, printed, position, reason, count in rows:
        found[number].append((group, printed, position, reason, count))
    return found


def ballots(connection: Connection, rolls: Sequence[int]) -> dict[int, tuple[BallotView, ...]]:
    """Return the ballots of readings, by name."""
    b, r, c, g, p = (metadata.tables[name] for name in ("ballot", "voter", "code", "group", "person"))
    columns = (r.c.name, p.c.slug, g.c.code, c.c.position, c.c.reason, c.c.printed, r.c.region, r.c.ref)
    rows = connection.execute(
        select(b.c.observation_id, *columns)
        .select_from(b)
        .join(r, r.c.id == b.c.voter_id)
        .join(c, c.c.id == b.c.code_id)
        .outerjoin(g, g.c.id == b.c.group_id)
        .outerjoin(p, p.c.id == r.c.person_id)
        .where(b.c.observation_id.in_(rolls), parts.holding(connection, rolls))
        .order_by(b.c.observation_id, b.c.voter_id)
    )
    found: dict[int, list[BallotView]] = defaultdict(list)
    for number, name, member, group, position, reason, code, region, ref in rows:
        why = Reason(reason) if reason else None
        found[number].append(
            BallotView(name, member, group, Position(position), why, code, region or None, ref or None)
        )
    return {n: tuple(sorted(roll, key=lambda b: (fold(b.name), b.ref or ""))) for n, roll in found.items()}


def spoken(connection: Connection, readings: Sequence[Row[Any]]) -> dict[int, tuple[SpokenView, ...]]:
    """Return the statements of readings, in the order of the paper."""
    s, r, p = (metadata.tables[name] for name in ("spoken", "voter", "person"))
    rows = connection.execute(
        select(s, r.c.name, r.c.person_id, p.c.slug)
        .join(r, r.c.id == s.c.voter_id)
        .outerjoin(p, p.c.id == r.c.person_id)
        .where(s.c.observation_id.in_([row.id for row in readings]))
        .order_by(s.c.observation_id, s.c.n)
    ).all()
    if not rows:
        return {}
    rolls = {row.id: row.ballots_of for row in readings}
    days = {row.id: date.fromisoformat(json.loads(row.fields)["sitting_date"]) for row in readings}
    who = {(rolls[row.observation_id], row.person_id): days[row.observation_id] for row in rows if row.person_id}
    seats = _seats(connection, list(rolls), who)
    found: dict[int, list[SpokenView]] = defaultdict(list)
    for row in rows:
        seat = seats.get((rolls[row.observation_id], row.person_id), _Seat())
        found[row.observation_id].append(
            SpokenView(
                name=row.name,
                member=row.slug,
                group=seat.group,
                was=Position(row.was) if row.was else None,
                now=Position(row.now),
                declared=Position(row.declared) if row.declared else None,
                counts=bool(row.counts),
                quote=row.quote,
                was_code=seat.code,
                was_reason=Reason(seat.reason) if seat.reason else None,
            )
        )
    return {number: tuple(said) for number, said in found.items()}


class _Seat(NamedTuple):
    """What stands beside a speaker's name on the roll, or the group in the register."""

    group: str | None = None
    code: str | None = None
    reason: str | None = None


def _seats(
    connection: Connection, readings: Sequence[int], wanted: Mapping[tuple[int, int], date]
) -> dict[tuple[int, int], _Seat]:
    """Return what the rolls of readings print of their speakers, by roll and person; the group, else, of the register.

    The database goes from each statement to its one line of the roll: of many readings, not to everybody's in all.
    """
    if not wanted:
        return {}
    b, r, g, c, s, o = (metadata.tables[name] for name in ("ballot", "voter", "group", "code", "spoken", "observation"))
    speaker = r.alias("speaker")
    rows = connection.execute(
        select(b.c.observation_id, r.c.person_id, g.c.code, c.c.printed, c.c.reason)
        .select_from(s)
        .join(speaker, speaker.c.id == s.c.voter_id)
        .join(o, o.c.id == s.c.observation_id + 0)  # or SQLite begins with all the ballots of these readings
        .join(r, r.c.person_id == speaker.c.person_id)
        .join(b, and_(b.c.observation_id == o.c.ballots_of, b.c.voter_id == r.c.id))
        .join(c, c.c.id == b.c.code_id)
        .outerjoin(g, g.c.id == b.c.group_id)
        .where(s.c.observation_id.in_(readings), parts.holding(connection, readings))
    )
    found = {(roll, person): _Seat(group, code, reason) for roll, person, group, code, reason in rows}
    by_day: dict[date, set[int]] = defaultdict(set)
    for key, day in wanted.items():
        if found.get(key, _Seat()).group is None:
            by_day[day].add(key[1])
    for day, people in by_day.items():
        on_day = groups_on(connection, people, day)
        found |= {
            key: found.get(key, _Seat())._replace(group=on_day[key[1]])
            for key, when in wanted.items()
            if when == day and key[1] in on_day and found.get(key, _Seat()).group is None
        }
    return found
