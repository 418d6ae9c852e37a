"""Which votes of a sitting day do several papers record, which record is shown first, and do they agree?

Done anew for every day that a batch touches, in the same transaction, from what is stored: whichever paper comes first,
the outcome is the same.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, func, insert, or_, select, update

from tracker.domain import joining
from tracker.domain.joining import Difference, Pair, Side
from tracker.domain.people import fold
from tracker.domain.tally import CAST, Position, Tally
from tracker.domain.votes import Means, Status
from tracker.storage import parts
from tracker.storage.tables import metadata

_Line = tuple[str, str, str]
"""Name, position, region."""
_BOARD = frozenset({*map(str, CAST), str(Position.OTHER)})


@dataclass(frozen=True, slots=True)
class _Record:
    """One vote as its paper has it."""

    row: Row[Any]
    fields: Mapping[str, str | None]
    side: Side

    @property
    def provisional(self) -> bool:
        return self.fields["status"] == Status.PROVISIONAL


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two papers that newly say different things of one vote: the key of the vote, and what to tell a reader."""

    vote: int
    message: str
    place: str


def of_days(connection: Connection, legislature: int, days: Iterable[date], now: datetime) -> list[Contradiction]:
    """Join the papers' records of every vote of these sitting days, and return what newly contradicts."""
    t = metadata.tables["source"]
    papers = connection.scalar(select(func.count()).select_from(t).where(t.c.legislature_id == legislature)) or 0
    if papers < 2:
        return []
    return [found for day in sorted(days) for found in _of_day(connection, legislature, day, now)]


def _of_day(connection: Connection, legislature: int, day: date, now: datetime) -> list[Contradiction]:
    rows = _rows(connection, legislature, day)
    ranks = sorted({row.rank for row in rows})
    if len(ranks) < 2 and not any(row.joined_to for row in rows):
        return []
    records = _records(connection, rows)
    pairs = _pairs(records, ranks)
    led = {pair.theirs.key: pair.ours.key for pair in pairs}
    votes = metadata.tables["vote"]
    for record in records.values():
        others = [records[key] for key, lead in led.items() if lead == record.row.id]
        facts = _lent(record, others) | {"joined_to": led.get(record.row.id)}
        connection.execute(update(votes).where(votes.c.id == record.row.id).values(**facts))
    return _compare(connection, records, pairs, now)


def _rows(connection: Connection, legislature: int, day: date) -> Sequence[Row[Any]]:
    v, o, s = (metadata.tables[name] for name in ("vote", "observation", "source"))
    query: Select[Any] = (
        select(
            v.c.id, v.c.slug, v.c.joined_to, o.c.id.label("observation"), o.c.ballots_of, o.c.fields, o.c.url,
            o.c.page, s.c.rank, s.c.title,
        )
        .join(o, o.c.id == v.c.observation_id)
        .join(s, s.c.slug == o.c.source)
        .where(v.c.legislature_id == legislature, v.c.sitting_date == day)
        .order_by(s.c.rank, v.c.taken_at, v.c.ordinal, v.c.id)
    )  # fmt: skip
    return connection.execute(query).all()


def _records(connection: Connection, rows: Sequence[Row[Any]]) -> dict[int, _Record]:
    """Return every record of a day, by the key of its vote, in order of rank and clock."""
    observations = [row.observation for row in rows]
    rolls = _rolls(connection, {row.ballots_of for row in rows})
    said = _said(connection, observations)
    tallies = _tallies(connection, observations)
    records = {}
    for row in rows:
        fields: dict[str, str | None] = json.loads(row.fields)
        positions, spoken, sums = rolls[row.ballots_of], said[row.observation], tallies[row.observation]
        means = fields["announced_means"]
        side = Side(
            key=row.id,
            bills=frozenset((fields["bills"] or "").split(", ")) - {""},
            kind=fields["kind"],
            positions={key: position for key, (_, position, _) in positions.items() if position in _BOARD},
            said=None
            if fields["status"] == Status.PROVISIONAL
            else {key: position for key, (_, position, _) in spoken.items()},
            board=sums.get("board") or sums.get("counted"),
            final=sums.get("final"),
            announced=sums.get("announced"),
            announced_means=Means(means) if means else None,
            names={key: name for key, (name, *_) in (spoken | positions).items()},
            open=frozenset(key for key, (name, *_) in positions.items() if key == fold(name)),
            regions={key: region for key, (_, _, region) in positions.items()},
            address=row.url,
            made_from=frozenset((fields.get("official_urls") or "").split()),
        )
        records[row.id] = _Record(row, fields, side)
    return records


def _pairs(records: Mapping[int, _Record], ranks: Sequence[int]) -> list[Pair]:
    """Pair the records of each further paper with those of the papers before it; the leading record stands first.

    An official record leads a provisional one of a higher rank: its figures are whole.
    """
    pairs: list[Pair] = []
    leading: dict[int, _Record] = {}
    for rank in ranks:
        own = {key: record for key, record in records.items() if record.row.rank == rank}
        found = joining.join([r.side for r in leading.values()], [r.side for r in own.values()])
        for pair in found:
            first, other, sides = records[pair.ours.key], own.pop(pair.theirs.key), (pair.ours, pair.theirs)
            if first.provisional and not other.provisional:
                first, other, sides = other, first, sides[::-1]
                leading[first.row.id] = first
                del leading[other.row.id]
                pairs = [Pair(first.side, p.theirs, p.how) if p.ours.key == other.row.id else p for p in pairs]
            pairs.append(Pair(*sides, pair.how))
        leading |= own
    return pairs


def _lent(record: _Record, others: Sequence[_Record]) -> dict[str, str | None]:
    """Return what a record's own paper does not say and another one does: the clock time, the result."""
    return {
        name: record.fields[name] or next((other.fields[name] for other in others if other.fields[name]), None)
        for name in ("taken_at", "result")
    }


def _compare(
    connection: Connection, records: Mapping[int, _Record], pairs: Sequence[Pair], now: datetime
) -> list[Contradiction]:
    """Keep what the two records of each pair say differently; return the differences that are new."""
    t = metadata.tables["comparison"]
    here = or_(t.c.vote_id.in_(records), t.c.with_id.in_(records))
    before = {(row.vote_id, row.with_id): row for row in connection.execute(select(t).where(here))}
    connection.execute(delete(t).where(here))
    rows, fresh = [], []
    for pair in pairs:
        ours, theirs = records[pair.ours.key], records[pair.theirs.key]
        differences = joining.compare(pair.ours, pair.theirs)
        text = json.dumps([_shape(one, ours, theirs) for one in differences], ensure_ascii=False)
        old = before.get((ours.row.id, theirs.row.id))
        same = old is not None and old.differences == text and old.how == pair.how
        rows.append(
            {
                "vote_id": ours.row.id,
                "with_id": theirs.row.id,
                "agrees": not differences,
                "differences": text,
                "how": pair.how,
                "at": old.at if same and old is not None else now,
            }
        )
        if differences and (old is None or old.differences != text):
            fresh.append(_contradiction(ours, theirs, differences))
    if rows:
        connection.execute(insert(t), rows)
    return fresh


def _shape(one: Difference, ours: _Record, theirs: _Record) -> list[str | None]:
    return [one.field, _name(one, ours, theirs), one.ours, one.theirs]


def _name(one: Difference, ours: _Record, theirs: _Record) -> str | None:
    return None if one.who is None else ours.side.names.get(one.who) or theirs.side.names.get(one.who) or one.who


def _contradiction(ours: _Record, theirs: _Record, differences: Sequence[Difference]) -> Contradiction:
    told = [
        f"{name + ': ' if (name := _name(one, ours, theirs)) else ''}{one.field} {one.ours or 'nothing'}, "
        f"there {one.theirs or 'nothing'}"
        for one in differences[:5]
    ]
    more = f" and {len(differences) - 5} more" if len(differences) > 5 else ""
    message = (
        f"{ours.row.slug} ({ours.row.title}{_page(ours)}) and {theirs.row.slug} ({theirs.row.title}{_page(theirs)}) "
        f"record one vote and differ: {'; '.join(told)}{more}. Look at both pages"
    )
    return Contradiction(ours.row.id, message, f"{ours.row.url} {theirs.row.url}")


def _page(record: _Record) -> str:
    return f", page {record.row.page}" if record.row.page else ""


def _rolls(connection: Connection, observations: Iterable[int]) -> Mapping[int, dict[str, _Line]]:
    """Return the ballots of each observation: member, or name where it is no known member's → its line."""
    b, r, c, p = (metadata.tables[name] for name in ("ballot", "voter", "code", "person"))
    seen = list(observations)
    query = (
        select(b.c.observation_id, r.c.name, p.c.slug, c.c.position, r.c.region)
        .select_from(b)
        .join(r, r.c.id == b.c.voter_id)
        .join(c, c.c.id == b.c.code_id)
        .outerjoin(p, p.c.id == r.c.person_id)
        .where(b.c.observation_id.in_(seen), parts.holding(connection, seen))
    )
    return _by_observation(connection.execute(query))


def _said(connection: Connection, observations: Iterable[int]) -> Mapping[int, dict[str, _Line]]:
    s, r, p = (metadata.tables[name] for name in ("spoken", "voter", "person"))
    query = (
        select(s.c.observation_id, r.c.name, p.c.slug, s.c.now, r.c.region)
        .select_from(s)
        .join(r, r.c.id == s.c.voter_id)
        .outerjoin(p, p.c.id == r.c.person_id)
        .where(s.c.observation_id.in_(list(observations)), s.c.counts)
        .order_by(s.c.observation_id, s.c.n)
    )
    return _by_observation(connection.execute(query))


def _by_observation(rows: Iterable[Row[Any]]) -> Mapping[int, dict[str, _Line]]:
    found: dict[int, dict[str, _Line]] = defaultdict(dict)
    for row in rows:
        observation, name, member, position, region = tuple(row)
        found[observation][member or fold(name)] = (name, position, region)
    return found


def _tallies(connection: Connection, observations: Sequence[int]) -> Mapping[int, dict[str, Tally]]:
    t = metadata.tables["tally"]
    found: dict[int, dict[str, Tally]] = defaultdict(dict)
    for row in connection.execute(select(t).where(t.c.observation_id.in_(observations))):
        found[row.observation_id][row.kind] = Tally(row.yes, row.no, row.abstain, row.present, row.not_cast)
    return found


__all__ = ["Contradiction", "of_days"]
