"""Does the table of members put each where the count has them, and no statement where it does not count?"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
import seed

from dashboard import words
from dashboard.charts.parts import count, parts
from dashboard.components.ballots import Line, chosen, lines, table
from tracker.domain.votes import Position
from tracker.queries import votes
from tracker.queries.database import connect
from tracker.queries.view import VoteView

EN = words.of("en")


@pytest.fixture(scope="module")
def sheet(database: str) -> VoteView:
    """A vote with three statements, of members whom the board does not have as voting."""
    found = votes.one(connect(database), seed.SHEET, own=True)
    assert found is not None
    return found


def of(view: VoteView) -> Counter[Position | None]:
    return Counter(line.position for line in lines(view))


def spoke(view: VoteView) -> list[Line]:
    return [line for line in lines(view) if line.said is not None]


def test_who_spoke_stands_where_the_statement_puts_them(sheet: VoteView) -> None:
    assert (of(sheet)[Position.YES], of(sheet)[Position.NO], of(sheet)[Position.ABSTAIN]) == (70, 33, 4)
    assert all(line.aloud and line.said and line.position is line.said.now for line in spoke(sheet))
    assert "did not vote → " in table(sheet, spoke(sheet), EN)


def test_a_reason_beside_a_vote_by_voice_is_said_to_be_the_boards(sheet: VoteView) -> None:
    assert table(sheet, lines(sheet), EN).count("<td>board: ") == len(spoke(sheet)) == 3


@pytest.mark.parametrize("change", ["chamber", "paper"])
def test_a_statement_that_does_not_count_moves_nobody(sheet: VoteView, change: str) -> None:
    chamber = replace(sheet.chamber, spoken_counts=change != "chamber")
    spoken = tuple(replace(said, counts=change != "paper") for said in sheet.spoken)
    view = replace(sheet, chamber=chamber, spoken=spoken, tallies=replace(sheet.tallies, final=sheet.tallies.board))
    assert (of(view)[Position.YES], of(view)[Position.NO], of(view)[Position.ABSTAIN]) == (69, 31, 4)
    assert [(line.position, line.aloud) for line in spoke(view)] == [(Position.NOT_CAST, False)] * 3
    assert len(chosen(lines(view), None, "yes")) == 69
    assert count(parts(view)).yes == 69, "charts and table draw the same members"
    assert "by voice: yes, not counted" in table(view, spoke(view), EN)


def test_who_is_on_no_roll_and_says_what_does_not_count_is_in_no_count(sheet: VoteView) -> None:
    (first, *others) = sheet.spoken
    guest = replace(first, name="Somebody else", member=None, counts=False)
    view = replace(sheet, spoken=(guest, first, *others))
    (line,) = [line for line in lines(view) if line.name == "Somebody else"]
    assert (line.position, line.unread) == (None, False)
    assert line not in parts(view)
    assert sum(of(view).values()) == sum(of(sheet).values()) + 1
