"""Which words did character recognition run together or pull apart (`RETORNEALACOMISIÓN`, `PROYECT O`, `LEY9055`)?

A subject is stored as printed. To be found by its words, what looks run together is also indexed word by word, told
apart by a list of the words that subjects are made of. The list is fixed, so that a vote is found by the same words
whatever was stored before it; whoever changes it has to make the index anew (`search.reindex` and
`vocabulary.recount`, in a migration).
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

SMALL = frozenset("a al ante con de del e el en la las lo los o para por que se su sus un una y".split())  # noqa: SIM905
"""Words that join others, and are taken for words only between others."""
SHORT = frozenset(("ano", "dia", "ley"))
SHORTEST, LONGEST = 7, 60
"""Letters of what may be words run together."""
_GLUED = re.compile(r"(?<![a-z])[a-z]++(?=\d)|(?<!\d)\d++(?=[a-z])|(?<=\d)[a-z]++|(?<=[a-z])\d++")


@lru_cache(maxsize=1)
def _list() -> frozenset[str]:
    text = files("tracker.storage").joinpath("subject_words.txt").read_text(encoding="ascii")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


@lru_cache(maxsize=4096)
def apart(word: str) -> tuple[str, ...]:
    """Take a folded word apart, into as few words as can be; empty if it is one word, or not made of known ones.

    >>> apart("retornealacomision")
    ('retorne', 'a', 'la', 'comision')
    """
    known = _list()
    if not SHORTEST <= len(word) <= LONGEST or word in known or not word.isalpha():
        return ()
    fewest: list[tuple[str, ...] | None] = [()] + [None] * len(word)
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - 20), end):
            before, part = fewest[start], word[start:end]
            if before is None or not (part in known or part in SMALL or part in SHORT):
                continue
            here = fewest[end]
            if here is None or len(before) + 1 < len(here):
                fewest[end] = (*before, part)
    parts = fewest[-1] or ()
    # A word that ends in a small one is as likely a longer form of the word before (`declarar-lo`, `defensor-a`).
    return parts if len(parts) > 1 and parts[-1] not in SMALL else ()


def mended(text: str) -> str:
    """Return a folded text followed by the words it seems to have run together, pulled apart or glued to a number.

    Numbers are also given without leading zeros (`MOCIÓN 005`).
    """
    words, known = text.split(), _list()
    more = [part for word in words for part in (*apart(word), *_GLUED.findall(word))]
    more += [word.lstrip("0") for word in words if word.isdigit() and word.startswith("0")]
    more += [a + b for a, b in pairwise(words) if len(a) > 3 and a not in known and a + b in known]
    further = dict.fromkeys(filter(None, more))
    return " ".join([*words, *further]) if further else text
