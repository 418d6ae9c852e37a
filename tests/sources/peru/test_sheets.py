"""Does the sheet of the vote sheets fit the chamber, the minutes and the life of a file?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from tracker.domain.evidence import Document
from tracker.domain.votes import Position, Reason
from tracker.pipeline.run import usual_window
from tracker.schedule.timetable import Timetable
from tracker.sources.contract import Unreadable
from tracker.sources.peru import minutes, sheets
from tracker.sources.peru.sheets import provisional

SHEET = sheets.SHEET


def test_two_papers_of_one_chamber_say_the_same_of_it() -> None:
    assert SHEET.chamber == minutes.SHEET.chamber
    assert SHEET.licence == minutes.SHEET.licence
    assert minutes.SHEET.groups
    assert all(SHEET.groups[code] == entry for code, entry in minutes.SHEET.groups.items())


@pytest.mark.parametrize(
    ("printed", "position", "reason"),
    [
        ("SI +++", Position.YES, None),
        ("NO ---", Position.NO, None),
        ("Abst.", Position.ABSTAIN, None),
        ("PRE", Position.PRESENT, None),
        ("SinRes", Position.NOT_CAST, Reason.NO_RESPONSE),
        ("***", Position.NOT_CAST, Reason.CHAIR),
        ("aus", Position.NOT_CAST, Reason.ABSENT),
        ("L25A", Position.NOT_CAST, Reason.LEAVE_UNPAID),
        ("JP", Position.NOT_CAST, Reason.ON_DUTY),
        ("F", Position.NOT_CAST, Reason.DECEASED),
    ],
)
def test_printed_codes_mean_what_the_chamber_means(printed: str, position: Position, reason: Reason | None) -> None:
    assert SHEET.code(printed, "page 1") == (printed, position, reason)


def test_every_code_says_why_a_member_did_not_vote_and_no_other_code_is_known() -> None:
    away = {code: meaning.reason for code, meaning in SHEET.codes.items() if meaning.position is Position.NOT_CAST}
    assert all(away.values())
    assert {code for code, reason in away.items() if reason is Reason.UNKNOWN} == {"PC"}
    with pytest.raises(Unreadable, match=r"pe_sheets\.toml"):
        SHEET.code("Si+++", "page 1")


def test_a_firing_asks_again_for_45_days_and_the_sweep_for_all_within_90() -> None:
    times = SHEET.timetable
    source = sheets.SOURCE
    assert (times.recheck_days, times.sweep_days) == (45, 90)
    today = date(2026, 7, 20)
    assert source.due(today - timedelta(days=45), today)
    assert not source.due(today - timedelta(days=46), today)
    window = usual_window(SHEET, today)
    assert window.since <= today - timedelta(days=times.recheck_days), "what is asked for again is listed"
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    firings = sum(1 for _ in Timetable(SHEET).between(begin, begin + timedelta(days=365)))
    turns = firings / 365 * times.sweep_days / 2 * times.sweep_at_once
    assert turns > 1100, "in the half of the time in which they fall due, all files listed so far find their turn"


@pytest.mark.parametrize(
    ("title", "name", "said"),
    [
        ("Asistencias y votaciones PROVISIONALES de la sesión del 19-3-2026", "Asistencia_y_votación.pdf", "yes"),
        ("Asistencias y votaciones de la sesión del 09-12-2021", "Asis_vot_PROVISIONAL_09-12-21.pdf", "yes"),
        ("Asistencias y votaciones provisionales", "Asis_vot_OFICIAL.pdf", "yes"),
        ("Asistencias y votaciones de la sesión del 14-3-2024", "Asis_y_vot_OFICIAL_de_la_seión.pdf", "no"),
        ("Asistencias y votaciones de la sesión del 16-10-2024", "Asis_y_vot_del_16_10_2024.pdf", "unsaid"),
    ],
)
def test_a_file_is_provisional_if_its_title_or_name_says_so(title: str, name: str, said: str) -> None:
    assert provisional(title, name) == said


def test_a_sheet_whose_words_were_not_made_is_not_taken_for_an_empty_one(document: Callable[..., Document]) -> None:
    with pytest.raises(Unreadable, match="read it again with them") as error:
        list(sheets.SOURCE.roles["sheet"].read(document(b"%PDF-1.5", "sheet"), SHEET))
    assert error.value.code == "no_pages"
