"""What is in an answer, as plain values that can be held against those of another answer?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any

import numpy as np


def plain(answer: Any) -> Any:
    """Return an answer as lists, mappings, text and numbers, as JSON has them. Only what has no order is put in one.

    >>> plain((date(2023, 5, 18), {"b", "a"}))
    ['2023-05-18', ['a', 'b']]
    """
    if is_dataclass(answer):
        return {field.name: plain(getattr(answer, field.name)) for field in fields(answer)}
    return next(form(answer) for kind, form in FORMS if isinstance(answer, kind))


FORMS: tuple[tuple[type, Callable[[Any], Any]], ...] = (
    (Enum, lambda one: one.value),
    (date, lambda day: day.isoformat()),
    (Fraction, str),
    (np.ndarray, lambda grid: grid.tolist()),
    (str, str),
    (Mapping, lambda pairs: [[plain(key), plain(value)] for key, value in pairs.items()]),
    (Set, lambda some: sorted(map(plain, some), key=repr)),
    (Iterable, lambda several: [plain(one) for one in several]),
    (object, lambda one: one),
)
"""How each kind of value is written, the first that fits."""


__all__ = ["plain"]
