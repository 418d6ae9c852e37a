"""Are the sums of a vote made, none of them bent, and said to differ exactly when they do?"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.reconcile import FIGURES, Check, Checked, Reconciliation, Verdict, reconcile
from tracker.domain.votes import (
    Ballot,
    Code,
    GroupTally,
    Means,
    Position,
    PrintedBallot,
    PrintedVote,
    Reason,
    Spoken,
    Tally,
    Vote,
)  # fmt: skip

MakeVote = Callable[..., Vote]
YES, NO, ABSTAIN, ABSENT = Position.YES, Position.NO, Position.ABSTAIN, Position.NOT_CAST
MARKS = {
    YES: Code("SI", YES), NO: Code("NO", NO), ABSTAIN: Code("ABST", ABSTAIN),
    ABSENT: Code("AUS", ABSENT, Reason.ABSENT),
    Position.PRESENT: Code("Present", Position.PRESENT), Position.OTHER: Code("Jeffries", Position.OTHER),
}  # fmt: skip


def crowd(yes: int, no: int, abstain: int = 0, absent: int = 0) -> list[tuple[str, Code]]:
    """Members by position: `yes 0`, `yes 1` …"""
    counts = ((YES, yes), (NO, no), (ABSTAIN, abstain), (ABSENT, absent))
    return [(f"{position} {n}", MARKS[position]) for position, count in counts for n in range(count)]


def said(name: str, was: Position | None, now: Position, **more: Any) -> Spoken:
    return Spoken(name, was, now, f"deja constancia del voto de {name}", **more)


def check(sums: Reconciliation, which: Check) -> Checked:
    return next(c for c in sums.checks if c.check is which)


def spoken_over(make: MakeVote, board: str, *spoken: Spoken, absent: int = 20) -> Reconciliation:
    """Statements made over a board of that tally, on a sheet that names everybody."""
    tally = Tally.parse(board)
    rows = crowd(tally.yes, tally.no, tally.abstain, absent)
    return reconcile(make(*rows, board=replace(tally, not_cast=absent), spoken=spoken), spoken_counts=True)


class TestTheVoteThatStartedIt:
    def test_board_and_voices_make_what_was_announced(self, founding: MakeVote) -> None:
        sums = reconcile(founding(announced_means=Means.FINAL), spoken_counts=True)
        assert sums.counted == sums.board == Tally(69, 31, 4, 0, 26)
        assert sums.final == Tally(70, 33, 4, 0, 23)
        assert sums.final.total == 130
        assert sums.announced == Tally(70, 33, 4)
        assert sums.verdict is Verdict.SOUND
        assert sums.differences == ()
        assert len(sums.spoken) == 3

    def test_a_member_on_leave_is_added_all_the_same(self, founding: MakeVote) -> None:
        """Taipe Coronado is listed on official leave: shown, not mended."""
        sums = reconcile(founding(), spoken_counts=True)
        assert check(sums, Check.SPOKEN_FIT_BALLOTS) == Checked(Check.SPOKEN_FIT_BALLOTS, True)

    def test_the_place_on_the_board_is_looked_up_where_the_statement_does_not_know_it(self, founding: MakeVote) -> None:
        vote = founding()
        bare = replace(vote, spoken=tuple(replace(one, was=None) for one in vote.spoken))
        assert reconcile(bare, spoken_counts=True).final == Tally(70, 33, 4, 0, 23)

    def test_members_are_known_by_their_id_however_the_name_is_spelled(self, founding: MakeVote) -> None:
        vote = founding()
        spelled = tuple(replace(one, name=one.name.upper(), member=one.name, was=None) for one in vote.spoken)
        assert reconcile(replace(vote, spoken=spelled), spoken_counts=True).final == Tally(70, 33, 4, 0, 23)

    def test_the_figure_may_stand_for_either_count_unless_its_meaning_is_known(self, founding: MakeVote) -> None:
        for means, announced, ok in [
            (None, "70–33–4", True), (None, "69–31–4", True), (None, "70–31–4", False),
            (Means.FINAL, "70–33–4", True), (Means.FINAL, "69–31–4", False),
            (Means.BOARD, "69–31–4", True), (Means.BOARD, "70–33–4", False),
        ]:  # fmt: skip
            sums = reconcile(founding(announced=Tally.parse(announced), announced_means=means), spoken_counts=True)
            assert check(sums, Check.ANNOUNCED_MEETS).ok is ok, (means, announced)
            assert sums.verdict is (Verdict.SOUND if ok else Verdict.DOUBTFUL)

    def test_the_difference_is_said_with_both_figures(self, founding: MakeVote) -> None:
        sums = reconcile(founding(announced=Tally(71, 33, 4)), spoken_counts=True)
        detail = "announced 71–33–4, the record makes 69–31–4 or 70–33–4"
        assert sums.differences == (Checked(Check.ANNOUNCED_MEETS, False, detail),)

    def test_a_chamber_may_not_count_voices(self, founding: MakeVote) -> None:
        sums = reconcile(founding(announced=Tally(69, 31, 4)), spoken_counts=False)
        assert sums.final == sums.board
        assert sums.verdict is Verdict.SOUND

    def test_minutes_list_only_those_who_voted(self, founding: MakeVote) -> None:
        sheet = founding()
        ballots = tuple(b for b in sheet.ballots if b.code.position is not ABSENT)
        spoken = tuple(replace(one, was=None) for one in sheet.spoken)
        printed = replace(sheet.printed, complete=False, board=None, announced_means=Means.FINAL)
        sums = reconcile(Vote(printed, ballots, spoken), spoken_counts=True)
        assert (sums.board, sums.counted, sums.final) == (None, Tally(69, 31, 4), Tally(70, 33, 4))
        assert sums.verdict is Verdict.SOUND

    def test_a_board_of_three_figures_over_a_full_roll(self, founding: MakeVote) -> None:
        sums = reconcile(founding(board=Tally(69, 31, 4)), spoken_counts=True)
        assert sums.final == Tally(70, 33, 4)
        assert sums.verdict is Verdict.SOUND


class TestVoices:
    """Peru, PERU_DATA 5.2: what the notes say and the tally they lead to."""

    @pytest.mark.parametrize(
        ("board", "added", "changed", "final"),
        [
            ("39-56-0", (8, 11, 0), [(YES, NO)], "46-68-0"),  # 2022-12-12T00-06
            ("68-17-7", (8, 2, 2), [(YES, NO), (NO, YES)], "76-19-9"),  # 2022-12-21T23-55
            ("82-14-8", (3, 0, 0), [(NO, YES)], "86-13-8"),  # 2023-01-05T11-49
            ("102-0-3", (1, 0, 0), [(ABSTAIN, YES)], "104-0-2"),  # 2023-02-17T20-28
            ("100-3-4", (4, 0, 1), [(YES, ABSTAIN)], "103-3-6"),  # 2023-03-23T18-15
            ("83-4-8", (3, 0, 0), [(NO, ABSTAIN), (YES, ABSTAIN)], "85-3-10"),  # 2023-05-04T22-24
            ("31-64-3", (0, 4, 0), [(YES, NO)], "30-69-3"),  # 2023-06-22T17-10
            ("59-59-1", (1, 0, 0), [], "60-59-1"),  # 2023-06-22T22-15: the voice decides
            ("98-0-0", (6, 0, 0), [], "104-0-0"),
        ],
    )
    def test_notes_of_the_plenary(
        self,
        make: MakeVote,
        board: str,
        added: tuple[int, int, int],
        changed: list[tuple[Position, Position]],
        final: str,
    ) -> None:
        sides = [side for side, n in zip((YES, NO, ABSTAIN), added, strict=True) for _ in range(n)]
        spoken = [said(f"not_cast {n}", ABSENT, side) for n, side in enumerate(sides)]
        spoken += [said(f"{was} {n}", was, now, declared=was) for n, (was, now) in enumerate(changed)]
        sums = spoken_over(make, board, *spoken)
        assert sums.final is not None
        assert sums.board is not None
        assert sums.final.same_cast(Tally.parse(final))
        assert sums.final.total == sums.board.total
        assert sums.verdict is Verdict.SOUND

    def test_the_presiding_officer_has_a_vote_too(self, make: MakeVote) -> None:
        """2022-09-05T20-05, "de su voto en contra": the sheet prints *** and counts it as no response."""
        rows = [*crowd(61, 46, 5, 17), ("Moyano Delgado", Code("***", ABSENT, Reason.CHAIR))]
        spoken = (said("Moyano Delgado", ABSENT, NO),)
        sums = reconcile(make(*rows, board=Tally(61, 46, 5, 0, 18), spoken=spoken), spoken_counts=True)
        assert sums.final == Tally(61, 47, 5, 0, 17)

    def test_a_plain_statement_of_one_already_counted_is_an_error_to_report(self, make: MakeVote) -> None:
        for was, now in ((YES, NO), (YES, YES), (ABSTAIN, NO)):
            sums = spoken_over(make, "10-5-2", said(f"{was} 0", was, now), said("not_cast 0", ABSENT, NO))
            assert sums.final == Tally(10, 6, 2, 0, 19)
            assert check(sums, Check.SPOKEN_FIT_BALLOTS).detail == f"{was} 0 is already on the board ({was})"
            assert sums.verdict is Verdict.DOUBTFUL

    def test_it_is_seen_on_the_ballots_even_if_the_statement_does_not_say(self, make: MakeVote) -> None:
        sums = spoken_over(make, "10-5-2", said("yes 3", None, NO))
        assert sums.final == sums.board
        assert sums.verdict is Verdict.DOUBTFUL

    def test_one_named_twice_counts_once(self, make: MakeVote) -> None:
        sums = spoken_over(make, "10-5-2", said("not_cast 0", ABSENT, YES), said("not_cast 0", ABSENT, YES))
        assert sums.final == Tally(11, 5, 2, 0, 19)
        assert check(sums, Check.SPOKEN_FIT_BALLOTS) == Checked(
            Check.SPOKEN_FIT_BALLOTS, False, "not_cast 0 is named twice"
        )

    def test_one_named_twice_with_two_minds_leaves_the_sum_open(self, make: MakeVote) -> None:
        sums = spoken_over(make, "10-5-2", said("not_cast 0", ABSENT, YES), said("not_cast 0", ABSENT, NO))
        assert sums.final is None
        assert sums.verdict is Verdict.DOUBTFUL

    def test_a_vote_put_on_record_may_then_be_changed(self, make: MakeVote) -> None:
        sums = spoken_over(
            make, "10-5-2", said("not_cast 0", ABSENT, YES), said("not_cast 0", ABSENT, NO, declared=YES)
        )
        assert sums.final == Tally(10, 6, 2, 0, 19)
        assert sums.verdict is Verdict.SOUND

    def test_a_change_from_what_the_board_does_not_show_is_named(self, make: MakeVote) -> None:
        sums = spoken_over(make, "10-5-2", said("no 0", NO, ABSTAIN, declared=YES))
        assert sums.final == Tally(10, 4, 3, 0, 20)
        detail = "no 0 is said to change from yes, the board has no"
        assert check(sums, Check.SPOKEN_FIT_BALLOTS).detail == detail

    def test_a_change_by_somebody_who_is_not_found_is_not_guessed(self, make: MakeVote) -> None:
        sums = spoken_over(make, "10-5-2", said("Acuña Peralta", None, NO, declared=YES))
        assert sums.final is None
        assert "Acuña Peralta is said to change from yes, but is not found" in sums.differences[0].detail

    def test_a_change_over_totals_alone_is_taken_at_its_word(self, make: MakeVote) -> None:
        spoken = (said("Soto Reyes", None, YES, declared=ABSTAIN),)
        vote = make(board=Tally(77, 7, 4), complete=False, spoken=spoken)
        assert reconcile(vote, spoken_counts=True).final == Tally(78, 7, 3)

    def test_the_statement_and_the_ballots_disagree(self, make: MakeVote) -> None:
        sums = spoken_over(make, "10-5-2", said("yes 0", ABSENT, NO, declared=YES))
        assert sums.final == Tally(9, 6, 2, 0, 20)
        assert check(sums, Check.SPOKEN_FIT_BALLOTS).detail == "yes 0 is placed at not_cast, the ballots have yes"

    def test_statements_that_the_paper_leaves_out_stay_out(self, make: MakeVote) -> None:
        sums = spoken_over(make, "57-4-19", said("not_cast 1", ABSENT, YES, counts=False))
        assert sums.final == sums.board
        assert sums.verdict is Verdict.SOUND

    def test_a_vote_ruled_out_leaves_the_count(self, make: MakeVote) -> None:
        """2022-04-27T17-34: "no se considerará el voto de la congresista Chirinos Venegas"."""
        out = said("yes 0", YES, ABSENT, declared=YES)
        assert spoken_over(make, "57-4-19", out).final == Tally(56, 4, 19, 0, 21)
        minutes = make(*crowd(57, 4, 19), complete=False, spoken=(out,))
        assert reconcile(minutes, spoken_counts=True).final == Tally(56, 4, 19)

    def test_a_member_sworn_in_that_day_is_on_no_roll(self, make: MakeVote) -> None:
        """2023-01-26T11-35, Pazo Nunura: 74-40-4 becomes 75-40-4."""
        sums = spoken_over(make, "74-40-4", said("Pazo Nunura", None, YES), absent=11)
        assert sums.final == Tally(75, 40, 4, 0, 11)

    def test_more_voices_than_absent_members_leave_the_sum_open(self, make: MakeVote) -> None:
        spoken = [said(f"somebody {n}", ABSENT, YES) for n in range(3)]
        sums = spoken_over(make, "10-5-2", *spoken, absent=2)
        assert sums.final is None
        assert "nobody is counted as not_cast" in check(sums, Check.SPOKEN_FIT_BALLOTS).detail

    def test_a_note_that_was_not_read_to_its_end_leaves_the_sum_open(self, make: MakeVote) -> None:
        """2023-05-11T10-39: six members are named without a direction."""
        rows, board = crowd(10, 5, 2, 20), Tally(10, 5, 2, 0, 20)
        vote = make(*rows, board=board, spoken=(said("not_cast 0", ABSENT, YES),), spoken_whole=False, doubts=("six",))
        sums = reconcile(vote, spoken_counts=True)
        assert (sums.final, sums.board, sums.verdict) == (None, board, Verdict.DOUBTFUL)
        assert reconcile(vote, spoken_counts=False).final == board
        nothing_heard = make(*rows, board=board, spoken_whole=False)
        assert reconcile(nothing_heard, spoken_counts=True).final is None

    def test_a_statement_whose_effect_cannot_be_told_leaves_the_sum_open(self, make: MakeVote) -> None:
        vote = replace(
            make(*crowd(10, 5, 2, 20), board=Tally(10, 5, 2, 0, 20), spoken=(said("Luis Acuña", None, YES),)),
            unsettled=("Luis Acuña is no member's name on this roll",),
        )
        sums = reconcile(vote, spoken_counts=True)
        assert sums.final is None
        assert check(sums, Check.SPOKEN_FIT_BALLOTS).detail == "Luis Acuña is no member's name on this roll"

    def test_siblings_of_one_printed_name_are_not_mixed_up(self, make: MakeVote) -> None:
        vote = make(*crowd(10, 5, 2, 20), ("Acuña Peralta", MARKS[YES]), ("Acuña Peralta", MARKS[ABSENT]))
        ballots = tuple(
            b._replace(member=f"acuna-{n}") if b.name == "Acuña Peralta" else b for n, b in enumerate(vote.ballots)
        )
        hector = said("Acuña Peralta", None, NO, member=ballots[-1].member)
        printed = replace(vote.printed, board=Tally(11, 5, 2, 0, 21))
        assert reconcile(Vote(printed, ballots, (hector,)), spoken_counts=True).final == Tally(11, 6, 2, 0, 20)

    def test_the_vice_president_breaks_a_tie_of_the_senate(self, make: MakeVote) -> None:
        """117-1-54: the Vice President is not among the members, nor in the count of 50–50."""
        vice = Spoken("Vice President of the United States", None, YES, "Yea")
        sums = reconcile(make(*crowd(50, 50), board=Tally(50, 50), spoken=(vice,)), spoken_counts=True)
        assert (sums.final, sums.verdict) == (Tally(51, 50), Verdict.SOUND)

    def test_nobody_can_speak_for_a_candidate(self, make: MakeVote) -> None:
        rows = [("A", Code("Jordan", Position.OTHER)), ("B", MARKS[ABSENT])]
        sums = reconcile(make(*rows, spoken=(said("B", ABSENT, Position.OTHER),)), spoken_counts=True)
        assert sums.final is None
        already = reconcile(make(*rows, spoken=(said("A", None, YES),)), spoken_counts=True)
        assert already.final == already.counted
        assert already.verdict is Verdict.DOUBTFUL


class TestSums:
    def test_every_gap_is_said_in_votes(self, make: MakeVote) -> None:
        sums = reconcile(make(*crowd(64, 56), board=Tally(63, 57)), spoken_counts=True)
        assert sums.differences == (Checked(Check.BALLOTS_MAKE_BOARD, False, "yes -1, no +1"),)

    def test_those_who_did_not_vote_are_part_of_a_complete_roll(self, make: MakeVote) -> None:
        rows = crowd(90, 11, 3, 8)
        board = Tally(90, 11, 3, 0, 9)
        assert reconcile(make(*rows, board=board), spoken_counts=True).differences[0].detail == "not_cast +1"
        assert reconcile(make(*rows[:-8], board=board, complete=False), spoken_counts=True).verdict is Verdict.SOUND

    def test_a_quorum_call(self, make: MakeVote) -> None:
        rows = [(f"m{n}", MARKS[Position.PRESENT]) for n in range(399)] + crowd(0, 0, 0, 36)
        board = Tally(present=399, not_cast=36)
        assert reconcile(make(*rows, board=board), spoken_counts=False).verdict is Verdict.SOUND
        short = reconcile(make(*rows, board=replace(board, present=398)), spoken_counts=False)
        assert short.differences[0].detail == "present -1"

    def test_an_election_by_name(self, make: MakeVote) -> None:
        """House, 2023, roll 519 and the like: names of candidates, and Present, and Not Voting."""
        names = {"Scalise": 7, "Jeffries": 212, "Jordan": 200}
        rows = [(f"{who} {n}", Code(who, Position.OTHER)) for who, count in names.items() for n in range(count)]
        board = Tally(candidates=tuple(names.items()))
        assert reconcile(make(*rows, board=board), spoken_counts=False).verdict is Verdict.SOUND
        wrong = Tally(candidates=(("Scalise", 8), ("Jeffries", 212), ("Jordan", 199)))
        sums = reconcile(make(*rows, board=wrong, announced=wrong), spoken_counts=False)
        assert check(sums, Check.BALLOTS_MAKE_BOARD).detail == "Jordan -1, Scalise +1"
        assert check(sums, Check.ANNOUNCED_MEETS).ok is True
        other = reconcile(make(*rows, board=board, announced=wrong), spoken_counts=False)
        assert "Jordan 199" in check(other, Check.ANNOUNCED_MEETS).detail

    def test_groups_against_board_and_ballots(self, make: MakeVote) -> None:
        vote = make(*crowd(3, 2, 0, 1), board=Tally(3, 2, 0, 0, 1))
        ballots = tuple(b._replace(group="R" if b.code.position is YES else "D") for b in vote.ballots)

        def sums(*rows: GroupTally) -> Reconciliation:
            return reconcile(Vote(replace(vote.printed, groups=rows), ballots), spoken_counts=False)

        right = (GroupTally("R", None, Tally(3)), GroupTally("D", None, Tally(0, 2, 0, 0, 1)))
        assert sums(*right).verdict is Verdict.SOUND
        swapped = sums(GroupTally("D", None, Tally(3)), GroupTally("R", None, Tally(0, 2, 0, 0, 1)))
        assert check(swapped, Check.GROUPS_MAKE_BOARD).ok is True
        detail = "D: yes +3, no -2, not_cast -1; R: yes -3, no +2, not_cast +1"
        assert check(swapped, Check.BALLOTS_MAKE_GROUPS).detail == detail
        missing = sums(right[0])
        assert check(missing, Check.GROUPS_MAKE_BOARD).detail == "no +2"
        assert check(missing, Check.BALLOTS_MAKE_GROUPS).detail == "D: no -2, not in the table"

    def test_one_member_with_two_ballots(self, make: MakeVote) -> None:
        sums = reconcile(make(*crowd(3, 1), ("yes 1", MARKS[NO])), spoken_counts=False)
        assert sums.differences == (Checked(Check.NOBODY_TWICE, False, "yes 1"),)

    def test_two_unknown_people_may_have_one_name(self, make: MakeVote) -> None:
        vote = make(("Acuña Peralta", MARKS[YES]), ("Acuña Peralta", MARKS[NO]))
        unknown = replace(vote, ballots=tuple(b._replace(member=None) for b in vote.ballots))
        assert check(reconcile(unknown, spoken_counts=True), Check.NOBODY_TWICE).ok is None

    def test_a_reader_that_doubts_is_heard(self, make: MakeVote) -> None:
        sums = reconcile(make(*crowd(3, 1), board=Tally(3, 1), doubts=("page 3 is cut", "a list")), spoken_counts=True)
        assert sums.differences == (Checked(Check.READER_SURE, False, "page 3 is cut; a list"),)

    def test_without_figures_to_compare_nothing_is_claimed(self, make: MakeVote) -> None:
        alone = reconcile(make(*crowd(3, 1), spoken=(said("new", None, YES),), complete=False), spoken_counts=True)
        assert (alone.verdict, alone.final) == (Verdict.UNCHECKED, Tally(4, 1))
        totals = reconcile(make(board=Tally(3, 1), complete=False), spoken_counts=True)
        assert (totals.verdict, totals.final) == (Verdict.UNCHECKED, Tally(3, 1))
        nothing = reconcile(make(complete=False, announced=Tally(3, 1)), spoken_counts=True)
        assert (nothing.verdict, nothing.final) == (Verdict.UNCHECKED, None)

    def test_a_board_without_the_roll_it_promises_is_doubtful(self, make: MakeVote) -> None:
        assert reconcile(make(board=Tally(3, 1), complete=True), spoken_counts=True).verdict is Verdict.DOUBTFUL


CODES = st.sampled_from([*MARKS.values(), Code("", Position.OTHER), Code("yes", Position.OTHER)])
PEOPLE = st.sampled_from([f"m{n}" for n in range(12)])
TALLIES = st.builds(Tally, *[st.integers(0, 6)] * 5) | st.just(Tally(candidates=(("Jeffries", 2),)))
GROUPS = st.none() | st.sampled_from(["R", "D"])
SPOKEN = st.builds(
    Spoken, PEOPLE, st.none() | st.sampled_from(Position), st.sampled_from(Position), st.just("q"), st.booleans(),
    st.none() | st.sampled_from(Position), st.none() | PEOPLE,
)  # fmt: skip


@st.composite
def votes(draw: st.DrawFn) -> Vote:
    """Any vote that can be put together, sensible or not."""
    rows = draw(st.lists(st.tuples(PEOPLE, CODES, GROUPS, st.none() | PEOPLE), max_size=14))
    spoken = tuple(draw(st.lists(SPOKEN, max_size=4)))
    printed = PrintedVote(
        legislature="x", key="x", id="x", sitting_date=date(2023, 5, 18), subject="", spoken=spoken,
        ballots=tuple(PrintedBallot(name, code, group) for name, code, group, _ in rows),
        complete=draw(st.booleans()), board=draw(st.none() | TALLIES), announced=draw(st.none() | TALLIES),
        announced_means=draw(st.none() | st.sampled_from(Means)),
        groups=tuple(draw(st.lists(st.builds(GroupTally, st.sampled_from("RD"), st.none(), TALLIES), max_size=2))),
        doubts=draw(st.sampled_from([(), ("a doubt",)])),
    )  # fmt: skip
    return Vote(printed, tuple(Ballot(n, code, group, None, None, who) for n, code, group, who in rows), spoken)


@given(votes(), st.booleans())
def test_it_never_raises_and_the_verdict_follows_from_the_checks(vote: Vote, counts: bool) -> None:
    sums = reconcile(vote, spoken_counts=counts)
    assert sorted(c.check for c in sums.checks) == sorted(Check)
    assert all((c.ok is False) == bool(c.detail) for c in sums.checks)
    assert sums.differences == tuple(c for c in sums.checks if c.ok is False)
    wrong = any(c.ok is False for c in sums.checks)
    right = any(c.ok is True and c.check in FIGURES for c in sums.checks)
    assert sums.verdict is (Verdict.DOUBTFUL if wrong else Verdict.SOUND if right else Verdict.UNCHECKED)
    assert sums.counted == Tally.count(b.code for b in vote.ballots)
    assert (sums.board, sums.announced, sums.spoken) == (vote.printed.board, vote.printed.announced, vote.spoken)
    if not counts:
        assert sums.final == (sums.board if sums.board is not None else sums.counted if vote.ballots else None)


@given(votes(), st.randoms())
def test_the_order_of_the_ballots_does_not_matter(vote: Vote, random: Any) -> None:
    shuffled = list(vote.ballots)
    random.shuffle(shuffled)
    sums, again = (
        reconcile(vote, spoken_counts=True),
        reconcile(replace(vote, ballots=tuple(shuffled)), spoken_counts=True),
    )
    assert (sums.final, sums.counted, sums.verdict) == (again.final, again.counted, again.verdict)


@given(yes=st.integers(0, 9), no=st.integers(0, 9), abstain=st.integers(0, 9), absent=st.integers(0, 9), data=st.data())
def test_final_is_the_board_and_every_counted_statement(
    make: MakeVote, yes: int, no: int, abstain: int, absent: int, data: st.DataObject
) -> None:
    """Well-formed notes over any board: the sum agrees with counting the members anew."""
    rows = crowd(yes, no, abstain, absent)
    speakers = data.draw(st.lists(st.sampled_from(rows), unique=True, max_size=8)) if rows else []
    stand = {name: code.position for name, code in rows}
    spoken = []
    for name, code in speakers:
        now = data.draw(st.sampled_from([p for p in (YES, NO, ABSTAIN) if p is not code.position]))
        counts = data.draw(st.booleans())
        declared = None if code.position is ABSENT else code.position
        was = data.draw(st.sampled_from([None, code.position]))
        spoken.append(said(name, was, now, declared=declared, counts=counts))
        if counts:
            stand[name] = now
    board = Tally.count(code for _, code in rows)
    sums = reconcile(make(*rows, board=board, spoken=tuple(spoken)), spoken_counts=True)
    assert sums.final == Tally.count(MARKS[position] for position in stand.values())
    assert check(sums, Check.SPOKEN_FIT_BALLOTS).ok is not False


OPTIONS = {"SI": YES, "NO": NO, "ABSTENCION": ABSTAIN}


def printed_tally(row: dict[str, int]) -> Tally:
    """A row of the sheet's totals; those who did not vote stand in four columns."""
    absent = sum(row[name] for name in ("sin_responder", "ausentes", "licencias", "otros"))
    return Tally(row["si"], row["no"], row["abstenciones"], 0, absent)


@pytest.mark.corpus
def test_every_sheet_of_peru_adds_up_with_its_groups_and_to_the_legal_number(corpus: Path) -> None:
    read = 0
    with gzip.open(corpus / "peru" / "facts" / "votes.jsonl.gz", "rt", encoding="utf-8") as lines:
        for facts in map(json.loads, lines):
            rows = tuple(
                PrintedBallot(name, Code(option, OPTIONS.get(option, ABSENT)), group)
                for group, name, option in facts["votes"]
            )
            printed = PrintedVote(
                legislature="pe_congress", key=facts["id"], id=facts["id"], subject=facts["subject"],
                sitting_date=date.fromisoformat(facts["sitting"]), ballots=rows, complete=True,
                board=printed_tally(facts["board"]),
                groups=tuple(GroupTally(code, None, printed_tally(row)) for code, row in facts["groups"].items()),
            )  # fmt: skip
            sums = reconcile(Vote(printed, tuple(Ballot(*row, row.name) for row in rows)), spoken_counts=True)
            assert sums.verdict is Verdict.SOUND, (facts["id"], sums.differences)
            assert sums.final == sums.board == sums.counted
            assert sums.counted.total in {129, 130}
            read += 1
    assert read > 2000


def test_totals_counted_from_the_names_themselves_prove_nothing(make: MakeVote) -> None:
    rows = crowd(3, 2, 1)
    board, groups = Tally(3, 2, 1), (GroupTally("FP", None, Tally(3, 2, 1)),)
    sound = reconcile(make(*rows, board=board, groups=groups), spoken_counts=True)
    assert sound.verdict is Verdict.SOUND
    counted = reconcile(make(*rows, board=board, groups=groups, board_from_names=True), spoken_counts=True)
    assert counted.verdict is Verdict.UNCHECKED
    assert {one.check for one in counted.checks if one.check in FIGURES and one.ok is not None} == set()
    announced = reconcile(
        make(*rows, board=board, groups=groups, board_from_names=True, announced=Tally(3, 2, 1)), spoken_counts=True
    )
    assert announced.verdict is Verdict.SOUND, "a figure somebody else gives does"
