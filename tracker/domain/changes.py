"""What differs between two observations of one vote, and why?"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from itertools import chain
from typing import TypeVar

from tracker.domain.reconcile import Reconciliation
from tracker.domain.recurring import Hand, each
from tracker.domain.votes import Ballot, Code, GroupTally, Spoken, Tally, Vote


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

    `was` None: it is new; `now` None: it is gone. A ballot's `ballot` is the code printed for it, its `position`
    what that means; a ballot that is new or gone has the one line `ballot`.
    """

    field: str
    was: str | None
    now: str | None
    who: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """An observation reduced to what can be quoted of it, in plain text, so that two can be compared.

    `ballots` and `spoken` are keyed by who is meant: the identifier printed or the name, numbered where a paper prints
    one twice. A ballot is name, printed code, group, member, meaning of the code, region, identifier, each empty where
    unknown.
    """

    fields: Mapping[str, str | None]
    ballots: Mapping[str, tuple[str, ...]]
    spoken: Mapping[str, str]

    def texts(self) -> Iterator[str | None]:
        """Yield what stands in it; of ballots held as a hand nothing: their tables hold no such signs."""
        yield from chain(self.fields.values(), self.spoken, self.spoken.values())
        if not isinstance(self.ballots, HandFacts):
            yield from chain.from_iterable(self.ballots.values())

    def fingerprint(self) -> str:
        """Digest that is equal exactly when the facts are, held in one way, whatever the order of the ballots."""
        head = json.dumps([dict(self.fields), dict(self.spoken)], sort_keys=True, ensure_ascii=False)
        body = self.ballots.digest() if isinstance(self.ballots, HandFacts) else _body(self.ballots)
        return hashlib.blake2b(f"{head}\n{body}".encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


_UNIT, _LINE = "\x1f", "\x1e"


def _body(ballots: Mapping[str, tuple[str, ...]]) -> str:
    """Write ballots so that no two sets of them are written alike: a line of keys in order, then a line for each.

    The signs set between texts are for just that (ISO 646), so no name should hold one; if one does, all is written as
    JSON, which is sure too, and slower.
    """
    keys, sizes = sorted(ballots), {len(parts) for parts in ballots.values()}
    if len(sizes) == 1 and (size := sizes.pop()):
        text = _LINE.join([_UNIT.join(keys), *[_UNIT.join(ballots[key]) for key in keys]])
        if text.count(_LINE) == len(keys) and text.count(_UNIT) == len(keys) - 1 + len(keys) * (size - 1):
            return f"{len(keys)} {size}\n{text}"
    return json.dumps(dict(ballots), sort_keys=True, ensure_ascii=False)


T = TypeVar("T", tuple[str, ...], str)

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
        "complete": "yes" if printed.complete else None,
        "board_from_names": "yes" if printed.board_from_names else None,
        "bills": ", ".join(printed.bills) or None,
        "period": printed.period,
        "official_urls": " ".join(printed.official_urls) or None,
        "announced_means": printed.announced_means.value if printed.announced_means else None,
        "announced_text": printed.announced_text,
        "groups": _table(printed.groups),
        "quotes": "\n".join(dict.fromkeys(said.quote for said in vote.spoken)) or None,
        "page": None if printed.page is None else str(printed.page),
        "doubts": "; ".join(printed.doubts) or None,
        "decided": "; ".join(printed.decided) or None,
        "settled": printed.settled,
        "notes": "; ".join(vote.notes) or None,
    }
    for kind in TALLIES:
        tally: Tally | None = getattr(sums, kind)
        fields[kind] = None if tally is None else tally.in_full()
    ballots = HandFacts(vote.ballots) if isinstance(vote.ballots, Hand) else ballot_facts(vote.ballots)
    return Facts(fields, ballots, spoken_facts(vote.spoken))


def ballot_facts(ballots: Iterable[Ballot]) -> dict[str, tuple[str, ...]]:
    """Reduce ballots to comparable facts; their order does not matter."""
    return _keyed(list(map(_fact, ballots)))


def _fact(ballot: Ballot) -> tuple[str, tuple[str, ...]]:
    name, code, group, ref, region, member = ballot
    return ref or name, (name, code[0], group or "", member or "", _meaning(code), region or "", ref or "")


@lru_cache(maxsize=4096)
def _meaning(code: Code) -> str:
    return meaning_text(code)


class HandFacts(Mapping[str, tuple[str, ...]]):
    """The facts of ballots that recur, made when somebody asks for them; their digest needs none of them."""

    def __init__(self, hand: Hand[Ballot]) -> None:
        self._hand = hand

    @cached_property
    def _facts(self) -> dict[str, tuple[str, ...]]:
        return _keyed(list(each(self._hand, _fact)))

    def __getitem__(self, key: str) -> tuple[str, ...]:
        return self._facts[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._hand)

    def digest(self) -> str:
        """Return a digest that is equal exactly when the facts are, whatever the order of the ballots."""
        return hashlib.blake2b(b"".join(self._hand.in_order(_line)), digest_size=16).hexdigest()


def _line(ballot: Ballot) -> bytes:
    """Return the digest of one ballot's facts: all are of one length, so that no two sets of them join alike."""
    return hashlib.blake2b(repr(_fact(ballot)).encode(), digest_size=16).digest()


def spoken_facts(spoken: Iterable[Spoken]) -> dict[str, str]:
    """Reduce statements to comparable facts; their order does not matter."""
    return _keyed([(said.name, spoken_text(said)) for said in spoken])


def meaning_text(code: Code) -> str:
    """Print what a code means: `yes`, `not_cast (absent)`."""
    return f"{code.position} ({code.reason})" if code.reason else code.position.value


def spoken_text(said: Spoken) -> str:
    """Print a statement's effect: `not_cast → yes`, and what is odd about it."""
    odd = [
        f"declared {said.declared}" if said.declared and said.declared is not said.was else "",
        "a change" if said.declared and said.declared is said.was else "",
        "" if said.counts else "not counted",
        f"member {said.member}" if said.member else "",
    ]
    text = f"{said.was or '–'} → {said.now}"
    return f"{text} ({', '.join(filter(None, odd))})" if any(odd) else text


def _table(rows: Iterable[GroupTally]) -> str | None:
    return "; ".join(f"{row.code} {row.name or ''}: {row.tally.in_full()}" for row in rows) or None


def _keyed(pairs: list[tuple[str, T]]) -> dict[str, T]:
    """Number keys that come back, so that no line of the paper is lost; neither order nor odd names matter."""
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    values: dict[str, list[T]] = {}
    for key, value in pairs:
        values.setdefault(key, []).append(value)
    found = {}
    for key in sorted(values):
        n = 1
        name = key
        for value in sorted(values[key]):
            while n > 1 and (name in values or name in found):
                n, name = n + 1, f"{key} ({n + 1})"
            found[name] = value
            n, name = n + 1, f"{key} ({n + 1})"
    return found


def changes(before: Facts, after: Facts) -> tuple[Change, ...]:
    """Return what moved from one observation to the next: the vote's own fields, then ballots, then statements."""
    moved = [
        Change(name, before.fields.get(name), after.fields.get(name))
        for name in dict.fromkeys([*before.fields, *after.fields])
        if before.fields.get(name) != after.fields.get(name)
    ]
    if before.ballots != after.ballots:
        moved += _ballots(before.ballots, after.ballots)
    for who in dict.fromkeys([*before.spoken, *after.spoken]):
        if before.spoken.get(who) != after.spoken.get(who):
            moved.append(Change("spoken", before.spoken.get(who), after.spoken.get(who), who))
    return tuple(moved)


PARTS = ("name", "ballot", "group", "member", "position", "region", "ref")
"""What of a ballot may move."""


def _ballots(before: Mapping[str, tuple[str, ...]], after: Mapping[str, tuple[str, ...]]) -> list[Change]:
    moved = []
    renamed = _renamed(before, after)
    for who in dict.fromkeys([*after, *before]):
        if who in renamed.values():
            continue
        old, new = before.get(renamed.get(who, who)), after.get(who)
        if old == new:
            continue
        name = (new or old or (who,))[0]
        if old is None or new is None:
            moved.append(Change("ballot", old[1] if old else None, new[1] if new else None, name))
            continue
        moved += [
            Change(part, was or None, now or None, name)
            for part, was, now in zip(PARTS, old, new, strict=True)
            if was != now
        ]
    return moved


def _renamed(before: Mapping[str, tuple[str, ...]], after: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Pair ballots that lost one key and got another: new key → old.

    A name read better, or an identifier that a paper prints only later (senators without `lis_member_id`), must not
    look like one ballot taken away and another added. They are paired by the member if both are placed, else by name.
    """
    gone = [key for key in before if key not in after]
    new = [key for key in after if key not in before]
    pairs: dict[str, str] = {}
    if not gone or not new:
        return pairs
    for part in (3, 0):
        olds = _once((before[key][part], key) for key in gone if key not in pairs.values())
        for text, key in _once((after[key][part], key) for key in new if key not in pairs).items():
            if text in olds:
                pairs[key] = olds[text]
    return pairs


def _once(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Keep what is said of exactly one."""
    found: dict[str, list[str]] = {}
    for text, key in pairs:
        if text:
            found.setdefault(text, []).append(key)
    return {text: keys[0] for text, keys in found.items() if len(keys) == 1}


def cause_of(*, same_document: bool, same_reader: bool) -> Cause:
    """Name the cause of a difference between two observations from what stayed the same.

    Same document and same reader leave only the lookups and overrides to differ.
    """
    if not same_document:
        return Cause.SOURCE
    return Cause.CORRECTION if same_reader else Cause.READER
