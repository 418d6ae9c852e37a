"""Who got how many votes, in an election by name: *was elected speaker with 220 votes to 192 for X*?"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.claims.claim import Figures, Part
from tracker.claims.lexicon import listed
from tracker.claims.numbers import Count
from tracker.claims.pairs import VOTES, row
from tracker.claims.tokens import Token

_ELECTED = tuple(listed("elections", "elected"))
_OFFICES = frozenset(listed("elections", "offices"))
_CHAIRS = frozenset(listed("elections", "chairs"))
_BODIES = frozenset(listed("elections", "bodies"))
_UNSEATED = tuple(listed("elections", "unseated"))
_FOR = frozenset(("for", "por", "para", "de", "del"))
_GOT = frozenset(listed("tallies", "got"))
_NOT_NAMES = frozenset(listed("people", "no_names")) | frozenset(listed("people", "titles"))
MOST = 4
"""Candidates of one sentence."""
FEWEST = 10
"""Votes that somebody elected has at least."""

Marks = tuple[tuple[int, int], ...]


def ballots(found: Sequence[Token]) -> tuple[Figures, Marks, int, int] | None:
    """Return the votes of each candidate of a sentence, the one elected first, and where the figures stand."""
    verb = next((place for place, token in enumerate(found) if token.plain.startswith(_ELECTED)), None)
    if verb is None or any(token.plain.startswith(_UNSEATED) for token in found):
        return None
    places = _counted(found)
    if not places or not (_office(found) or any(_after(found, place) for place in places[1:])):
        return None
    named: list[tuple[str, Part]] = []
    for place in places[:MOST]:
        token = found[place]
        name = _after(found, place) or _before(found, place)
        if not named and not name:
            name = _run(found, verb)
        if isinstance(token, Count):
            named.append((name, token.part))
    if max(part.low for _, part in named) < FEWEST:
        return None
    marks = tuple((found[place].start, found[place].end) for place in places[:MOST])
    return Figures(named=tuple(named)), marks, places[0], places[-1] + 1


def _counted(found: Sequence[Token]) -> list[int]:
    """Return the places of figures that count votes: of a pair, beside *votes*, or beside a name."""
    paired = {at for place in range(len(found)) if isinstance(found[place], Count) for at in row(found, place)}
    places = []
    for place, token in enumerate(found):
        if not isinstance(token, Count) or token.weak:
            continue
        beside = place + 1 < len(found) and found[place + 1].plain in VOTES
        if beside or place in paired or _after(found, place) or (place and found[place - 1].plain in _GOT):
            places.append(place)
    return places


def _office(found: Sequence[Token]) -> bool:
    """Whether it is a chamber's own office: *speaker*, *president of Congress*, *la Mesa Directiva*."""
    for place, token in enumerate(found):
        near = {word.plain for word in found[place + 1 : place + 5]}
        if token.plain in _OFFICES or (token.plain in _CHAIRS and near & _BODIES):
            return True
    return False


def _after(found: Sequence[Token], place: int) -> str:
    """Return the name that figures are for: *192 for Nancy Pelosi*."""
    at = place + 1
    if at < len(found) and found[at].plain in VOTES:
        at += 1
    if at + 1 >= len(found) or found[at].plain not in _FOR:
        return ""
    words = []
    while at + 1 < len(found) and _is_name(found[at + 1]):
        at += 1
        words.append(found[at].text)
    return " ".join(words)


def _before(found: Sequence[Token], place: int) -> str:
    """Return the name of whoever got so many: *Gephardt got 205*."""
    return _run(found, place - 1) if place and found[place - 1].plain in _GOT else ""


def _run(found: Sequence[Token], end: int) -> str:
    """Return the name that stands before a place, small words between passed over."""
    at = end - 1
    while at >= 0 and at >= end - MOST - 1 and not _is_name(found[at]):
        at -= 1
    words: list[str] = []
    while at >= 0 and _is_name(found[at]):
        words.insert(0, found[at].text)
        at -= 1
    return " ".join(words)


def _is_name(token: Token) -> bool:
    return token.capital and token.text[0].isalpha() and token.plain not in _NOT_NAMES
