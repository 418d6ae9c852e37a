"""What was known of a vote before?"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from tracker.domain.changes import Facts, ballot_facts, spoken_facts
from tracker.domain.votes import Ballot, Code, Position, Reason, Spoken, Status
from tracker.storage import parts
from tracker.storage.tables import metadata


@dataclass(frozen=True, slots=True)
class Seen:
    """The circumstances of one reading of a vote."""

    document: int
    sha256: str
    url: str
    reader: str
    lookups: str
    at: datetime
    facts: Facts
    fingerprint: str


@dataclass(slots=True)
class Current:
    """The observation of a vote that is in force, inside one transaction."""

    vote: int
    motion: int
    observation: int
    ballots_of: int
    status: str
    gone: bool
    fingerprint: str
    sha256: str
    reader: str
    lookups: str
    seen_at: datetime
    known: Facts | None = None

    def facts(self, connection: Connection) -> Facts:
        """Return what the observation in force says."""
        if self.known is None:
            self.known = load_facts(connection, self.observation)
        return self.known

    def outranks(self, seen: Seen, status: Status) -> bool:
        """Whether a reading is of a provisional copy, found or read again late, and the official paper is held."""
        provisional = status is Status.PROVISIONAL and self.status != Status.PROVISIONAL
        return provisional and self.sha256 != seen.sha256


def _some(values: Iterable[str], size: int = 400) -> Iterator[list[str]]:
    """Cut a long list of values into pieces that fit one query."""
    whole = list(values)
    for start in range(0, len(whole), size):
        yield whole[start : start + size]


def known_documents(connection: Connection, shas: Iterable[str]) -> dict[str, int]:
    """Return the keys of the documents already held, by SHA-256."""
    t = metadata.tables["document"]
    found: dict[str, int] = {}
    for some in _some(shas):
        found |= {
            sha: number for number, sha in connection.execute(select(t.c.id, t.c.sha256).where(t.c.sha256.in_(some)))
        }
    return found


def current_votes(connection: Connection, slugs: Iterable[str]) -> dict[str, Current]:
    """Return the observation in force of each vote already held, by its public id."""
    v, o, d = (metadata.tables[name] for name in ("vote", "observation", "document"))
    query = (
        select(
            v.c.slug, v.c.id, v.c.motion_id, o.c.id, o.c.ballots_of, v.c.status, v.c.gone_since,
            o.c.fingerprint, d.c.sha256, o.c.reader, o.c.lookups, o.c.seen_at,
        )
        .join(o, o.c.id == v.c.observation_id)
        .join(d, d.c.id == o.c.document_id)
    )  # fmt: skip
    found: dict[str, Current] = {}
    for some in _some(slugs):
        for slug, vote, motion, seen, ballots, status, gone, *rest in connection.execute(
            query.where(v.c.slug.in_(some))
        ):
            found[slug] = Current(vote, motion, seen, ballots, status, gone is not None, *rest)
    return found


def load_facts(connection: Connection, observation: int) -> Facts:
    """Return the facts an observation recorded."""
    o, b, r, c, g, p, s = (
        metadata.tables[name] for name in ("observation", "ballot", "voter", "code", "group", "person", "spoken")
    )
    fields, ballots_of = connection.execute(select(o.c.fields, o.c.ballots_of).where(o.c.id == observation)).one()
    rows = connection.execute(
        select(r.c.name, r.c.ref, r.c.region, p.c.slug, g.c.code, c.c.printed, c.c.position, c.c.reason)
        .select_from(b)
        .join(r, r.c.id == b.c.voter_id)
        .join(c, c.c.id == b.c.code_id)
        .outerjoin(g, g.c.id == b.c.group_id)
        .outerjoin(p, p.c.id == r.c.person_id)
        .where(b.c.observation_id == ballots_of, parts.holding(connection, [ballots_of]))
    )
    ballots = (
        Ballot(name, Code(printed, Position(position), Reason(reason) if reason else None), group, ref, region, member)
        for name, ref, region, member, group, printed, position, reason in rows
    )
    said = connection.execute(
        select(r.c.name, s.c.was, s.c.now, s.c.quote, s.c.counts, s.c.declared, p.c.slug)
        .select_from(s)
        .join(r, r.c.id == s.c.voter_id)
        .outerjoin(p, p.c.id == r.c.person_id)
        .where(s.c.observation_id == observation)
    )
    spoken = (
        Spoken(name, _position(was), Position(now), quote, bool(counts), _position(declared), member)
        for name, was, now, quote, counts, declared, member in said
    )
    return Facts(json.loads(fields), ballot_facts(ballots), spoken_facts(spoken))


def _position(text: str | None) -> Position | None:
    return Position(text) if text else None
