"""What does the record say of each claim of a text?

First by counts, then by bill, then, for what is still open, by day and by words: each for all claims together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tracker.claims import fit, stems
from tracker.claims.ballots import parts
from tracker.claims.claim import Claim
from tracker.claims.decide import LISTED, decide, doubtful
from tracker.claims.read import Read, read
from tracker.claims.steps import explain, read_steps
from tracker.claims.verdict import Agreement, Answer, HeldFor, Match, MemberFit, Step, Verdict
from tracker.domain.mentions import Named
from tracker.queries.candidates import Candidate
from tracker.queries.claimed import Finder, Held, Quoted
from tracker.queries.database import Engine, reading

ELECTION = (("elec",), ("speaker", "mesa", "presid"))
"""Beginnings of words that votes on who leads a chamber are looked for by."""
WORDS = 5
"""Words of a claim that votes are looked for by."""
SETTLED = frozenset((Verdict.MATCHES_FINAL, Verdict.MATCHES_BOARD_ONLY, Verdict.MATCHES_SUPERSEDED))
_LEADING = SETTLED | {Verdict.DIFFERS, Verdict.SWAPPED}
"""Verdicts that single out a vote, which a sentence that goes on about it then speaks of."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A text as it was read, and the record's answer to each of its claims, in order."""

    read: Read
    written: date | None
    answers: tuple[Answer, ...]


def check(engine: Engine, text: str, written: date | None = None) -> Checked:
    """Hold every claim of a text against the record; `written` is the day of the article.

    Unreadable says what is wrong with the text; Unavailable, with the database.
    """
    told = read(text, written)
    if not told.claims:
        return Checked(told, written, ())
    with reading(engine) as connection:
        answers = _Matcher(Finder(connection), told.claims, written).answers()
    return Checked(told, written, tuple(_with_members(engine, answers)))


class _Matcher:
    """Finds and weighs the votes for the claims of one text."""

    def __init__(self, finder: Finder, claims: Sequence[Claim], written: date | None) -> None:
        self._finder = finder
        self._claims = claims
        self._written = written
        self._named = finder.by_names([claim.text for claim in claims])
        self._loaded: dict[int, Candidate] = {}
        self._held: tuple[Held, ...] | None = None
        self._fits: dict[tuple[int, int], Match | None] = {}
        self._by_words: dict[tuple[str, ...], list[int]] = {}
        self._by_days: dict[tuple[date, date], list[int]] = {}

    def answers(self) -> list[Answer]:
        """Return the answer to each claim."""
        ours = [n for n, claim in enumerate(self._claims) if claim.body.other is None and claim.party is None]
        keys = self._first(ours)
        self._load(keys.values())
        found: dict[int, Answer] = {}
        for n in ours:
            found[n] = self._answer(n, keys[n], {})
        still = [n for n in ours if self._open(found[n]) and not self._follows(n)]
        more = {n: self._second(self._claims[n]) for n in still}
        self._load(some for by in more.values() for some in by.values())
        for n in still:
            found[n] = self._answer(n, keys[n], more[n])
        return [found.get(n) or _elsewhere(claim) for n, claim in enumerate(self._claims)]

    def _open(self, answer: Answer) -> bool:
        """Whether votes that have other figures may change an answer."""
        return answer.verdict not in SETTLED or doubtful(answer.claim, answer.matches[0])

    def _follows(self, n: int) -> bool:
        claim = self._claims[n]
        return claim.follows is not None and not claim.figures.said

    def _first(self, ours: Iterable[int]) -> dict[int, list[int]]:
        """Look for the votes of all claims by their counts, by the bills they name, and by names of the press."""
        wanted = {n: _wanted(self._claims[n]) for n in ours}
        by_figures = self._finder.by_figures({one for some in wanted.values() for one in some})
        numbers = {n: _bills(self._claims[n]) for n in wanted}
        by_bill = self._finder.by_bills({number for some in numbers.values() for number in some})
        found: dict[int, list[int]] = {}
        for n, some in wanted.items():
            keys = [key for one in some for key in by_figures[one]]
            keys += [key for number in numbers[n] for key in by_bill.get(number, ())]
            keys += self._named[n]
            found[n] = list(dict.fromkeys(keys))
        return found

    def _second(self, claim: Claim) -> dict[str, list[int]]:
        """Look for the votes of a claim by its days and by the words of its subject."""
        found: dict[str, list[int]] = {}
        months = [days for days in claim.days or claim.hint if (days.last - days.first).days <= 31]
        spans = [(days.first, days.last) for days in months[:3]]
        if not spans and not claim.days and self._written is not None:
            spans = [(self._written - timedelta(fit.RECENT), self._written)]
        for first, last in spans:
            span = first - timedelta(fit.SLACK), last + timedelta(fit.SLACK)
            if span not in self._by_days:
                self._by_days[span] = self._finder.in_days(*span)
            found["days"] = [*found.get("days", ()), *self._by_days[span]]
        if claim.figures.named:
            return {**found, "words": self._finder.by_words(ELECTION)}
        rare = sorted(claim.words, key=lambda word: (-stems.weight(word), -len(word)))[:WORDS]
        laws = [one.number for one in claim.numbers if one.kind != Named.BILL and one.number.isdigit()]
        for words in ((*laws,), tuple(word for word in rare if stems.weight(word) >= stems.LIGHT)):
            if words and words not in self._by_words:
                self._by_words[words] = self._finder.by_words([stems.beginnings(word) for word in words])
            found["words"] = [*found.get("words", ()), *self._by_words.get(words, ())]
        return found

    def _load(self, keys: Iterable[Iterable[int]]) -> None:
        wanted = {key for some in keys for key in some} - self._loaded.keys()
        self._loaded |= self._finder.candidates(wanted)

    def _answer(self, n: int, keys: Sequence[int], more: Mapping[str, Sequence[int]]) -> Answer:
        claim = self._claims[n]
        every = dict.fromkeys([*keys, *(key for some in more.values() for key in some)])
        votes = {vote.key: vote for key in every if (vote := self._loaded.get(key)) is not None}
        near = {vote.key for key in keys if (vote := self._loaded.get(key)) is not None}
        here = [vote for vote in votes.values() if self._may_be(claim, vote)]
        fits = [found for vote in here if (found := self._fit(n, vote, vote.key in near)) is not None]
        if claim.figures.said:
            verdict, matches = decide(claim, fits)
        else:
            on_it = [one for one in fits if one.subject.sure and one.dated is not False]
            verdict, matches = decide(claim, on_it) if len(on_it) == 1 else (Verdict.NO_RECORD, tuple(on_it[:LISTED]))
        looked = {"figures": len(keys), **{by: len(set(some)) for by, some in more.items()}}
        answer = Answer(claim, verdict, matches, steps=explain(claim, verdict, matches, looked))
        return self._without_record(answer) if verdict is Verdict.NO_RECORD else answer

    def _fit(self, n: int, vote: Candidate, near: bool) -> Match | None:
        """Weigh a vote; None for one that has neither the figures nor the subject: of a day there are hundreds."""
        if (n, vote.key) in self._fits:
            return self._fits[n, vote.key]
        claim = self._claims[n]
        subject = fit.subject(claim, vote, self._named[n])
        found = None
        if near or subject.fits:
            found = Match(claim, vote, fit.numbers(claim.figures, vote), subject, fit.dated(claim, vote, self._written))
        self._fits[n, vote.key] = found
        return found

    def _may_be(self, claim: Claim, vote: Candidate) -> bool:
        wanted = claim.body.legislatures & self._finder.chambers.keys()
        return vote.legislature in wanted if wanted else not claim.body.legislatures

    def _without_record(self, answer: Answer) -> Answer:
        """Say what is held of the chambers and days that a claim without record speaks of."""
        if self._held is None:
            self._held = self._finder.held()
        claim = answer.claim
        chambers = [
            one for one in self._held if not claim.body.legislatures or one.legislature in claim.body.legislatures
        ]
        spans = [days for days in claim.days if len(claim.days) <= 3]
        held = tuple(
            HeldFor(
                one.legislature, one.short, one.first.isoformat(), one.last.isoformat(),
                sum(self._finder.sat((one.legislature,), days.first, days.last) for days in spans) if spans else None,
            )
            for one in chambers
        )  # fmt: skip
        inside = any(one.days for one in held) if spans else bool(held)
        reason = "no-vote" if inside else "not-held"
        return replace(answer, reason=reason, held=held, steps=(*answer.steps, Step(reason, {"chambers": len(held)})))


def _bills(claim: Claim) -> list[str]:
    """Return the bills that a claim names, as votes record them: bare in their own series, in full in another."""
    bills = [one.number for one in claim.numbers if one.kind == Named.BILL]
    return list(dict.fromkeys(number for bill in bills for number in (fit.bare(bill), bill)))


def _wanted(claim: Claim) -> list[Quoted]:
    """Return the counts to look for: as claimed, exchanged, and in the days claimed where many votes have them."""
    yes, no, abstain = claim.figures.yes, claim.figures.no, claim.figures.abstain
    if claim.figures.unanimous and yes is not None and yes.exact and no is None:
        pairs = [(yes.low, 0)]
    elif claim.figures.exact and yes is not None and no is not None:
        pairs = [(yes.low, no.low), (no.low, yes.low)]
    else:
        return []
    third = abstain.low if abstain is not None and abstain.exact else None
    found = [Quoted(a, b, third) for a, b in dict.fromkeys(pairs)]
    for days in claim.days[:3] if len(claim.days) <= 3 else ():
        span = days.first - timedelta(fit.SLACK), days.last + timedelta(fit.SLACK)
        found += [Quoted(a, b, third, *span) for a, b in dict.fromkeys(pairs)]
    return found


def _elsewhere(claim: Claim) -> Answer:
    """Answer a claim of another parliament, a committee, a court or one party: none of these is on record here."""
    if claim.party is not None:
        step = Step("of-party", {"party": claim.party})
        return Answer(claim, Verdict.NO_RECORD, steps=(*read_steps(claim), step), reason="of-party")
    step = Step("other-body", {"body": claim.body.other or ""})
    if claim.body.country:
        step = Step("other-country", {"body": claim.body.other or "", "country": claim.body.country})
    return Answer(claim, Verdict.NO_RECORD, steps=(step,), reason="other-body")


def _with_members(engine: Engine, answers: Sequence[Answer]) -> list[Answer]:
    """Look up the members that claims name in the votes these were found to speak of."""
    done: list[Answer] = []
    for answer in answers:
        claim = answer.claim
        if not claim.members:
            done.append(answer)
            continue
        about = answer
        if not claim.figures.said and claim.follows is not None and claim.follows < len(done):
            about = done[claim.follows]
        if about.verdict not in _LEADING and not (claim.figures.said is False and len(about.matches) == 1):
            done.append(answer)
            continue
        found = parts(engine, about.matches[0].id, claim.members)
        steps = tuple(
            Step("member", {"name": one.said.name, "said": one.said.position.value, "agreement": one.agreement.value})
            for one in found
        )
        if claim.figures.said:
            done.append(replace(answer, members=found, steps=(*answer.steps, *steps)))
        else:
            before = () if about is answer else (Step("same-vote"),)
            done.append(Answer(claim, _of_members(found), about.matches[:1], found, (*before, *steps)))
    return done


def _of_members(found: Sequence[MemberFit]) -> Verdict:
    """Return the verdict on a sentence that only says how members voted."""
    if any(one.agreement is Agreement.DIFFERS for one in found):
        return Verdict.DIFFERS
    if all(one.agreement is Agreement.AGREES for one in found):
        return Verdict.MATCHES_FINAL
    return Verdict.SUBJECT_ONLY
