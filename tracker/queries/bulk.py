"""How do hundreds of thousands of rows of whole numbers get out of the database?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any, cast

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, Integer, Select
from sqlalchemy import cast as as_type
from sqlalchemy.exc import DBAPIError

Numbers = npt.NDArray[np.int64]

HEAD = 19
"""Bytes before the first row of PostgreSQL's binary form; after the last come two. A row is the number of its columns
(16 bits) and for each its size and its value (32 bits each)."""
TAIL = 2


def numbers(connection: Connection, query: Select[Any]) -> Numbers:
    """Return the rows of a query for whole numbers, none of them null, straight from the driver."""
    if connection.dialect.name == "postgresql":
        alike: list[Any] = [as_type(one, Integer) for one in query.selected_columns]
        return _copied(connection, query.with_only_columns(*alike))
    driver = cast(Iterable[Sequence[int]], connection.execute(query).cursor)
    return np.fromiter(chain.from_iterable(driver), dtype=np.int64).reshape(-1, len(query.selected_columns))


def _copied(connection: Connection, query: Select[Any]) -> Numbers:
    """Have PostgreSQL write the rows down as it holds them: all are of one size, and nothing has to be read of each."""
    said = str(query.compile(connection, compile_kwargs={"literal_binds": True}))
    driver: Any = connection.connection.driver_connection
    failure: Any = connection.dialect.loaded_dbapi.Error
    try:
        with driver.cursor() as cursor, cursor.copy(f"COPY ({said}) TO STDOUT (FORMAT BINARY)") as found:
            whole = b"".join(found)
    except failure as error:
        raise DBAPIError.instance(said, None, error, failure) from error
    row = np.dtype([("columns", ">i2"), ("each", [("size", ">i4"), ("value", ">i4")], (len(query.selected_columns),))])
    return np.frombuffer(whole[HEAD:-TAIL], dtype=row)["each"]["value"].astype(np.int64)
