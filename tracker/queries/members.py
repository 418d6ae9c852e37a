"""Who is a member, where and when did they sit, and in which group?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, Engine, func, select

from tracker.domain.legislature import Legislature
from tracker.queries.assembly import chambers
from tracker.queries.database import reading
from tracker.queries.dated import clock_order
from tracker.queries.groups import Named, keyed
from tracker.storage import parts
from tracker.storage.tables import metadata


class Seat(NamedTuple):
    """A mandate as the register has it."""

    since: date
    until: date | None
    region: str | None


class Stretch(NamedTuple):
    """Sittings from the first to the last without another group beside the name; `group` None: none was printed."""

    group: Named | None
    since: date
    until: date
    votes: int


@dataclass(frozen=True, slots=True)
class MemberView:
    """A member: the name in full, as printed, the seats held, and the groups printed beside the name, oldest first.

    `elsewhere` are the other chambers that know a member by this id.
    """

    id: str
    name: str
    chamber: Legislature
    printed: tuple[str, ...]
    region: str | None
    seats: tuple[Seat, ...]
    groups: tuple[Stretch, ...]
    elsewhere: tuple[Legislature, ...]

    @property
    def years(self) -> tuple[int, ...]:
        """From the last vote back to the first."""
        if not self.groups:
            return ()
        first, last = self.groups[0].since.year, max(one.until for one in self.groups).year
        return tuple(range(last, first - 1, -1))


def one(engine: Engine, slug: str, legislature: str | None = None) -> MemberView | None:
    """Return a member by id, of a chamber or of the one that knew the id last; None if there is none."""
    p, r, m = (metadata.tables[name] for name in ("person", "voter", "mandate"))
    with reading(engine) as connection:
        laws = chambers(connection)
        found = connection.execute(
            select(p.c.id, p.c.name, p.c.legislature_id)
            .where(p.c.legislature_id.in_(laws), p.c.slug == slug)
            .order_by(p.c.id.desc())
        ).all()
        wanted = [row for row in found if legislature in (None, laws[row.legislature_id].slug)]
        if not wanted:
            return None
        person = wanted[0]
        names = connection.execute(
            select(r.c.id, r.c.name, r.c.region).where(r.c.person_id == person.id).order_by(r.c.id)
        ).all()
        seats = connection.execute(
            select(m.c.since, m.c.until, m.c.region).where(m.c.person_id == person.id).order_by(m.c.since)
        ).all()
        stretches = _stretches(connection, person.legislature_id, [row.id for row in names])
    regions = [row.region for row in (*reversed(names), *reversed(seats)) if row.region]
    return MemberView(
        slug,
        person.name,
        laws[person.legislature_id],
        tuple(dict.fromkeys(row.name for row in names)),
        regions[0] if regions else None,
        tuple(Seat(*row) for row in seats),
        stretches,
        tuple(laws[row.legislature_id] for row in found if row.id != person.id),
    )


def _stretches(connection: Connection, legislature: int, voters: Iterable[int]) -> tuple[Stretch, ...]:
    """Let the database cut a member's ballots where the group beside the name changes; only the pieces come here."""
    b, o, v = (metadata.tables[name] for name in ("ballot", "observation", "vote"))
    force = o.alias("in_force")
    nth = func.row_number().over(order_by=clock_order())
    nth_of_group = func.row_number().over(partition_by=b.c.group_id, order_by=clock_order())
    ballots = (
        select(v.c.sitting_date, b.c.group_id, (nth - nth_of_group).label("piece"))
        .select_from(b)
        .join(o, o.c.id == b.c.observation_id)
        .join(v, v.c.id == o.c.vote_id)
        .join(force, force.c.id == v.c.observation_id)
        .where(b.c.voter_id.in_(list(voters)), parts.of(connection, legislature))
        .where(force.c.ballots_of == b.c.observation_id, v.c.joined_to.is_(None))
        .subquery()
    )
    first, last = func.min(ballots.c.sitting_date), func.max(ballots.c.sitting_date)
    rows = connection.execute(
        select(ballots.c.group_id, first, last, func.count())
        .group_by(ballots.c.group_id, ballots.c.piece)
        .order_by(first, last, func.coalesce(ballots.c.group_id, 0), ballots.c.piece)
    )
    names = keyed(connection, legislature)
    return tuple(Stretch(names.get(group), since, until, votes) for group, since, until, votes in rows)
