"""Which country does a word name: by the names that programs share (CLDR), and by the words of `lexicon.toml`?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from babel import Locale

from tracker.claims.lexicon import told
from tracker.claims.tokens import Token
from tracker.domain.people import fold
from tracker.domain.spelled import Language

LONGEST = 3
"""Words of a name that are looked at."""


@lru_cache(maxsize=1)
def _names() -> Mapping[tuple[str, ...], str]:
    found: dict[tuple[str, ...], str] = {}
    for language in ("es", "en"):
        for code, name in Locale(language).territories.items():
            if code.isalpha():
                found[tuple(fold(name).split())] = code
    return found


@lru_cache(maxsize=1)
def _like() -> Mapping[str, str]:
    lines = (line.split() for line in told("lexicon")["countries"]["like"].strip().splitlines())
    return {word: code for code, *words in lines for word in words}


def country(found: Sequence[Token], place: int) -> str | None:
    """Return the code of the country named at a place: *Francia*, *Costa Rica*, *chileno*; None: none is."""
    token = found[place]
    code = _like().get(token.plain)
    if code is not None or not token.capital:
        return code
    for length in range(LONGEST, 0, -1):
        words = tuple(word.plain for word in found[place : place + length])
        if words in _names():
            return _names()[words]
    return None


def name(code: str, language: Language) -> str:
    """Return what a country is called."""
    return str(Locale(language).territories.get(code, code))
