"""Which columns has a table of votes, and which of them stand beside every row that comes from a vote?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from tracker.domain.lead import lead
from tracker.domain.votes import Tally
from tracker.queries import papers, roll
from tracker.queries.files.chosen import Line, Snapshot
from tracker.queries.files.columns import Listed
from tracker.queries.view import Tallies

PLACES = ("yes", "no", "abstain", "present", "not_cast")
KINDS = ("final", "board", "counted")
"""The counts a vote may be quoted by, the first there is."""


def of_vote(line: Line) -> dict[str, Any]:
    """Return what says of which vote a row is."""
    return {"vote": line.row.slug, "legislature": line.chamber.slug, "sitting_date": line.sitting}


def origin(line: Line) -> dict[str, Any]:
    """Return what says where a row comes from, and how settled that is."""
    row = line.row
    return {
        "status": line.status,
        "version": line.version,
        "source": row.source,
        "source_url": row.url,
        "page": row.page,
        "sha256": row.sha256,
        "read_at": row.seen_at,
    }


def votes(snapshot: Snapshot, lines: Sequence[Line]) -> Listed:
    """Return the table of votes."""
    tallies = roll.tallies(snapshot.connection, [line.row.id for line in lines])
    aloud = roll.spoken(snapshot.connection, [line.row for line in lines])
    lenders = papers.of_votes(snapshot.connection, [line.row.vote_id for line in lines])
    rows = []
    for line in lines:
        counts = tallies.get(line.row.id, Tallies())
        lent = None
        if counts.announced is None and line.row.announced_text is None:
            lent = next((one for one in lenders.get(line.row.vote_id, ()) if one.tallies.announced), None)
        announced = lent.tallies.announced if lent else counts.announced
        rows.append(
            of_vote(line)
            | _told(snapshot, line)
            | _counts(counts, announced)
            | {
                "announced_text": lent.announced_text if lent else line.row.announced_text,
                "announced_by": lent.id if lent else None,
                "spoken": len(aloud.get(line.row.id, ())),
                "complete": bool(line.row.complete),
                "versions": line.versions,
                "reader": line.row.reader,
                "gone_since": line.row.gone_since,
            }
            | origin(line)
        )
    return columns(rows)


def columns(rows: Sequence[dict[str, Any]]) -> Listed:
    """Turn rows into columns; none of no rows."""
    return {name: [row[name] for row in rows] for name in rows[0]} if rows else {}


def _told(snapshot: Snapshot, line: Line) -> dict[str, Any]:
    fields, row = line.fields, line.row
    paper, credit = snapshot.papers[row.source]
    return {
        "paper": str(paper),
        "transcribed_by": credit.by if credit else None,
        "taken_at": line.taken_at,
        "zone": line.chamber.zone,
        "subject": fields["subject"] or "",
        "question": fields["question"],
        "kind": fields["kind"],
        "bills": (fields["bills"] or "").replace(", ", "; ") or None,
        "verdict": row.verdict if line.in_force else None,
        "result": line.result,
        "requirement": fields["requirement"],
        "vacated": fields["vacated"] == "yes",
    }


def _counts(tallies: Tallies, announced: Tally | None) -> dict[str, Any]:
    """Return the counts side by side, first the one a vote is quoted by."""
    said = lead(board=tallies.board, counted=tallies.counted, final=tallies.final)
    best = tallies.best
    names = best.candidates if best else ()
    found: dict[str, Any] = {
        "quoted": next((kind for kind in KINDS if getattr(tallies, kind) is not None), None),
        **counted("", best),
        "candidates": "; ".join(f"{name}: {n}" for name, n in sorted(names, key=lambda pair: -pair[1])) or None,
        "margin": said.margin,
        "ahead": said.ahead,
        "turned": said.turned,
    }
    for kind, tally in (("board", tallies.board), ("counted", tallies.counted), ("announced", announced)):
        found |= counted(f"{kind}_", tally, PLACES[:3] if kind == "announced" else PLACES)
    return found


def counted(before: str, tally: Tally | None, places: Iterable[str] = PLACES) -> dict[str, int | None]:
    """Return the figures of a count; None where there is no such count."""
    return {before + place: None if tally is None else getattr(tally, place) for place in places}
