"""Does the contract refuse a sheet that says too little or too much, and look up what sheets say?"""

from __future__ import annotations

import tomllib
from datetime import date
from fractions import Fraction
from importlib.resources import files
from typing import Any

import pytest
from pydantic import ValidationError

from tracker.domain.legislature import Credit
from tracker.domain.majority import Base
from tracker.domain.people import Group
from tracker.domain.votes import Position, Reason
from tracker.sources.catalogue import source
from tracker.sources.contract import Sheet, Unreadable, Window
from tracker.sources.links import Link


def raw() -> dict[str, Any]:
    return tomllib.loads(files("tracker.sources").joinpath("us_senate.toml").read_text(encoding="utf-8"))


def test_a_window_holds_its_first_and_last_day() -> None:
    window = Window(date(2024, 12, 31), date(2025, 1, 2))
    assert date(2024, 12, 31) in window
    assert date(2025, 1, 2) in window
    assert date(2025, 1, 3) not in window
    assert list(window.years()) == [2024, 2025]
    with pytest.raises(ValueError, match="ends"):
        Window(date(2025, 1, 2), date(2025, 1, 1))


def test_a_code_that_is_not_listed_is_refused_with_advice() -> None:
    sheet = source("us_senate").sheet
    assert sheet.code("Present, Giving Live Pair", "x") == (
        "Present, Giving Live Pair",
        Position.PRESENT,
        Reason.PAIRED,
    )
    with pytest.raises(Unreadable, match=r"us_senate\.toml") as refusal:
        sheet.code("Maybe", "page 3")
    assert refusal.value.code == "unknown_code"
    assert "page 3" in str(refusal.value)


def test_rules_and_groups_are_looked_up() -> None:
    sheet = source("us_senate").sheet
    rule = sheet.rule("3/5")
    assert rule is not None
    assert (rule.fraction, rule.base) == (Fraction(3, 5), Base.SWORN)
    assert "XXII" in rule.source
    assert sheet.rule("4/5") is None
    assert sheet.rule(None) is None
    assert sheet.group("I") == Group("I", "Independent", attached=False)
    assert sheet.group("W") == Group("W", "W")


def test_addresses_are_filled_in() -> None:
    address = source("us_senate").sheet.address
    url = address.url("vote", congress=119, session=1, number=7)
    assert url == "https://www.senate.gov/legislative/LIS/roll_call_votes/vote1191/vote_119_1_00007.xml"
    with pytest.raises(KeyError):
        address.url("nowhere")


@pytest.mark.parametrize(
    ("where", "key"),
    [
        ((), "colour"),
        (("chamber",), "floors"),
        (("timetable",), "weeks"),
        (("codes", "Yea"), "weight"),
        (("expect",), "x"),
    ],
)
def test_an_unknown_key_is_an_error(where: tuple[str, ...], key: str) -> None:
    sheet = raw()
    table = sheet
    for step in where:
        table = table[step]
    table[key] = "1"
    with pytest.raises(ValidationError, match=key):
        Sheet.model_validate(sheet)


@pytest.mark.parametrize("missing", ["slug", "chamber", "address", "timetable", "codes", "expect", "licence"])
def test_a_missing_key_is_an_error(missing: str) -> None:
    sheet = raw()
    del sheet[missing]
    with pytest.raises(ValidationError, match=missing):
        Sheet.model_validate(sheet)


def test_the_digest_moves_with_what_a_reading_leans_on_and_with_nothing_else() -> None:
    sheet = Sheet.model_validate(raw())
    later = raw()
    later["timetable"]["jitter"] = 5
    assert Sheet.model_validate(later).digest() == sheet.digest()
    other = raw()
    other["codes"]["Yea"]["position"] = "no"
    assert Sheet.model_validate(other).digest() != sheet.digest()


def test_a_page_is_asked_for_again_while_it_is_recent() -> None:
    senate = source("us_senate")
    assert senate.due(None, date(2026, 1, 1))
    assert senate.due(date(2025, 12, 30), date(2026, 1, 1))
    assert not senate.due(date(2025, 1, 1), date(2026, 1, 1))
    assert senate.reader("vote") == "vote/1"


def test_a_transcription_names_who_wrote_it_and_nothing_else_does() -> None:
    credit = {"by": "Somebody", "licence": "none is stated", "repository": "https://example.test/votes"}
    for change in ({"kind": "transcription"}, {"credit": credit}):
        with pytest.raises(ValidationError, match="who wrote it"):
            Sheet.model_validate(raw() | change)
    sheet = Sheet.model_validate(raw() | {"kind": "transcription", "credit": credit})
    assert sheet.credit is not None
    assert sheet.credit.credit() == Credit("Somebody", "none is stated", "https://example.test/votes")
    for wrong in (credit | {"repository": "javascript:x"}, credit | {"since": "2021"}, {"by": "Somebody"}):
        with pytest.raises(ValidationError):
            Sheet.model_validate(raw() | {"kind": "transcription", "credit": wrong})


def test_a_sheet_without_times_is_never_asked_for() -> None:
    timed = Sheet.model_validate(raw())
    assert timed.asked
    table = raw()
    table["timetable"]["times"] = []
    assert not Sheet.model_validate(table).asked
    del table["timetable"]["times"]
    with pytest.raises(ValidationError, match="times"):
        Sheet.model_validate(table)


LINK = {"kind": "law", "address": "https://laws.example.org/{number}", "because": "seen at work"}


def test_an_official_address_has_one_place_for_the_number() -> None:
    assert Link.model_validate(LINK).legislature == ""


@pytest.mark.parametrize(
    "wrong",
    [
        {"address": "https://laws.example.org/"},
        {"address": "https://laws.example.org/{number}/{number}"},
        {"address": "https://laws.example.org/{number}{0.__class__}"},
        {"address": "javascript:alert({number})"},
        {"address": "http://laws.example.org/{number}"},
        {"kind": "novel"},
        {"because": None},
        {"more": "x"},
    ],
)
def test_any_other_official_address_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Link.model_validate(LINK | wrong)
