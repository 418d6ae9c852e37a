"""How is a check written as JSON? The shape is set down in `docs/check.schema.json`; keys are only ever added."""

from __future__ import annotations

from typing import Any

from tracker.claims.claim import Claim, Part
from tracker.claims.match import Checked
from tracker.claims.verdict import Answer, Match, MemberFit


def as_json(checked: Checked) -> dict[str, Any]:
    """Return a whole check, ready for `json.dumps`."""
    return {
        "language": checked.read.language,
        "written": checked.written.isoformat() if checked.written else None,
        "left_out": checked.read.left_out,
        "claims": [claim(answer) for answer in checked.answers],
    }


def claim(answer: Answer) -> dict[str, Any]:
    """Return what the record says of one claim."""
    said = answer.claim
    return {
        "text": said.text,
        "start": said.start,
        "end": said.end,
        "tally": _tally(said),
        "result": said.result.value if said.result else None,
        "date": _date(said),
        "chambers": sorted(said.body.legislatures),
        "other_body": said.body.other,
        "other_country": said.body.country,
        "party": said.party,
        "numbers": [{"kind": one.kind, "number": one.number} for one in said.numbers],
        "verdict": answer.verdict.value,
        "reason": answer.reason,
        "matches": [_match(match) for match in answer.matches],
        "members": [_member(member) for member in answer.members],
        "held": [
            {"legislature": one.legislature, "first": one.first, "last": one.last, "days": one.days}
            for one in answer.held
        ],
        "steps": [{"key": step.key, "values": dict(step.values)} for step in answer.steps],
    }


def _tally(said: Claim) -> dict[str, Any] | None:
    """Return the counts claimed, each with the least and the most it may be; null: none is claimed."""
    figures = said.figures
    if not figures.said:
        return None
    sides = {name: _part(getattr(figures, name)) for name in ("yes", "no", "abstain", "margin")}
    named = [{"name": name, **(_part(part) or {})} for name, part in figures.named]
    return {
        **sides,
        "named": named,
        "unanimous": figures.unanimous,
        "needed": figures.needed,
        "ordered": figures.ordered,
    }


def _part(part: Part | None) -> dict[str, int | None] | None:
    return None if part is None else {"least": part.low, "most": part.most}


def _date(said: Claim) -> dict[str, str] | None:
    """Return the days claimed; null where none, or only a day without its year."""
    if not 0 < len(said.days) <= 3:
        return None
    days = sorted(said.days, key=lambda one: one.first)
    return {"first": days[0].first.isoformat(), "last": days[-1].last.isoformat()}


def _match(match: Match) -> dict[str, Any]:
    numbers = match.numbers
    return {
        "id": match.id,
        "matched": match.matched.value if match.matched else None,
        "version": numbers.count.version if numbers.count else None,
        "swapped": numbers.swapped,
        "subject_fits": match.subject.fits,
        "subject_by": match.subject.by,
        "date_fits": match.dated,
        "result_fits": match.ended,
        "differences": match.differences,
        "legislature": match.vote.legislature,
        "sitting_date": match.vote.sitting_date.isoformat(),
        "taken_at": match.vote.taken_at.isoformat() if match.vote.taken_at else None,
        "subject": match.vote.subject,
    }


def _member(member: MemberFit) -> dict[str, Any]:
    return {
        "name": member.said.name,
        "said": member.said.position.value,
        "agreement": member.agreement.value,
        "on_roll": member.name,
        "position": member.position.value if member.position else None,
        "aloud": member.aloud,
    }
