"""What is left of a word without its endings, so that `autorizar`, `autorizan` and `autorización` are one?

For folded words of Spanish and English alike: neither a title nor a search says which of the two it is in. The rules
are few on purpose. A stem only widens a search: what has the very words typed stands before what has other forms.
Claims of articles are held against votes by shorter ones (`claims/stems.py`).
"""

from __future__ import annotations

from functools import lru_cache

SHORTEST = 3
"""Letters that are left at least."""
LONGER = 4
"""Letters that are left at least of what more than a plural or a gender is taken from."""
WHOLE = ("ss", "us", "is")
"""An s after which there is no plural: `congress`, `crisis`."""
ENDINGS = (
    "amient", "imient", "ation", "acion", "icion", "ativ", "itiv", "ador", "edor", "idor", "iend", "ment", "and", "ing",
    "ar", "er", "ir", "ad", "id", "ed", "an", "en",
)  # fmt: skip
"""Endings of verbs and of what is made of them, longest first; last vowels are gone when they are looked for."""


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return the stem of a folded word; of a number or a short word, the word.

    >>> stem("autorizaciones"), stem("autorizar"), stem("parties"), stem("leyes")
    ('autoric', 'autoric', 'parti', 'ley')
    """
    if not word.isalpha() or len(word) <= SHORTEST:
        return word
    left = _vowel(word[:-1] if word.endswith("s") and not word.endswith(WHOLE) else word)
    for ending in ENDINGS:
        if left.endswith(ending) and len(left) - len(ending) >= LONGER:
            left = _vowel(left[: -len(ending)])
            break
    return _spelt(left)


def _vowel(word: str) -> str:
    return word[:-1] if word[-1] in "aeo" and len(word) > SHORTEST else word


def _spelt(word: str) -> str:
    """Make one of the letters in which forms of a word differ: `autorice`, `modifique`, `parties`."""
    for end, now in (("qu", "c"), ("gu", "g"), ("z", "c"), ("y", "i")):
        if word.endswith(end) and len(word) > SHORTEST:
            return word[: -len(end)] + now
    return word
