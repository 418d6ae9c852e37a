"""Is every source collected as it should be, and which period is held?"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, func, select

from tracker.domain.legislature import BY_HAND, Credit, PaperKind
from tracker.queries import papers
from tracker.queries.assembly import chambers
from tracker.queries.database import reading
from tracker.storage.tables import metadata

GOOD = ("done", "unchanged", "not published yet")
"""Endings after which a source is as fresh as it can be."""
OLD = timedelta(days=4)
"""After so long without a good run a source is stale: a weekend without firings, and a day on which they failed."""
_NOTHING: dict[str, Any] = {"first": None, "last": None, "votes": 0}


@dataclass(frozen=True, slots=True)
class RunView:
    """One execution of a source's timetable; `ending` empty: it is running or its process died."""

    started_at: datetime
    finished_at: datetime | None
    ending: str
    since: date
    until: date
    requests: int
    documents: int
    inserted: int
    updated: int
    unchanged: int
    message: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which sittings of a chamber are held, or of a source: the first and the last with a vote, and how many votes.

    A vote that several papers record is one vote of its chamber, and one of each source.
    """

    legislature: str
    title: str
    short: str
    first: date | None
    last: date | None
    votes: int


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """How a source is doing, what is held of its chamber (`coverage`) and in its own papers (`held`).

    `findings` counts what its last run noticed, by severity; `findings_ever` what any did.
    """

    slug: str
    title: str
    publisher: str
    page: str
    licence: str
    timetable: str
    kind: PaperKind
    rank: int
    """Among the papers of its legislature; the lowest is shown first."""
    credit: Credit | None
    coverage: Coverage
    held: Coverage
    last_run: RunView | None
    last_good: RunView | None
    findings: dict[str, int]
    findings_ever: dict[str, int]

    @property
    def fresh_at(self) -> datetime | None:
        """When the source was last known to be up to date."""
        return self.last_good.finished_at if self.last_good else None

    @property
    def state(self) -> str:
        """`never`, `running`, `good` or `failed`: what the last run says of the source."""
        if self.last_run is None:
            return "never"
        if not self.last_run.ending:
            return "running"
        return "good" if self.last_run.ending in GOOD else "failed"

    def stale(self, now: datetime) -> bool:
        """Whether it is asked at its times, was run before, and has had no good run lately."""
        if self.timetable == BY_HAND or self.last_run is None:
            return False
        return self.state == "failed" if self.fresh_at is None else now - self.fresh_at > OLD


@dataclass(frozen=True, slots=True)
class FindingView:
    """Something a check or a reader noticed."""

    source: str
    severity: str
    code: str
    message: str
    place: str
    at: datetime


def coverage(engine: Engine) -> tuple[Coverage, ...]:
    """Return what is held of each chamber, in order of title."""
    with reading(engine) as connection:
        return tuple(sorted(_coverage(connection).values(), key=lambda held: held.title))


def sources(engine: Engine) -> tuple[SourceHealth, ...]:
    """Return how each source is doing, in order of slug."""
    t = metadata.tables["source"]
    with reading(engine) as connection:
        # First of all: a source that comes into the record meanwhile would be one whose chamber was not seen yet.
        rows = connection.execute(select(t).order_by(t.c.slug)).all()
        of_chambers, of_sources = _coverage(connection), _held(connection)
        ever = _ever(connection)
        by_slug = papers.kinds(connection)
        found = []
        for row in rows:
            number, last = _last_run(connection, row.slug)
            found.append(
                SourceHealth(
                    slug=row.slug,
                    title=row.title,
                    publisher=row.publisher,
                    page=row.page,
                    licence=row.licence,
                    timetable=row.timetable,
                    kind=PaperKind(row.kind),
                    rank=row.rank,
                    credit=by_slug[row.slug][1],
                    coverage=of_chambers[row.legislature_id],
                    held=replace(of_chambers[row.legislature_id], **of_sources.get(row.slug, _NOTHING)),
                    last_run=last,
                    last_good=_last_run(connection, row.slug, *GOOD)[1],
                    findings=_findings(connection, number),
                    findings_ever=ever.get(row.slug, {}),
                )
            )
    return tuple(found)


def findings(engine: Engine, *, vote: str | None = None, limit: int = 100) -> tuple[FindingView, ...]:
    """Return what was noticed last, newest first; of one vote if its id is given."""
    f, v = metadata.tables["finding"], metadata.tables["vote"]
    query = select(f.c.source, f.c.severity, f.c.code, f.c.message, f.c.place, f.c.at).order_by(f.c.id.desc())
    if vote is not None:
        query = query.join(v, v.c.id == f.c.vote_id).where(v.c.slug == vote)
    with reading(engine) as connection:
        return tuple(FindingView(*row) for row in connection.execute(query.limit(limit)))


def _coverage(connection: Connection) -> dict[int, Coverage]:
    v = metadata.tables["vote"]
    found = {}
    for number, chamber in chambers(connection).items():
        of_chamber = (v.c.legislature_id == number) & v.c.joined_to.is_(None)
        first = connection.scalar(select(func.min(v.c.sitting_date)).where(of_chamber))
        last = connection.scalar(select(func.max(v.c.sitting_date)).where(of_chamber))
        votes = connection.scalar(select(func.count()).select_from(v).where(of_chamber)) or 0
        found[number] = Coverage(chamber.slug, chamber.title, chamber.short, first, last, votes)
    return found


def _held(connection: Connection) -> dict[str, dict[str, Any]]:
    """Return of each source the first and last sitting and the number of votes whose record in force is its own."""
    v, o = metadata.tables["vote"], metadata.tables["observation"]
    query = (
        select(o.c.source, func.min(v.c.sitting_date), func.max(v.c.sitting_date), func.count())
        .join(o, o.c.id == v.c.observation_id)
        .group_by(o.c.source)
    )
    return {
        source: {"first": first, "last": last, "votes": votes}
        for source, first, last, votes in connection.execute(query)
    }


def _last_run(connection: Connection, source: str, *endings: str) -> tuple[int | None, RunView | None]:
    t = metadata.tables["run"]
    names = RunView.__slots__
    query = select(t.c.id, *(t.c[name] for name in names)).where(t.c.source == source)
    if endings:
        query = query.where(t.c.ending.in_(endings))
    row = connection.execute(query.order_by(t.c.started_at.desc(), t.c.id.desc()).limit(1)).one_or_none()
    return (None, None) if row is None else (row[0], RunView(*row[1:]))


def _findings(connection: Connection, run: int | None) -> dict[str, int]:
    if run is None:
        return {}
    f = metadata.tables["finding"]
    counted = select(f.c.severity, func.count()).where(f.c.run_id == run).group_by(f.c.severity)
    return {row[0]: row[1] for row in connection.execute(counted.order_by(f.c.severity))}


def _ever(connection: Connection) -> dict[str, dict[str, int]]:
    f = metadata.tables["finding"]
    found: dict[str, dict[str, int]] = defaultdict(dict)
    by = (f.c.source, f.c.severity)
    for source, severity, count in connection.execute(select(*by, func.count()).group_by(*by).order_by(*by)):
        found[source][severity] = count
    return dict(found)
