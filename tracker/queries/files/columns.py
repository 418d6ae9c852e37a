"""How are a hundred thousand rows handed over without making an object of each?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Coded:
    """A column as its different values and, row by row, the place of one among them; -1: none."""

    values: tuple[Any, ...]
    places: npt.NDArray[np.int32]

    @property
    def none(self) -> npt.NDArray[np.bool_] | None:
        """Which rows have no value; None: all have one."""
        gaps = self.places < 0
        return gaps if gaps.any() else None


Column = Sequence[Any] | Coded
Columns = Mapping[str, Column]
"""Columns of one length, by name."""
Listed = Mapping[str, Sequence[Any]]
"""The same, each with a cell for each row."""


def coded(values: Sequence[Any], at: Places) -> Coded:
    """Return a column of the values at some places, each different value once and none that no row has."""
    used = np.zeros(len(values) + 1, dtype=bool)  # the last one stands for -1
    used[at] = True
    seen: dict[Any, int] = {}
    to = np.full(len(values) + 1, -1, dtype=np.int32)
    for place in np.flatnonzero(used[:-1]).tolist():
        value = values[place]
        if value is not None:
            to[place] = seen.setdefault(value, len(seen))
    return Coded(tuple(seen), to[at])
