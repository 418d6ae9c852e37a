"""Are the sheets of Peru's two chambers found, and does the signed scan become a change of the provisional copy?"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from loopback import Answered, Asked, Loopback
from sqlalchemy import Engine, select

from tracker.archive.store import Store
from tracker.pipeline.again import rebuild
from tracker.pipeline.aloud import read_aloud
from tracker.pipeline.asking import Again
from tracker.pipeline.collect import Ending
from tracker.pipeline.run import Report, run
from tracker.queries.votes import one
from tracker.settings import Settings
from tracker.sources.catalogue import source
from tracker.sources.contract import Window
from tracker.storage.engine import open_engine, upgrade
from tracker.storage.tables import metadata

MEDIA = "/wp-json/wp/v2/media"
UPLOADS = "/wp-content/uploads/2026/10"
SITE = f"https://senado.congreso.gob.pe{UPLOADS}"
COPY, SIGNED = "Asistencias_PROVISIONAL_sesion_30_09_2026.pdf", "Asistencias_sesion_30_09_2026_vbo.pdf"
AUTUMN = Window(date(2026, 9, 1), date(2026, 10, 31))
VOTE = "pe-senate-2026-09-30-09990"
NOTE = (
    "El senador Torres Morales, presidente del Senado, deja constancia del voto a favor de los senadores Quito "
    "Sarmiento y Ventura Ángel."
)


@pytest.fixture
def sheet(drawing: ModuleType) -> Any:
    marks = {"QUITO SARMIENTO": "AUS", "VENTURA ÁNGEL, HÉCTOR": "LV", "TORRES MORALES, MIGUEL": "***"}
    return drawing.Drawn(
        *("senate", "30 de septiembre de 2026", "Fecha: 30/09/2026 Hora: 12:46 PM", "41005 - 58423 - 09990 - S"),
        matter="PROYECTO DE RESOLUCIÓN LEGISLATIVA 12, QUE AUTORIZA UN VIAJE",
        marks=marks,
    )


class Site(Loopback):
    """A chamber's site: its media library in pages of a hundred, its files, its list of members."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.listed: list[dict[str, Any]] = []
        self.members: list[dict[str, Any]] = []
        self.pages: dict[str, bytes] = {}
        self.asked: list[str] = []
        super().__init__()

    def answer(self, asked: Asked) -> Answered:
        parts = urlsplit(asked.path)
        self.asked.append(parts.path.rsplit("/", 1)[1] or parts.path)
        return self.find(parts.path, {key: values[0] for key, values in parse_qs(parts.query).items()})

    def find(self, path: str, query: dict[str, str]) -> Answered:
        lists = {MEDIA: self.listed, "/wp-json/wp/v2/senador": self.members}
        if path in lists:
            found = [
                entry for entry in lists[path] if query.get("search", "") in entry.get("source_url", "").lower()
            ] if path == MEDIA else lists[path]  # fmt: skip
            start = (int(query["page"]) - 1) * 100
            if start and start >= len(found):
                return Answered(400, b'{"code":"rest_post_invalid_page_number","data":{"status":400}}')
            return Answered(200, json.dumps(found[start : start + 100]).encode())
        body = self.files.get(path.removeprefix(f"{UPLOADS}/")) or self.pages.get(path)
        return Answered(404) if body is None else Answered(200, body)

    def put_up(self, name: str, at: str, content: bytes) -> None:
        """Put a file into the library, newest first."""
        self.files[name] = content
        number = len(self.listed) + 1
        entry = {"id": number, "date": at, "mime_type": "application/pdf", "source_url": f"{SITE}/{name}"}
        self.listed.insert(0, entry)

    def take(self) -> list[str]:
        found, self.asked = self.asked, []
        return found


@pytest.fixture
def official() -> Iterator[Site]:
    site = Site()
    yield site
    site.close()


@pytest.fixture
def options(official: Site, database_url: str, tmp_path: Path) -> Settings:
    at = official.url
    both = {"pe_senate": at, "pe_deputies": at}
    return Settings(home=tmp_path, database_url=database_url, at=both, pause=0)


@pytest.fixture
def go(engine: Engine, options: Settings) -> Callable[..., Report]:
    def once(slug: str = "pe_senate", again: Again = Again.ALL) -> Report:
        chosen = source(slug)
        return run(chosen, AUTUMN, engine=engine, store=Store(options.archive), settings=options, again=again)

    return once


def changes(engine: Engine) -> list[tuple[str, str, str | None, str | None, str | None]]:
    c = metadata.tables["change"]
    with engine.connect() as connection:
        rows = connection.execute(select(c.c.cause, c.c.field, c.c.who, c.c.was, c.c.now).order_by(c.c.id))
        return [tuple(row) for row in rows]


def test_the_signed_sheet_becomes_a_change_of_the_provisional_one(
    go: Callable[..., Report], official: Site, drawing: ModuleType, sheet: Any, engine: Engine
) -> None:
    official.put_up(COPY, "2026-09-30T15:39:02", drawing.pdf_of(sheet))
    assert go().ending is Ending.DONE
    view = one(engine, VOTE)
    assert view is not None
    assert (str(view.status), str(view.tallies.final)) == ("provisional", "57–0–0")
    official.put_up(SIGNED, "2026-10-05T09:00:00", drawing.pdf_of(replace(sheet, stamps=(), note=NOTE)))
    assert go().totals.updated == 1
    view = one(engine, VOTE)
    assert view is not None
    assert (str(view.status), str(view.tallies.final), str(view.verdict)) == ("official", "59–0–0", "sound")
    moved = changes(engine)
    assert {cause for cause, *_ in moved} == {"source"}
    assert ("source", "status", None, "provisional", "official") in moved
    assert ("source", "final", None, "57–0–0, not_cast 3", "59–0–0, not_cast 1") in moved
    assert [(who, now) for _, field, who, _, now in moved if field == "spoken"] == [
        ("Quito Sarmiento", "not_cast → yes (member quito-sarmiento)"),
        ("Ventura Ángel", "not_cast → yes (member ventura-angel)"),
    ]
    assert not [change for change in moved if change[1] in ("ballot", "name", "group", "subject")]


def test_both_files_are_asked_for_and_the_copy_first(
    go: Callable[..., Report], official: Site, drawing: ModuleType, sheet: Any, engine: Engine
) -> None:
    official.put_up(COPY, "2026-09-30T15:39:02", drawing.pdf_of(sheet))
    official.put_up(SIGNED, "2026-10-05T09:00:00", drawing.pdf_of(replace(sheet, stamps=(), note=NOTE)))
    official.pages["/sesiones_del_pleno/"] = drawing.sessions([("30/09/2026", "Pleno", [f"{SITE}/{SIGNED}"])])
    report = go()
    assert report.ending is Ending.DONE
    files = [name for name in official.take() if name.endswith(".pdf")]
    assert files == [COPY, SIGNED], "each once, whoever names it"
    view = one(engine, VOTE)
    assert view is not None
    assert str(view.status) == "official"
    assert go().ending is Ending.UNCHANGED
    assert not official.take().count("nothing")


def test_a_library_of_exactly_a_hundred_files_ends_without_trouble(
    go: Callable[..., Report], official: Site, drawing: ModuleType, sheet: Any
) -> None:
    for n in range(99):
        official.put_up(f"Asistencia_{n}_19_08_2026.pdf", "2026-10-01T00:00:00", b"")
    official.put_up(COPY, "2026-10-01T15:39:02", drawing.pdf_of(sheet))
    report = go()
    assert report.ending is Ending.DONE
    assert report.message.startswith("the table of sittings is not there"), "and nothing is said of the second page"
    assert "[address] paths in the sheet of pe_senate" in report.message
    assert ";" not in report.message.replace("; files", ""), "nothing else is said"


def test_a_site_that_has_moved_fails_and_says_what_to_change(go: Callable[..., Report], official: Site) -> None:
    official.find = lambda path, query: Answered(404)  # type: ignore[method-assign]
    report = go()
    assert report.ending is Ending.FAILED
    assert "[address] in the sheet of pe_senate" in report.message


def test_a_file_of_the_deputies_in_the_senates_library_is_the_deputies(
    go: Callable[..., Report], official: Site, drawing: ModuleType, sheet: Any, engine: Engine
) -> None:
    theirs = replace(
        sheet, house="deputies", chair="Reto Otero, Oscar de Jesús", marks={"RETO OTERO, OSCAR DE": "***"},
        record="41007 - 58440 - 10002 - D",
    )  # fmt: skip
    official.put_up("ASISTENCIA-DIPUTADOS-20260930.pdf", "2026-10-01T00:00:00", drawing.pdf_of(theirs))
    senate = go()
    assert senate.totals.inserted == 0
    assert "records of the Chamber of Deputies" in senate.noticed[0].message
    assert go("pe_deputies").totals.inserted == 1
    view = one(engine, "pe-deputies-2026-09-30-10002")
    assert view is not None
    assert view.chamber.slug == "pe_deputies"


def test_names_in_full_come_from_the_list_of_members_and_survive_a_rebuild(
    go: Callable[..., Report], official: Site, drawing: ModuleType, sheet: Any, engine: Engine, options: Settings,
    tmp_path: Path,
) -> None:  # fmt: skip
    official.members = [
        drawing.member(1, "Aguinaga Recuenco, Alejandro Aurelio", "distrito_electoral-lambayeque"),
        drawing.member(2, "Nueva Senadora, Eva"),
    ]
    official.put_up(COPY, "2026-09-30T15:39:02", drawing.pdf_of(sheet))
    report = go()
    p = metadata.tables["person"]
    name = select(p.c.name).where(p.c.slug == "aguinaga-recuenco")
    with engine.connect() as connection:
        assert connection.scalar(name) == "Aguinaga Recuenco, Alejandro Aurelio"
        assert connection.scalar(select(p.c.id).where(p.c.slug == "nueva-senadora")) is None
    assert report.findings["unresolved"] == 1
    other = open_engine(f"sqlite:///{tmp_path / 'again.sqlite'}")
    upgrade(other)
    again = rebuild(source("pe_senate"), engine=other, store=Store(options.archive))
    assert again.totals.inserted == 1
    with other.connect() as connection:
        assert connection.scalar(name) == "Aguinaga Recuenco, Alejandro Aurelio"
    other.dispose()


def test_one_sheet_on_this_machine_is_read_aloud(drawing: ModuleType, sheet: Any, tmp_path: Path) -> None:
    path = tmp_path / "hoja.pdf"
    path.write_bytes(drawing.pdf_of(replace(sheet, stamps=(), note=NOTE)))
    with read_aloud(path, source("pe_senate"), settings=Settings(home=tmp_path), role="sheet") as heard:
        assert heard.whole
        view = one(heard.engine, VOTE)
        assert view is not None
        assert str(view.tallies.final) == "59–0–0"
