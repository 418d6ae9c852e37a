"""What does a chart look like by itself, as a picture: finding, key, drawing, notes, and where it is from?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracker.publish.drawing import TONES, Drawing, Mark, Spec, box, chart, sign, whole, words
from tracker.publish.lettering import SANS, SERIF, STRONG, block, clean, cut, width

WIDE, EDGE = 720, 24
ROOM = WIDE - 2 * EDGE
TITLE, TEXT, SMALL = (26.0, 23.0, 20.0), 15.0, 13.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Plate:
    """A chart with all that it needs where it stands alone. `over` says of what it is, `status` how settled that is."""

    language: str
    over: str
    title: str
    marks: tuple[Mark, ...]
    notes: str
    source: str
    address: str
    told: str
    chart: Spec
    status: str = ""


def plate(of: Plate) -> Drawing:
    """Set a chart. It is as high as its parts are."""
    parts: list[str] = []
    y = float(EDGE)
    for part, high in _above(of, y):
        parts.append(part)
        y = high
    spec = {**of.chart, "width": ROOM}
    parts.append(chart(0, EDGE, y))
    y += float(spec["height"]) + 14
    for part, high in _below(of, y):
        parts.append(part)
        y = high
    title = " · ".join(filter(None, (of.status, of.title)))
    svg = whole(WIDE, round(y + EDGE * 0.75), parts, title=title, told=of.told, language=of.language)
    return Drawing(svg, (spec,))


def _above(of: Plate, y: float) -> Iterator[tuple[str, float]]:
    """Hand out what stands over the chart, each with where it ends."""
    if of.status:
        yield words(EDGE, y + TEXT, cut(clean(of.status), STRONG, TEXT, ROOM), STRONG, TEXT, fill=TONES.alert), y + 22
        y += 22
    over = block(clean(of.over), SANS, ROOM, 3 * TEXT * 1.35, (TEXT,), spaced=1.35)
    for line in over.lines:
        yield words(EDGE, y + TEXT, line, SANS, TEXT, fill=TONES.soft), y + over.step
        y += over.step
    title = block(clean(of.title), SERIF, ROOM, TITLE[0] * 1.18 * 3, TITLE)
    y += 6
    for line in title.lines:
        yield words(EDGE, y + title.size * 0.95, line, SERIF, title.size), y + title.step
        y += title.step
    y += 10
    yield from _key(of.marks, y)


def _key(marks: Sequence[Mark], y: float) -> Iterator[tuple[str, float]]:
    """Hand out the signs of positions, in as many rows as they take, and the room to the chart."""
    x, size = float(EDGE), TEXT * 0.8
    for mark in marks:
        text = cut(clean(mark.text), SANS, TEXT, ROOM - size * 1.6)
        wide = size * 1.6 + width(text, SANS, TEXT)
        if x > EDGE and x + wide > EDGE + ROOM:
            x, y = float(EDGE), y + 22
        yield sign(x, y + 9, size, mark) + words(x + size * 1.6, y + 14, text, SANS, TEXT), y + 22
        x += wide + 18
    yield "", y + (34 if marks else 6)


def _below(of: Plate, y: float) -> Iterator[tuple[str, float]]:
    """Hand out what stands under the chart: the notes, the source, the address."""
    notes = block(clean(of.notes), SANS, ROOM, SMALL * 1.4 * 5, (SMALL,), spaced=1.4)
    for line in notes.lines:
        yield words(EDGE, y + SMALL, line, SANS, SMALL, fill=TONES.soft), y + notes.step
        y += notes.step
    y += 8
    yield box(EDGE, y, ROOM, 1, TONES.line), y + 8
    for text, face in ((of.source, SANS), (of.address, STRONG)):
        y += SMALL * 1.5
        yield words(EDGE, y, cut(clean(text), face, SMALL, ROOM), face, SMALL, fill=TONES.soft), y
