"""How is a share written, and never without how many votes it rests on?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.components.escape import Html, el, join
from dashboard.words import Words


def share(value: float | None, n: int, say: Words) -> Html:
    """Write a share with its number of votes: `64% de 216`; a dash where there are too few."""
    if value is None:
        return join(
            [
                el("span", "–", class_="esc-zero"),
                el("span", f" {say('shares.few', n=say.number(n))}", class_="esc-hint"),
            ]
        )
    return join(
        [
            el("span", say.fraction(value), class_="esc-num"),
            el("span", f" {say('shares.of', n=say.number(n))}", class_="esc-hint"),
        ]
    )


def index(value: float | None) -> str:
    """Write an index that runs from 0 to 1, or below 0 where two agree less than by chance."""
    return "–" if value is None else f"{value:.2f}".replace("-", "\u2212")


def table(caption: str, head: Sequence[tuple[str, bool]], rows: Sequence[Sequence[Any]], *, kind: str = "") -> Html:
    """Return a table: heads with whether the column holds figures, and rows whose first cell names them.

    With `esc-stack` in `kind` the rows stand one under the other on a small screen, each cell with its head.
    """
    heads = el("tr", [_head(text, "esc-n" if figures else None) for text, figures in head])
    body = [
        el("tr", el("th", row[0], scope="row"),
           [el("td", cell, class_="esc-n" if head[n][1] else None, data_label=head[n][0])
            for n, cell in enumerate(row[1:], 1)])
        for row in rows
    ]  # fmt: skip
    whole = el(
        "table", el("caption", caption), el("thead", heads), el("tbody", body), class_=f"esc-table {kind}".strip()
    )
    return el("div", whole, class_="esc-scroll") if "esc-stack" in kind else boxed(whole, caption)


def boxed(table: Html, name: str) -> Html:
    """Put a table that may be wider than a small screen into a box of its own, which the keyboard can move too."""
    return el("div", table, class_="esc-scroll", tabindex="0", role="region", aria_label=name)


def _head(text: str, kind: str | None) -> Html:
    """Return the head of a column; a column without a name has an empty cell there, which heads nothing."""
    return el("th", text, scope="col", class_=kind) if text else el("td", class_=kind)
