"""How does a sentence say that a vote ended: passed, rejected, by everybody, short of what was needed?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from tracker.claims.claim import Result
from tracker.claims.lexicon import listed
from tracker.claims.numbers import Count
from tracker.claims.tokens import Token

_APPROVED = tuple(listed("outcome", "approved"))
_REJECTED = tuple(listed("outcome", "rejected"))
_CONVICTED = frozenset(listed("outcome", "convicted"))
_ACQUITTED = frozenset(listed("outcome", "acquitted"))
_TO_CONVICT = frozenset(listed("outcome", "to_convict"))
_VOTING = tuple(listed("outcome", "voting"))
_VOTING_WHOLE = frozenset(listed("outcome", "voting_whole"))
_SPORTS = frozenset(listed("outcome", "sports"))
_NOT = frozenset(listed("outcome", "not"))
_NEED = frozenset(listed("outcome", "need"))
_SHORT = frozenset(listed("outcome", "short"))
_ALL = frozenset(listed("outcome", "all"))
_ALMOST = frozenset(listed("outcome", "almost"))
_MARGINS = frozenset(listed("outcome", "margins"))


@lru_cache(maxsize=16384)
def _of_votes(word: str) -> bool:
    return word.startswith(_VOTING) or word in _VOTING_WHOLE


@lru_cache(maxsize=16384)
def _ending(word: str) -> Result | None:
    if word.startswith(_REJECTED) and word != "faltaba":
        return Result.REJECTED
    return Result.APPROVED if word.startswith(_APPROVED) else None


def voting(found: Sequence[Token]) -> bool:
    """Whether a sentence speaks of a vote."""
    return any(_of_votes(token.plain) for token in found)


def sporting(found: Sequence[Token]) -> bool:
    """Whether a sentence speaks of a game, and of no vote by that word."""
    words = {token.plain for token in found}
    return bool(words & _SPORTS) and not any(
        word.startswith(("vot", "abst", "congres", "senat", "senad")) for word in words
    )


def result(found: Sequence[Token]) -> Result | None:
    """Return how a sentence says the vote ended; the first word that says so counts."""
    for place, token in enumerate(found):
        ended = _ending(token.plain)
        if ended is Result.APPROVED and _negated(found, place):
            return Result.REJECTED
        if ended is not None:
            return ended
    return None


def judged(found: Sequence[Token]) -> Result | None:
    """Return how a sentence says that a trial ended, guilty as APPROVED; None if it does not, or says both.

    Only a vote on guilt is held against it: elsewhere a convict is a person. *57 voted to convict* names a side; what
    was not done (*failed to convict*) tells the end.
    """
    ends = set()
    for place, token in enumerate(found):
        denied = _negated(found, place)
        if token.plain in _ACQUITTED:
            ends.add(Result.APPROVED if denied else Result.REJECTED)
        elif token.plain in _CONVICTED or (denied and token.plain in _TO_CONVICT):
            ends.add(Result.REJECTED if denied else Result.APPROVED)
    return ends.pop() if len(ends) == 1 else None


def _negated(found: Sequence[Token], place: int) -> bool:
    """Whether a word is denied: *did not pass*; a title denies nothing: *No Child Left Behind passed*."""
    before = range(max(0, place - 4), place)
    return any(
        found[at].plain in _NOT and not (found[at].text in ("No", "Never") and found[at + 1].capital) for at in before
    )


def unanimous(found: Sequence[Token]) -> Token | None:
    """Return the word by which a sentence says that nobody was against."""
    for place, token in enumerate(found):
        if token.plain in _ALL:
            near = {other.plain for other in (*found[max(0, place - 3) : place], *found[place + 1 : place + 2])}
            return None if near & (_ALMOST | {"no", "not"}) else token
    return None


@dataclass(frozen=True, slots=True)
class Bar:
    """A threshold that a sentence names, by how many votes it was missed, and the places of these figures."""

    needed: int | None
    short: int | None
    margin: int | None
    places: frozenset[int]


def bar(found: Sequence[Token]) -> Bar:
    """Return what a sentence says of the votes needed, of those lacking and of the margin."""
    needed = short = margin = None
    places = set()
    for place, token in enumerate(found):
        if not isinstance(token, Count):
            continue
        before = _since_break(found, place)
        after = _until_count(found, place + 1)
        if _is_margin(before, after):
            margin = token.value
        elif _is_short(before, after):
            short = token.value
        elif _is_needed(before, after):
            needed = token.value
        else:
            continue
        places.add(place)
    return Bar(needed, short, margin, frozenset(places))


def _since_break(found: Sequence[Token], place: int) -> list[str]:
    words: list[str] = []
    for token in found[max(0, place - 6) : place]:
        words = [] if token.plain in (";", ",", ".") else [*words, token.plain]
    return words


def _until_count(found: Sequence[Token], place: int) -> list[str]:
    words: list[str] = []
    for token in found[place : place + 7]:
        if isinstance(token, Count) or token.plain in (";", ".", ",", "("):
            break
        words.append(token.plain)
    return words


def _is_short(before: Sequence[str], after: Sequence[str]) -> bool:
    if {"faltaron", "falto", "faltaban", "faltando", "lacked"} & set(before[-4:]):
        return True
    if after[:2] in (["votes", "short"], ["vote", "short"], ["votes", "shy"], ["vote", "shy"], ["votos", "menos"]):
        return True
    if after[:1] in (["short"], ["shy"]):
        return True
    return before[-1:] == ["a"] and after[:1] in (["votos"], ["voto"]) and after[1:2] in (["de"], ["del"])


def _is_needed(before: Sequence[str], after: Sequence[str]) -> bool:
    if _NEED & set(after) and not _SHORT & set(after[:2]):
        return True
    tail = before[-4:]
    if {"minimo", "minimum"} & set(before[-2:]):
        return True
    reach = {"short", "necesitaban", "necesitaba", "necesitan", "necesita", "requerian", "requeria", "requieren",
             "requiere", "exige", "needed", "needs", "requires", "required", "umbral", "threshold",
             "debajo", "below", "alcanzar", "reach", "need"}  # fmt: skip
    return bool(reach & set(tail)) or (before[-4:-2] == ["menos", "de"] and before[-2:] == ["los", "de"])


def _is_margin(before: Sequence[str], after: Sequence[str]) -> bool:
    if after[:3] in (["votos", "de", "diferencia"], ["votos", "de", "ventaja"], ["voto", "de", "diferencia"]):
        return True
    if after[:1] and after[0] in ("-", "–", "‑") and after[1:3] in (["vote", "margin"], ["votes", "margin"]):
        return True
    if {"diferencia", "margin", "margen"} & set(before[-4:]) and after[:1] in (
        ["votos"],
        ["voto"],
        ["votes"],
        ["vote"],
    ):
        return "a" not in after[1:2] and "to" not in after[1:2]
    return False
