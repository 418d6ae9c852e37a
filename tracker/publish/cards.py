"""What does the card of a vote look like: the picture that goes with a link, or into a story?

Whoever asks hands over the words, in one language, and the chart of the page; here they are set.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tracker.publish.drawing import TONES, Drawing, Mark, Spec, box, chart, sign, whole, words
from tracker.publish.lettering import SANS, SERIF, STRONG, Block, Face, block, clean, cut, width

CAPITAL = 0.67
"""How high a figure stands, as a share of the size of its letters."""
MOST_ROWS, ROW, STACK = 4, 2.1, 1.55
"""Candidates that a card has room for, and how high each of them stands, and each position, in sizes of its letters."""
LARGER = 1.55
"""How much larger than on a page the letters of a bar are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a card says. `figure` is the count to quote, `under` what it is a count of; None: the paper gives none.

    `status` is how settled the record is; `means` what that means, where it is out of the ordinary, and `alert` whether
    that is a reason to be careful with the figures. `marks` are
    the positions with their counts; `rows` the candidates of an election with theirs, and in figures. `chart` is the
    chart of the page: a hemicycle if `seats`, else a bar.
    """

    language: str
    chamber: str
    when: str
    subject: str
    figure: str | None
    under: str
    status: str
    means: str = ""
    alert: bool = False
    marks: tuple[Mark, ...] = ()
    rows: tuple[tuple[str, int, str], ...] = ()
    more: str = ""
    source: str
    address: str
    told: str
    chart: Spec | None = None
    seats: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The measures of a card in pixels. `stacked`: the chart stands under the count, not beside it."""

    wide: int
    high: int
    edge: int
    chamber: float
    small: float
    subject: tuple[float, ...]
    tight: tuple[float, ...]
    figure: float
    under: float
    key: float
    chart: float
    stacked: bool

    @property
    def right(self) -> float:
        """Where lines end."""
        return self.wide - self.edge

    @property
    def room(self) -> float:
        """How wide a line may be."""
        return self.wide - 2 * self.edge

    @property
    def foot(self) -> float:
        """Where the line above the foot is drawn."""
        return self.high - self.edge * 0.75 - self.small * (2.9 if self.stacked else 1.5)

    @property
    def floor(self) -> float:
        """Where the count and its chart end."""
        return self.foot - self.small * 1.1


WIDE = Shape(
    wide=1200, high=630, edge=56, chamber=28, small=21, subject=(46, 43, 40, 37, 34, 31, 28),
    tight=(28, 26, 24, 22, 20, 18.5), figure=120, under=26,
    key=22, chart=480, stacked=False,
)  # fmt: skip
"""For the previews of links."""
SQUARE = Shape(
    wide=1080, high=1080, edge=64, chamber=36, small=26, subject=(60, 56, 52, 48, 44, 40, 36),
    tight=(36, 33, 30, 27, 25, 23), figure=176,
    under=34, key=30, chart=540, stacked=True,
)  # fmt: skip
"""For where pictures stand by themselves."""


@dataclass(frozen=True, slots=True)
class _Lines:
    """Where the lines of a card stand, from above: the subject between `top` and `ceiling`, then the count."""

    top: float
    ceiling: float
    figure: float
    under: float
    key: float


def card(of: Card, shape: Shape) -> Drawing:
    """Set a card. A subject that does not fit takes room from the count and its chart before it is cut."""
    top, head = _head(of, shape)
    at = _lines(of, shape, top)
    subject = block(clean(of.subject), SERIF, shape.room, at.ceiling - at.top, shape.subject)
    if subject.cut:
        shape = replace(shape, figure=shape.figure * 0.68, chart=shape.chart * 0.7, subject=shape.tight)
        at = _lines(of, shape, top)
        subject = block(clean(of.subject), SERIF, shape.room, at.ceiling - at.top, shape.subject)
    charted, drawn, start = _beside(of, shape, at, subject)
    title = " · ".join(filter(None, (of.status if of.alert else "", of.figure, of.subject)))
    parts = (head, _subject(subject, shape, at), *_count(of, shape, at, start), charted, *_foot(of, shape))
    return Drawing(whole(shape.wide, shape.high, parts, title=title, told=of.told, language=of.language), drawn)


def _line(x: float, y: float, text: str, face: Face, size: float, room: float, *, fill: str = TONES.ink) -> str:
    """Write a line, smaller if it is a little too long for its place, and cut if it is longer than that."""
    said = clean(text)
    smaller = max(size * 0.82, min(size, size * room / max(width(said, face, size), 1)))
    return words(x, y, cut(said, face, smaller, room), face, smaller, fill=fill)


def _head(of: Card, shape: Shape) -> tuple[float, str]:
    """Return where the head ends, and the head: chamber, status in words, both dates; what an unusual status means."""
    left, size, y = shape.edge, shape.small * 1.12, shape.edge + shape.chamber * 0.5
    badge, start = _badge(of, shape, y)
    parts = [badge, _line(left, y, of.chamber, STRONG, shape.chamber, start - left - 24)]
    y += shape.chamber * 1.3
    parts.append(_line(left, y, of.when, SANS, size, shape.room, fill=TONES.soft))
    y += size * 0.85
    parts.append(box(left, y, shape.room, 2, TONES.ink))
    y += 2
    if of.means:
        high = size * 1.9
        parts += [
            box(left, y, shape.room, high, TONES.paper), box(left, y, 5, high, TONES.alert if of.alert else TONES.ink),
            _line(left + 22, y + high / 2 + size * 0.34, of.means, SANS, size, shape.room - 44),
        ]  # fmt: skip
        y += high
    return y, "".join(parts)


def _badge(of: Card, shape: Shape, y: float) -> tuple[str, float]:
    """Return the status at the right, in a frame if it is out of the ordinary, and where it begins."""
    size, right = shape.small, shape.right
    face, fill = (STRONG, TONES.alert if of.alert else TONES.ink) if of.means else (SANS, TONES.soft)
    text = cut(clean(of.status), face, size, shape.room * 0.42)
    if not of.means:
        return words(right, y, text, face, size, fill=fill, anchor="end"), right - width(text, face, size)
    wide = width(text, face, size) + size * 1.4
    frame = box(right - wide, y - size * 1.2, wide, size * 1.75, TONES.ground, edge=fill, around=4)
    return frame + words(right - size * 0.7, y, text, face, size, fill=fill, anchor="end"), right - wide


def _lines(of: Card, shape: Shape, top: float) -> _Lines:
    key = shape.floor - shape.key * 0.2
    under = key - shape.key * 1.7
    if shape.stacked:
        high = max(
            _high(of, shape.chart) if of.chart else _shown(of) * shape.key * ROW, len(of.marks) * shape.key * STACK
        )
        under = shape.floor - high - (shape.under * 1.1 if high else 0)
    elif not of.marks:
        under = key
    figure = under - shape.under * 1.6
    ceiling = figure - shape.figure * CAPITAL if of.figure else under - shape.under
    return _Lines(top + shape.small * 0.9, ceiling - shape.small * 1.2, figure, under, key)


def _subject(set_: Block, shape: Shape, at: _Lines) -> str:
    first = at.top + set_.size * 0.9
    return "".join(
        words(shape.edge, first + n * set_.step, line, SERIF, set_.size) for n, line in enumerate(set_.lines)
    )


def _high(of: Card, wide: float) -> float:
    """Return how high a chart stands that is so wide."""
    if of.seats:
        return wide / 2 + 6
    return LARGER * float(of.chart["height"]) if of.chart else 0


def _beside(of: Card, shape: Shape, at: _Lines, subject: Block) -> tuple[str, tuple[Spec, ...], float]:
    """Return what stands beside the count, and where it begins: the chart, or the candidates.

    A chart is as large as the subject and the positions leave room for.
    """
    if of.chart is None:
        start = shape.right - shape.chart if of.rows and not shape.stacked else shape.right
        return "".join(_rows(of, shape)), (), start
    wide = shape.chart
    if not shape.stacked:
        room = 2 * (shape.floor - at.top - subject.height - shape.small) if of.seats else wide
        wide = max(min(wide, room, shape.room - _wide_of_key(of, shape) - 24), shape.chart * 0.4)
    high, scale = _high(of, wide), 1.0 if of.seats else LARGER
    spec = {**of.chart, "width": round(wide / scale), "height": round(high / scale)}
    return chart(0, shape.right - wide, shape.floor - high, scale), (spec,), shape.right - wide


def _wide_of_key(of: Card, shape: Shape) -> float:
    """Return how wide the positions stand side by side."""
    return sum(width(clean(mark.text), SANS, shape.key) + shape.key * 2.2 for mark in of.marks)


def _count(of: Card, shape: Shape, at: _Lines, start: float) -> Iterator[str]:
    """Set the count, what it is a count of, and the positions; beside them something may start."""
    room = shape.room if shape.stacked or start >= shape.right else start - shape.edge - 24
    if of.figure is not None:
        size = min(shape.figure, shape.figure * room / width(of.figure, SERIF, shape.figure))
        yield words(shape.edge - size * 0.02, at.figure, of.figure, SERIF, size)
    yield _line(shape.edge, at.under, of.under, SANS, shape.under, room, fill=TONES.soft if of.figure else TONES.ink)
    x, step, size = float(shape.edge), shape.key * STACK, shape.key * 0.8
    beside = start - shape.edge - 24 if of.chart else shape.room
    for n, mark in enumerate(of.marks):
        y = shape.floor - (len(of.marks) - 1 - n) * step if shape.stacked else at.key
        text = cut(clean(mark.text), SANS, shape.key, max(shape.edge + beside - x - size * 1.5, shape.key * 3))
        wide = size * 1.5 + width(text, SANS, shape.key)
        if x + wide > shape.edge + beside:
            break
        yield sign(x, y - shape.key * 0.35, size, mark) + words(x + size * 1.5, y, text, SANS, shape.key)
        x += 0 if shape.stacked else wide + shape.key


def _shown(of: Card) -> int:
    """Return how many lines candidates take."""
    return min(len(of.rows), MOST_ROWS)


def _rows(of: Card, shape: Shape) -> Iterator[str]:
    """Set the candidates: a name, its votes, and a bar as long as they are many."""
    wide = shape.room if shape.stacked else shape.chart
    left, step = shape.right - wide, shape.key * ROW
    shown = of.rows[: _shown(of) - bool(of.more)]
    most = max((n for _, n, _ in shown), default=0)
    first = shape.floor - step * (_shown(of) - 1) - shape.key * 0.5
    for n, (name, votes, figures) in enumerate(shown):
        y = first + n * step
        yield _line(left, y, name, SANS, shape.key, wide - width(figures, STRONG, shape.key) - 20)
        yield words(shape.right, y, figures, STRONG, shape.key, anchor="end")
        yield box(left, y + shape.key * 0.4, wide * votes / max(most, 1), shape.key * 0.3, TONES.soft)
    if of.more:
        yield _line(left, first + len(shown) * step, of.more, SANS, shape.key, wide, fill=TONES.soft)


def _foot(of: Card, shape: Shape) -> Iterator[str]:
    """Set the source, and the name of the site with the address of the vote and its version."""
    y, left, size = shape.foot + shape.small * 1.65, shape.edge, shape.small
    yield box(left, shape.foot, shape.room, 1, TONES.line)
    if shape.stacked:
        yield _line(left, y, of.source, SANS, size, shape.room, fill=TONES.soft)
        yield _line(left, y + size * 1.4, of.address, STRONG, size, shape.room)
        return
    address = cut(clean(of.address), STRONG, size, shape.room * 0.6)
    yield words(shape.right, y, address, STRONG, size, anchor="end")
    room = shape.room - width(address, STRONG, size) - size * 1.5
    yield _line(left, y, of.source, SANS, size, room, fill=TONES.soft)
