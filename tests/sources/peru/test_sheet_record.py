"""Does one sheet say of a vote or an attendance what it prints, and is what it leaves open said to be open?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import sheet_words
from hypothesis import given, settings
from hypothesis import strategies as st
from sheet_words import FIRST, PITCH, REACH, TOTALS, Sheet, ending, word

from tracker.domain.evidence import Page
from tracker.domain.reconcile import Reconciliation, Verdict, reconcile
from tracker.domain.votes import UNREAD, Position, PrintedSitting, PrintedVote, Reason, Status, Tally, Vote
from tracker.pipeline.resolve import resolve
from tracker.sources.contract import Trouble
from tracker.sources.peru import form, proof, roster, sheets
from tracker.sources.peru.reading import read_sheet

SHEET = Sheet()
CODES = [code for _, _, code in SHEET.roll]
NAMES = [name for _, name, _ in SHEET.roll]
CHAIR = NAMES.index(SHEET.chair)


def read(page: Page, **context: str) -> PrintedVote:
    found = read_sheet(sheet_words.document(page, **context), sheets.SHEET)
    [vote] = [one for one in found if isinstance(one, PrintedVote)]
    return vote


def weighed(vote: PrintedVote) -> tuple[Vote, Reconciliation]:
    placed = resolve(vote, roster.register())
    return placed, reconcile(placed, spoken_counts=True)


def attended(page: Page) -> tuple[PrintedSitting, list[str]]:
    found = list(read_sheet(sheet_words.document(page), sheets.SHEET))
    [sitting] = [one for one in found if isinstance(one, PrintedSitting)]
    return sitting, [one.message for one in found if isinstance(one, Trouble)]


def smudged(sheet: Sheet, *rows: int) -> Page:
    return replace(sheet, unsure=frozenset(rows)).page()


def rows_of(group: str, code: str) -> list[int]:
    return [i for i, row in enumerate(SHEET.roll) if row[0] == group and row[2] == code]


def test_a_clean_sheet_is_sound() -> None:
    vote = read(SHEET.page(4))
    placed, sums = weighed(vote)
    assert (vote.doubts, vote.decided, placed.unresolved) == ((), (), ())
    assert sums.verdict is Verdict.SOUND
    assert [ballot.name for ballot in vote.ballots] == NAMES
    assert [ballot.code.printed for ballot in vote.ballots] == CODES
    assert [ballot.group for ballot in vote.ballots] == [group for group, _, _ in SHEET.roll]
    counts = SHEET.counts()
    away = 130 - counts["SI +++"] - counts["NO ---"] - counts["Abst."]
    assert vote.board == Tally(counts["SI +++"], counts["NO ---"], counts["Abst."], 0, away) == sums.counted
    assert len(vote.groups) == 14
    assert vote.complete
    assert (vote.page, vote.region, vote.status) == (4, None, Status.OFFICIAL)


def test_key_and_id_are_made_of_the_number_of_the_record() -> None:
    vote = read(SHEET.page())
    assert (vote.key, vote.id) == ("vote/31289-46803-07832", "pe-2024-10-16-07832")
    assert str(vote.taken_at) == "2024-10-16 10:15:00-05:00"


def test_without_a_number_they_are_made_of_the_clock_and_without_a_clock_of_the_page() -> None:
    vote = read(replace(SHEET, record=None).page())
    assert (vote.key, vote.id) == ("vote/2024-10-16T10:15", "pe-2024-10-16-t1015")
    assert vote.doubts == ()
    lost = read(replace(SHEET, record=None, clock="Fecha: ilegible").page(9))
    assert (lost.key, lost.id) == ("vote/2024-10-16/page 9", "pe-2024-10-16-p9")
    assert (lost.taken_at, lost.doubts) == (None, ("the clock time could not be read",))


def test_a_vote_after_midnight_keeps_its_sitting_in_the_id_and_the_clock_in_its_time() -> None:
    late = replace(SHEET, day=date(2023, 5, 18), sitting="Sesión del 18 de mayo de 2023",
                   clock="Fecha: 19/05/2023 Hora: 12:10 am", chair="WILLIAMS ZAPATA, JOSÉ DANIEL")  # fmt: skip
    vote = read(late.page())
    assert (vote.id, vote.sitting_date) == ("pe-2023-05-18-07832", date(2023, 5, 18))
    assert str(vote.taken_at) == "2023-05-19 00:10:00-05:00"


def test_the_matter_its_kind_and_its_bills() -> None:
    vote = read(SHEET.page())
    assert vote.subject == "CUESTIÓN PREVIA PARA QUE EL PROYECTO DE LEY 5632 RETORNE A LA COMISIÓN DE JUSTICIA"
    assert (vote.kind, vote.bills, vote.period) == ("cuestión previa", ("5632",), "2021-2026")
    assert read(replace(SHEET, subject=()).page(6)).subject == "(votación sin asunto legible, página 6)"


# --- codes that are in doubt ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", [0, 44, 87, 129])
def test_a_smudged_code_is_decided_by_the_sums_and_the_ballot_says_so(row: int) -> None:
    vote = read(smudged(SHEET, row))
    assert vote.decided == (NAMES[row],)
    assert [ballot.code.printed for ballot in vote.ballots] == CODES
    assert vote.doubts == ()
    assert weighed(vote)[1].verdict is Verdict.SOUND
    cells = [one.box for one in SHEET.page().words if one.cell and one.cell[:2] == divmod(row, 44)]
    assert vote.region == (
        min(box[0] for box in cells), min(box[1] for box in cells),
        max(box[2] for box in cells), max(box[3] for box in cells),
    )  # fmt: skip


def test_two_of_one_group_that_differ_stay_open_and_the_vote_is_doubtful() -> None:
    rows = (rows_of("FP", "SI +++")[0], rows_of("FP", "NO ---")[0])
    vote = read(smudged(SHEET, *rows))
    assert vote.decided == ()
    assert [vote.ballots[i].code for i in rows] == [UNREAD, UNREAD]
    assert any(NAMES[rows[0]] in doubt and NAMES[rows[1]] in doubt for doubt in vote.doubts)
    assert weighed(vote)[1].verdict is Verdict.DOUBTFUL
    assert vote.region is None, "which sums do not meet is seen on the whole page"


def test_a_cell_without_a_word_is_as_open_as_one_read_badly() -> None:
    codes = [None if i == 50 else code for i, code in enumerate(CODES)]
    page = replace(SHEET, codes=codes, figures=SHEET.counts(), table=_table()).page()
    vote = read(page)
    assert vote.decided == (NAMES[50],)
    assert vote.ballots[50].code.printed == CODES[50]


def test_a_code_that_is_on_no_list_is_open() -> None:
    page = SHEET.page()
    odd = next(one for one in page.words if one.cell == (0, 3, 2))
    vote = read(replace(page, words=tuple(replace(one, text="SI 4+") if one is odd else one for one in page.words)))
    assert vote.decided == (NAMES[3],)


def test_a_code_read_wrongly_makes_the_vote_doubtful() -> None:
    row = rows_of("PL", "SI +++")[0]
    codes = ["NO ---" if i == row else code for i, code in enumerate(CODES)]
    vote = read(replace(SHEET, codes=codes, figures=SHEET.counts(), table=_table()).page())
    assert weighed(vote)[1].verdict is Verdict.DOUBTFUL
    counts = SHEET.counts()
    assert f"the sheet prints {counts['SI +++']} SI +++, its rows make {counts['SI +++'] - 1}" in vote.doubts
    assert any("of PL, its rows make" in doubt for doubt in vote.doubts)


def _table() -> dict[str, Sequence[int]]:
    counted = [(group, proof.counted_as(code or "")) for group, _, code in SHEET.roll]
    return {
        group: [counted.count((group, column)) for column in proof.COUNTED] for group in {one for one, _ in counted}
    }


def test_the_presiding_member_is_known_by_the_head_even_if_the_stars_are_not_legible() -> None:
    vote = read(smudged(SHEET, CHAIR))
    assert vote.ballots[CHAIR].code == ("***", Position.NOT_CAST, Reason.CHAIR)
    assert vote.decided == ()
    codes = ["SI +++" if i == CHAIR else code for i, code in enumerate(CODES)]
    voted = read(replace(SHEET, codes=codes).page())
    assert voted.ballots[CHAIR].code.printed == "SI +++", "what is surely read stands against what is usual"


def test_stars_surely_taken_for_a_code_follow_from_the_sums() -> None:
    codes = ["SI +++" if i == CHAIR else code for i, code in enumerate(CODES)]
    vote = read(replace(SHEET, codes=codes, figures=SHEET.counts(), table=_table()).page())
    assert vote.ballots[CHAIR].code == ("***", Position.NOT_CAST, Reason.CHAIR)
    assert (vote.decided, vote.doubts) == ((NAMES[CHAIR],), ())


def test_who_is_read_as_suspended_and_is_not_by_the_roster_follows_from_the_sums() -> None:
    """`aus` is taken for `Sus` on poor scans; an unread row must not make up for it."""
    suspended = next(i for i, seat in enumerate(roster.roll(SHEET.day)) if seat.suspended)
    printed = ["Sus" if i == suspended else code for i, code in enumerate(CODES)]
    absent = [i for i, code in enumerate(printed) if code == "aus"][:2]
    sheet = replace(SHEET, codes=printed)
    wrong = ["Sus" if i == absent[0] else code for i, code in enumerate(printed)]
    vote = read(replace(sheet, codes=wrong, figures=sheet.counts()).page())
    assert ([ballot.code.printed for ballot in vote.ballots], vote.decided) == (printed, (NAMES[absent[0]],))
    vote = read(replace(sheet, codes=wrong, figures=sheet.counts(), unsure=frozenset([suspended])).page())
    assert [vote.ballots[i].code for i in (absent[0], suspended)] == [UNREAD, UNREAD]
    assert weighed(vote)[1].verdict is Verdict.DOUBTFUL


@pytest.mark.parametrize("sure", [0.4, 0.96])
def test_a_group_taken_for_another_is_the_rosters_where_the_table_proves_it(sure: float) -> None:
    voted, away = (next(i for i, code in enumerate(CODES) if code == wanted) for wanted in ("NO ---", "LO"))
    page = SHEET.page()
    cells = {divmod(i, 44): "NA" if SHEET.roll[i][0] != "NA" else "FP" for i in (voted, away)}

    def misread(certain: float) -> PrintedVote:
        return read(
            replace(
                page,
                words=tuple(
                    replace(one, text=cells[one.cell[:2]], confidence=certain)
                    if one.cell and one.cell[2] == 0 and one.cell[:2] in cells
                    else one
                    for one in page.words
                ),
            )
        )

    vote = misread(sure)
    assert (vote.ballots[voted].group, vote.doubts) == (SHEET.roll[voted][0], ())
    assert vote.ballots[away].group != SHEET.roll[away][0], "the table does not count who was on leave"
    assert misread(0.99).doubts, "what is surely read is not put right"


def test_stars_beside_somebody_else_are_open() -> None:
    codes = ["***" if i == 10 else code for i, code in enumerate(CODES)]
    vote = read(replace(SHEET, codes=codes, figures=SHEET.counts(), table=_table()).page())
    assert vote.ballots[10].code.printed == CODES[10]
    assert vote.decided == (NAMES[10],)


# --- figures, rows and names that are in doubt ------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["SI +++", "NO ---", "Abst."])
def test_a_board_with_a_total_that_nobody_could_read_is_none(code: str) -> None:
    vote = read(replace(SHEET, figures={code: None}).page())
    assert vote.board is None
    assert vote.doubts == (), "the other totals leave one figure for it"


def test_a_total_of_those_away_may_be_missing_from_the_board() -> None:
    counts = SHEET.counts()
    vote = read(replace(SHEET, figures={"LO": None}).page())
    assert vote.board == Tally(counts["SI +++"], counts["NO ---"], counts["Abst."])


def test_a_sheet_without_totals_is_doubtful() -> None:
    page = SHEET.page()
    words = tuple(one for one in page.words if one.cell or one.box[1] < TOTALS - 0.01 or one.box[0] > 0.3)
    vote = read(replace(page, words=words))
    assert "the totals could not be read" in vote.doubts
    assert vote.board is None


def test_a_total_under_a_label_that_is_not_known_is_doubted_if_the_known_ones_do_not_make_everybody() -> None:
    beside = [word("Licencia sin goce (L25A)", 0.035, TOTALS + 14 * PITCH)]
    beside.append(ending("1", FIRST + form.NUMBERS * REACH, TOTALS + 14 * PITCH))
    told = "totals with a label that is not known: Licencia sin goce (L25A)"
    counts = SHEET.counts()
    assert told in read(replace(SHEET, beside=beside, figures={**counts, "aus": counts["aus"] - 1}).page()).doubts
    assert told not in read(replace(SHEET, beside=beside).page()).doubts


def test_a_row_that_is_missing_is_told_by_name() -> None:
    names = NAMES[:70] + NAMES[71:]
    codes = CODES[:70] + CODES[71:]
    vote = read(replace(SHEET, names=names, codes=codes, figures=SHEET.counts(), table=_table()).page())
    assert f"members of 2024-10-16 without a row: {NAMES[70]}" in vote.doubts
    assert "the totals add up to 130, the roll has 129 rows" in vote.doubts
    assert weighed(vote)[1].verdict is Verdict.DOUBTFUL


def test_a_name_that_is_no_members_leaves_its_member_without_a_row() -> None:
    names = ["FULANO MENGANO, ZUTANO" if i == 70 else name for i, name in enumerate(NAMES)]
    groups = [group for group, _, _ in SHEET.roll]
    vote = read(replace(SHEET, names=names, groups=groups, codes=CODES).page())
    assert "rows that are no member's of 2024-10-16: FULANO MENGANO, ZUTANO" in vote.doubts
    assert vote.ballots[70].name == "FULANO MENGANO, ZUTANO", "the name stays as printed"
    assert weighed(vote)[0].unresolved == ("FULANO MENGANO, ZUTANO",)


def test_a_name_with_a_letter_wrong_is_printed_as_the_sheets_print_it() -> None:
    names = ["LUQUE I8ARRA, RUTH" if name == "LUQUE IBARRA, RUTH" else name for name in NAMES]
    vote = read(replace(SHEET, names=names, groups=[group for group, _, _ in SHEET.roll], codes=CODES).page())
    assert [ballot.name for ballot in vote.ballots] == NAMES


def test_a_faint_figure_of_the_table_that_speaks_against_the_roll_counts_as_unread() -> None:
    """Seals lie over the table; what is surely read still counts."""
    table = _table()
    table["FP"] = [table["FP"][0] + 1, *table["FP"][1:]]
    page = replace(SHEET, table=table).page()
    place = FIRST + form.COLUMNS[0] * REACH
    faint = tuple(
        replace(one, confidence=0.6) if not one.cell and abs(one.box[2] - place) < 0.001 else one for one in page.words
    )
    assert read(replace(page, words=faint)).doubts == ()
    assert any("of FP" in doubt for doubt in read(page).doubts)


def test_the_printed_table_is_kept_only_if_every_figure_of_it_is_clear() -> None:
    page = SHEET.page()
    place = FIRST + form.COLUMNS[1] * REACH
    figure = next(one for one in page.words if not one.cell and abs(one.box[2] - place) < 0.001)
    words = tuple(replace(one, confidence=0.9) if one is figure else one for one in page.words)
    assert read(replace(page, words=words)).groups == ()
    assert sum(group.tally.yes for group in read(page).groups) == SHEET.counts()["SI +++"]


# --- status and notes -------------------------------------------------------------------------------------------------


def test_a_provisional_copy_is_one_by_its_print_by_the_list_or_by_its_name() -> None:
    page = SHEET.page()
    assert read(page).status is Status.OFFICIAL
    assert read(page, provisional="yes").status is Status.PROVISIONAL
    assert read(page, provisional="no").status is Status.OFFICIAL
    marked = replace(SHEET, beside=[word("INFORMACIÓN PROVISIONAL", 0.4, 0.95)])
    assert read(marked.page(), provisional="no").status is Status.PROVISIONAL
    document = sheet_words.document(page, url="https://example.test/Asis_vot_PROVISIONAL_16-10-24.pdf")
    [vote] = [one for one in read_sheet(document, sheets.SHEET) if isinstance(one, PrintedVote)]
    assert vote.status is Status.PROVISIONAL


def test_a_note_is_heard_and_its_votes_are_added() -> None:
    absent = [name for name, code in zip(NAMES, CODES, strict=True) if code in ("aus", "LO")][:3]
    surnames = [name.split(",")[0].title() for name in absent]
    note = (
        "El congresista Cavero Alva, tercer vicepresidente del Congreso, deja constancia del voto a favor de los",
        f"congresistas {surnames[0]} y {surnames[1]}; y del voto en contra del congresista {surnames[2]}.",
    )
    vote = read(replace(SHEET, note=note).page())
    placed, sums = weighed(vote)
    assert [(one.name, one.now) for one in vote.spoken] == [
        (surnames[0], Position.YES), (surnames[1], Position.YES), (surnames[2], Position.NO)
    ]  # fmt: skip
    assert vote.spoken_whole
    counts = SHEET.counts()
    assert sums.final is not None
    assert (sums.final.yes, sums.final.no) == (counts["SI +++"] + 2, counts["NO ---"] + 1)
    assert {one.was for one in placed.spoken} == {Position.NOT_CAST}


def test_a_torn_note_leaves_the_final_tally_open() -> None:
    note = (
        "El congresista Cavero Alva, tercer vicepresidente del Congreso, en ejercicio de la Presidencia, deja",
        "constancia del voto a favor de los congresistas Vergara Mendoza, Bazán Calderón, Paredes Fonseca,",
        "Agüero Gutiérrez, Quiroz Barboza, Zeballos Aponte, Torres Salinas, Barbarán Reyes, Mita Alanoca,",
        "Chacón Trujillo y Medina Hermosilla.",
    )
    lines = [word(text, sheet_words.NOTE_LEFT, sheet_words.NOTE + sheet_words.NOTE_PITCH * i)
             for i, text in enumerate(note) if i != 2]  # fmt: skip
    vote = read(replace(SHEET, beside=lines).page())
    _, sums = weighed(vote)
    assert not vote.spoken_whole
    assert any(doubt.startswith("a line is missing between") for doubt in vote.doubts)
    assert sums.final is None
    assert sums.verdict is Verdict.DOUBTFUL


# --- attendance -------------------------------------------------------------------------------------------------------

ROLL = Sheet(kind="attendance", clock="Fecha: 16/10/2024 Hora: 09:21 am", record="31289 - 46801 - 07302")
PRESENT = [code for _, _, code in ROLL.roll]


def test_an_attendance_list_says_who_came() -> None:
    sitting, told = attended(ROLL.page())
    assert told == []
    assert (sitting.date, sitting.title, sitting.page) == (sheet_words.DAY, "Sesión del 2024-10-16", 1)
    assert str(sitting.taken_at) == "2024-10-16 09:21:00-05:00"
    assert [mark.name for mark in sitting.attendance] == NAMES
    assert [mark.code for mark in sitting.attendance] == PRESENT
    assert {mark.code: mark.reason for mark in sitting.attendance} == {
        "PRE": None, "aus": Reason.ABSENT, "LE": Reason.LEAVE_SICK
    }  # fmt: skip


def test_those_whom_the_note_adds_were_there_and_their_mark_stays_as_printed() -> None:
    late = next(name for name, code in zip(NAMES, PRESENT, strict=True) if code == "aus")
    note = (
        f"El Presidente del Congreso deja constancia de la asistencia del congresista {late.split(',')[0].title()}.",
    )
    sitting, told = attended(replace(ROLL, note=note).page())
    mark = next(mark for mark in sitting.attendance if mark.name == late)
    assert (mark.code, mark.reason) == ("aus", None)
    assert told == []


def test_somebody_whom_the_note_adds_and_no_row_has_is_told() -> None:
    note = ("El Presidente del Congreso deja constancia de la asistencia del congresista Florindez Quispe.",)
    sitting, told = attended(replace(ROLL, note=note).page())
    assert [mark.reason for mark in sitting.attendance].count(None) == PRESENT.count("PRE")
    assert any("Florindez Quispe" in message for message in told)


def test_sums_of_an_attendance_that_do_not_meet_are_told() -> None:
    sitting, told = attended(replace(ROLL, figures={"PRE": 1}).page())
    assert len(sitting.attendance) == 130
    assert told[0].startswith("page 1: attendance of 2024-10-16: the sheet prints 1 PRE, its rows make")


def test_a_mark_that_is_open_is_left_out_of_an_attendance_unless_the_sums_decide_it() -> None:
    one, _ = attended(smudged(ROLL, 20))
    assert [mark.code for mark in one.attendance] == PRESENT
    rows = [PRESENT.index("PRE"), PRESENT.index("aus")]
    two, told = attended(smudged(ROLL, *rows))
    assert len(two.attendance) == 128
    assert not {mark.name for mark in two.attendance} & {NAMES[i] for i in rows}
    assert told


# --- everything together ----------------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(st.sets(st.integers(0, 129), max_size=9), st.sets(st.sampled_from(sheet_words.VOTE), max_size=3))
def test_whatever_is_smudged_no_ballot_is_wrong(rows: set[int], figures: set[str]) -> None:
    page = replace(SHEET, unsure=frozenset(rows), figures=dict.fromkeys(figures)).page()
    vote = read(page)
    for ballot, code in zip(vote.ballots, CODES, strict=True):
        assert ballot.code == UNREAD or ballot.code.printed == code
    if any(ballot.code == UNREAD for ballot in vote.ballots):
        assert weighed(vote)[1].verdict is Verdict.DOUBTFUL


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_whatever_is_read_wrongly_the_vote_is_doubtful(data: Any) -> None:
    rows = data.draw(st.lists(st.integers(0, 129), min_size=1, max_size=2, unique=True))
    codes, counted = list(CODES), [proof.counted_as(code or "") for code in CODES]
    for row in rows:
        wrong = [code for code in ("SI +++", "NO ---", "Abst.", "SinRes", "aus", "LO") if code != counted[row]]
        codes[row] = data.draw(st.sampled_from(wrong))
    page = replace(SHEET, codes=codes, figures=SHEET.counts(), table=_table()).page()
    vote = read(page)
    wrong_rows = [i for i, ballot in enumerate(vote.ballots) if ballot.code.printed not in (CODES[i], "?")]
    swapped = len(rows) == 2 and sorted(codes[i] or "" for i in rows) == sorted(counted[i] for i in rows)
    if wrong_rows and not swapped:
        assert weighed(vote)[1].verdict is Verdict.DOUBTFUL
