"""Which roll calls of the United States Senate has Voteview written down since 1789?"""

from __future__ import annotations

from tracker.sources import us_senate
from tracker.sources.voteview import source

FIRST = 101
"""The first Congress of which the Secretary has votes as XML."""


def official(congress: int, session: int, number: int) -> str | None:
    """Return the address of the Secretary's page."""
    if congress < FIRST:
        return None
    return us_senate.SOURCE.sheet.address.url("vote", congress=congress, session=session, number=number)


SOURCE = source.of("senate.toml", "Senate", official)
