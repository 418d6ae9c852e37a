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
    places: Places


Column = Sequence[Any] | Coded
Columns = Mapping[str, Column]
"""Columns of one length, by name."""


def coded(values: Sequence[Any], at: Places) -> Coded:
    """Return a column of the values at some places, each different value once and none that no row has."""
    used = np.flatnonzero(np.bincount(at[at >= 0], minlength=len(values)))
    seen: dict[Any, int] = {}
    to = np.full(len(values) + 1, -1, dtype=np.int64)  # the last one stands for -1
    for place in used.tolist():
        value = values[place]
        if value is not None:
            to[place] = seen.setdefault(value, len(seen))
    return Coded(tuple(seen), to[at])
