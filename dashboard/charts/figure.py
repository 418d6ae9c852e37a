"""What is a figure: a chart, the finding it shows, and everything in it as words?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

Row = tuple[str | int | None, ...]
Spec = dict[str, Any]
"""A chart, or a part of one, as Vega-Lite takes it."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart and what it says. `title` states the finding, `told` gives every count in one paragraph.

    `head` and `rows` are the same counts as a table; a figure with more of them than a reader takes in has fewer rows,
    and a note says so. `key` explains the shapes and colours of positions, with their counts.
    """

    name: str
    title: str
    spec: Spec
    told: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    key: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()


def listed(parts: Iterable[str]) -> str:
    """Join the parts of a description."""
    return "; ".join(parts) + "."


def signed(n: int) -> str:
    """Write a number with its sign: `+3`, `−3`, `0`."""
    return f"+{n}" if n > 0 else f"\u2212{-n}" if n else "0"
