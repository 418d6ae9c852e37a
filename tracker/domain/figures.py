"""Which count of votes does a reader's text name: `70-33-4`, `70/33/4`, `70 a 33`, `70 votes in favour, 33 against`?"""

from __future__ import annotations

import re
from typing import NamedTuple

_SIGN = r"\s*[-\u2010-\u2015\u2212]\s*"
_N = r"(?<![\w./-])(?P<yes>\d{1,4})"
_VOTES = r"(?:\s+(?:votos?|votes?))?"
_FOR = r"\s+(?:votos?\s+|votes?\s+)?(?:a\s+favor|in\s+favou?r|si|sí|yes|yeas?|ayes?)"
_AGAINST = r"(?:\s+(?:votos?|votes?))?(?:\s+(?:en\s+contra|against|noes|nays?|no))?"
_REST = (
    r"(?:\s*(?:,|;|\by\b|\band\b|\bcon\b|\bwith\b)*\s*(?P<abstain>\d{1,4})\s+"
    r"(?:abstenci[oó]n(?:es)?|abstentions?|abst\.?))?"
)
_BEFORE = r"(?:\b(?:por|by|con|with)\s+)?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?<![\w/.-])(?P<yes>\d{{1,4}}){_SIGN}(?P<no>\d{{1,4}})(?:{_SIGN}(?P<abstain>\d{{1,4}}))?(?![\w/-])",
        r"(?<![\w/.-])(?P<yes>\d{1,3})/(?P<no>\d{1,3})/(?P<abstain>\d{1,3})(?![\w/-])",
        rf"{_BEFORE}{_N}{_FOR}\s*(?:,|;|\by\b|\band\b|\bpor\b)*\s*(?P<no>\d{{1,4}}){_AGAINST}{_REST}",
        rf"{_BEFORE}{_N}{_VOTES}\s+(?:a|to|vs\.?|contra|frente\s+a|against)\s+(?P<no>\d{{1,4}})\b{_AGAINST}{_REST}",
    )
)


class Figures(NamedTuple):
    """Votes for and against; abstentions None: not said."""

    yes: int
    no: int
    abstain: int | None = None


def figures(text: str) -> tuple[Figures | None, str]:
    """Return the first count a text names, and the text without it.

    A number of a bill or a decree with its year (`012-2019`) is none: no chamber has a thousand members.

    >>> figures("tropas por 70 votos a 33")
    (Figures(yes=70, no=33, abstain=None), 'tropas  ')
    """
    for form in _FORMS:
        for match in form.finditer(text):
            counts = [int(n) if n is not None else None for n in match.group("yes", "no", "abstain")]
            yes, no, abstain = counts
            if yes is None or no is None or max(n or 0 for n in counts) > 999:
                continue
            return Figures(yes, no, abstain), f"{text[: match.start()]} {text[match.end() :]}"
    return None, text
