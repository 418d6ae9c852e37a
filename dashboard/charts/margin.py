"""How close were votes to what they needed? A dot for each, stacked where it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import altair as alt

from dashboard.charts.colours import Colours
from dashboard.charts.figure import Canvas, Figure, Spec, across, down, listed, signed
from dashboard.words import Words

WITHIN, CLOSE = 20, 3
"""Votes to either side that the chart shows; and how near counts as close."""

FOOT, DOT = 40, 11


@dataclass(frozen=True, slots=True)
class Margin:
    """How far a vote was from what it needed: 0 and more had enough. `by_voice`: the spoken votes decided it."""

    label: str
    day: date
    distance: int
    by_voice: bool = False


def margins(of: Sequence[Margin], say: Words, colours: Colours) -> Figure | None:
    """Draw the votes that came within twenty of what they needed; how many were further off is said in words.

    None where there is no vote at all.
    """
    if not of:
        return None
    near = sorted((m for m in of if abs(m.distance) <= WITHIN), key=lambda m: (m.distance, m.day, m.label))
    close = sum(abs(m.distance) <= CLOSE for m in near)
    far = len(of) - len(near)
    notes = [say.count("charts.margin.far", far, within=WITHIN)] if far else []
    if any(margin.by_voice for margin in near):
        notes.append(say("charts.margin.by_voice"))
    counts = Counter(margin.distance for margin in near)
    told = [f"{signed(distance)}: {say.count('votes', n)}" for distance, n in sorted(counts.items())]
    return Figure(
        "margin",
        say.count("charts.margin.title", close, of=say.count("votes", len(of)), close=CLOSE),
        _chart(near, say, Canvas(colours)),
        listed([*told, *(note.rstrip(".") for note in notes)]),
        tuple(say(f"charts.margin.{column}") for column in ("day", "vote", "distance")),
        tuple((say.day(m.day), m.label, signed(m.distance)) for m in near),
        notes=tuple(notes),
    )


def _chart(near: list[Margin], say: Words, canvas: Canvas) -> Spec:
    rows: list[dict[str, Any]] = []
    high: Counter[int] = Counter()
    for margin in near:
        rows.append({
            "at": margin.distance, "row": high[margin.distance], "enough": margin.distance >= 0,
            "edge": 2.5 if margin.by_voice else 0, "label": margin.label, "day": say.day(margin.day),
            "distance": signed(margin.distance),
        })  # fmt: skip
        high[margin.distance] += 1
    most = max([*high.values(), 4])
    height = FOOT + min(most * DOT, 300)
    return canvas.spec(
        [*_scale(most, say, canvas), _dots(rows, say, canvas)], height=height,
        column=f"(width - 8) / {2 * WITHIN + 1}", base=f"{height - FOOT}", step=f"min({DOT}, column, base / {most})",
    )  # fmt: skip


def _place(at: str) -> str:
    return f"4 + ({at} + {WITHIN} + 0.5) * column"


def _dots(rows: list[dict[str, Any]], say: Words, canvas: Canvas) -> alt.Chart:
    sides = [canvas.colours.yes, canvas.colours.no]
    drawn: alt.Chart = (
        canvas.over(rows)
        .mark_point(filled=True, opacity=1, stroke=canvas.colours.ink)
        .transform_calculate(
            px=_place("datum.at"), py="base - (datum.row + 0.5) * step",
            area="pow(step * (datum.enough ? 0.86 : 0.74), 2)",
        )
        .encode(
            x=across("px"), y=down("py"), size=alt.Size("area:Q", scale=None),
            shape=alt.Shape("enough:N", legend=None, scale=alt.Scale(domain=[True, False], range=["circle", "square"])),
            fill=alt.Fill("enough:N", legend=None, scale=alt.Scale(domain=[True, False], range=sides)),
            strokeWidth=alt.StrokeWidth("edge:Q", scale=None),
            tooltip=[
                alt.Tooltip(f"{field}:N", title=say(f"charts.margin.{title}"))
                for field, title in (("label", "vote"), ("day", "day"), ("distance", "distance"))
            ],
        )
    )  # fmt: skip
    return drawn


def _scale(most: int, say: Words, canvas: Canvas) -> Iterator[alt.Chart]:
    """Draw the line that had to be reached, figures under the dots, and what either side means."""
    marks = [{"at": at, "text": signed(at)} for at in range(-WITHIN, WITHIN + 1, 10)]
    base = canvas.over(marks).transform_calculate(px=_place("datum.at"), py="base + 12")
    yield base.mark_text(fontSize=12, color=canvas.colours.soft).encode(
        x=across("px"), y=down("py"), text=alt.Text("text:N")
    )
    line = canvas.over([{"at": -0.5}]).transform_calculate(
        px=_place("datum.at"), top=f"base - {most} * step - 4", foot="base + 4"
    )
    yield line.mark_rule(color=canvas.colours.ink, strokeWidth=1.5).encode(
        x=across("px"), y=down("top"), y2=alt.Y2("foot")
    )
    sides = [
        {"text": f"← {say('charts.margin.short')}", "align": "right", "aside": -10},
        {"text": f"{say('charts.margin.enough')} →", "align": "left", "aside": 10},
    ]
    said = canvas.over(sides).transform_calculate(px=f"{_place('-0.5')} + datum.aside", py="base + 30")
    yield said.mark_text(fontSize=12, align=alt.ExprRef(expr="datum.align"), color=canvas.colours.soft).encode(
        x=across("px"), y=down("py"), text=alt.Text("text:N")
    )
