"""Which documents and readings does a vote rest on, and what moved from one reading to the next?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, FromClause, Row, ScalarSelect, and_, func, or_, select

from tracker.domain.changes import Cause
from tracker.queries.view import ChangeView, Evidence, Version
from tracker.storage.tables import metadata

RECENT = 50
"""How many of an address's last answers are looked through for the bytes a vote was read from."""


def numbered(observation: FromClause) -> ScalarSelect[int]:
    """Return the number of a reading among those of its vote: 1 is the first."""
    o, n = observation, observation.alias("numbered")
    no_later = or_(n.c.seen_at < o.c.seen_at, and_(n.c.seen_at == o.c.seen_at, n.c.id <= o.c.id))
    return select(func.count()).where(n.c.vote_id == o.c.vote_id, no_later).correlate(o).scalar_subquery()


def readings(connection: Connection, votes: Sequence[int]) -> dict[int, list[Row[Any]]]:
    """Return the readings of votes in the order their documents were fetched, each with its document."""
    o, d = metadata.tables["observation"], metadata.tables["document"]
    rows = connection.execute(
        select(o, d.c.sha256, d.c.size, d.c.media_type)
        .join(d, d.c.id == o.c.document_id)
        .where(o.c.vote_id.in_(votes))
        .order_by(o.c.vote_id, o.c.seen_at, o.c.id)
    )
    found: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        found[row.vote_id].append(row)
    return found


def moved(connection: Connection, votes: Sequence[int]) -> dict[int, list[Row[Any]]]:
    """Return what each reading of the votes changed, by reading."""
    c = metadata.tables["change"]
    found: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(select(c).where(c.c.vote_id.in_(votes)).order_by(c.c.vote_id, c.c.id)):
        found[row.observation_id].append(row)
    return found


def versions(told: Sequence[Row[Any]], changes: Mapping[int, Sequence[Row[Any]]], current: int) -> tuple[Version, ...]:
    """Number the readings of a vote; `current` is the key of the one in force."""
    since = _since(told, changes)
    numbered = []
    for n, row in enumerate(told, 1):
        what = changes.get(row.id, ())
        numbered.append(
            Version(
                n=n,
                at=row.seen_at,
                url=row.url,
                sha256=row.sha256,
                page=row.page,
                reader=row.reader,
                lookups=row.lookups,
                cause=Cause(what[0].cause) if what else None,
                changes=tuple(ChangeView(c.field, c.who, c.was, c.now) for c in what),
                in_force=row.id == current,
                since=since.get(row.id),
            )
        )
    return tuple(numbered)


def _since(told: Sequence[Row[Any]], changes: Mapping[int, Sequence[Row[Any]]]) -> dict[int, datetime]:
    """Return when each reading came into force, by key; those that never did are left out.

    In the order in which they were stored, a reading takes over if it brought changes, or is of a document fetched
    later that says the same.
    """
    found: dict[int, datetime] = {}
    before: Row[Any] | None = None
    for row in sorted(told, key=lambda row: int(row.id)):
        same = before is not None and row.fingerprint == before.fingerprint and row.seen_at >= before.seen_at
        if before is not None and row.cause is None and not same:
            continue
        anew = row.cause in (Cause.READER, Cause.CORRECTION) and row.id in changes
        found[row.id] = max(row.seen_at, changes[row.id][0].noticed_at) if anew else row.seen_at
        before = row
    return found


def moment_of(asked: date | datetime, zone: str, now: datetime) -> datetime:
    """Return the moment that is meant: a clock time without offset is the chamber's, a day its end or now."""
    clock = ZoneInfo(zone)
    if isinstance(asked, datetime):
        return asked if asked.tzinfo else asked.replace(tzinfo=clock)
    end = datetime.combine(asked, time.max, clock)
    return now.astimezone(clock) if asked == now.astimezone(clock).date() else end


def number_at(numbered: Sequence[Version], moment: datetime) -> int | None:
    """Return the number of the reading that was in force at a moment; None if the vote was not held yet."""
    then = [one for one in numbered if one.since is not None and one.since <= moment]
    return then[-1].n if then else None


def evidence(connection: Connection, told: Sequence[Row[Any]], *, checked: bool) -> tuple[Evidence, ...]:
    """Return the documents that showed a vote, the newest first, each with the page its latest reading names.

    `checked` adds when each address was last seen to hold the same bytes.
    """
    latest: dict[tuple[int, str], Row[Any]] = {(row.document_id, row.url): row for row in told}
    newest = sorted(latest.values(), key=lambda row: (row.seen_at, row.id), reverse=True)
    return tuple(
        Evidence(
            url=row.url,
            sha256=row.sha256,
            page=row.page,
            fetched_at=row.seen_at,
            size=row.size,
            media_type=row.media_type,
            source=row.source,
            checked_at=_last_seen(connection, row.url, row.document_id) if checked else None,
        )
        for row in newest
    )


def _last_seen(connection: Connection, url: str, document: int) -> datetime | None:
    f = metadata.tables["fetch"]
    last = select(f.c.at, f.c.document_id).where(f.c.url == url).order_by(f.c.id.desc()).limit(RECENT)
    return next((at for at, held in connection.execute(last) if held == document), None)
