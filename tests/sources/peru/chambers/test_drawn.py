"""Are drawn sheets, digital ones and pictures of them, read as they were drawn?"""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.archive.ocr import Sight
from tracker.domain.evidence import Document, Page, Request, Word
from tracker.domain.reconcile import Verdict
from tracker.domain.votes import Position, Reason, Status, Tally
from tracker.sources.catalogue import source
from tracker.sources.contract import Unreadable
from tracker.sources.peru.chambers import members

AWAY = ("AUS", "LO", "LE", "LP", "LV", "SUS", "SinRes", "Abst.", "NO ---")
MATTER = (
    "ACUERDO DEL SENADO DE LA REPÚBLICA QUE APRUEBA LA SOLICITUD DE PRÓRROGA DEL PLAZO DEL ESTADO DE EMERGENCIA "
    "ESTABLECIDO MEDIANTE EL DECRETO SUPREMO 113-2026-PCM"
)
NOTE = (
    "El senador Torres Morales, presidente del Senado, deja constancia del voto a favor de los senadores Quito "
    "Sarmiento y Ventura Ángel; y del voto en contra del senador Melgar Valdez."
)
MARKS = {
    **{"QUITO SARMIENTO": "AUS", "RODRICH ACKERMAN": "LE", "ASTUDILLO SALCEDO, CÉSAR": "LO"},
    **{"CCAHUANA AYMACHOQUE": "Abst.", "MELGAR VALDEZ, ELARD": "LV", "VENTURA ÁNGEL, HÉCTOR": "AUS"},
    **{"VERANO SARAVIA, WILFREDO": "NO ---", "TORRES MORALES, MIGUEL": "***", "GAGO RODRÍGUEZ, WALTER": "SUS"},
}


@pytest.fixture
def senate(drawing: ModuleType) -> Any:
    return drawing.Drawn(
        "senate", "30 de septiembre de 2026", "Fecha: 30/09/2026 Hora: 12:46 PM", "41005 - 58423 - 09990 - S",
        matter=MATTER, marks=MARKS,
    )  # fmt: skip


@pytest.fixture
def deputies(drawing: ModuleType) -> Any:
    marks = {one.printed: "NO ---" for one in members.members("deputies") if one.group in ("FP", "RP")}
    marks |= {"RETO OTERO, OSCAR DE": "***", "EUSEBIO PADILLA, ARTURO": "LO", "ALVARÓN DE LA CRUZ": "AUS"}
    return drawing.Drawn(
        "deputies", "6 de octubre de 2026", "Fecha: 06/10/2026 Hora: 09:42 PM", "41007 - 58440 - 10002 - D",
        matter="CUESTIÓN PREVIA PARA QUE SE VOTE PRIMERO EL DICTAMEN EN MINORÍA", chair="Reto Otero, Oscar de Jesús",
        marks=marks,
    )  # fmt: skip


def codes(vote: Any) -> dict[str, str]:
    return {ballot.name: ballot.code.printed for ballot in vote.ballots}


def drawn_codes(drawing: ModuleType, sheet: Any) -> dict[str, str]:
    return {name: code for _, name, code in drawing.rows(sheet)}


def test_a_digital_sheet_is_read_as_it_was_drawn(
    senate: Any, drawing: ModuleType, read: Callable[..., Any], weigh: Callable[..., Any]
) -> None:
    vote = read(drawing.pdf_of(senate)).vote
    _, sums = weigh(vote)
    assert codes(vote) == drawn_codes(drawing, senate)
    assert (vote.subject, vote.status, vote.page) == (MATTER, Status.PROVISIONAL, 1)
    assert (vote.board, sums.final, sums.verdict) == (Tally(51, 1, 1, 0, 7), Tally(51, 1, 1, 0, 7), Verdict.SOUND)
    reasons = {ballot.code.printed: ballot.code.reason for ballot in vote.ballots}
    assert (reasons["LV"], reasons["***"], reasons["SUS"]) == (Reason.LEAVE_TRAVEL, Reason.CHAIR, Reason.SUSPENDED)


def test_the_chairs_note_of_the_signed_sheet_is_added(
    senate: Any, drawing: ModuleType, read: Callable[..., Any], weigh: Callable[..., Any]
) -> None:
    provisional = read(drawing.pdf_of(senate)).vote
    signed = read(drawing.pdf_of(replace(senate, stamps=(), note=NOTE))).vote
    placed, sums = weigh(signed)
    assert (signed.id, signed.ballots, signed.board) == (provisional.id, provisional.ballots, provisional.board)
    assert (signed.status, sums.final, sums.verdict) == (Status.OFFICIAL, Tally(53, 2, 1, 0, 4), Verdict.SOUND)
    assert [(said.member, said.was, said.now) for said in placed.spoken] == [
        ("quito-sarmiento", Position.NOT_CAST, Position.YES),
        ("ventura-angel", Position.NOT_CAST, Position.YES),
        ("melgar-valdez", Position.NOT_CAST, Position.NO),
    ]


@pytest.mark.parametrize("name", ["Asistencia_PROVISIONAL_07102026.pdf", "pleno-provisional.pdf"])
def test_the_name_of_a_file_calls_it_provisional_too(
    name: str, senate: Any, drawing: ModuleType, read: Callable[..., Any]
) -> None:
    paper = drawing.pdf_of(replace(senate, stamps=()))
    assert read(paper, name=name).vote.status is Status.PROVISIONAL
    assert read(paper, name="sesion_07_10_2026_vbo.pdf").vote.status is Status.OFFICIAL


@given(data=st.data())
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_neither_the_order_of_the_file_nor_who_was_away_makes_a_difference(
    data: st.DataObject, senate: Any, drawing: ModuleType, read: Callable[..., Any], weigh: Callable[..., Any]
) -> None:
    names = data.draw(st.lists(st.sampled_from([one.printed for one in members.members("senate")]), unique=True))
    marks = {name: data.draw(st.sampled_from(AWAY)) for name in names} | {"TORRES MORALES, MIGUEL": "***"}
    order = data.draw(st.permutations(drawing.USUAL))
    sheet = replace(senate, marks=marks, parts=tuple(order), by_column=data.draw(st.booleans()))
    vote = read(drawing.pdf_of(sheet)).vote
    assert codes(vote) == drawn_codes(drawing, sheet)
    assert weigh(vote)[1].verdict is Verdict.SOUND
    assert vote.subject == MATTER


@given(order=st.permutations([0, 1, 2, 3, 4, 5]), by_cell=st.booleans())
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_letters_alone_do_in_any_order_of_their_parts(
    order: list[int],
    by_cell: bool,
    senate: Any,
    drawing: ModuleType,
    read: Callable[..., Any],
    weigh: Callable[..., Any],
) -> None:
    page = read(drawing.pdf_of(senate))
    assert page.votes
    rows = drawing.rows(senate)
    thirds = [rows[i::20] for i in range(20)]
    roll = "\n".join(" ".join(" ".join(cell) for cell in line) for line in thirds)
    if by_cell:
        roll = "\n".join("\n".join(cell) for line in thirds for cell in line)
    table = {
        code: [sum(1 for g, _, c in rows if g == code and c in few) for _, few in drawing.BOX[:4]]
        for code in drawing.NAMES
    }
    parts = [
        "Torres Morales, Miguel Ángel\nSesión del 30 de septiembre de 2026\nFecha: 30/09/2026 Hora: 12:46 PM",
        "*** Presidente:\nVOTACIÓN:\nAsunto:\nSENADO DE LA REPÚBLICA DEL PERÚ",
        f"{MATTER}",
        roll,
        "Resultado de\n" + "\n".join(f"{label} {sum(1 for _, _, c in rows if c in few)}" for label, few in drawing.BOX),
        "Grupo Parlamentario Si+++ No--- Abst. Sin Resp.\n"
        + "\n".join(f"{code} {name} {' '.join(map(str, table[code]))}" for code, name in drawing.NAMES.items())
        + f"\n{drawing.FOOTNOTE} 41005 - 58423 - 09990 - S\nCOPIA INFORMATIVA",
    ]
    vote = read("\n".join(parts[i] for i in order)).vote
    assert codes(vote) == drawn_codes(drawing, senate)
    assert (vote.subject, weigh(vote)[1].verdict) == (MATTER, Verdict.SOUND)


def test_a_document_holds_attendances_and_votes_of_one_sitting(
    senate: Any, drawing: ModuleType, read: Callable[..., Any]
) -> None:
    first = replace(senate, kind="ASISTENCIA:", usual="PRE", matter="", record="41005 - 58421 - 09980 - S",
                    marks={"BONIFAZ CARMONA, NORA": "AUS", "LUQUE IBARRA, RUTH": "LV"})  # fmt: skip
    second = replace(first, record="41005 - 58422 - 09981 - S", marks={})
    quorum = replace(first, kind="QUÓRUM:", record="41005 - 58420 - 09979 - S")
    later = replace(senate, record="41005 - 58424 - 09991 - S")
    found = read(drawing.pdf_of(quorum, first, second, senate, later, senate))
    [sitting] = found.sittings
    assert sitting.page == 2
    assert [mark.reason for mark in sitting.attendance if mark.reason] == [Reason.ABSENT, Reason.LEAVE_TRAVEL]
    assert [vote.id[-5:] for vote in found.votes] == ["09990", "09991"]
    assert set(found.troubles) == {"page_twice"}


def test_a_note_puts_presence_on_record(senate: Any, drawing: ModuleType, read: Callable[..., Any]) -> None:
    note = (
        "El senador Torres Morales, presidente del Senado, deja constancia de la asistencia de la senadora "
        "Luque Ibarra."
    )
    sheet = replace(senate, kind="ASISTENCIA:", usual="PRE", matter="", stamps=(), note=note,
                    marks={"BONIFAZ CARMONA, NORA": "AUS", "LUQUE IBARRA, RUTH": "AUS"})  # fmt: skip
    [sitting] = read(drawing.pdf_of(sheet)).sittings
    told = {mark.name: (mark.code, mark.reason) for mark in sitting.attendance}
    assert told["LUQUE IBARRA, RUTH"] == ("AUS", None)
    assert told["BONIFAZ CARMONA, NORA"] == ("AUS", Reason.ABSENT)


def test_an_attendance_that_does_not_add_up_is_noted(
    senate: Any, drawing: ModuleType, read: Callable[..., Any]
) -> None:
    sheet = replace(senate, kind="ASISTENCIA:", usual="PRE", matter="", marks={}, box={"PRESENTE": 59, "AUSENTE": 1})
    found = read(drawing.pdf_of(sheet))
    assert len(found.sittings) == 1
    assert "prints" in found.troubles["attendance_sums"].message


def test_the_box_may_differ_from_the_roll_and_both_are_kept(
    deputies: Any, drawing: ModuleType, read: Callable[..., Any], weigh: Callable[..., Any]
) -> None:
    vote = read(drawing.pdf_of(replace(deputies, box={"A FAVOR (SI)": 66})), "pe_deputies").vote
    assert vote.board is not None
    counted = weigh(vote)[1].counted
    assert (vote.board.yes, counted.yes) == (66, sum(ballot.code.printed == "SI" for ballot in vote.ballots))
    assert "the chair announced" in " ".join(vote.doubts)


def test_a_page_of_the_other_chamber_is_not_read_twice(
    senate: Any, deputies: Any, drawing: ModuleType, read: Callable[..., Any]
) -> None:
    paper = drawing.pdf_of(senate, replace(deputies, title="SENADO DE LA REPÚBLICA DEL PERÚ"))
    assert [vote.id for vote in read(paper).votes] == ["pe-senate-2026-09-30-09990"]
    assert [vote.id for vote in read(paper, "pe_deputies").votes] == ["pe-deputies-2026-10-06-10002"]
    unnumbered = drawing.pdf_of(replace(deputies, record=""))
    assert read(unnumbered).votes == []
    assert read(unnumbered, "pe_deputies").vote.id == "pe-deputies-2026-10-06-t2142"


def test_a_vote_after_midnight_keeps_the_day_of_its_sitting(
    senate: Any, drawing: ModuleType, read: Callable[..., Any]
) -> None:
    vote = read(drawing.pdf_of(replace(senate, clock="Fecha: 01/10/2026 Hora: 12:10 AM"))).vote
    assert vote.id == "pe-senate-2026-09-30-09990"
    assert vote.taken_at is not None
    assert vote.taken_at.isoformat() == "2026-10-01T00:10:00-05:00"


def test_a_digital_sheet_is_read_alike_when_its_words_are_put_into_the_form(
    deputies: Any, drawing: ModuleType, read: Callable[..., Any], weigh: Callable[..., Any]
) -> None:
    paper = seen(drawing.pdf_of(replace(deputies, by_column=True)), "pe_deputies")
    assert paper.pages[0].text
    vote = read(paper, "pe_deputies").vote
    assert codes(vote) == drawn_codes(drawing, deputies)
    assert (vote.subject, weigh(vote)[1].verdict) == (deputies.matter, Verdict.SOUND)


# --- by roll call, by show of hands -----------------------------------------------------------------------------------


def call(drawing: ModuleType, house: str = "senate", **other: Any) -> Any:
    names = [one.printed for one in members.on(house, date(2026, 8, 5))]  # type: ignore[arg-type]
    marks = [(name, None if i % 20 == 7 else (0 if i % 3 else 1 if i % 2 else 2)) for i, name in enumerate(names)]
    usual: dict[str, Any] = {"record": "40001 - 58001 - 09700 - S", "marks": marks}
    return drawing.Call(
        house, "5 de agosto de 2026", "Fecha: 05/08/2026 Hora: 06:10 PM", "ELECCIÓN DE LA MESA", **(usual | other)
    )


def test_in_a_roll_call_the_place_of_the_mark_decides(
    drawing: ModuleType, read: Callable[..., Any], weigh: Callable[..., Any]
) -> None:
    drawn = call(drawing)
    vote = read(drawing.called(drawn)).vote
    _, sums = weigh(vote)
    expected = {name: "(sin marca)" if place is None else ("SI", "NO", "Abst.")[place] for name, place in drawn.marks}
    assert codes(vote) == expected
    assert (vote.id, vote.subject, vote.board) == ("pe-senate-2026-08-05-09700", "ELECCIÓN DE LA MESA", None)
    assert sums.verdict is Verdict.UNCHECKED, "it prints nothing to hold the marks against"


def test_a_roll_call_of_the_deputies_goes_over_four_pages(drawing: ModuleType, read: Callable[..., Any]) -> None:
    drawn = call(drawing, "deputies", record="40002 - 58002 - 09701 - D")
    found = read(drawing.called(drawn), "pe_deputies")
    assert len(found.vote.ballots) == 130
    assert found.vote.doubts == ()
    assert found.troubles == {}


@pytest.mark.parametrize(
    ("change", "doubt"),
    [
        (lambda w: replace(w, box=(w.box[0] + 0.045, *w.box[1:2], w.box[2] + 0.045, w.box[3])), "could not be read"),
        (lambda w: replace(w, text="X"), "could not be read"),
        (lambda w: replace(w, text="P P"), "could not be read"),
    ],
)
def test_a_mark_between_two_columns_is_nobodys_vote(
    change: Callable[[Word], Word],
    doubt: str,
    drawing: ModuleType,
    read: Callable[..., Any],
    document: Callable[..., Any],
) -> None:
    paper = document(drawing.called(call(drawing)))
    first = paper.pages[0]
    at = next(i for i, word in enumerate(first.words) if word.text == "P")
    words = (*first.words[:at], change(first.words[at]), *first.words[at + 1 :])
    vote = read(replace(paper, pages=(replace(first, words=words), *paper.pages[1:]))).vote
    assert [ballot.code.printed for ballot in vote.ballots].count("?") == 1
    assert doubt in " ".join(vote.doubts)


def test_a_row_of_a_roll_call_that_is_lost_is_said(
    drawing: ModuleType, read: Callable[..., Any], document: Callable[..., Any]
) -> None:
    paper = document(drawing.called(call(drawing)))
    first = paper.pages[0]
    kept = tuple(word for word in first.words if word.text != "12")
    vote = read(replace(paper, pages=(replace(first, words=kept), *paper.pages[1:]))).vote
    assert len(vote.ballots) == 59
    assert "rows of the roll call that could not be read: 12" in vote.doubts


def test_a_roll_call_without_places_is_left_to_a_person(drawing: ModuleType, read: Callable[..., Any]) -> None:
    found = read("SENADO DE LA REPÚBLICA DEL PERÚ\nVOTACIÓN NOMINAL\nSesión del 5 de agosto de 2026\n1 FLORES RUIZ P")
    assert found.votes == []
    assert "nominal_without_table" in found.troubles


def test_a_show_of_hands_records_nobody(drawing: ModuleType, read: Callable[..., Any]) -> None:
    found = read(drawing.by_hand("senate", "5 de agosto de 2026"))
    assert found.votes == []
    assert "nobody's vote is on record" in found.troubles["show_of_hands"].message


# --- pictures ---------------------------------------------------------------------------------------------------------


def seen(paper: bytes, slug: str) -> Document:
    """A scanned document with the words that the archive's eyes find on its pages."""
    url = "https://senado.congreso.gob.pe/wp-content/uploads/2026/10/sesion_vbo.pdf"
    made = Document.of(Request(url, "sheet"), paper, datetime(2026, 10, 12, tzinfo=UTC))
    form = source(slug).roles["sheet"].form
    assert form is not None
    with Sight(None, processes=1) as sight:
        return replace(made, pages=sight(made, form))


def test_a_signed_scan_of_the_senate_is_the_same_vote_with_its_note(
    senate: Any, drawing: ModuleType, read: Callable[..., Any], weigh: Callable[..., Any]
) -> None:
    provisional = read(drawing.pdf_of(senate)).vote
    scan = drawing.scanned(drawing.pdf_of(replace(senate, stamps=(), note=NOTE)))
    signed = read(seen(scan, "pe_senate")).vote
    _, sums = weigh(signed)
    assert (signed.id, signed.key) == (provisional.id, provisional.key)
    assert codes(signed) == codes(provisional)
    assert (signed.status, sums.verdict, sums.final) == (Status.OFFICIAL, Verdict.SOUND, Tally(53, 2, 1, 0, 4))
    assert signed.subject == MATTER


def test_a_signed_scan_of_the_deputies_is_read_by_the_cells_of_the_form(
    deputies: Any, drawing: ModuleType, read: Callable[..., Any], weigh: Callable[..., Any]
) -> None:
    note = (
        "El diputado Reto Otero, presidente de la Cámara de Diputados, deja constancia del voto en abstención del "
        "diputado Alvarón De la Cruz."
    )
    paper = seen(drawing.scanned(drawing.pdf_of(replace(deputies, stamps=(), note=note))), "pe_deputies")
    assert sum(word.cell is not None for word in paper.pages[0].words) == 390
    vote = read(paper, "pe_deputies").vote
    _, sums = weigh(vote)
    assert codes(vote) == drawn_codes(drawing, deputies)
    assert (vote.status, sums.verdict) == (Status.OFFICIAL, Verdict.SOUND)
    assert (sums.final.abstain, sums.board.abstain) == (1, 0) if sums.final and sums.board else False


def smudged(page: Page, share: float, seed: int) -> Page:
    """A page on which some words were not surely read, and some are gone."""
    chance = random.Random(seed)
    words = []
    for word in page.words:
        luck = chance.random()
        if luck < share / 4:
            continue
        words.append(replace(word, confidence=0.6) if luck < share else word)
    return replace(page, words=tuple(words))


@pytest.mark.parametrize("by_cell", [True, False])
def test_what_is_smudged_is_open_or_decided_by_the_sums_and_never_wrong(
    by_cell: bool, senate: Any, deputies: Any, drawing: ModuleType, read: Callable[..., Any],
    weigh: Callable[..., Any], document: Callable[..., Any],
) -> None:  # fmt: skip
    sheet, slug = (deputies, "pe_deputies") if by_cell else (senate, "pe_senate")
    drawn = drawn_codes(drawing, sheet)
    paper = seen(drawing.scanned(drawing.pdf_of(replace(sheet, stamps=()))), slug)
    sound = 0
    for seed in range(12):
        pages = (smudged(paper.pages[0], 0.02 * (seed % 4), seed),)
        for vote in read(replace(paper, pages=pages), slug).votes:
            if weigh(vote)[1].verdict is Verdict.SOUND:
                sound += 1
                assert codes(vote) == drawn, seed
    assert sound >= 3


# --- what is no sheet -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "Sesión del 30 de septiembre de 2026 VOTACIÓN: Asunto: 41005 - 58423 - 09990 - S",
        "FP FP FP FP SI SI SI",
        "A FAVOR (SI) 49 EN CONTRA (NO) 3",
        "\0\0\0 FP \0 SI",
        "AN AHORA NACIÓN 1 3 0 0 " * 2_000,
        "FP ÁÉÍÓÚ, SI " * 3_000,
        "*** Presidente: " * 2_000,
        "LIC. " * 8_000,
        "Sesión " * 6_000,
        "Fecha: 1/1/2026 Hora: 1" * 1_500,
    ],
)
def test_hostile_pages_are_refused_or_doubted_in_good_time(
    text: str, read: Callable[..., Any], weigh: Callable[..., Any]
) -> None:
    with suppress(Unreadable):
        assert all(weigh(vote)[1].verdict is Verdict.DOUBTFUL for vote in read([text]).votes)


@given(text=st.text(alphabet="FPJRN SIO-+*.,()0123456789\nÁaeéVTCÓ:/", max_size=600))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_letters_are_read_without_a_slip(text: str, read: Callable[..., Any]) -> None:
    with suppress(Unreadable):
        assert read([text]).found


def test_a_document_without_words_waits_for_them(document: Callable[..., Any], read: Callable[..., Any]) -> None:
    with pytest.raises(Unreadable) as refused:
        read(document("x", pages=()))
    assert refused.value.code == "no_pages"
    with pytest.raises(Unreadable) as refused:
        read(document("x", pages=(Page(1, ()),)))
    assert refused.value.code == "not_sheets"


def test_a_page_without_day_or_head_is_left_to_a_person(
    senate: Any, drawing: ModuleType, read: Callable[..., Any], document: Callable[..., Any]
) -> None:
    bare = drawing.pdf_of(replace(senate, day="mañana", clock=""))
    assert set(read(bare).troubles) == {"page_without_date"}
    assert read(bare, day=date(2026, 9, 30)).vote.sitting_date == date(2026, 9, 30)
