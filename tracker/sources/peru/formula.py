"""Where in a note does each clause begin, and which way does it say that its members voted?

The grammar is that of the notes of 2021-2026, on vote sheets and in minutes, with the slips their writers make
(docs/peru-notes.md). It reads letters only, so that blanks, accents and signs play no part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.domain.votes import Position
from tracker.sources.peru.letters import Letters, word

_FAVOR = rf"(?:{word('favorable')}|{word('afavor')})"
_AGAINST = word("encontra")
_ABSTAIN = word("abstencion", 2)
_PLAINLY = f"(?:{word('afavor', 0)}|{word('encontra', 0)})"
DEL = "de(?:[li][ao]s?|[li])?"
THE = "(?:e[li]|[li][ao]s?)"
WAY = rf"(?:{_FAVOR}|{_AGAINST}|(?:en|de|por|su)?(?:[li]a)?{_ABSTAIN})"
VOTE = rf"(?:{word('votacion')}|{word('voto')}s?)"
CHANGE = rf"(?:{word('cambi')}(?:os?|a|an|ar|aron|ando)|{word('rectific')}(?:a|an|o|aron|acion|ar|ando))"
_NOUN = rf"(?:{word('congresist', 2)}|{word('parlamentari', 2)}|{word('diputad')}|{word('senador')})"
MEMBERS = rf"(?:senor(?:es|as?)?)*{_NOUN}"
CONSTANCY = word("constancia", 2)
PRESIDENT = word("president")
RANK = rf"(?:{word('primer', 0)}[oa]?|{word('segund', 0)}[oa]|{word('tercer', 0)}[oa]?)"


def _lead(name: str) -> str:
    return rf"(?P<{name}>{DEL}|e[li]|[li]os|pore[li])?"


def _from_to(name: str, links: str) -> str:
    """`de a favor por voto en contra`: the position that is left, and the one that takes its place."""
    return rf"(?:{DEL}|en)?(?P<{name}_was>{WAY})(?:{links})(?:e[li]|su)?(?:{VOTE})?(?:de|en)?(?P<{name}_way>{WAY})"


_HEADS = re.compile(
    rf"(?P<change>{_lead('change_lead')}{CHANGE}(?:{DEL})?(?:sus?|[li]a)?(?:{VOTE})?"
    rf"{_from_to('change', 'por|a[li]?|para')})"
    rf"|(?P<chained>{_lead('chained_lead')}(?:su)?(?:{VOTE})?{_from_to('chained', 'por')})"
    rf"|(?P<own>(?P<own_lead>de[li]?|deque|que|como|y)?(?P<sus>sus?)(?:propio)?(?:{VOTE}(?:es|fue)?)?(?P<own_way>{WAY}))"
    rf"|(?P<act>{word('votaron')}(?P<act_way>{WAY}))"
    rf"|(?P<abstained>se{word('abstuv')}(?:ieron|o)?)"
    rf"|(?P<plain>{_lead('plain_lead')}{VOTE}(?:ora[li](?:es)?)?(?P<plain_way>{WAY}))"
    rf"|(?P<bare>(?P<bare_way>{_PLAINLY}|(?:en|de|por|su)?(?:[li]a)?{_ABSTAIN}))"
    rf"|(?P<same>(?P<same_lead>e[li]|[li]os|asicomoe[li]|de[li]?)de(?:[li][ao]s?)?(?={MEMBERS}))"
    rf"|(?P<none>(?P<none_lead>de[li]?|[li]os|e[li]){VOTE}(?={DEL}{MEMBERS}))"
)
_OF_MEMBERS = re.compile(rf"(?:d|de[li]?)?(?:e?[li][aoe]?s?|os)?{MEMBERS}")
_MEMBERS_SOON = re.compile(rf"\w{{1,9}}?{MEMBERS}")
_SUBJECT = re.compile(rf"(?:que)?{THE}{MEMBERS}")
_CONSTANCY = re.compile(CONSTANCY)
_ACT = re.compile(rf"(?:dej|ej|de)(?:an?|o|aron|ando)(?:[li]a)?{CONSTANCY}|{CONSTANCY}|{word('precisa', 0)}")
_OFFICE = re.compile(rf"{RANK}?(?:vice)?{PRESIDENT}|{word('presidencia')}")
_LINKS = re.compile(rf"(?:{word('asicomo')}|y|e|ademas|tambien|asimismo|mas|[li]uego)*")
_NEGATED = re.compile(r"\b(?:no|ni|sin|menos|salvo)\b")
_SUFFIXES = ("as", "es", "os", "a", "o", "s")
_SHORT = frozenset({"el", "ei", "los", "ios"})
"""Leads that are also the end of a name: `Miguel voto`, `Palacios voto`."""


@dataclass(frozen=True, slots=True)
class Head:
    """The words that begin a clause, from one letter to another, and what they say.

    `kind` is one of change, own, plain, same (the direction of the clause before), none (no direction); `declared` is
    the position a change replaces. `several` is False for the singular `su voto`; `verb` is True for a change that may
    have its members before it (`la congresista … cambia su voto`).
    """

    kind: str
    start: int
    end: int
    now: Position | None = None
    declared: Position | None = None
    several: bool = True
    verb: bool = False


def way(text: str) -> Position:
    """Return the position a direction stands for, in letters only."""
    if re.search(_ABSTAIN, text):
        return Position.ABSTAIN
    return Position.YES if re.search(_FAVOR, text) else Position.NO


def heads(letters: Letters) -> Iterator[Head]:
    """Yield the heads of a note's clauses in their order."""
    for match in _HEADS.finditer(letters.flat):
        kind = str(match.lastgroup)
        for name in ("change", "chained", "own", "act", "abstained", "plain", "bare", "same", "none"):
            if match[name] is not None:
                kind = name
                break
        start = _start(letters, match, kind)
        if kind == "same":
            if letters.begins(match.start()):
                yield Head("same", match.start(), match.end())
        elif kind == "none":
            yield Head("none", start, match.end())
        elif kind == "abstained":
            yield Head("plain", start, match.end(), Position.ABSTAIN)
        elif kind in ("change", "chained"):
            was, now = way(match[f"{kind}_was"]), way(match[f"{kind}_way"])
            yield Head("change", start, match.end(), now, was, verb=kind == "change" and not match["change_lead"])
        elif kind == "bare" and not _stands_alone(letters, match):
            continue
        elif kind == "own" and (match["own_lead"] or letters.begins(match.start("sus"))):
            yield Head("own", start, match.end(), way(match["own_way"]), several=match["sus"] == "sus")
        else:
            start = match.end("sus") if kind == "own" else start
            yield Head("plain", start, match.end(), way(match[f"{kind}_way"]))


def _stands_alone(letters: Letters, match: re.Match[str]) -> bool:
    """Whether a direction without the word `voto` is one: `en contra`, but not `encontraron` or `el Contralor`."""
    if re.search(_ABSTAIN, match["bare_way"]):
        return True
    end = match.end()
    return letters.begins(match.start()) and (letters.begins(end) or letters.flat.startswith("de", end))


def _start(letters: Letters, match: re.Match[str], kind: str) -> int:
    """Leave the end of a name before the head to the name."""
    lead = f"{kind}_lead"
    if lead not in match.re.groupindex or match[lead] is None or letters.begins(match.start()):
        return match.start()
    return match.end(lead) if match[lead] in _SHORT and letters.begins(match.end(lead)) else match.start()


def office(letters: Letters) -> int | None:
    """Return where an office of the chair begins, `primera vicepresidenta`, `presidente`; None if none is named."""
    match = _OFFICE.search(letters.flat)
    return match.start() if match else None


def act(letters: Letters) -> int | None:
    """Return where the words `deja constancia` or `precisa` begin; None if there are none."""
    match = _ACT.search(letters.flat)
    return match.start() if match else None


def subject(letters: Letters) -> tuple[int, int] | None:
    """Return where the last `la congresista` with a name behind it begins, and where the name does."""
    found = list(_SUBJECT.finditer(letters.flat))
    if not found or _CONSTANCY.search(letters.flat, found[-1].end()):
        return None
    return found[-1].start(), after_noun(letters, found[-1].end())


def members(letters: Letters, start: int) -> int | None:
    """Return where the names begin after `de los congresistas`, if those words stand at `start`; else None.

    What stands before `congresistas` may be misspelt: in small letters it is no name.
    """
    match = _OF_MEMBERS.match(letters.flat, start) or _MEMBERS_SOON.match(letters.flat, start)
    if match is None or (match.re is _MEMBERS_SOON and not letters.small(start, match.end())):
        return None
    return after_noun(letters, match.end())


def after_noun(letters: Letters, end: int) -> int:
    """Step over what is left of `congresist-as`, `senador-es`, without a letter of the name that follows."""
    for suffix in _SUFFIXES:
        stop = end + len(suffix)
        if letters.flat.startswith(suffix, end) and not any(letters.begins(i) for i in range(end, stop)):
            end = stop
            break
    # Stray letters at the end of the noun (`congresistar`) are no part of a name.
    after = next((i for i in range(end, end + 4) if letters.begins(i)), None)
    return after if after is not None and after > end and letters.small(end, after) else end


def before(letters: Letters, start: int, end: int) -> int:
    """Return where the names of a clause end before a head: a misspelt `y del` in front of it is none of them."""
    for begin in range(max(start, end - 7), end):
        part = letters.cut(begin, end)
        if letters.begins(begin) and letters.small(begin, end) and not _NEGATED.search(part):
            return begin
    return end


def only_links(letters: Letters, start: int, end: int) -> bool:
    """Whether nothing stands between two clauses but `así como` or `y`."""
    return _LINKS.fullmatch(letters.flat, start, end) is not None
