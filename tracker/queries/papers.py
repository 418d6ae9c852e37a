"""Which other papers record a vote, what do they say of it, and do they agree?"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from tracker.domain.joining import Difference
from tracker.domain.legislature import Credit, PaperKind
from tracker.domain.votes import Status
from tracker.queries import roll
from tracker.queries.view import PaperView, Tallies
from tracker.storage.tables import metadata


def of_votes(connection: Connection, votes: Sequence[int]) -> dict[int, tuple[PaperView, ...]]:
    """Return the other papers' records of votes, the highest in rank first."""
    c = metadata.tables["comparison"]
    rows = connection.execute(_query().where(c.c.vote_id.in_(votes))).all()
    tallies = roll.tallies(connection, [row.observation for row in rows]) if rows else {}
    found: dict[int, list[PaperView]] = defaultdict(list)
    for row in rows:
        found[row.vote_id].append(_paper(row, tallies))
    return {vote: tuple(papers) for vote, papers in found.items()}


def kinds(connection: Connection) -> dict[str, tuple[PaperKind, Credit | None]]:
    """Return of each source whose paper it is and, of a transcription, who wrote it."""
    t = metadata.tables["source"]
    credit = (t.c.credit_by, t.c.credit_licence, t.c.credit_repository)
    return {
        slug: (PaperKind(kind), Credit(*by) if by[0] else None)
        for slug, kind, *by in connection.execute(select(t.c.slug, t.c.kind, *credit))
    }


def leading(connection: Connection, vote: int) -> str | None:
    """Return the id of a vote by its key."""
    v = metadata.tables["vote"]
    slug: str | None = connection.scalar(select(v.c.slug).where(v.c.id == vote))
    return slug


def _query() -> Select[Any]:
    c, v, o, d, s = (metadata.tables[name] for name in ("comparison", "vote", "observation", "document", "source"))
    return (
        select(
            c.c.vote_id, c.c.agrees, c.c.differences, c.c.how, v.c.slug, v.c.status, o.c.id.label("observation"),
            o.c.fields, o.c.announced_text, o.c.url, o.c.page, o.c.seen_at, d.c.sha256, d.c.media_type,
            s.c.slug.label("source"), s.c.title, s.c.kind, s.c.credit_by, s.c.credit_licence, s.c.credit_repository,
        )
        .select_from(c)
        .join(v, v.c.id == c.c.with_id)
        .join(o, o.c.id == v.c.observation_id)
        .join(d, d.c.id == o.c.document_id)
        .join(s, s.c.slug == o.c.source)
        .order_by(c.c.vote_id, s.c.rank, v.c.id)
    )  # fmt: skip


def _paper(row: Row[Any], tallies: Mapping[int, Tallies]) -> PaperView:
    fields: dict[str, str | None] = json.loads(row.fields)
    by = row.credit_by
    return PaperView(
        id=row.slug,
        source=row.source,
        title=row.title,
        kind=PaperKind(row.kind),
        credit=Credit(by, row.credit_licence, row.credit_repository) if by else None,
        status=Status(row.status),
        url=row.url,
        page=row.page,
        sha256=row.sha256,
        media_type=row.media_type,
        fetched_at=row.seen_at,
        tallies=tallies.get(row.observation, Tallies()),
        announced_means=fields["announced_means"],
        announced_text=row.announced_text,
        how=row.how,
        agrees=bool(row.agrees),
        differences=tuple(Difference(*one) for one in json.loads(row.differences)),
    )
