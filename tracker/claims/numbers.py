"""Which numbers of a text may count votes, in digits or in words, and which are ages, laws, money, scores, years?"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass

from tracker.claims.claim import MANY, Part
from tracker.claims.lexicon import listed
from tracker.claims.tokens import Token
from tracker.domain.spelled import Language

RUN = 6
"""Tokens that a tally with slashes reaches back."""
SLASHED = 20
"""The least that the larger of two figures with a slash is, if they are a tally."""
MOST = 999
"""No chamber has a thousand members that vote."""


@dataclass(slots=True)
class Count(Token):
    """A number that may count votes; `weak`: an article as well (*una abstención*), a count only beside its noun."""

    value: int
    weak: bool
    part: Part


_ES = {word: n for n, word in enumerate(listed("numbers", "es"))} | {"un": 1, "una": 1, "veintiun": 21, "veintiuna": 21}
_ES_TENS = {word: 10 * n for n, word in enumerate(listed("numbers", "es_tens"), 3)}
_ES_HUNDREDS = {word: 100 * n for n, word in enumerate(listed("numbers", "es_hundreds"), 2)}
_ES_HUNDREDS |= {"cien": 100, "ciento": 100}
_ES_HUNDREDS |= {word[:-2] + "as": n for word, n in _ES_HUNDREDS.items() if word.endswith("os")}
_EN = {word: n for n, word in enumerate(listed("numbers", "en"))}
SPELLED = _ES | _EN
"""Numbers of one word, but for round ones."""
_EN_TENS = {word: 10 * n for n, word in enumerate(listed("numbers", "en_tens"), 2)}
_BEGIN = {"es": _ES.keys() | _ES_TENS.keys() | _ES_HUNDREDS.keys(), "en": _EN.keys() | _EN_TENS.keys() | {"a"}}
"""Words that a number begins with."""
_WEAK = frozenset(("un", "uno", "una", "one"))

_UNITS = frozenset(listed("numbers", "units"))
"""What a number counts that is no vote."""
_BEFORE = frozenset(listed("numbers", "before"))
"""Words after which a number is a name."""
_NUMERO = frozenset(("n", "nro", "num", "nros", "nums"))
_LOWER = {
    "es": (("mas", "de", 1), ("al", "menos", 0), ("por", "lo", "menos", 0), ("como", "minimo", 0),
           ("no", "menos", "de", 0), ("superando", "los", 1), ("supero", "los", 1)),
    "en": (("more", "than", 1), ("over", 1), ("at", "least", 0), ("no", "fewer", "than", 0), ("above", 1)),
}  # fmt: skip
_UPPER = {
    "es": (("menos", "de", 1), ("a", "lo", "mas", 0), ("como", "maximo", 0), ("no", "mas", "de", 0), ("casi", 1)),
    "en": (("less", "than", 1), ("fewer", "than", 1), ("at", "most", 0), ("no", "more", "than", 0), ("under", 1),
           ("nearly", 1), ("almost", 1)),
}  # fmt: skip
MEMBERS = frozenset(listed("numbers", "members"))
_ARTICLES = frozenset(listed("numbers", "articles"))
_ABOUT = frozenset(listed("numbers", "about"))


def counts(found: Sequence[Token], taken: Container[int], language: Language) -> list[Token]:
    """Return the tokens with every number that may count votes as one `Count`; `taken` are places inside dates."""
    made: list[Token] = []
    begin = _BEGIN[language]
    place = 0
    while place < len(found):
        may = (found[place].digits or found[place].plain in begin) and place not in taken
        read = _number(found, place, language) if may else None
        if read is None:
            made.append(found[place])
            place += 1
            continue
        value, last = read
        said = _of_whole(made, found, place, last, value)
        if said:
            del made[-said:]
            place = last
            continue
        if value <= MOST and not _other(found, place, last):
            made.append(_count(found, place, last, value, language))
        else:
            made.extend(found[place:last])
        place = last
    return made


def _of_whole(made: Sequence[Token], found: Sequence[Token], first: int, last: int, value: int) -> int:
    """Return how many tokens made so far only say of how many a count is: *102 of the 130 members*; 0: none."""
    if last >= len(found) or found[last].plain not in MEMBERS:
        return 0
    links = 2 if _plain(found, first - 1) in ("los", "las", "the", "its", "sus") else 1
    if _plain(found, first - links) not in ("de", "of") or len(made) <= links:
        return 0
    counted = made[-links - 1]
    return links if isinstance(counted, Count) and counted.value < value else 0


def _count(found: Sequence[Token], first: int, last: int, value: int, language: Language) -> Count:
    start, end = found[first].start, found[last - 1].end
    text = " ".join(token.text for token in found[first:last])
    weak = last == first + 1 and found[first].plain in _WEAK
    return Count(text, "#", start, end, value, weak, _bounds(found, first, value, language))


def _bounds(found: Sequence[Token], first: int, value: int, language: Language) -> Part:
    before = tuple(token.plain for token in found[max(0, first - 3) : first])
    # *No más de* ends like *más de*: the longest form wins.
    for table, low in ((_UPPER, False), (_LOWER, True)):
        for *words, step in table[language]:
            if before[-len(words) :] == tuple(words) and not (low and before[:1] == ("no",) and words[0] != "no"):
                return Part(value + int(step), MANY) if low else Part(0, value - int(step))
    if any(word in _ABOUT for word in before[-2:]):
        return Part(max(0, value - 5), value + 5)
    return Part.exactly(value)


def _number(found: Sequence[Token], place: int, language: Language) -> tuple[int, int] | None:
    """Read a number at a place; return it and the place after it."""
    token = found[place]
    if token.digits:
        usable = token.text.isascii() and token.text.isdigit() and len(token.text) <= 4
        leading = token.text.startswith("0") and len(token.text) > 2
        return (int(token.text), place + 1) if usable and not leading else None
    return _spanish(found, place) if language == "es" else _english(found, place)


def _spanish(found: Sequence[Token], place: int) -> tuple[int, int] | None:
    value, start = 0, place
    if found[place].plain in _ES_HUNDREDS:
        value += _ES_HUNDREDS[found[place].plain]
        place += 1
    word = found[place].plain if place < len(found) else ""
    if word in _ES_TENS:
        value += _ES_TENS[word]
        place += 1
        unit = found[place + 1].plain if place + 1 < len(found) and found[place].plain == "y" else ""
        if 1 <= _ES.get(unit, 0) <= 9 and unit != "una":
            value, place = value + _ES[unit], place + 2
    elif word in _ES and (place == start or _ES[word]):
        value += _ES[word]
        place += 1
    return (value, place) if place > start else None


def _english(found: Sequence[Token], place: int) -> tuple[int, int] | None:
    start = place
    read = _below_hundred(found, place)
    if found[place].plain == "a" and _plain(found, place + 1) == "hundred":
        read = (1, place + 1)
    if read is None:
        return None
    value, place = read
    if _plain(found, place) == "hundred" and 1 <= value <= 9:
        value, place = 100 * value, place + 1
        joined = place + 1 if _plain(found, place) == "and" else place
        rest = _below_hundred(found, joined) if joined < len(found) else None
        if rest is not None:
            value, place = value + rest[0], rest[1]
    return (value, place) if place > start else None


def _below_hundred(found: Sequence[Token], place: int) -> tuple[int, int] | None:
    word = _plain(found, place)
    if word in _EN:
        return _EN[word], place + 1
    if word not in _EN_TENS:
        return None
    value, place = _EN_TENS[word], place + 1
    after = place + 1 if place < len(found) and found[place].dash else place
    if 1 <= _EN.get(_plain(found, after), 0) <= 9:
        return value + _EN[_plain(found, after)], after + 1
    return value, place


def _plain(found: Sequence[Token], place: int) -> str:
    return found[place].plain if 0 <= place < len(found) else ""


def _other(found: Sequence[Token], first: int, last: int) -> bool:
    """Whether a number counts or names something else."""
    before, further, after = _plain(found, first - 1), _plain(found, first - 2), _plain(found, last)
    next_ = _plain(found, last + 1)
    hyphened = last < len(found) and found[last].dash
    if after in _UNITS or (hyphened and next_ in _UNITS) or (after, next_) == ("por", "ciento"):
        return True
    if before in _ARTICLES and hyphened and next_.isdigit() and found[last].end == found[last + 1].start:
        return False  # *the second article 221-212*
    if before in _BEFORE or before in _NUMERO or (before in ("°", "º", ".") and further in (*_NUMERO, "no")):
        return True
    if after in ("/", ":") and next_.isdigit() and found[last].end == found[last + 1].start:
        return after == ":" or not _slashed(found, first)
    glued = first >= 1 and found[first - 1].end == found[first].start
    if glued and (found[first - 1].text.isalpha() or (before in ("/", ":") and further.isdigit())):
        return before != "/" or not _slashed(found, first)
    return last < len(found) and found[last].start == found[last - 1].end and found[last].text.isalpha()


def _slashed(found: Sequence[Token], place: int) -> bool:
    """Whether a number is one of two or three with slashes between that may be a tally: *70/33/4*, and not *24/7*."""
    begin = place
    while begin > 1 and place - begin < RUN and found[begin - 1].text == "/" and found[begin - 2].digits:
        begin -= 2
    run = [found[begin]]
    while len(run) <= 3 and _plain(found, begin + 1) == "/" and _plain(found, begin + 2).isdigit():
        begin += 2
        run.append(found[begin])
    if not all(token.text.isascii() and token.text.isdigit() and len(token.text) <= 3 for token in run):
        return False
    values = [int(token.text) for token in run]
    return len(run) == 3 or (len(run) == 2 and max(values) >= SLASHED and values != [24, 7])
