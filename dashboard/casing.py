"""How is a title that shouts set in sentence case?

Peru's minutes and sheets print subjects in capitals. For reading they are set small, with the official text beneath;
names of countries, bodies and places keep their capital from a list (`locale/proper.toml`), short forms stay.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path

_WORD = re.compile(r"[^\W\d_]+")
_ROMAN = re.compile(r"(?=[IVXLC]{2,})[IVXLC]+\Z")


@lru_cache(maxsize=1)
def _proper() -> tuple[frozenset[str], re.Pattern[str], dict[str, str]]:
    lists = tomllib.loads((Path(__file__).parent / "locale" / "proper.toml").read_text(encoding="utf-8"))
    names = {name.lower(): name for name in lists["names"]}
    longest = sorted(names, key=len, reverse=True)
    return frozenset(lists["short"]), re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b"), names


def shouts(text: str) -> bool:
    """Whether nine letters in ten are capitals, in a text of more than a few words."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 12 and sum(c.isupper() for c in letters) / len(letters) > 0.9


@lru_cache(maxsize=2048)
def calm(text: str) -> str:
    """Set a title that shouts in sentence case; leave any other as it is."""
    if not shouts(text):
        return text
    short, pattern, names = _proper()

    def lower(match: re.Match[str]) -> str:
        word = match[0]
        return word if word in short or _ROMAN.match(word) else word.lower()

    small = _WORD.sub(lower, text.strip())
    small = pattern.sub(lambda match: names[match[0]], small)
    return small[:1].upper() + small[1:]
