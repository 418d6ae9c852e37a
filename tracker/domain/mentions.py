"""Which bills, motions, laws and decrees does a Peruvian subject name, and where in its text?

Old character recognition loses blanks (`DELPROYECTO`, `LEY9055`), adds some (`PROYECT O`) and glues numbers to words
(`2085Y 2231`). So a text is read without its accents, case, points and blanks, and every sign knows where it stood.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

LONGEST = 4_000
"""Characters of a text that are looked at; a sheet prints about 450 of a subject."""


class Named(StrEnum):
    """What a number stands for."""

    BILL = "bill"
    MOTION = "motion"
    LAW = "law"
    LEGISLATIVE_RESOLUTION = "legislative_resolution"
    LEGISLATIVE_DECREE = "legislative_decree"
    DECREE_LAW = "decree_law"
    URGENCY_DECREE = "urgency_decree"
    SUPREME_DECREE = "supreme_decree"


@dataclass(frozen=True, slots=True)
class Mention:
    """A number in a text: what it stands for, and the signs it takes up (`text[start:end]`).

    `number` is bare and without leading zeros (`9055`), or in full where the text has it so: `09055/2024-CR`,
    `00013-2026-2031-S`, `012-2019`, `009-2022-MINEDU`.
    """

    kind: Named
    number: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Head:
    """Words that say what the numbers after them are; `short`: letters that count only where they begin a word."""

    words: str
    kinds: tuple[tuple[Named, str], ...]
    short: bool = False


_MONTH = "enero|febrero|marzo|abril|mayo|junio|julio|agosto|setiembre|septiembre|octubre|noviembre|diciembre"
_END = rf"(?![\d%]|[/-]\d|de(?:{_MONTH})|dias|anos|horas)"
"""What follows makes a number neither longer, nor part of another notation, nor a day or a span of time."""
_NEW = r"\d{1,5}-20\d[16]-20\d[16]-(?:cd|cr|s)"
"""Since 2026, with both years of the period; `001-2022-2023-CR`, of one year, numbers a decision of the Congress."""
_BILL = rf"\d{{1,5}}/\d{{4}}(?!\d)|{_NEW}|\d{{1,5}}{_END}"
_MOTION = rf"{_NEW}|\d{{1,5}}{_END}"
_SHORT, _LONG = r"\d{1,4}" + _END, r"\d{5}" + _END
_URGENCY, _SUPREME = r"\d{1,3}-\d{4}(?!\d)", r"\d{1,3}-(?:\d{4}|\d{2})(?!\d)"

_RESOLUTION = r"re[a-z]{6,10}le[a-z]{0,2}gislativas?(?:(?:del?)?(?:congreso|senado|lacamaradediputados))?"
_HEADS = (
    _Head(
        r"(?:(?:pro[yvect]{3,5}os?){1,2}(?:de)?|proposicion(?:es)?de)"
        rf"(?:ley(?:es)?|ely|{_RESOLUTION})?(?:de)?(?:reformaconstitucional)?|propuestas?legislativas?",
        ((Named.BILL, _BILL),),
    ),
    _Head(r"pr?ls?", ((Named.BILL, _BILL),), short=True),
    _Head(
        r"mociones?(?:del?orden(?:del?dia)?)?(?:de(?:censura|interpelacion|vacancia))?|"
        r"mocion(?:del?orden(?:del?dia)?)?(?:de(?:censura|interpelacion|vacancia))?",
        ((Named.MOTION, _MOTION),),
    ),
    _Head(r"mod", ((Named.MOTION, _MOTION),), short=True),
    _Head(r"decretos?deurgencia", ((Named.URGENCY_DECREE, _URGENCY),)),
    _Head(r"du", ((Named.URGENCY_DECREE, _URGENCY),), short=True),
    _Head(r"decretos?supremos?", ((Named.SUPREME_DECREE, _SUPREME),)),
    _Head(r"ds", ((Named.SUPREME_DECREE, _SUPREME),), short=True),
    _Head(r"decretos?legis[a-z]{3,8}", ((Named.LEGISLATIVE_DECREE, _SHORT),)),
    _Head(r"decretos?ley(?:es)?", ((Named.DECREE_LAW, _LONG),)),
    # Decretos leyes of 1968 to 1980 have five digits, decretos legislativos from 1981 on up to four.
    _Head(r"dl(?:eg)?", ((Named.LEGISLATIVE_DECREE, _SHORT), (Named.DECREE_LAW, _LONG)), short=True),
    _Head(_RESOLUTION, ((Named.LEGISLATIVE_RESOLUTION, rf"\d{{1,3}}-\d{{4}}-\d{{4}}-(?:cd|cr|s)|{_LONG}"),)),
    # Laws have had five digits since 1944; an older number is not told from a bill whose first word is lost.
    _Head(r"ley(?:es)?", ((Named.LAW, _LONG),)),
    # A number in full needs no word before it. Motions since 2026 are written alike, and have theirs.
    _Head(r"(?<![\d/-])", ((Named.BILL, rf"\d{{1,5}}/20\d\d(?=-(?:cr|pe|gl|gr))|{_NEW}"),)),
)
_FOUND = tuple((head, re.compile(rf"(?:{head.words})(?:n(?:ro|um|o)?)?(?=\d)")) for head in _HEADS)
_NUMBER = {number: re.compile(number) for head in _HEADS for _, number in head.kinds}
_NEXT = re.compile(r"(?:\([a-z]{1,40}\))?(?:,[ye]?|[ye])(?=\d)")
"""What joins two numbers of a list."""
_LETTERS = re.compile(r"\s*-\s*([A-Za-z]{1,10})\b")


def mentions(text: str) -> tuple[Mention, ...]:
    """Find the numbers of a text that stand for a bill, a motion, a law or a decree, in order of place.

    >>> [(m.kind.value, m.number) for m in mentions("PROYECTOS DE LEY 371 (ACTUALIZADO) Y 796, LEY 26859")]
    [('bill', '371'), ('bill', '796'), ('law', '26859')]
    """
    plain, at = _squeeze(text[:LONGEST])
    found: dict[int, Mention] = {}
    for head, words in _FOUND:
        for match in words.finditer(plain):
            begins = at[match.start()]
            if head.short and begins and text[begins - 1].isalnum():
                continue
            for mention in _listed(head, plain, match.end(), at, text):
                found.setdefault(mention.start, mention)
    return tuple(found[start] for start in sorted(found))


def _squeeze(text: str) -> tuple[str, list[int]]:
    """Return the letters, digits and signs of notation of a text, and where each stood.

    A blank stays between two numbers, so that they do not become one.
    """
    plain: list[str] = []
    at: list[int] = []
    apart = False
    for place, sign in enumerate(text):
        for part in unicodedata.normalize("NFKD", sign).lower():
            known = part.isascii() and (part.isalnum() or part in ",/-()%")
            if not known or (part.isdigit() and not sign.isascii()):  # a quarter (¼) is neither 1 nor 4
                apart = apart or not unicodedata.combining(part)
                continue
            if apart and part.isdigit() and plain and plain[-1].isdigit():
                plain.append(" ")
                at.append(place)
            plain.append(part)
            at.append(place)
            apart = False
    return "".join(plain), at


def _listed(head: _Head, plain: str, place: int, at: list[int], text: str) -> Iterator[Mention]:
    while True:
        read = ((kind, match) for kind, number in head.kinds if (match := _NUMBER[number].match(plain, place)))
        kind, match = next(read, (None, None))
        if kind is None or match is None:
            return
        mention = _mention(kind, match, at, text)
        yield mention
        joined = _NEXT.match(plain, bisect_left(at, mention.end, match.end()))
        if joined is None:
            return
        place = joined.end()


def _mention(kind: Named, match: re.Match[str], at: list[int], text: str) -> Mention:
    start, end, number = at[match.start()], at[match.end() - 1] + 1, match[0]
    if number.isdigit():
        return Mention(kind, str(int(number)), start, end)
    if "/" in number or kind is Named.SUPREME_DECREE:
        # Who proposed or signed it (`-CR`, `-MINEDU`): only the text itself tells where these letters end.
        letters = _LETTERS.match(text, end)
        if letters is not None:
            number, end = f"{number}-{letters[1]}", letters.end()
    digits, sign, rest = re.split(r"([/-])", number, maxsplit=1)
    width = 5 if kind in (Named.BILL, Named.MOTION) else 3
    return Mention(kind, f"{int(digits):0{width}}{sign}{rest}".upper(), start, end)
