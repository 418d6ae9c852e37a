"""Is every record of a document of sheets read once, and is what is odd about its pages told by name?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
import sheet_words
from sheet_words import Sheet, word

from tracker.domain.evidence import Page
from tracker.domain.votes import PrintedSitting, PrintedVote
from tracker.sources.contract import Trouble, Unreadable
from tracker.sources.peru import sheets
from tracker.sources.peru.reading import read_sheet

ATTENDANCE = Sheet(kind="attendance", clock="Fecha: 16/10/2024 Hora: 09:21 am", record="31289 - 46801 - 07302")
LATER = Sheet(kind="attendance", clock="Fecha: 16/10/2024 Hora: 12:02 pm", record="31289 - 46807 - 07305")


def vote(serial: int, hour: int = 10, **more: object) -> Sheet:
    printed = replace(Sheet(), record=f"31289 - {40000 + serial} - {serial:05}", **more)  # type: ignore[arg-type]
    return replace(printed, clock=f"Fecha: 16/10/2024 Hora: {hour:02}:{serial % 60:02} am")


def read(*pages: Page) -> tuple[list[PrintedVote], list[PrintedSitting], dict[str, str]]:
    found = list(read_sheet(sheet_words.document(*pages), sheets.SHEET))
    return (
        [one for one in found if isinstance(one, PrintedVote)],
        [one for one in found if isinstance(one, PrintedSitting)],
        {one.code: one.message for one in found if isinstance(one, Trouble)},
    )


def set_pages(*sheets: Sheet) -> Sequence[Page]:
    return [sheet.page(n) for n, sheet in enumerate(sheets, 1)]


def test_every_page_is_a_record() -> None:
    votes, sittings, told = read(*set_pages(ATTENDANCE, vote(7832), LATER, vote(7833)))
    assert [(one.id, one.page) for one in votes] == [("pe-2024-10-16-07832", 2), ("pe-2024-10-16-07833", 4)]
    assert [(one.date, one.page, len(one.attendance)) for one in sittings] == [(sheet_words.DAY, 1, 130)]
    assert told == {}


def test_a_document_without_its_words_is_asked_for_again() -> None:
    with pytest.raises(Unreadable) as error:
        read()
    assert error.value.code == "no_pages"


def test_a_document_of_another_kind_is_refused_by_name() -> None:
    prose = tuple(word(f"ACTA de la sesión, línea {n}", 0.1, 0.02 * n) for n in range(1, 40))
    for pages in ([Page(1, prose), Page(2, prose)], [Page(1, ()), Page(2, ())]):
        with pytest.raises(Unreadable, match="none of its 2 pages holds a roll") as error:
            read(*pages)
        assert error.value.code == "not_sheets"


def test_a_blank_page_costs_no_other() -> None:
    votes, _, told = read(vote(7832).page(1), Page(2, ()), vote(7833).page(3))
    assert [one.page for one in votes] == [1, 3]
    assert set(told) == {"blank_page"}


def test_a_page_that_stood_upside_down_is_read_and_told() -> None:
    votes, _, told = read(vote(7832).page(1), vote(7833).page(2, turned=180))
    assert len(votes) == 2
    assert told == {"page_turned": "page 2: the page was turned by 180 degrees to be read"}


def test_a_record_scanned_twice_is_read_once() -> None:
    votes, sittings, told = read(*set_pages(ATTENDANCE, ATTENDANCE, vote(7832), vote(7832)))
    assert [one.page for one in votes] == [3]
    assert [one.page for one in sittings] == [1]
    assert told["page_twice"].startswith("page 4: the record vote/31289-47832-07832 stands on an earlier page too")
    _, _, told = read(*set_pages(ATTENDANCE, ATTENDANCE, vote(7832)))
    assert "attendance/31289-46801-07302" in told["page_twice"]


def test_a_second_attendance_of_a_sitting_is_no_second_sitting() -> None:
    _, sittings, told = read(*set_pages(ATTENDANCE, LATER, vote(7832)))
    assert len(sittings) == 1
    assert told == {}


@pytest.mark.parametrize(
    ("serials", "lost"),
    [
        ((7832, 7833, 7834), None),
        ((7832, 7834), "07833"),
        ((7832, 7835), "07833, 07834"),
        ((7832, 7836), None),
        ((7834, 7832), "07833"),
    ],
)
def test_a_serial_that_is_skipped_may_be_a_missing_page(serials: tuple[int, ...], lost: str | None) -> None:
    """More than two in a row are more likely another sitting of the day."""
    votes, _, told = read(*set_pages(*map(vote, serials)))
    assert len(votes) == len(serials)
    assert ("page_missing" in told) is (lost is not None)
    if lost:
        assert f"votes {lost} lie between two of its pages" in told["page_missing"]


def test_what_is_noticed_of_pages_comes_before_the_votes() -> None:
    found = list(read_sheet(sheet_words.document(Page(1, ()), vote(7832).page(2, turned=90)), sheets.SHEET))
    assert [type(one) for one in found] == [Trouble, Trouble, PrintedVote]


def test_a_group_read_unsurely_is_taken_from_the_other_pages_of_the_document() -> None:
    pages = list(set_pages(vote(7832), vote(7833), vote(7834)))
    smudged = next(one for one in pages[1].words if one.cell == (0, 7, 0))
    wrong = replace(smudged, text="NA" if smudged.text != "NA" else "FP", confidence=0.4)
    pages[1] = replace(pages[1], words=tuple(wrong if one is smudged else one for one in pages[1].words))
    votes, _, _ = read(*pages)
    assert votes[1].ballots[7].group == votes[0].ballots[7].group == smudged.text
    assert [one.doubts for one in votes] == [(), (), ()]
    alone, _, _ = read(pages[1])
    assert alone[0].ballots[7].group == smudged.text, "with no other page to tell, the roster's meets the table"
    assert alone[0].doubts == ()


def test_a_group_read_unsurely_is_taken_from_the_pages_of_the_same_day() -> None:
    """A file may hold two sittings, and who changed groups between them is in another group on each."""
    usual = [group for group, _, _ in Sheet().roll]
    moved = ["NA" if i == 7 else group for i, group in enumerate(usual)]
    assert usual[7] != "NA"
    first = [vote(serial) for serial in (7832, 7833, 7834)]
    next_day = [
        replace(
            vote(serial), day=date(2024, 10, 17), sitting="Sesión del 17 de octubre de 2024",
            clock=f"Fecha: 17/10/2024 Hora: 10:{serial % 60:02} am", groups=moved,
        )
        for serial in (7840, 7841)
    ]  # fmt: skip
    pages = list(set_pages(*first, *next_day))
    for n in (0, 3):
        group = next(one for one in pages[n].words if one.cell == (0, 7, 0))
        dim = replace(group, text="?", confidence=0.3)
        pages[n] = replace(pages[n], words=tuple(dim if one is group else one for one in pages[n].words))
    votes, _, _ = read(*pages)
    assert [one.ballots[7].group for one in votes] == [usual[7]] * 3 + ["NA"] * 2
    assert [one.doubts for one in votes] == [()] * 5


@pytest.mark.parametrize("kind", ["vote", "attendance"])
def test_a_sheet_of_the_permanent_commission_is_left_to_a_person(kind: str) -> None:
    commission = replace(
        Sheet(), kind=kind, organ="COMISIÓN PERMANENTE", names=[name for _, name, _ in Sheet().roll][:100],
        record="31289 - 46810 - 07850",
    )  # fmt: skip
    votes, sittings, told = read(vote(7832).page(1), commission.page(2))
    assert [one.page for one in votes] == [1]
    assert sittings == []
    assert told.keys() == {"permanent_commission"}
    assert "page 2: a sheet of the Permanent Commission, of 2024-10-16" in told["permanent_commission"]


def test_a_file_that_the_list_has_as_the_commissions_is_left_alone_whatever_its_pages_say() -> None:
    document = sheet_words.document(*set_pages(ATTENDANCE, vote(7832)), organ=sheets.PERMANENT)
    found = list(read_sheet(document, sheets.SHEET))
    assert [(one.code, one.where) for one in found if isinstance(one, Trouble)] == [
        ("permanent_commission", "page 1"), ("permanent_commission", "page 2"),
    ]  # fmt: skip
    assert len(found) == 2
