"""Is a Domino view read as it stands: levels by the columns they span, documents by their files?"""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.evidence import Document, Request
from tracker.sources.contract import Unreadable
from tracker.sources.peru import view
from tracker.sources.peru.view import View

Make = Callable[..., Document]
URL = "https://www2.congreso.gob.pe/Sicr/RelatAgenda/PlenoComiPerm20112016.nsf/new_asistenciavotacion"
NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\"'<>\\\r\n\t\x00", exclude_categories=["Cs", "Cc"]))


def row(path: str, day: str = "03/19/2026", title: str = "Asistencias y votaciones", cells: int = 6) -> str:
    first = "<td></td>" * (cells - 3)
    return (
        f'<tr valign="top">{first}<td><img src="/icons/ecblank.gif"><font size="4">{day}</font></td>'
        f"<td><font size=4><A HREF=javascript:openWindow('{path}')><div align='justify'>{title}</A></font></td>"
        "<td></td></tr>"
    )


def heading(code: str, words: str, span: int, *, shut: bool = False) -> str:
    way = "Expand" if shut else "Collapse"
    spacer = {5: "", 4: "<td><table><tr><td></td></tr></table></td>"}.get(
        span, '<td colspan="2"><table><tr><td></td></tr></table></td>'
    )
    return (
        f'<tr valign="top">{spacer}<td colspan="{span}"><table><tr valign="top"><td>'
        f'<a href="/x.nsf/v?OpenForm&amp;Start=1&amp;{way}={code}&amp;Seq=2"><img alt=""></a></td>'
        f"<td><font>{words}</font></td></tr></table></td><td></td></tr>"
    )


def page(*rows: str) -> bytes:
    return f"<html><body><form><table><tr><th></th><th></th></tr>{''.join(rows)}</table></form></body></html>".encode()


@pytest.fixture
def shown(document: Make) -> Callable[[bytes], View]:
    return lambda content: view.read(document(content, "listing", URL))


@pytest.mark.corpus
def test_the_real_view_of_march_2026_has_the_937_documents_that_others_found(corpus: Path, document: Make) -> None:
    """No difference is left: neither in levels nor dates nor titles nor addresses, in the order of the page."""
    folder = corpus / "peru" / "listing"
    found = view.read(document((folder / "pleno_index_expanded.html").read_bytes(), "listing", URL))
    with (folder / "listing_parsed.csv").open(encoding="utf-8") as lines:
        known = list(csv.DictReader(lines))
    assert [(d.under(1), d.under(2), d.under(3), str(d.day), d.title, d.path) for d in found.documents] == [
        tuple(line[name] for name in ("period", "year", "legislature", "date", "title", "path")) for line in known
    ]
    assert (len(found.documents), len(found.headings), found.rows, found.odd) == (937, 63, 1000, ())
    assert all(one.regular for one in found.documents)
    assert [one.code.count(".") + 1 for one in found.headings] == [one.level for one in found.headings], (
        "the columns a heading spans and its place in the view tell the same level"
    )


@pytest.mark.corpus
def test_the_public_page_that_frames_the_view_is_no_view(corpus: Path) -> None:
    content = (corpus / "peru" / "listing" / "pleno_public_page.html").read_bytes()
    assert b".pdf" in content.lower(), "it links to documents of other kinds"
    assert view.is_none(content, URL)


def test_levels_are_told_by_columns_whatever_their_words(shown: Callable[[bytes], View]) -> None:
    content = page(
        heading("1", "Congreso de la República - Periodo Parlamentario 2021 - 2026", 5),
        heading("1.1", "Período Anual de Sesiones 2025 - 2026", 4),
        heading("1.1.1", "Período Anual de Sesiones", 3),
        row("Apleno/A/$FILE/a.pdf", "02/18/2026"),
        heading("1.2", "Segunda Legislatura Ordinaria", 4),
        row("Apleno/B/$FILE/b.pdf", "07/26/2025"),
        heading("2", "2016", 5),
        row("Apleno/C/$FILE/c.pdf", "07/26/2021"),
    )
    found = shown(content)
    assert [[d.under(level) for level in (1, 2, 3)] for d in found.documents] == [
        [
            "Congreso de la República - Periodo Parlamentario 2021 - 2026",
            "Período Anual de Sesiones 2025 - 2026",
            "Período Anual de Sesiones",
        ],
        [
            "Congreso de la República - Periodo Parlamentario 2021 - 2026",
            "Segunda Legislatura Ordinaria",
            "",
        ],
        ["2016", "", ""],
    ]
    assert found.documents[0].within("1.1")
    assert not found.documents[1].within("1.1")
    assert found.rows == 8


def test_closed_headings_know_what_opens_them(shown: Callable[[bytes], View]) -> None:
    found = shown(page(heading("1", "2021 - 2026", 5), heading("1.1", "2025 - 2026", 4, shut=True)))
    assert [(one.code, one.opener) for one in found.headings] == [
        ("1", None),
        ("1.1", "/x.nsf/v?OpenForm&Start=1&Expand=1.1&Seq=2"),
    ]


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("03/04/2026", date(2026, 3, 4)),
        ("3/4/2026", date(2026, 3, 4)),
        (" 12/31/2021\n", date(2021, 12, 31)),
        ("31/12/2021", None),
        ("02/30/2022", None),
        ("2022-02-03", None),
        ("", None),
    ],
)
def test_the_column_is_month_day_year_and_nothing_else(
    shown: Callable[[bytes], View], printed: str, day: date | None
) -> None:
    [only] = shown(page(row("Apleno/A/$FILE/a.pdf", printed, "Asistencia de la sesión del 5-6-2020"))).documents
    assert only.day == day


@pytest.mark.parametrize(
    ("link", "path"),
    [
        ("HREF=javascript:openWindow('Apleno/A/$FILE/Asis sesión (2) 5.pdf')", "Apleno/A/$FILE/Asis sesión (2) 5.pdf"),
        ("HREF=javascript:openWindow('Apleno/A/$FILE/O'Higgins 5.PDF')", "Apleno/A/$FILE/O'Higgins 5.PDF"),
        ("href=\"javascript:openWindow('Apleno/A/$FILE/a.pdf');\"", "Apleno/A/$FILE/a.pdf"),
        ("href=\"javascript:vent('Apleno/A/$FILE/a.pdf', 'uno')\"", "Apleno/A/$FILE/a.pdf"),
        ("href='Apleno/A/%24FILE/a.pdf?OpenElement'", "Apleno/A/%24FILE/a.pdf?OpenElement"),
        ("href=/x.nsf/0/A/$FILE/acta 5.pdf", "/x.nsf/0/A/$FILE/acta 5.pdf"),
        ("href='javascript:openWindow(1)'", None),
        ("href='/manual.pdf'", None),
        ("href='Apleno/A/$FILE/a.doc'", None),
        (f"href='Apleno/{'A' * 1000}/$FILE/a.pdf'", None),
        ("", None),
    ],
)
def test_addresses_of_every_shape(shown: Callable[[bytes], View], link: str, path: str | None) -> None:
    first = "<td></td>" * 3
    content = page(
        f"<tr>{first}<td>03/19/2026</td><td><a {link}><div align='justify'>Asistencia</a></td><td></td></tr>"
    )
    found = shown(content)
    assert [one.path for one in found.documents] == ([] if path is None else [path])
    assert found.odd == (() if path else ("03/19/2026 Asistencia",)), "a row that names no file is told"


@given(NAMES, NAMES)
def test_whatever_stands_in_names_and_titles_the_rows_around_them_are_read(name: str, title: str) -> None:
    path = f"Apleno/A/$FILE/{name[:80]}.pdf"
    content = page(row(path, title=title.replace("&", "&amp;")), row("Apleno/B/$FILE/b.pdf", "03/12/2026"))
    found = view.read(Document.of(Request(URL, "listing"), content, datetime(2026, 1, 1, tzinfo=UTC)))
    assert [one.day for one in found.documents] == [date(2026, 3, 19), date(2026, 3, 12)]
    assert found.documents[1].path == "Apleno/B/$FILE/b.pdf"
    if "&" not in name and name == name.strip():
        assert found.documents[0].path == path


@given(st.binary(max_size=400))
def test_hostile_bytes_break_nothing(noise: bytes) -> None:
    content = b"<table>" + noise + row("Apleno/A/$FILE/a.pdf").encode()
    found = view.read(Document.of(Request(URL, "listing"), content, datetime(2026, 1, 1, tzinfo=UTC)))
    assert len(found.documents) <= 1


def test_rows_of_other_shapes_are_taken_and_told(shown: Callable[[bytes], View]) -> None:
    content = page(
        row("Apleno/A/$FILE/a.pdf", cells=5),
        "<tr><td>suelto <a href='Apleno/B/$FILE/b.pdf'>Acta</a></td></tr>",
        heading("1", "Congreso", 7),
        row("Apleno/C/$FILE/c.pdf"),
    )
    found = shown(content + b"<p><a href='Apleno/D/$FILE/d.pdf'>after the end</a>")
    assert [(one.name, one.regular, one.day is not None) for one in found.documents] == [
        ("a.pdf", False, True),
        ("b.pdf", False, False),
        ("c.pdf", True, True),
        ("d.pdf", False, False),
    ]
    assert [(one.level, one.title) for one in found.headings] == [(0, "Congreso")]
    assert found.documents[2].above == (), "what spans an unknown number of columns is the heading of nothing"


def test_a_view_inside_a_page_of_tables_is_the_same_view(shown: Callable[[bytes], View]) -> None:
    inside = heading("1", "2021 - 2026", 5) + heading("1.1", "2025 - 2026", 4, shut=True)
    found = shown(page(f'<tr><td colspan="3">Menú<table>{inside}</table></td></tr>'))
    assert [(one.level, one.code) for one in found.headings] == [(1, "1"), (2, "1.1")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"%PDF-1.7", "not_html"),
        (b"plain words", "not_html"),
        (page("<tr><td></td><td></td><td></td><td>01/02/2020</td><td>x</td><td></td></tr>" * 20_001), "too_many_rows"),
        (page(*(heading(f"1.{n // 900}.{n % 900}", "x", 3) for n in range(1, 1002))), "too_many_rows"),
    ],
)
def test_what_is_no_view_is_refused(shown: Callable[[bytes], View], content: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as error:
        shown(content)
    assert error.value.code == code


@pytest.mark.parametrize(
    ("content", "none"),
    [
        (b"<html><body>Error 500: HTTP Web Server: Unknown Command Exception</body></html>", True),
        (b'<html><iframe src="https://www2.congreso.gob.pe/x.nsf/new_asistenciavotacion"></html>', True),
        (b'<html><a href="/manual.pdf">Manual</a></html>', True),
        (b"<html><a href=\"javascript:openWindow('Actas/1/$FILE/12-18.may.2023.PDF')\">x</a></html>", False),
        (b'<html><a href="/x.nsf/v?OpenForm&Expand=1">2021</a></html>', False),
        (b"", False),
    ],
)
def test_a_page_that_stands_in_place_of_a_view(content: bytes, none: bool) -> None:
    assert view.is_none(content, URL) is none
