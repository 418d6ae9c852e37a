"""Who sat where, on a page without a script: the finding first, then the seats, then all of it in figures?"""

from __future__ import annotations

from dashboard import links
from dashboard.charts.drawing import hemicycle
from dashboard.charts.house import house, in_the_middle
from dashboard.components import legend
from dashboard.components.escape import Html, el, join
from dashboard.words import Words
from tracker.queries.view import VoteView


def block(view: VoteView, say: Words) -> Html | None:
    """Return the hemicycle of a vote by position; None where seats would mislead."""
    taken = house(view, say)
    if taken is None:
        return None
    return join([
        el("h2", say("charts.title"), id="charts"),
        el("h3", legend.unbroken(taken.title), class_="esc-finding"),
        legend.key(taken),
        hemicycle(taken, in_the_middle(taken, view, say)),
        legend.notes(taken),
        legend.in_figures(taken, say),
        legend.files(taken, lambda form: links.chart(taken.name, view.id, form, say.language, view.version,
                                                     own=view.leads_to is not None), say),
    ])  # fmt: skip
