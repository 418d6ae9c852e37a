"""How was an answer reached? Steps are data: what each says in words is for whoever shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tracker.claims.claim import Claim, Result
from tracker.claims.verdict import Match, Step, Verdict

KEYS = (
    "read-figures", "read-unordered", "read-result", "read-judged", "read-days", "read-body", "read-subject",
    "read-numbers", "looked",
    "numbers-met", "numbers-swapped", "numbers-missed", "subject-met", "subject-missed", "day-met", "day-missed",
    "result-missed", "several", "other-body", "other-country", "of-party", "no-vote", "not-held", "same-vote", "member",
)  # fmt: skip
"""Every key a step can have."""
_DAYS = 3


def explain(claim: Claim, verdict: Verdict, matches: Sequence[Match], looked: Mapping[str, int]) -> tuple[Step, ...]:
    """Return the steps from what was read to the verdict."""
    steps = [*read_steps(claim), Step("looked", dict(looked))]
    if not matches:
        return tuple(steps)
    first = matches[0]
    steps += [_numbers(first), _subject(first)] if claim.figures.said else [_subject(first)]
    if first.dated is not None:
        key = "day-met" if first.dated else "day-missed"
        steps.append(Step(key, {"sitting": first.vote.sitting_date.isoformat(), "clock": _clock(first)}))
    if first.ended is False:
        steps.append(Step("result-missed", {"result": first.vote.result or ""}))
    if verdict is Verdict.SEVERAL:
        steps.append(Step("several", {"votes": len(matches)}))
    return tuple(steps)


def read_steps(claim: Claim) -> list[Step]:
    """Return the steps that say what was read."""
    steps = []
    figures = claim.figures
    if figures.said:
        told: dict[str, object] = {side.value: str(part) for side, part in figures.parts()}
        told |= {"unanimous": True} if figures.unanimous else {}
        told |= {"margin": str(figures.margin)} if figures.margin else {}
        told |= {name or f"#{rank}": str(part) for rank, (name, part) in enumerate(figures.named, 1)}
        told |= {"needed": figures.needed} if figures.needed else {}
        steps.append(Step("read-figures", told))
    if not figures.ordered:
        steps.append(Step("read-unordered"))
    if claim.result:
        steps.append(Step("read-result", {"result": claim.result.value}))
    if claim.judged:
        steps.append(Step("read-judged", {"verdict": "Guilty" if claim.judged is Result.APPROVED else "Not Guilty"}))
    if 0 < len(claim.days) <= _DAYS:
        days = [f"{days.first.isoformat()}/{days.last.isoformat()}" for days in claim.days]
        steps.append(Step("read-days", {"days": days}))
    if claim.body.legislatures:
        steps.append(Step("read-body", {"legislatures": sorted(claim.body.legislatures)}))
    if claim.numbers:
        steps.append(Step("read-numbers", {"numbers": [f"{one.kind} {one.number}" for one in claim.numbers]}))
    steps.append(Step("read-subject", {"words": _shown(claim.words)}))
    return steps


def _numbers(one: Match) -> Step:
    fit = one.numbers
    if fit.matched is None or fit.count is None:
        return Step("numbers-missed", {"id": one.id, "gaps": dict(fit.gaps), "off": fit.off})
    values = {"id": one.id, "matched": fit.matched.value, "tally": str(fit.count.tally), "version": fit.count.version}
    return Step("numbers-swapped" if fit.swapped else "numbers-met", values)


def _subject(one: Match) -> Step:
    if not one.subject.fits:
        return Step("subject-missed", {"id": one.id, "subject": one.vote.subject})
    return Step("subject-met", {"id": one.id, "by": one.subject.by, "words": _shown(one.subject.words)})


def _shown(words: Sequence[str]) -> list[str]:
    """Return stems to show: a group of words alike by its name."""
    return [word.removeprefix("=") for word in words]


def _clock(one: Match) -> str | None:
    return one.vote.taken_at.isoformat() if one.vote.taken_at else None
