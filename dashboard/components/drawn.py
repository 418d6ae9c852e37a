"""Which charts does a vote have by name, and what stands around one that leaves the page?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dashboard.charts.colours import LIGHT, Colours
from dashboard.charts.figure import Figure
from dashboard.charts.groups import groups
from dashboard.charts.hemicycle import hemicycle
from dashboard.charts.moved import moved
from dashboard.charts.threshold import threshold
from dashboard.components import card, heading, standing, tally
from dashboard.words import Words
from tracker.publish.plates import Plate
from tracker.queries.casing import calm
from tracker.queries.shape import moment
from tracker.queries.view import VoteView

Draw = Callable[[VoteView, Words, Colours], Figure | None]
OF_VOTES: dict[str, Draw] = {
    "hemicycle-position": hemicycle,
    "hemicycle-group": lambda view, say, colours: hemicycle(view, say, colours, "group"),
    "threshold": threshold,
    "moved": moved,
    "groups": groups,
}
"""The charts of a vote, by the name of the figure."""
SEATED = 356
"""How high a hemicycle is in a picture: no higher than it is drawn there."""


def of_vote(name: str, view: VoteView, say: Words) -> Figure | None:
    """Return a chart of a vote in the colours of pictures; None if there is none of that name."""
    draw = OF_VOTES.get(name)
    return draw(view, say, LIGHT) if draw else None


def plate(figure: Figure, over: str, source: str, address: str, say: Words, status: str = "") -> Plate:
    """Return a chart with what stands around it; `over` says of what it is."""
    return Plate(
        language=say.language,
        over=over,
        title=figure.title,
        marks=tuple(card.mark(look, text) for look, text in figure.key),
        notes=" ".join(figure.notes),
        source=source,
        address=address,
        told=f"{figure.title}. {figure.told}",
        chart={**figure.spec, "height": SEATED} if figure.name.startswith("hemicycle") else figure.spec,
        status=status,
    )


def plate_of_vote(figure: Figure, view: VoteView, say: Words, site: str) -> Plate:
    """Return a chart of a vote with what stands around it: which vote, how settled, from which paper, and where."""
    count = tally.figure(view.tallies.best, abstention=view.chamber.abstention)
    over = " · ".join((view.chamber.short, *heading.when(view, say), count, calm(view.subject)))
    status = " · ".join(word for word, _ in standing.unusual(view, say))
    return plate(figure, over, card.source(view, say), card.address(view, say, site), say, status)


def data(figure: Figure) -> dict[str, Any]:
    """Return all that a chart shows as data."""
    return {
        "name": figure.name,
        "title": figure.title,
        "description": figure.told,
        "columns": list(figure.head),
        "rows": [list(row) for row in figure.rows],
        "key": [{"position": look, "label": text} for look, text in figure.key],
        "notes": list(figure.notes),
    }


def data_of_vote(figure: Figure, view: VoteView, permalink: str) -> dict[str, Any]:
    """Return a chart of a vote as data, with where it comes from."""
    read = view.paper_read
    return data(figure) | {
        "vote": view.id,
        "version": view.version,
        "status": str(view.status),
        "permalink": permalink,
        "source": {"url": read.url, "page": read.page, "sha256": read.sha256, "read_at": moment(read.fetched_at)},
    }
