"""Does the page of a vote say what other papers have of it, and what of it was hard to read?"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import thirty

from dashboard import words
from dashboard.components import history
from tracker.archive.store import Store
from tracker.domain.reconcile import Check
from tracker.queries.view import ChangeView
from tracker.settings import settings
from tracker.storage.write import Noticed

Open = Callable[..., Any]


@pytest.fixture
def joined(tmp_path: Path) -> str:
    """A database in which a sheet, the minutes and a transcription record one vote."""
    url = f"sqlite:///{tmp_path}/votes.sqlite"
    thirty.joined(url).dispose()
    return url


def test_the_page_says_that_the_minutes_say_the_same(page: Open, joined: str) -> None:
    shown = page("vote", at=joined, id="s-1", lang="en")
    assert "The same vote in other papers" in shown.text
    assert "Minutes : says the same" in shown.text
    assert "https://thirty.example/m.pdf#page=9" in shown.html
    assert "./vote?id=m-1&amp;own=1" in shown.html
    assert "16 yes · 10 no · 0 abstentions · 4 did not vote" in shown.text, "a code for a reason is no position's word"
    assert "Minutes : dice lo mismo" in page("vote", at=joined, id="s-1", lang="es").text


def test_beside_an_earlier_reading_other_papers_are_told_of_the_current_one(page: Open, joined: str) -> None:
    engine = thirty.open_engine(joined)
    sheet = thirty.cast("s-1", spoken=(thirty.said(thirty.Position.NO),), page=7)
    later = thirty.AT + timedelta(days=1)
    thirty.store(engine, thirty.SHEETS, thirty.reading("https://thirty.example/s.pdf", sheet, at=later))
    engine.dispose()
    told = "Compared with the current reading, not with this one."
    assert told in page("vote", at=joined, id="s-1", version="1", lang="en").text
    assert told not in page("vote", at=joined, id="s-1", lang="en").text


def test_a_difference_is_named_and_the_transcription_labelled(page: Open, joined: str) -> None:
    shown = page("vote", at=joined, id="s-1", lang="en")
    assert "Sheets, written down Transcription by The Others : differs in one thing" in shown.text
    assert "Member 0: on the board, here yes; there no" in shown.text


def test_the_announced_figure_names_the_paper_it_is_from(page: Open, joined: str) -> None:
    shown = page("vote", at=joined, id="s-1", lang="en")
    assert "Announced 16–10–0 in Minutes" in shown.text
    assert "16 in favour, 10 against" in shown.text


def test_the_ledger_names_the_reason_on_the_board(page: Open, joined: str) -> None:
    assert "recorded as absent on the board → yes" in page("vote", at=joined, id="s-1", lang="en").text


def test_a_code_that_the_sums_decided_is_told_from_one_that_was_read(page: Open, joined: str) -> None:
    shown = page("vote", at=joined, id="s-1", lang="en").text
    assert shown.count("not legible; follows from the sums") == 1
    assert "One mark that could not be read follows from the sums, and from nothing else: Member 3." in shown


def test_the_id_of_another_record_shows_the_vote_and_its_own_record_leads_to_it(page: Open, joined: str) -> None:
    assert "says the same" in page("vote", at=joined, id="m-1", lang="en").text
    own = page("vote", at=joined, id="m-1", own="1", lang="en")
    assert "This is another paper's record of a vote. See the record shown first" in own.text
    assert "./vote?id=s-1" in own.html
    assert "Waters of the north" in own.text


def test_the_piece_of_the_page_in_doubt_is_shown_where_the_archive_holds_it(
    page: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, archive = f"sqlite:///{tmp_path}/doubt.sqlite", tmp_path / "archive"
    engine = thirty.joined(url)
    drawn = cv2.imencode(".png", np.full((40, 200), 255, np.uint8))[1].tobytes()
    piece = Store(archive).put(drawn)
    noticed = Noticed("doubtful", str(Check.READER_SURE), "a smudge", "page 7", vote="s-3", piece=piece)
    doubtful = thirty.cast("s-3", "Y" * 30, doubts=("the code could not be read: Member 4",), subject="A smudge")
    thirty.store(engine, thirty.SHEETS, thirty.reading("https://thirty.example/3.pdf", doubtful, noticed=(noticed,)))
    engine.dispose()
    monkeypatch.setenv("ESCRUTINIO_ARCHIVE_DIR", str(archive))
    settings.cache_clear()
    shown = page("vote", at=url, id="s-3", lang="en")
    assert "the code could not be read: Member 4" in shown.text
    (image,) = shown.app.get("image")
    assert image.proto.imgs[0].caption == "The part of the page that is in doubt"
    monkeypatch.setenv("ESCRUTINIO_ARCHIVE_DIR", str(tmp_path / "elsewhere"))
    settings.cache_clear()
    assert not page("vote", at=url, id="s-3", lang="en").app.get("image")


def test_a_row_that_could_not_be_read_is_told_from_one_that_did_not_vote(page: Open, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/unread.sqlite"
    engine = thirty.joined(url)
    doubtful = thirty.cast("s-3", "?" + "Y" * 27 + "XX", doubts=("the code could not be read: Member 0",))
    thirty.store(engine, thirty.SHEETS, thirty.reading("https://thirty.example/3.pdf", doubtful))
    engine.dispose()
    shown = page("vote", at=url, id="s-3", lang="en")
    row = shown.html.partition(">Member 0</a></th>")[2].partition("</tr>")[0]
    assert re.sub(r"<[^>]+>", " ", row).split() == ["no", "group", "printed", "could", "not", "be", "read"]
    assert "The sums of this document do not meet: look at the checks before quoting it." in shown.text
    (_, place) = shown.app.selectbox
    assert "could not be read" in place.options
    only = page("vote", at=url, id="s-3", lang="en", position="unread").html.partition("<tbody>")[2]
    assert re.findall(r"Member \d+", only.rpartition("<tbody>")[2].partition("</tbody>")[0]) == ["Member 0"]
    member = page("member", at=url, id="member-0", ch="thirty", lang="en")
    assert member.text.count("could not be read 18 May 2023") == 1, "the vote in doubt, and no other"
    assert "esc-mark-not_cast" not in member.html


def test_of_a_table_by_group_only_the_rows_that_moved_are_told() -> None:
    change = ChangeView("groups", None, "A As: 1–2–0; B Bs: 3–0–0, not_cast 2", "A As: 1–2–0; B Bs: 2–0–0, not_cast 3")
    told = re.sub("<[^>]+>", "", str(history.moved([change], words.of("en"))))
    assert told == "Table by group B Bs: 3–0–0, 2 did not vote → B Bs: 2–0–0, 3 did not vote"
