"""Which rows does an observation of a vote add: the vote itself, what it says, what moved, and why?"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, select

from tracker.domain.changes import TALLIES, Cause, Change, Facts, cause_of, changes
from tracker.domain.evidence import Document
from tracker.domain.lead import lead
from tracker.domain.reconcile import Reconciliation
from tracker.domain.votes import PrintedVote, Spoken, Status, Vote
from tracker.storage import quoted
from tracker.storage.ballots import Ballots
from tracker.storage.history import Current, Seen
from tracker.storage.keys import Keys
from tracker.storage.known import Known
from tracker.storage.tables import metadata


class Journal:
    """Gathers the rows that readings of votes add to a batch."""

    def __init__(
        self, keys: Keys, known: Known, rows: dict[str, list[Any]], ballots: Ballots, source: str, now: datetime
    ) -> None:
        self._keys = keys
        self._known = known
        self._rows = rows
        self._ballots = ballots
        self._source = source
        self._now = now

    @staticmethod
    def seen(document: Document, number: int, reader: str, lookups: str, facts: Facts) -> Seen:
        """Note the circumstances of a reading."""
        return Seen(
            number, document.sha256, document.url, reader, lookups,
            document.fetched_at.astimezone(UTC), facts, facts.fingerprint(),
        )  # fmt: skip

    def new_vote(self, vote: Vote, sums: Reconciliation, seen: Seen, ordinal: int) -> Current:
        """Add a vote met for the first time."""
        printed = vote.printed
        motion, number = self._keys.new("motion"), self._keys.new("vote")
        law = self._known.legislature
        self._rows["motion"].append(
            {
                "id": motion,
                "legislature_id": law,
                "subject": printed.subject,
                "question": printed.question,
                "kind": printed.kind,
            }
        )
        self._bills(printed, motion)
        observation = self._observation(vote, sums, seen, number)
        self._rows["vote"].append(
            {
                "id": number,
                "slug": printed.id,
                "legislature_id": law,
                "motion_id": motion,
                "observation_id": observation,
                "sitting_date": printed.sitting_date,
                "taken_at": seen.facts.fields["taken_at"],
                "ordinal": ordinal,
                "status": str(printed.status),
                "verdict": str(sums.verdict),
                "result": printed.result,
                **standing(sums),
                "first_seen": seen.at,
                "gone_since": None,
                "joined_to": None,
            }
        )
        return Current(
            number, motion, observation, observation, str(printed.status), False,
            seen.fingerprint, seen.sha256, seen.reader, seen.lookups, seen.at, seen.facts,
        )  # fmt: skip

    def newer(
        self, connection: Connection, current: Current, vote: Vote, sums: Reconciliation, seen: Seen
    ) -> tuple[Change, ...]:
        """Add an observation that takes over, and what moved from the one before, with the cause."""
        before = current.facts(connection)
        moved = changes(before, seen.facts)
        cause = cause_of(same_document=current.sha256 == seen.sha256, same_reader=current.reader == seen.reader)
        same = before.ballots == seen.facts.ballots
        observation = self._observation(
            vote, sums, seen, current.vote, current.ballots_of if same else None, str(cause) if moved else None
        )
        for change in moved:
            self._rows["change"].append(
                {
                    "id": self._keys.new("change"),
                    "vote_id": current.vote,
                    "observation_id": observation,
                    "cause": str(cause),
                    "field": change.field,
                    "who": change.who,
                    "was": change.was,
                    "now": change.now,
                    "noticed_at": self._now,
                }
            )
        if {"bills", "period"} & {change.field for change in moved}:
            t = metadata.tables["motion_bill"]
            connection.execute(t.delete().where(t.c.motion_id == current.motion))
            self._rows["motion_bill"] = [row for row in self._rows["motion_bill"] if row["motion_id"] != current.motion]
            self._bills(vote.printed, current.motion)
        current.status = _status(current.status, vote.printed.status, cause, moved)
        current.observation = observation
        current.ballots_of = current.ballots_of if same else observation
        current.fingerprint, current.sha256 = seen.fingerprint, seen.sha256
        current.reader, current.lookups, current.seen_at = seen.reader, seen.lookups, seen.at
        current.known = seen.facts
        return moved

    def _bills(self, printed: PrintedVote, motion: int) -> None:
        for bill in {self._known.bill(bill, printed.period or "") for bill in printed.bills}:
            self._rows["motion_bill"].append({"motion_id": motion, "bill_id": bill})

    def older(self, connection: Connection, current: Current, vote: Vote, sums: Reconciliation, seen: Seen) -> None:
        """Add a reading of bytes that have been replaced since, unless it is already there: it does not take over."""
        o = metadata.tables["observation"]
        same = (
            (o.c.vote_id == current.vote) & (o.c.document_id == seen.document) & (o.c.fingerprint == seen.fingerprint)
        )
        if connection.scalar(select(o.c.id).where(same).limit(1)) is None:
            self._observation(vote, sums, seen, current.vote)

    def _observation(
        self,
        vote: Vote,
        sums: Reconciliation,
        seen: Seen,
        number: int,
        ballots_of: int | None = None,
        cause: str | None = None,
    ) -> int:
        printed = vote.printed
        observation = self._keys.new("observation")
        groups = [[g.code, g.name, g.tally.yes, g.tally.no, g.tally.abstain, g.tally.present, g.tally.not_cast]
                  for g in printed.groups]  # fmt: skip
        self._rows["observation"].append(
            {
                "id": observation,
                "vote_id": number,
                "document_id": seen.document,
                "source": self._source,
                "url": seen.url,
                "page": printed.page,
                "reader": seen.reader,
                "lookups": seen.lookups,
                "seen_at": seen.at,
                "fingerprint": seen.fingerprint,
                "complete": printed.complete,
                "announced_text": printed.announced_text,
                "fields": json.dumps(dict(seen.facts.fields), ensure_ascii=False),
                "checks": json.dumps([[str(c.check), c.ok, c.detail] for c in sums.checks], ensure_ascii=False),
                "groups": json.dumps(groups, ensure_ascii=False) if groups else None,
                "ballots_of": ballots_of or observation,
                "cause": cause,
            }
        )
        self._tallies(sums, observation)
        self._rows["quoted"] += quoted.rows(sums, printed.sitting_date, number)
        if ballots_of is None:
            self._ballots.add(vote.ballots, observation)
            self._by_group(sums, observation)
        self._spoken(vote.spoken, observation)
        return observation

    def _tallies(self, sums: Reconciliation, observation: int) -> None:
        for kind in TALLIES:
            tally = getattr(sums, kind)
            if tally is None:
                continue
            candidates = json.dumps(tally.candidates, ensure_ascii=False) if tally.candidates else None
            self._rows["tally"].append(
                {
                    "observation_id": observation,
                    "kind": kind,
                    "yes": tally.yes,
                    "no": tally.no,
                    "abstain": tally.abstain,
                    "present": tally.present,
                    "not_cast": tally.not_cast,
                    "candidates": candidates,
                }
            )

    def _by_group(self, sums: Reconciliation, observation: int) -> None:
        self._rows["group_tally"] += [
            {
                "group_id": self._known.group(group),
                "observation_id": observation,
                "yes": tally.yes,
                "no": tally.no,
                "abstain": tally.abstain,
            }
            for group, tally in sums.by_group.items()
            if group and tally.cast
        ]

    def _spoken(self, spoken: Iterable[Spoken], observation: int) -> None:
        for n, said in enumerate(spoken, 1):
            self._rows["spoken"].append(
                {
                    "observation_id": observation,
                    "n": n,
                    "voter_id": self._known.voter(said.name, said.member),
                    "was": None if said.was is None else str(said.was),
                    "now": str(said.now),
                    "declared": None if said.declared is None else str(said.declared),
                    "counts": said.counts,
                    "quote": said.quote,
                }
            )


def standing(sums: Reconciliation) -> dict[str, Any]:
    """Return how yes and no stand, for the row of a vote."""
    return lead(board=sums.board, counted=sums.counted, final=sums.final)._asdict()


QUOTED = frozenset({"board", "counted", "final", "announced", "result", "ballot", "spoken"})
"""What a newspaper quotes: when the source moves one of these, the vote has been corrected."""


def _status(was: str, printed: Status, cause: Cause, moved: tuple[Change, ...]) -> str:
    if was == Status.CORRECTED and printed is not Status.PROVISIONAL:
        return was
    settled = was == Status.OFFICIAL and printed is Status.OFFICIAL
    if settled and cause is Cause.SOURCE and any(change.field in QUOTED for change in moved):
        return str(Status.CORRECTED)
    return str(printed)
