"""What is a vote or a bill called where it is talked of, who says so, and where can that be read?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from tracker.domain.bills import Bill
from tracker.domain.people import fold

LONGEST = 120
"""Characters of a name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """A name that the press has for a vote (by its id) or for a bill; never part of the official text.

    `source` is where somebody is seen to use it, `by` who put it on the list, `because` what it was added for.
    ValueError if it names nothing, or not one of the two, or nobody says so.
    """

    name: str
    vote: str = ""
    bill: Bill | None = None
    source: str
    by: str
    because: str
    on: date

    def __post_init__(self) -> None:
        if not fold(self.name) or len(self.name) > LONGEST:
            raise ValueError(f"a name needs letters or digits, at most {LONGEST} signs: {self.name[:40]!r}")
        if bool(self.vote) == bool(self.bill):
            raise ValueError(f"{self.name}: a name is of a vote or of a bill, one of the two")
        if urlsplit(self.source).scheme not in ("http", "https") or not urlsplit(self.source).netloc:
            raise ValueError(f"{self.name}: the address where the name is used begins with https:// ({self.source!r})")
        if not self.by.strip() or not self.because.strip():
            raise ValueError(f"{self.name}: somebody has to say so, and why")

    @property
    def key(self) -> tuple[str, str, Bill | None]:
        """What makes it the same: the name, spelling habits aside, and what it names."""
        return fold(self.name), self.vote, self.bill
