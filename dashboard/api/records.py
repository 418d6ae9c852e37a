"""How did a member vote, and how united was a group: read from the year of a chamber, which is kept?"""

from __future__ import annotations

from typing import Any

from dashboard.routes.years import year_of
from tracker.queries import benches, conduct, directory
from tracker.queries.conduct import Participation, Taken
from tracker.queries.groups import Named
from tracker.queries.members import MemberView, Seat
from tracker.queries.record import Record


def member(view: MemberView, year: int | None, rule: str) -> dict[str, Any]:
    """Return a member with what they did in a year."""
    held = year_of(view.chamber.slug, year) if year in view.years and year is not None else None
    column = held.column(view.id) if held else None
    taken: list[dict[str, Any]] = []
    took_part = None
    if held is not None and column is not None:
        parts = conduct.taken(held, column, lambda bench: conduct.lines(held, bench, rule))
        taken = [_taken(held, one) for one in parts]
        took_part = _part(conduct.attended(held, column))
    return {
        "id": view.id,
        "legislature": view.chamber.slug,
        "name": view.name,
        "printed": list(view.printed),
        "region": view.region,
        "seats": [seat(one) for one in view.seats],
        "groups": [
            {
                **_group(stretch.group),
                "since": stretch.since.isoformat(),
                "until": stretch.until.isoformat(),
                "votes": stretch.votes,
            }
            for stretch in view.groups
        ],
        "elsewhere": [chamber.slug for chamber in view.elsewhere],
        "years": list(view.years),
        "year": year,
        "rule": rule,
        "participation": took_part,
        "votes": taken,
    }


def seat(one: Seat) -> dict[str, Any]:
    """Return a seat as the register has it."""
    until = one.until.isoformat() if one.until else None
    return {"since": one.since.isoformat(), "until": until, "region": one.region}


def groups(found: tuple[directory.Bench, ...], year: int | None) -> list[dict[str, Any]]:
    """Return groups; with a year those that voted in it, and how."""
    if year is None:
        return [_bench(one, None) for one in found]
    told = []
    for chamber in dict.fromkeys(one.legislature for one in found):
        held = year_of(chamber, year)
        sat = {one.group.code: one for one in benches.benches(held)} if held else {}
        told += [_bench(one, sat[one.code]) for one in found if one.legislature == chamber and one.code in sat]
    return told


def _bench(one: directory.Bench, sat: benches.Bench | None) -> dict[str, Any]:
    return {
        **one._asdict(),
        "members": sat.members if sat else None,
        "last": sat.last.isoformat() if sat else None,
        "united": _mean(sat.course.all) if sat else None,
        "united_when_contested": _mean(sat.course.contested) if sat else None,
    }


def _mean(mean: benches.Mean | None) -> dict[str, Any] | None:
    if mean is None:
        return None
    return {name: getattr(mean, name) for name in ("votes", "cast", "agreement_index", "rice", "pairs")}


def _group(group: Named | None) -> dict[str, Any]:
    if group is None:
        return {"code": None, "name": None, "attached": False}
    return {"code": group.code, "name": group.name, "attached": group.attached}


def _taken(held: Record, one: Taken) -> dict[str, Any]:
    return {
        "vote": one.id,
        "sitting_date": held.votes[one.vote].sitting.isoformat(),
        "position": str(one.part.position),
        "reason": one.part.reason,
        "candidate": one.part.candidate,
        "group": one.part.group,
        "aloud": one.part.aloud,
        "unread": one.part.unread,
        "line": {"position": str(one.line.position), "candidate": one.line.candidate} if one.line else None,
        "apart": str(one.rebel.kind) if one.rebel else None,
        "split": one.split,
        "reckoned": one.reckoned,
    }


def _part(part: Participation) -> dict[str, Any]:
    return {
        "held": part.held,
        "voted": part.voted,
        "share": part.share,
        "share_when_free": part.share_when_free,
        "away": {str(kind): n for kind, n in part.away.items()},
    }
