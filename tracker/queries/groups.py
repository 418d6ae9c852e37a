"""How did each group vote, with the votes spoken aloud added?"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from tracker.analysis.parts import Said, groups_with_spoken, moving
from tracker.domain.votes import UNREAD, Code, Position, Reason, Tally
from tracker.queries.view import GroupView, SpokenView
from tracker.storage.tables import metadata


@dataclass(frozen=True, slots=True)
class Named:
    """A group as the sheet names it."""

    code: str
    name: str
    attached: bool


def named(connection: Connection, legislature: int) -> dict[str, Named]:
    """Return the groups of a legislature by code."""
    return {group.code: group for group in keyed(connection, legislature).values()}


def keyed(connection: Connection, legislature: int) -> dict[int, Named]:
    """Return the groups of a legislature by key."""
    g = metadata.tables["group"]
    rows = connection.execute(
        select(g.c.id, g.c.code, g.c.name, g.c.attached).where(g.c.legislature_id == legislature).order_by(g.c.id)
    )
    return {key: Named(code, name, bool(attached)) for key, code, name, attached in rows}


def tallies(marks: Iterable[tuple[str | None, str, str, str, int]]) -> dict[str | None, Tally]:
    """Count ballots by group from (group, code printed, position, reason, how many)."""
    codes: dict[str | None, dict[Code, int]] = {}
    for group, printed, position, reason, n in marks:
        code = Code(printed, Position(position), Reason(reason) if reason else None)
        of_group = codes.setdefault(group, {})
        of_group[code] = of_group.get(code, 0) + n
    return {group: Tally.of_codes(counts) for group, counts in codes.items()}


def unread(marks: Iterable[tuple[str | None, str, str, str, int]]) -> Counter[str | None]:
    """Count by group the marks that nobody could read."""
    found: Counter[str | None] = Counter()
    for group, printed, position, reason, n in marks:
        if (printed, position, reason) == UNREAD:
            found[group] += n
    return found


def table(
    counted: Mapping[str | None, Tally],
    spoken: Iterable[SpokenView],
    printed: str | None,
    names: Mapping[str, Named],
    final: Tally | None,
    *,
    spoken_counts: bool,
    unread: Mapping[str | None, int] | None = None,
) -> tuple[GroupView, ...]:
    """Set the groups of a vote side by side, the largest first, members without a group last.

    `printed` is the paper's own table (JSON). A group's `final` is given only if the groups add up to the vote's.
    `unread` is how many marks of each group nobody could read; who has one and spoke is no longer among them.
    """
    spoken = tuple(spoken)
    finals = groups_with_spoken(counted, map(said, spoken), spoken_counts=spoken_counts)
    whole = sum(finals.values(), Tally()) if finals is not None else None
    sure = finals is not None and whole is not None and final is not None and whole.same_cast(final)
    rows = {code: Tally(*counts) for code, _, *counts in json.loads(printed or "[]")}
    lost = Counter(unread or {})
    if sure:
        heard = {one.who for one, _ in moving(map(said, spoken), spoken_counts=spoken_counts)}
        told = {said(one).who: one.group for one in spoken if one.was_unread}
        lost -= Counter(group for who, group in told.items() if who in heard)
    codes = {*counted, *rows, *(finals if sure and finals else {})}
    views = []
    for code in codes:
        group = names.get(code) if code is not None else None
        views.append(
            GroupView(
                code,
                group.name if group else code,
                group.attached if group else code is not None,
                counted.get(code, Tally()),
                finals.get(code, Tally()) if sure and finals is not None else None,
                rows.get(code) if code is not None else None,
                lost[code],
            )
        )
    return tuple(sorted(views, key=_order))


def said(spoken: SpokenView) -> Said:
    """Return a statement in the shape that is reckoned with."""
    who = spoken.member or spoken.name
    return Said(who, spoken.name, spoken.group, spoken.was, spoken.now, spoken.declared, spoken.counts)


def _order(group: GroupView) -> tuple[bool, bool, int, int, str]:
    shown = group.shown
    return (group.code is None, not group.attached, -shown.total - group.unread, -shown.cast, group.code or "")
