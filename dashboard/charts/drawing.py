"""How is a hemicycle drawn within HTML, for pages without a script?

The style sheet gives the colours, so they follow the reader's theme. All seats of one look are one path: 130 members
take four kilobytes.
"""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.charts.house import ALOUD, SHAPES, House, edge
from dashboard.charts.parts import look
from dashboard.components.escape import Html, el

UNIT, MARGIN = 300, 8
"""The radius of the outermost row and what is left around the seats, in points of the drawing."""


def hemicycle(house: House, middle: tuple[str, str | None]) -> Html:
    """Draw the seats, with the count in the hole and the board under it; everything in it as words comes with it."""
    reach = UNIT * (1 + house.dot / 2) + MARGIN
    return el(
        "svg",
        el("title", house.title, id="esc-hemicycle-title"),
        el("desc", house.told, id="esc-hemicycle-told"),
        [
            el("path", d=" ".join(some), class_=f"esc-seat-{kind}{' esc-aloud' if aloud else ''}")
            for (kind, aloud), some in _paths(house, reach)
        ],
        _in_the_hole(middle, reach),
        viewbox=f"0 0 {2 * reach:.0f} {reach + MARGIN:.0f}",
        role="img",
        aria_labelledby="esc-hemicycle-title",
        aria_describedby="esc-hemicycle-told",
        class_="esc-hemicycle",
    )


def _in_the_hole(middle: tuple[str, str | None], base: float) -> Iterator[Html]:
    figure, under = middle
    at, size = round(base), round(UNIT * 0.92 / max(len(figure), 7))
    yield el("text", figure, x=at, y=at - (30 if under else 2), font_size=size, class_="esc-hole")
    if under:
        yield el("text", under, x=at, y=at - 1, font_size=19, class_="esc-hole-was")


def _paths(house: House, base: float) -> Iterator[tuple[tuple[str, bool], list[str]]]:
    """Hand out the outlines of the seats by look and by whether the vote was put on record aloud."""
    found: dict[tuple[str, bool], list[str]] = {}
    for _, taken in house.taken():
        for member, seat in taken:
            kind = look(member)
            shape, width = SHAPES[kind]
            half = round(house.dot * UNIT * width / 2, 1)
            x, y = base + seat.x * UNIT, base - seat.y * UNIT
            found.setdefault((kind, edge(member) == ALOUD), []).append(_OUTLINES[shape](x, y, half))
    yield from sorted(found.items(), key=lambda pair: pair[0][1])


def _circle(x: float, y: float, half: float) -> str:
    around = f"a{half:g} {half:g} 0 1 0"
    return f"M{x - half:.1f} {y:.1f}{around} {2 * half:g} 0{around} {-2 * half:g} 0z"


def _square(x: float, y: float, half: float) -> str:
    return f"M{x - half:.1f} {y - half:.1f}h{2 * half:g}v{2 * half:g}h{-2 * half:g}z"


def _diamond(x: float, y: float, half: float) -> str:
    return f"M{x:.1f} {y - half:.1f}l{half:g} {half:g} {-half:g} {half:g} {-half:g} {-half:g}z"


_OUTLINES = {"circle": _circle, "square": _square, "diamond": _diamond}
