"""Which events are told at all, and which rules does one meet?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tracker.domain.bills import Bill
from tracker.domain.changes import Cause
from tracker.publish.rules import Rule
from tracker.queries.alerted import TROUBLE, Because, Engine, Event, Kind, meeting_among, shown, told_as, took_over
from tracker.queries.bills import find
from tracker.queries.filters import VoteFilter
from tracker.queries.ranks import ranks
from tracker.queries.standing import standing
from tracker.queries.view import VoteView

QUOTED = frozenset(
    {
        "board", "counted", "final", "announced", "result", "ballot", "spoken", "position", "group", "status",
        "subject", "question", "kind", "requirement", "vacated", "sitting_date", "taken_at",
    }
)  # fmt: skip
"""What readers quote of a vote: a change of anything else (a page number, the spelling of a name) is not told."""
KINDS = {Kind.VOTE: "new", Kind.CHANGE: "changed", Kind.GONE: "gone", Kind.BACK: "gone"}
"""What of `tell` each kind of event belongs to."""


@dataclass(frozen=True, slots=True)
class Told:
    """An event with its vote as it was then, and as it was before (None: there is nothing to compare with)."""

    event: Event
    view: VoteView | None = None
    before: VoteView | None = None

    @property
    def promoted(self) -> bool:
        """Whether a vote that was known from one paper is now shown as another has it."""
        return self.event.kind is Kind.VOTE and self.before is not None

    @property
    def kind(self) -> Kind:
        """What happened, as a reader sees it."""
        return Kind.CHANGE if self.promoted else self.event.kind

    @property
    def cause(self) -> Cause | None:
        """Why the record moved."""
        if self.promoted:
            return Cause.SOURCE
        return self.view.origin.cause if self.view is not None and self.event.kind is Kind.CHANGE else None


@dataclass(frozen=True, slots=True)
class Age:
    """How old news may be: votes of sittings before `day` and what happened before `moment` are history."""

    day: date
    moment: datetime

    @classmethod
    def of(cls, now: datetime, days: int) -> Age:
        """Return the bounds for so many days."""
        moment = now - timedelta(days=days)
        return cls(moment.date(), moment)


def sift(engine: Engine, events: Iterable[Event], age: Age | None) -> tuple[list[Told], dict[int, Because]]:
    """Part events that happened together into those that are told, each with its vote, and the rest with the reason.

    `age` None: however old.
    """
    merged = _merged(events := tuple(events))
    told: list[Told] = []
    quiet: dict[int, Because] = {}
    for event in events:
        one = Told(event)
        why = Because.MERGED if event.id in merged else _too_old(event, age)
        if why is Because.OLD and took_over(engine, event):
            why = None  # Readers know the vote as another paper has it: what moved is news.
        if why is None and event.kind not in TROUBLE:
            if event.vote != event.shown:
                why = Because.OTHER_PAPER
            elif (found := told_as(engine, event)) is not None:
                one = Told(event, *found)
                why = None if _moved(one) else Because.NOTHING
        if why is None:
            told.append(one)
        else:
            quiet[event.id] = why
    return told, quiet


def _merged(events: Sequence[Event]) -> set[int]:
    """Return the events that another one tells: a vote's changes before it was told, and what was gone and is back."""
    by_vote: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        if event.vote:
            by_vote[event.vote].append(event)
    merged: set[int] = set()
    for of_vote in by_vote.values():
        changes = [event.id for event in of_vote if event.kind is Kind.CHANGE]
        if any(event.kind is Kind.VOTE for event in of_vote):
            merged |= set(changes)
        there = [event.id for event in of_vote if event.kind in (Kind.GONE, Kind.BACK)]
        merged |= set(there[: len(there) // 2 * 2])
    return merged


def _too_old(event: Event, age: Age | None) -> Because | None:
    if age is None:
        return None
    if event.kind is Kind.VOTE and event.sitting_date is not None and event.sitting_date < age.day:
        return Because.OLD
    return Because.LATE if event.at < age.moment else None


def _moved(told: Told) -> bool:
    """Whether an event moved anything that is quoted; between two papers' records, the count or the status."""
    if told.view is None or told.kind is not Kind.CHANGE:
        return True
    if told.before is not None and told.before.id != told.view.id:
        was, now = told.before.tallies.best, told.view.tallies.best
        same = was is not None and now is not None and was.same_cast(now)
        return not same or told.view.status is not told.before.status
    return any(change.field in QUOTED for change in told.view.origin.changes)


def meets(engine: Engine, rule: Rule, told: Sequence[Told]) -> list[Told]:
    """Return which of these events a rule asks for."""
    wanted = [one for one in told if _of_kind(rule, one)]
    votes = sorted({one.event.vote for one in wanted if one.event.vote})
    if not votes:
        return wanted
    listed = _listed(engine, rule, votes)
    one_vote = shown(engine, rule.vote) if rule.vote else ""
    return [
        one
        for one in wanted
        if one.view is None
        or (one.event.vote in listed and one_vote in ("", one.event.vote) and _by_members(rule, one.view))
    ]


def _of_kind(rule: Rule, told: Told) -> bool:
    kind = told.event.kind
    if kind in TROUBLE:
        asked = "silent" if kind is Kind.SILENT else "failing"
        return asked in rule.trouble and (not rule.source or told.event.source in rule.source)
    return not rule.trouble and KINDS[told.kind] in rule.tell


def _listed(engine: Engine, rule: Rule, votes: Sequence[str]) -> frozenset[str]:
    """Return which votes a list narrowed down as the rule says would show."""
    if not rule.bill:
        return meeting_among(engine, asks(rule), votes)
    meant = find(engine, rule.bill)
    keys = [bill if isinstance(bill, Bill) else Bill(bill.number, bill.period, bill.legislature) for bill in meant]
    return frozenset().union(*(meeting_among(engine, asks(rule, bill), votes) for bill in keys))


def asks(rule: Rule, bill: Bill | None = None) -> VoteFilter:
    """Return what a rule asks of a vote, as lists are asked."""
    return VoteFilter(
        text=rule.text, exact=rule.exact, legislatures=rule.legislature, status=rule.status, verdict=rule.verdict,
        bill=bill, kind=rule.kind, result=rule.result, ahead=rule.ahead, margin=rule.margin, turned=rule.turned,
        group=rule.group, stand=rule.stand,
    )  # fmt: skip


def _by_members(rule: Rule, view: VoteView) -> bool:
    """Whether a vote meets what a rule asks of its members."""
    if rule.broke_ranks is not None:
        dissent = ranks(view).by_rule[rule.ranks_rule]
        if dissent is None or len(dissent.rebels) <= rule.broke_ranks:
            return False
    if not rule.member:
        return True
    part = next((part for part in standing(view).best if part.who == rule.member), None)
    if part is None or (rule.position and part.position not in rule.position):
        return False
    dissent = ranks(view).by_rule[rule.ranks_rule]
    return not rule.rebel or (dissent is not None and any(r.part.who == rule.member for r in dissent.rebels))
