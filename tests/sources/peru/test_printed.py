"""Is a record named by the surest fact it prints, and its board added up only of totals that are all there?"""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from tracker.domain.votes import UNREAD, Tally
from tracker.sources.peru import printed, sheets
from tracker.sources.peru.foot import Record
from tracker.sources.peru.proof import Proof

DAY, LATE = date(2023, 5, 18), datetime(2023, 5, 19, 0, 10)  # noqa: DTZ001 - the zone is the chamber's
NUMBER = Record("31289", "46802", "07844")
TOTALS = {"SI +++": 69, "NO ---": 31, "Abst.": 4, "SinRes": 3, "aus": 12, "LO": 11}


@pytest.mark.parametrize(
    ("record", "taken", "key", "identifier"),
    [
        (NUMBER, LATE, "vote/31289-46802-07844", "pe-2023-05-18-07844"),
        (None, LATE, "vote/2023-05-19T00:10", "pe-2023-05-18-t0010"),
        (None, None, "vote/2023-05-18/page 3", "pe-2023-05-18-p3"),
    ],
)
def test_a_record_is_named_by_its_number_its_clock_or_its_page(
    record: Record | None, taken: datetime | None, key: str, identifier: str
) -> None:
    assert printed.key("vote", record, taken, DAY, 3) == key
    assert printed.identifier("pe", record, taken, DAY, 3) == identifier


def test_a_clock_time_is_of_the_chambers_zone() -> None:
    taken = printed.clock(LATE, sheets.SHEET)
    assert taken
    assert (taken.replace(tzinfo=None), taken.utcoffset()) == (LATE, timedelta(hours=-5))
    assert printed.clock(None, sheets.SHEET) is None


@pytest.mark.parametrize(
    ("totals", "board"),
    [
        (TOTALS, Tally(69, 31, 4, 0, 26)),
        (TOTALS | {"aus": None}, Tally(69, 31, 4, 0, 0)),
        ({code: total for code, total in TOTALS.items() if code != "SinRes"}, Tally(69, 31, 4, 0, 0)),
        (TOTALS | {"a code not listed": 0}, Tally(69, 31, 4, 0, 0)),
        (TOTALS | {"NO ---": None}, None),
        ({}, None),
    ],
)
def test_the_board_is_what_the_totals_make(totals: dict[str, int | None], board: Tally | None) -> None:
    assert printed.board(totals, sheets.SHEET) == board


def test_a_row_whose_code_is_open_says_so() -> None:
    ballots = list(printed.ballots(["A", "B"], ["FP", None], Proof(("SI +++", None), (), ()), sheets.SHEET, "page 1"))
    assert [(one.name, one.group, one.code) for one in ballots] == [
        ("A", "FP", sheets.SHEET.code("SI +++", "page 1")), ("B", None, UNREAD),
    ]  # fmt: skip
