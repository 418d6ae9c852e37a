"""What did the votes put on record aloud move: the board against the final count?"""

from __future__ import annotations

from collections.abc import Iterator

import altair as alt

from dashboard.charts.canvas import Canvas, across, down
from dashboard.charts.colours import Colours
from dashboard.charts.figure import Figure, Spec, listed, signed
from dashboard.charts.parts import drawable, key, table
from dashboard.charts.stacks import Bar, bars, pieces
from dashboard.components import tally
from dashboard.words import Words
from tracker.domain.votes import Position, Tally
from tracker.queries.view import VoteView

TOP, STEP, THICK = 20, 48, 10
SIDES = (Position.YES, Position.NO, Position.ABSTAIN)


def moved(view: VoteView, say: Words, colours: Colours) -> Figure | None:
    """Draw the board over the final count, what was added with a strong edge; None where they are the same."""
    board, final = view.tallies.board, view.tallies.final
    if drawable(view) is None or board is None or final is None or board.same_cast(final):
        return None
    words, wide = tally.position_words(view, say), view.chamber.abstention
    before, after = (Tally(t.yes, t.no, t.abstain) for t in (board, final))
    named = ((say("tally.board"), before), (say("charts.moved.final"), after))
    figures = [tally.figure(of, abstention=wide) for _, of in named]
    head, rows = table(named, view, say, say("charts.moved.count"))
    steps = ", ".join(_steps(before, after, words, say))
    return Figure(
        "moved",
        say("charts.moved.title", board=figures[0], final=figures[1]),
        _chart(named, figures, view, say, Canvas(colours)),
        listed([*(f"{name}: {tally.in_words(of, words, say, abstention=wide)}" for name, of in named), steps]),
        head,
        rows,
        key(after, view, say),
        (say("charts.moved.steps", steps=steps),),
    )


def _steps(before: Tally, after: Tally, words: dict[Position, str], say: Words) -> Iterator[str]:
    """Say what was added and taken away: `+1 a favor`, `−1 abstención`."""
    for position in SIDES:
        change = after.of(position) - before.of(position)
        if change:
            yield f"{signed(change)} {tally.count(abs(change), position, words, say).split(' ', 1)[1]}"


def _chart(
    named: tuple[tuple[str, Tally], ...], figures: list[str], view: VoteView, say: Words, canvas: Canvas
) -> Spec:
    (board, before), (final, after) = named
    grown = pieces(after, beyond=before)
    drawn = (Bar(board, figures[0], pieces(before)), Bar(final, figures[1], grown))
    most = max(before.cast, after.cast)
    parts = list(bars(drawn, tally.position_words(view, say), say, canvas, most=most, step=STEP, thick=THICK, top=TOP))
    added = [{"text": signed(p.end - p.start), "at": (p.start + p.end) / 2} for p in grown if p.added]
    return canvas.spec([*parts, *canvas.over(added, _added, most)], height=TOP + STEP + THICK + 20)


def _added(rows: alt.Chart, _colours: Colours, most: int) -> Iterator[alt.Chart]:
    """Write under each stretch that was added how many votes it is."""
    yield (
        rows.mark_text(fontSize=13, fontWeight=600, baseline="top")
        .transform_calculate(px=f"clamp(datum.at * width / {most}, 10, width - 10)", py=f"{TOP + STEP + THICK + 4}")
        .encode(x=across("px"), y=down("py"), text=alt.Text("text:N"))
    )
