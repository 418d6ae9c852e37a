"""Who sat where, and how did they vote? A seat for each member, in wedges by position or by group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import cos, pi, sin
from typing import Any, Literal

import altair as alt

from dashboard.charts.canvas import Canvas, across, down
from dashboard.charts.colours import Colours
from dashboard.charts.figure import Figure, Spec
from dashboard.charts.house import ALOUD, APART, PALE, PLAIN, SHAPES, By, House, Wedge, edge, house, in_the_middle
from dashboard.charts.parts import LOOKS, UNREAD, look
from dashboard.charts.seats import Seat
from dashboard.components import tally
from dashboard.components.ballots import Line
from dashboard.words import Words
from tracker.queries.view import VoteView

HEIGHT = 400
HALF_LETTER, OFF, SMALL = 3.8, 10, 120
"""Half the width of a letter of a label, how far it stands off the seats, and the radius of a hemicycle on a small
screen, all in pixels."""


def hemicycle(
    view: VoteView, say: Words, colours: Colours, by: By = "position", *, counted: bool = True
) -> Figure | None:
    """Draw the members of a vote; None where nobody is named, or seats would mislead.

    Not `counted`: the hole stays empty, for where the count stands beside.
    """
    of = house(view, say, by)
    if of is None:
        return None
    spec = _chart(of, view, say, Canvas(colours), counted=counted)
    return Figure(of.name, of.title, spec, of.told, of.head, of.rows, of.key, of.notes)


def _chart(of: House, view: VoteView, say: Words, canvas: Canvas, *, counted: bool) -> Spec:
    words = {str(p): word for p, word in tally.position_words(view, say).items()} | {UNREAD: say("ballots.unread")}
    names = {group.code: group.name for group in view.groups}
    seats, labels = [], []
    for wedge, taken in of.taken():
        for member, seat in taken:
            group = names.get(member.group) or member.group or say("ballots.no_group")
            seats.append(_seat(member, seat, group, words))
        labels.append(_label(wedge, [seat for _, seat in taken], len(of.seats)))
    named = any(label["text"] for label in labels)
    reach = 1 + of.dot / 2
    side, top = (max(map(_beside, labels)), 26) if named else (8, 6)
    outside = canvas.over(labels, _outside, reach) if named else []
    middle = _middle(of, view, say, canvas) if counted else []
    return canvas.spec(
        [*_seated(seats, of.dot, words, say, canvas), *outside, *middle], height=HEIGHT,
        unit=f"min(width / 2 - {side:g}, height - {top + 8}) / {reach:.3f}", base=f"unit * {reach:.3f} + {top}",
    )  # fmt: skip


def _beside(label: dict[str, Any]) -> float:
    """Return how much room a label needs between the seats and the edge of a small screen."""
    across: float = abs(label["cos"])
    return max(8.0, OFF * across + HALF_LETTER * len(str(label["text"])) * (1 + across) - (1 - across) * SMALL)


def _seat(member: Line, seat: Seat, group: str, words: Mapping[str, str]) -> dict[str, Any]:
    where = {"x": round(seat.x, 4), "y": round(seat.y, 4), "size": SHAPES[look(member)][1]}
    return where | {"name": member.name, "group": group, "vote": words[look(member)], "edge": edge(member)}


def _label(wedge: Wedge, taken: list[Seat], seats: int) -> dict[str, Any]:
    middle = (taken[0].angle + taken[-1].angle) / 2
    arc = pi * len(taken) / seats + APART
    return {"text": wedge.code, "cos": round(cos(middle), 4), "sin": round(sin(middle), 4), "arc": round(arc, 4)}


def _seated(
    seats: list[dict[str, Any]], dot: float, words: Mapping[str, str], say: Words, canvas: Canvas
) -> list[Spec]:
    held = {seat["vote"] for seat in seats}
    return canvas.over(seats, _dots, dot, tuple((one, words[one]) for one in LOOKS if words[one] in held), say)


def _dots(
    rows: alt.Chart, colours: Colours, dot: float, looks: tuple[tuple[str, str], ...], say: Words
) -> Iterator[alt.Chart]:
    words = [word for _, word in looks]
    shapes, fills = [SHAPES[one][0] for one, _ in looks], [colours.of(one) for one, _ in looks]
    yield (
        rows.mark_point(filled=True, opacity=1)
        .transform_calculate(
            px="width / 2 + unit * datum.x", py="base - unit * datum.y", area=f"pow({dot:.4f} * unit * datum.size, 2)"
        )
        .encode(
            x=across("px"),
            y=down("py"),
            size=alt.Size("area:Q", scale=None),
            shape=alt.Shape("vote:N", legend=None, scale=alt.Scale(domain=words, range=shapes)),
            fill=alt.Fill("vote:N", legend=None, scale=alt.Scale(domain=words, range=fills)),
            stroke=alt.Stroke(
                "edge:O",
                legend=None,
                scale=alt.Scale(domain=[PLAIN, PALE, ALOUD], range=["transparent", colours.soft, colours.ink]),
            ),
            strokeWidth=alt.StrokeWidth("edge:Q", scale=None),
            tooltip=[
                alt.Tooltip("name:N", title=say("ballots.name")),
                alt.Tooltip("group:N", title=say("ballots.group")),
                alt.Tooltip("vote:N", title=say("ballots.position")),
            ],
        )
    )


def _outside(rows: alt.Chart, _colours: Colours, reach: float) -> Iterator[alt.Chart]:
    """Write the groups' codes around the seats, where their wedge leaves room for one."""
    far = f"unit * {reach:.3f} + {OFF}"
    yield (
        rows.mark_text(fontSize=12, baseline="middle")
        .transform_filter("datum.arc * unit > 12")
        .transform_calculate(
            px=f"width / 2 + ({far} + {HALF_LETTER} * length(datum.text)) * datum.cos",
            py=f"base - ({far}) * datum.sin",
        )
        .encode(x=across("px"), y=down("py"), text=alt.Text("text:N"))
    )


def _middle(of: House, view: VoteView, say: Words, canvas: Canvas) -> list[Spec]:
    """Write the count into the hole, and the board under it where spoken votes moved it."""
    figure, under = in_the_middle(of, view, say)
    size, up = f"min(unit * {0.92 / max(len(figure), 7):.3f}, 44)", "unit * 0.1" if under else "2"
    lines = canvas.over([{"text": figure}], _written, size, up, 600)
    if under:
        size = "clamp(unit * 0.05, 10.5, 15)"
        lines += canvas.over([{"text": under}], _written, size, "1", 400, canvas.colours.soft)
    return lines


def _written(
    rows: alt.Chart, _colours: Colours, size: str, up: str, weight: Literal[400, 600], colour: str | None = None
) -> Iterator[alt.Chart]:
    mark: dict[str, Any] = {"color": colour} if colour else {}
    yield (
        rows.mark_text(fontSize=alt.ExprRef(expr=size), fontWeight=weight, baseline="alphabetic", clip=False, **mark)
        .transform_calculate(px="width / 2", py=f"base - {up}")
        .encode(x=across("px"), y=down("py"), text=alt.Text("text:N"))
    )
