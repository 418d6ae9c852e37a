"""Who of a group voted with whom?"""

from __future__ import annotations

from collections.abc import Callable

from dashboard import frame
from dashboard.charts.colours import PAGE
from dashboard.components import alike, figures
from dashboard.components.escape import el
from dashboard.words import Words
from tracker.queries.benches import Sat
from tracker.queries.conduct import ENOUGH
from tracker.queries.record import Record


def square(record: Record, sat: tuple[Sat, ...], say: Words, address: Callable[[str], str]) -> None:
    """Show how often every two of its members agreed in contested votes; nothing where too few or too many sat."""
    drawn = alike.square(record, sat, say, PAGE)
    if drawn is not None:
        frame.show(el("h2", say("bench.inside", year=record.year), id="inside"))
        figures.show(drawn, say, address)
        frame.show(el("p", say("bench.inside_is", n=ENOUGH), class_="esc-hint"))
