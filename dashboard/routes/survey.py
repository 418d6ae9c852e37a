"""Which charts of many votes are there as files, built anew from what their address asks for?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

from dashboard import sought
from dashboard.charts.cohesion import cohesion
from dashboard.charts.colours import LIGHT
from dashboard.charts.figure import Figure
from dashboard.charts.margin import margins
from dashboard.components import alike, card, drawn, scope
from dashboard.routes.record import engine
from dashboard.words import Words
from tracker.publish.plates import Plate
from tracker.queries import benches, health, rolls
from tracker.queries import margins as apart
from tracker.queries.record import Record
from tracker.settings import settings

Found = tuple[Figure, str]
"""A chart, and in words of what it is."""


@lru_cache(maxsize=2)
def _record(url: str, version: str, legislature: str, year: int) -> Record | None:
    return rolls.record(engine(), legislature, year)


def _year(query: Mapping[str, str], version: str) -> Record | None:
    asked = scope.asked(rolls.spans(engine()), query)
    return _record(settings().database, version, asked.chamber.slug, asked.year) if asked else None


def _cohesion(query: Mapping[str, str], version: str, say: Words) -> Found | None:
    """Draw how united the groups of a chamber's year were, or the one named."""
    record, code = _year(query, version), query.get("id")
    if record is None:
        return None
    of = [one for one in benches.benches(record) if one.group.attached and code in (None, one.group.code)]
    figure = cohesion(of, say, LIGHT)
    name = [of[0].group.name] if code and of else []
    return (figure, " · ".join([record.chamber.title, *name, str(record.year)])) if figure else None


def _agreement(query: Mapping[str, str], version: str, say: Words) -> Found | None:
    """Draw who of a group voted with whom in a year."""
    record = _year(query, version)
    number = record.bench(query.get("id", "")) if record else None
    if record is None or number is None:
        return None
    figure = alike.square(record, benches.sat(record, number), say, LIGHT)
    over = " · ".join([record.chamber.title, record.groups[number].name, str(record.year)])
    return (figure, over) if figure else None


def _margin(query: Mapping[str, str], version: str, say: Words) -> Found | None:
    """Draw how close the votes of a list were."""
    wanted = sought.votes(query)
    figure = margins(apart.margins(engine(), wanted), say, LIGHT)
    names = {one.coverage.legislature: one.coverage.short for one in health.sources(engine())}
    asked = sought.in_words(wanted, names, say)
    return (figure, " · ".join(filter(None, (say("charts.margin.heading"), asked)))) if figure else None


MANY: dict[str, Callable[[Mapping[str, str], str, Words], Found | None]] = {
    "cohesion": _cohesion,
    "agreement": _agreement,
    "margin": _margin,
}


def chart(name: str, query: Mapping[str, str], version: str, say: Words) -> Found | None:
    """Return a chart of many votes; None if there is none of that name, or nothing to draw. Raise NoChoice."""
    draw = MANY.get(name)
    return draw(query, version, say) if draw else None


def plate(figure: Figure, over: str, site: str, say: Words) -> Plate:
    """Return a chart with what stands around it: the figures are ours, from the record."""
    return drawn.plate(figure, over, say("charts.ours"), card.short(site).rstrip("/"), say)
