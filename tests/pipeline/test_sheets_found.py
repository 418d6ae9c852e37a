"""Are Peru's vote sheets found, fetched once and archived with what their list says of them?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from loopback import Answered, Asked, Loopback
from sqlalchemy import Engine

from tracker.archive.store import Store
from tracker.demo.draw_listing import Entry, view
from tracker.pipeline.asking import Again
from tracker.pipeline.collect import Ending
from tracker.pipeline.run import Report, run
from tracker.settings import Settings
from tracker.sources.contract import Role, Source, Window
from tracker.sources.peru import sheets

DATABASE = "/Sicr/RelatAgenda/PlenoComiPerm20112016.nsf"
VIEW = f"{DATABASE}/new_asistenciavotacion"
YEAR = Window(date(2021, 7, 26), date(2022, 7, 26))
DAYS = ("2022-08-04", "2022-07-27", "2022-07-26", "2021-12-09", "2021-07-25", "2021-07-23", "2012-05-03")


def entries(*more: Entry) -> list[Entry]:
    above = ("Congreso de la República - Periodo Parlamentario", "Período Anual de Sesiones", "Legislatura")
    return [
        *more,
        *(
            Entry(above, date.fromisoformat(day), f"Sesión del {day}", f"Apleno/{day}/$FILE/Sesión {day}.pdf")
            for day in DAYS
        ),
    ]


class Domino(Loopback):
    """Views and files by path, whatever the query; what it was asked for."""

    def __init__(self) -> None:
        self.pages: dict[str, bytes] = {}
        self.asked: list[str] = []
        super().__init__()

    def answer(self, asked: Asked) -> Answered:
        path = unquote(asked.path.partition("?")[0])
        self.asked.append(path.removeprefix(f"{DATABASE}/"))
        body = self.pages.get(path)
        return Answered(404) if body is None else Answered(200, body)

    def take(self) -> list[str]:
        """What was asked for since the last time."""
        found, self.asked = self.asked, []
        return found


@pytest.fixture
def official() -> Iterator[Domino]:
    site = Domino()
    site.pages = {f"{DATABASE}/{one.path}": f"%PDF-1.5 {one.day}".encode() for one in entries()}
    site.pages[VIEW] = view(VIEW, "Asistencias y votaciones", entries())
    yield site
    site.close()


@pytest.fixture
def source() -> Source:
    """The real source; what its files hold is another matter."""
    return replace(sheets.SOURCE, roles={**sheets.SOURCE.roles, "sheet": Role(lambda document, sheet: iter(()), 1)})


@pytest.fixture
def go(source: Source, engine: Engine, official: Domino, database_url: str, tmp_path: Path) -> Callable[..., Report]:
    at = official.url
    options = Settings(home=tmp_path, database_url=database_url, at={"pe_sheets": at}, pause=0)

    def once(again: Again, window: Window | None = YEAR, chosen: Source = source) -> Report:
        return run(chosen, window, engine=engine, store=Store(options.archive), settings=options, again=again)

    return once


def test_a_backfill_fetches_the_files_of_its_days_once(
    go: Callable[..., Report], official: Domino, tmp_path: Path
) -> None:
    wanted = [f"Apleno/{day}/$FILE/Sesión {day}.pdf" for day in DAYS[1:5]]
    assert go(Again.NEVER).ending is Ending.UNCHANGED
    assert official.take() == ["new_asistenciavotacion", *wanted]
    go(Again.NEVER)
    assert official.take() == ["new_asistenciavotacion"], "what is held is not asked for again"
    seen = {s.day: s for s in Store(tmp_path / "archive").sightings() if s.role == "sheet"}
    assert sorted(map(str, seen)) == sorted(DAYS[1:5])
    one = seen[date(2021, 12, 9)]
    assert (
        one.url
        == f"https://www2.congreso.gob.pe{DATABASE}/Apleno/2021-12-09/{quote('$FILE/Sesión 2021-12-09.pdf', safe='/$')}"
    )
    assert one.context == {
        "title": "Sesión del 2021-12-09",
        "period": "Congreso de la República - Periodo Parlamentario",
        "year": "Período Anual de Sesiones",
        "legislature": "Legislatura",
        "provisional": "unsaid",
    }


def test_a_file_put_up_under_a_new_address_is_another_document_of_the_day(
    go: Callable[..., Report], official: Domino, tmp_path: Path
) -> None:
    go(Again.NEVER)
    official.take()
    renamed = Entry(
        entries()[3].headings, date(2021, 12, 9), "Sesión del 2021-12-09", "Apleno/2021-12-09/$FILE/Sesión_2.pdf"
    )
    official.pages[f"{DATABASE}/{renamed.path}"] = b"%PDF-1.5 the second"
    official.pages[VIEW] = view(VIEW, "x", entries(renamed))
    go(Again.NEVER)
    assert official.take() == ["new_asistenciavotacion", renamed.path]
    held = [s for s in Store(tmp_path / "archive").sightings() if s.day == date(2021, 12, 9)]
    assert len({s.url for s in held}) == len({s.sha256 for s in held}) == 2


def test_a_list_that_is_not_there_fails_and_says_what_to_do(go: Callable[..., Report], official: Domino) -> None:
    official.pages[VIEW] = b'<html><iframe src="/Sicr/otra.nsf/lista"></iframe><a href="/manual.pdf">Manual</a></html>'
    report = go(Again.DUE)
    assert report.ending is Ending.FAILED
    assert "[address] in the sheet of pe_sheets" in report.message
    assert official.take() == ["new_asistenciavotacion"] * 3, "asked for open, closed, and with one heading open"


def test_the_commissions_list_may_be_missing_and_the_run_says_so(
    go: Callable[..., Report], source: Source, official: Domino
) -> None:
    address = source.sheet.address
    paths = {**address.paths, sheets.PERMANENT: f"{DATABASE}/otra_vista"}
    sheet = source.sheet.model_copy(update={"address": address.model_copy(update={"paths": paths})})
    report = go(Again.NEVER, chosen=replace(source, sheet=sheet))
    assert report.ending is Ending.UNCHANGED
    assert "the view 'comision_permanente' is not there" in report.message
    assert official.take().count("otra_vista") == 3
