"""Which files does the table of sittings lead to, and what if there is none?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import ModuleType
from typing import Any

import pytest

from tracker.sources.catalogue import source
from tracker.sources.contract import Trouble, Unreadable, Window
from tracker.sources.peru.chambers import sessions

SHEET = source("pe_senate").sheet
OCTOBER = Window(date(2026, 10, 1), date(2026, 10, 31))
FIRST = sessions.first(OCTOBER, SHEET)
SITE = "https://senado.congreso.gob.pe/wp-content/uploads/2026/10"
Answer = Callable[..., Any]


def test_the_files_of_the_days_wanted_are_asked_for_oldest_first(answer: Answer, drawing: ModuleType) -> None:
    page = drawing.sessions(
        [
            ("14/10/2026", "Pleno", [f"{SITE}/b.pdf", f"{SITE}/b2.pdf"]),
            ("07/10/2026", "Pleno", [f"{SITE}/a.pdf"]),
            ("30/09/2026", "Pleno", [f"{SITE}/z.pdf"]),
            ("21/10/2026", "Pleno", []),
        ]
    )
    found = answer(FIRST, page)
    assert [(request.url, request.day) for request in found.requests] == [
        (f"{SITE}/a.pdf", date(2026, 10, 7)),
        (f"{SITE}/b.pdf", date(2026, 10, 14)),
        (f"{SITE}/b2.pdf", date(2026, 10, 14)),
    ]
    assert found.troubles == {}


def test_only_the_column_of_votes_counts(answer: Answer, drawing: ModuleType) -> None:
    page = drawing.sessions([("07/10/2026", f'<a href="{SITE}/temas.pdf">x</a>', [f"{SITE}/a.pdf", f"{SITE}/v.mp4"])])
    assert [request.url for request in answer(FIRST, page).requests] == [f"{SITE}/a.pdf"]


def test_relative_links_lie_on_the_same_site_and_others_are_not_followed(answer: Answer, drawing: ModuleType) -> None:
    links = ["/wp-content/a.pdf", "https://elsewhere.example/b.pdf", "//[/c.pdf", "javascript:alert(1)//.pdf"]
    found = answer(FIRST, drawing.sessions([("07/10/2026", "Pleno", links)]))
    assert [request.url for request in found.requests] == ["https://senado.congreso.gob.pe/wp-content/a.pdf"]
    assert found.troubles["elsewhere"]


def test_a_row_without_a_day_takes_it_from_the_name_or_is_asked_for_always(answer: Answer, drawing: ModuleType) -> None:
    page = drawing.sessions(
        [("pronto", "", [f"{SITE}/sesion_07_10_2026.pdf", f"{SITE}/x.pdf"]), ("40/40/2026", "", [f"{SITE}/y.pdf"])]
    )
    days = {request.url.rsplit("/", 1)[1]: request.day for request in answer(FIRST, page).requests}
    assert days == {"sesion_07_10_2026.pdf": date(2026, 10, 7), "x.pdf": None, "y.pdf": None}


@pytest.mark.parametrize(
    "page",
    [
        b"<html><body><p>Sesiones</p></body></html>",
        b"<html><body><table><tr><th>Fecha</th><th>Acta</th></tr></table></body></html>",
        b'{"json": true}',
    ],
)
def test_a_page_without_the_table_is_noted_and_the_library_goes_on(page: bytes, answer: Answer) -> None:
    found = answer(FIRST, page)
    assert found.requests == []
    assert "media library" in found.troubles["no_session_table"].message


def test_an_empty_page_is_refused(answer: Answer) -> None:
    with pytest.raises(Unreadable):
        answer(FIRST, b"")


def test_a_table_that_is_gone_is_a_remark_and_no_failure() -> None:
    [remark] = source("pe_senate").roles["sessions"].missing(FIRST, SHEET)
    assert isinstance(remark, Trouble)
    assert "[address] paths in the sheet of pe_senate" in remark.message
