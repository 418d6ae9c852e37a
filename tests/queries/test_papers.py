"""Is a vote that several papers record shown once, with what each of them says?"""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import jsonschema
import pytest
import thirty
from sqlalchemy import Engine, event
from thirty import DAY, NOTE

from tracker.domain.legislature import PaperKind
from tracker.domain.votes import Position, Reason, Tally
from tracker.queries import changes, doubts, shape, votes
from tracker.queries.votes import VoteFilter

SCHEMA = json.loads((Path(__file__).parents[2] / "docs/vote.schema.json").read_text(encoding="utf-8"))

DAYS = timedelta(days=3)


@pytest.fixture
def joined(database_url: str) -> Engine:
    """One vote that a sheet, the minutes and a transcription record, and one that only the minutes do."""
    return thirty.joined(database_url)


def test_lists_show_a_vote_once(joined: Engine) -> None:
    listed = votes.listing(joined, VoteFilter())
    assert ({row.id for row in listed.rows}, listed.total) == ({"s-1", "m-2"}, 2)
    assert {view.id for view in votes.every(joined, VoteFilter())} == {"s-1", "m-2"}
    (sitting,) = votes.latest_sittings(joined)
    assert sitting.total == 2


def test_the_words_of_any_paper_find_it(joined: Engine) -> None:
    assert [row.id for row in votes.listing(joined, VoteFilter(text="waters north")).rows] == ["s-1"]
    assert [row.id for row in votes.listing(joined, VoteFilter(text="roads")).rows] == ["m-2"]
    assert votes.listing(joined, VoteFilter(text="waters roads")).rows == ()


def test_the_id_of_another_record_leads_to_the_vote(joined: Engine) -> None:
    led = votes.one(joined, "m-1")
    assert led is not None
    assert (led.id, led.leads_to) == ("s-1", None)
    own = votes.one(joined, "m-1", own=True)
    assert own is not None
    assert (own.id, own.leads_to, own.papers) == ("m-1", "s-1", ())
    version = votes.one(joined, "m-1", 1)
    assert version is not None
    assert version.id == "m-1"


def test_lists_say_which_votes_are_known_from_a_transcription_alone(joined: Engine) -> None:
    thirty.alone(joined, 1)
    rows = {row.id: row for row in votes.listing(joined, VoteFilter()).rows}
    assert {id: str(row.paper) for id, row in rows.items()} == {
        "s-1": "official", "m-2": "official", "o-10": "transcription",
    }  # fmt: skip
    assert (rows["o-10"].source, rows["o-10"].credit) == ("others", thirty.OTHERS.credit)
    assert rows["s-1"].credit is None
    assert shape.row_as_json(rows["o-10"])["credit"]["by"] == "The Others"
    (sitting,) = votes.latest_sittings(joined)
    assert [row.id for row in sitting.rows if row.credit] == ["o-10"]


def test_a_list_asks_the_same_questions_however_long_it_is(joined: Engine) -> None:
    asked: list[str] = []
    event.listen(joined, "before_cursor_execute", lambda *call: asked.append(call[2]))
    assert votes.listing(joined, VoteFilter()).total == 2
    few = len(asked)
    thirty.alone(joined, 20)
    asked.clear()
    assert votes.listing(joined, VoteFilter()).total == 22
    assert len(asked) == few


def test_what_moved_and_what_is_in_doubt_say_so_too(joined: Engine) -> None:
    thirty.alone(joined, 1)
    thirty.alone(joined, 1, doubts=("two rolls",), at=thirty.AT + timedelta(days=1))
    (moved,) = changes.latest(joined)
    assert (moved.vote, moved.credit) == ("o-10", thirty.OTHERS.credit)
    (doubt,) = doubts.listing(joined)
    assert (doubt.vote, doubt.credit) == ("o-10", thirty.OTHERS.credit)


def test_each_paper_says_its_part(joined: Engine) -> None:
    view = votes.one(joined, "s-1")
    assert view is not None
    minutes, others = view.papers
    assert (minutes.id, minutes.title, minutes.page, minutes.agrees) == ("m-1", "Minutes", 9, True)
    assert minutes.how.startswith("every position is equal")
    assert (others.kind, others.agrees) == (PaperKind.TRANSCRIPTION, False)
    assert others.credit is not None
    assert [(d.field, d.who, d.ours, d.theirs) for d in others.differences] == [("position", "Member 0", "yes", "no")]


def test_the_announced_figure_is_taken_from_the_paper_that_has_it(joined: Engine) -> None:
    view = votes.one(joined, "s-1")
    assert view is not None
    assert view.tallies.announced == Tally(16, 10, 0)
    assert (view.announced_by, view.announced_means) == ("m-1", "final")
    assert view.announced_text == "16 in favour, 10 against"
    alone = votes.one(joined, "m-2")
    assert alone is not None
    assert alone.announced_by is None


def test_an_earlier_reading_has_no_figure_of_a_paper_that_may_have_come_later(joined: Engine) -> None:
    later = thirty.cast("s-1", spoken=(thirty.said(),), page=8, bills=("1",), subject="Bill 1, amended")
    thirty.store(joined, thirty.SHEETS, thirty.reading("https://thirty.example/s.pdf", later, at=thirty.AT + DAYS))
    now, first = (votes.one(joined, "s-1", version=version) for version in (2, 1))
    assert now is not None
    assert first is not None
    assert (now.in_force, now.announced_by, now.tallies.announced) == (True, "m-1", Tally(16, 10, 0))
    assert (first.in_force, first.announced_by, first.tallies.announced) == (False, None, None)
    assert first.announced_text is None


def test_the_ledger_says_where_the_board_has_the_speaker(joined: Engine) -> None:
    view = votes.one(joined, "s-1")
    assert view is not None
    (spoken,) = view.spoken
    assert (spoken.was, spoken.was_code, spoken.was_reason) == (Position.NOT_CAST, "aus", Reason.ABSENT)
    assert spoken.quote == NOTE


def test_a_ballot_that_the_sums_decided_says_so(joined: Engine) -> None:
    view = votes.one(joined, "s-1")
    assert view is not None
    assert [ballot.name for ballot in view.ballots if ballot.decided] == ["Member 3"]


def test_the_shape_holds_what_the_papers_say(joined: Engine) -> None:
    view = votes.one(joined, "s-1")
    assert view is not None
    printed = json.loads(json.dumps(shape.as_json(view)))
    jsonschema.validate(printed, SCHEMA)
    assert [(paper["id"], paper["agrees"]) for paper in printed["papers"]] == [("m-1", True), ("o-1", False)]
    assert printed["announced_by"] == "m-1"
    assert [ballot["name"] for ballot in printed["ballots"] if ballot["decided"]] == ["Member 3"]
    assert printed["sitting_date"] == DAY.isoformat() == date(2023, 5, 18).isoformat()
