"""Files in the form that HowTheyVote.eu publishes, of votes that never were or of those a test hands over.

The columns are those of its release of October 2026; whatever no test asks for is left empty.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

COUNTRIES = {"DEU": ("DE", "Germany"), "ESP": ("ES", "Spain"), "GBR": ("GB", "United Kingdom")}
MEMBERS = ["id", "first_name", "last_name", "country_code", "date_of_birth", "email", "facebook", "twitter"]
VOTES = [
    "id", "timestamp", "display_title", "reference", "description", "amendment_subject", "amendment_number", "is_main",
    "procedure_reference", "procedure_title", "procedure_type", "procedure_stage", "count_for", "count_against",
    "count_abstention", "count_did_not_vote", "result", "texts_adopted_reference",
]  # fmt: skip
MEMBER_VOTES = ["vote_id", "member_id", "position", "country_code", "group_code"]
POSITIONS = {"F": "FOR", "A": "AGAINST", "O": "ABSTENTION", "–": "DID_NOT_VOTE"}
COUNTED = ("count_for", "count_against", "count_abstention", "count_did_not_vote")


@dataclass(frozen=True, slots=True)
class Member:
    """A member, and the group unless a vote says another."""

    number: int
    first: str
    last: str
    group: str = "EPP"
    country: str = "DEU"


@dataclass(frozen=True, slots=True)
class Vote:
    """A vote, and by member the position with the group of that day where it is another: `F`, `A RENEW`."""

    number: int
    at: str
    cast: Mapping[int, str]
    more: Mapping[str, str] = field(default_factory=dict)


def write(folder: Path, members: Sequence[Member], votes: Iterable[Vote], *, packed: bool = False) -> Path:
    """Write the four files that are read, and one that is not; return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    of = {one.number: one for one in members}
    facts, ballots = [], []
    for vote in votes:
        said = {number: cast.split(" ") for number, cast in sorted(vote.cast.items())}
        letters = [cast[0] for cast in said.values()]
        counts = {name: letters.count(letter) for name, letter in zip(COUNTED, POSITIONS, strict=True)}
        facts.append({"id": vote.number, "timestamp": vote.at, "is_main": "False", **counts, **vote.more})
        for number, (letter, *group) in said.items():
            row = vote.number, number, POSITIONS[letter], of[number].country, *(group or [of[number].group])
            ballots.append(dict(zip(MEMBER_VOTES, row, strict=True)))
    people = [
        {"id": one.number, "first_name": one.first, "last_name": one.last, "country_code": one.country}
        for one in members
    ]
    countries = [{"code": code, "iso_alpha_2": two, "label": name} for code, (two, name) in COUNTRIES.items()]
    tables: dict[str, tuple[list[str], Sequence[Mapping[str, object]]]] = {
        "countries": (["code", "iso_alpha_2", "label"], countries),
        "groups": (["code", "official_label", "label", "short_label"], []),
        "members": (MEMBERS, people),
        "votes": (VOTES, facts),
        "member_votes": (MEMBER_VOTES, ballots),
    }
    for name, (columns, rows) in tables.items():
        text = io.StringIO()
        table = csv.DictWriter(text, columns, restval="")
        table.writeheader()
        table.writerows(rows)
        content = text.getvalue().encode()
        path = folder / f"{name}.csv{'.gz' if packed else ''}"
        path.write_bytes(gzip.compress(content, mtime=0) if packed else content)
    return folder


def invented(members: int, votes: int, *, first: int = 108_530) -> tuple[list[Member], list[Vote]]:
    """Return votes that never were, twelve a day, every third number from `first`; members of four groups."""
    groups = ("EPP", "SD", "GREEN_EFA", "NI")
    people = [Member(1000 + n, "Ann", f"MEMBER{n}", groups[n % 4], tuple(COUNTRIES)[n % 3]) for n in range(members)]
    found = []
    for n in range(votes):
        day = n // 12
        at = f"{2024 + day // 336}-{day // 28 % 12 + 1:02}-{day % 28 + 1:02} {12 + n % 12 // 4}:{n % 60:02}:{n % 59:02}"
        cast = {one.number: "FAFO–FA"[(i * n + i + n // 7) % 7] for i, one in enumerate(people)}
        more = {
            "display_title": f"Title {n * 7919 % 997} of the report", "reference": f"A10-{n // 5 + 1:04}/2024",
            "description": "Résolution" if n % 5 == 4 else f"Article {n % 5 + 1} - Am {n}",
            "is_main": str(n % 5 == 4), "procedure_reference": f"2024/{n // 5 + 1:04}(COD)", "result": "ADOPTED",
        }  # fmt: skip
        found.append(Vote(first + 3 * n, at, cast, more))
    return people, found
