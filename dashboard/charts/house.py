"""Who takes which seat of a hemicycle, and what is to be said of it? However it is drawn: as a chart or within HTML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from dashboard.charts.figure import Row, listed
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

Outline = Literal["circle", "square", "diamond"]
SHAPES: Mapping[str, tuple[Outline, float]] = {
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
class Wedge:
    """Neighbours in the hemicycle; `code` is printed outside."""

    code: str
    members: list[Line]


@dataclass(frozen=True, slots=True)
class House:
    """The members of a vote in their seats; `drawn` is the count they make, the rest as in a `Figure`.

    `seats` are those of each wedge in turn, from the left; `dot` is the diameter of one.
    """

    name: str
    title: str
    told: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    key: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    drawn: Tally
    wedges: tuple[Wedge, ...]
    seats: tuple[Seat, ...]
    dot: float

    def taken(self) -> Iterator[tuple[Wedge, list[tuple[Line, Seat]]]]:
        """Hand out the wedges with who sits where."""
        left = iter(self.seats)
        for wedge in self.wedges:
            yield wedge, [(member, next(left)) for member in wedge.members]


def house(view: VoteView, say: Words, by: By = "position") -> House | None:
    """Seat the members of a vote; None where nobody is named, or seats would mislead.

    Seated are the names: where they do not make the count of the vote, a note says so.
    """
    lead, members = drawable(view), parts(view)
    if lead is None or not members or (by == "group" and not grouped(view)):
        return None
    sides = benches(view, say)
    drawn = count(members)
    wedges = _by_group(members, sides) if by == "group" else _by_position(members, sides)
    seats, dot = places([len(w.members) for w in wedges], apart=APART if len(wedges) > 1 else 0.0)
    head, rows = _table(members, sides, view, say)
    unread = sum(member.unread for member in members)
    told = [in_words(drawn, view, say, unread)]
    told += [f"{b.name}: {in_words(b.tally, view, say, b.unread)}" for b in sides if by == "group"]
    return House(
        f"hemicycle-{by}",
        _groups_title(sides, say) if by == "group" else _title(drawn, say),
        f"{say('charts.hemicycle.what', n=say.number(len(members)))} {listed(told)}",
        head,
        rows,
        key(drawn, view, say, unread),
        tuple(_notes(members, view, drawn, lead, say)),
        drawn,
        tuple(wedges),
        tuple(seats),
        dot,
    )


def edge(member: Line) -> float:
    """Return how thick the edge of a member's seat is."""
    return ALOUD if member.aloud else PLAIN if member.position in CAST else PALE


def in_the_middle(of: House, view: VoteView, say: Words) -> tuple[str, str | None]:
    """Return what stands in the hole: the count, and the board under it where spoken votes moved it."""
    wide, board = view.chamber.abstention, view.tallies.board
    moved = board is not None and not board.same_cast(of.drawn)
    under = say("tally.board_was", tally=tally.figure(board, abstention=wide)) if moved else None
    return tally.figure(of.drawn, abstention=wide), under


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


def _by_position(members: list[Line], sides: list[Bench]) -> list[Wedge]:
    place = {bench.code: n for n, bench in enumerate(sides)}
    order = {one: n for n, one in enumerate(LOOKS)}
    members = sorted(members, key=lambda m: (order[look(m)], place.get(m.group, len(place)), fold(m.name)))
    return [Wedge("", members)]


def _by_group(members: list[Line], sides: list[Bench]) -> list[Wedge]:
    order = {one: n for n, one in enumerate(LOOKS)}
    found: dict[str | None, list[Line]] = {bench.code: [] for bench in sides}
    for member in members:
        found.setdefault(member.group, []).append(member)
    return [
        Wedge(code or "–", sorted(some, key=lambda m: (order[look(m)], fold(m.name))))
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
