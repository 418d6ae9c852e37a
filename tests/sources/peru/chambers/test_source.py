"""Do the two sheets say the same where the chambers print the same, and fit the life of a file?"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tracker.domain.votes import Position, Reason
from tracker.pipeline.run import usual_window
from tracker.schedule.timetable import Timetable
from tracker.sources.catalogue import source
from tracker.sources.contract import Unreadable
from tracker.sources.peru import sheets
from tracker.sources.peru.chambers import sums
from tracker.sources.peru.foot import LABELS

SENATE, DEPUTIES = source("pe_senate"), source("pe_deputies")
BOTH = pytest.mark.parametrize("chosen", [SENATE, DEPUTIES], ids=lambda one: one.slug)


def test_both_sheets_have_the_same_codes_groups_and_times() -> None:
    one, other = SENATE.sheet, DEPUTIES.sheet
    assert (one.codes, one.groups, one.timetable, one.polite) == (
        other.codes,
        other.groups,
        other.timetable,
        other.polite,
    )
    assert (one.chamber.seats, other.chamber.seats) == (60, 130)
    assert one.licence == other.licence == sheets.SHEET.licence


@pytest.mark.parametrize(
    ("printed", "position", "reason"),
    [
        ("SI", Position.YES, None),
        ("SI +++", Position.YES, None),
        ("NO ---", Position.NO, None),
        ("NO", Position.NO, None),
        ("Abst.", Position.ABSTAIN, None),
        ("SinRes", Position.NOT_CAST, Reason.NO_RESPONSE),
        ("***", Position.NOT_CAST, Reason.CHAIR),
        ("AUS", Position.NOT_CAST, Reason.ABSENT),
        ("aus", Position.NOT_CAST, Reason.ABSENT),
        ("LV", Position.NOT_CAST, Reason.LEAVE_TRAVEL),
        ("L25A", Position.NOT_CAST, Reason.LEAVE_UNPAID),
        ("SUS", Position.NOT_CAST, Reason.SUSPENDED),
        ("(sin marca)", Position.NOT_CAST, Reason.UNKNOWN),
        ("PRE", Position.PRESENT, None),
    ],
)
def test_printed_codes_mean_what_the_chambers_mean(printed: str, position: Position, reason: Reason | None) -> None:
    assert SENATE.sheet.code(printed, "page 1") == (printed, position, reason)


def test_what_the_old_sheets_print_too_means_the_same_here() -> None:
    shared = SENATE.sheet.codes.keys() & sheets.SHEET.codes.keys()
    assert len(shared) >= 12
    for code in shared:
        assert SENATE.sheet.code(code, "x") == sheets.SHEET.code(code, "x")


@BOTH
def test_every_code_is_counted_in_a_total_of_the_box(chosen: object) -> None:
    sheet = chosen.sheet  # type: ignore[attr-defined]
    counted = sums.counted_in(sheet)
    without = {code for code, total in counted.items() if total not in LABELS}
    assert without == {"***", "L25A", "(sin marca)"}, "the chair is counted as silent; for the others there is no line"
    assert counted["SI"] == counted["SI +++"]
    assert sums.usual(sheet)["NO"] == "NO ---"
    with pytest.raises(Unreadable, match=rf"{sheet.slug}\.toml"):
        sheet.code("Si+++", "page 1")


@BOTH
def test_copy_and_scan_are_looked_at_for_45_days_within_the_window(chosen: object) -> None:
    sheet = chosen.sheet  # type: ignore[attr-defined]
    today = date(2026, 10, 9)
    assert chosen.due(today - timedelta(days=45), today)  # type: ignore[attr-defined]
    assert not chosen.due(today - timedelta(days=46), today)  # type: ignore[attr-defined]
    assert usual_window(sheet, today).since <= date(2026, 7, 27), "what was put up seven weeks late is found"
    assert sheet.timetable.sweep_days == 90
    evening = datetime(2026, 10, 6, 21, 42, tzinfo=Timetable(sheet).zone)
    after = Timetable(sheet).next(evening.astimezone(UTC))
    assert after is not None
    assert after.at - evening <= timedelta(hours=1), "a vote of the evening is seen within the hour"


@BOTH
def test_a_signed_sheet_is_looked_at_with_the_groups_and_marks_of_2026(chosen: object) -> None:
    form = chosen.roles["sheet"].form  # type: ignore[attr-defined]
    assert set(form.words["group"]) >= {"AN", "FP", "JP", "PBG", "PCO", "RP"}
    assert {"SI", "NO ---", "LV", "AUS", "***"} <= set(form.words["code"])
    assert not {"aus", "Sus", "(sin marca)"} & set(form.words["code"])
