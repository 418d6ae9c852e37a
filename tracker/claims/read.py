"""Which claims of votes are in a sentence, a paragraph or a whole article?

Every step goes through the text once: what it takes grows with the length of the text and with nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from tracker.claims import outcome, people, subjects
from tracker.claims.bodies import Bodies
from tracker.claims.claim import Claim, Figures, Number, Said, Span
from tracker.claims.dates import LAST_YEAR, WRITTEN, dates
from tracker.claims.numbers import Count, counts
from tracker.claims.stems import MIDDLING, weight
from tracker.claims.tallies import Told, tallies
from tracker.claims.tokens import Token, language, paragraphs, sentences, tokens
from tracker.domain.signs import are_texts
from tracker.domain.spelled import Language

LONGEST = 400_000
"""Characters of a text that is read; a longer one is refused."""
PAGE_LONGEST = 20_000
"""Characters that a page takes."""
MOST = 200
"""Claims read from one text; `left_out` counts further ones."""
_MERGED = 26
"""Words of a sentence that may go on with the counts of the one before."""


class Unreadable(ValueError):
    """A text that cannot be read: empty, too long, or no text at all. The message says which."""


@dataclass(frozen=True, slots=True)
class Read:
    """The claims of a text in order, its language, and how many claims more than `MOST` it has."""

    claims: tuple[Claim, ...]
    language: Language
    left_out: int = 0


@dataclass(slots=True)
class _Sentence:
    """A sentence with what was read of it."""

    tokens: list[Token]
    told: list[Told]
    dated: list[tuple[int, tuple[Span, ...]]]
    words: tuple[str, ...]

    @property
    def days(self) -> tuple[Span, ...]:
        """The days that it names."""
        return tuple(dict.fromkeys(day for _, some in self.dated for day in some))

    @property
    def start(self) -> int:
        return self.tokens[0].start

    @property
    def end(self) -> int:
        return self.tokens[-1].end


def read(text: str, written: date | None = None) -> Read:
    """Find the claims of a text; `written` is the day of the article. Unreadable says what is wrong with it."""
    refuse(text, written)
    found = tokens(text)
    spoken = language(found)
    bodies = Bodies(found, spoken)
    claims: list[Claim] = []
    lead: tuple[str, ...] = ()
    left_out, last = 0, None
    for paragraph in paragraphs(found):
        parts = _sentences(paragraph, written, language(paragraph, spoken))
        made = _claims(text, parts, bodies, lead, len(claims), last)
        last = max((len(claims) + n for n, claim in enumerate(made) if claim.figures.said), default=last)
        lead = lead or tuple(word for part in parts for word in part.words)[:20]
        left_out += max(0, len(claims) + len(made) - MOST)
        claims += made[: MOST - len(claims)]
    return Read(tuple(claims), spoken, left_out)


def refuse(text: str, written: date | None = None) -> None:
    """Raise Unreadable for what is no text, or too long a one, or for a day on which nothing was written."""
    if not text.strip():
        raise Unreadable("there is nothing to read")
    if len(text) > LONGEST:
        raise Unreadable(f"the text has {len(text)} characters; at most {LONGEST} are read")
    if not are_texts([text]):
        raise Unreadable("this is no text: it holds zero bytes or half a sign (a surrogate)")
    if written is not None and not is_day(written):
        raise Unreadable(f"no article is of {written}; give the day from {WRITTEN} to {LAST_YEAR}")


def is_day(written: date) -> bool:
    """Whether an article may be of that day."""
    return WRITTEN <= written.year <= LAST_YEAR


def _sentences(paragraph: list[Token], written: date | None, spoken: Language) -> list[_Sentence]:
    """Cut a paragraph into sentences and read the dates and counts of each."""
    dated = dates(paragraph, written, spoken)
    taken = {place for one in dated for place in range(one.first, one.last)}
    merged = counts(paragraph, taken, spoken)
    starts = [(paragraph[one.first].start, one.days) for one in dated]
    parts: list[_Sentence] = []
    for sentence in sentences(merged):
        begin, end = sentence[0].start, sentence[-1].end
        here = [(start, some) for start, some in starts if begin <= start < end]
        parts.append(_Sentence(sentence, tallies(sentence), here, subjects.words(sentence)))
    return parts


def _claims(
    text: str, parts: Sequence[_Sentence], bodies: Bodies, lead: tuple[str, ...], base: int, tally: int | None
) -> list[Claim]:
    """Return the claims of a paragraph's sentences; `base` claims stand before, the last of counts at place `tally`."""
    made: list[Claim] = []
    around: tuple[str, ...] = lead
    days: tuple[Span, ...] = ()
    before: tuple[str, ...] = ()
    for n, part in enumerate(parts):
        members = people.members(part.tokens)
        after = parts[n + 1].words if part.told and n + 1 < len(parts) else ()
        if part.told and _goes_on(parts, n, made):
            made[-1] = _joined(text, made[-1], part, members, after)
        elif part.told:
            for told in _each(part):
                claim = _claim(text, part, told, bodies, (*around, *after))
                made.append(replace(_dated(claim, days, before), members=members))
            tally = base + len(made) - 1
        elif members:
            bare = Told(Figures(), (), 0, len(part.tokens))
            claim = _claim(text, part, bare, bodies, around)
            made.append(replace(_dated(claim, days, before), members=members, follows=tally))
        around = tuple(dict.fromkeys((*part.words, *around)))[:40]
        days = part.days or days
        before = part.words
    return made


def _dated(claim: Claim, days: tuple[Span, ...], before: Sequence[str]) -> Claim:
    """Give a claim without a day that of the sentence before: as its own if it speaks on of that, else as a hint."""
    if claim.days or not days:
        return claim
    telling = [word for word in claim.words if weight(word) >= MIDDLING]
    same = not telling or any(word in before for word in telling)
    return replace(claim, days=days) if same else replace(claim, hint=days)


def _each(part: _Sentence) -> list[Told]:
    """Return the tallies of a sentence; what is unanimous and has one tally is said of it."""
    if len(part.told) == 1 and not part.told[0].figures.unanimous and outcome.unanimous(part.tokens):
        one = part.told[0]
        if one.figures.no is None and one.figures.abstain is None:
            return [replace(one, figures=replace(one.figures, unanimous=True))]
    return part.told


def _claim(text: str, part: _Sentence, told: Told, bodies: Bodies, around: tuple[str, ...]) -> Claim:
    """Make the claim of one tally; of a sentence with several, each has the words up to the next."""
    at = part.told.index(told) if told in part.told else 0
    first = _clause(part.tokens, part.told[at - 1].last, told.first, part.told[at - 1].last) if at else 0
    last = len(part.tokens)
    if at + 1 < len(part.told):
        last = _clause(part.tokens, told.last, part.told[at + 1].first, part.told[at + 1].first)
    own = part.tokens[first:last] if len(part.told) > 1 else part.tokens
    begins = told.marks[0][0] if told.marks else part.end
    sentence = text[part.start : part.end]
    return Claim(
        text=sentence,
        start=part.start,
        end=part.end,
        marks=told.marks,
        figures=told.figures,
        result=told.result,
        body=bodies.of(part.start, part.end, begins, told.marks[-1][1] if told.marks else part.end),
        days=_days(own, part),
        words=_spoken_of(own, part),
        around=tuple(dict.fromkeys((*part.words, *around))),
        topic=subjects.topic(own),
        party=told.party,
        judged=outcome.judged(own),
        numbers=_numbers(text, own, part) or _numbers(text, part.tokens, part),
    )


def _clause(found: Sequence[Token], first: int, last: int, default: int) -> int:
    """Return where between two tallies of a sentence a new clause begins."""
    return next((place for place in range(first, last) if found[place].plain == ";"), default)


def _days(own: Sequence[Token], part: _Sentence) -> tuple[Span, ...]:
    """Return the days that a claim's own words name; where they name none, those of its sentence."""
    begin, end = own[0].start, own[-1].end
    here = tuple(dict.fromkeys(day for start, some in part.dated if begin <= start < end for day in some))
    return here or part.days


def _spoken_of(own: Sequence[Token], part: _Sentence) -> tuple[str, ...]:
    """Return what a claim's own words speak of; where they say nothing, what its sentence does."""
    words = subjects.words(own)
    return words if sum(map(weight, words)) >= MIDDLING else part.words


def _numbers(text: str, found: Sequence[Token], part: _Sentence) -> tuple[Number, ...]:
    """Return the bills and laws that words name; where every number counts votes, there are none."""
    counted = {start for told in part.told for start, _ in told.marks}
    if not any(token.digits and token.start not in counted for token in found):
        return ()
    return subjects.numbers(text[found[0].start : found[-1].end])


def _goes_on(parts: Sequence[_Sentence], n: int, made: Sequence[Claim]) -> bool:
    """Whether a short sentence goes on with the counts of the one before: *Thirty-three voted against.*"""
    if not n or not made or not parts[n - 1].told or len(parts[n].told) != 1 or made[-1].end != parts[n - 1].end:
        return False
    before, here = made[-1].figures, parts[n].told[0].figures
    sides = {side for side, _ in before.parts()}
    own = {side for side, _ in here.parts()}
    pair = sum(isinstance(token, Count) for token in parts[n].tokens) == len(own)
    return bool(own) and bool(sides) and not sides & own and pair and len(parts[n].tokens) <= _MERGED


def _joined(text: str, claim: Claim, part: _Sentence, members: tuple[Said, ...], after: tuple[str, ...]) -> Claim:
    one = part.told[0]
    had, more = claim.figures, one.figures
    figures = replace(had, yes=had.yes or more.yes, no=had.no or more.no, abstain=had.abstain or more.abstain)
    words = tuple(dict.fromkeys((*claim.words, *part.words)))
    return replace(
        claim, text=text[claim.start : part.end], end=part.end, figures=figures, marks=(*claim.marks, *one.marks),
        words=words, result=claim.result or outcome.result(part.tokens), days=claim.days or part.days,
        members=(*claim.members, *members), around=(*claim.around, *after),
    )  # fmt: skip
