"""Which colours do the charts have, on light ground and on dark?

Chosen for the largest smallest difference under three kinds of colour blindness (docs/dashboard.md). The style sheet
names the same colours, and a test holds the two together.
"""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of one theme; `ramp` goes from little to much."""

    yes: str
    no: str
    abstain: str
    away: str
    """Who did not vote: pale on purpose, so it always has an outline."""
    ink: str
    soft: str
    line: str
    ground: str
    ramp: tuple[str, ...]

    def of(self, look: str) -> str:
        """Return the colour of a position; hollow is who was only present, or could not be read."""
        named = {"yes": self.yes, "no": self.no, "abstain": self.abstain, "not_cast": self.away}
        return named.get(look, self.ground)


LIGHT = Colours(
    yes="#2468a3",
    no="#e66d1d",
    abstain="#5f0e3b",
    away="#c9ced6",
    ink="#1b1d21",
    soft="#5c5f66",
    line="#dad8d0",
    ground="#ffffff",
    ramp=("#e9f0f7", "#cddfee", "#abc9e2", "#84add3", "#3f79b0", "#2a5f93", "#123f6b"),
)
DARK = Colours(
    yes="#3f8fd6",
    no="#f28a3d",
    abstain="#f3d9fa",
    away="#4a5360",
    ink="#e8e6e1",
    soft="#a4a8b0",
    line="#2e343f",
    ground="#0e1117",
    ramp=("#1a2633", "#20374d", "#274b6c", "#305f8c", "#5b92c8", "#8fb8e2", "#d5e7f9"),
)


def _named(name: str) -> str:
    """Return the style sheet's colour of that name: it turns with the reader's theme without asking the server."""
    step = name.removeprefix("ramp-")
    light = LIGHT.ramp[int(step) - 1] if step.isdigit() else getattr(LIGHT, name)
    return f"var(--esc-{name}, {light})"


PAGE = Colours(
    **{field.name: _named(field.name) for field in fields(Colours) if field.name != "ramp"},
    ramp=tuple(_named(f"ramp-{n}") for n in range(1, len(LIGHT.ramp) + 1)),
)
"""For a page, where the style sheet decides; a picture by itself takes `LIGHT` or `DARK`."""
