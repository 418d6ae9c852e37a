"""Was it enough: how do the votes in favour stand to the number that was needed?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import altair as alt

from dashboard.charts.canvas import Canvas, across, down
from dashboard.charts.colours import Colours
from dashboard.charts.figure import Figure, Row, Spec, listed
from dashboard.charts.parts import drawable, key
from dashboard.charts.stacks import SIDE_BY_SIDE, Bar, Piece, bars, pieces
from dashboard.components import tally
from dashboard.words import Words
from tracker.domain.votes import Position, Tally
from tracker.queries.view import VoteView

TOP, THICK, HEIGHT = 24, 26, 84


def threshold(view: VoteView, say: Words, colours: Colours) -> Figure | None:
    """Draw a vote as one bar with a mark where it was enough; without the mark where the rule is not known.

    Whether it was carried is not said: that is for a source to say.
    """
    lead = drawable(view)
    if lead is None:
        return None
    words = tally.position_words(view, say)
    rows: list[Row] = [(words[p], lead.of(p)) for p in SIDE_BY_SIDE if lead.of(p)]
    told = [tally.in_words(lead, words, say, abstention=view.chamber.abstention)]
    needed, base, rule = view.majority.needed, view.majority.base, view.majority.rule
    if needed is not None and base is not None and rule is not None:
        asked = say("charts.threshold.asked", base=say.number(base), of=say(f"majority.of.{rule.base}"))
        rows.append((f"{say('majority.needed')} ({asked})", needed))
        told.append(f"{say.count('charts.threshold.needed', needed)} ({asked})")
    return Figure(
        "threshold",
        _title(lead, needed, say),
        _chart(lead, needed, base, view, say, Canvas(colours)),
        listed(told),
        (say("ballots.position"), say("candidates.ballots")),
        tuple(rows),
        key(_shown(lead), view, say),
    )


def _shown(lead: Tally) -> Tally:
    """Return what of a count the bar shows: who took part."""
    return Tally(lead.yes, lead.no, lead.abstain, lead.present)


def _title(lead: Tally, needed: int | None, say: Words) -> str:
    if needed is None:
        if not lead.margin:
            return say("charts.threshold.tie", n=say.number(lead.yes))
        return say.count(f"charts.threshold.{'more' if lead.margin > 0 else 'fewer'}", abs(lead.margin))
    figures = {"yes": say.number(lead.yes), "needed": say.number(needed)}
    if lead.yes == needed:
        return say("charts.threshold.just", **figures)
    return say.count(f"charts.threshold.{'over' if lead.yes > needed else 'short'}", abs(lead.yes - needed), **figures)


def _chart(lead: Tally, needed: int | None, base: int | None, view: VoteView, say: Words, canvas: Canvas) -> Spec:
    """Draw the bar as long as what the majority is taken of, or all that took part if that is more."""
    shown = pieces(_shown(lead))
    most = max(shown[-1].end, needed or 0, base or 0)
    if most > shown[-1].end:
        shown = (*shown, Piece(Position.NOT_CAST, shown[-1].end, most))
    parts = [
        *bars((Bar("", "", shown),), tally.position_words(view, say), say, canvas, most=most, thick=THICK, top=TOP),
        *canvas.over([_count(p, say) for p in shown if p.look is not Position.NOT_CAST], _counts, most),
    ]
    if needed is not None:
        text = say.count("charts.threshold.mark", needed)
        parts += canvas.over([{"at": needed, "text": text}], _mark, most, 4 * len(text))
    return canvas.spec(parts, height=HEIGHT if needed is not None else TOP + THICK + 4)


def _count(piece: Piece, say: Words) -> dict[str, Any]:
    side = "right" if piece.start else "left"
    return {"text": say.number(piece.end - piece.start), "from": piece.start, "to": piece.end, "side": side}


def _counts(rows: alt.Chart, _colours: Colours, most: int) -> Iterator[alt.Chart]:
    """Write its count over each stretch that is wide enough: the first at its left end, the others at their right."""
    yield (
        rows.mark_text(fontSize=15, fontWeight=600, baseline="bottom", align=alt.ExprRef(expr="datum.side"))
        .transform_filter(f"(datum.to - datum.from) * width / {most} > 9 * length(datum.text)")
        .transform_calculate(px=f"(datum.side == 'left' ? datum.from : datum.to) * width / {most}", py=f"{TOP - 4}")
        .encode(x=across("px"), y=down("py"), text=alt.Text("text:N"))
    )


def _mark(rows: alt.Chart, colours: Colours, most: int, half: int) -> Iterator[alt.Chart]:
    """Draw a line where it was enough, and what it means under it, so many pixels to either side."""
    base = rows.transform_calculate(
        px=f"datum.at * width / {most}", py=f"{TOP - 4}", end=f"{TOP + THICK + 10}",
        beside=f"clamp(datum.px, {half}, width - {half})", under=f"{TOP + THICK + 24}",
    )  # fmt: skip
    yield base.mark_rule(color=colours.ground, strokeWidth=5).encode(x=across("px"), y=down("py"), y2=alt.Y2("end"))
    yield base.mark_rule(color=colours.ink, strokeWidth=2).encode(x=across("px"), y=down("py"), y2=alt.Y2("end"))
    yield base.mark_text(fontSize=13).encode(x=across("beside"), y=down("under"), text=alt.Text("text:N"))
