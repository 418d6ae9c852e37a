"""How is a chart put together, part over part?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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


class Canvas:
    """A chart in the making: parts over each other, each over rows of its own.

    Altair copies and checks whatever it holds, and rows are many; so they wait here until the chart is written out.
    """

    def __init__(self, colours: Colours) -> None:
        self.colours = colours
        self._rows: list[list[dict[str, Any]]] = []

    def over(self, rows: Iterable[Mapping[str, Any]]) -> alt.Chart:
        """Begin a part over rows."""
        self._rows.append(
            [{key: plain(said) if isinstance(said, str) else said for key, said in row.items()} for row in rows]
        )
        return alt.Chart(alt.NamedData(str(len(self._rows) - 1)))

    def spec(self, parts: Iterable[alt.Chart], *, height: int, **params: str) -> Spec:
        """Put parts over each other, in the font of the pages; `params` are expressions they share.

        Nothing is read out mark by mark: whoever shows the chart gives it the words of its figure.
        """
        chart = alt.layer(height=height, width=WIDTH, background="transparent", padding=0)
        chart.params = [alt.VariableParameter(name=name, expr=text) for name, text in params.items()] or alt.Undefined
        chart.usermeta = {"embedOptions": {"renderer": "svg"}}
        chart.config = alt.Config(
            font=FONT,
            mark=alt.MarkConfig(aria=False),
            view=alt.ViewConfig(stroke=None),
            text=alt.MarkConfig(color=self.colours.ink, fontSize=13),
        )
        spec: Spec = chart.to_dict(validate=False)
        spec["layer"] = [self._layer(part) for part in parts]
        return spec

    def _layer(self, part: alt.Chart) -> Spec:
        """Write out a part over its rows, without what it shares with the others."""
        layer = part.to_dict(validate=False)
        rows = self._rows[int(layer["data"]["name"])]
        return {
            "data": {"values": rows},
            **{key: layer[key] for key in ("transform", "mark", "encoding") if key in layer},
        }


def across(field: str) -> alt.X:
    """Place by a field that counts pixels from the left."""
    return alt.X(f"{field}:Q", scale=None, axis=None)


def down(field: str) -> alt.Y:
    """Place by a field that counts pixels from above."""
    return alt.Y(f"{field}:Q", scale=None, axis=None)
