"""Is whatever is wrong with a file of sheets, or a page in it, told by name, and are all other votes stored?"""

from __future__ import annotations

from pathlib import Path

import pytest
from drawn_sheets import ATTENDANCE, VOTE, later, many, scan, turned
from fpdf import FPDF
from held_sheets import URL, bound, hold
from sqlalchemy import select

from tracker.archive.store import State, Store
from tracker.domain.reconcile import Verdict
from tracker.pipeline import again
from tracker.pipeline.collect import Ending
from tracker.pipeline.run import Report
from tracker.queries.doubts import listing
from tracker.queries.health import findings
from tracker.queries.votes import one
from tracker.sources.peru import sheets
from tracker.storage.engine import Engine, open_engine, upgrade
from tracker.storage.tables import metadata

FIRST, LAST = "pe-2023-05-18-99001", "pe-2023-05-18-99003"


def prose(lines: int = 30, password: str = "") -> bytes:
    """A paper of another kind, as it leaves a word processor."""
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica", size=11)
    for n in range(lines):
        pdf.cell(
            text=f"Acta de la sesión, párrafo {n}: se dio cuenta de los oficios remitidos",
            new_x="LMARGIN",
            new_y="NEXT",
        )
    if password:
        pdf.set_encryption(owner_password="owner", user_password=password)
    return bytes(pdf.output())


ODD = (
    scan(ATTENDANCE), scan(ATTENDANCE), scan(VOTE, scanner=turned(180)), scan(None), prose(), scan(later(2))
)  # fmt: skip
"""A sitting whose attendance lies in the file twice, a vote upside down, a blank page, one of another paper; and the
second of three votes is missing."""
WRONG = {
    "encrypted": prose(password="secret"),
    "too_many_pages": many(2000),
    "broken_pdf": many(0),
    "truncated": scan(VOTE)[:30_000],
    "html_instead_of_pdf": b"<!DOCTYPE html><html><body>Mantenimiento</body></html>",
    "not_a_pdf": b"PK\x03\x04 a spreadsheet",
    "not_sheets": prose(),
}
"""Files of which nothing can be read, by the finding that says so."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def engine(home: Path) -> Engine:
    engine = open_engine(f"sqlite:///{home}/votes.sqlite")
    upgrade(engine)
    return engine


@pytest.fixture(scope="module")
def report(home: Path, engine: Engine) -> Report:
    """What came of reading them all, the file with odd pages between the others."""
    store = Store(home / "archive")
    for hours, (code, content) in enumerate(WRONG.items()):
        hold(store, content, url=address(code), hours=hours + (hours > 3))
    hold(store, bound(*ODD), hours=4)
    return again.rebuild(sheets.SOURCE, engine=engine, store=store)


def address(code: str) -> str:
    return URL.replace("Asis_vot", code)


def test_every_file_of_which_nothing_can_be_read_is_told_by_name_and_kept(
    report: Report, engine: Engine, home: Path
) -> None:
    assert report.ending is Ending.DONE
    assert report.journey.documents == len(WRONG) + 1
    told = {found.place: found for found in findings(engine) if found.severity == "unreadable"}
    assert {place: found.code for place, found in told.items()} == {address(code): code for code in WRONG}
    for place, found in told.items():
        assert found.message.startswith(f"{place}: ")
    assert {file.state for file in Store(home / "archive").verify()} == {State.OK}


def test_every_odd_page_is_told_by_name(report: Report, engine: Engine) -> None:
    told = [(found.code, found.place) for found in findings(engine) if found.severity != "unreadable"]
    assert sorted(told) == [
        ("blank_page", "page 4"),
        ("page_missing", "record 99002"),
        ("page_turned", "page 3"),
        ("page_twice", "page 2"),
        ("page_without_roll", "page 5"),
    ]


def test_all_other_pages_are_stored_and_sound(report: Report, engine: Engine) -> None:
    assert (report.totals.inserted, report.journey.votes) == (2, 2)
    for vote, page, facts in ((FIRST, 3, VOTE), (LAST, 6, later(2))):
        found = one(engine, vote)
        assert found is not None
        assert (found.verdict, found.evidence[0].page, found.doubts) == (Verdict.SOUND, page, None)
        assert {ballot.name: ballot.code for ballot in found.ballots} == {row.name: row.code for row in facts.rows}
    assert listing(engine) == ()


def test_the_attendance_is_stored_once(report: Report, engine: Engine) -> None:
    sitting, attendance = metadata.tables["sitting"], metadata.tables["attendance"]
    with engine.connect() as connection:
        [kept] = connection.execute(select(sitting)).all()
        codes = connection.execute(select(attendance.c.code)).scalars().all()
    assert (str(kept.date), kept.page) == ("2023-05-18", 1)
    assert sorted(codes) == sorted(row.code for row in ATTENDANCE.rows)


def test_a_second_reading_tells_nothing_twice(report: Report, engine: Engine, home: Path) -> None:
    before = len(findings(engine))
    second = again.rebuild(sheets.SOURCE, engine=engine, store=Store(home / "archive"))
    assert (second.ending, second.journey.votes) == (Ending.UNCHANGED, 2)
    assert len(findings(engine)) == before
