"""How do votes look to programmes that speak Popolo (popoloproject.com): persons, organizations, motions, vote events?

One JSON document with an array for each class. Ids are those of all our files: a person's is the member's, a motion's
and a vote event's that of the vote; a group's is its chamber's and its code, as in `pe_congress/FP`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO

from tracker.publish.codebook import sheets
from tracker.publish.tables import Table, typed
from tracker.queries import roll
from tracker.queries.files.ballots import Ballots
from tracker.queries.files.chosen import Choice, Line, OneReading, Snapshot
from tracker.queries.files.votes import votes
from tracker.queries.view import Tallies

Row = dict[str, Any]
OPTIONS = {"yes": "yes", "no": "no", "abstain": "abstain", "present": "present", "not_cast": "not voting"}
"""Popolo's words for positions; who is absent or paired is called so."""
REASONS = {"absent": "absent", "paired": "paired"}


def write(snapshot: Snapshot, choice: Choice, sink: BinaryIO) -> int:
    """Write the votes of a choice, with everybody and every group of their chambers; return how many votes."""
    whole = Writing(snapshot, choice)
    for n, (name, objects) in enumerate(whole.classes()):
        sink.write(f"{',' if n else '{'}\n{json.dumps(name)}: [".encode())
        for m, one in enumerate(objects):
            sink.write(f"{',' if m else ''}\n{json.dumps(one, ensure_ascii=False)}".encode())
        sink.write(b"\n]")
    sink.write(b"\n}\n")
    return whole.written


class Writing:
    """The document as it is written, class by class; votes are gone through twice, and never held at once."""

    def __init__(self, snapshot: Snapshot, choice: Choice) -> None:
        self.written = 0
        self._snapshot, self._choice = snapshot, choice
        self._laws = self._chambers()

    def classes(self) -> Iterator[tuple[str, Iterable[Row]]]:
        """Hand out each class by its name, with its objects."""
        yield "persons", self._persons()
        yield "organizations", self._organizations()
        yield "memberships", self._memberships()
        yield "motions", (_motion(line) for lines in self._snapshot.lines(self._choice) for line in lines)
        yield "vote_events", self._events()

    def _chambers(self) -> set[str]:
        """Return the chambers that the votes are of."""
        if isinstance(self._choice, OneReading):
            return {line.chamber.slug for lines in self._snapshot.lines(self._choice) for line in lines}
        return {chamber.slug for chamber in self._snapshot.chambers.values()}

    def _rows(self, name: str) -> Iterator[Row]:
        for batch in Table(self._snapshot, name, self._choice):
            yield from (row for row in batch.to_pylist() if row["legislature"] in self._laws)

    def _persons(self) -> Iterator[Row]:
        known: dict[str, Row] = {}
        for row in self._rows("members"):
            others = [name for name in (row["printed"] or "").split("; ") if name and name != row["name"]]
            person = known.setdefault(row["member"], {"id": row["member"], "name": row["name"], "other_names": []})
            person["other_names"] += [{"name": name} for name in others]
        yield from known.values()

    def _organizations(self) -> Iterator[Row]:
        for row in self._rows("legislatures"):
            yield {"id": row["legislature"], "name": row["legislature_name"], "classification": "legislature"}
        for row in self._rows("groups"):
            yield {
                "id": _group(row["legislature"], row["group"]),
                "name": row["group_name"],
                "classification": "parliamentary group" if row["attached"] else "members without a group",
                "parent_id": row["legislature"],
                "identifiers": [{"scheme": "code", "identifier": row["group"]}],
            }

    def _memberships(self) -> Iterator[Row]:
        for row in self._rows("mandates"):
            yield {"person_id": row["member"], "organization_id": row["legislature"], "role": "member"} | _spell(row)
        for row in self._rows("memberships"):
            group = _group(row["legislature"], row["group"])
            yield {"person_id": row["member"], "organization_id": group, "role": "member"} | _spell(row)

    def _events(self) -> Iterator[Row]:
        ballots = Ballots(self._snapshot)
        for lines in self._snapshot.lines(self._choice):
            told = typed(sheets()["votes"], votes(self._snapshot, lines)).to_pylist() if lines else []
            tallies = roll.tallies(self._snapshot.connection, [line.row.id for line in lines])
            cast: dict[str, list[Row]] = defaultdict(list)
            for row in typed(sheets()["ballots"], ballots.table(lines)).to_pylist() if lines else []:
                cast[row["vote"]].append(row)
            for line, row in zip(lines, told, strict=True):
                best = tallies.get(line.row.id, Tallies()).best
                yield _event(line, row, best.candidates if best else (), cast[row["vote"]])
                self.written += 1


def _group(law: str, code: str | None) -> str | None:
    return None if code is None else f"{law}/{code}"


def _spell(row: Row) -> Row:
    return {
        "start_date": row["since"].isoformat(),
        "end_date": row["until"].isoformat() if row["until"] else None,
    }


def _sources(line: Line) -> list[Row]:
    return [{"url": line.row.url, "note": f"SHA-256 {line.row.sha256}"}]


def _motion(line: Line) -> Row:
    return {
        "id": line.row.slug,
        "organization_id": line.chamber.slug,
        "text": line.fields["subject"],
        "classification": line.fields["kind"],
        "requirement": line.fields["requirement"],
        "result": line.result,
        "sources": _sources(line),
    }


def _event(line: Line, row: Row, candidates: Sequence[tuple[str, int]], ballots: Iterable[Row]) -> Row:
    named = sorted(candidates, key=lambda pair: (-pair[1], pair[0]))
    counts = [
        {"option": option, "value": row[place]}
        for place, option in OPTIONS.items()
        if place != "not_cast" and row[place] is not None and (row[place] or (place in ("yes", "no") and not named))
    ]
    return {
        "id": row["vote"],
        "organization_id": row["legislature"],
        "motion_id": row["vote"],
        "start_date": line.clock or row["sitting_date"].isoformat(),
        "result": row["result"],
        "counts": [{"option": name, "value": n} for name, n in named] + counts,
        "votes": [_vote(one) for one in ballots],
        "sources": _sources(line),
        "extras": {
            "sitting_date": row["sitting_date"].isoformat(),
            "status": row["status"],
            "version": row["version"],
            "quoted": row["quoted"],
            "board": {place: row[f"board_{place}"] for place in OPTIONS if row[f"board_{place}"] is not None},
        },
    }


def _vote(row: Row) -> Row:
    """Return a vote; somebody who could not be placed is told by name alone."""
    option = OPTIONS.get(row["position"], row["code"])
    if row["position"] == "not_cast":
        option = REASONS.get(row["reason"], option)
    shape = {"voter_id": row["member"], "option": option, "group_id": _group(row["legislature"], row["group"])}
    if row["member"] is None:
        shape["voter"] = {"name": row["name"]}
    return shape | ({"extras": {"recorded": "voice"}} if row["recorded"] == "voice" else {})
