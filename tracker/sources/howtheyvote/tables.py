"""What do the small tables of HowTheyVote say: who is a member, and which votes were there?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tracker.sources.contract import Unreadable
from tracker.sources.large.rows import header, rows, stem, tables, whole

COUNTRIES = ("code", "label")
MEMBERS = ("id", "first_name", "last_name", "country_code")
COUNTS = ("count_for", "count_against", "count_abstention", "count_did_not_vote")
VOTES = (
    "id", "timestamp", "display_title", "reference", "description", "is_main", "procedure_reference",
    "procedure_title", *COUNTS, "result",
)  # fmt: skip
MEMBER_VOTES = ("vote_id", "member_id", "position", "group_code")
"""The columns that are read; the files have more: addresses of members, kinds of procedure."""
RESULTS = {"ADOPTED": "Adopted", "REJECTED": "Rejected", "LAPSED": "Lapsed", "": None}


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a download, by what they hold."""

    countries: Path
    members: Path
    votes: Path
    member_votes: Path

    @classmethod
    def of(cls, paths: Sequence[Path]) -> Files:
        """Tell files by their names, those of a folder too. Unreadable: `no_files`, `twice`, `missing_column`."""
        found: dict[str, Path] = {}
        where = ", ".join(map(str, paths))
        for path in tables(paths):
            if stem(path) in found:
                raise Unreadable("twice", f"{where}: there are several files {stem(path)}.csv")
            found[stem(path)] = path
        lacking = [f"{name}.csv" for name in cls.__slots__ if name not in found]
        if lacking:
            raise Unreadable("no_files", f"{where}: there is no {' and '.join(lacking)}, packed (.csv.gz) or not")
        for name, wanted in zip(cls.__slots__, (COUNTRIES, MEMBERS, VOTES, MEMBER_VOTES), strict=True):
            header(found[name], wanted)
        return cls(*(found[name] for name in cls.__slots__))


@dataclass(frozen=True, slots=True)
class Member:
    """A member as HowTheyVote has one: `number` is that of the Parliament's own directory, `country` a name."""

    number: int
    name: str
    country: str


@dataclass(frozen=True, slots=True)
class Tables:
    """The members and votes by their numbers; of a vote the columns of `VOTES` but the first."""

    members: dict[int, Member]
    votes: dict[int, list[str]]


def read(files: Files) -> Tables:
    """Read the small tables. Unreadable: `twice`, `unknown_country`, `bad_row`, and the codes of `kept`."""
    countries = {code: label for _, (code, label) in rows(files.countries, COUNTRIES)}
    members: dict[int, Member] = {}
    for where, (said, first, last, country) in rows(files.members, MEMBERS):
        number = whole(said, "id", where)
        if number in members:
            raise Unreadable("twice", f"{where}: member {number} stands there again")
        if not last:
            raise Unreadable("bad_row", f"{where}: member {number} has no name")
        if country not in countries:
            raise Unreadable("unknown_country", f"{where}: {country[:40]!r} is not in {files.countries.name}")
        members[number] = Member(number, f"{last}, {first}" if first else last, countries[country])
    votes: dict[int, list[str]] = {}
    for where, row in rows(files.votes, VOTES):
        number = whole(row[0], "id", where)
        if number in votes:
            raise Unreadable("twice", f"{where}: vote {number} stands there again")
        kept(dict(zip(VOTES, row, strict=True)), where)
        votes[number] = row[1:]
    return Tables(members, votes)


@dataclass(frozen=True, slots=True)
class Kept:
    """What of a vote's row has a form of its own: when it was by the Parliament's clock, how it ended, its counts."""

    at: datetime
    main: bool
    result: str | None
    counts: tuple[int, ...]


def kept(said: dict[str, str], where: str) -> Kept:
    """Read the columns that have a form. Unreadable: `bad_date`, `unknown_code`, `bad_number`."""
    try:
        at = datetime.fromisoformat(said["timestamp"])
    except ValueError as error:
        raise Unreadable("bad_date", f"{where}: timestamp holds {said['timestamp'][:40]!r}") from error
    if at.tzinfo is not None:
        raise Unreadable("bad_date", f"{where}: timestamp {said['timestamp']} has a zone; the published ones have none")
    for name, known in (("is_main", ("True", "False")), ("result", RESULTS)):
        if said[name] not in known:
            raise Unreadable("unknown_code", f"{where}: {name} holds {said[name][:40]!r}")
    counts = tuple(whole(said[name], name, where) for name in COUNTS)
    return Kept(at, said["is_main"] == "True", RESULTS[said["result"]], counts)
