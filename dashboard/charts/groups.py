"""How did each group vote, all on one scale?"""

from __future__ import annotations

from dashboard.charts.canvas import Canvas
from dashboard.charts.colours import Colours
from dashboard.charts.figure import Figure, listed
from dashboard.charts.parts import Bench, benches, drawable, in_words, key, table
from dashboard.charts.stacks import Bar, bars, pieces
from dashboard.components import tally
from dashboard.words import Words
from tracker.domain.votes import Position, Tally
from tracker.queries.view import VoteView

TOP, STEP, THICK = 20, 42, 10


def groups(view: VoteView, say: Words, colours: Colours) -> Figure | None:
    """Draw a bar for each group as long as it has members, the largest first; None where no groups are printed."""
    sides = benches(view, say)
    if drawable(view) is None or all(bench.code is None for bench in sides):
        return None
    words, wide = tally.position_words(view, say), view.chamber.abstention
    drawn = [
        Bar(
            bench.name,
            tally.figure(bench.tally, abstention=wide) if bench.tally.cast else "–",
            pieces(bench.tally, unread=bench.unread),
        )
        for bench in sides
    ]
    whole = Bench(
        None, say("groups.total"), False, sum((b.tally for b in sides), Tally()), sum(b.unread for b in sides)
    )
    lines = [*sides, whole]
    head, rows = table(((line.name, line.tally) for line in lines), view, say, say("groups.group"))
    if whole.unread:
        head = (*head, say("ballots.unread"))
        rows = tuple((*row, line.unread) for row, line in zip(rows, lines, strict=True))
    most = max(bench.members for bench in sides)
    canvas = Canvas(colours)
    parts = bars(drawn, words, say, canvas, most=most, step=STEP, thick=THICK, top=TOP)
    return Figure(
        "groups",
        _title(sides, say),
        canvas.spec(parts, height=STEP * len(sides)),
        listed(f"{line.name}: {in_words(line.tally, view, say, line.unread)}" for line in lines),
        head,
        rows,
        key(whole.tally, view, say, whole.unread),
    )


def _title(sides: list[Bench], say: Words) -> str:
    """Say from which group most votes for and most against came; loose members are none."""
    told = []
    for position in (Position.YES, Position.NO):
        counts = [(bench.tally.of(position), bench.name) for bench in sides if bench.attached]
        most = max((n for n, _ in counts), default=0)
        if most:
            names = [name for n, name in counts if n == most]
            who = names[0] if len(names) == 1 else say("charts.groups.several", n=say.number(len(names)))
            told.append(say(f"charts.groups.most_{position}", who=who, n=say.number(most)))
    title = "; ".join(told) or say("charts.groups.none")
    return title[:1].upper() + title[1:]
