"""Which members does a sentence say voted which way?"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.claims import labels
from tracker.claims.claim import Said
from tracker.claims.lexicon import listed
from tracker.claims.numbers import Count
from tracker.claims.tokens import Token
from tracker.domain.tally import Position

_VERBS = frozenset(listed("people", "verbs"))
_PARTICLES = frozenset(listed("people", "particles"))
_TITLES = frozenset(listed("people", "titles"))
_NO_NAMES = frozenset(listed("people", "no_names"))
_MOST = 5


def members(found: Sequence[Token]) -> tuple[Said, ...]:
    """Return the members of a sentence with the position it gives them: *Dávila votó en contra*."""
    said: dict[str, Position] = {}
    for place, token in enumerate(found):
        if token.plain not in _VERBS:
            continue
        position = _position(found, place)
        if position is None:
            continue
        for name in _before(found, place):
            said.setdefault(name, position)
    return tuple(Said(name, position) for name, position in said.items())


def _position(found: Sequence[Token], place: int) -> Position | None:
    for at in range(place, min(place + 5, len(found))):
        if isinstance(found[at], Count) or found[at].plain in (",", ";", "."):
            return None
        told = labels.label(found, at, voting=True)
        if told is not None:
            return told[0]
        if found[at].plain in ("no", "nay") and at > place:
            return Position.NO
        if found[at].plain in ("si", "yes") and at > place:
            return Position.YES
    return None


def _before(found: Sequence[Token], place: int) -> list[str]:
    """Return the names that stand before a verb: one, or several joined by *y*, *and* or commas."""
    at = place - 1
    if at >= 0 and found[at].plain in ("se", "lo", "la", "who", "tambien", "also", "no", "quien"):
        at -= 1
    if at >= 0 and found[at].plain == "," and any(token.plain == "," for token in found[max(0, at - 8) : at]):
        at -= 1  # the end of an aside: *Dávila, de Perú Libre, votó*
        while at >= 0 and found[at].plain != ",":
            at -= 1
        at -= 1
    elif at >= 0 and found[at].plain == ")":
        while at >= 0 and found[at].plain != "(":
            at -= 1
        at -= 1
    names: list[str] = []
    part: list[Token] = []
    while at >= 0 and len(names) < _MOST:
        token = found[at]
        if (token.text.isalpha() and token.capital and token.plain not in _TITLES) or (
            token.plain in _PARTICLES - {"y", "and"} and part and at and found[at - 1].capital
        ):
            part.insert(0, token)
        elif token.plain in ("y", "and", "e", ",") and part:
            names.append(_name(part))
            part = []
        elif token.plain not in _TITLES or part:
            break
        at -= 1
    if at < 0 or found[at].plain not in ("de", "del", "of"):
        names.append(_name(part))
    return [name for name in reversed(names) if name]


def _name(part: Sequence[Token]) -> str:
    """Return the name that words make, without a party's before it; empty for a party or a chamber."""
    begin = max((n + 1 for n, token in enumerate(part) if token.plain in _NO_NAMES), default=0)
    words = [token.text for token in part[begin:]]
    while words and words[0].lower() in _PARTICLES:
        del words[0]
    return " ".join(words) if len(words) <= _MOST else ""
