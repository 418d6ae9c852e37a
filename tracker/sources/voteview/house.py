"""Which roll calls of the United States House has Voteview written down since 1789?"""

from __future__ import annotations

from tracker.sources import us_congress, us_house
from tracker.sources.voteview import source

FIRST = 1990
"""The first year of which the Clerk has roll calls as XML."""


def official(congress: int, session: int, number: int) -> str | None:
    """Return the address of the Clerk's page."""
    year = us_congress.year_of(congress, session)
    if year < FIRST:
        return None
    return us_house.SOURCE.sheet.address.url("roll_call", year=year, number=number)


SOURCE = source.of("house.toml", "House", official)
