"""Which figure did the chair announce for a vote, what does it count, and what outcome do the minutes state?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.domain.votes import Means, Tally

SPOKEN_BEGIN = date(2022, 12, 1)
"""Until November 2022 a plain figure is the board's: 965 of 991 votes without notes were announced with it."""
BOARD_AGAIN = date(2023, 8, 1)
"""From August 2023 the figure is the board's again, followed by the votes given aloud: 299 of 302."""
FAR = 6
"""A figure that differs from both board and board plus notes by more than six votes in all belongs to something else:
of the figures that fit neither, 34 differ by one to three and the rest are a committee's or an earlier vote's."""

_WORDS = {"un": 1, "uno": 1, "una": 1, "cero": 0, "ningun": 0, "ninguno": 0, "ninguna": 0, "ningún": 0}
_N = r"(\d{1,3}|un|uno|una|cero|ning[uú]n[oa]?)"
_GAP = r"[^.\d«»]{0,90}?"
_FOR = rf"{_N}\s+(?:votos?\s+)?a\s?favor\b"
_AGAINST = rf"{_N}\s+(?:votos?\s+)?en\s+contra\b"
_ABSTAINED = rf"{_N}\s+(?:votos?\s+(?:en|de|por)\s+(?:la\s+)?)?abs\w*nci\w+"
_ORDERS = (
    (re.compile(rf"{_FOR}{_GAP}\b{_AGAINST}{_GAP}\b{_ABSTAINED}", re.IGNORECASE), (0, 1, 2)),
    (re.compile(rf"{_AGAINST}{_GAP}\b{_FOR}{_GAP}\b{_ABSTAINED}", re.IGNORECASE), (1, 0, 2)),
)
_SENTENCE_END = re.compile(r"[.»]\s+(?=[A-ZÁÉÍÓÚÑ«“])")
_INCLUDED = re.compile(
    r"inclu\w+\s+(?:los?|su|el)\s+vot\w*\s+oral|inclu\w+\s+(?:los\s+)?votos?\s+expresad", re.IGNORECASE
)
_INCLUDED_SOME = re.compile(r"inclu\w+\s+(?:los?|el|su)s?\s+vot", re.IGNORECASE)
_CHAIR = re.compile(
    r"(?:con|inclu\w+)\s+el\s+voto\s+(?:favorable\s+|dirimente\s+|(?:a\s+favor|en\s+contra)\s+)?"
    r"(?:de\s+la\s+presidencia|del?\s+(?:la\s+)?president\w+)",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"\bdej\w+\s+constancia\s*,?\s*(?P<who>(?:el|la)\s+president[ea](?:\s+del\s+congreso)?|la\s+presidencia)\s*,?\s*"
    r"(?P<said>de\s+su\s+voto\s+(?:a\s+favor|favorable|en\s+contra|en\s+abstenci[oó]n))",
    re.IGNORECASE,
)
_PLUS = re.compile(r"\bm[aá]s\s+(?:el|los)\s+vot", re.IGNORECASE)
_EARLIER = re.compile(
    r"\b(?:sesi[oó]n|pleno)\b[^.]{0,80}\bdel?\s+(?:19|20)\d\d\b[^.]{0,160}$"
    r"|\b(?:primera votaci[oó]n|votaci[oó]n)\s+(?:realizada|efectuada)\b[^.]{0,80}$",
    re.IGNORECASE,
)
_COMMITTEE = re.compile(r"(?:unanimidad|mayor[ií]a)\W{0,4}[-–—(][^.]{0,30}$|[-–—(]\s*$", re.IGNORECASE)

_OUTCOMES = tuple(
    (re.compile(pattern, re.IGNORECASE), outcome)
    for pattern, outcome in (
        (r"\bno\s+(?:fue(?:ron)?|hab[ií]an?\s+sido|se)\s+aprob(?:ad[oa]s?|[oó]|aron)\b", "no aprobado"),
        (r"\bno\s+(?:fue(?:ron)?|hab[ií]an?\s+sido|se)\s+admi(?:tid[oa]s?|ti[oó]|tieron)\b", "no admitido"),
        (r"\bno\s+(?:fue(?:ron)?|hab[ií]an?\s+sido)\s+exonerad[oa]s?\b", "no exonerado"),
        (r"\bno\s+se\s+acord[oó]\b", "no acordado"),
        (r"\bno\s+(?:fue(?:ron)?|hab[ií]an?\s+sido)\s+elegid[oa]s?\b", "no elegido"),
        (r"\bno\s+se\s+hab[ií]an?\s+alcanzado\b|\bno\s+(?:alcanz[oó]|obtuvo)\b", "no alcanzó los votos requeridos"),
        (r"\b(?:fue(?:ron)?|hab[ií]an?\s+sido|se)\s+rechaz(?:ad[oa]s?|[oó]|aron)\b", "rechazado"),
        (r"\b(?:fue(?:ron)?|hab[ií]an?\s+sido)\s+desestimad[oa]s?\b", "desestimado"),
        (r"\b(?:fue(?:ron)?|hab[ií]an?\s+sido)\s+denegad[oa]s?\b", "denegado"),
        (
            r"(?<!\bno )\b(?:fue(?:ron)?|hab[ií]an?\s+sido)\s+aprobad[oa]s?\b|(?<!\bno )\bse\s+aprob(?:[oó]|aron)\b",
            "aprobado",
        ),
        (r"(?<!\bno )\b(?:fue(?:ron)?|hab[ií]an?\s+sido)\s+admitid[oa]s?\b|(?<!\bno )\bse\s+admiti[oó]\b", "admitido"),
        (r"(?<!\bno )\b(?:fue(?:ron)?|hab[ií]an?\s+sido)\s+exonerad[oa]s?\b", "exonerado"),
        (r"(?<!\bno )\bse\s+acord[oó]\b|(?<!\bno )\bfue\s+acordad[oa]\b", "acordado"),
        (r"(?<!\bno )\b(?:fue(?:ron)?|hab[ií]an?\s+sido)\s+elegid[oa]s?\b", "elegido"),
    )
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in the running text: what it says, its sentence and the one after, and how it is worded."""

    tally: Tally
    sentence: str
    after: str
    included: bool
    plus: bool
    chair: bool
    own: str | None
    """The words in which the sentence puts the president's own vote on record, in the order of a note."""
    elsewhere: bool
    """It stands in a committee's result or in the account of an earlier sitting."""

    def means(self, day: date, *, nominal: bool, spoken: bool = False) -> Means | None:
        """Return what the figure counts; None where its wording leaves both open.

        `nominal`: on 28 October 2021 those outside the chamber were asked by name, and the figure includes them.
        `spoken`: the vote has notes, of which the plain figure of the first period sometimes counts the chair's.
        """
        if self.plus and not self.included:
            return Means.BOARD
        if self.included or self.chair or self.own or nominal:
            return Means.FINAL
        if day < SPOKEN_BEGIN and spoken:
            return None
        if day < SPOKEN_BEGIN or day >= BOARD_AGAIN:
            return Means.BOARD if _INCLUDED_SOME.search(self.sentence) is None else None
        return None

    def outcome(self) -> str | None:
        """Return the outcome as the minutes state it, in masculine singular; None if none stands near."""
        at = self.sentence.find(_SPOT)
        before, behind = self.sentence[:at], self.sentence[at + 1 :]
        return _last(before) or _first(behind) or _first(self.after)


_SPOT = "\x00"


def figures(text: str) -> list[Figure]:
    """Find every three-part figure in the running text before a vote, in order."""
    spans: list[tuple[int, int, Tally]] = []
    for pattern, order in _ORDERS:
        for match in pattern.finditer(text):
            if not any(a < match.end() and match.start() < b for a, b, _ in spans):
                parts = [_number(match[i + 1]) for i in order]
                spans.append((match.start(), match.end(), Tally(parts[0], parts[1], parts[2])))
    return [_figure(text, *span) for span in sorted(spans, key=lambda span: span[0])]


def _figure(text: str, start: int, end: int, tally: Tally) -> Figure:
    ends = [m.end() for m in _SENTENCE_END.finditer(text)]
    begin = max((e for e in ends if e <= start), default=0)
    stop = min((e for e in ends if e >= end), default=len(text))
    behind = min((e for e in ends if e > stop), default=len(text))
    before, after = text[begin:start], text[end:stop]
    return Figure(
        tally,
        f"{before}{_SPOT}{text[start:end]}{after}".strip(),
        text[stop:behind].strip(),
        included=_INCLUDED.search(before[-120:] + text[start:end] + after[:60]) is not None,
        plus=_PLUS.search(after[:40]) is not None,
        chair=_CHAIR.search(before[-80:] + text[start:end] + after[:60]) is not None,
        own=f"{own['who']} dejó constancia {own['said']}" if (own := _OWN.search(before)) else None,
        elsewhere=_EARLIER.search(before) is not None or _COMMITTEE.search(before) is not None,
    )


def choose(found: Sequence[Figure], votes: int, which: int, sums: Sequence[Tally]) -> Figure | None:
    """Choose the figure announced for a vote among those in the text before it; None when unsure.

    `votes` share this text and the vote asked about is number `which` of them; `sums` are the vote's own: board, and
    board with the votes put on record. With as many figures as votes each has its own, in order. Otherwise one that
    equals a sum of the vote is taken; a single one is taken if it comes near.
    """
    own = [figure for figure in found if not figure.elsewhere]
    if votes > 1 and len(own) == votes:
        own, votes = [own[which]], 1
    near = own or ([f for f in found if f.elsewhere] if votes == 1 else [])
    fits = [figure for figure in near if any(figure.tally.same_cast(tally) for tally in sums)]
    if fits:
        return fits[-1]
    if votes == 1 and len(own) == 1 and min(_apart(own[0].tally, tally) for tally in sums) <= FAR:
        return own[0]
    return None


def owns(sentence: str) -> bool:
    """Whether a sentence puts the president's own vote on record before the figure it announces."""
    return _OWN.search(sentence) is not None


def text_of(figure: Figure) -> str:
    """Return the sentence that announces a figure, at most 600 characters around it."""
    at = figure.sentence.find(_SPOT)
    whole = figure.sentence.replace(_SPOT, "")
    begin = max(0, at - 300)
    return ("…" if begin else "") + whole[begin : at + 300].strip() + ("…" if len(whole) > at + 300 else "")


def added(figure: Figure) -> str | None:
    """Return the votes the sentence names after the figure (`más el voto a favor de …`); None if it names none."""
    behind = figure.sentence[figure.sentence.find(_SPOT) + 1 :]
    match = re.search(r"abs\w*nci\w+\W{0,3}(?:\b(?:m[aá]s|inclu\w+)\b)\s+(?=(?:el|los)\s+vot)", behind, re.IGNORECASE)
    return behind[match.end() :] if match else None


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else _WORDS[text.lower()]


def _apart(one: Tally, other: Tally) -> int:
    return sum(abs(step) for step in one.differences(other).values())


def _last(text: str) -> str | None:
    found = [(m.start(), outcome) for pattern, outcome in _OUTCOMES for m in pattern.finditer(text[-400:])]
    return max(found)[1] if found else None


def _first(text: str) -> str | None:
    found = [(m.start(), outcome) for pattern, outcome in _OUTCOMES for m in pattern.finditer(text[:300])]
    return min(found)[1] if found else None
