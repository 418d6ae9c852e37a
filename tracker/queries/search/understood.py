"""What was a search taken to mean, and what was looked for in place of what was typed?"""

from __future__ import annotations

from dataclasses import dataclass

from tracker.domain.aliases import Alias
from tracker.domain.days import Days
from tracker.domain.figures import Figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """How a search was read.

    `bills` are numbers in a chamber's notation; `corrected` pairs of a word that the record has not and what was looked
    for instead; `same` what was typed and the other words that were looked for with it; `years` numbers looked for as a
    word and as a year; `searched` the whole of what was looked for where a word was put right, else empty.
    """

    days: tuple[Days, ...] = ()
    figures: Figures | None = None
    bills: tuple[str, ...] = ()
    corrected: tuple[tuple[str, str], ...] = ()
    searched: str = ""
    same: tuple[tuple[str, tuple[str, ...]], ...] = ()
    years: tuple[int, ...] = ()
    aliases: tuple[Alias, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything was read into it beside plain words."""
        return self != NOTHING


NOTHING = Understood()
"""Plain words, looked for as they are."""
