"""Which rows does a batch of readings add, change and mark, in one transaction?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from tracker.domain.legislature import Paper
from tracker.domain.reconcile import Reconciliation
from tracker.domain.votes import PrintedSitting, Vote
from tracker.storage import joining, outbox, proof, quoted, search, vocabulary
from tracker.storage.ballots import Ballots
from tracker.storage.bills import Bills
from tracker.storage.history import Seen, current_votes, known_documents
from tracker.storage.keys import Keys
from tracker.storage.known import Known
from tracker.storage.members import name_members
from tracker.storage.observations import Journal, standing
from tracker.storage.outbox import Kind
from tracker.storage.reading import Noticed, Reading, Saved, Totals
from tracker.storage.tables import metadata

ORDER = (
    "document", "fetch", "motion", "motion_bill", "vote", "observation", "tally", "ballot", "group_tally", "spoken",
    "sitting", "attendance", "change", "event",
)  # fmt: skip


class Batch:
    """One transaction's rows, gathered by table and written together."""

    def __init__(self, connection: Connection, known: Known, paper: Paper, run: int | None) -> None:
        self._connection = connection
        self._known = known
        self._paper = paper
        self._run = run
        self._keys = Keys(connection)
        self._bills = Bills(connection, self._keys, paper.slug)
        self._rows: dict[str, list[Any]] = {name: [] for name in (*ORDER, "quoted", "finding")}
        self._ballots = Ballots(known)
        self._search: dict[int, search.Indexed] = {}
        self._moved: dict[int, dict[str, Any]] = {}
        self._sittings: set[tuple[date, int]] = set()
        self._days: set[date] = set()
        self._now = datetime.now(UTC)
        self._told = outbox.Notes(self._keys, self._rows["event"], paper.slug, run, self._now)
        self._journal = Journal(self._keys, known, self._rows, self._ballots, paper.slug, self._now)
        self.totals = Totals()

    def open(self, readings: Sequence[Reading]) -> None:
        """Learn what is already known of everything the readings name."""
        self._known.refresh(self._connection, self._keys)
        shas, slugs = set(), set()
        for reading in readings:
            shas |= {sha for sha in (reading.fetch.sha256, reading.replaces) if sha}
            slugs |= {vote.printed.id for vote, _, _ in reading.votes}
        self._documents = known_documents(self._connection, shas)
        self._votes = current_votes(self._connection, slugs)
        self._seated = [mandate for reading in readings for mandate in reading.seated]

    def add(self, reading: Reading) -> None:
        """Gather the rows of one reading."""
        document = self._document(reading)
        self._fetch(reading, document)
        if document is None or reading.document is None:
            self._mark_gone(reading)
            self._findings(reading, None, {})
            return
        stored: dict[str, int] = {}
        for ordinal, (vote, sums, facts) in enumerate(reading.votes, 1):
            seen = Journal.seen(reading.document, document, reading.reader, reading.lookups, facts)
            saved = self._vote(seen, vote, sums, ordinal)
            setattr(self.totals, saved, getattr(self.totals, saved) + 1)
            if saved is not Saved.UNCHANGED:
                stored[vote.printed.id] = self._votes[vote.printed.id].vote
        self.totals.bills += self._bills.add(reading.bills, reading.document, document, reading.reader)
        for sitting in reading.sittings:
            self._sitting(document, sitting, reading.placed)
        self._mark_gone(reading)
        self._findings(reading, document, stored)

    def close(self) -> None:
        """Write the rows, parents first; then join what several papers record of the days that moved."""
        self._known.write(self._connection)
        for name in ORDER:
            self._write(name)
        quoted.write(self._connection, self._rows["quoted"])
        self._bills.write()
        name_members(self._connection, self._known.legislature, self._seated)
        votes, motions = metadata.tables["vote"], metadata.tables["motion"]
        for number, facts in self._moved.items():
            motion = facts.pop("motion", None)
            if facts:
                self._connection.execute(update(votes).where(votes.c.id == number).values(**facts))
            if motion:
                key, values = motion
                self._connection.execute(update(motions).where(motions.c.id == key).values(**values))
        search.index(self._connection, list(self._search.values()))
        vocabulary.count(self._connection, self._search.values())
        for one in joining.of_days(self._connection, self._known.legislature, self._days, self._now):
            self._finding(Noticed("noted", "papers_differ", one.message, one.place), None, one.vote)
        self._write("finding")

    def prove(self) -> None:
        """Hold what the rows refer to against the tables, which the engine may have been told not to do."""
        proof.prove(self._connection, self._rows, self._ballots)

    def _write(self, name: str) -> None:
        if name == "ballot":
            self._ballots.write(self._connection)
        elif self._rows[name]:
            self._connection.execute(insert(metadata.tables[name]), self._rows[name])

    def _document(self, reading: Reading) -> int | None:
        sha = reading.fetch.sha256
        if sha is None:
            return None
        found = self._documents.get(sha)
        if found is None and reading.document is not None:
            found = self._documents[sha] = self._keys.new("document")
            self.totals.documents += 1
            self._rows["document"].append(
                {
                    "id": found,
                    "sha256": sha,
                    "size": len(reading.document.content),
                    "media_type": reading.document.media_type,
                    "first_seen": reading.document.fetched_at,
                }
            )
        return found

    def _fetch(self, reading: Reading, document: int | None) -> None:
        fetch = reading.fetch
        if reading.replayed:
            t = metadata.tables["fetch"]
            same = (t.c.url == fetch.url) & (t.c.at == fetch.at)
            if self._connection.execute(update(t).where(same).values(read_by=fetch.read_by)).rowcount:
                return
        self._rows["fetch"].append(
            {
                "id": self._keys.new("fetch"),
                "run_id": self._run,
                "source": self._paper.slug,
                "url": fetch.url,
                "role": fetch.role,
                "at": fetch.at,
                "status": fetch.status,
                "document_id": document,
                "changed": fetch.changed,
                "etag": fetch.etag,
                "last_modified": fetch.last_modified,
                "read_by": fetch.read_by,
                "message": fetch.message,
            }
        )

    def _vote(self, seen: Seen, vote: Vote, sums: Reconciliation, ordinal: int) -> Saved:
        facts, journal = seen.facts, self._journal
        current = self._votes.get(vote.printed.id)
        if current is None:
            current = self._votes[vote.printed.id] = journal.new_vote(vote, sums, seen, ordinal)
            self._search[current.vote] = search.Indexed(current.vote, search.text_in(facts.fields))
            self._days.add(vote.printed.sitting_date)
            self._told.add(Kind.VOTE, current.vote, current.observation)
            return Saved.INSERTED
        if current.gone:
            self._moved.setdefault(current.vote, {})["gone_since"] = None
            current.gone = False
            self._told.add(Kind.BACK, current.vote)
        if current.fingerprint == seen.fingerprint and current.sha256 == seen.sha256:
            return Saved.UNCHANGED
        if seen.at < current.seen_at or current.outranks(seen, vote.printed.status):
            journal.older(self._connection, current, vote, sums, seen)
            return Saved.UNCHANGED
        before = current.facts(self._connection)
        moved = journal.newer(self._connection, current, vote, sums, seen)
        row = self._moved.setdefault(current.vote, {})
        row["observation_id"] = current.observation
        if not moved:
            return Saved.UNCHANGED
        self._told.add(Kind.CHANGE, current.vote, current.observation)
        self._days |= {vote.printed.sitting_date, date.fromisoformat(before.fields["sitting_date"] or "")}
        row |= {
            "status": current.status,
            "verdict": str(sums.verdict),
            "result": vote.printed.result,
            **standing(sums),
            "sitting_date": vote.printed.sitting_date,
            "taken_at": facts.fields["taken_at"],
        }
        was, now = search.text_in(before.fields), search.text_in(facts.fields)
        if was != now or before.fields.get("kind") != facts.fields.get("kind"):
            printed = vote.printed
            text = {"subject": printed.subject, "question": printed.question, "kind": printed.kind}
            row["motion"] = (current.motion, text)
            first = self._search.get(current.vote)
            self._search[current.vote] = search.Indexed(current.vote, now, first.before if first else was)
        return Saved.UPDATED

    def _sitting(self, document: int, sitting: PrintedSitting, placed: Mapping[str, str | None]) -> None:
        t = metadata.tables["sitting"]
        same = (
            (t.c.legislature_id == self._known.legislature) & (t.c.date == sitting.date) & (t.c.document_id == document)
        )
        if (sitting.date, document) in self._sittings or self._connection.scalar(select(t.c.id).where(same)):
            return
        self._sittings.add((sitting.date, document))
        number = self._keys.new("sitting")
        self._rows["sitting"].append(
            {
                "id": number,
                "legislature_id": self._known.legislature,
                "date": sitting.date,
                "document_id": document,
                "title": sitting.title,
                "page": sitting.page,
                "taken_at": sitting.taken_at.isoformat() if sitting.taken_at else None,
            }
        )
        for voter, mark in {
            self._known.voter(mark.name, placed.get(mark.name)): mark for mark in sitting.attendance
        }.items():
            self._rows["attendance"].append(
                {"sitting_id": number, "voter_id": voter, "code": mark.code, "reason": str(mark.reason or "")}
            )

    def _mark_gone(self, reading: Reading) -> None:
        """Mark the votes that the former bytes of this address had and the new ones lack."""
        former = self._documents.get(reading.replaces or "")
        if former is None or not reading.whole:
            return
        votes, seen = metadata.tables["vote"], metadata.tables["observation"]
        here = {vote.printed.id for vote, _, _ in reading.votes}
        stood_at = reading.replaced_at or reading.fetch.url
        lost = self._connection.execute(
            select(votes.c.id, votes.c.slug)
            .join(seen, seen.c.id == votes.c.observation_id)
            .where(seen.c.document_id == former, seen.c.url == stood_at, votes.c.gone_since.is_(None))
        )
        for number, slug in lost:
            if slug in here:
                continue
            self._moved.setdefault(number, {})["gone_since"] = reading.fetch.at
            self._told.add(Kind.GONE, number)
            self._finding(
                Noticed(
                    "noted", "gone_at_source", f"{slug} is no longer in {reading.fetch.url}; it stays, marked", slug
                ),
                None,
                number,
            )

    def _findings(self, reading: Reading, document: int | None, stored: dict[str, int]) -> None:
        t = metadata.tables["finding"]
        known: set[tuple[str, str]] | None = None
        for noticed in reading.noticed:
            if noticed.vote is not None:
                if noticed.vote in stored:
                    self._finding(noticed, document, stored[noticed.vote])
                continue
            if document is None:
                self._finding(noticed, None, None)
                continue
            if known is None:
                rows = self._connection.execute(select(t.c.code, t.c.place).where(t.c.document_id == document))
                known = {(code, place) for code, place in rows}
            if (noticed.code, noticed.place) not in known:
                self._finding(noticed, document, None)

    def _finding(self, noticed: Noticed, document: int | None, vote: int | None) -> None:
        self.totals.findings += 1
        self._rows["finding"].append(
            {
                "id": self._keys.new("finding"),
                "run_id": self._run,
                "source": self._paper.slug,
                "severity": noticed.severity,
                "code": noticed.code,
                "message": noticed.message,
                "place": noticed.place,
                "document_id": document,
                "vote_id": vote,
                "at": self._now,
                "piece": noticed.piece,
            }
        )
