"""Does one file say of itself what a run would store of it, and is nothing of it kept?"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from drawn_sheets import ATTENDANCE, VOTE, scan
from fpdf import FPDF
from sqlalchemy.exc import OperationalError

from tracker.archive.politeness import Stopped
from tracker.demo import draw_minutes, draw_sheet, facts
from tracker.domain.reconcile import Verdict
from tracker.domain.tally import Tally
from tracker.pipeline import aloud
from tracker.pipeline.aloud import Heard, NoSuchRole, read_aloud, role_of
from tracker.queries.view import VoteView
from tracker.queries.votes import VoteFilter, every, listing
from tracker.settings import Settings
from tracker.sources.catalogue import source

EXAMPLE = Path(__file__).parents[1] / "sources/examples/us_house/two-thirds-needed-and-missed/document.xml"
FINAL = Tally(70, 33, 4, 0, 23)


@pytest.fixture
def passing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only place where anything could be left."""
    folder = tmp_path / "passing"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


@pytest.fixture
def read(tmp_path: Path, passing: Path) -> Callable[..., tuple[Heard, list[VoteView]]]:
    """Read bytes as a file of a source; nothing may be left of it."""

    def one(content: bytes, slug: str, name: str = "paper.pdf", **how: Any) -> tuple[Heard, list[VoteView]]:
        path = tmp_path / name
        path.write_bytes(content)
        home = tmp_path / "home"
        with read_aloud(path, source(slug), settings=Settings(home=home, reading_processes=1), **how) as heard:
            votes = list(every(heard.engine, VoteFilter()))
        assert list(passing.iterdir()) == []
        assert not home.exists()
        return heard, votes

    return one


def test_sheets_are_read_page_by_page(read: Callable[..., Any]) -> None:
    told: list[tuple[int, int]] = []
    content = draw_sheet.printed([ATTENDANCE, VOTE])
    watch: Callable[..., None] = lambda _, done, count: told.append((done, count))  # noqa: E731
    heard, [vote] = read(content, "pe_sheets", pages=watch, day=date(2023, 5, 17))
    assert told == [(1, 2), (2, 2)]
    assert heard.whole
    assert (vote.id, vote.verdict, vote.tallies.final) == ("pe-2023-05-18-99001", Verdict.SOUND, FINAL)
    assert all(ballot.member for ballot in vote.ballots)
    assert (vote.evidence[0].url.rpartition("/")[2], vote.evidence[0].page) == ("paper.pdf", 2)
    [sitting] = heard.sittings
    assert (sitting.date, sitting.page, len(sitting.attendance)) == (date(2023, 5, 18), 1, 130)
    assert vote.sitting_date == date(2023, 5, 18), "the page itself says of which day it is"


def test_minutes_are_read_whole(read: Callable[..., Any]) -> None:
    sitting = next(sitting for sitting in facts.minutes() if str(sitting.date) == "2023-05-18")
    heard, votes = read(draw_minutes.minutes(sitting), "pe_minutes")
    assert heard.whole
    assert len(votes) == len(sitting.votes)
    assert any(vote.tallies.final and vote.tallies.final.same_cast(FINAL) for vote in votes)


def test_a_roll_call_of_the_house_is_read(read: Callable[..., Any]) -> None:
    heard, [vote] = read(EXAMPLE.read_bytes(), "us_house", "roll.xml")
    assert (heard.whole, vote.verdict) == (True, Verdict.SOUND)


def test_what_is_noticed_is_handed_on(read: Callable[..., Any]) -> None:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica", size=11)
    pdf.cell(text="Oficio 001-2023")
    for content, code in ((b"<html>", "html_instead_of_pdf"), (b"", "empty"), (bytes(pdf.output()), "not_sheets")):
        heard, votes = read(content, "pe_sheets")
        assert (heard.whole, votes, [noticed.code for noticed in heard.noticed]) == (False, [], [code])


def test_the_database_is_gone_when_the_block_ends(tmp_path: Path) -> None:
    path = tmp_path / "roll.xml"
    path.write_bytes(EXAMPLE.read_bytes())
    with read_aloud(path, source("us_house"), settings=Settings(home=tmp_path / "home")) as heard:
        assert listing(heard.engine, VoteFilter()).total == 1
    with pytest.raises(OperationalError), heard.engine.connect():
        pass


def test_told_to_stop_nothing_is_said_or_left(read: Callable[..., Any], passing: Path) -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(Stopped):
        read(scan(VOTE), "pe_sheets", stop=stop)
    assert list(passing.iterdir()) == []


def test_a_file_that_is_too_large_or_not_there_is_refused(
    read: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(aloud, "MOST_BYTES", 100_000)
    with pytest.raises(ValueError, match="100,001 bytes, more than any document"):
        read(b"x" * 100_001, "pe_sheets")
    for path in (tmp_path / "nowhere.pdf", tmp_path):
        with (
            pytest.raises(OSError, match=r"No such file|directory"),
            read_aloud(path, source("pe_sheets"), settings=Settings(home=tmp_path)),
        ):
            pytest.fail("nothing can be read there")


def test_the_kind_of_page_is_named_where_it_does_not_go_without_saying() -> None:
    assert role_of(source("pe_sheets"), None) == "sheet"
    assert role_of(source("pe_sheets"), "listing") == "listing"
    assert role_of(source("us_house"), "index") == "index"
    for slug, named in (("pe_sheets", "page"), ("pe_bills", None)):
        with pytest.raises(NoSuchRole, match="name one of them with --role"):
            role_of(source(slug), named)
