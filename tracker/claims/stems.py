"""What does a sentence speak of: its words cut to stems, words that mean the same made one, empty ones left out?

A stem is the beginning of its folded word, so that a search for words that begin with it finds them. It is cut shorter
than one of a reader's search (`domain/stems.py`): nobody looks through what it brings, and a word it misses leaves a
claim without its vote.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from tracker.claims.lexicon import listed, told
from tracker.domain.people import fold

SHORTEST = 4
"""Letters that a stem keeps."""
_ENDINGS = sorted(listed("stems", "endings"), key=len, reverse=True)
LIGHT = 0.4
"""What a common word weighs beside a rare one."""
MIDDLING = 0.7
"""What a word of many subjects weighs."""
STAGE = 0.1
"""What a word weighs that says which step a vote is."""


@lru_cache(maxsize=32768)
def stem(word: str) -> str:
    """Cut a folded word to its stem.

    >>> stem("militares") == stem("military") == stem("militar")
    True
    """
    for _ in range(2):
        for ending in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
                word = word[: -len(ending)]
                break
        else:
            break
    return word


def _words(part: str) -> frozenset[str]:
    return frozenset(word for line in told("words")[part] for word in line.split())


@lru_cache(maxsize=1)
def _alike() -> Mapping[str, str]:
    """Return the stems of words alike, with the name of their group."""
    return {stem(word): f"={group.split()[0]}" for group in told("words")["alike"] for word in group.split()}


@lru_cache(maxsize=1)
def _empty() -> frozenset[str]:
    """Return the words that tell nothing, and their stems but for those of words alike."""
    words = _words("empty")
    return words | (frozenset(map(stem, words)) - _alike().keys())


@lru_cache(maxsize=1)
def _weights() -> Mapping[str, float]:
    weights = {concept(word): LIGHT for word in _words("light")}
    weights |= {concept(word): MIDDLING for word in _words("middling")}
    return weights | {concept(word): STAGE for word in _words("stage")}


@lru_cache(maxsize=1)
def _together() -> Mapping[tuple[str, str], str]:
    """Return which two words stand for one, and for which."""
    pairs = ((one, two.split()) for one, some in told("words")["together"].items() for two in some)
    return {(first, second): one for one, (first, second) in pairs}


@lru_cache(maxsize=8192)
def concept(word: str) -> str:
    """Return what a folded word stands for: a stem, or a group of words alike; empty if it tells nothing."""
    if len(word) < 3 or word in _empty() or word.isdigit():
        return ""
    cut = stem(word)
    return _alike().get(cut) or ("" if cut in _empty() else cut)


def concepts(words: Iterable[str]) -> tuple[str, ...]:
    """Return what folded words stand for, each once, in order of mention."""
    known = list(words)
    found: dict[str, None] = {}
    place = 0
    while place < len(known):
        two = _together().get((known[place], known[place + 1])) if place + 1 < len(known) else None
        word = concept(two or known[place])
        if word:
            found[word] = None
        place += 2 if two else 1
    return tuple(found)


@lru_cache(maxsize=4096)
def of_text(text: str) -> frozenset[str]:
    """Return what the words of a text stand for."""
    return frozenset(concepts(fold(text).split()))


def weight(word: str) -> float:
    """Return how much a concept tells: common ones little."""
    return _weights().get(word, 1.0)


@lru_cache(maxsize=256)
def weights(words: tuple[str, ...]) -> float:
    """Return how much concepts tell together."""
    return sum(map(weight, words))


@lru_cache(maxsize=4096)
def steps(text: str) -> frozenset[str]:
    """Return the concepts of a text that say which step a vote is."""
    return frozenset(word for word in of_text(text) if weight(word) == STAGE)


@lru_cache(maxsize=256)
def steps_of(words: tuple[str, ...]) -> frozenset[str]:
    """Return those among concepts that say which step a vote is."""
    return frozenset(word for word in words if weight(word) == STAGE)


@lru_cache(maxsize=1024)
def beginnings(word: str) -> tuple[str, ...]:
    """Return the stems to search for a concept by."""
    if not word.startswith("="):
        return (word,)
    return tuple(cut for cut, group in _alike().items() if group == word)
