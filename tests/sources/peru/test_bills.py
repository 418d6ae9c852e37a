"""Is the list of bills read strictly, whole where it must be, and without anything of a person but the name?"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.bills import BillRecord
from tracker.domain.evidence import Document, Request
from tracker.sources.contract import Finding, Trouble, Unreadable, Window
from tracker.sources.peru.bills import LISTS, MOST_ROWS, ROWS, SHEET, SOURCE, page, read_list, start

WEEK = Window(date(2026, 10, 1), date(2026, 10, 8))
"""Up to a Thursday."""


def row(number: int = 12, code: str = "S", **more: Any) -> dict[str, Any]:
    suffix = {"S": "S", "D": "CD", "C": "CR"}[code]
    return {
        "perParId": 2026, "pleyNum": number, "proyectoLey": f"{number:05}-2026-2031-{suffix}",
        "desEstado": "EN COMISIÓN",
        "fecPresentacion": "2026-10-05T00:00:00.000-05:00", "titulo": "LEY QUE PROPONE", "desProponente": "Congreso",
        "autores": "Paz, Ana; Sol, Berta", "codTipoParl": code, "codTipoParlActual": code, "rowsTotal": 0,
    } | more  # fmt: skip


def old(number: int) -> dict[str, Any]:
    return row(number, "C", perParId=2021, proyectoLey=f"{number:05}/2024-CR")


def read(content: object, request: Request | None = None) -> list[Finding]:
    """Read an answer: bytes, or what is to be written as JSON."""
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    asked = request or page(SHEET, 2026, "S", 0, whole=False)
    return list(read_list(Document.of(asked, raw, datetime(2026, 10, 9, tzinfo=UTC)), SHEET))


def answer(rows: Iterable[object], total: object = 0, **more: Any) -> dict[str, Any]:
    return {"code": 200, "status": "success", "data": {"proyectos": list(rows), "rowsTotal": total}} | more


def bills(found: list[Finding]) -> list[BillRecord]:
    return [one for one in found if isinstance(one, BillRecord)]


def codes(found: list[Finding]) -> list[str]:
    return [one.code for one in found if isinstance(one, Trouble)]


def asked_for(window: Window) -> list[dict[str, str]]:
    return [dict(request.context) for request in start(window, SHEET)]


def test_the_newest_page_of_each_growing_list_is_asked_for() -> None:
    assert [(a["period"], a["code"], a["row"], a["whole"]) for a in asked_for(WEEK)] == [
        ("2026", "D", "0", "no"), ("2026", "S", "0", "no"), ("2026", "C", "0", "no"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "window",
    [Window(date(2026, 10, 4), date(2026, 10, 11)), Window(date(2021, 7, 27), date(2026, 10, 8))],
    ids=["on a Sunday", "since the period began"],
)
def test_whole_lists_are_asked_for(window: Window) -> None:
    found = asked_for(window)
    assert [(int(a["period"]), a["code"]) for a in found] == list(LISTS)
    assert {a["whole"] for a in found} == {"yes"}


def test_years_filled_in_one_by_one_ask_for_each_whole_list_once() -> None:
    years = [Window(max(date(year, 1, 1), date(2021, 7, 27)), date(year, 12, 31)) for year in range(2021, 2027)]
    asked = [[(a["period"], a["code"], a["whole"]) for a in asked_for(year)] for year in years]
    assert asked == [
        [("2021", "C", "yes")], [], [], [], [], [("2026", "D", "yes"), ("2026", "S", "yes"), ("2026", "C", "yes")],
    ]  # fmt: skip


def test_what_is_sent_along_says_which_rows() -> None:
    first, second = (page(SHEET, 2021, "C", row, whole=True) for row in (0, 1000))
    assert first.url != second.url
    assert first.url.startswith("https://api.congreso.gob.pe/spley-portal-service/proyecto-ley/lista-con-filtro#post-")
    sent = json.loads(second.body or "")
    assert (sent["perParId"], sent["codTipoParl"], sent["pageSize"], sent["rowStart"]) == (2021, "C", 1000, 1000)
    assert sent["conAcumulado"] is False
    assert sum(value is None for value in sent.values()) == 12


def test_a_full_page_leads_to_the_next_whatever_total_is_told() -> None:
    full = answer(old(n) for n in range(2000, 2000 - ROWS, -1))
    [*_, onward] = read(full, page(SHEET, 2021, "C", 3000, whole=True))
    assert isinstance(onward, Request)
    assert onward == page(SHEET, 2021, "C", 4000, whole=True)
    assert not [f for f in read(full, page(SHEET, 2021, "C", 3000, whole=False)) if isinstance(f, Request)]
    last = read(answer([old(1)]), page(SHEET, 2021, "C", 4000, whole=True))
    assert [type(found) for found in last] == [BillRecord]
    assert read(answer([]), page(SHEET, 2021, "C", 4000, whole=True)) == []
    at_the_end = read(full, page(SHEET, 2021, "C", MOST_ROWS - ROWS, whole=True))
    assert not [found for found in at_the_end if isinstance(found, Request)], "a list without end is left at the bound"


def test_an_answer_with_every_row_at_once_is_the_whole_list() -> None:
    found = read(answer(old(n) for n in range(1, ROWS + 2)), page(SHEET, 2021, "C", 0, whole=True))
    assert len(bills(found)) == len(found) == ROWS + 1


def test_rows_that_were_announced_and_did_not_come_are_told() -> None:
    assert codes(read(answer([row()], 13))) == ["list_cut"]
    assert codes(read(answer([row()], 1))) == []


def test_a_bill_as_it_is_kept() -> None:
    [found] = bills(
        read(answer([row(titulo=" LEY \n\n QUE\u00a0PROPONE\u200b\u0000 ", autores="Paz, Ana;; Paz, Ana ;Sol")]))
    )
    assert found == BillRecord(
        legislature="pe_senate", period="2026-2031", number="12", notation="00012-2026-2031-S", title="LEY QUE PROPONE",
        stage="EN COMISIÓN", presented=date(2026, 10, 5), proponent="Congreso", authors=("Paz, Ana", "Sol"),
    )  # fmt: skip


def test_the_day_is_that_of_lima() -> None:
    [found] = bills(read(answer([row(fecPresentacion="2026-10-06T03:00:00.000Z")])))
    assert found.presented == date(2026, 10, 5)


@pytest.mark.parametrize("name", ["perParId", "pleyNum", "proyectoLey", "desEstado", "fecPresentacion", "titulo",
                                  "desProponente", "autores", "codTipoParl"])  # fmt: skip
def test_a_row_without_a_field_is_refused(name: str) -> None:
    lacking = row()
    del lacking[name]
    with pytest.raises(Unreadable, match=name) as caught:
        read(answer([row(), lacking]))
    assert caught.value.code == "wrong_field"


@pytest.mark.parametrize(
    ("name", "value"),
    [("pleyNum", "12"), ("pleyNum", 12.0), ("pleyNum", True), ("perParId", None), ("titulo", None), ("titulo", 5),
     ("desEstado", []), ("autores", ["Paz, Ana"]), ("desProponente", {}), ("rowsTotal", "13"), ("codTipoParl", None)],
)  # fmt: skip
def test_a_field_of_another_type_is_refused(name: str, value: object) -> None:
    with pytest.raises(Unreadable, match=name) as caught:
        read(answer([row(**{name: value})]))
    assert caught.value.code == "wrong_field"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_json"),
        (b"<html>Request Rejected</html>", "not_json"),
        (b'{"code":200,"status":"success","data":{"proyectos":[', "not_json"),
        (b"\xff\xfe\x00", "not_json"),
        (b"[" * 100_000, "not_json"),
        (b"9" * 5_000, "not_json"),
        ([], "not_a_list"),
        ({"code": 400, "status": "error", "message": "Ingrese el periodo"}, "not_a_list"),
        (answer([row()], status="error"), "not_a_list"),
        (answer([row()], data=[row()]), "not_a_list"),
        (answer([row()], "13"), "not_a_list"),
        (answer([row(), "row"]), "wrong_field"),
        (answer([row(titulo="X" * 6_001)]), "too_long"),
        (answer([row(desEstado="X" * 301)]), "too_long"),
        (answer([], 0), "empty_list"),
        (answer([{}] * (MOST_ROWS + 1)), "too_many_rows"),
    ],
)
def test_what_is_no_list_of_bills_is_refused(content: object, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(content)
    assert caught.value.code == code
    assert "list 2026 S" in str(caught.value)


@pytest.mark.parametrize(
    "odd",
    [{"proyectoLey": "00013-2026-2031-S"}, {"proyectoLey": "00012-2026-2031-X"}, {"proyectoLey": "12"},
     {"proyectoLey": "00012/2024-CR"}, {"perParId": 2021}, {"codTipoParl": "D"}, {"fecPresentacion": "5/10/2026"},
     {"fecPresentacion": "2026-10-05T00:00:00"}, {"titulo": " \n"}, {"desEstado": ""}],
)  # fmt: skip
def test_a_row_that_contradicts_itself_is_left_out(odd: dict[str, Any]) -> None:
    found = read(answer([row(**odd), row(13)]))
    assert [bill.number for bill in bills(found)] == ["13"]
    assert codes(found) == ["odd_row"]


@given(st.dictionaries(st.text(max_size=20), st.none() | st.integers() | st.text(max_size=30), max_size=5))
def test_further_fields_are_noted_and_change_nothing(more: dict[str, Any]) -> None:
    usual = row()
    found = read(answer([more | usual]))
    assert bills(found) == bills(read(answer([usual])))
    assert codes(found) == (["unknown_field"] if more.keys() - usual.keys() else [])


@given(st.text(max_size=200), st.text(max_size=200))
def test_whatever_a_title_holds_it_can_be_shown_and_stored(title: str, authors: str) -> None:
    for bill in bills(read(answer([row(titulo=title, autores=authors)]))):
        for text in (bill.title, *bill.authors):
            assert text == text.strip() != ""
            assert text.isprintable()
            text.encode()


def test_the_sheet_says_of_the_chamber_what_the_minutes_sheet_says() -> None:
    from tracker.sources.peru.minutes import SHEET as MINUTES

    assert SHEET.chamber == MINUTES.chamber


def test_every_official_page_is_named_once_and_says_how_it_is_known() -> None:
    assert len({(link.kind, link.legislature, link.period) for link in SHEET.links}) == len(SHEET.links)
    assert all(len(link.because) > 40 for link in SHEET.links)


def test_a_page_that_somebody_has_is_read_for_what_it_says() -> None:
    found = read(answer([row(), row(3, "D"), old(7)]), Request("file:page.json", "list"))
    assert [bill.legislature for bill in bills(found)] == ["pe_senate", "pe_deputies", "pe_congress"]
    assert codes(found) == []


@pytest.mark.corpus
def test_the_senates_list_of_october_2026(corpus: Path) -> None:
    raw = (corpus / "peru" / "text2026" / "spley_2026_S_page.json").read_bytes()
    strike = SOURCE.roles["list"].strike
    assert strike is not None
    kept = strike(raw)
    assert b"23:03:10" not in kept
    found = read(kept)
    assert [bill.number for bill in bills(found)] == ["13", "12", "11", "10", "9"]
    assert codes(found) == ["list_cut"], "the corpus holds five of the thirteen rows"
    assert [len(bill.authors) for bill in bills(found)] == [0, 0, 1, 8, 0]
    assert bills(found)[1].stage == "AUTÓGRAFA"
    assert bills(found)[0].title.startswith("PROPUESTA LEGISLATIVA REMITIDA POR LA CÁMARA DE DIPUTADOS - LEY QUE")
