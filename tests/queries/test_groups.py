"""Are spoken votes added to groups only where the groups then make the vote's own count?"""

from __future__ import annotations

from tracker.domain.votes import UNREAD, Position, Reason, Tally
from tracker.queries.groups import Named, table, tallies, unread
from tracker.queries.view import SpokenView

NAMES = {"A": Named("A", "Alphas", True), "NA": Named("NA", "None", False)}


def said(group: str | None, now: Position, was: Position | None = None, **more: object) -> SpokenView:
    facts = {"name": "Ana", "member": "ana", "declared": None, "counts": True, "quote": "…"} | more
    return SpokenView(group=group, was=was, now=now, **facts)  # type: ignore[arg-type]


def test_a_spoken_vote_goes_to_the_speakers_group() -> None:
    counted = {"A": Tally(2, 1, not_cast=1), "NA": Tally(1)}
    rows = table(counted, [said("A", Position.NO, Position.NOT_CAST)], None, NAMES, Tally(3, 2), spoken_counts=True)
    assert [(r.code, str(r.final), r.final.not_cast if r.final else None) for r in rows] == [
        ("A", "2–2–0", 0),
        ("NA", "1–0–0", 0),
    ]


def test_groups_that_do_not_make_the_final_count_are_not_shown_as_final() -> None:
    rows = table({"A": Tally(2, 1)}, [said("A", Position.NO)], None, NAMES, Tally(9, 9), spoken_counts=True)
    assert [row.final for row in rows] == [None]
    rows = table({"A": Tally(2, 1)}, [said("A", Position.NO)], None, NAMES, None, spoken_counts=True)
    assert [row.final for row in rows] == [None]


def test_a_chamber_that_counts_no_spoken_votes_keeps_the_ballots() -> None:
    rows = table({"A": Tally(2, 1)}, [said("A", Position.NO)], None, NAMES, Tally(2, 1), spoken_counts=False)
    assert [str(row.final) for row in rows] == ["2–1–0"]


def test_a_statement_twice_or_against_the_board_is_not_added() -> None:
    spoken = [
        said("A", Position.NO),
        said("A", Position.NO),
        said("A", Position.NO, Position.YES, name="Eva", member="eva"),
    ]
    rows = table({"A": Tally(2, 1)}, spoken, None, NAMES, Tally(2, 2), spoken_counts=True)
    assert [str(row.final) for row in rows] == ["2–2–0"]


def test_someone_without_a_group_gets_a_row_of_their_own_at_the_end() -> None:
    rows = table(
        {"A": Tally(1)},
        [said(None, Position.YES)],
        '[["A", "Alphas", 1, 0, 0, 0, 0]]',
        NAMES,
        Tally(2),
        spoken_counts=True,
    )
    assert [(r.code, str(r.final), r.printed) for r in rows] == [("A", "1–0–0", Tally(1)), (None, "1–0–0", None)]


def test_a_mark_that_could_not_be_read_is_not_shown_among_those_who_did_not_vote() -> None:
    marks = [("A", "SI", "yes", "", 2), ("A", "aus", "not_cast", "absent", 1), ("A", *map(str, UNREAD), 3)]
    counted, lost = tallies(marks), unread(marks)
    assert counted["A"].not_cast == 4
    (row,) = table(counted, [], None, NAMES, Tally(2), spoken_counts=True, unread=lost)
    assert (row.tally.not_cast, row.unread, row.shown) == (4, 3, Tally(2, not_cast=1))
    aloud = [
        said("A", Position.NO, Position.NOT_CAST, name=name, member=name, was_code="?", was_reason=Reason.UNKNOWN)
        for name in ("eva", "ana")
    ]
    (row,) = table(counted, aloud, None, NAMES, Tally(2, 2), spoken_counts=True, unread=lost)
    assert (row.unread, row.shown) == (1, Tally(2, 2, not_cast=1)), "who spoke is known"
    (row,) = table(counted, aloud, None, NAMES, None, spoken_counts=True, unread=lost)
    assert (row.unread, row.shown) == (3, Tally(2, not_cast=1)), "the final count cannot be told"
