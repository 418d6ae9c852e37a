"""What differs between two observations of one vote, and why?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from tracker.domain.reconcile import Reconciliation
from tracker.domain.votes import Spoken, Vote


class Cause(StrEnum):
    """Why a record moved. A better parser must not look like a parliament editing its record."""

    SOURCE = "source"
    """The source published other bytes."""
    READER = "reader"
    """The same bytes, read by a newer reader: we read it better."""
    CORRECTION = "correction"
    """The same bytes and reader, another lookup or an override: we corrected it."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that moved: `field` of the vote, or of the ballot or statement of `who`.

    `was` None: it is new; `now` None: it is gone.
    """

    field: str
    was: str | None
    now: str | None
    who: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """An observation reduced to what can be quoted of it, in plain text, so that two can be compared.

    `ballots` and `spoken` are keyed by who is meant: the identifier printed or the name, numbered where a paper prints one twice.
    """

    fields: Mapping[str, str | None]
    ballots: Mapping[str, tuple[str, ...]]
    spoken: Mapping[str, str]

    def fingerprint(self) -> str:
        """Digest that is equal exactly when the facts are."""
        digest = hashlib.blake2b(digest_size=16)
        digest.update(repr(sorted(self.fields.items())).encode())
        digest.update(repr(sorted(self.ballots.items())).encode())
        digest.update(repr(sorted(self.spoken.items())).encode())
        return digest.hexdigest()


T = TypeVar("T")

TALLIES = ("board", "counted", "final", "announced")


def facts_of(vote: Vote, sums: Reconciliation) -> Facts:
    """Reduce a vote and its sums to comparable facts."""
    printed = vote.printed
    fields: dict[str, str | None] = {
        "subject": printed.subject,
        "question": printed.question,
        "kind": printed.kind,
        "result": printed.result,
        "requirement": printed.requirement,
        "sitting_date": printed.sitting_date.isoformat(),
        "taken_at": printed.taken_at.isoformat() if printed.taken_at else None,
        "status": printed.status.value,
        "vacated": "yes" if printed.vacated else None,
        "bills": ", ".join(printed.bills) or None,
        "announced_means": printed.announced_means.value if printed.announced_means else None,
        "doubts": "; ".join(printed.doubts) or None,
    }
    for kind in TALLIES:
        tally = getattr(sums, kind)
        fields[kind] = None if tally is None else tally_text(tally)
    return Facts(
        fields,
        dict(
            _numbered((b.ref or b.name, (b.name, b.code.printed, b.group or "", b.member or "")) for b in vote.ballots)
        ),
        dict(_numbered((s.member or s.name, spoken_text(s)) for s in vote.spoken)),
    )


def tally_text(tally: object) -> str:
    """Print a tally with every count it holds."""
    parts = [str(tally)]
    for name in ("present", "not_cast"):
        if count := getattr(tally, name):
            parts.append(f"{name} {count}")
    parts += [f"{candidate} {count}" for candidate, count in getattr(tally, "candidates", ())]
    return ", ".join(parts)


def spoken_text(said: Spoken) -> str:
    """Print a statement's effect."""
    text = f"{said.was or '–'} → {said.now}"
    return text if said.counts else f"{text} (not counted)"


def _numbered(pairs: Iterable[tuple[str, T]]) -> Iterator[tuple[str, T]]:
    """Number keys that come back, so that no line of the paper is lost."""
    seen: dict[str, int] = {}
    for key, value in pairs:
        if key in seen:
            seen[key] += 1
            yield f"{key} ({seen[key]})", value
        else:
            seen[key] = 1
            yield key, value


def changes(before: Facts, after: Facts) -> tuple[Change, ...]:
    """Return what moved from one observation to the next: the vote's own fields, then ballots, then statements."""
    moved = [
        Change(name, before.fields.get(name), after.fields.get(name))
        for name in dict.fromkeys([*before.fields, *after.fields])
        if before.fields.get(name) != after.fields.get(name)
    ]
    moved += _ballots(before.ballots, after.ballots)
    for who in dict.fromkeys([*before.spoken, *after.spoken]):
        if before.spoken.get(who) != after.spoken.get(who):
            moved.append(Change("spoken", before.spoken.get(who), after.spoken.get(who), who))
    return tuple(moved)


_PARTS = ("name", "ballot", "group", "member")


def _ballots(before: Mapping[str, tuple[str, ...]], after: Mapping[str, tuple[str, ...]]) -> list[Change]:
    moved = []
    for who in dict.fromkeys([*before, *after]):
        old, new = before.get(who), after.get(who)
        if old == new:
            continue
        name = (new or old or (who,))[0]
        if old is None or new is None:
            moved.append(Change("ballot", old[1] if old else None, new[1] if new else None, name))
            continue
        moved += [
            Change(part, was or None, now or None, name)
            for part, was, now in zip(_PARTS, old, new, strict=True)
            if was != now
        ]
    return moved


def cause_of(*, same_document: bool, same_reader: bool) -> Cause:
    """Name the cause of a difference between two observations from what stayed the same.

    Same document and same reader leave only the lookups and overrides to differ.
    """
    if not same_document:
        return Cause.SOURCE
    return Cause.CORRECTION if same_reader else Cause.READER
