"""How is a vote written as JSON? The shape is set down in `docs/vote.schema.json`; keys are only ever added."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from tracker.domain.votes import Tally
from tracker.queries.billed import BillView
from tracker.queries.listed import VoteRow
from tracker.queries.view import Evidence, GroupView, PaperView, SpokenView, Tallies, Version, VoteView


def as_json(view: VoteView, *, ballots: bool = True) -> dict[str, Any]:
    """Return a vote in the documented shape, ready for `json.dumps`. `ballots` False leaves the ballots out."""
    shape: dict[str, Any] = {
        "id": view.id,
        "legislature": view.chamber.slug,
        "source": view.source,
        "paper": str(view.paper),
        "credit": asdict(view.credit) if view.credit else None,
        "official_urls": list(view.official_urls),
        "sitting_date": view.sitting_date.isoformat(),
        "taken_at": view.taken_at.isoformat() if view.taken_at else None,
        "subject": view.subject,
        "question": view.question,
        "kind": view.kind,
        "bills": list(view.bills),
        "bill_records": [bill(record) for record in view.bill_records],
        "links": [{"kind": link.kind, "number": link.number, "url": link.url} for link in view.links],
        "status": str(view.status),
        "verdict": str(view.verdict),
        "result": view.result,
        "requirement": view.requirement,
        "majority": _majority(view),
        "vacated": view.vacated,
        "tallies": tallies(view.tallies),
        "board_from_names": view.board_from_names,
        "announced_means": view.announced_means,
        "announced_text": view.announced_text,
        "announced_by": view.announced_by,
        "spoken": [_spoken(said) for said in view.spoken],
        "groups": [_group(group) for group in view.groups],
        "complete": view.complete,
        "checks": [{"check": c.check, "ok": c.ok, "detail": c.detail} for c in view.checks],
        "evidence": [_evidence(document) for document in view.evidence],
        "page": view.origin.page,
        "papers": [_paper(paper) for paper in view.papers],
        "leads_to": view.leads_to,
        "settled": view.settled,
        "version": view.version,
        "as_of": moment(view.as_of),
        "versions": [_version(version) for version in view.versions],
        "gone_since": moment(view.gone_since),
    }
    if ballots:
        shape["ballots"] = [
            {
                "name": ballot.name,
                "member": ballot.member,
                "group": ballot.group,
                "position": str(ballot.position),
                "reason": ballot.reason,
                "code": ballot.code,
                "region": ballot.region,
                "ref": ballot.ref,
                "decided": ballot.decided,
            }
            for ballot in view.ballots
        ]
    return shape


def bill(record: BillView) -> dict[str, Any]:
    """Return a bill as its chamber's list has it; `steps` only where they were asked for."""
    shape: dict[str, Any] = {
        "legislature": record.legislature,
        "period": record.period,
        "number": record.number,
        "notation": record.notation,
        "title": record.title,
        "stage": record.stage,
        "presented": record.presented.isoformat(),
        "proponent": record.proponent,
        "authors": list(record.authors),
        "url": record.url,
        "as_of": moment(record.as_of),
    }
    if record.steps:
        shape["steps"] = [
            {"since": moment(step.since), "stage": step.stage, "title": step.title} for step in record.steps
        ]
    return shape


def row_as_json(row: VoteRow) -> dict[str, Any]:
    """Return a listed vote: the part of the documented shape that a list holds."""
    return {
        "id": row.id,
        "legislature": row.legislature,
        "source": row.source,
        "paper": str(row.paper),
        "credit": asdict(row.credit) if row.credit else None,
        "sitting_date": row.sitting_date.isoformat(),
        "taken_at": row.taken_at.isoformat() if row.taken_at else None,
        "subject": row.subject,
        "question": row.question,
        "kind": row.kind,
        "status": str(row.status),
        "verdict": str(row.verdict),
        "result": row.result,
        "tallies": tallies(row.tallies),
    }


def tallies(of_vote: Tallies) -> dict[str, Any]:
    """Return the four counts; null where there is no such count."""
    return {name: tally(getattr(of_vote, name)) for name in ("board", "counted", "final", "announced")}


def tally(counts: Tally | None) -> dict[str, Any] | None:
    """Return one count; `candidates` only where members voted for names."""
    if counts is None:
        return None
    shape: dict[str, Any] = {name: getattr(counts, name) for name in ("yes", "no", "abstain", "present", "not_cast")}
    if counts.candidates:
        shape["candidates"] = dict(counts.candidates)
    return shape


def moment(at: datetime | None) -> str | None:
    """Return a moment in UTC: `2023-06-12T14:03:00Z`."""
    return None if at is None else at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _spoken(said: SpokenView) -> dict[str, Any]:
    return {
        "name": said.name,
        "member": said.member,
        "group": said.group,
        "was": said.was,
        "was_code": said.was_code,
        "was_reason": said.was_reason,
        "now": str(said.now),
        "counts": said.counts,
        "quote": said.quote,
    }


def _group(group: GroupView) -> dict[str, Any]:
    return {
        "code": group.code,
        "name": group.name,
        "attached": group.attached,
        "tally": tally(group.tally),
        "final": tally(group.final),
        "printed": tally(group.printed),
    }


def _evidence(document: Evidence) -> dict[str, Any]:
    return {
        "url": document.url,
        "sha256": document.sha256,
        "page": document.page,
        "fetched_at": moment(document.fetched_at),
        "source": document.source,
        "size": document.size,
        "media_type": document.media_type,
    }


def _paper(paper: PaperView) -> dict[str, Any]:
    return {
        "id": paper.id,
        "source": paper.source,
        "title": paper.title,
        "paper": str(paper.kind),
        "credit": asdict(paper.credit) if paper.credit else None,
        "status": str(paper.status),
        "url": paper.url,
        "page": paper.page,
        "sha256": paper.sha256,
        "fetched_at": moment(paper.fetched_at),
        "tallies": tallies(paper.tallies),
        "announced_text": paper.announced_text,
        "how": paper.how,
        "agrees": paper.agrees,
        "differences": [asdict(one) for one in paper.differences],
    }


def _version(version: Version) -> dict[str, Any]:
    return {
        "version": version.n,
        "at": moment(version.at),
        "url": version.url,
        "sha256": version.sha256,
        "page": version.page,
        "reader": version.reader,
        "lookups": version.lookups,
        "cause": version.cause,
        "changes": [{"field": c.field, "who": c.who, "was": c.was, "now": c.now} for c in version.changes],
        "in_force": version.in_force,
        "since": moment(version.since),
    }


def _majority(view: VoteView) -> dict[str, Any] | None:
    found = view.majority
    if found.rule is None:
        return None
    return {
        "rule": found.rule.name,
        "fraction": str(found.rule.fraction),
        "of": str(found.rule.base),
        "base": found.base,
        "needed": found.needed,
        "obtained": found.obtained,
        "source": found.rule.source,
    }
