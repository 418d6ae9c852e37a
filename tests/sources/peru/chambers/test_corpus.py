"""Is every sheet of the two chambers that is at hand read whole, whatever the order of its letters?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tracker.domain.reconcile import Verdict
from tracker.domain.votes import Position, Status, Tally
from tracker.sources.catalogue import source
from tracker.sources.contract import Window
from tracker.sources.peru.chambers import library, members

pytestmark = pytest.mark.corpus
LIMA = ZoneInfo("America/Lima")
BROKEN = "senado_20260930_vote_09990_broken_layout.txt"
VOTES = {
    "senado_20260909_attendance_and_vote_09932.txt": (
        "pe-senate-2026-09-09-09932", "15:30", Tally(49, 3, 0, 0, 8), ("7",), "proyecto de resolución legislativa",
        {"SI": 49, "NO ---": 3, "AUS": 4, "LO": 1, "LE": 1, "SinRes": 1, "***": 1},
    ),
    BROKEN: (
        "pe-senate-2026-09-30-09990", "12:46", Tally(50, 0, 2, 0, 8), (), "acuerdo",
        {"SI": 50, "Abst.": 2, "AUS": 4, "LO": 1, "LE": 2, "***": 1},
    ),
    "diputados_20261006_vote_10002.txt": (
        "pe-deputies-2026-10-06-10002", "21:42", Tally(65, 57, 1, 0, 7), (), "cuestión previa",
        {"SI": 65, "NO ---": 57, "Abst.": 1, "AUS": 5, "LO": 1, "***": 1},
    ),
}  # fmt: skip


def text(corpus: Path, name: str) -> str:
    return (corpus / "peru" / "text2026" / name).read_text(encoding="utf-8")


def slug_of(name: str) -> str:
    return "pe_senate" if name.startswith("senado") else "pe_deputies"


@pytest.mark.parametrize("name", VOTES)
def test_a_vote_is_read_whole_and_its_sums_meet(
    name: str, corpus: Path, read: Callable[..., Any], weigh: Callable[..., Any]
) -> None:
    ident, clock, board, bills, kind, codes = VOTES[name]
    vote = read(text(corpus, name), slug_of(name)).vote
    placed, sums = weigh(vote)
    day = date.fromisoformat(re.search(r"\d{4}-\d\d-\d\d", ident)[0])  # type: ignore[index]
    assert (vote.id, vote.legislature, vote.sitting_date) == (ident, slug_of(name), day)
    assert vote.taken_at == datetime.combine(day, time.fromisoformat(clock), LIMA)
    assert (vote.board, vote.bills, vote.period, vote.kind) == (board, bills, "2026-2031", kind)
    assert Counter(ballot.code.printed for ballot in vote.ballots) == codes
    assert (sums.verdict, sums.final, vote.doubts) == (Verdict.SOUND, sums.board, ())
    assert vote.status is Status.PROVISIONAL
    assert vote.complete
    assert vote.spoken_whole
    assert not placed.unresolved
    house = "senate" if slug_of(name) == "pe_senate" else "deputies"
    assert {ballot.member for ballot in placed.ballots} == {one.id for one in members.members(house)}
    assert len(vote.ballots) == source(slug_of(name)).sheet.chamber.seats
    assert len(vote.groups) == 6


def test_a_name_that_slipped_off_its_row_goes_back_to_it(corpus: Path, read: Callable[..., Any]) -> None:
    ballots = {ballot.name: ballot for ballot in read(text(corpus, BROKEN)).vote.ballots}
    assert ballots["VELÁSQUEZ PORTOCARRERO"].code.position is Position.YES
    assert ballots["VENTURA ÁNGEL, HÉCTOR"].code.printed == "AUS"
    assert ballots["VELÁSQUEZ GARCÍA, MIGUEL"].group == "RP"


def test_the_subject_is_found_wherever_it_stands(corpus: Path, read: Callable[..., Any]) -> None:
    after, between, last = (read(text(corpus, name), slug_of(name)).vote.subject for name in VOTES)
    assert after.startswith("PROYECTO DE RESOLUCIÓN LEGISLATIVA 7, QUE AUTORIZA EL INGRESO DE UNA UNIDAD NAVAL Y DE")
    assert after.endswith("DEL PERÚ, DEL 15 AL 18 DE SETIEMBRE DE 2026")
    assert between.startswith("ACUERDO DEL SENADO DE LA REPÚBLICA QUE APRUEBA LA SOLICITUD DE PRÓRROGA DEL PLAZO")
    assert between.endswith("113-2026-PCM, SOLICITADA POR LA PRESIDENCIA DE LA REPÚBLICA")
    assert last == "CUESTIÓN PREVIA PARA QUE SE SOMETA A VOTACIÓN EL PRIMER DICTAMEN PRESENTADO EN MINORÍA"


def test_an_attendance_is_read_whole_and_its_sums_meet(corpus: Path, read: Callable[..., Any]) -> None:
    found = read(text(corpus, "senado_20261007_attendance.txt"))
    [sitting] = found.sittings
    assert found.troubles == {}
    assert (sitting.date, sitting.title) == (date(2026, 10, 7), "Sesión del 7 de octubre de 2026")
    assert Counter(mark.code for mark in sitting.attendance) == {"PRE": 39, "AUS": 13, "LV": 6, "LO": 1, "LE": 1}
    assert sum(mark.reason is None for mark in sitting.attendance) == 39


def cells(page: str) -> str:
    """Put each cell of a roll that has three rows a line on a line of its own."""
    return re.sub(r"(?<=\S) (?=(?:AN|FP|JP|PBG|PCO|RP|SI|NO ---|AUS|LO|LE|Abst\.|SinRes|\*\*\*)(?:\s|$))", "\n", page)


def joined(page: str) -> str:
    """Lose every end of line."""
    return " ".join(page.split())


@pytest.mark.parametrize("name", [name for name in VOTES if name != BROKEN])
def test_where_lines_end_makes_no_difference(
    name: str, corpus: Path, read: Callable[..., Any], weigh: Callable[..., Any]
) -> None:
    usual = read(text(corpus, name), slug_of(name)).vote
    other = read(cells(text(corpus, name)), slug_of(name)).vote
    assert (other.ballots, other.board, other.groups) == (usual.ballots, usual.board, usual.groups)
    assert weigh(other)[1].verdict is Verdict.SOUND


def test_the_two_copies_of_a_vote_differ_by_what_was_said_aloud_only(corpus: Path, read: Callable[..., Any]) -> None:
    page = text(corpus, "senado_20260909_attendance_and_vote_09932.txt")
    note = (
        "El senador Torres Morales, presidente del Senado, deja constancia del voto a favor de los senadores López "
        "Chau Nava y Bonifaz Carmona."
    )
    signed = re.sub(r"COPIA INFORMATIVA\nINFORMACIÓN PROVISIONAL ?\nSIN LOS VOTOS ORALES", note, page)
    before, after = read(page).vote, read(signed, name="Asistencias_y_votaciones_sesion_09_09_2026_vbo.pdf").vote
    assert (before.id, before.key, before.ballots) == (after.id, after.key, after.ballots)
    assert (before.status, after.status) == (Status.PROVISIONAL, Status.OFFICIAL)
    assert [(said.name, said.now) for said in after.spoken] == [
        ("López Chau Nava", Position.YES),
        ("Bonifaz Carmona", Position.YES),
    ]


@pytest.mark.parametrize("name", [name for name in VOTES if name != BROKEN])
@pytest.mark.parametrize("pages", [2, 3, 4])
def test_a_sheet_may_go_on_overleaf(
    name: str, pages: int, corpus: Path, read: Callable[..., Any], weigh: Callable[..., Any]
) -> None:
    lines = text(corpus, name).split("\n")
    size = -(-len(lines) // pages)
    parts = ["\n".join(lines[start : start + size]) for start in range(0, len(lines), size)]
    other = text(corpus, "senado_20260930_vote_09990_broken_layout.txt")
    found = read([other, *parts, other], slug_of(name))
    [vote] = [vote for vote in found.votes if vote.id == VOTES[name][0]]
    assert vote.page == 2
    assert vote.ballots == read(text(corpus, name), slug_of(name)).vote.ballots
    assert weigh(vote)[1].verdict is Verdict.SOUND


def test_a_page_of_the_other_chamber_is_left_to_its_source(corpus: Path, read: Callable[..., Any]) -> None:
    page = text(corpus, "diputados_20261006_vote_10002.txt")
    assert read(page).votes == []
    assert "the Chamber of Deputies" in read(page).troubles["other_chamber"].message
    headed = page.replace("CÁMARA DE DIPUTADOS DE LA REPÚBLICA DEL PERÚ", "SENADO DE LA REPÚBLICA DEL PERÚ")
    assert read(headed).votes == []
    assert len(read(headed, "pe_deputies").vote.ballots) == 130


def losses(page: str) -> Iterable[tuple[str, str]]:
    """Pages with one thing wrong, each of which must be said."""
    yield "a row is missing", page.replace("JP QUITO SARMIENTO, NO ---", "")
    yield "a code is another", page.replace("WALTER SI", "WALTER NO ---")
    yield "a code is unknown", page.replace("WALTER SI", "WALTER XX")
    yield "a code is missing", page.replace("WALTER SI", "WALTER")
    yield "a group is another", page.replace("PCO GAGO", "AN GAGO")
    yield "a total is another", page.replace("A FAVOR (SI) 49", "A FAVOR (SI) 48")
    yield "a total is missing", page.replace("EN CONTRA (NO) 3\n", "")
    yield "the box is missing", re.sub(r"A FAVOR.*?SUSPENDIDO 0\n", "", page, flags=re.DOTALL)
    yield "a figure by group is another", page.replace("FUERZA POPULAR 19 0 0 1", "FUERZA POPULAR 18 1 0 1")
    yield "a name stands twice", page.replace("GAGO RODRÍGUEZ, WALTER", "FLORES CÓRDOVA, AGRIPINA")
    yield "a label is unknown", page.replace("SUSPENDIDO 0", "SUSPENDIDO 0\nLIC. SIN GOCE 0")
    yield "a total is printed twice", page.replace("SUSPENDIDO 0", "SUSPENDIDO 0\nA FAVOR (SI) 51")
    yield "the number is missing", page.replace("40992 - 58350 - 09932 - S", "")
    yield "the clock is missing", page.replace("Fecha: 09/09/2026 Hora: 03:30 PM", "")
    yield "the asterisks are another's", page.replace("MIGUEL ***", "MIGUEL SI").replace("HÉCTOR SI", "HÉCTOR ***")


@pytest.mark.parametrize("at", range(15))
def test_nothing_wrong_goes_unsaid(at: int, corpus: Path, read: Callable[..., Any], weigh: Callable[..., Any]) -> None:
    page = text(corpus, "senado_20260909_attendance_and_vote_09932.txt")
    what, wrong = list(losses(page))[at]
    assert wrong != page, what
    found = read(wrong)
    placed, sums = weigh(found.vote)
    assert sums.verdict is Verdict.DOUBTFUL, what
    assert found.vote.doubts, what
    held = {ballot.name: ballot.code.printed for ballot in read(page).vote.ballots}
    differ = [ballot for ballot in placed.ballots if held.get(ballot.name) != ballot.code.printed]
    assert len(differ) <= 2, f"{what}: the other rows are as they were"


OLD_BOX = """Resultados de VOTACIÓN
SI+++ 49
NO--- 3
Abst. 0
SinRes 2
Ausentes (Aus) 4
Con licencia Oficial (LO) 1
Licencia por enfermedad (LE) 1
Licencia personal (LP) 0
Suspendidos (Sus) 0
Fallecidos (F) 0
"""


def test_the_box_of_the_sheets_before_is_read_too(
    corpus: Path, read: Callable[..., Any], weigh: Callable[..., Any]
) -> None:
    page = text(corpus, "senado_20260909_attendance_and_vote_09932.txt")
    vote = read(re.sub(r"Resultado de\n.*?SUSPENDIDO 0\n", OLD_BOX, page, flags=re.DOTALL)).vote
    assert vote.board == Tally(49, 3, 0, 0, 8)
    assert weigh(vote)[1].verdict is Verdict.SOUND


def test_a_record_whose_roll_is_lost_is_left_to_a_person(corpus: Path, read: Callable[..., Any]) -> None:
    page = text(corpus, "senado_20260909_attendance_and_vote_09932.txt")
    found = read(re.sub(r"FP AGUINAGA.*?(?=Resultado de)", "", page, flags=re.DOTALL))
    assert found.votes == []
    assert "09932 has no roll" in found.troubles["roll_not_read"].message


def test_a_name_that_nobody_bears_stays_as_printed_and_costs_the_vote_nothing(
    corpus: Path, read: Callable[..., Any], weigh: Callable[..., Any]
) -> None:
    page = text(corpus, "senado_20260909_attendance_and_vote_09932.txt")
    placed, sums = weigh(read(page.replace("GAGO RODRÍGUEZ, WALTER", "GAGO RODRÍGUES, WALTER")).vote)
    assert placed.unresolved == ("GAGO RODRÍGUES, WALTER",), "nobody is met for being near"
    assert sums.verdict is Verdict.SOUND


def test_a_line_of_a_note_is_not_taken_for_the_chairs_name(
    corpus: Path, read: Callable[..., Any], weigh: Callable[..., Any]
) -> None:
    page = text(corpus, "senado_20260909_attendance_and_vote_09932.txt").replace("Torres Morales, Miguel Ángel\n", "")
    note = (
        "\nEl senador Torres Morales, presidente del Senado, deja constancia del voto a favor de los senadores "
        "Bonifaz\nCarmona, López Chau Nava\ny Yauri Tunque."
    )
    vote = read(page + note).vote
    assert [said.name for said in vote.spoken] == ["Bonifaz Carmona", "López Chau Nava", "Yauri Tunque"]
    assert str(weigh(vote)[1].final) == "52–3–0"


def test_a_note_in_capitals_leaves_the_tally_open(
    corpus: Path, read: Callable[..., Any], weigh: Callable[..., Any]
) -> None:
    page = text(corpus, "senado_20260909_attendance_and_vote_09932.txt")
    note = "\nEL PRESIDENTE DEL SENADO DEJA CONSTANCIA DEL VOTO A FAVOR DEL SENADOR LÓPEZ CHAU NAVA."
    _, sums = weigh(read(page + note).vote)
    assert (sums.final, sums.verdict) == (None, Verdict.DOUBTFUL)


def test_the_box_may_show_what_was_announced_and_both_figures_are_kept(
    corpus: Path, read: Callable[..., Any], weigh: Callable[..., Any]
) -> None:
    page = text(corpus, "diputados_20261006_vote_10002.txt").replace("A FAVOR (SI)\n65", "A FAVOR (SI)\n60")
    vote = read(page, "pe_deputies").vote
    _, sums = weigh(vote)
    assert (vote.board, sums.counted) == (Tally(60, 57, 1, 0, 7), Tally(65, 57, 1, 0, 7))
    assert any("the box may show the figure that the chair announced" in doubt for doubt in vote.doubts)
    assert sums.verdict is Verdict.DOUBTFUL


def test_the_answer_of_the_senates_library_is_read(corpus: Path, answer: Callable[..., Any]) -> None:
    sheet = source("pe_senate").sheet
    content = (corpus / "peru" / "text2026" / "media_senado_votaci.json").read_bytes()
    window = Window(date(2026, 7, 20), date(2026, 10, 9))
    found = answer(library.first(window, sheet, library.OWN, "votaci"), content)
    days = [request.day for request in found.requests]
    assert found.troubles == {}
    assert len(found.requests) == 16, "17 entries, one of them a picture"
    assert None not in days
    assert days == sorted(days)
    assert (days[0], days[-1]) == (date(2026, 7, 24), date(2026, 10, 7))
    thirtieth = [request.context["name"] for request in found.requests if request.day == date(2026, 9, 30)]
    assert [("PROVISIONAL" in name, "vbo" in name) for name in thirtieth] == [(True, False), (False, True)]


def test_the_deputies_ask_the_senates_library_for_their_own_file(corpus: Path, answer: Callable[..., Any]) -> None:
    sheet = source("pe_deputies").sheet
    content = (corpus / "peru" / "text2026" / "media_senado_votaci.json").read_bytes()
    window = Window(date(2026, 7, 20), date(2026, 10, 9))
    found = answer(library.first(window, sheet, library.OTHER, "votaci"), content, "pe_deputies")
    assert [request.context["name"] for request in found.requests] == [
        "ASISTENCIA-VOTACION-PLENO-DIPUTADOS-20260818-provisional.pdf"
    ]


def test_the_list_of_members_is_read(corpus: Path, answer: Callable[..., Any]) -> None:
    content = (corpus / "peru" / "text2026" / "members_senado_excerpt.json").read_bytes()
    request = next(
        iter(source("pe_senate").start(Window(date(2026, 9, 1), date(2026, 10, 9)), source("pe_senate").sheet))
    )
    found = answer(request, content)
    assert [(mandate.person.id, mandate.person.name, mandate.region) for mandate in found.mandates] == [
        ("velasquez-garcia", "Velásquez García, Miguel Angel", "Peruanos en el exterior"),
        (
            "jauregui-martinez-de-aguayo",
            "Jauregui Martínez de Aguayo, María de los Milagros Jackeline",
            "Lima Metropolitana",
        ),
        ("ticona-cohaila", "Ticona Cohaila, Juana Guisella", "Tacna"),
    ]
    assert set(found.troubles) == {"not_listed"}, "the excerpt has three of sixty"
