"""Which words mean one thing: two forms of a word, or what the press and the papers call it?"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from tracker.domain.people import fold
from tracker.domain.stems import stem
from tracker.queries.search.query import SMALL, Piece


@dataclass(frozen=True, slots=True)
class Term:
    """A thing a reader asks for: the words typed, and the same in other words. `key` is the same for the same thing."""

    words: tuple[str, ...]
    key: str
    others: tuple[tuple[str, ...], ...] = ()
    printed: str = ""


def terms(pieces: Sequence[Piece]) -> tuple[Term, ...]:
    """Return what pieces of a text ask for; words that have another name together are one thing."""
    found: list[Term] = []
    place = 0
    while place < len(pieces):
        taken, term = _named(pieces[place:]) or (1, _alone(pieces[place]))
        found.append(term)
        place += taken
    return tuple(found)


def named(name: str) -> frozenset[str]:
    """Return what a name is made of, as keys of terms.

    >>> sorted(named("ingreso de tropas de EE. UU."))
    ['=eeuu', '=tropas', 'ingres']
    """
    return frozenset(term.key for term in terms([Piece((word,)) for word in fold(name).split() if word not in SMALL]))


def _alone(piece: Piece) -> Term:
    key = " ".join(piece.words) if len(piece.words) > 1 else stem(piece.words[0])
    return Term(piece.words, key, printed=piece.printed)


def _named(pieces: Sequence[Piece]) -> tuple[int, Term] | None:
    """Return how many pieces have another name together, and what they ask for; None if they have none."""
    longest = next((n for n, piece in enumerate(pieces) if piece.printed), len(pieces))
    for n in range(min(longest, _longest()), 0, -1):
        typed = tuple(piece.words[0] for piece in pieces[:n])
        key = _keys().get(tuple(map(stem, typed)))
        if key is not None:
            whole = _same()[key]
            return n, Term(typed, f"={key}", tuple(words for words in whole if words != typed))
    return None


@lru_cache(maxsize=1)
def _same() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Return the list of words for one thing, by the first of them."""
    read = tomllib.loads(files("tracker.queries.search").joinpath("synonyms.toml").read_text(encoding="utf-8"))
    return {
        fold(entry["words"][0]): tuple(tuple(fold(words).split()) for words in entry["words"]) for entry in read["same"]
    }


@lru_cache(maxsize=1)
def _keys() -> Mapping[tuple[str, ...], str]:
    """Return to which entry words belong, small ones left out as they are of a search."""
    return {
        tuple(stem(word) for word in words if word not in SMALL): key
        for key, whole in _same().items()
        for words in whole
    }


@lru_cache(maxsize=1)
def _longest() -> int:
    return max(map(len, _keys()))
