"""Who votes with whom? A square for each two members or groups, the darker the more often they voted alike."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from statistics import fmean
from typing import Any

import altair as alt

from dashboard.charts.canvas import Canvas, across, down
from dashboard.charts.colours import Colours
from dashboard.charts.figure import Figure, Row, Spec, listed
from dashboard.words import Words

LIMITS = (5, 15, 40, 60, 85, 95)
"""Where one shade ends and the next begins, in percent: the bands that TheyWorkForYou puts its policies in."""

LEGIBLE, NAMED, LISTED = 15, 40, 20
"""Up to how many names the squares have figures, the diagonal has names, and the table lists every two."""

BLANK = len(LIMITS) + 1
"""The band of two who have too few votes in common; the others are numbered from 0."""

TALLEST, SHORTEST, WIDEST, FOOT = 27, 5, 64, 52
"""Of a square, in pixels, and the room for the key below."""


@dataclass(frozen=True, slots=True)
class Pair:
    """How often two voted alike: a share from 0 to 1 of `n` votes that both cast; None where `n` is too small."""

    a: str
    b: str
    value: float | None
    n: int


def agreement(names: Mapping[str, str], of: Iterable[Pair], say: Words, colours: Colours) -> Figure | None:
    """Draw a square for each two of `names` (short names in the order to draw them, each with the full one).

    None where no two have a value.
    """
    order = {name: n for n, name in enumerate(names)}
    pairs = sorted((_placed(pair, order) for pair in of), key=lambda pair: (order[pair.a], order[pair.b]))
    known = [(pair.value, pair) for pair in pairs if pair.value is not None]
    if not known:
        return None
    head, rows = _every(pairs, names, say) if len(names) <= LISTED else _each(pairs, names, say)
    notes = [say("charts.agreement.is")]
    notes += [say("charts.agreement.blank")] if len(known) < len(pairs) else []
    notes += [say("charts.agreement.short")] if len(names) > LISTED else []
    title = _title(known, names, say)
    told = [" · ".join(str(cell) for cell in row if cell is not None) for row in rows]
    return Figure(
        "agreement" if len(names) <= LEGIBLE else "agreement-many",
        title,
        _chart(list(names), pairs, names, say, Canvas(colours)),
        listed(told) if len(names) <= LISTED else f"{title}. {' '.join(notes)}",
        head,
        rows,
        notes=tuple(notes),
    )


def _placed(pair: Pair, order: Mapping[str, int]) -> Pair:
    """Return a pair with the name drawn further down first."""
    return pair if order[pair.a] > order[pair.b] else Pair(pair.b, pair.a, pair.value, pair.n)


def _title(known: list[tuple[float, Pair]], names: Mapping[str, str], say: Words) -> str:
    (low, least), (high, most) = min(known, key=lambda k: k[0]), max(known, key=lambda k: k[0])
    first = say("charts.agreement.most", a=names[most.a], b=names[most.b], share=say.fraction(high))
    if most is least:
        return first
    return f"{first}; {say('charts.agreement.least', a=names[least.a], b=names[least.b], share=say.fraction(low))}"


def _share(value: float | None, say: Words) -> str | None:
    return None if value is None else say.fraction(value)


def _every(pairs: list[Pair], names: Mapping[str, str], say: Words) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    head = tuple(say(f"charts.agreement.{column}") for column in ("pair", "share", "n"))
    return head, tuple((f"{names[p.a]} – {names[p.b]}", _share(p.value, say), p.n) for p in pairs)


def _each(pairs: list[Pair], names: Mapping[str, str], say: Words) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    """Return a row for each name: with whom most, with whom least, and the mean over all."""
    head = tuple(say(f"charts.agreement.{column}") for column in ("name", "with_most", "with_least", "mean"))
    found: dict[str, list[tuple[float, str]]] = {name: [] for name in names}
    for pair in pairs:
        if pair.value is not None:
            found[pair.a].append((pair.value, names[pair.b]))
            found[pair.b].append((pair.value, names[pair.a]))
    rows: list[Row] = []
    for name, others in found.items():
        if others:
            (high, most), (low, least) = max(others), min(others)
            mean = fmean(value for value, _ in others)
            rows.append((names[name], f"{most} ({say.fraction(high)})", f"{least} ({say.fraction(low)})",
                         say.fraction(mean)))  # fmt: skip
        else:
            rows.append((names[name], None, None, None))
    return head, tuple(rows)


def _chart(order: list[str], pairs: list[Pair], names: Mapping[str, str], say: Words, canvas: Canvas) -> Spec:
    count, place = len(order), {name: n for n, name in enumerate(order)}
    legible = count <= LEGIBLE
    tall = TALLEST if legible else max(SHORTEST, min(TALLEST, 640 // count))
    cells: list[dict[str, Any]] = []
    for pair in pairs:
        band = None if pair.value is None else bisect_right(LIMITS, pair.value * 100)
        cells.append({
            "column": place[pair.b], "row": place[pair.a] - 1, "band": BLANK if band is None else band,
            "text": "" if pair.value is None else f"{pair.value * 100:.0f}", "dark": (band or 0) >= 4,
            "a": names[pair.a], "b": names[pair.b], "share": _share(pair.value, say) or "–", "n": pair.n,
        })  # fmt: skip
    stairs = [{"text": name, "at": n} for n, name in enumerate(order)] if count <= NAMED else []
    right = 8 + 8 * max((len(name) for name in order), default=0) if stairs else 0
    parts = canvas.over(cells, _squares, say)
    if legible:
        parts += canvas.over(cells, _values)
    if stairs:
        parts += canvas.over(stairs, _stairs)
    return canvas.spec(
        [*parts, *_scale(count, say, canvas)], height=tall * count + FOOT,
        cell=f"min((width - {right}) / {max(count - 1, 1)}, {WIDEST if legible else tall})",
        row=str(TALLEST) if legible else "cell", gap="cell > 12 ? 1 : 0", key="min(width, 420)",
    )  # fmt: skip


def _squares(rows: alt.Chart, colours: Colours, say: Words) -> Iterator[alt.Chart]:
    yield (
        rows.mark_rect()
        .transform_calculate(
            left="datum.column * cell", right="datum.left + cell - gap",
            top="(datum.row + 1) * row", bottom="datum.top + row - gap",
        )
        .encode(
            x=across("left"), x2=alt.X2("right"), y=down("top"), y2=alt.Y2("bottom"),
            fill=_shade("band", colours),
            stroke=alt.condition(
                f"datum.band == {BLANK}", alt.value(colours.line), alt.value("transparent")
            ),
            tooltip=[
                alt.Tooltip("a:N", title=say("charts.agreement.name")), alt.Tooltip("b:N", title=" "),
                alt.Tooltip("share:N", title=say("charts.agreement.share")),
                alt.Tooltip("n:Q", title=say("charts.agreement.n")),
            ],
        )
    )  # fmt: skip


def _shade(field: str, colours: Colours) -> alt.Fill:
    shades = [*colours.ramp, colours.ground]
    return alt.Fill(f"{field}:O", legend=None, scale=alt.Scale(domain=list(range(BLANK + 1)), range=shades))


def _values(rows: alt.Chart, colours: Colours) -> Iterator[alt.Chart]:
    yield (
        rows.mark_text(fontSize=12)
        .transform_calculate(px="(datum.column + 0.5) * cell", py="(datum.row + 1.5) * row")
        .encode(
            x=across("px"), y=down("py"), text=alt.Text("text:N"),
            color=alt.condition("datum.dark", alt.value(colours.ground), alt.value(colours.ink)),
        )
    )  # fmt: skip


def _stairs(rows: alt.Chart, _colours: Colours) -> Iterator[alt.Chart]:
    """Write each name on the diagonal: at the end of its row, on top of its column."""
    yield (
        rows.mark_text(align="left", baseline="middle", fontSize=12)
        .transform_calculate(px="datum.at * cell + 5", py="(datum.at + 0.5) * row")
        .encode(x=across("px"), y=down("py"), text=alt.Text("text:N"))
    )


def _scale(count: int, say: Words, canvas: Canvas) -> list[Spec]:
    """Draw the shades with the shares at which they change."""
    ends = (0, *LIMITS, 100)
    figures: list[dict[str, Any]] = [{"at": n, "text": str(end), "align": "center"} for n, end in enumerate(ends)]
    figures[0]["align"] = "left"
    figures[-1] |= {"align": "right", "text": say.fraction(1)}
    shades = canvas.over(({"at": n} for n in range(BLANK)), _shades, count)
    return [*shades, *canvas.over(figures, _figures, count)]


def _shades(rows: alt.Chart, colours: Colours, count: int) -> Iterator[alt.Chart]:
    bands = rows.transform_calculate(
        left=f"datum.at * key / {BLANK}", right=f"(datum.at + 1) * key / {BLANK} - 1",
        top=f"{count} * row + 14", bottom="datum.top + 10",
    )  # fmt: skip
    yield bands.mark_rect().encode(
        x=across("left"), x2=alt.X2("right"), y=down("top"), y2=alt.Y2("bottom"), fill=_shade("at", colours)
    )


def _figures(rows: alt.Chart, colours: Colours, count: int) -> Iterator[alt.Chart]:
    text = rows.transform_calculate(px=f"datum.at * key / {BLANK}", py=f"{count} * row + 36")
    yield text.mark_text(fontSize=12, align=alt.ExprRef(expr="datum.align"), color=colours.soft).encode(
        x=across("px"), y=down("py"), text=alt.Text("text:N")
    )
