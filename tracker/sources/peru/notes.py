"""Whose votes does a note put on record outside the board, which way, and instead of what?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tracker.domain.votes import Position
from tracker.sources.peru import formula
from tracker.sources.peru.formula import Head
from tracker.sources.peru.letters import Letters

_OF = re.compile(r"\s*,?\s*(?:(?:de\s+l[ao]s?|del|de|l[ao]s?|el)\s+)?", re.IGNORECASE)
LONGEST = 6_000
"""Letters of a note; the longest of a sheet has 1,600."""
_GLUED_OF = re.compile(r"\s*,?\s*(?:de(?:l|l[ao]s?)?|l[ao]s?|el)(?=[A-ZÁÉÍÓÚÑ])")
_TAIL = re.compile(
    r",?\s*(?:(?:cuy[ao]s?|que|de (?:lo|las?) cual(?:es)?|de quienes)\b.{0,20}\bconstancia|seg[uú]n|conforme|tal como"
    r"|como\s+(?:se[ñn]al|indic)|respectivamente|y\s+pas[oó]|por\s+lo\s+que|,?\s*quien|del grupo parlamentario)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
_NEXT_SENTENCE = re.compile(
    r"[.»]\s+(?=(?:El|La|Los|Las|En|Al|A|Asimismo|Además|Finalmente|Se|Antes|Por|Con|Durante|Luego|Previo|Previa)[\s,])"
)
_LINK = r"(?:y|e|as[ií]\s*como|adem[aá]s|asimismo|tambi[eé]n|m[aá]s|luego)\b"
_JOIN = re.compile(rf"^(?:[\s,;:.»”\"]|{_LINK})+|(?<![\s,;:.»”\"])(?<!\by)(?:[\s,;:.»”\"]|\b{_LINK})+$", re.IGNORECASE)
_ENDS = re.compile(r"^(?:[\s,;]|y\s)+|(?<![\s,;])(?<!\by)(?:[\s,;]|\by\b)+$")
_ONE_SPEAKER = re.compile(r"el|la(?!s(?!enor))")
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
    `mixed` is True where the singular `su voto` is followed by names, so that it may be the chair's own as well.
    """

    names: str
    now: Position
    quote: str
    declared: Position | None = None
    own: bool = False
    counts: bool = True
    mixed: bool = False


@dataclass(slots=True)
class Note:
    """What a note says: its clauses, who speaks in it, whether by office alone, and what could not be read.

    `lead` are the words before the first clause, `left` those behind the names of a clause. `told` is True where the
    members themselves are the subject (`la congresista Zeta Chunga cambia su voto`), so that no lead is needed.
    """

    clauses: list[Clause] = field(default_factory=list)
    speaker: str | None = None
    in_office: bool = False
    doubts: list[str] = field(default_factory=list)
    nominal: bool = False
    lead: str = ""
    told: bool = False
    left: list[str] = field(default_factory=list)


def read(text: str) -> Note:
    """Read one note. What it does not understand is a doubt, word for word."""
    text = " ".join(text.split())
    if len(text) > LONGEST:
        return Note(doubts=[f"a note of {len(text)} letters is no note; it begins {text[:120]!r}"])
    note = Note(nominal=_NOMINAL.search(text) is not None)
    if _EXCLUDED.search(text):
        note.doubts.append(f"a note takes a vote out of the count: {text[:200]!r}")
        return note
    letters = Letters(text)
    found = list(formula.heads(letters))
    if not found:
        note.doubts.append(f"a note about votes was not understood: {text[:200]!r}")
        return note
    note.lead = letters.cut(0, found[0].start)
    _speaker(note)
    late = _LATE.match(text) is not None
    ends = [*(head.start for head in found[1:]), len(letters.flat)]
    last: Position | None = None
    for head, end, after in zip(found, ends, [*found[1:], None], strict=True):
        if after is not None and head.end == after.start and head.now is after.now and head.kind == after.kind:
            continue  # "deja constancia del voto a favor del voto a favor de los congresistas …"
        last = _clause(note, letters, head, end, last, late=late)
    return note


def apart(text: str) -> list[str]:
    """Return the sentences of the running text that put votes on record away from any list.

    They follow an announcement, or name a vote some pages back; which vote they mean and whether they count, the
    minutes leave open, so they are shown and added to nothing.
    """
    return [match[0].strip() for match in _APART.finditer(text)]


def _speaker(note: Note) -> None:
    """Read who speaks: `El congresista Williams Zapata, presidente del Congreso, deja constancia`."""
    letters = Letters(note.lead)
    office = formula.office(letters)
    note.in_office = office is not None
    begin = formula.members(letters, 0)
    if begin is None or _ONE_SPEAKER.match(letters.flat) is None:
        return
    stop = min(at for at in (office, formula.act(letters), len(letters.flat)) if at is not None)
    name = _strip(letters.cut(begin, max(begin, stop))).partition(",")[0].partition(";")[0].strip()
    note.speaker = name or None


def _subject(note: Note) -> str:
    """Return the names before a verb, `la congresista Zeta Chunga cambia su voto`; the lead is left without them."""
    letters = Letters(note.lead)
    begin = formula.subject(letters)
    if begin is None:
        return ""
    note.lead, note.told = letters.cut(0, begin[0]), True
    return _strip(letters.cut(begin[1], len(letters.flat)))


def _clause(
    note: Note, letters: Letters, head: Head, end: int, last: Position | None, *, late: bool
) -> Position | None:
    who, left = names(letters, head.end, end)
    note.left += left
    quote = _strip(" ".join(letters.cut(head.start, end).split()), _ENDS)
    now = last if head.kind == "same" else head.now
    if now is None:
        note.doubts.append(f"a note names members without saying how they voted: {quote[:200]!r}")
        return None
    if not who and head.verb and not (note.clauses or note.doubts):
        who = _subject(note)
    if who:
        mixed = head.kind == "own" and not head.several
        note.clauses.append(Clause(who, now, quote, head.declared, counts=not late, mixed=mixed))
    elif head.kind == "own" and not late:
        note.clauses.append(Clause("", now, quote, own=True))
    else:
        note.doubts.append(f"a note gives a direction without a name: {quote[:200]!r}")
    return now


def names(letters: Letters, start: int, end: int) -> tuple[str, Sequence[str]]:
    """Return the names between two letters, without what stands before and behind them; and what stood behind."""
    if formula.only_links(letters, start, end):
        return "", []
    end = formula.before(letters, start, end) if end < len(letters.flat) else end
    begin = formula.members(letters, start)
    if begin is not None and begin <= end:
        body = letters.cut(begin, end)
    else:
        body = _strip(letters.cut(start, end))
        glued = _GLUED_OF.match(body)
        body = body[glued.end() :] if glued else _OF.sub("", body, count=1)
    kept = _TAIL.sub("", _NEXT_SENTENCE.split(body)[0])
    rest = _strip(body[len(kept) :])
    return _strip(kept), [rest] if rest else []


def _strip(text: str, ends: re.Pattern[str] = _JOIN) -> str:
    before = None
    while before != text:
        before, text = text, ends.sub("", text)
    return text
