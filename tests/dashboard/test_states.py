"""Does every page say the right thing in every state of the data: there, empty, unreadable, locked, unknown, newer?"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import seed

from dashboard import links
from dashboard.components.verdicts import EXAMPLE
from tracker.queries import database

Open = Callable[..., Any]
TAIPE = "taipe-coronado-maria-elizabeth"
SECOND, THIRD = "us-house-2023-310", "us-house-2023-311"
NAMES = ("overview", *links.PAGES, *links.LED_TO)


@dataclass(frozen=True)
class View:
    """A page: an address that shows something; its words there, without any data, and once there are newer data."""

    asked: dict[str, str]
    shows: str
    empty: tuple[str, str]
    newer: str
    then: dict[str, str] = field(default_factory=dict)


ROLLS = {"a": "us-house-2023-300", "b": SECOND}
PAIR = {"a": "H00001", "b": "H00002", "ch": "us_house"}
VIEWS = {
    "overview": View({}, "H.R. 24: A bill made up", ("Todavía no hay votaciones", "No votes yet"),
                     "H.R. 12: A newer bill"),
    "votes": View({}, "33 votaciones", ("No tenemos ninguna votación.", "We hold no votes."), "4 votes"),
    "check": View({"claim": EXAMPLE}, "70–33–4", ("Aquí no consta tal votación", "No such vote is on record here"),
                  "H.R. 12: A newer bill", {"claim": "The US House rejected H.R. 12 by 4 votes to 6."}),
    "vote": View({"id": seed.FOUNDING}, "70–33–4",
                 (f"No tenemos la votación {seed.FOUNDING}", f"We hold no vote {seed.FOUNDING}"),
                 "Reading 3", {"id": seed.CORRECTED}),
    "members": View({}, "14 personas", ("Todavía no hay congresistas que mostrar", "No members to show yet"),
                    "Member 010", {"ch": "us_house"}),
    "member": View({"id": TAIPE, "ch": "pe_congress"}, "Perú Libre",
                   (f"No conocemos a nadie con el identificador {TAIPE}", f"We know nobody by the id {TAIPE}"),
                   "H.R. 12: A newer bill", {"id": "H00001"}),
    "groups": View({}, "Republican", ("Todavía no hay grupos que mostrar", "No groups to show yet"),
                   "Independent", {"ch": "us_house"}),
    "group": View({"id": "AP", "ch": "pe_congress"}, "Acción Popular",
                  ("No conocemos el grupo AP", "We know no group AP"), "H.R. 12: A newer bill", {"id": "R"}),
    "compare": View({"a": seed.FOUNDING, "b": seed.SHEET}, "figuran solo en B",
                    (f"No tenemos la votación {seed.FOUNDING}", f"We hold no vote {seed.FOUNDING}"),
                    "2 members changed position", ROLLS),
    "versus": View(PAIR, "22 votaciones", ("No conocemos a nadie con el identificador H00001",
                   "We know nobody by the id H00001"), "3 contested votes", PAIR),
    "changes": View({}, "Final 5–4–0 → 4–5–0", ("Ningún registro ha cambiado", "No record has changed"),
                    "Member 001: vote Yea → Nay"),
    "coverage": View({}, "La última recogida falló", ("Aún no se ha recogido nada", "Nothing has been collected yet"),
                     "United States Senate"),
    "method": View({}, "Congreso de la República del Perú",
                   ("Todavía no se ha recogido ninguna cámara.", "No chamber has been collected yet."),
                   "United States Senate"),
}  # fmt: skip


def headings(shown: Any) -> int:
    return int(shown.html.count("<h1"))


def test_every_page_is_here() -> None:
    assert tuple(sorted(VIEWS)) == tuple(sorted(NAMES))
    assert set(VIEWS) == {path.stem for path in Path("dashboard/views").glob("[!_]*.py")}


@pytest.mark.parametrize("view", VIEWS)
def test_with_data_it_shows_them_in_both_languages(page: Open, year: str, view: str) -> None:
    shown = page(view, at=year, **VIEWS[view].asked)
    assert VIEWS[view].shows in shown.text
    assert "esc-notice" not in shown.html
    assert headings(shown) == 1
    assert "lang=en" in shown.html
    english = page(view, at=year, lang="en", **VIEWS[view].asked)
    assert english.text != shown.text
    assert "lang=es" in english.html
    assert headings(english) == 1


@pytest.mark.parametrize("view", VIEWS)
def test_without_data_it_says_that_there_are_none(page: Open, empty: str, view: str) -> None:
    for lang, words in zip(("es", "en"), VIEWS[view].empty, strict=True):
        shown = page(view, at=empty, lang=lang, **VIEWS[view].asked)
        assert words in shown.text
        assert headings(shown) == 1


def test_a_language_that_is_none_falls_back_to_the_settings(page: Open, empty: str) -> None:
    assert VIEWS["votes"].empty[0] in page("votes", at=empty, lang="xx").text


@pytest.fixture(scope="module")
def unreadable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Addresses where no data can be read, and what a reader is told of each."""
    folder = tmp_path_factory.mktemp("unreadable")
    (folder / "junk.sqlite").write_bytes(b"no database at all" * 100)
    sqlite3.connect(folder / "bare.sqlite").execute("CREATE TABLE t (x)").connection.close()
    filled = seed.seeded(f"sqlite:///{folder}/locked.sqlite")
    filled.engine.dispose()
    lock = sqlite3.connect(folder / "locked.sqlite", isolation_level=None)
    lock.execute("PRAGMA journal_mode = DELETE")
    lock.execute("BEGIN EXCLUSIVE")
    told = {
        "none": "no database at", "junk": "not a database", "bare": "tracker db upgrade",
        "locked": "is locked by another programme",
    }  # fmt: skip
    yield {f"sqlite:///{folder}/{name}.sqlite": why for name, why in told.items()}
    lock.close()


@pytest.mark.parametrize("view", VIEWS)
def test_data_that_cannot_be_read_get_a_message_with_what_to_do(
    page: Open, unreadable: dict[str, str], monkeypatch: pytest.MonkeyPatch, view: str
) -> None:
    monkeypatch.setattr(database, "BUSY_MS", 20)
    for url, why in unreadable.items():
        shown = page(view, at=url, **VIEWS[view].asked)
        assert "No se pueden leer los datos" in shown.text
        assert why in shown.text
        assert "Traceback" not in shown.text
        assert 'role="alert"' in shown.html
        assert headings(shown) >= 1
        if view == "method":
            assert "Los totales tal como los imprime el tablero" in shown.text, "the words need no database"


STRANGE = ("nobody", "pe-1821-07-28-1", "<script>alert(1)</script>", "' OR 1=1 --", "a" * 5000, "")


@pytest.mark.parametrize("asked", STRANGE, ids=lambda asked: asked[:12] or "none")
@pytest.mark.parametrize("view", links.LED_TO)
def test_what_is_unknown_is_said_to_be_unknown_and_search_is_offered(page: Open, view: str, asked: str) -> None:
    query = {"a": asked, "b": asked} if view in ("compare", "versus") else {"id": asked}
    shown = page(view, **query)
    assert "esc-notice" in shown.html
    assert "<script" not in shown.html
    assert 'href="./' in shown.html.partition("esc-notice")[2]
    assert headings(shown) == 1
    assert asked[:30] in shown.text


def test_of_two_the_unknown_one_is_named(page: Open) -> None:
    assert "No tenemos la votación none" in page("compare", a=seed.FOUNDING, b="none").text
    assert "con el identificador none" in page("versus", a=TAIPE, b="none", ch="pe_congress").text


@pytest.mark.parametrize("view", [name for name, view in VIEWS.items() if name != "vote"])
def test_a_chamber_a_year_or_a_page_that_is_none_leads_nowhere_else(page: Open, year: str, view: str) -> None:
    strange = {"year": "1492", "page": "-7", "sort": "x", "rule": "x", "show": "x", "cause": "x", "term": "x"}
    shown = page(view, at=year, **{"ch": "moon_parliament", **VIEWS[view].asked, **strange})
    assert headings(shown) == 1
    assert "1492" not in shown.html.replace("year=1492", ""), "no year is shown that nothing is held of"
    assert "moon_parliament" not in shown.text


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with two votes of one chamber, of which one was put right once."""
    path = tmp_path_factory.mktemp("before") / "votes.sqlite"
    engine = seed.open_engine(f"sqlite:///{path}")
    seed.upgrade(engine)
    seed.corrected(engine)
    store(engine, vote(SECOND, 30, "H.R. 7: A bill whose roll was put right", "YYYYNNNNN"), at=30)
    engine.dispose()
    return path


def vote(slug: str, day: int, subject: str, roll: str) -> Any:
    """Return a vote of nine members, or of ten, the last of no party."""
    parties = "RRRRRDDDDI"
    marks = [(seed.YEA if mark == "Y" else seed.NAY, party, 1) for mark, party in zip(roll, parties, strict=False)]
    return seed.american(slug, date(2023, 6, day), subject, marks, bills=("H.R. 7",))


def store(engine: Any, *votes: Any, at: int, url: str = "", paper: Any = seed.CLERK) -> None:
    writer = seed.Writer(engine, paper)
    for one in votes:
        address = url or f"https://clerk.house.gov/evs/2023/{one.printed.id}.xml"
        writer.take(seed.reading(paper, one, url=address, at=datetime(2023, 7, at, 18, tzinfo=UTC)))
    writer.flush()


def move(url: str) -> None:
    """Put a vote right once more, and store a newer one with a member more, and one of a chamber more."""
    engine = seed.open_engine(url)
    first = "https://clerk.house.gov/evs/2023/roll300.xml"
    store(engine, vote(seed.CORRECTED, 29, "H.R. 7: A bill whose roll was put right", "NYYYYNNNN"), at=2, url=first)
    store(engine, vote(THIRD, 30, "H.R. 12: A newer bill", "NYYYNNNNNY"), at=3)
    store(engine, seed.senate_vote(), at=3, paper=seed.LIS)
    engine.dispose()


@pytest.mark.parametrize("view", VIEWS)
def test_what_is_newer_shows_without_a_restart(page: Open, before: Path, tmp_path: Path, view: str) -> None:
    path = tmp_path / "votes.sqlite"
    path.write_bytes(before.read_bytes())
    url = f"sqlite:///{path}"
    shown = page(view, at=url, lang="en", **VIEWS[view].then)
    assert "esc-notice" not in shown.html
    assert VIEWS[view].newer not in shown.text
    move(url)
    shown.app.run()
    assert VIEWS[view].newer in shown.text
