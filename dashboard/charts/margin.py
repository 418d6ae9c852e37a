"""How close were votes? A dot for each, stacked where yes less no puts it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import altair as alt

from dashboard.charts.canvas import Canvas, across, down
from dashboard.charts.colours import Colours
from dashboard.charts.figure import Figure, Spec, listed, signed
from dashboard.words import Words
from tracker.queries.margins import Apart

WITHIN, CLOSE, HIGHEST = 20, 5, 24
"""How far apart yes and no are at most in a vote that is drawn; in a close one; and dots one over the other."""
FOOT, DOT = 40, 11
_COLUMN = f"(width - 8) / {2 * WITHIN + 1}"


def margins(of: Sequence[Apart], say: Words, colours: Colours) -> Figure | None:
    """Draw the votes in which yes and no were at most twenty apart; how many were further apart is said in words.

    None where none was so close. Where there are too many for a dot each, a dot stands for several, rounded up.
    """
    near = [one for one in of if abs(one.margin) <= WITHIN]
    if not near:
        return None
    most = max(one.votes for one in near)
    worth = -(-most // HIGHEST)
    every, drawn = sum(one.votes for one in of), sum(one.votes for one in near)
    close = sum(one.votes for one in near if abs(one.margin) <= CLOSE)
    notes = [say("charts.margin.is")]
    if any(one.turned for one in near):
        notes.append(say("charts.margin.turned"))
    if worth > 1:
        notes.append(say("charts.margin.worth", n=say.number(worth)))
    if every > drawn:
        notes.append(say.count("charts.margin.far", every - drawn, within=WITHIN))
    return Figure(
        "margin",
        say.count("charts.margin.title", close, of=say.count("votes", every), close=CLOSE),
        _chart(near, worth, say, Canvas(colours)),
        listed([f"{signed(one.margin)}: {say.count('votes', one.votes)}" for one in near]),
        tuple(say(f"charts.margin.{column}") for column in ("distance", "votes", "aloud")),
        tuple((signed(one.margin), one.votes, one.turned) for one in near),
        notes=tuple(notes),
    )


def _chart(near: list[Apart], worth: int, say: Words, canvas: Canvas) -> Spec:
    high = max(-(-max(one.votes for one in near) // worth), 4)
    dots = list(_dots(near, worth, say))
    marks = [{"at": at, "text": signed(at)} for at in range(-WITHIN, WITHIN + 1, 10)]
    sides = [
        {"text": f"← {say('charts.margin.no')}", "align": "right", "aside": -12},
        {"text": f"{say('charts.margin.yes')} →", "align": "left", "aside": 12},
    ]
    titles = tuple(say(f"charts.margin.{column}") for column in ("distance", "votes"))
    height = FOOT + high * DOT
    parts = [
        *canvas.over(marks, _figures), *canvas.over([{"at": 0}], _middle), *canvas.over(sides, _sides),
        *canvas.over(dots, _points, *titles),
    ]  # fmt: skip
    return canvas.spec(parts, height=height, base=f"{height - FOOT}", step=f"min({DOT}, {_COLUMN})")


def _dots(near: list[Apart], worth: int, say: Words) -> Iterator[dict[str, Any]]:
    for one in near:
        side = "yes" if one.margin > 0 else "no" if one.margin else "tie"
        edged = -(-one.turned // worth)
        for row in range(-(-one.votes // worth)):
            yield {
                "at": one.margin, "row": row, "side": side, "edge": 2.5 if row < edged else 0,
                "distance": signed(one.margin), "votes": say.number(one.votes),
            }  # fmt: skip


def _place(at: str) -> str:
    return f"4 + ({at} + {WITHIN} + 0.5) * {_COLUMN}"


def _points(rows: alt.Chart, colours: Colours, distance: str, votes: str) -> Iterator[alt.Chart]:
    """Draw the dots: a circle where more were for it, a square where more were against, a diamond at a tie."""
    kinds, shapes = ["yes", "no", "tie"], ["circle", "square", "diamond"]
    yield (
        rows.mark_point(filled=True, opacity=1, stroke=colours.ink)
        .transform_calculate(
            px=_place("datum.at"), py="base - (datum.row + 0.5) * step",
            area="pow(step * (datum.side == 'yes' ? 0.86 : 0.74), 2)",
        )
        .encode(
            x=across("px"), y=down("py"), size=alt.Size("area:Q", scale=None),
            shape=alt.Shape("side:N", legend=None, scale=alt.Scale(domain=kinds, range=shapes)),
            fill=alt.Fill("side:N", legend=None,
                          scale=alt.Scale(domain=kinds, range=[colours.yes, colours.no, colours.abstain])),
            strokeWidth=alt.StrokeWidth("edge:Q", scale=None),
            tooltip=[alt.Tooltip("distance:N", title=distance), alt.Tooltip("votes:N", title=votes)],
        )
    )  # fmt: skip


def _figures(rows: alt.Chart, colours: Colours) -> Iterator[alt.Chart]:
    base = rows.transform_calculate(px=_place("datum.at"), py="base + 12")
    yield base.mark_text(fontSize=12, color=colours.soft).encode(x=across("px"), y=down("py"), text=alt.Text("text:N"))


def _middle(rows: alt.Chart, colours: Colours) -> Iterator[alt.Chart]:
    """Draw a mark under the ties."""
    base = rows.transform_calculate(px=_place("datum.at"), top="base", foot="base + 5")
    yield base.mark_rule(color=colours.ink, strokeWidth=1.5).encode(x=across("px"), y=down("top"), y2=alt.Y2("foot"))


def _sides(rows: alt.Chart, colours: Colours) -> Iterator[alt.Chart]:
    base = rows.transform_calculate(px=f"{_place('0')} + datum.aside", py="base + 30")
    yield base.mark_text(fontSize=12, align=alt.ExprRef(expr="datum.align"), color=colours.soft).encode(
        x=across("px"), y=down("py"), text=alt.Text("text:N")
    )
