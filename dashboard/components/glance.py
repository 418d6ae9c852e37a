"""What does a vote look like at a glance: who sat where, was it enough, what did spoken votes move, who was for it?"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from dashboard import frame, links
from dashboard.charts.colours import PAGE
from dashboard.charts.figure import Figure
from dashboard.charts.groups import groups as groups_on_one_scale
from dashboard.charts.hemicycle import hemicycle
from dashboard.charts.house import By, grouped
from dashboard.charts.moved import moved
from dashboard.charts.parts import drawable
from dashboard.charts.threshold import threshold
from dashboard.components import candidates, figures, filters, groups
from dashboard.components.escape import el
from dashboard.words import Words
from tracker.queries.view import VoteView


def there(view: VoteView) -> bool:
    """Whether a vote has charts: elections by name and calls of the house have none."""
    return drawable(view) is not None


def show(view: VoteView, say: Words) -> None:
    """Show the charts of a vote, and its groups."""
    if there(view):
        _charts(view, say)
    _by_group(view, say)


def _charts(view: VoteView, say: Words) -> None:
    frame.show(el("h2", say("charts.title"), id="charts"))
    by: By = "position"
    if grouped(view) and view.ballots:
        options = {way: say(f"charts.by.{way}") for way in ("position", "group")}
        by = cast(By, filters.switch(say("charts.by.title"), options, "seats"))
    drawn = (hemicycle(view, say, PAGE, by), threshold(view, say, PAGE), moved(view, say, PAGE))
    for n, figure in enumerate(figure for figure in drawn if figure is not None):
        figures.show(figure, say, _file(figure, view, say), keyed=not n)


def _by_group(view: VoteView, say: Words) -> None:
    """Show the groups of a vote, or the candidates, in figures; then the groups on one scale."""
    frame.show(
        el("h2", say("candidates.title" if view.by_name else "groups.title"), id="groups"),
        groups.table(view, say, bars=not there(view)),
        candidates.table(view, say),
    )
    figure = groups_on_one_scale(view, say, PAGE)
    if figure is not None:
        figures.show(figure, say, _file(figure, view, say))


def _file(figure: Figure, view: VoteView, say: Words) -> Callable[[str], str]:
    """Return what gives the address of a chart of this reading as a file in a form."""
    own = view.leads_to is not None
    return lambda form: links.chart(figure.name, view.id, form, say.language, view.version, own=own)
