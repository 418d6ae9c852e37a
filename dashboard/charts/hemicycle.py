"""Who sat where, and how did they vote? A seat for each member, in wedges by position or by group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Any, Literal

import altair as alt

from dashboard.charts.colours import Colours
from dashboard.charts.figure import Canvas, Figure, Spec, across, down, listed
from dashboard.charts.parts import LOOKS, UNREAD, Bench, benches, count, drawable, in_words, key, look, parts, table
from dashboard.charts.seats import Seat, places
from dashboard.components import tally
from dashboard.components.ballots import Line
from dashboard.words import Words
from tracker.domain.people import fold
from tracker.domain.votes import CAST, Position, Tally
from tracker.queries.view import VoteView

By = Literal["position", "group"]

APART = 0.04
"""The angle between two groups."""

HEIGHT = 400
HALF_LETTER, OFF, SMALL = 3.8, 10, 120
"""Half the width of a letter of a label, how far it stands off the seats, and the radius of a hemicycle on a small
screen, all in pixels."""

SHAPES = {
    Position.YES: ("circle", 1.0),
    Position.ABSTAIN: ("diamond", 1.14),
    Position.NO: ("square", 0.84),
    Position.PRESENT: ("square", 0.76),
    Position.NOT_CAST: ("circle", 0.84),
    UNREAD: ("square", 0.76),
}
"""Each look's shape, and its width in dots: made so that all look of one size."""

PLAIN, PALE, ALOUD = 0, 1, 2.5
"""How thick the edge of a seat is: none, a thin one where the fill is pale, a strong one for a vote by voice."""


@dataclass(frozen=True, slots=True)
class _Wedge:
    """Neighbours in the hemicycle; `code` is printed outside."""

    code: str
    members: list[Line]


def hemicycle(view: VoteView, say: Words, colours: Colours, by: By = "position") -> Figure | None:
    """Draw the members of a vote; None where nobody is named, or seats would mislead.

    What is drawn are the names: where they do not make the count of the vote, a note says so.
    """
    lead, members = drawable(view), parts(view)
    if lead is None or not members or (by == "group" and not grouped(view)):
        return None
    sides = benches(view, say)
    drawn = count(members)
    wedges = _by_group(members, sides) if by == "group" else _by_position(members, sides)
    head, rows = _table(members, sides, view, say)
    unread = sum(member.unread for member in members)
    told = [in_words(drawn, view, say, unread)]
    told += [f"{b.name}: {in_words(b.tally, view, say, b.unread)}" for b in sides if by == "group"]
    title = _groups_title(sides, say) if by == "group" else _title(drawn, say)
    return Figure(
        f"hemicycle-{by}",
        title,
        _chart(wedges, view, drawn, say, Canvas(colours)),
        f"{say('charts.hemicycle.what', n=say.number(len(members)))} {listed(told)}",
        head,
        rows,
        key(drawn, view, say, unread),
        tuple(_notes(members, view, drawn, lead, say)),
    )


def grouped(view: VoteView) -> bool:
    """Whether the paper prints anybody's group."""
    return any(group.code is not None for group in view.groups)


def _notes(members: list[Line], view: VoteView, drawn: Tally, lead: Tally, say: Words) -> list[str]:
    aloud = sum(member.aloud for member in members)
    notes = [say.count("charts.hemicycle.aloud", aloud)] if aloud else []
    if not drawn.same_cast(lead):
        figures = (tally.figure(of, abstention=view.chamber.abstention) for of in (drawn, lead))
        notes.append(say("charts.hemicycle.differs", **dict(zip(("names", "count"), figures, strict=True))))
    return [*notes, say("charts.hemicycle.no_plan")]


def _title(drawn: Tally, say: Words) -> str:
    return say("charts.hemicycle.title", yes=say.number(drawn.yes), cast=say.number(drawn.cast))


def _groups_title(sides: list[Bench], say: Words) -> str:
    """Say how many groups stood together: all of their votes on one side."""
    voted = [bench.tally for bench in sides if bench.attached and bench.tally.cast]
    whole = sum(max(t.yes, t.no, t.abstain) == t.cast for t in voted)
    if not voted:
        return say("charts.hemicycle.no_groups")
    if whole in (0, len(voted)):
        return say.count(f"charts.hemicycle.{'all' if whole else 'none'}_whole", len(voted))
    return say.count("charts.hemicycle.whole", whole, of=say.number(len(voted)))


def _by_position(members: list[Line], sides: list[Bench]) -> list[_Wedge]:
    place = {bench.code: n for n, bench in enumerate(sides)}
    order = {one: n for n, one in enumerate(LOOKS)}
    members = sorted(members, key=lambda m: (order[look(m)], place.get(m.group, len(place)), fold(m.name)))
    return [_Wedge("", members)]


def _by_group(members: list[Line], sides: list[Bench]) -> list[_Wedge]:
    order = {one: n for n, one in enumerate(LOOKS)}
    found: dict[str | None, list[Line]] = {bench.code: [] for bench in sides}
    for member in members:
        found.setdefault(member.group, []).append(member)
    return [
        _Wedge(code or "–", sorted(some, key=lambda m: (order[look(m)], fold(m.name))))
        for code, some in found.items()
        if some
    ]


def _table(members: list[Line], sides: list[Bench], view: VoteView, say: Words) -> Any:
    """Return the members counted by group, and how many of them spoke or could not be read.

    One row where no groups are printed.
    """
    groups = sides if grouped(view) else []
    lines = [(bench.name, [m for m in members if m.group == bench.code]) for bench in groups]
    lines.append((say("groups.total"), members))
    head, rows = table(((name, count(some)) for name, some in lines), view, say, say("groups.group"))
    for title, what in (("charts.hemicycle.heard", "aloud"), ("ballots.unread", "unread")):
        if any(getattr(member, what) for member in members):
            head = (*head, say(title))
            among = [sum(getattr(member, what) for member in some) for _, some in lines]
            rows = tuple((*row, n) for row, n in zip(rows, among, strict=True))
    return head, rows


def _chart(wedges: list[_Wedge], view: VoteView, drawn: Tally, say: Words, canvas: Canvas) -> Spec:
    found, dot = places([len(w.members) for w in wedges], apart=APART if len(wedges) > 1 else 0.0)
    words = {str(p): word for p, word in tally.position_words(view, say).items()} | {UNREAD: say("ballots.unread")}
    names = {group.code: group.name for group in view.groups}
    seats, labels = [], []
    left = iter(found)
    for wedge in wedges:
        taken = [next(left) for _ in wedge.members]
        for member, seat in zip(wedge.members, taken, strict=True):
            group = names.get(member.group) or member.group or say("ballots.no_group")
            seats.append(_seat(member, seat, group, words))
        labels.append(_label(wedge, taken, len(found)))
    named = any(label["text"] for label in labels)
    side, top, reach = (max(map(_beside, labels)), 26, 1 + dot / 2) if named else (8, 6, 1 + dot / 2)
    outside = canvas.over(labels, _outside, reach) if named else []
    return canvas.spec(
        [*_seated(seats, dot, words, say, canvas), *outside, *_middle(view, drawn, say, canvas)], height=HEIGHT,
        unit=f"min(width / 2 - {side:g}, height - {top + 8}) / {reach:.3f}", base=f"unit * {reach:.3f} + {top}",
    )  # fmt: skip


def _beside(label: dict[str, Any]) -> float:
    """Return how much room a label needs between the seats and the edge of a small screen."""
    across: float = abs(label["cos"])
    return max(8.0, OFF * across + HALF_LETTER * len(str(label["text"])) * (1 + across) - (1 - across) * SMALL)


def _seat(member: Line, seat: Seat, group: str, words: Mapping[str, str]) -> dict[str, Any]:
    where = {"x": round(seat.x, 4), "y": round(seat.y, 4), "size": SHAPES[look(member)][1]}
    edge = ALOUD if member.aloud else PLAIN if member.position in CAST else PALE
    return where | {"name": member.name, "group": group, "vote": words[look(member)], "edge": edge}


def _label(wedge: _Wedge, taken: list[Seat], seats: int) -> dict[str, Any]:
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


def _middle(view: VoteView, drawn: Tally, say: Words, canvas: Canvas) -> list[Spec]:
    """Write the count into the hole, and the board under it where spoken votes moved it."""
    wide, board = view.chamber.abstention, view.tallies.board
    figure = tally.figure(drawn, abstention=wide)
    moved = board is not None and not board.same_cast(drawn)
    size, up = f"min(unit * {0.92 / max(len(figure), 7):.3f}, 44)", "unit * 0.1" if moved else "2"
    lines = canvas.over([{"text": figure}], _written, size, up, 600)
    if moved:
        under = say("tally.board_was", tally=tally.figure(board, abstention=wide))
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
