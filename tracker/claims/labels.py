"""On which side does a text put a number: before its words (*70 a favor*) or after them (*En contra: 33*)?"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.claims.lexicon import listed
from tracker.claims.numbers import Count
from tracker.claims.tokens import Token
from tracker.domain.tally import Position

YES, NO, ABSTAIN = Position.YES, Position.NO, Position.ABSTAIN

LABELS: dict[str, list[tuple[tuple[str, ...], Position]]] = {}
for _side in (YES, NO, ABSTAIN):
    for _phrase in listed("labels", _side.value):
        _words = tuple(_phrase.split("_"))
        LABELS.setdefault(_words[0], []).append((_words, _side))
for _known in LABELS.values():
    _known.sort(key=lambda one: -len(one[0]))

_FILLERS = frozenset(listed("labels", "fillers"))
_BETWEEN = frozenset(listed("labels", "between"))
GROUPS = frozenset(listed("labels", "groups"))
_REACH_RIGHT, _REACH_LEFT = 8, 6


def right(found: Sequence[Token], place: int, *, voting: bool) -> tuple[Position, int] | None:
    """Return the side told after the number at a place, and the place after its words.

    `voting`: the sentence speaks of a vote, so that *for* and *no* are sides.
    """
    at = place + 1
    while at < len(found) and at <= place + _REACH_RIGHT:
        told = label(found, at, voting=voting)
        if told is not None:
            return None if _is_pair(found, told[1]) else told
        if at == place + 1 and found[at].text == "," and label(found, at + 1, voting=False) is None:
            return None
        if found[at].plain not in _FILLERS or isinstance(found[at], Count):
            return None
        at += 1
    return None


def left(found: Sequence[Token], place: int, owned: frozenset[int] | set[int]) -> tuple[Position, int] | None:
    """Return the side told before the number at a place, and where its words begin; not one that has its number."""
    at, reach = place - 1, place - _REACH_LEFT
    while at >= 0 and at >= reach:
        if isinstance(found[at], Count):
            return None
        for length in (3, 2, 1):
            begin = at - length + 1
            told = label(found, begin, voting=True) if begin >= 0 else None
            if told is not None and told[1] == at + 1:
                return None if owned & set(range(begin, at + 1)) else (told[0], begin)
        if found[at].plain not in _BETWEEN:
            return None
        at -= 1
    return None


def label(found: Sequence[Token], at: int, *, voting: bool) -> tuple[Position, int] | None:
    """Return the side that the words at a place name, and the place after them."""
    if at >= len(found):
        return None
    word = found[at].plain
    for words, side in LABELS.get(word, ()):
        end = at + len(words)
        if tuple(token.plain for token in found[at:end]) == words and _meant(found, at, end, words, voting):
            return side, end
    if voting and word in ("no", "si") and _alone(found, at):
        return (NO if word == "no" else YES), at + 1
    return None


def _meant(found: Sequence[Token], at: int, end: int, words: tuple[str, ...], voting: bool) -> bool:
    if words == ("for",):
        # *216 votes for Scalise* elects somebody.
        named = end < len(found) and found[end].capital and found[end].plain not in ("the", "a")
        return voting and not named
    if words in (("favorable",), ("positivo",), ("negativo",), ("contra",), ("backing",), ("opposing",)):
        return voting
    return True


def _alone(found: Sequence[Token], at: int) -> bool:
    """Whether *sí* or *no* is a vote here: quoted, in capitals, before its number, or set off from what follows."""
    after = found[at + 1].plain if at + 1 < len(found) else "."
    if at + 1 < len(found) and isinstance(found[at + 1], Count):
        return found[at].capital
    if found[at].plain == "si" and found[at].text.lower() == "si" and not found[at].text.isupper():
        return after in ('"', "”", "»", ":")
    return after in (",", ";", ".", ":", "y", "and", ")", '"', "”", "»", "’", "'", "votes", "vote", "-", "–")


def _is_pair(found: Sequence[Token], end: int) -> bool:
    """Whether the side's word only stands between two figures: *70 votos contra 33*."""
    return end < len(found) and isinstance(found[end], Count) and found[end - 1].plain in ("contra", "against")


def of_group(found: Sequence[Token], place: int) -> bool:
    """Whether a number is that of a group: *20 Republicans*, *los 12 congresistas de Fuerza Popular*."""
    for at in range(place + 1, min(place + 7, len(found))):
        word = found[at]
        if word.plain in GROUPS:
            return True
        if word.plain in ("de", "del", "of", "from") and at + 1 < len(found):
            after = found[at + 1]
            if after.plain in GROUPS or (after.capital and after.plain not in ("los", "las")):
                return True
        if word.plain not in _FILLERS and word.plain not in ("su", "his", "her", "their", "all", "del", "from"):
            return False
    return False
