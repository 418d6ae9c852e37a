"""Which votes do a reader's words mean?"""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Select, bindparam, column, func, literal_column, select, table, text

from tracker.domain.bills import united_states
from tracker.domain.people import fold

LONGEST = 200
"""Characters of a search that are looked at."""
MOST = 12
"""Words of a search that are looked at."""

_PERU_BILL = re.compile(r"\b(?:p\.?\s?l\.?|p\.?\s?r\.?\s?l\.?)\s*(?:n\S{0,2}\s*)?(?=\d)", re.IGNORECASE)
_PERU_FULL = re.compile(r"\b(\d{1,5})(?:/\d{4}-[A-Z]{2,3}|-20\d\d-20\d\d-(?:S|CD|CR))\b", re.IGNORECASE)
_US_BILL = re.compile(r"\b[A-Za-z][A-Za-z. ]{0,12}?\s?\d[\d-]*")


def words(query: str) -> tuple[str, ...]:
    """Reduce a search to folded words; a bill's number in any of its usual forms becomes the words it is indexed under.

    >>> words("hr3838 Niñez")
    ('h', 'r', '3838', 'ninez')
    """
    kept = _PERU_FULL.sub(lambda match: str(int(match[1])), query[:LONGEST])
    kept = _PERU_BILL.sub("", kept)
    kept = _US_BILL.sub(lambda match: _in_full(match[0]), kept)
    return tuple(fold(kept).split()[:MOST])


def _in_full(printed: str) -> str:
    *before, last = printed.split(" ")
    for take in range(len(before), -1, -1):
        # The longest stretch of words that ends here and is a measure: `on H R 2638` is `H.R. 2638`.
        candidate = " ".join([*before[len(before) - take :], last])
        bill = united_states(candidate, 0)
        if bill is not None:
            return " ".join([*before[: len(before) - take], bill.number])
    return printed


def matching(wanted: tuple[str, ...], dialect: str) -> Select[Any]:
    """Return a query for the keys of the votes whose text has every word, or a word that begins with it."""
    if dialect == "sqlite":
        match = " ".join(f'"{word}"*' for word in wanted)
        return (
            select(literal_column("rowid"))
            .select_from(table("vote_search"))
            .where(text("vote_search MATCH :words").bindparams(bindparam("words", match, unique=True)))
        )
    match = " & ".join(f"'{word}':*" for word in wanted)
    index = table("vote_search", column("vote_id"), column("words"))
    return select(index.c.vote_id).where(index.c.words.op("@@")(func.to_tsquery("simple", match)))
