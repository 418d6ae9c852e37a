"""What is a drawing: shapes and words as SVG, and places where charts go?

Words are measured in our fonts, and a drawing says how wide each line is: in another font it still fits.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Any, Literal

import tracker
from tracker.publish.lettering import SANS, Face, clean, known, width

Spec = dict[str, Any]
Anchor = Literal["start", "middle", "end"]
Shape = Literal["circle", "square", "diamond"]


@dataclass(frozen=True, slots=True)
class Tones:
    """The colours of a picture beside those of positions: the light ones of the pages."""

    ink: str = "#1b1d21"
    soft: str = "#5c5f66"
    line: str = "#dad8d0"
    alert: str = "#9a3412"
    paper: str = "#f7f6f2"
    ground: str = "#ffffff"


TONES = Tones()


@dataclass(frozen=True, slots=True)
class Mark:
    """What a position looks like, and the words beside it: `70 a favor`."""

    shape: Shape
    fill: str
    edge: str
    text: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing and the charts that go into its places."""

    svg: str
    charts: tuple[Spec, ...] = ()

    @property
    def digest(self) -> str:
        """What it is recognised by: all that can change its picture."""
        held = json.dumps([tracker.__version__, self.svg, self.charts], ensure_ascii=False, sort_keys=True)
        return hashlib.blake2b(held.encode(), digest_size=16).hexdigest()


def whole(wide: float, high: float, parts: Iterable[str], *, title: str, told: str, language: str) -> str:
    """Put parts on a ground of that size; title and description are for those who cannot see it."""
    w, h = f"{wide:g}", f"{high:g}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="0 0 {w} {h}" role="img" '
        f'xml:lang="{language}" aria-labelledby="title told"><title id="title">{escape(clean(title))}</title>'
        f'<desc id="told">{escape(clean(told))}</desc><rect width="{w}" height="{h}" fill="{TONES.ground}"/>'
        f"{''.join(parts)}</svg>"
    )


def words(
    x: float, y: float, text: str, face: Face = SANS, size: float = 20, *, fill: str = TONES.ink,
    anchor: Anchor = "start",
) -> str:  # fmt: skip
    """Write a line, as wide as it is measured whatever font it is drawn in.

    A line with letters that our fonts lack is drawn as wide as it comes, which is no wider than was supposed.
    """
    if not text:
        return ""
    long = f' textLength="{width(text, face, size):.1f}" lengthAdjust="spacingAndGlyphs"' if known(text, face) else ""
    return (
        f'<text x="{x:g}" y="{y:g}" font-family="{face.family}" font-weight="{face.weight}" font-size="{size:g}" '
        f'fill="{fill}" text-anchor="{anchor}"{long}>{escape(text, quote=False)}</text>'
    )


def box(x: float, y: float, wide: float, high: float, fill: str, *, edge: str | None = None, around: float = 0) -> str:
    """Draw a rectangle."""
    stroke = f' stroke="{edge}" stroke-width="1.5"' if edge else ""
    corner = f' rx="{around:g}"' if around else ""
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{max(wide, 0):g}" height="{max(high, 0):g}" fill="{fill}"{stroke}{corner}/>'
    )


def sign(x: float, y: float, size: float, mark: Mark) -> str:
    """Draw the sign of a position, `x` its left edge and `y` its middle."""
    middle, half = x + size / 2, size / 2 - 0.75
    look = f'fill="{mark.fill}" stroke="{mark.edge}" stroke-width="1.5"'
    if mark.shape == "circle":
        return f'<circle cx="{middle:g}" cy="{y:g}" r="{half:g}" {look}/>'
    if mark.shape == "square":
        side = half * 1.7
        return f'<rect x="{middle - side / 2:g}" y="{y - side / 2:g}" width="{side:g}" height="{side:g}" {look}/>'
    return f'<path d="M{middle:g} {y - half:g}l{half:g} {half:g} {-half:g} {half:g} {-half:g} {-half:g}z" {look}/>'


def place(n: int) -> str:
    """Return what stands in a drawing where its chart of that number goes. No text can be like it: text is escaped."""
    return f"<!--chart {n}-->"


def chart(n: int, x: float, y: float, scale: float = 1.0) -> str:
    """Make a place for a chart."""
    larger = f" scale({scale:g})" if scale != 1 else ""
    return f'<g transform="translate({x:g} {y:g}){larger}">{place(n)}</g>'
