"""How close were the votes of a list?"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dashboard import frame
from dashboard.charts.colours import PAGE
from dashboard.charts.margin import margins
from dashboard.components import figures
from dashboard.components.escape import el
from dashboard.words import Words
from tracker.queries.margins import Apart


def show(of: Sequence[Apart], say: Words, address: Callable[[str], str]) -> None:
    """Show a dot for each vote that was close, if there is one."""
    drawn = margins(of, say, PAGE)
    if drawn is not None:
        frame.show(el("h2", say("charts.margin.heading")))
        figures.show(drawn, say, address)
