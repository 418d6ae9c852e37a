"""The votes of a chamber's year, read once for the plain routes and the interface for programs.

The pages keep theirs by Streamlit (`dashboard.data`): there one reader reads a year while the others wait for it.
"""

from __future__ import annotations

from functools import lru_cache

from dashboard.routes.record import engine
from tracker.queries import rolls
from tracker.queries.database import data_version
from tracker.queries.record import Record
from tracker.settings import settings

YEARS = 4
"""Years of chambers kept ready: a few megabytes each."""


@lru_cache(maxsize=YEARS)
def _year(url: str, version: str, legislature: str, year: int) -> Record | None:
    return rolls.record(engine(), legislature, year)


def year_of(legislature: str, year: int) -> Record | None:
    """Return the votes of a chamber in a year, kept as long as the data stay the same; None: no such chamber."""
    return _year(settings().database, data_version(engine()), legislature, year)
