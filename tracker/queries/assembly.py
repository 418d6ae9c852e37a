"""How do the rows of a batch of votes become what a reader sees? A fixed number of queries a batch, each by index."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, select

from tracker.domain.legislature import Legislature, PaperKind
from tracker.domain.majority import Base, Majority, Rule, majority
from tracker.domain.reconcile import FIGURES, Check, Verdict
from tracker.domain.votes import Status, Tally
from tracker.queries import groups, history, numbers, papers, pieces, roll
from tracker.queries.view import (
    BallotView,
    CheckView,
    Evidence,
    GroupView,
    PaperView,
    SpokenView,
    Tallies,
    Version,
    VoteView,
)
from tracker.storage.tables import metadata


@dataclass(frozen=True, slots=True)
class Parts:
    """What was found of one reading of a vote."""

    row: Row[Any]
    number: int
    tallies: Tallies
    spoken: tuple[SpokenView, ...]
    marks: Sequence[roll.Mark]
    ballots: tuple[BallotView, ...]
    versions: tuple[Version, ...]
    evidence: tuple[Evidence, ...]
    followed: numbers.Followed
    papers: tuple[PaperView, ...]
    leads_to: str | None
    piece: str | None


def chambers(connection: Connection) -> dict[int, Legislature]:
    """Return every legislature by key."""
    t = metadata.tables["legislature"]
    rows = connection.execute(select(t.c.id, *(t.c[name] for name in Legislature.__slots__)))
    return {row[0]: Legislature(*row[1:]) for row in rows}


class Assembly:
    """Makes the views of batches of votes, each in one of its readings."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._chambers = chambers(connection)
        self._papers = papers.kinds(connection)
        self._groups: dict[int, dict[str, groups.Named]] = {}
        self._rules: dict[int, dict[str, Rule]] = {}

    def views(
        self, votes: Sequence[Row[Any]], *, ballots: bool, checked: bool = False, version: int | None = None
    ) -> list[VoteView]:
        """Return the views of vote rows, in their order; `version` asks for another reading than the one in force.

        A vote that has no such version is left out. `checked` adds when each address was last seen unchanged.
        """
        connection = self._connection
        told = history.readings(connection, [vote.id for vote in votes])
        shown = {vote.id: number for vote in votes if (number := _shown(vote, told[vote.id], version))}
        here = {number: told[number][n - 1] for number, n in shown.items()}
        rolls = [row.ballots_of for row in here.values()]
        tallies = roll.tallies(connection, [row.id for row in here.values()])
        spoken = roll.spoken(connection, list(here.values()))
        marks = roll.marks(connection, rolls)
        names = roll.ballots(connection, rolls) if ballots else {}
        moved = history.moved(connection, list(here))
        others = papers.of_votes(connection, list(here))
        shown_pieces = pieces.of_votes(connection, [v.id for v in votes if v.verdict == Verdict.DOUBTFUL])
        followed = numbers.follow(connection, {v.id: self._named(v, here[v.id]) for v in votes if v.id in here})
        return [
            self._view(
                vote,
                Parts(
                    row=(row := here[vote.id]),
                    number=shown[vote.id],
                    tallies=tallies.get(row.id, Tallies()),
                    spoken=spoken.get(row.id, ()),
                    marks=marks.get(row.ballots_of, ()),
                    ballots=names.get(row.ballots_of, ()),
                    versions=history.versions(told[vote.id], moved, vote.observation_id),
                    evidence=history.evidence(connection, told[vote.id], checked=checked),
                    followed=followed.get(vote.id, numbers.Followed()),
                    papers=others.get(vote.id, ()),
                    leads_to=papers.leading(connection, vote.joined_to) if vote.joined_to else None,
                    piece=shown_pieces.get(vote.id),
                ),
            )
            for vote in votes
            if vote.id in shown
        ]

    def _view(self, vote: Row[Any], parts: Parts) -> VoteView:
        row = parts.row
        fields: dict[str, str | None] = json.loads(row.fields)
        chamber = self._chambers[vote.legislature_id]
        counted = groups.tallies(parts.marks)
        in_force = row.id == vote.observation_id
        announced = _announced(parts, fields)
        checks = tuple(CheckView(*check) for check in json.loads(row.checks))
        if announced.by is not None:
            # What the other paper announces is held against our count where the papers are compared.
            checks = tuple(check for check in checks if check.check != Check.ANNOUNCED_MEETS)
        tallies = announced.tallies
        clock = fields["taken_at"] or (vote.taken_at if in_force else None)
        members = sum(tally.total for tally in counted.values())
        rule = self._rules_of(vote.legislature_id).get(fields["requirement"] or "")
        paper, credit = self._papers.get(row.source, (PaperKind.OFFICIAL, None))
        return VoteView(
            id=vote.slug,
            chamber=chamber,
            source=row.source,
            paper=paper,
            credit=credit,
            official_urls=tuple((fields.get("official_urls") or "").split()),
            sitting_date=date.fromisoformat(fields["sitting_date"] or ""),
            taken_at=datetime.fromisoformat(clock) if clock else None,
            subject=fields["subject"] or "",
            question=fields["question"],
            kind=fields["kind"],
            bills=tuple(fields["bills"].split(", ")) if fields["bills"] else (),
            status=Status(str(vote.status if in_force else fields["status"])),
            verdict=Verdict(vote.verdict) if in_force else _verdict(checks),
            result=fields["result"] or (vote.result if in_force else None),
            requirement=fields["requirement"],
            vacated=fields["vacated"] == "yes",
            tallies=tallies,
            board_from_names=fields.get("board_from_names") == "yes",
            announced_means=announced.means,
            announced_text=announced.text,
            announced_by=announced.by,
            majority=_majority(tallies, rule, chamber, members if row.complete else None),
            spoken=parts.spoken,
            groups=self._by_group(vote, parts, counted),
            ballots=_decided(parts.ballots, fields.get("decided")),
            complete=bool(row.complete),
            checks=checks,
            doubts=fields["doubts"],
            evidence=parts.evidence,
            versions=parts.versions,
            version=parts.number,
            in_force=in_force,
            gone_since=vote.gone_since,
            first_seen=vote.first_seen,
            bill_records=parts.followed.records,
            links=parts.followed.links,
            papers=parts.papers,
            leads_to=parts.leads_to,
            settled=fields.get("settled"),
            piece=parts.piece,
        )

    def _by_group(self, vote: Row[Any], parts: Parts, counted: Mapping[str | None, Tally]) -> tuple[GroupView, ...]:
        return groups.table(
            counted,
            parts.spoken,
            parts.row.groups,
            self._groups_of(vote.legislature_id),
            parts.tallies.final,
            spoken_counts=self._chambers[vote.legislature_id].spoken_counts,
            unread=groups.unread(parts.marks),
        )

    def _named(self, vote: Row[Any], row: Row[Any]) -> numbers.Asked:
        fields: dict[str, str | None] = json.loads(row.fields)
        return numbers.Asked(
            chamber=self._chambers[vote.legislature_id],
            day=date.fromisoformat(fields["sitting_date"] or ""),
            period=fields["period"],
            subject=fields["subject"] or "",
            bills=tuple(fields["bills"].split(", ")) if fields["bills"] else (),
        )

    def _groups_of(self, legislature: int) -> dict[str, groups.Named]:
        if legislature not in self._groups:
            self._groups[legislature] = groups.named(self._connection, legislature)
        return self._groups[legislature]

    def _rules_of(self, legislature: int) -> dict[str, Rule]:
        if legislature not in self._rules:
            t = metadata.tables["rule"]
            rows = self._connection.execute(
                select(t.c.printed, t.c.fraction, t.c.base, t.c.source).where(t.c.legislature_id == legislature)
            )
            self._rules[legislature] = {
                printed: Rule(printed, Fraction(share), Base(base), source) for printed, share, base, source in rows
            }
        return self._rules[legislature]


def _shown(vote: Row[Any], told: Sequence[Row[Any]], version: int | None) -> int | None:
    """Return the number of the reading to show; None if the vote has none of that number."""
    if version is None:
        return next(n for n, row in enumerate(told, 1) if row.id == vote.observation_id)
    return version if 1 <= version <= len(told) else None


def _verdict(checks: Sequence[CheckView]) -> Verdict:
    if any(check.ok is False for check in checks):
        return Verdict.DOUBTFUL
    return Verdict.SOUND if any(check.ok and check.check in FIGURES for check in checks) else Verdict.UNCHECKED


def _majority(tallies: Tallies, rule: Rule | None, chamber: Legislature, sworn: int | None) -> Majority:
    """Apply the chamber's rule to the final count; an election by name has no yes to count, so no rule is applied."""
    tally = tallies.best or Tally()
    return majority(tally, None if tally.candidates else rule, seats=chamber.seats, sworn=sworn)


class _Announced(NamedTuple):
    """The tallies with the figure that was announced, in which words, and the record it was taken from."""

    tallies: Tallies
    means: str | None
    text: str | None
    by: str | None


def _announced(parts: Parts, fields: Mapping[str, str | None]) -> _Announced:
    """Take the announced figure from the first paper that has one: sheets print none, minutes do."""
    own = _Announced(parts.tallies, fields["announced_means"], parts.row.announced_text, None)
    if own.tallies.announced is not None or own.text is not None:
        return own
    lender = next((paper for paper in parts.papers if paper.tallies.announced is not None), None)
    if lender is None:
        return own
    tallies = replace(own.tallies, announced=lender.tallies.announced)
    return _Announced(tallies, lender.announced_means, lender.announced_text, lender.id)


def _decided(ballots: tuple[BallotView, ...], names: str | None) -> tuple[BallotView, ...]:
    """Mark the ballots whose code the sums decided."""
    if not names:
        return ballots
    decided = frozenset(names.split("; "))
    return tuple(replace(ballot, decided=True) if ballot.name in decided else ballot for ballot in ballots)
