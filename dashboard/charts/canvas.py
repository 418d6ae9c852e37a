"""How is a chart put together, part over part?"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import lru_cache
from typing import Any

import altair as alt
from altair.utils import schemapi

from dashboard.charts.colours import Colours
from dashboard.charts.figure import Spec
from dashboard.components.escape import plain

schemapi.disable_debug_mode()
# Altair would check each piece as it is made, which takes longer than making it. The tests check whole charts instead.

FONT = (
    "'Public Sans', 'Public Sans Stand-in', -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Helvetica Neue', "
    "system-ui, sans-serif"
)
"""The font of the pages, as `options.toml` names it."""

WIDTH = 640
"""How wide a chart is where nothing else says so: in a picture. On a page it is as wide as the page."""

Draw = Callable[..., Iterable[alt.Chart]]
"""Makes the parts of a chart over some rows."""


class Canvas:
    """A chart in the making: parts over each other, each over rows of its own.

    From vote to vote the rows differ and the parts hardly do. To write a part out takes Altair longer than all the rest
    of a chart, so parts are kept as written.
    """

    def __init__(self, colours: Colours) -> None:
        self.colours = colours

    def over(self, rows: Iterable[Mapping[str, Any]], draw: Draw, *given: Hashable) -> list[Spec]:
        """Draw parts over rows: those that `draw` makes of a chart without rows, the colours, and what is `given`."""
        held = [{key: plain(said) if isinstance(said, str) else said for key, said in row.items()} for row in rows]
        return [{"data": {"values": held}, **part} for part in _parts(draw, self.colours, *given)]

    def spec(self, parts: Iterable[Spec], *, height: int, **params: str) -> Spec:
        """Put parts over each other, in the font of the pages; `params` are expressions they share.

        Nothing is read out mark by mark: whoever shows the chart gives it the words of its figure.
        """
        return {**_frame(self.colours.ink, height, tuple(params.items())), "layer": [*parts]}


@lru_cache(maxsize=512)
def _parts(draw: Draw, colours: Colours, *given: Hashable) -> tuple[Spec, ...]:
    """Write parts out, without what they share with the others."""
    written = (part.to_dict(validate=False) for part in draw(alt.Chart(alt.NamedData("rows")), colours, *given))
    return tuple({key: part[key] for key in ("transform", "mark", "encoding") if key in part} for part in written)


@lru_cache(maxsize=128)
def _frame(ink: str, height: int, params: tuple[tuple[str, str], ...]) -> Spec:
    chart = alt.layer(height=height, width=WIDTH, background="transparent", padding=0)
    chart.params = [alt.VariableParameter(name=name, expr=text) for name, text in params] or alt.Undefined
    chart.usermeta = {"embedOptions": {"renderer": "svg"}}
    chart.config = alt.Config(
        font=FONT,
        mark=alt.MarkConfig(aria=False),
        view=alt.ViewConfig(stroke=None),
        text=alt.MarkConfig(color=ink, fontSize=13),
    )
    spec: Spec = chart.to_dict(validate=False)
    return spec


def across(field: str) -> alt.X:
    """Place by a field that counts pixels from the left."""
    return alt.X(f"{field}:Q", scale=None, axis=None)


def down(field: str) -> alt.Y:
    """Place by a field that counts pixels from above."""
    return alt.Y(f"{field}:Q", scale=None, axis=None)
