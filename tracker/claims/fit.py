"""How well does a vote fit a claim: its counts, its subject, its day, its outcome, each judged by itself?"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from tracker.claims import stems
from tracker.claims.claim import Claim, Figures, Result
from tracker.domain import spelled
from tracker.domain.bills import peru_bill, peru_period
from tracker.domain.mentions import Named, mentions
from tracker.domain.people import fold
from tracker.domain.tally import Tally
from tracker.domain.votes import Means
from tracker.domain.wording import VERDICTS
from tracker.queries.candidates import Candidate, Counted

RECENT = 4
"""Days before an article in which a vote it gives no day of was likely taken."""
SLACK = 2
"""Days by which an article may be off: the sitting, the clock, the day of print."""
SAID, SURE = 0.7, 1.6
"""What words have to weigh to be of one subject; and to be so without exact figures."""
LEAST, MOST = 0.1, 0.75
"""The share of what a claim's words weigh that has to be met; and the one by which even common words are enough."""


_ON_HOW = (
    "table", "cloture", "recommit", "reconsider", "previous question", "point of order", "cuesti", "veto", "germane",
    "waive",
)  # fmt: skip
"""Of a vote on how to go on, reports say how the matter itself ended."""
_NOMINATION = re.compile(r"[^,]{0,80}?([^\s,]+)(?:, (?:Jr|Sr|I{2,3})\.?)?, of [^,]{3,40}, to be ")
_FELL = ("fail", "reject", "rechaz", "not agreed", "not sustained", "defeat", "desaprob")
_PASSED = ("pass", "agreed", "confirm", "aprob", "adopt", "admit")
_JUDGED = dict(zip(VERDICTS, (Result.APPROVED, Result.REJECTED), strict=True))
"""How a trial of the Senate ended, in its own words."""


class Matched(StrEnum):
    """Which count of a vote is the one claimed."""

    FINAL = "final"
    ANNOUNCED = "announced"
    BOARD = "board"
    SUPERSEDED = "superseded"


_ORDER = tuple(Matched)


@dataclass(frozen=True)
class NumbersFit:
    """Which count of a vote is as claimed (None: none), in which of its readings, and whether yes and no are exchanged.

    `figures` are those claimed, `best` the count the vote is led with, `count` the one compared, `whole`: an announced
    figure that includes the votes put on record.
    """

    figures: Figures
    best: Tally | None
    matched: Matched | None = None
    count: Counted | None = None
    swapped: bool = False
    whole: bool = False

    @cached_property
    def gaps(self) -> tuple[tuple[str, int], ...]:
        """What has to be added to the claim to reach the count the vote is led with."""
        return tuple(self.figures.gaps(self.best).items()) if self.best is not None and self.figures.said else ()

    @property
    def off(self) -> int:
        """By how many votes the claim is off, all sides together."""
        return sum(abs(gap) for _, gap in self.gaps)


@dataclass(frozen=True, slots=True)
class SubjectFit:
    """By what a vote is of a claim's subject: `bill`, `law`, `motion`, `name`, `election`, `words`, `around`; None.

    `words` are the stems met, `strength` what they weigh, `share` how much that is of all the claim speaks of.
    """

    by: str | None
    words: tuple[str, ...] = ()
    strength: float = 0.0
    share: float = 0.0

    @property
    def fits(self) -> bool:
        """Whether anything says so."""
        return self.by is not None

    @property
    def sure(self) -> bool:
        """Whether it holds without exact figures beside it."""
        return self.by in ("bill", "law", "motion", "name", "election") or (
            self.by == "words" and self.strength >= SURE
        )


def numbers(figures: Figures, vote: Candidate) -> NumbersFit:
    """Hold the claimed counts against every count a vote has or had."""
    best = vote.best
    if not figures.said:
        return NumbersFit(figures, best)
    met = _met(figures, vote, best)
    if met is None and not figures.ordered:
        met = _met(figures.turned, vote, best)
    if met is not None:
        return NumbersFit(figures, best, *met, whole=met[1].means == Means.FINAL)
    if figures.exact and figures.yes != figures.no and _exchanged(figures, vote):
        met = _met(figures.turned, vote, best)
        if met is not None:
            return NumbersFit(figures, best, *met, swapped=True)
    return NumbersFit(figures, best)


def _exchanged(figures: Figures, vote: Candidate) -> bool:
    """Whether a vote has had the claimed counts of yes and no the other way round; asked of every vote looked at."""
    yes, no = figures.yes, figures.no
    return (
        yes is not None
        and no is not None
        and any(count.tally.yes == no.low and count.tally.no == yes.low for count in vote.counts)
    )


def _met(figures: Figures, vote: Candidate, best: Tally | None) -> tuple[Matched, Counted] | None:
    found = [(_kind(count, best), count) for count in vote.counts if figures.holds(count.tally)]
    return min(found, key=lambda one: (_ORDER.index(one[0]), not one[1].own, -one[1].version), default=None)


def _kind(count: Counted, best: Tally | None) -> Matched:
    if not count.in_force:
        return Matched.SUPERSEDED
    if count.kind == "announced":
        return Matched.FINAL if best is not None and count.tally.same_cast(best) else Matched.ANNOUNCED
    if count.kind == "final" or (best is not None and count.own and count.tally.same_cast(best)):
        return Matched.FINAL
    return Matched.BOARD


def subject(claim: Claim, vote: Candidate, named: Collection[int] = ()) -> SubjectFit:
    """Say by what a vote is of the subject a claim speaks of; `named` are keys of votes the press calls as it does."""
    if claim.figures.named:
        return _election(claim, vote)
    known = stems.of_text(vote.words)
    met = tuple(word for word in claim.words if word in known)
    strength, whole = sum(map(stems.weight, met)), stems.weights(claim.words)
    share = strength / whole if whole else 0.0
    by = "name" if vote.key in named else _by_number(claim, vote)
    said = (strength >= SAID and share >= LEAST) or (strength >= stems.LIGHT and share >= MOST)
    if by is None and not _another_bill(claim, vote) and not _another_person(claim, vote):
        if not said and not claim.topic:
            return _around(claim, known, whole)
        by = "words" if said else None
    return SubjectFit(by, met, strength, share)


def _election(claim: Claim, vote: Candidate) -> SubjectFit:
    """Say whether a vote elected somebody, among them those whom a claim names."""
    held = {fold(name).split()[0] for name, _ in vote.best.candidates} if vote.best is not None else set()
    words = {word for name, _ in claim.figures.named for word in fold(name).split()}
    met = tuple(sorted(held & words))
    return SubjectFit("election" if held and (met or not words) else None, met, float(len(met)))


def _around(claim: Claim, known: Collection[str], whole: float) -> SubjectFit:
    """Say whether a vote is of the subject that the text around a claim speaks of, where the claim names none."""
    near = tuple(word for word in claim.around if word in known)
    strength = sum(map(stems.weight, near))
    enough = strength >= SURE or (strength >= 1 and whole < SAID)
    return SubjectFit("around" if enough else None, near, strength)


def _by_number(claim: Claim, vote: Candidate) -> str | None:
    """Say which number that the claim names the vote names too."""
    if not claim.numbers:
        return None
    others = {(one.kind.value, one.number) for one in mentions(vote.words)}
    for one in claim.numbers:
        if one.kind == Named.BILL and any(_same_bill(one.number, printed, vote) for printed in vote.bills):
            return "bill"
        if (one.kind, one.number) in others and one.kind != Named.BILL:
            return "motion" if one.kind == Named.MOTION else "law"
    return None


def _another_bill(claim: Claim, vote: Candidate) -> bool:
    """Whether the claim names bills, the vote names bills, and they are others."""
    return bool(vote.bills) and any(one.kind == Named.BILL for one in claim.numbers)


def _another_person(claim: Claim, vote: Candidate) -> bool:
    """Whether a vote is on somebody's nomination whom the text does not name: judges are many."""
    nominated = _NOMINATION.match(vote.subject) if ", to be " in vote.subject else None
    if nominated is None:
        return False
    surname = stems.concept(fold(nominated[1]))
    return bool(surname) and surname not in claim.words and surname not in claim.around


def _same_bill(named: str, printed: str, vote: Candidate) -> bool:
    """Whether a bill that a claim names is one of a vote's: in full only of that period and that chamber's series."""
    wanted = peru_bill(named, "", "")
    held = peru_bill(printed, vote.legislature, peru_period(vote.sitting_date) or "")
    if wanted is None or held is None:
        return named == printed
    same_period = wanted.period in ("", held.period)
    return wanted.number == held.number and same_period and wanted.legislature in ("", held.legislature)


def bare(number: str) -> str:
    """Return a Peruvian bill's number without its year: an article says *4766/2022-PE* or *4766*."""
    bill = peru_bill(number, "", "")
    return bill.number if bill is not None else number


def dated(claim: Claim, vote: Candidate, written: date | None) -> bool | None:
    """Whether a vote was taken when the claim says, by sitting or by clock; None: it does not say.

    An article speaks of no vote taken after it, and, where it gives no day, of one of the last days. A day that stands
    in the title of what was voted on (a debate set for 28 March) is none of the vote.
    """
    days = {vote.sitting_date} | ({vote.taken_at.date()} if vote.taken_at else set())
    if written is not None and min(days) > written + timedelta(1):
        return False
    if not claim.days:
        if any(some.near(day, SLACK) for some in claim.hint for day in days):
            return True
        return True if written is not None and max(days) >= written - timedelta(RECENT) else None
    if any(some.near(day, SLACK) for some in claim.days for day in days):
        return True
    title = fold(vote.subject)
    named = any(some.first == some.last and _written_out(some.first) in title for some in claim.days)
    return None if named else False


def very_day(claim: Claim, vote: Candidate) -> bool:
    """Whether a vote was taken on the one day that a claim gives."""
    days = {vote.sitting_date, vote.taken_at.date() if vote.taken_at else vote.sitting_date}
    return any(some.first == some.last and some.first in days for some in (*claim.days, *claim.hint))


def _written_out(day: date) -> str:
    return fold(spelled.day(day, "es")).rsplit(" de ", 1)[0]


def ended(claim: Claim, vote: Candidate) -> bool | None:
    """Whether a vote ended as the claim says; None where either is silent, or the vote was on how to go on."""
    if vote.result in _JUDGED:
        return None if claim.judged is None else claim.judged is _JUDGED[vote.result]
    if claim.result is None or vote.result is None:
        return None
    told = " ".join((vote.result, vote.question or "", vote.kind or "")).lower()
    if any(word in told for word in _ON_HOW):
        return None
    words = vote.result.lower()
    if any(word in words for word in _FELL):
        return claim.result is Result.REJECTED
    if any(word in words for word in _PASSED):
        return claim.result is Result.APPROVED
    return None


def stage(claim: Claim, vote: Candidate) -> int:
    """Count the steps (reconsideration, cloture) that only the title of a vote names, or only the claim."""
    return len(stems.steps(f"{vote.subject} {vote.question or ''}") ^ stems.steps_of(claim.words))
