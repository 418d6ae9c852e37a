"""What is held and what is missing: by chamber and year, by source and kind of document?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Engine, Integer, case, cast, distinct, exists, extract, func, or_, select

from tracker.domain.reconcile import Verdict
from tracker.domain.votes import Status
from tracker.queries.database import reading
from tracker.queries.health import FindingView
from tracker.storage.tables import metadata

LONGEST_LIST = 50


@dataclass(frozen=True, slots=True)
class YearHeld:
    """What is held of a chamber's year: days with a vote, votes, and of these the provisional and the doubtful ones."""

    legislature: str
    year: int
    sittings: int
    votes: int
    provisional: int
    doubtful: int


@dataclass(frozen=True, slots=True)
class DocumentsHeld:
    """Of a source's documents of one role: addresses asked for, those that gave a document, and those read whole."""

    source: str
    role: str
    asked: int
    held: int
    read: int


@dataclass(frozen=True, slots=True)
class Unanswered:
    """An address that gave no document when it was asked last."""

    source: str
    url: str
    status: int
    message: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """A sitting whose votes are still provisional, and since when they have been held."""

    legislature: str
    short: str
    date: date
    votes: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """What is held, what is missing and what waits. Lists are cut at fifty, the newest first."""

    years: tuple[YearHeld, ...]
    documents: tuple[DocumentsHeld, ...]
    unanswered: tuple[Unanswered, ...]
    waiting: tuple[Waiting, ...]
    troubles: tuple[FindingView, ...]


def held(engine: Engine) -> Held:
    """Return what is held of every chamber and source. It reads through votes and answers: keep what it gives."""
    with reading(engine) as connection:
        return Held(
            _years(connection),
            _documents(connection),
            _unanswered(connection),
            _waiting(connection),
            _troubles(connection),
        )


def _years(connection: Connection) -> tuple[YearHeld, ...]:
    v, law = metadata.tables["vote"], metadata.tables["legislature"]
    year = cast(extract("year", v.c.sitting_date), Integer)
    query = (
        select(
            law.c.slug,
            year,
            func.count(distinct(v.c.sitting_date)),
            func.count(),
            func.sum(case((v.c.status == Status.PROVISIONAL.value, 1), else_=0)),
            func.sum(case((v.c.verdict == Verdict.DOUBTFUL.value, 1), else_=0)),
        )
        .join(law, law.c.id == v.c.legislature_id)
        .where(v.c.joined_to.is_(None))
        .group_by(law.c.slug, year)
        .order_by(law.c.slug, year.desc())
    )
    return tuple(YearHeld(*row) for row in connection.execute(query))


def _documents(connection: Connection) -> tuple[DocumentsHeld, ...]:
    f = metadata.tables["fetch"]
    given = case((f.c.document_id.is_not(None), f.c.url))
    whole = case((f.c.read_by.is_not(None), f.c.url))
    columns = (f.c.source, f.c.role, *(func.count(distinct(url)) for url in (f.c.url, given, whole)))
    query = select(*columns).group_by(f.c.source, f.c.role).order_by(f.c.source, f.c.role)
    return tuple(DocumentsHeld(*row) for row in connection.execute(query))


def _unanswered(connection: Connection) -> tuple[Unanswered, ...]:
    """Return what failed or is gone. An address that was only tried, and never held anything, is not missed."""
    f = metadata.tables["fetch"]
    before = f.alias("before")
    held = exists(select(before.c.id).where(before.c.url == f.c.url, before.c.document_id.is_not(None)).correlate(f))
    last = select(func.max(f.c.id)).group_by(f.c.url).scalar_subquery()
    query = (
        select(f.c.source, f.c.url, f.c.status, f.c.message, f.c.at)
        .where(f.c.id.in_(last), f.c.message.is_not(None), or_(f.c.message != "not there", held))
        .order_by(f.c.id.desc())
        .limit(LONGEST_LIST)
    )
    return tuple(Unanswered(*row) for row in connection.execute(query))


def _waiting(connection: Connection) -> tuple[Waiting, ...]:
    v, law = metadata.tables["vote"], metadata.tables["legislature"]
    query = (
        select(law.c.slug, law.c.short, v.c.sitting_date, func.count(), func.min(v.c.first_seen))
        .join(law, law.c.id == v.c.legislature_id)
        .where(v.c.status == Status.PROVISIONAL.value, v.c.joined_to.is_(None), v.c.gone_since.is_(None))
        .group_by(law.c.slug, law.c.short, v.c.sitting_date)
        .order_by(v.c.sitting_date.desc(), law.c.slug)
        .limit(LONGEST_LIST)
    )
    return tuple(Waiting(*row) for row in connection.execute(query))


def _troubles(connection: Connection) -> tuple[FindingView, ...]:
    """Return what was noticed of documents and names; votes in doubt have a list of their own."""
    f = metadata.tables["finding"]
    query = (
        select(f.c.source, f.c.severity, f.c.code, f.c.message, f.c.place, f.c.at)
        .where(f.c.severity != "noted", f.c.vote_id.is_(None))
        .order_by(f.c.id.desc())
        .limit(LONGEST_LIST)
    )
    return tuple(FindingView(*row) for row in connection.execute(query))
