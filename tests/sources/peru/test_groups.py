from __future__ import annotations

import gzip
import json
from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from tracker.sources.peru import groups

ROLLS = Path(__file__).parent / "rolls"


def test_a_code_stands_for_one_group_at_a_time() -> None:
    for one, other in pairwise(groups.groups()):
        if one.code == other.code:
            assert one.before is not None
            assert other.after is not None
            assert one.before <= other.after + timedelta(days=1), one.code


def test_the_days_of_an_entry_are_in_order() -> None:
    for group in groups.groups():
        days = [day for day in (group.after, group.since, group.until, group.before) if day is not None]
        assert days == sorted(days), group
        assert group.attached is (group.code != "NA")
        assert group.seen(group.since)
        assert group.possible(group.since)


@pytest.mark.parametrize(
    ("day", "code", "name"),
    [
        (date(2021, 7, 26), "SP", "PARTIDO DEMOCRÁTICO SOMOS PERÚ"),
        (date(2021, 9, 1), "SP", None),
        (date(2021, 9, 1), "SP-PM", "SOMOS PERÚ - PARTIDO MORADO"),
        (date(2023, 5, 18), "SP", "SOMOS PERÚ"),
        (date(2024, 7, 4), "PB", "PERÚ BICENTENARIO"),
        (date(2024, 7, 4), "BS", "BANCADA SOCIALISTA"),
        (date(2024, 10, 16), "PB", None),
        (date(2025, 9, 4), "BM", None),
        (date(2025, 9, 4), "JPP-VP", "JUNTOS POR EL PERÚ - VOCES DEL PUEBLO"),
    ],
)
def test_what_a_code_stands_for(day: date, code: str, name: str | None) -> None:
    found = groups.on(day).get(code)
    assert (found.name if found else None) == name


@pytest.mark.parametrize("path", sorted(ROLLS.glob("*.txt")), ids=lambda path: path.stem)
def test_the_codes_of_a_scanned_sheet(path: Path) -> None:
    day = date.fromisoformat(path.stem)
    printed = {line.split(" ", 1)[0] for line in path.read_text(encoding="utf-8").splitlines()}
    assert printed == set(groups.on(day))
    assert printed == {group.code for group in groups.groups() if group.seen(day)}


@pytest.mark.corpus
def test_the_codes_of_every_sitting(corpus: Path) -> None:
    printed: dict[date, set[str]] = defaultdict(set)
    for file, field in (("votes.jsonl.gz", "votes"), ("attendance.jsonl.gz", "marks")):
        with gzip.open(corpus / "peru" / "facts" / file, "rt", encoding="utf-8") as lines:
            for line in lines:
                page = json.loads(line)
                printed[date.fromisoformat(page["sitting"])] |= {group for group, _, _ in page[field]} | set(
                    page["groups"]
                )
    assert len(printed) == 166
    for day, codes in printed.items():
        seen = {group.code for group in groups.groups() if group.seen(day)}
        assert codes <= seen, day
        # There were days with nobody in NA; on 20 September 2022 the one page has CD where all others have ID.
        assert seen - codes <= ({"ID"} if day == date(2022, 9, 20) else {"NA"}), day


@pytest.mark.corpus
def test_the_names_beside_the_codes(corpus: Path) -> None:
    sittings = json.loads((corpus / "peru" / "facts" / "sittings.json").read_text(encoding="utf-8"))["sittings"]
    assert len(sittings) == 183
    slips = set()
    for sitting in sittings:
        day = date.fromisoformat(sitting["date"])
        for code, name in sitting["groups"].items():
            if code in groups.on(day):
                assert groups.on(day)[code].name == name, (day, code)
            else:
                slips.add((day, code))
    # The transcription's list of a sitting's groups keeps PP on nine days on which no page has it (its members stand
    # under NA), and has CD for CD-JPP, which it lists too, on 14 December 2023.
    assert {code for _, code in slips} == {"PP", "CD"}
    assert len(slips) == 10
