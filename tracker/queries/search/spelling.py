"""Which words of the record did a reader mean: other forms of a word, and what a mistyped one should have been?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA
from sqlalchemy import Connection, func, select

from tracker.domain.stems import stem
from tracker.storage.mended import apart
from tracker.storage.search import PREFIX
from tracker.storage.tables import metadata

FORMS = 24
"""Other forms of a word that are looked for, the most frequent first; and words that begin with one."""
SHORTEST = 4
"""Letters of a word that is put right; a shorter one is like too many others."""
LONG = 7
"""Letters from which on two slips are forgiven."""
AFTER = "{"
"""What follows z: words that begin with `x` lie between `x` and `x{`."""


class Forms(NamedTuple):
    """Words of the record that share a stem, most frequent first, and in how many votes the word asked for is.

    `begun` are those that begin with it, where the index does not know the beginning and they are not too many.
    """

    words: tuple[str, ...] = ()
    n: int = 0
    begun: tuple[str, ...] = ()


def forms(connection: Connection, words: Iterable[str]) -> Mapping[str, Forms]:
    """Return what the record has of each of these words."""
    t = metadata.tables["word"]
    stems = {word: stem(word) for word in words}
    rows = connection.execute(
        select(t.c.stem, t.c.word, t.c.n).where(t.c.stem.in_(set(stems.values()))).order_by(t.c.n.desc(), t.c.word)
    )
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for root, word, n in rows:
        found[root][word] = n
    begun = _begun(connection, [word for word in stems if len(word) > PREFIX and word.isalpha()])
    return {
        word: Forms(tuple(found[root])[:FORMS], found[root].get(word, 0), tuple(begun.get(word, ())))
        for word, root in stems.items()
    }


def _begun(connection: Connection, words: Sequence[str]) -> dict[str, list[str]]:
    """Return the words of the record that begin with each of these, unless they are too many to be asked for."""
    t = metadata.tables["word"]
    found: dict[str, list[str]] = {}
    for word in words:
        query = select(t.c.word).where(t.c.word >= word, t.c.word < word + AFTER).order_by(t.c.word).limit(FORMS + 1)
        begun = connection.scalars(query).all()
        if len(begun) <= FORMS:
            found[word] = list(begun)
    return found


def begun(connection: Connection, word: str) -> bool:
    """Whether some word of the record begins so."""
    t = metadata.tables["word"]
    query = select(t.c.word).where(t.c.word >= word, t.c.word < word + AFTER).limit(1)
    return connection.scalar(query) is not None


def meant(connection: Connection, word: str) -> tuple[str, ...]:
    """Return what a word that the record has not was meant to be: words run together, or the nearest one; else nothing.

    Who mistypes a word seldom mistypes its first letter: the words that begin alike are looked at first.
    """
    if len(word) < SHORTEST or not word.isalpha():
        return ()
    pieces = apart(word)
    if pieces:
        return pieces
    t = metadata.tables["word"]
    slips = 2 if len(word) >= LONG else 1
    alike = (t.c.word >= word[0], t.c.word < word[0] + AFTER)
    for among, most in ((alike, slips), ((), 1)):
        length = func.length(t.c.word).between(len(word) - most, len(word) + most)
        counts = {row.word: row.n for row in connection.execute(select(t.c.word, t.c.n).where(length, *among))}
        near = process.extract(word, counts.keys(), scorer=OSA.distance, score_cutoff=most, limit=None)
        if near:
            return (min(near, key=lambda one: (one[1], -counts[one[0]], one[0]))[0],)
    return ()
