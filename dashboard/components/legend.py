"""What stands around a chart, however it is drawn: its finding, its key, its notes, and all of it in figures?"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Protocol

from dashboard import links
from dashboard.charts.figure import Row
from dashboard.components import shares
from dashboard.components.escape import Html, el, join
from dashboard.words import Words

_COUNT = re.compile(r"(\d+(?:–\d+)+)")


class Said(Protocol):
    """What is said of a drawing beside it; `Figure` has more about each."""

    @property
    def title(self) -> str:
        """The finding."""

    @property
    def head(self) -> tuple[str, ...]:
        """The heads of the table."""

    @property
    def rows(self) -> tuple[Row, ...]:
        """Its rows."""

    @property
    def key(self) -> tuple[tuple[str, str], ...]:
        """The shapes and colours of positions, with their counts."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader should know."""


def unbroken(title: str) -> Html:
    """Keep a count together at the end of a line: `69–31–4`."""
    parts = _COUNT.split(title)
    return join(el("span", part, class_="esc-whole") if _COUNT.match(part) else part for part in parts)


def key(figure: Said) -> Html | None:
    """Return the shapes and colours of the positions with their counts; None where the figure has no positions."""
    if not figure.key:
        return None
    marks = [el("li", el("span", text, class_=f"esc-mark esc-mark-{position}")) for position, text in figure.key]
    return el("ul", marks, class_="esc-key")


def notes(figure: Said) -> Html | None:
    """Return what a reader should know about a figure."""
    return el("p", unbroken(" ".join(figure.notes)), class_="esc-hint") if figure.notes else None


def files(figure: Said, address: Callable[[str], str], say: Words) -> Html:
    """Return the ways to a chart as a file in each form; `address` gives the address of a form."""
    ways = [
        el("a", form.upper(), el("span", f": {figure.title}", class_="esc-hidden"), href=address(form))
        for form in links.FORMS
    ]
    return el("p", say("charts.files"), " ", join(ways, " · "), class_="esc-hint esc-taken")


def in_figures(figure: Said, say: Words) -> Html:
    """Return everything a figure shows as a table, one click away."""
    head = el("tr", [el("th", text, scope="col", class_=_class(n, figure)) for n, text in enumerate(figure.head)])
    body = [el("tr", _cells(row, say)) for row in figure.rows]
    caption = el("caption", figure.title, class_="esc-hidden")
    table = el("table", caption, el("thead", head), el("tbody", body), class_="esc-table")
    summary = el("summary", say("charts.in_figures"))
    return el("details", summary, shares.boxed(table, figure.title), class_="esc-figures")


def _class(column: int, figure: Said) -> str | None:
    """Set the heads of columns of numbers to the right, as the numbers are."""
    return "esc-n" if any(isinstance(row[column], int) for row in figure.rows) else None


def _cells(row: Row, say: Words) -> list[Html]:
    first, *rest = row
    cells = [el("th", first, scope="row")]
    for value in rest:
        if isinstance(value, int):
            cells.append(el("td", say.number(value), class_="esc-n"))
        else:
            cells.append(el("td", "–" if value is None else value))
    return cells
