"""Does a view lead to the documents of the days asked for, in whatever form it is shown, and miss none?"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from urllib.parse import unquote

import pytest

from tracker.demo.draw_listing import Entry
from tracker.demo.draw_listing import view as draw
from tracker.domain.evidence import Document, Request
from tracker.sources.contract import Sheet, Source, Trouble, Unreadable, Window
from tracker.sources.peru import minutes, sheets

Make = Callable[..., Document]
BASE = "https://www2.congreso.gob.pe"
ACTAS = f"{BASE}/sicr/RedacActas/Actas.nsf/"
VIEW = "/Sicr/RelatAgenda/PlenoComiPerm20112016.nsf/new_asistenciavotacion"
DATABASE = BASE + VIEW.removesuffix("new_asistenciavotacion")
OPEN = f"{BASE}{VIEW}?OpenForm&ExpandView&Count=3000&Seq=1"
CLOSED = f"{BASE}{VIEW}?OpenForm&Start=1&Count=1000"
ALL = {"since": "2000-01-01", "until": "2030-01-01", "form": "expanded"}
PERIODS = {year: f"Congreso de la República - Periodo Parlamentario {year} - {year + 5}" for year in (2011, 2016, 2021)}


def entry(day: str, name: str, title: str = "Asistencias y votaciones") -> Entry:
    """A document under the headings that belong to its day."""
    when = date.fromisoformat(day)
    year = when.year if (when.month, when.day) >= (7, 27) else when.year - 1
    legislature = "Primera" if when.month >= 7 or when.month < 3 else "Segunda"
    period = PERIODS[year - (year - 2011) % 5]
    headings = (period, f"Período Anual de Sesiones {year} - {year + 1}", f"{legislature} Legislatura Ordinaria")
    return Entry(headings, when, title, f"Apleno/{len(name):032X}/$FILE/{name}")


def read(source: Source, document: Document) -> tuple[list[Request], list[Trouble]]:
    found = list(source.roles["listing"].read(document, source.sheet))
    return [x for x in found if isinstance(x, Request)], [x for x in found if isinstance(x, Trouble)]


def row(path: str, day: str = "") -> str:
    return (
        f"<tr><td></td><td></td><td></td><td><font>{day}</font></td><td><A HREF=javascript:openWindow('{path}')>"
        "<div align='justify'>Acta</A></font></td><td></td></tr>"
    )


def page(*rows: str) -> bytes:
    return f"<html><body><form><table>{''.join(rows)}</table></form></body></html>".encode()


def test_minutes_are_asked_for_by_the_days_in_their_names(document: Make) -> None:
    content = page(
        row("0/AB/$FILE/13-1415.jun.2023.pdf"),
        row("0/CD/$FILE/12-17182425.may.8.jun.2023.pdf"),
        row("0/EF/$FILE/90012593.pdf"),
        row("0/GH/$FILE/03-05.agoPLO2021.pdf"),
        row("0/IJ/$FILE/acta de la sesión 5.pdf", "06/07/2023"),
        row("0/AB/$FILE/13-1415.jun.2023.pdf"),
    )
    asked = document(content, "listing", f"{ACTAS}new_ActasPlenoAct", since="2023-05-01", until="2023-06-10")
    requests, troubles = read(minutes.SOURCE, asked)
    assert [(unquote(r.url.rsplit("/", 1)[-1]), r.day) for r in requests] == [
        ("12-17182425.may.8.jun.2023.pdf", date(2023, 6, 8)),
        ("90012593.pdf", None),
        ("acta de la sesión 5.pdf", date(2023, 6, 7)),
    ]
    assert requests[-1].url == f"{ACTAS}0/IJ/$FILE/acta%20de%20la%20sesi%C3%B3n%205.pdf"
    assert all(r.role == "minutes" and dict(r.context) == dict(asked.request.context) for r in requests)
    assert not troubles


def test_sheets_are_asked_for_by_the_column_with_a_day_to_spare(document: Make) -> None:
    days = ("2023-05-20", "2023-05-19", "2023-05-18", "2023-05-17", "2023-05-16")
    content = draw(VIEW, "x", [entry(day, f"Asis_vot_OFICIAL_{day}.pdf") for day in days])
    requests, troubles = read(
        sheets.SOURCE, document(content, "listing", OPEN, since="2023-05-18", until="2023-05-18", form="expanded")
    )
    assert [str(r.day) for r in requests] == ["2023-05-19", "2023-05-18", "2023-05-17"]
    assert {r.role for r in requests} == {"sheet"}
    assert not troubles


def test_each_file_of_a_day_is_a_document_and_brings_what_the_list_says(document: Make) -> None:
    content = draw(
        VIEW,
        "x",
        [
            entry("2026-03-19", "sesión 19 3.pdf", "Asistencias y votaciones PROVISIONALES de la sesión del 19-3-2026"),
            entry("2023-12-06", "Asis_y_vot_OFICIAL.pdf", "Asistencias de la sesión vespertina del 6-12-2023"),
            entry("2023-12-06", "Asis_y_vot_OFICIAL_2.pdf", "Asistencia de la sesión matinal del 6-12-2023"),
            entry("2023-07-27", "Asistencia.pdf", "Asistencia de la sesión del 27-07-2022"),
        ],
    )
    requests, _ = read(sheets.SOURCE, document(content, "listing", OPEN, **ALL))
    assert [(r.day, r.context["title"][:35], r.context["provisional"]) for r in requests] == [
        (date(2026, 3, 19), "Asistencias y votaciones PROVISIONA", "yes"),
        (date(2023, 12, 6), "Asistencias de la sesión vespertina", "no"),
        (date(2023, 12, 6), "Asistencia de la sesión matinal del", "no"),
        (date(2023, 7, 27), "Asistencia de la sesión del 27-07-2", "unsaid"),
    ]
    assert requests[0].url == f"{DATABASE}Apleno/{15:032X}/$FILE/sesi%C3%B3n%2019%203.pdf"
    assert dict(requests[0].context) == {
        "title": "Asistencias y votaciones PROVISIONALES de la sesión del 19-3-2026",
        "period": "Congreso de la República - Periodo Parlamentario 2021 - 2026",
        "year": "Período Anual de Sesiones 2025 - 2026",
        "legislature": "Segunda Legislatura Ordinaria",
        "provisional": "yes",
    }


def test_closed_headings_are_followed_downwards_only(document: Make) -> None:
    entries = [entry(day, f"{day}.pdf") for day in ("2023-09-21", "2023-05-18", "2022-11-10", "2017-03-02")]
    shut = draw(VIEW, "x", entries, shut={"1.1", "1.2", "2"})
    window = {"since": "2023-05-01", "until": "2023-06-10"}
    requests, _ = read(sheets.SOURCE, document(shut, "listing", CLOSED, form="collapsed", **window))
    assert [(r.role, r.context["code"]) for r in requests] == [("listing", "1.1"), ("listing", "1.2")]
    assert "Expand=1.2" in requests[1].url
    assert {"since", "until", "code"} == set(requests[1].context)
    below = draw(VIEW, "x", entries, shut={"1.1", "1.2.1", "1.2.2", "2"})
    requests, troubles = read(sheets.SOURCE, document(below, "listing", CLOSED, code="1.2", **window))
    assert [r.context["code"] for r in requests] == ["1.2.1", "1.2.2"]
    assert not troubles
    nothing = draw(VIEW, "x", entries, shut={"1", "2"})
    requests, troubles = read(sheets.SOURCE, document(nothing, "listing", CLOSED, code="1.2", **window))
    assert (requests, [t.code for t in troubles]) == ([], ["nothing_below"])


def walk(view: Domino, since: str, until: str) -> tuple[list[str], int, list[str]]:
    """Follow a view from its first request to its last, as a run does: names found, pages asked for, troubles."""
    window = Window(date.fromisoformat(since), date.fromisoformat(until))
    queue, asked, names, troubles = (
        list(sheets.SOURCE.start(window, sheets.SHEET)),
        set[str](),
        list[str](),
        list[str](),
    )
    while queue:
        request = queue.pop(0)
        if request.url in asked:
            continue
        asked.add(request.url)
        if request.role == "sheet":
            names.append(unquote(request.url.rsplit("/", 1)[-1]))
            continue
        document = Document.of(request, view.answer(request.url), datetime.fromisoformat("2026-01-01T00:00:00+00:00"))
        found, told = read(sheets.SOURCE, document)
        queue += found
        troubles += [one.code for one in told]
    return names, sum("?" in url for url in asked), troubles


class Domino:
    """A view that answers as the real server does: open, closed or one heading open, and never more than 1,000 rows."""

    def __init__(self, entries: list[Entry], *, opens_all: bool = True) -> None:
        self.entries = entries
        self.opens_all = opens_all

    def answer(self, url: str) -> bytes:
        asked = url.partition("Expand=")[2].partition("&")[0]
        if "ExpandView" in url and self.opens_all:
            return self._cut(draw(VIEW, "x", self.entries))
        places = {".".join(place.split(".")[:n]) for place in self._places() for n in (1, 2, 3)}
        opened = {".".join(asked.split(".")[:n]) for n in range(1, 4)} if asked else set()
        return self._cut(draw(VIEW, "x", self.entries, shut=places - opened))

    def _places(self) -> Iterator[str]:
        place, last = [0, 0, 0], ("", "", "")
        for one in self.entries:
            level = next((n for n in range(3) if one.headings[n] != last[n]), None)
            if level is not None:
                place = [*place[:level], place[level] + 1, *[1] * (2 - level)]
                last = one.headings
            yield ".".join(map(str, place))

    @staticmethod
    def _cut(content: bytes) -> bytes:
        head, *rows = content.split(b'<tr valign="top"><td')
        kept, shown = [], 0
        for one in rows:
            shown += b'colspan="5"' in one or b'colspan="4"' in one or b'colspan="3"' in one or b"openWindow" in one
            if shown > 1000:
                break
            kept.append(b'<tr valign="top"><td' + one)
        return head + b"".join(kept)


@pytest.fixture(scope="module")
def years() -> list[Entry]:
    """1,200 documents of fifteen years, newest first."""
    first = date(2011, 8, 1).toordinal()
    days = [date.fromordinal(first + number * 4) for number in range(1200)]
    entries = [entry(day.isoformat(), f"{day}.pdf") for day in days]
    return sorted(entries, key=lambda one: (one.headings[:2], one.day), reverse=True)


@pytest.mark.parametrize("opens_all", [True, False], ids=["open", "closed"])
@pytest.mark.parametrize(
    ("since", "until"),
    [
        ("2024-05-01", "2024-06-30"),
        ("2021-06-01", "2021-09-30"),
        ("2012-01-10", "2012-03-20"),
        ("2011-01-01", "2026-12-31"),
    ],
)
def test_nothing_is_missed_whether_the_view_is_closed_or_stops(
    years: list[Entry], since: str, until: str, opens_all: bool
) -> None:
    wanted = {
        one.path.rsplit("/", 1)[-1]
        for one in years
        if date.fromisoformat(since).toordinal() - 1 <= one.day.toordinal() <= date.fromisoformat(until).toordinal() + 1
    }
    names, pages, troubles = walk(Domino(years, opens_all=opens_all), since, until)
    assert len(wanted) > 10
    assert set(names) == wanted
    assert len(names) == len(wanted), "none is asked for twice"
    assert set(troubles) <= {"listing_cut"}
    if since > "2020" and opens_all:
        assert pages == 1, "what the view leaves out is older than the window"
    elif since > "2012":
        assert pages < 20


@pytest.mark.corpus
def test_the_real_view_leads_to_its_937_documents_and_to_what_it_leaves_out(corpus: Path, document: Make) -> None:
    folder = corpus / "peru" / "listing"
    content = (folder / "pleno_index_expanded.html").read_bytes()
    requests, troubles = read(sheets.SOURCE, document(content, "listing", OPEN, **ALL))
    with (folder / "listing_parsed.csv").open(encoding="utf-8") as lines:
        known = list(csv.DictReader(lines))
    files = [r for r in requests if r.role == "sheet"]
    assert [
        (unquote(r.url.removeprefix(DATABASE)), str(r.day), *(r.context[k] for k in ("period", "year", "legislature")))
        for r in files
    ] == [tuple(k[name] for name in ("path", "date", "period", "year", "legislature")) for k in known]
    assert len({r.url for r in files}) == 937
    told = [r.context["provisional"] for r in files]
    assert {word: told.count(word) for word in set(told)} == {"yes": 2, "no": 593, "unsaid": 342}
    assert [r.url for r in requests if r.role == "listing"] == [CLOSED], "the copy stops in September 2010"
    assert [t.code for t in troubles] == ["listing_cut"]
    recent = {"since": "2025-09-20", "until": "2026-03-20", "form": "expanded"}
    requests, troubles = read(sheets.SOURCE, document(content, "listing", OPEN, **recent))
    assert (len(requests), {r.role for r in requests}, troubles) == (25, {"sheet"}, [])
    since = next(r for r in requests if r.day == date(2025, 10, 9))
    assert sum(r.day == since.day for r in requests) == 2


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("since", "until", "files"), [("2021-07-26", "2022-07-26", 75), ("2023-05-18", "2023-05-18", 2)]
)
def test_a_backfill_asks_only_for_files_of_its_days(
    corpus: Path, document: Make, since: str, until: str, files: int
) -> None:
    content = (corpus / "peru" / "listing" / "pleno_index_expanded.html").read_bytes()
    asked = document(content, "listing", OPEN, since=since, until=until, form="expanded")
    requests, troubles = read(sheets.SOURCE, asked)
    assert (len(requests), troubles) == (files, [])
    slack = date.fromisoformat(since).toordinal() - 1, date.fromisoformat(until).toordinal() + 1
    assert all(r.day and slack[0] <= r.day.toordinal() <= slack[1] for r in requests)


def test_oddities_are_told_and_nothing_is_lost(document: Make) -> None:
    content = draw(VIEW, "x", [entry("2023-05-18", "a.pdf"), entry("2013-05-18", "b.pdf")]).replace(
        b"05/18/2013", b"05/18/3013"
    )
    content = content.replace(
        b"</table>\n</body>",
        b"<tr><td>suelta <a href='Apleno/C/$FILE/c.pdf'>Acta</a></td></tr>"
        b"<tr><td></td><td></td><td></td><td>05/11/2023</td><td>sin archivo</td><td></td></tr>"
        b"<tr><td></td><td></td><td></td><td>05/04/2023</td>"
        b"<td><a href='https://elsewhere.example/x.nsf/0/$FILE/d.pdf'>otro</a></td><td></td></tr>"
        b"<tr><td></td><td></td><td></td><td>05/04/2023</td>"
        b"<td><a href='//[x/$FILE/e.pdf'>roto</a></td><td></td></tr></table></body>",
    )
    window = {"since": "2023-05-01", "until": "2023-05-31", "form": "expanded"}
    requests, troubles = read(sheets.SOURCE, document(content, "listing", OPEN, **window))
    assert [(r.url.rsplit("/", 1)[-1], r.day) for r in requests] == [
        ("a.pdf", date(2023, 5, 18)),
        ("b.pdf", None),
        ("c.pdf", None),
    ]
    assert sorted(t.code for t in troubles) == [
        "elsewhere",
        "elsewhere",
        "odd_date",
        "odd_date",
        "odd_row",
        "row_without_pdf",
    ]


def test_a_page_that_frames_the_view_is_not_the_view_and_says_what_it_frames(document: Make) -> None:
    content = (
        b"<html><body><p><iframe src=\"https://www2.congreso.gob.pe/Sicr/Otra.nsf/new_lista\" width='100%'></iframe>"
        b"<a href='/x'>Inicio</a></body></html>"
    )
    role = sheets.SOURCE.roles["listing"]
    assert role.absent(content, OPEN), "it is asked for in its other forms"
    with pytest.raises(Unreadable) as error:
        list(role.read(document(content, "listing", OPEN, **ALL), sheets.SHEET))
    assert error.value.code == "not_a_listing"
    assert "https://www2.congreso.gob.pe/Sicr/Otra.nsf/new_lista" in str(error.value)
    assert "[address] paths in the sheet of pe_sheets" in str(error.value)


@pytest.mark.parametrize("source", [minutes.SOURCE, sheets.SOURCE], ids=["minutes", "sheets"])
def test_a_view_that_is_not_there_is_asked_for_in_every_form_and_then_missed(source: Source) -> None:
    [request] = source.start(Window(date(2026, 1, 1), date(2026, 3, 1)), source.sheet)
    asked: list[Request | Trouble] = [request]
    while isinstance(last := asked[-1], Request):
        onward = list(source.roles["listing"].missing(last, source.sheet))
        if not onward:
            break
        asked += onward
    forms = [r.url.partition("?")[2] for r in asked if isinstance(r, Request)]
    assert [form.removesuffix("&Seq=1") for form in forms] == [
        "OpenForm&ExpandView&Count=3000",
        "OpenForm&Start=1&Count=1000",
        "OpenForm&Start=1&Count=1000&Expand=1.1.1",
    ]
    assert source.roles["listing"].required


@pytest.fixture
def with_commission() -> Sheet:
    """The sheet as it will be once the Permanent Commission's view is found."""
    address = sheets.SHEET.address
    paths = {**address.paths, sheets.PERMANENT: "/Sicr/RelatAgenda/PlenoComiPerm20112016.nsf/otra_vista"}
    return sheets.SHEET.model_copy(update={"address": address.model_copy(update={"paths": paths})})


def test_the_permanent_commission_is_a_path_in_the_sheet(with_commission: Sheet, document: Make) -> None:
    plenary, commission = sheets.start(Window(date(2024, 7, 1), date(2024, 7, 31)), with_commission)
    assert commission.url == f"{DATABASE}otra_vista?OpenForm&ExpandView&Count=3000&Seq=1"
    assert (commission.role, commission.context["view"]) == ("listing", "comision_permanente")
    content = draw("/x.nsf/otra_vista", "x", [entry("2024-07-04", "a.pdf")])
    [request] = sheets.SOURCE.roles["listing"].read(
        document(content, "listing", commission.url, **commission.context), with_commission
    )
    assert isinstance(request, Request)
    assert request.context["organ"] == "comision_permanente"
    [request] = sheets.SOURCE.roles["listing"].read(
        document(content, "listing", plenary.url, **plenary.context), with_commission
    )
    assert isinstance(request, Request)
    assert "organ" not in request.context


def test_the_absence_of_the_commissions_view_is_said_and_no_more(with_commission: Sheet) -> None:
    _, request = sheets.start(Window(date(2024, 7, 1), date(2024, 7, 31)), with_commission)
    role = sheets.SOURCE.roles["listing"]
    for _ in range(2):
        [request] = role.missing(request, with_commission)  # type: ignore[assignment]
        assert isinstance(request, Request)
    [said] = role.missing(request, with_commission)
    assert isinstance(said, Trouble)
    assert said.code == "no_such_view"
    assert "comision_permanente" in said.message
