from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path

import pytest

from tracker.sources.peru import roster
from tracker.sources.peru.minutes import SHEET


def who(name: str, day: date) -> str | None:
    mandate = roster.register().find(name, day).mandate
    return mandate.person.id if mandate else None


@pytest.mark.parametrize(
    ("gone", "come", "last", "first"),
    [
        ("Herrera Mamani", "Limachi Quispe", date(2021, 10, 25), date(2021, 11, 11)),
        ("Díaz Monago", "Heidinger Ballesteros", date(2023, 1, 12), date(2023, 1, 16)),
        ("Elera García", "Pazo Nunura", date(2023, 1, 16), date(2023, 1, 26)),
        ("Chávez Chino", "Mita Alanoca", date(2023, 3, 23), date(2023, 3, 29)),
        ("Guerra-García Campos", "Rospigliosi Capurro", date(2023, 9, 21), date(2023, 10, 19)),
    ],
)
def test_seats_that_changed_hands(gone: str, come: str, last: date, first: date) -> None:
    assert who(gone, last)
    assert who(come, last) is None
    assert who(come, first)
    assert who(gone, first) is None


def test_siblings() -> None:
    day = date(2023, 5, 18)
    assert who("María Acuña Peralta", day) == "acuna-peralta-maria-grimaneza"
    assert who("Acuña Peralta Héctor", day) == "acuna-peralta-segundo-hector"
    assert who("Acuña Peralta", day) is None
    assert who("Cordero Jon Tay", day) is None
    assert who("Cordero Jon Tay", date(2024, 5, 29)) == "cordero-jon-tay-luis-gustavo"


def test_a_group_is_known_only_as_far_as_the_rolls_go() -> None:
    [alva] = [m for m in roster.register() if m.person.surnames == "Alva Prieto"]
    assert alva.group_on(date(2023, 8, 3)) == "AP"
    assert alva.group_on(date(2023, 8, 10)) is None
    assert alva.group_on(date(2023, 10, 30)) == "NA"
    assert alva.group_on(date(2024, 5, 29)) is None


def test_every_group_of_the_roster_is_in_the_sheet() -> None:
    codes = {spell.group for mandate in roster.register() for spell in mandate.groups}
    assert codes <= set(SHEET.groups)
    assert not SHEET.group("NA").attached


def test_the_president_by_office() -> None:
    assert roster.president(date(2023, 4, 27)) == "Williams Zapata"
    assert roster.president(date(2022, 9, 8)) is None


@pytest.mark.corpus
def test_the_rolls_know_no_other_member_and_no_other_group(corpus: Path) -> None:
    register = roster.register()
    seen, unknown = 0, 0
    with gzip.open(corpus / "peru" / "facts" / "votes.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            vote = json.loads(line)
            day = date.fromisoformat(vote["sitting"])
            for group, name, option in vote["votes"]:
                mandate = register.find(name, day).mandate
                if option == "FALLECIDO":
                    assert mandate is None
                    continue
                assert mandate is not None, (name, day)
                known = mandate.group_on(day)
                assert known in (group, None), (name, day)
                seen += 1
                unknown += known is None
    assert seen > 270_000
    assert unknown == 6
