"""How are bars of yes, abstention and no drawn, one under the other on one scale?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import altair as alt

from dashboard.charts.canvas import Canvas, across, down
from dashboard.charts.colours import Colours
from dashboard.charts.figure import Spec
from dashboard.charts.parts import UNREAD
from dashboard.words import Words
from tracker.domain.votes import CAST, Position, Tally

SIDE_BY_SIDE = (Position.YES, Position.ABSTAIN, Position.NO, Position.PRESENT, Position.NOT_CAST)
"""From the left of a bar to the right. Yes comes first: it is what a threshold is counted against."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a bar, in votes from its left end: of a position, or of marks that could not be read.

    `added` has a strong edge.
    """

    look: str
    start: int
    end: int
    added: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with what is written over it, left and right."""

    label: str
    figure: str
    pieces: tuple[Piece, ...]


def pieces(tally: Tally, *, beyond: Tally | None = None, unread: int = 0) -> tuple[Piece, ...]:
    """Return the stretches of a count; what it has `beyond` another is a stretch of its own, and so is `unread`."""
    found: list[Piece] = []
    start = 0
    for position in SIDE_BY_SIDE:
        end = start + tally.of(position)
        before = end if beyond is None else min(end, start + beyond.of(position))
        found += [Piece(position, start, before), Piece(position, before, end, added=True)]
        start = end
    found.append(Piece(UNREAD, start, start + unread))
    return tuple(piece for piece in found if piece.end > piece.start)


def bars(
    of: Sequence[Bar],
    words: Mapping[Position, str],
    say: Words,
    canvas: Canvas,
    *,
    most: int,
    step: int = 0,
    thick: int,
    top: int,
) -> Iterator[Spec]:
    """Draw bars `most` votes wide, `step` pixels from one to the next; the first begins `top` pixels down."""
    named = {str(position): word for position, word in words.items()} | {UNREAD: say("ballots.unread")}
    stretches, written = [], []
    for n, bar in enumerate(of):
        y = n * step + top
        written.append({"label": bar.label, "figure": bar.figure, "y": y - 6})
        for piece in bar.pieces:
            edge = 2 if piece.added else 0 if piece.look in CAST else 1
            stretches.append({
                "from": piece.start, "to": piece.end, "y": y, "y2": y + thick, "vote": named[piece.look],
                "edge": edge, "n": piece.end - piece.start,
            })  # fmt: skip
    lost = any(piece.look == UNREAD for bar in of for piece in bar.pieces)
    looks = tuple((look, named[look]) for look in (*SIDE_BY_SIDE, *([UNREAD] if lost else [])))
    yield from canvas.over(stretches, _stretches, looks, say, most)
    if any(row["label"] for row in written):
        yield from canvas.over(written, _written, max(len(bar.figure) for bar in of) * 8 + 12)


def _stretches(
    rows: alt.Chart, colours: Colours, looks: tuple[tuple[str, str], ...], say: Words, most: int
) -> Iterator[alt.Chart]:
    inset = "(datum.edge ? 1 : 0)"
    yield (
        rows.mark_rect()
        .transform_calculate(
            left=f"datum.from * width / {most} + {inset}",
            right=f"max(datum.left + 1.5, datum.to * width / {most} - 1 - {inset})",
        )
        .encode(
            x=across("left"),
            x2=alt.X2("right"),
            y=down("y"),
            y2=alt.Y2("y2"),
            fill=alt.Fill(
                "vote:N",
                legend=None,
                scale=alt.Scale(domain=[word for _, word in looks], range=[colours.of(look) for look, _ in looks]),
            ),
            stroke=alt.Stroke(
                "edge:O",
                legend=None,
                scale=alt.Scale(domain=[0, 1, 2], range=["transparent", colours.soft, colours.ink]),
            ),
            strokeWidth=alt.StrokeWidth("edge:Q", scale=None),
            tooltip=[
                alt.Tooltip("vote:N", title=say("ballots.position")),
                alt.Tooltip("n:Q", title=say("candidates.ballots")),
            ],
        )
    )


def _written(rows: alt.Chart, colours: Colours, room: int) -> Iterator[alt.Chart]:
    """Write over each bar its name at the left and its figures, which take so much room, at the right."""
    base = rows.transform_calculate(left="0", right="width")
    yield (
        base.mark_text(align="left", baseline="alphabetic", limit=alt.ExprRef(expr=f"width - {room}")).encode(
            x=across("left"), y=down("y"), text=alt.Text("label:N")
        )
    )
    yield (
        base.mark_text(align="right", baseline="alphabetic", color=colours.soft).encode(
            x=across("right"), y=down("y"), text=alt.Text("figure:N")
        )
    )
