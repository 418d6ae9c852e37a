"""What is a claim about: its words, and the bills, motions and laws it names?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.claims.claim import Number
from tracker.claims.lexicon import listed
from tracker.claims.numbers import Count
from tracker.claims.stems import concepts
from tracker.claims.tokens import Token
from tracker.domain.bills import united_states
from tracker.domain.mentions import Named, mentions

_US = re.compile(
    r"\b(?:H\.? ?R\.?|S\.|H\.? ?(?:J\.? ?|Con\.? ?)?Res\.?|S\.? ?(?:J\.? ?|Con\.? ?)?Res\.?|PN|H\.?Amdt\.?|S\.?Amdt\.?)"
    r" ?(?:No\. ?)?\d{1,5}\b"
)
_PERU_BARE = re.compile(
    r"\b(?:proyectos?|iniciativas?|dict[aá]menes|dictamen)\s+(?:n\S{0,3}\s*)?(\d{3,5})\b", re.IGNORECASE
)


def words(found: Sequence[Token]) -> tuple[str, ...]:
    """Return what the words of a sentence stand for; numbers and what tells nothing are left out."""
    said = (token for token in found if not isinstance(token, Count) and token.plain.isalpha())
    return concepts("eeuu" if token.text in ("US", "USA") else token.plain for token in said)


_PAPERS = frozenset(listed("subjects", "papers"))
_OF = frozenset(listed("subjects", "of"))


def topic(found: Sequence[Token]) -> bool:
    """Whether a sentence says itself what was voted on: *la ley forestal*, *a bill on water*, *la moción contra X*."""
    for place, token in enumerate(found):
        if token.plain in _PAPERS:
            after = [word.plain for word in found[place + 1 : place + 6] if not isinstance(word, Count)]
            if after and after[0] not in _OF and concepts(after[:1]):
                return True
            if after and after[0] in _OF and concepts(word for word in after if word.isalpha()):
                return True
    return False


def numbers(text: str) -> tuple[Number, ...]:
    """Return the bills, motions and laws that a sentence names by number, in either country's notation."""
    known = [Number(mention.kind.value, mention.number) for mention in mentions(text)]
    if not known:
        known += [Number(Named.BILL.value, str(int(number))) for number in _PERU_BARE.findall(text)]
    for printed in _US.findall(text):
        bill = united_states(re.sub(r"No\. ?", "", printed), 0)
        if bill is not None:
            known.append(Number(Named.BILL.value, bill.number))
    return tuple(dict.fromkeys(known))
