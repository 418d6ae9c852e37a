"""What is a figure: a chart, the finding it shows, and everything in it as words?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import altair as alt

from dashboard.charts.colours import Colours
from tracker.domain.votes import Position

FONT = (
    "-apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', 'Helvetica Neue', Arial, system-ui, sans-serif"
)
"""The font of the pages, as `options.toml` names it."""

WIDTH = 640
"""How wide a chart is where nothing else says so: in a picture. On a page it is as wide as the page."""

Row = tuple[str | int | None, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart and what it says. `title` states the finding, `told` gives every count in one paragraph.

    `head` and `rows` are the same counts as a table; a figure with more of them than a reader takes in has fewer rows,
    and a note says so. `key` explains the shapes and colours of positions, with their counts.
    """

    name: str
    title: str
    chart: alt.LayerChart
    told: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    key: tuple[tuple[Position, str], ...] = ()
    notes: tuple[str, ...] = ()


def layers(parts: Iterable[alt.Chart], colours: Colours, *, height: int, **params: str) -> alt.LayerChart:
    """Put the parts of a chart over each other, in the font of the pages. `params` are expressions they share.

    Nothing is read out mark by mark: whoever shows the chart gives it the words of its figure.
    """
    chart = alt.layer(*parts, height=height, width=WIDTH, background="transparent", padding=0)
    chart.params = [alt.VariableParameter(name=name, expr=text) for name, text in params.items()] or alt.Undefined
    chart.usermeta = {"embedOptions": {"renderer": "svg"}}
    styled: alt.LayerChart = chart.configure(
        font=FONT,
        aria=False,
        view=alt.ViewConfig(stroke=None),
        text=alt.MarkConfig(color=colours.ink, fontSize=13),
        axis=alt.AxisConfig(
            labelColor=colours.soft, labelFontSize=12, titleColor=colours.soft, titleFontSize=12,
            titleFontWeight="normal", gridColor=colours.line, domainColor=colours.line, tickColor=colours.line,
        ),
    )  # fmt: skip
    return styled


def data(rows: Iterable[Mapping[str, Any]]) -> alt.InlineData:
    """Return rows as they go into a chart."""
    return alt.InlineData(values=list(rows))


def listed(parts: Iterable[str]) -> str:
    """Join the parts of a description."""
    return "; ".join(parts) + "."
