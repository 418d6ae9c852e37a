"""Do members stand where the board and the statements made aloud put them, and nowhere else?"""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tracker.analysis.parts import Part, Said, by_group, count, groups_with_spoken, moving, printed, with_spoken
from tracker.domain.tally import CAST, UNREAD, Code, Position, Reason, Tally

YES, NO, ABSTAIN, AWAY = Position.YES, Position.NO, Position.ABSTAIN, Position.NOT_CAST
BOARD = (
    printed("a", "Ana", "FP", Code("SI", YES)),
    printed("b", "Bea", "PL", Code("LO", AWAY, Reason.LEAVE_OFFICIAL)),
    printed("c", "Caro", None, Code("NO", NO)),
)


def final(*spoken: Said, tally: Tally, counts: bool = True) -> tuple[Part, ...] | None:
    return with_spoken(BOARD, spoken, tally, spoken_counts=counts)


def test_a_vote_aloud_moves_its_member_who_keeps_the_mark_of_the_board() -> None:
    parts = final(Said("b", "Bea", "PL", AWAY, NO), tally=Tally(1, 2))
    assert parts is not None
    assert [(p.who, p.position, p.board, p.aloud, p.reason) for p in parts] == [
        ("a", YES, YES, False, None),
        ("b", NO, AWAY, True, Reason.LEAVE_OFFICIAL),
        ("c", NO, NO, False, None),
    ]


def test_somebody_sworn_in_that_day_joins_the_roll() -> None:
    parts = final(Said("d", "Dora", "FP", None, YES), tally=Tally(2, 1))
    assert parts is not None
    assert parts[-1] == Part("d", "Dora", "FP", YES)
    assert parts[-1].aloud


def test_members_who_do_not_make_the_final_count_are_not_given_out() -> None:
    said = Said("b", "Bea", "PL", AWAY, NO)
    assert final(said, tally=Tally(9, 9)) is None
    assert with_spoken(BOARD, [said], None, spoken_counts=True) is None
    assert final(said, tally=Tally(1, 1), counts=False) == BOARD


def test_what_moves_nobody_is_left_out() -> None:
    on_board = Said("a", "Ana", "FP", YES, NO)
    outside = Said("b", "Bea", "PL", AWAY, NO, counts=False)
    assert list(moving([on_board, outside], spoken_counts=True)) == []
    once = Said("b", "Bea", "PL", AWAY, NO)
    assert list(moving([once, once], spoken_counts=True)) == [(once, AWAY)]
    assert list(moving([once], spoken_counts=False)) == []


def test_a_change_is_declared_and_may_follow_another() -> None:
    first = Said("a", "Ana", "FP", YES, NO, declared=YES)
    second = Said("a", "Ana", "FP", YES, ABSTAIN, declared=NO)
    assert list(moving([first, second], spoken_counts=True)) == [(first, YES), (second, NO)]
    parts = final(first, second, tally=Tally(0, 1, 1))
    assert parts is not None
    assert parts[0].position is ABSTAIN
    groups = groups_with_spoken({"FP": Tally(1)}, [first, second], spoken_counts=True)
    assert groups == {"FP": Tally(0, 0, 1)}


def test_a_statement_that_does_not_fit_its_group_leaves_the_groups_open() -> None:
    assert groups_with_spoken({"FP": Tally(1)}, [Said("a", "Ana", "FP", NO, YES, NO)], spoken_counts=True) is None


def test_a_paper_without_the_absent_has_nobody_to_take_them_from() -> None:
    groups = groups_with_spoken({"FP": Tally(1)}, [Said("b", "Bea", "FP", AWAY, YES)], spoken_counts=True)
    assert groups == {"FP": Tally(2)}


def test_candidates_are_counted_by_name() -> None:
    parts = [printed(str(n), str(n), "R", Code(name, Position.OTHER)) for n, name in enumerate(["Jordan", "Scalise"])]
    assert count(parts) == Tally(candidates=(("Jordan", 1), ("Scalise", 1)))


STATEMENTS = st.lists(
    st.builds(
        Said,
        st.sampled_from("abcd"),
        st.just("…"),
        st.sampled_from(["FP", "PL"]),
        st.sampled_from([YES, NO, ABSTAIN, AWAY]),
        st.sampled_from([YES, NO, ABSTAIN]),
        st.sampled_from([None, YES, NO, ABSTAIN]),
        st.booleans(),
    ),
    max_size=8,
)


@given(STATEMENTS)
def test_whoever_moves_twice_moves_from_where_they_stood(spoken: list[Said]) -> None:
    moved = list(moving(spoken, spoken_counts=True))
    for who in "abcd":
        mine = [(said, was) for said, was in moved if said.who == who]
        assert all(was is before.now for (before, _), (_, was) in pairwise(mine))
        assert all(said.counts and (said.declared is not None or was not in CAST) for said, was in mine)
    assert [said for said, _ in moved if said not in spoken] == []


def test_groups_keep_the_order_of_the_roll() -> None:
    assert {group: [p.name for p in parts] for group, parts in by_group(BOARD).items()} == {
        "FP": ["Ana"], "PL": ["Bea"], None: ["Caro"],
    }  # fmt: skip


def test_a_mark_that_could_not_be_read_is_known_once_the_member_spoke() -> None:
    board = [printed(name, name, "FP", UNREAD) for name in ("Ana", "Bea")]
    assert all(part.unread for part in board)
    said = Said("Ana", "Ana", "FP", AWAY, YES)
    assert [part.unread for part in with_spoken(board, [said], Tally(1), spoken_counts=True) or ()] == [False, True]
