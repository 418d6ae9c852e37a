"""Whose votes does a note put on record outside the board, which way, and instead of what?

The grammar is that of the plenary's notes of 2021-2024, with the slips their writers make (docs/sources/pe_minutes.md).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tracker.domain.votes import Position

_FAVOR = r"(?:a\s?fav\w{0,2}r|favorable)\b"
_AGAINST = r"en\s?contr?a\b"
_ABSTAIN = r"(?:(?:en|de|por|su)\s+)?(?:la\s+)?abst\w*nci[oó]n\b"
_WAY = rf"(?:{_FAVOR}|{_AGAINST}|{_ABSTAIN})"
_VOTE = r"[vc]ot\w{0,2}"
_NOUN = r"(?:con\w{2,8}(?:ist|it|st)as?|parlamentari[oa]s?|diputad[oa]s?|senador(?:es|as?)?)"
_MEMBERS = rf"(?:se[ñn]or(?:es|as?)?\s+)*{_NOUN}"
_OF = rf"\s*,?\s*(?:(?:de\s+l[ao]s?|del|de|l[ao]s?|el)\s+)?(?:{_MEMBERS}\b)?\s*"
_LEAD = r"(?:(?:de\s+los|de\s+las|del|de|el|los|por\s+el)\s+)?"

_HEADS = re.compile(
    rf"(?P<change>{_LEAD}(?:cambi\w*\s+)?(?:(?:de|del)\s+)?(?:su\s+)?(?:{_VOTE}\s+)?(?:de\s+)?(?P<was>{_WAY})"
    rf"\s+por\s+(?:el\s+|su\s+)?(?:{_VOTE}\s+)?(?:de\s+|en\s+)?(?P<now>{_WAY}))"
    rf"|(?P<own>(?:de\s+)?sus?\s+(?:propio\s+)?(?:{_VOTE}\s+)?(?P<own_way>{_WAY}))"
    rf"|(?P<act>votaron|vot[oó])\s+(?P<act_way>{_WAY})"
    r"|(?P<abstained>se\s+abst\w+)"
    rf"|(?P<plain>{_LEAD}{_VOTE}\s+(?:oral(?:es)?\s+)?(?P<plain_way>{_WAY})|(?:de|la|y|,|;)\s+(?:la\s+)?(?P<bare_way>abst\w*nci[oó]n\b))"
    rf"|(?P<same>\by?\s+(?:el|los|as[ií]\s+como\s+el|del?)\s+de\s+(?:l[ao]s?\s+)?(?={_MEMBERS}))"
    rf"|(?P<none>(?:del?|los|el|y)\s+{_VOTE}\s+(?=(?:del?|de\s+l[ao]s?)\s+{_MEMBERS}))",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r",?\s*(?:(?:cuy[ao]s?|que|de (?:lo|las?) cual(?:es)?|de quienes)\b.{0,20}\bconstancia|seg[uú]n|conforme|tal como"
    r"|como\s+(?:se[ñn]al|indic)|respectivamente|y\s+pas[oó]|por\s+lo\s+que|,?\s*quien|del grupo parlamentario)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
_NEXT_SENTENCE = re.compile(
    r"[.»]\s+(?=(?:El|La|Los|Las|En|Al|A|Asimismo|Además|Finalmente|Se|Antes|Por|Con|Durante|Luego|Previo|Previa)[\s,])"
)
_LINK = r"(?:y|e|as[ií]\s+como|adem[aá]s|asimismo|tambi[eé]n|m[aá]s|luego)\b"
_JOIN = re.compile(rf"^(?:[\s,;:.»”\"]|{_LINK})+|(?:[\s,;:.»”\"]|\b{_LINK})+$", re.IGNORECASE)
_PRESIDER = re.compile(
    r"(?:el|la)\s+(?:se[ñn]or[a]?\s+)?congresistas?\s+(?P<name>[A-ZÁÉÍÓÚÑ][^,;]*?)\s*(?P<office>,.*?|)\s*,?\s*\b(?:dej[oóa]\w*|precis\w+)\s",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"(?:el|la)\s+(?:se[ñn]ora?\s+)?(?:vice)?president[ea]\b[^,;]{0,40}?,?.{0,60}?\bdej", re.IGNORECASE
)
_HOLDS_OFFICE = re.compile(r"president|presidencia", re.IGNORECASE)
_NOMINAL = re.compile(r"consulta\s+nominal", re.IGNORECASE)
_LATE = re.compile(r"(?:dejaron|dej[oó])\s+constancia(?:\s+verbal)?\s+de\s+sus?\s+(?:voto|abst)", re.IGNORECASE)
_EXCLUDED = re.compile(r"\bno\s+se\s+(?:consider|tom|contabil|comput)\w*.{0,60}\bvoto", re.IGNORECASE)


_APART = re.compile(
    r"(?:^|(?<=[.»] ))[^.\d]{0,200}?\bdej\w+\s+(?:la\s+)?constancia\s+(?:verbal\s+)?del?\s+"
    r"[^.\d]{0,20}?\b(?:voto|abst)[^.]{0,600}\.",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of a note: the text of the names (empty: the one in the chair), the position, the words.

    `declared` is the position a change of vote replaces.
    `counts` is False where members only say how they would have voted, which the announced figure leaves out.
    """

    names: str
    now: Position
    quote: str
    declared: Position | None = None
    own: bool = False
    counts: bool = True


@dataclass(slots=True)
class Note:
    """What a note says: its clauses, who speaks in it, whether by office alone, and what could not be read."""

    clauses: list[Clause] = field(default_factory=list)
    speaker: str | None = None
    in_office: bool = False
    doubts: list[str] = field(default_factory=list)
    nominal: bool = False


def way(text: str) -> Position:
    """Return the position a direction stands for."""
    plain = text.lower()
    if re.search("abst", plain):
        return Position.ABSTAIN
    return Position.YES if re.search("fav", plain) else Position.NO


def read(text: str) -> Note:
    """Read one note. What it does not understand is a doubt, word for word."""
    note = Note(nominal=_NOMINAL.search(text) is not None)
    if _EXCLUDED.search(text):
        note.doubts.append(f"a note takes a vote out of the count: {text[:200]!r}")
        return note
    _speaker(text, note)
    late = _LATE.match(text) is not None
    heads = list(_HEADS.finditer(text))
    if not heads:
        note.doubts.append(f"a note about votes was not understood: {text[:200]!r}")
    last: Position | None = None
    for i, head in enumerate(heads):
        body = text[head.end() : heads[i + 1].start() if i + 1 < len(heads) else len(text)]
        last = _clause(note, head, body, last, late=late)
    return note


def apart(text: str) -> list[str]:
    """Return the sentences of the running text that put votes on record away from any list.

    They follow an announcement, or name a vote some pages back; which vote they mean and whether they count, the
    minutes leave open, so they are shown and added to nothing.
    """
    return [match[0].strip() for match in _APART.finditer(text)]


def _speaker(text: str, note: Note) -> None:
    if match := _PRESIDER.match(text):
        note.speaker = match["name"].strip()
        note.in_office = _HOLDS_OFFICE.search(match["office"]) is not None
    elif _OFFICE.match(text):
        note.in_office = True


def _clause(note: Note, head: re.Match[str], body: str, last: Position | None, *, late: bool) -> Position | None:
    names = _names(body)
    quote = " ".join((head[0] + body).split()).strip(" ,;y")
    if head["none"] or (head["same"] and last is None):
        note.doubts.append(f"a note names members without saying how they voted: {quote[:200]!r}")
        return None
    declared: Position | None = None
    if head["change"]:
        declared, now = way(head["was"]), way(head["now"])
    elif head["abstained"]:
        now = Position.ABSTAIN
    elif head["same"] and last is not None:
        now = last
    else:
        now = way(head["own_way"] or head["act_way"] or head["plain_way"] or head["bare_way"])
    if names:
        note.clauses.append(Clause(names, now, quote, declared, counts=not late))
    elif head["own"] and not late:
        note.clauses.append(Clause("", now, quote, own=True))
    else:
        note.doubts.append(f"a note gives a direction without a name: {quote[:200]!r}")
    return now


def _names(body: str) -> str:
    text = _TAIL.sub("", _NEXT_SENTENCE.split(body)[0])
    text = re.sub(rf"^{_OF}", "", _strip(text), flags=re.IGNORECASE)
    return _strip(text)


def _strip(text: str) -> str:
    before = None
    while before != text:
        before, text = text, _JOIN.sub("", text)
    return text
