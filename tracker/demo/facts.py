"""Which real votes does the demonstration show? Read from the compact facts in this package, not drawn yet."""

from __future__ import annotations

import csv
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from importlib.resources import files
from typing import Any

_HOUSE = {"P": "Present", "-": "Not Voting"}
_SENATE = {"Y": "Yea", "N": "Nay", "P": "Present", "L": "Present, Giving Live Pair", "-": "Not Voting"}
_VERDICT = {**_SENATE, "Y": "Guilty", "N": "Not Guilty"}
_NOT_LISTED = "."


@dataclass(frozen=True, slots=True)
class Member:
    """One line of a roll: identifier, printed name, party and state that day; `first` and `last` in the Senate only."""

    ref: str
    name: str
    party: str
    state: str
    last: str = ""
    first: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RollCall:
    """One roll call of the House. `cast` pairs members with the word printed; `candidates` only in an election."""

    why: str
    year: int
    number: int
    congress: int
    majority: str
    measure: str
    question: str
    amendment: str
    author: str
    kind: str
    result: str
    at: datetime
    about: str
    words: str
    committee: bool
    candidates: tuple[str, ...]
    cast: tuple[tuple[Member, str], ...]

    def count(self, party: str | None = None) -> Counter[str]:
        """Count the words printed, of all members or of one party."""
        return Counter(word for member, word in self.cast if party in (None, member.party))


@dataclass(frozen=True, slots=True, kw_only=True)
class SenateVote:
    """One vote of the Senate. `pairs` names, for a live pair, the senator it was given to."""

    why: str
    congress: int
    session: int
    number: int
    at: datetime
    modified: datetime | None
    question: str
    asked: str
    title: str
    about: str
    requirement: str
    result: str
    announced: str
    document: tuple[str, str, str]
    amendment: tuple[str, str]
    tie_breaker: tuple[str, str]
    pairs: Mapping[str, str]
    cast: tuple[tuple[Member, str], ...]

    @property
    def year(self) -> int:
        """The year the session is numbered by."""
        return 2 * self.congress + 1786 + self.session

    def count(self) -> Counter[str]:
        """Count the words printed."""
        return Counter(word for _, word in self.cast)


@dataclass(frozen=True, slots=True)
class Said:
    """Part of a note: way (`a favor`, `en contra por a favor`), words before the names (`del congresista`), names."""

    way: str
    article: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlenaryVote:
    """One vote in the minutes: the names of each list, what was put on record aloud, the figures to come of it."""

    why: str
    heading: str
    taken: datetime
    announcement: str
    board: tuple[int, int, int]
    announced: tuple[int, int, int] | None
    announced_is: str
    final: tuple[int, int, int]
    speaker: str
    own: str
    spoken: tuple[Said, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]
    abstain: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """The minutes of one sitting: its heading, who was there, its votes. `attendance` maps a letter to names."""

    why: str
    date: date
    file: str
    unid: str
    session: int
    legislature: str
    year: str
    held: str
    presided: str
    opened: str
    closed: str
    attendance: Mapping[str, tuple[str, ...]]
    women: frozenset[str]
    votes: tuple[PlenaryVote, ...]


def _text(name: str) -> str:
    return files("tracker.demo").joinpath("facts").joinpath(name).read_text(encoding="utf-8")


def _members(name: str) -> dict[int, list[Member]]:
    found: dict[int, list[Member]] = {}
    for row in csv.DictReader(_text(name).splitlines()):
        printed = row.get("name") or row.get("full") or f"{row['last']} ({row['party']}-{row['state']})"
        found.setdefault(int(row["congress"]), []).append(
            Member(row["ref"], printed, row["party"], row["state"], row.get("last") or "", row.get("first") or "")
        )
    return found


def _cast(letters: str, members: list[Member], words: Mapping[str, str], where: str) -> tuple[tuple[Member, str], ...]:
    """Pair members with the words their letters stand for. ValueError if the letters are not one for each member."""
    letters = "".join(letters.split())
    if len(letters) != len(members):
        raise ValueError(f"{where}: {len(letters)} positions for {len(members)} members")
    return tuple(
        (member, words[letter]) for member, letter in zip(members, letters, strict=True) if letter != _NOT_LISTED
    )


@lru_cache(maxsize=1)
def roll_calls() -> tuple[RollCall, ...]:
    """Return the House's roll calls, oldest first."""
    members = _members("us_house_members.csv")
    return tuple(_roll_call(vote, members) for vote in tomllib.loads(_text("us_house.toml"))["vote"])


def _roll_call(vote: dict[str, Any], members: dict[int, list[Member]]) -> RollCall:
    where = f"roll call {vote['number']} of {vote['year']}"
    yes, no = ("Aye", "No") if vote["words"] == "Aye" else ("Yea", "Nay")
    candidates: dict[str, str] = vote.get("candidates", {})
    words = {"Y": yes, "N": no, **_HOUSE, **candidates}
    return RollCall(
        why=vote["why"],
        year=vote["year"],
        number=vote["number"],
        congress=vote["congress"],
        majority=vote["majority"],
        measure=vote.get("measure", ""),
        question=vote["question"],
        amendment=vote.get("amendment", ""),
        author=vote.get("author", ""),
        kind=vote["type"],
        result=vote["result"],
        at=vote["at"],
        about=vote.get("about", ""),
        words=vote["words"],
        committee=vote.get("committee", False),
        candidates=tuple(candidates.values()),
        cast=_cast(vote["positions"], members[vote["congress"]], words, where),
    )


@lru_cache(maxsize=1)
def senate_votes() -> tuple[SenateVote, ...]:
    """Return the Senate's votes, oldest first."""
    members = _members("us_senate_members.csv")
    return tuple(_senate_vote(vote, members) for vote in tomllib.loads(_text("us_senate.toml"))["vote"])


def _senate_vote(vote: dict[str, Any], members: dict[int, list[Member]]) -> SenateVote:
    where = f"vote {vote['congress']}-{vote['session']}-{vote['number']}"
    words = _VERDICT if vote.get("verdict") else _SENATE
    kind, number, title = (vote.get(f"document_{part}", "") for part in ("type", "number", "title"))
    return SenateVote(
        why=vote["why"],
        congress=vote["congress"],
        session=vote["session"],
        number=vote["number"],
        at=vote["at"],
        modified=vote.get("modified"),
        question=vote["question"],
        asked=vote["asked"],
        title=vote["title"],
        about=vote["about"],
        requirement=vote["requirement"],
        result=vote["result"],
        announced=vote["announced"],
        document=(kind, number, title),
        amendment=(vote.get("amendment", ""), vote.get("amendment_to", "")),
        tie_breaker=(vote.get("tie_breaker", ""), vote.get("tie_breaker_vote", "")),
        pairs=vote.get("live_pair", {}),
        cast=_cast(vote["positions"], members[vote["congress"]], words, where),
    )


@lru_cache(maxsize=1)
def minutes() -> tuple[Minutes, ...]:
    """Return the minutes of Peru's plenary, oldest first."""
    names = _text("pe_members.txt").split("\n")[:-1]
    facts = tomllib.loads(_text("pe_minutes.toml"))
    women = frozenset(facts["women"])
    return tuple(_minutes(sitting, names, women) for sitting in facts["minutes"])


def _minutes(sitting: dict[str, Any], names: list[str], women: frozenset[str]) -> Minutes:
    plain = ("why", "date", "file", "unid", "session", "legislature", "year", "held", "presided")
    return Minutes(
        **{key: sitting[key] for key in plain},
        opened=sitting.get("opened", ""),
        closed=sitting.get("closed", ""),
        attendance=_lists(sitting["attendance"], names),
        women=women,
        votes=tuple(_plenary_vote(vote, names) for vote in sitting["vote"]),
    )


def _plenary_vote(vote: dict[str, Any], names: list[str]) -> PlenaryVote:
    lists = _lists(vote["positions"], names)
    announced = vote.get("announced")
    return PlenaryVote(
        why=vote["why"],
        heading=vote["heading"],
        taken=vote["taken"],
        announcement=vote["announcement"],
        board=_three(vote["board"]),
        announced=_three(announced) if announced else None,
        announced_is=vote.get("announced_is", ""),
        final=_three(vote["final"]),
        speaker=vote.get("speaker", ""),
        own=vote.get("own", ""),
        spoken=tuple(Said(way, article, tuple(who)) for way, article, who in vote.get("spoken", ())),
        yes=lists.get("Y", ()),
        no=lists.get("N", ()),
        abstain=lists.get("A", ()),
    )


def _three(numbers: list[int]) -> tuple[int, int, int]:
    yes, no, abstain = numbers
    return yes, no, abstain


def _lists(letters: str, names: list[str]) -> dict[str, tuple[str, ...]]:
    """Return the names that each letter stands beside. ValueError if the letters are not one for each name."""
    letters = "".join(letters.split())
    if len(letters) != len(names):
        raise ValueError(f"{len(letters)} positions for {len(names)} members of Peru's Congress")
    return {letter: tuple(_beside(letter, letters, names)) for letter in dict.fromkeys(letters)}


def _beside(letter: str, letters: str, names: list[str]) -> Iterator[str]:
    return (name for name, own in zip(names, letters, strict=True) if own == letter)
