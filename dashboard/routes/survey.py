"""Which charts of many votes are there as files, built anew from what their address asks for?"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dashboard import sought
from dashboard.charts.cohesion import cohesion
from dashboard.charts.colours import LIGHT
from dashboard.charts.figure import Figure
from dashboard.charts.margin import margins
from dashboard.components import alike, card, drawn, scope
from dashboard.routes.record import engine
from dashboard.routes.years import year_of
from dashboard.words import Words
from tracker.publish.plates import Plate
from tracker.queries import benches, rolls, votes
from tracker.queries import margins as apart
from tracker.queries.record import Record

Found = tuple[Figure, str]
"""A chart, and in words of what it is."""


def _year(query: Mapping[str, str]) -> Record | None:
    asked = scope.asked(rolls.spans(engine()), query)
    return year_of(asked.chamber.slug, asked.year) if asked else None


def _cohesion(query: Mapping[str, str], say: Words) -> Found | None:
    """Draw how united the groups of a chamber's year were, or the one named."""
    record, code = _year(query), query.get("id")
    if record is None:
        return None
    of = [one for one in benches.benches(record) if one.group.attached and code in (None, one.group.code)]
    figure = cohesion(of, say, LIGHT)
    name = [of[0].group.name] if code and of else []
    return (figure, " · ".join([record.chamber.title, *name, str(record.year)])) if figure else None


def _agreement(query: Mapping[str, str], say: Words) -> Found | None:
    """Draw who of a group voted with whom in a year."""
    record = _year(query)
    number = record.bench(query.get("id", "")) if record else None
    if record is None or number is None:
        return None
    figure = alike.square(record, benches.sat(record, number), say, LIGHT)
    over = " · ".join([record.chamber.title, record.groups[number].name, str(record.year)])
    return (figure, over) if figure else None


def _margin(query: Mapping[str, str], say: Words) -> Found | None:
    """Draw how close the votes of a list were."""
    wanted = sought.votes(query)
    figure = margins(apart.margins(engine(), wanted), say, LIGHT)
    names = {one.slug: one.short for one in votes.legislatures(engine())}
    asked = sought.in_words(wanted, names, say)
    return (figure, " · ".join(filter(None, (say("charts.margin.heading"), asked)))) if figure else None


MANY: dict[str, Callable[[Mapping[str, str], Words], Found | None]] = {
    "cohesion": _cohesion,
    "agreement": _agreement,
    "margin": _margin,
}


def chart(name: str, query: Mapping[str, str], say: Words) -> Found | None:
    """Return a chart of many votes; None if there is none of that name, or nothing to draw. Raise NoChoice."""
    draw = MANY.get(name)
    return draw(query, say) if draw else None


def plate(figure: Figure, over: str, site: str, say: Words) -> Plate:
    """Return a chart with what stands around it: the figures are ours, from the record."""
    return drawn.plate(figure, over, say("charts.ours"), card.short(site).rstrip("/"), say)
