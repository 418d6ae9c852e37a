"""How is a title that shouts set in sentence case?

Peru's minutes and sheets print subjects in capitals. For reading they are set small, with the official text beneath.
What keeps its capital is told by lists beside this file: names of bodies and laws (`proper.toml`), and the words that
the minutes themselves print small or with a capital where they do not shout (`minutes_words.txt`). A word on neither
list is taken for a name if it stands beside one: of *ÓSCAR ELECTO VERA GARGÚREVICH* only *Óscar* need be known.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_WORD = re.compile(r"[^\W\d_]+")
_ROMAN = re.compile(r"(?=[IVXLC]{2,})C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})\Z")
_ENDINGS = re.compile(
    r"(?:ci[oó]n|si[oó]n|ciones|siones|dad|dades|mente|miento|mientos|ismo|ncia|ncias|ari[oa]s?|ori[oa]s?|iv[oa]s?|[ai]bles?|"
    r"[ai]d[oa]s|[aei]ndo|[aei]rse|ic[oa]s|l[oó]gic[oa]|gr[aá]fic[oa])\Z"
)
"""Endings that Spanish gives to common words and hardly ever to names."""
_BETWEEN = frozenset(("de", "del", "la", "las", "los", "el", "al", "y", "e", "o", "u", "a", "en", "por", "con", "que"))

LONGEST_SHORT = 8


@dataclass(frozen=True, slots=True)
class _Lists:
    short: frozenset[str]
    phrases: re.Pattern[str]
    as_printed: dict[str, str]
    common: frozenset[str]
    names: frozenset[str]


@lru_cache(maxsize=1)
def _lists() -> _Lists:
    folder = Path(__file__).parent
    proper = tomllib.loads((folder / "proper.toml").read_text(encoding="utf-8"))
    lines = (folder / "minutes_words.txt").read_text(encoding="utf-8").splitlines()
    words = [word for line in lines if not line.startswith("#") for word in line.split()]
    as_printed = {name.lower(): name for name in proper["names"]}
    longest = sorted(as_printed, key=len, reverse=True)
    return _Lists(
        frozenset(proper["short"]),
        re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b", re.IGNORECASE),
        as_printed,
        frozenset(word for word in words if word.islower()),
        frozenset(word.lower() for word in words if not word.islower()),
    )


def shouts(text: str) -> bool:
    """Whether nine letters in ten are capitals, in a text of more than a few words."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 12 and sum(c.isupper() for c in letters) / len(letters) > 0.9


PARTICLES = frozenset({"DE", "DEL", "LA", "LAS", "LOS", "Y", "E", "DA", "DI", "VAN", "VON"})


def name(printed: str) -> str:
    """Set a person's name that is printed in capitals in small letters: `DE LA CRUZ, JOSÉ` → `De la Cruz, José`.

    >>> name("PAREDES GONZALES, ALEX ANTONIO"), name("McCarthy")
    ('Paredes Gonzales, Alex Antonio', 'McCarthy')
    """
    if not printed.isupper():
        return printed
    words = [word.lower() if word in PARTICLES else word.title() for word in printed.split(" ")]
    return " ".join(words)[:1].upper() + " ".join(words)[1:]


@lru_cache(maxsize=2048)
def calm(text: str) -> str:
    """Set a title that shouts in sentence case; leave any other as it is."""
    if not shouts(text):
        return text
    lists = _lists()
    matches = list(_WORD.finditer(text))
    words = [match[0] for match in matches]
    capital = _capitals([word.lower() for word in words], lists)
    pieces, end = [], 0
    for match, word, named in zip(matches, words, capital, strict=True):
        kept = word in lists.short or _ROMAN.match(word) or _is_code(text, match)
        pieces += [text[end : match.start()], word if kept else word.capitalize() if named else word.lower()]
        end = match.end()
    small = "".join([*pieces, text[end:]]).strip()
    small = lists.phrases.sub(lambda match: lists.as_printed[match[0].lower()], small)
    return small[:1].upper() + small[1:]


def _is_code(text: str, word: re.Match[str]) -> bool:
    """Whether a word belongs to a number (*010-2005-IN*, *7-A*) or is a short form in brackets (*(COARD)*)."""
    before, after = text[max(0, word.start() - 2) : word.start()], text[word.end() : word.end() + 1]
    return bool(re.search(r"\d-\Z", before)) or (
        before.endswith("(") and after == ")" and len(word[0]) <= LONGEST_SHORT
    )


def _capitals(words: list[str], lists: _Lists) -> list[bool]:
    """Say of each word whether it is a name: listed, unknown beside a name, or anything between two names."""
    listed = [word in lists.names for word in words]
    unknown = [not named and _unknown(word, lists) for word, named in zip(words, listed, strict=True)]
    named = listed[:]
    for n, is_unknown in enumerate(unknown):
        beside = [i for i in (n - 1, n + 1) if 0 <= i < len(words)]
        named[n] |= is_unknown and any(listed[i] or unknown[i] for i in beside)
    return [
        here or (0 < n < len(words) - 1 and named[n - 1] and named[n + 1] and words[n] not in _BETWEEN)
        for n, here in enumerate(named)
    ]


def _unknown(word: str, lists: _Lists) -> bool:
    return len(word) > 2 and word not in lists.common and not _ENDINGS.search(word)
