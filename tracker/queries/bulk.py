"""How do hundreds of thousands of rows of whole numbers get out of the database?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from itertools import chain
from typing import Any, cast

import numpy as np
import numpy.typing as npt
from sqlalchemy import ColumnElement, Connection, Integer, LargeBinary, Select, func, literal, select

Numbers = npt.NDArray[np.int64]


def numbers(connection: Connection, query: Select[Any]) -> Numbers:
    """Return the rows of a query for whole numbers, none of them null, in no order."""
    columns = len(query.selected_columns)
    if connection.dialect.name == "postgresql":
        return np.frombuffer(_packed(connection, query), dtype=">i4").astype(np.int64).reshape(-1, columns)
    driver = cast(Iterable[Sequence[int]], connection.execute(query).cursor)
    return np.fromiter(chain.from_iterable(driver), dtype=np.int64).reshape(-1, columns)


def _packed(connection: Connection, query: Select[Any]) -> bytes:
    """Have PostgreSQL pack all rows into one value, four bytes a number: half the time of reading row after row."""
    each: list[ColumnElement[Any]] = [
        func.int4send(column.cast(Integer), type_=LargeBinary) for column in query.subquery().c
    ]
    packed = func.string_agg(reduce(ColumnElement.concat, each), literal(b"", LargeBinary), type_=LargeBinary)
    return bytes(connection.scalar(select(packed)) or b"")
