"""Files in the form that Voteview publishes, of votes that never were or of those a test hands over.

The columns are those of HSall_members.csv, HSall_rollcalls.csv and HSall_votes.csv; whatever the facts do not tell
(estimates, years of birth) is left empty, as Voteview does.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

MEMBERS = [
    "congress", "chamber", "icpsr", "state_icpsr", "district_code", "state_abbrev", "party_code", "occupancy",
    "last_means", "bioname", "bioguide_id", "born", "died", "nominate_dim1", "nominate_dim2", "nominate_log_likelihood",
    "nominate_geo_mean_probability", "nominate_number_of_votes", "nominate_number_of_errors", "conditional",
    "nokken_poole_dim1", "nokken_poole_dim2",
]  # fmt: skip
ROLLCALLS = [
    "congress", "chamber", "rollnumber", "date", "session", "clerk_rollnumber", "yea_count", "nay_count",
    "nominate_mid_1", "nominate_mid_2", "nominate_spread_1", "nominate_spread_2", "nominate_log_likelihood",
    "bill_number", "vote_result", "vote_desc", "vote_question", "dtl_desc",
]  # fmt: skip
VOTES = ["congress", "chamber", "rollnumber", "icpsr", "cast_code", "prob"]
PARTIES = {"D": 100, "R": 200, "I": 328}


@dataclass(frozen=True, slots=True)
class Seat:
    """A member of one Congress."""

    congress: int
    chamber: str
    icpsr: int
    name: str
    party: int = 100
    state: str = "NY"
    bioguide: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """A roll call and its cast codes, by member."""

    congress: int
    chamber: str
    number: int
    day: str
    casts: Mapping[int, int]
    more: Mapping[str, str] = field(default_factory=dict)


def write(folder: Path, seats: Iterable[Seat], calls: Iterable[Call], name: str = "HSall") -> Path:
    """Write the three files, roll calls in the order given; return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    _table(
        folder / f"{name}_members.csv", MEMBERS,
        (
            {
                "congress": s.congress, "chamber": s.chamber, "icpsr": s.icpsr, "state_abbrev": s.state,
                "party_code": s.party, "bioname": s.name, "bioguide_id": s.bioguide,
            }
            for s in seats
        ),
    )  # fmt: skip
    with (
        (folder / f"{name}_rollcalls.csv").open("w", newline="") as one,
        (folder / f"{name}_votes.csv").open("w", newline="") as other,
    ):
        table = csv.DictWriter(one, ROLLCALLS, restval="", lineterminator="\n")
        rows = csv.writer(other, lineterminator="\n")
        table.writeheader()
        rows.writerow(VOTES)
        for call in calls:
            table.writerow(_facts(call))
            rows.writerows(
                (call.congress, call.chamber, call.number, icpsr, code, 99.9)
                for icpsr, code in sorted(call.casts.items())
            )
    return folder


def _table(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> None:
    with path.open("w", newline="") as lines:
        table = csv.DictWriter(lines, columns, restval="", lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


def _facts(call: Call) -> dict[str, object]:
    codes = list(call.casts.values())
    return {
        "congress": call.congress, "chamber": call.chamber, "rollnumber": call.number, "date": call.day,
        "yea_count": codes.count(1), "nay_count": codes.count(6), **call.more,
    }  # fmt: skip


def invented(
    congress: int, chamber: str, members: int, calls: int, *, start: int = 1
) -> tuple[list[Seat], Iterator[Call]]:
    """Return a Congress that never was: its members and its roll calls, ten a day."""
    first = 10_000 if chamber == "House" else 40_000
    seats = [
        Seat(
            congress, chamber, first + n, f"MEMBER{n}, Ann", (100, 200)[n % 2], "NY" if n % 3 else "CA",
            f"{chamber[0]}{n:06}",
        )
        for n in range(members)
    ]  # fmt: skip
    year = 2 * congress + 1787

    def all_calls() -> Iterator[Call]:
        for n in range(start, start + calls):
            slot = (n - 1) // 10
            day = f"{year + slot // 300 % 2}-{slot // 25 % 12 + 1:02}-{slot % 25 + 3:02}"
            casts = {s.icpsr: (1, 6, 1, 9, 6)[(i * n + i + n // 7) % 5] for i, s in enumerate(seats)}
            words = f"To amend title {n % 50} of the code, section {n * 7919 % 9973}, and for other purposes"
            more = {"bill_number": f"HR{n}", "vote_question": "On Passage", "vote_desc": words, "vote_result": "Passed"}
            yield Call(congress, chamber, n, day, casts, more)

    return seats, all_calls()
