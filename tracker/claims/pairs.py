"""Which figures side by side are a tally: *70-33-4*, *70 to 33*, *a 399-to-25 vote*; and which are scores or seats?"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.claims import outcome
from tracker.claims.labels import GROUPS
from tracker.claims.lexicon import listed
from tracker.claims.numbers import Count
from tracker.claims.tokens import Token

_JOINTS = frozenset(("a", "to", "contra", "against", "versus", "vs", "frente"))
_RANGE = frozenset(listed("pairs", "range"))
VOTES = frozenset(("votos", "voto", "votes", "vote", "sufragios", "manos", "hands"))
_NO_TALLY_AFTER = frozenset(listed("pairs", "no_tally_after"))
_HOLD = frozenset(("hold", "holds", "held", "have", "has", "had", "control", "controls", "tiene", "tenia"))

_OF_PARTY = frozenset(listed("pairs", "of_party"))
REACH = 4
"""Words between a group and its tally."""


def _game(found: Sequence[Token], places: Sequence[int]) -> bool:
    """Whether two figures are the score of a game: words of games beside them, or small and no word of votes."""
    near = found[max(0, places[0] - 5) : places[-1] + 4]
    if outcome.sporting(near):
        return True
    largest = max(token.value for at in places if isinstance(token := found[at], Count))
    return largest < 10 and not any(token.plain.startswith(("vot", "abst", "favor", "nay", "yea")) for token in near)


def row(found: Sequence[Token], place: int) -> list[int]:
    """Return the places of two or three figures that make a tally, beginning here."""
    before = found[place - 1] if place else None
    if before is not None and (before.plain in _RANGE or (before.joint and before.end == found[place].start)):
        return []
    places = [place]
    while len(places) < 3:
        after = _joined(found, places[-1], first=len(places) == 1)
        if after is None:
            break
        places.append(after)
    end = places[-1] + 1
    if len(places) > 1 and end + 1 < len(found) and found[end].joint and found[end + 1].digits:
        return []
    return [] if len(places) < 2 or _divided(found, place, end) or _game(found, places) else places


def _divided(found: Sequence[Token], place: int, end: int) -> bool:
    """Whether two figures say how seats or chances stand: *is split 50-50*, *a 50-50 chance*, *a 50-50 Senate*."""
    after = [token.plain for token in found[end : end + 2]]
    if after[:1] and after[0] in _NO_TALLY_AFTER and not set(after[1:]) & VOTES:
        return True
    before = {token.plain for token in found[max(0, place - 3) : place]}
    if after[:1] in (["majority"], ["mayoria"]) and before & _HOLD:
        return True
    return bool(before & {"split", "divided", "dividido"}) and bool(before & {"is", "are", "was", "evenly", "esta"})


def _joined(found: Sequence[Token], place: int, *, first: bool) -> int | None:
    """Return the place of the figure that a dash, or a word such as *to*, joins to this one."""
    at = place + 1
    if at < len(found) and found[at].plain in VOTES:
        at += 1
    if at + 1 >= len(found):
        return None
    if found[at].dash and found[at + 1].plain == "to" and at + 3 < len(found) and found[at + 2].dash:
        return at + 3 if first and isinstance(found[at + 3], Count) else None  # *a 399-to-25 vote*
    if found[at].joint and found[place + 1].joint:
        same = found[at].start - found[place].end == found[at + 1].start - found[at].end
        return at + 1 if isinstance(found[at + 1], Count) and same else None
    if not first or found[at].plain not in _JOINTS:
        return None
    if found[at].plain == "a" and place and found[place - 1].plain == "de" and not _tally_word(found, place - 2):
        return None
    at += 2 if found[at].plain == "frente" and found[at + 1].plain == "a" else 1
    while at < len(found) and found[at].plain in ("los", "the", "solo", "only", "just"):
        at += 1
    return at if at < len(found) and isinstance(found[at], Count) else None


def _tally_word(found: Sequence[Token], place: int) -> bool:
    return place >= 0 and found[place].plain in (
        "voto", "empate", "votacion", "margen", "resultado", "marcador", "conteo", "votos", "diferencia", "mas",
    )  # fmt: skip


def party(found: Sequence[Token], first: int, last: int) -> str | None:
    """Return the group whose members alone a tally counts: *Republicans voted 218-2*, *0-210 among Democrats*."""
    at = first - 1
    while at >= 0 and at >= first - REACH and found[at].plain in _OF_PARTY:
        at -= 1
    name = at
    while name > 0 and name > at - REACH and found[name].capital:
        name -= 1
    if name < at and found[name].plain in ("de", "del", "of"):
        at = name - 1  # *la bancada de Fuerza Popular votó 20-0*
    if at >= 0 and found[at].plain in GROUPS and not found[at].plain.startswith(("part", "caucus")):
        return found[at].text
    after = [token.plain for token in found[last : last + 3]]
    if after[:1] and after[0] in ("among", "entre") and set(after[1:]) & GROUPS:
        return found[last + 1 + (after[1] not in GROUPS)].text
    return None
