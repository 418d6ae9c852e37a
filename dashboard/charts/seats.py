"""Where does each seat of a hemicycle stand?

Rows from the inner radius to 1, seats in each in proportion to its radius, every seat within its row at the same
distance from the next. Filled in the order of their angles, any division of the seats becomes wedges.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin, sqrt

INNER = 0.42
"""The radius of the innermost row, as a share of the outermost."""

SHARE = 0.86
"""A dot's diameter, as a share of the distance to the nearest seat."""

LARGEST = 0.16
"""The diameter no dot exceeds, in radii: a handful of seats would become balloons."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A place: the angle from the right, counterclockwise, and the distance from the middle."""

    angle: float
    radius: float

    @property
    def x(self) -> float:
        """How far to the right of the middle."""
        return self.radius * cos(self.angle)

    @property
    def y(self) -> float:
        """How far above the middle."""
        return self.radius * sin(self.angle)


def rows(n: int) -> tuple[tuple[float, int], ...]:
    """Return each row's radius and number of seats, the innermost first. They sum to `n`."""
    if n < 1:
        raise ValueError(f"a hemicycle needs a seat, not {n}")
    count = max(1, round(sqrt(n / (pi * (1 + INNER) / 2 / (1 - INNER)))))
    radii = [INNER + (1 - INNER) * i / (count - 1) for i in range(count)] if count > 1 else [1.0]
    exact = [n * radius / sum(radii) for radius in radii]
    seats = [int(share) for share in exact]
    by_rest = sorted(range(count), key=lambda i: exact[i] - seats[i], reverse=True)
    for i in by_rest[: n - sum(seats)]:
        seats[i] += 1
    return tuple(zip(radii, seats, strict=True))


def places(wedges: Sequence[int], *, apart: float = 0.0) -> tuple[list[Seat], float]:
    """Return the seats of each wedge in turn, from the left, and the diameter of a dot.

    `apart` is the angle between one wedge and the next; the seats close ranks to make room for it.
    """
    plan = rows(sum(wedges))
    found = [Seat(pi * (1 - (j + 0.5) / m), radius) for radius, m in plan for j in range(m)]
    found.sort(key=lambda seat: (-round(seat.angle, 9), seat.radius))
    gaps = len(wedges) - 1
    closer = 1 - gaps * apart / pi
    wedge = [w for w, size in enumerate(wedges) for _ in range(size)]
    found = [Seat(seat.angle * closer + (gaps - w) * apart, seat.radius) for seat, w in zip(found, wedge, strict=True)]
    nearest = [2 * radius * sin(pi * closer / m / 2) for radius, m in plan if m > 1]
    nearest += [(1 - INNER) / (len(plan) - 1)] if len(plan) > 1 else []
    return found, min([SHARE * distance for distance in nearest] + [LARGEST])
