from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import pytest

from tracker.domain.evidence import Document, Request
from tracker.sources.contract import Trouble, Unreadable
from tracker.sources.peru import listing
from tracker.sources.peru.minutes import SHEET, SOURCE

Make = Callable[..., Document]
BASE = "https://www2.congreso.gob.pe/sicr/RedacActas/Actas.nsf/"
URL = BASE + "new_ActasPlenoAct?OpenForm&ExpandView&Count=3000"
ALL = {"since": "2000-01-01", "until": "2030-01-01"}


def heading(code: str, text: str, *, shut: bool) -> str:
    how = "Expand" if shut else "Collapse"
    href = (
        f"/sicr/RedacActas/Actas.nsf/new_ActasPlenoAct?OpenForm&amp;Start=1&amp;Count=1000&amp;{how}={code}&amp;Seq=2"
    )
    return (
        f'<tr valign="top"><td colspan="5"><table><tr><td><a href="{href}" target="_self"><img alt=""></a></td>'
        f"<td><font>{text}</font></td></tr></table></td><td></td></tr>"
    )


def row(path: str, day: str = "") -> str:
    return (
        f"<tr><td></td><td></td><td><font>{day}</font></td><td><A HREF=javascript:openWindow('{path}')>"
        "<div align='justify'>Acta</A></font></td><td></td></tr>"
    )


def page(*rows: str) -> bytes:
    return f"<html><body><form><table>{''.join(rows)}</table></form></body></html>".encode()


def read(document: Document) -> tuple[list[Request], list[Trouble]]:
    found = list(listing.read_listing(document, SHEET))
    return [x for x in found if isinstance(x, Request)], [x for x in found if isinstance(x, Trouble)]


def test_minutes_of_the_window_are_asked_for(document: Make) -> None:
    content = page(
        heading("1", "Periodo Parlamentario 2021 - 2026", shut=False),
        row("0/AB/$FILE/13-1415.jun.2023.pdf"),
        row("0/CD/$FILE/12-17182425.may.8.jun.2023.pdf"),
        row("0/EF/$FILE/90012593.pdf"),
        row("0/GH/$FILE/03-05.agoPLO2021.pdf"),
        row("0/IJ/$FILE/acta de la sesión 5.pdf", "06/07/2023"),
        row("0/AB/$FILE/13-1415.jun.2023.pdf"),
    )
    requests, _ = read(document(content, "listing", URL, since="2023-05-01", until="2023-06-10"))
    assert [(unquote(r.url.rsplit("/", 1)[-1]), r.day) for r in requests] == [
        ("12-17182425.may.8.jun.2023.pdf", date(2023, 6, 8)),
        ("90012593.pdf", None),
        ("acta de la sesión 5.pdf", date(2023, 6, 7)),
    ]
    assert requests[-1].url == BASE + "0/IJ/$FILE/acta%20de%20la%20sesi%C3%B3n%205.pdf"
    assert all(r.role == "minutes" and r.context["since"] == "2023-05-01" for r in requests)


def test_closed_headings_are_followed_downwards_only(document: Make) -> None:
    content = page(
        heading("1", "Periodo Parlamentario 2021 - 2026", shut=False),
        heading("1.1", "Período Anual de Sesiones 2023 - 2024", shut=True),
        heading("1.2", "Período Anual de Sesiones 2022 - 2023", shut=True),
        heading("1.4", "Período Anual de Sesiones 2016 - 2017", shut=True),
        heading("2", "Otros", shut=True),
    )
    window = {"since": "2023-05-01", "until": "2023-06-10"}
    requests, _ = read(document(content, "listing", URL, **window))
    assert [r.context["code"] for r in requests] == ["1.1", "1.2", "2"]
    assert "Expand=1.2" in requests[1].url
    below = page(
        heading("1.1", "x", shut=True), heading("1.2.1", "Segunda", shut=True), heading("1.2.2", "x", shut=False)
    )
    requests, _ = read(document(below, "listing", URL, code="1.2", **window))
    assert [r.context["code"] for r in requests] == ["1.2.1"]


def test_plain_links_are_read_too(document: Make) -> None:
    content = page('<tr><td><a href="/sicr/RedacActas/Actas.nsf/0/X/$FILE/12-11.abr.2024.pdf">Acta</a></td></tr>')
    requests, _ = read(document(content, "listing", URL, **ALL))
    assert [(r.url, r.day) for r in requests] == [(BASE + "0/X/$FILE/12-11.abr.2024.pdf", date(2024, 4, 11))]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"%PDF-1.7", "not_html"),
        (b"plain words", "not_html"),
        (b"<html><body><a href='/x'>Inicio</a></body></html>", "not_a_listing"),
    ],
)
def test_what_is_no_listing_says_what_to_change(document: Make, content: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as error:
        read(document(content, "listing", URL, **ALL))
    assert error.value.code == code
    if code == "not_a_listing":
        assert "[address] paths" in str(error.value)


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("12-17182425.may.8.jun.2023.pdf", ["05-17", "05-18", "05-24", "05-25", "06-08"]),
        (
            "28-262730.ene.0102080917.feb.2023.pdf",
            ["01-26", "01-27", "01-30", "02-01", "02-02", "02-08", "02-09", "02-17"],
        ),
        ("27-31ene.0102feb.2022.pdf", ["01-31", "02-01", "02-02"]),
        ("01-1,8,10.mar.2022.pdf", ["03-01", "03-08", "03-10"]),
        ("05-19y24agoPLO2021.pdf", ["08-19", "08-24"]),
        ("00-md_23^J26.jul.2021.pdf", ["07-23", "07-26"]),
        ("08-02setPLO2021v2.pdf", ["09-02"]),
        ("97391016.pdf", []),
        ("12-31.feb.2022.pdf", []),
        ("12-123.may.2022.pdf", []),
        ("12-24.may.17.may.2022.pdf", []),
    ],
)
def test_days_in_file_names(name: str, days: list[str]) -> None:
    assert [day.strftime("%m-%d") for day in listing.days_in(name)] == days


@pytest.mark.corpus
def test_the_real_view_of_the_sister_paper(corpus: Path, document: Make) -> None:
    folder = corpus / "peru" / "listing"
    url = "https://www2.congreso.gob.pe/Sicr/RelatAgenda/PlenoComiPerm20112016.nsf/new_asistenciavotacion?OpenForm"
    requests, troubles = read(document((folder / "pleno_index_expanded.html").read_bytes(), "listing", url, **ALL))
    with (folder / "listing_parsed.csv").open(encoding="utf-8") as lines:
        known = list(csv.DictReader(lines))
    assert len(requests) == 937
    assert [(r.day.isoformat() if r.day else None) for r in requests] == [k["date"] for k in known]
    assert [unquote(r.url.split(".nsf/")[1]) for r in requests] == [k["path"] for k in known]
    assert [t.code for t in troubles] == ["listing_cut"]


@pytest.mark.parametrize(
    ("content", "none"),
    [
        (b"<html><body>Error 500: HTTP Web Server: Unknown Command Exception</body></html>", True),
        (b"<html><a href=\"javascript:openWindow('Actas/1/$FILE/12-18.may.2023.PDF')\">x</a></html>", False),
        (b'<html><a href="/x.nsf/v?OpenForm&Expand=1">2021</a></html>', False),
        (b"", False),
    ],
)
def test_a_page_that_is_no_view_is_asked_for_in_another_form(content: bytes, none: bool) -> None:
    assert SOURCE.roles["listing"].absent(content, "https://www2.congreso.gob.pe/x") is none
