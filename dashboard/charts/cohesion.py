"""How united was each group, month by month? A line for each, one under the other on one scale."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import altair as alt

from dashboard.charts.canvas import Canvas, across, down
from dashboard.charts.colours import Colours
from dashboard.charts.figure import Figure, Spec, listed
from dashboard.words import Words
from tracker.queries.benches import Bench, Month

TOP, STEP, BAND, FOOT = 20, 56, 26, 20
RIGHT = 6
"""Room at the right for the half of the last dot."""


@dataclass(frozen=True, slots=True)
class _Course:
    group: str
    mean: float
    months: tuple[Month, ...]


def cohesion(of: Sequence[Bench], say: Words, colours: Colours) -> Figure | None:
    """Draw a line for each group, the most united first; None where no group has figures of two months.

    The figure beside a group is the mean over its votes of the year, as pages give it. A month without a figure leaves
    a gap: nothing is drawn across it.
    """
    courses = [
        _Course(bench.group.name, every.pairs, bench.months)
        for bench in of
        if (every := bench.course.all) is not None and every.pairs is not None
        and any(_value(month) is not None for month in bench.months)
    ]  # fmt: skip
    if not any(sum(_value(month) is not None for month in course.months) > 1 for course in courses):
        return None
    courses.sort(key=lambda course: (-course.mean, course.group))
    head = tuple(say(f"charts.cohesion.{column}") for column in ("group", "month", "value", "votes"))
    rows = tuple(
        (course.group, _month(m.month, say), None if (value := _value(m)) is None else say.fraction(value), m.votes)
        for course in courses
        for m in course.months
    )
    told = [f"{course.group}: {', '.join(_told(month, say) for month in course.months)}" for course in courses]
    return Figure(
        "cohesion",
        _title(courses, say),
        _chart(courses, say, Canvas(colours)),
        listed(told),
        head,
        rows,
        notes=(say("charts.cohesion.is"),),
    )


def _value(month: Month) -> float | None:
    """Return in what share of pairs two members did the same."""
    return month.mean.pairs if month.mean else None


def _told(month: Month, say: Words) -> str:
    value = _value(month)
    share = "–" if value is None else say.fraction(value)
    return f"{_month(month.month, say)} {share} ({say.count('votes', month.votes)})"


def _month(month: date, say: Words) -> str:
    """Write a month: `mayo de 2023`, `May 2023`."""
    return say.day(month.replace(day=1)).split(" ", 1)[1].removeprefix("de ")


def _title(courses: list[_Course], say: Words) -> str:
    first, last = courses[0], courses[-1]
    if first is last:
        return say("charts.cohesion.alone", group=first.group, share=say.fraction(first.mean))
    return say(
        "charts.cohesion.title", most=first.group, high=say.fraction(first.mean), least=last.group,
        low=say.fraction(last.mean),
    )  # fmt: skip


def _chart(courses: list[_Course], say: Words, canvas: Canvas) -> Spec:
    months = sorted({month.month for course in courses for month in course.months})
    first, days = months[0], max((months[-1] - months[0]).days, 1)
    points: list[dict[str, Any]] = []
    rows: list[dict[str, Any]] = []
    for n, course in enumerate(courses):
        top, run = n * STEP + TOP + 6, 0
        rows.append({"label": course.group, "mean": say.fraction(course.mean), "text": top - 10, "top": top,
                     "foot": top + BAND})  # fmt: skip
        for month in course.months:
            value = _value(month)
            if value is None:
                run += 1
                continue
            points.append({
                "at": round((month.month - first).days / days, 4), "y": round(top + (1 - value) * BAND, 2),
                "line": f"{n}.{run}", "group": course.group, "month": _month(month.month, say),
                "value": say.fraction(value), "votes": month.votes,
            })  # fmt: skip
    ends = [
        {"at": at, "text": _month(month, say), "side": side}
        for at, month, side in ((0, first, "left"), (1, months[-1], "right"))[: len(months)]
    ]
    foot = STEP * len(courses)
    parts = [*canvas.over(rows, _ground), *canvas.over(ends, _ends, foot), *canvas.over(points, _lines, say)]
    return canvas.spec(parts, height=foot + FOOT, room=f"width - {2 * RIGHT}")


def _ground(rows: alt.Chart, colours: Colours) -> Iterator[alt.Chart]:
    """Draw a band from 0 to 1 for each group, its name over the left end and its mean over the right."""
    base = rows.transform_calculate(left="0", right="width")
    for edge in ("top", "foot"):
        yield base.mark_rule(color=colours.line).encode(x=across("left"), x2=alt.X2("right"), y=down(edge))
    yield base.mark_text(align="left", limit=alt.ExprRef(expr="width - 60")).encode(
        x=across("left"), y=down("text"), text=alt.Text("label:N")
    )
    yield base.mark_text(align="right", color=colours.soft).encode(
        x=across("right"), y=down("text"), text=alt.Text("mean:N")
    )


def _ends(rows: alt.Chart, colours: Colours, foot: int) -> Iterator[alt.Chart]:
    """Write the first month at the left, and the last at the right."""
    yield (
        rows.mark_text(fontSize=12, color=colours.soft, align=alt.ExprRef(expr="datum.side"))
        .transform_calculate(px="datum.at * width", py=f"{foot + 10}")
        .encode(x=across("px"), y=down("py"), text=alt.Text("text:N"))
    )


def _lines(rows: alt.Chart, colours: Colours, say: Words) -> Iterator[alt.Chart]:
    base = rows.transform_calculate(px=f"{RIGHT} + datum.at * room")
    place = {"x": across("px"), "y": down("y")}
    yield base.mark_line(color=colours.yes, strokeWidth=1.75).encode(
        **place, detail=alt.Detail("line:N"), order=alt.Order("at:Q")
    )
    yield base.mark_circle(color=colours.yes, size=18, opacity=1).encode(
        **place,
        tooltip=[
            alt.Tooltip(f"{field}:N", title=say(f"charts.cohesion.{field}"))
            for field in ("group", "month", "value", "votes")
        ],
    )
