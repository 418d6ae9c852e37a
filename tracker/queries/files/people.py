"""Who and what do the ids in the tables stand for: members, seats, groups, chambers, sources?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Select, func, select

from tracker.queries.files.chosen import Snapshot
from tracker.queries.files.columns import Listed
from tracker.queries.files.votes import columns
from tracker.storage.tables import metadata


def members(snapshot: Snapshot, laws: Sequence[str]) -> Listed:
    """Return everybody whom the registers know, with the names that stand on papers."""
    p, r, m, law = (metadata.tables[name] for name in ("person", "voter", "mandate", "legislature"))
    newest = select(m.c.region).where(m.c.person_id == p.c.id).order_by(m.c.since.desc()).limit(1).scalar_subquery()
    since = select(func.min(m.c.since)).where(m.c.person_id == p.c.id).scalar_subquery()
    query = select(p.c.id, law.c.slug.label("legislature"), p.c.slug, p.c.name, newest.label("region"), since)
    query = query.join(law, law.c.id == p.c.legislature_id).where(law.c.slug.in_(laws)).order_by(law.c.slug, p.c.slug)
    printed: dict[int, dict[str, str]] = {}
    named = select(r.c.person_id, r.c.name, r.c.region).where(r.c.person_id.is_not(None)).order_by(r.c.id)
    for person, name, region in snapshot.connection.execute(named):
        printed.setdefault(person, {})[name] = region
    return columns(
        [
            {
                "legislature": legislature,
                "member": slug,
                "name": name,
                "printed": "; ".join(printed.get(key, ())) or None,
                "region": region or next((one for one in printed.get(key, {}).values() if one), None),
                "since": first,
            }
            for key, legislature, slug, name, region, first in snapshot.connection.execute(query)
        ]
    )


def mandates(snapshot: Snapshot, laws: Sequence[str]) -> Listed:
    """Return the seats held, as the registers have them."""
    p, m, law = (metadata.tables[name] for name in ("person", "mandate", "legislature"))
    query = select(law.c.slug.label("legislature"), p.c.slug.label("member"), m.c.since, m.c.until, m.c.region)
    query = query.join(p, p.c.id == m.c.person_id).join(law, law.c.id == p.c.legislature_id)
    return _table(snapshot, query.where(law.c.slug.in_(laws)).order_by(law.c.slug, p.c.slug, m.c.since))


def memberships(snapshot: Snapshot, laws: Sequence[str]) -> Listed:
    """Return who was in which group and when, as the registers have it."""
    p, s, g, law = (metadata.tables[name] for name in ("person", "spell", "group", "legislature"))
    names = (law.c.slug.label("legislature"), p.c.slug.label("member"), g.c.code.label("group"), s.c.since, s.c.until)
    query = select(*names).select_from(s).join(g, g.c.id == s.c.group_id).join(p, p.c.id == s.c.person_id)
    query = query.join(law, law.c.id == p.c.legislature_id).where(law.c.slug.in_(laws))
    return _table(snapshot, query.order_by(law.c.slug, p.c.slug, s.c.since, g.c.code))


def all_groups(snapshot: Snapshot, laws: Sequence[str]) -> Listed:
    """Return the groups of chambers."""
    g, law = metadata.tables["group"], metadata.tables["legislature"]
    names = (law.c.slug.label("legislature"), g.c.code.label("group"), g.c.name.label("group_name"), g.c.attached)
    query = select(*names).join(law, law.c.id == g.c.legislature_id).where(law.c.slug.in_(laws))
    return _table(snapshot, query.order_by(law.c.slug, g.c.code))


def legislatures(snapshot: Snapshot, laws: Sequence[str]) -> Listed:
    """Return the chambers, with how they count."""
    law = metadata.tables["legislature"]
    names = (
        law.c.slug.label("legislature"), law.c.title.label("legislature_name"), law.c.country, law.c.language,
        law.c.zone, law.c.seats, law.c.abstention, law.c.spoken_counts,
    )  # fmt: skip
    return _table(snapshot, select(*names).where(law.c.slug.in_(laws)).order_by(law.c.slug))


def sources(snapshot: Snapshot, laws: Sequence[str]) -> Listed:
    """Return the papers that votes are read from, with whose they are and on which terms."""
    s, law = metadata.tables["source"], metadata.tables["legislature"]
    names = (
        s.c.slug.label("source"), law.c.slug.label("legislature"), s.c.title.label("source_name"), s.c.publisher,
        s.c.page.label("site"), s.c.licence, s.c.kind.label("paper"), s.c.credit_by.label("transcribed_by"),
        s.c.credit_licence.label("transcription_licence"),
    )  # fmt: skip
    query = select(*names).join(law, law.c.id == s.c.legislature_id).where(law.c.slug.in_(laws))
    return _table(snapshot, query.order_by(s.c.slug))


def _table(snapshot: Snapshot, query: Select[Any]) -> Listed:
    return columns([dict(row._mapping) for row in snapshot.connection.execute(query)])


OF_PEOPLE: dict[str, Callable[[Snapshot, Sequence[str]], Listed]] = {
    "members": members,
    "mandates": mandates,
    "memberships": memberships,
    "groups": all_groups,
    "legislatures": legislatures,
    "sources": sources,
}
"""Tables that do not hang on votes, each by its name and read at once."""
