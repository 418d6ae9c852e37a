"""Which votes do not add up, why, and where on the page should a person look?"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Engine, select

from tracker.domain.legislature import Credit
from tracker.domain.reconcile import Check, Checked, Verdict
from tracker.queries import papers, pieces
from tracker.queries.database import reading
from tracker.queries.view import CheckView
from tracker.storage.tables import metadata


@dataclass(frozen=True, slots=True)
class DoubtView:
    """A vote in doubt: what does not meet, the page it stands on, and the SHA-256 of the picture of where to look.

    `reasons` are in the words of the record, `failed` the checks they come from. `credit` names who wrote a
    transcription: its page is theirs. `settled` says who has looked and why what does not meet stays so; None: nobody
    has.
    """

    vote: str
    legislature: str
    source: str
    credit: Credit | None
    sitting_date: date
    subject: str
    reasons: tuple[str, ...]
    failed: tuple[CheckView, ...]
    url: str
    sha256: str
    page: int | None
    piece: str | None
    settled: str | None


def listing(engine: Engine, *, sources: Sequence[str] = (), everything: bool = False) -> tuple[DoubtView, ...]:
    """Return the votes in doubt, newest first; those a person has settled only with `everything`."""
    v, o, d, m, law = (metadata.tables[name] for name in ("vote", "observation", "document", "motion", "legislature"))
    query = (
        select(
            v.c.id, v.c.slug, v.c.sitting_date, law.c.short, m.c.subject,
            o.c.source, o.c.url, o.c.page, o.c.checks, o.c.fields, d.c.sha256,
        )
        .join(o, o.c.id == v.c.observation_id)
        .join(d, d.c.id == o.c.document_id)
        .join(m, m.c.id == v.c.motion_id)
        .join(law, law.c.id == v.c.legislature_id)
        .where(v.c.verdict == Verdict.DOUBTFUL.value, v.c.gone_since.is_(None))
        .order_by(v.c.sitting_date.desc(), v.c.ordinal, v.c.id)
    )  # fmt: skip
    if sources:
        query = query.where(o.c.source.in_(sources))
    with reading(engine) as connection:
        rows = connection.execute(query).all()
        kinds = papers.kinds(connection)
        found_pieces = pieces.of_votes(connection, [row.id for row in rows])
    found = (
        DoubtView(
            vote=row.slug,
            legislature=row.short,
            source=row.source,
            credit=kinds[row.source][1],
            sitting_date=row.sitting_date,
            subject=row.subject,
            reasons=tuple(
                Checked(Check(name), ok, detail).told for name, ok, detail in json.loads(row.checks) if ok is False
            ),
            failed=tuple(check for one in json.loads(row.checks) if (check := CheckView(*one)).ok is False),
            url=row.url,
            sha256=row.sha256,
            page=row.page,
            piece=found_pieces.get(row.id),
            settled=json.loads(row.fields).get("settled"),
        )
        for row in rows
    )
    return tuple(one for one in found if everything or one.settled is None)


def settled(engine: Engine, votes: Collection[str]) -> set[tuple[str, str]]:
    """Return of these votes those that are on record as a person settled them, each with its document's SHA-256."""
    v, o, d = (metadata.tables[name] for name in ("vote", "observation", "document"))
    query = (
        select(v.c.slug, d.c.sha256, o.c.fields)
        .join(o, o.c.vote_id == v.c.id)
        .join(d, d.c.id == o.c.document_id)
        .where(v.c.slug.in_(votes))
    )
    with reading(engine) as connection:
        rows = connection.execute(query).all()
    return {(row.slug, row.sha256) for row in rows if json.loads(row.fields).get("settled")}


def document_of(engine: Engine, vote: str) -> tuple[str, str] | None:
    """Return the source and the SHA-256 of the document whose reading of a vote is in force; None: no such vote."""
    v, o, d = (metadata.tables[name] for name in ("vote", "observation", "document"))
    query = (
        select(o.c.source, d.c.sha256)
        .join(o, o.c.id == v.c.observation_id)
        .join(d, d.c.id == o.c.document_id)
        .where(v.c.slug == vote)
    )
    with reading(engine) as connection:
        row = connection.execute(query).one_or_none()
    return None if row is None else (row.source, row.sha256)
