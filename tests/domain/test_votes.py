"""Are tallies exact, and do votes refuse what no paper could say?"""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.votes import Ballot, Code, Position, PrintedBallot, PrintedVote, Reason, Spoken, Tally, Vote

NAMES = st.text("abcJé. ()", min_size=1, max_size=6)
COUNTS = st.integers(0, 9999)
TALLIES = st.builds(
    Tally,
    COUNTS,
    COUNTS,
    COUNTS,
    COUNTS,
    COUNTS,
    st.dictionaries(NAMES, COUNTS, max_size=4).map(lambda d: tuple(d.items())),
)
MOVABLE = [position for position in Position if position is not Position.OTHER]
CODES = st.builds(
    Code,
    st.sampled_from(["SI", "NO", "***", "Jeffries"]),
    st.sampled_from(Position),
    st.none() | st.sampled_from(Reason),
)
DASHES = "-‐‑‒–—―−﹣－⁃\u00ad"


class TestPrinting:
    @given(COUNTS, COUNTS, COUNTS, st.sampled_from(DASHES), st.sampled_from(["", " ", "  ", "\u00a0", "\u2009", "\n"]))
    def test_what_is_printed_is_read_back_with_any_dash(
        self, yes: int, no: int, abstain: int, dash: str, blank: str
    ) -> None:
        tally = Tally(yes, no, abstain)
        assert Tally.parse(str(tally)) == tally
        assert Tally.parse(f"{blank}{yes}{blank}{dash}{blank}{no}{blank}{dash}{blank}{abstain}{blank}") == tally

    @given(COUNTS, COUNTS)
    def test_two_parts_are_a_chamber_without_abstentions(self, yes: int, no: int) -> None:
        tally = Tally.parse(f"{yes}-{no}")
        assert tally == Tally(yes, no)
        assert tally.text(abstention=False) == f"{yes}–{no}"
        assert Tally.parse(tally.text(abstention=False)) == tally

    def test_an_abstention_is_never_left_out(self) -> None:
        assert Tally(50, 49, 1).text(abstention=False) == "50–49–1"

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "70",
            "70–33–4–1",
            "70/33/4",
            "3/5",
            "-1–2",
            "1,000–2",
            "70–33–",
            "–33",
            "seventy–33",
            "70.5–3",
            "12345–1",
            "٧–١",
            "70–33 x",
            "70 33",
        ],
    )
    def test_anything_else_is_no_tally(self, text: str) -> None:
        with pytest.raises(ValueError, match="not a tally"):
            Tally.parse(text)

    @given(st.text(max_size=20))
    def test_any_text_is_a_tally_or_an_error(self, text: str) -> None:
        try:
            tally = Tally.parse(text)
        except ValueError:
            return
        assert Tally.parse(str(tally)) == tally

    def test_in_full_every_count_stands(self) -> None:
        tally = Tally(1, 2, 3, 4, 5, (("Jeffries", 212), ("Emmer", 1)))
        assert tally.in_full() == "1–2–3, present 4, not_cast 5, Emmer 1, Jeffries 212"


class TestArithmetic:
    @given(TALLIES, TALLIES, TALLIES)
    def test_addition(self, a: Tally, b: Tally, c: Tally) -> None:
        assert a + b == b + a
        assert (a + b) + c == a + (b + c)
        assert a + Tally() == a
        assert (a + b).total == a.total + b.total
        assert all((a + b).of(p) == a.of(p) + b.of(p) for p in Position)

    @given(TALLIES, TALLIES)
    def test_differences_lead_from_one_to_the_other(self, a: Tally, b: Tally) -> None:
        moved = a.differences(b)
        assert (not moved) == (a == b)
        assert a.differences(b) == {name: -step for name, step in b.differences(a).items()}
        assert sum(moved.values()) == b.total - a.total

    def test_a_candidate_called_like_a_position_is_told_apart(self) -> None:
        assert Tally(yes=1).differences(Tally(yes=2, candidates=(("yes", 5),))) == {"yes": 1, "yes (candidate)": 5}

    @given(TALLIES, st.none() | st.sampled_from(MOVABLE), st.none() | st.sampled_from(MOVABLE))
    def test_a_move_can_be_taken_back(self, tally: Tally, was: Position | None, now: Position | None) -> None:
        if was is not None and not tally.of(was):
            with pytest.raises(ValueError, match="nobody is counted as"):
                tally.move(was, now)
            return
        moved = tally.move(was, now)
        assert moved.move(now, was) == tally
        assert moved.total == tally.total + (was is None) - (now is None)

    def test_ballots_for_candidates_do_not_move(self) -> None:
        for was, now in ((Position.OTHER, Position.YES), (None, Position.OTHER)):
            with pytest.raises(ValueError, match="candidate cannot be moved"):
                Tally(1, candidates=(("Emmer", 1),)).move(was, now)

    @given(st.lists(CODES, max_size=40), st.randoms())
    def test_counting_agrees_with_counting_one_by_one(self, codes: list[Code], random: Any) -> None:
        tally = Tally.count(codes)
        for position in Position:
            assert tally.of(position) == sum(1 for code in codes if code.position is position)
        for name, count in tally.candidates:
            assert count == sum(1 for c in codes if c.position is Position.OTHER and c.printed == name)
        assert tally.total == len(codes)
        random.shuffle(codes)
        assert Tally.count(codes) == tally
        assert sum((Tally.count([code]) for code in codes), Tally()) == tally

    def test_comparing_what_was_cast(self) -> None:
        assert Tally(70, 33, 4, 0, 23).same_cast(Tally(70, 33, 4))
        assert not Tally(70, 33, 4).same_cast(Tally(70, 33, 5))
        assert not Tally(candidates=(("Jordan", 200),)).same_cast(Tally(candidates=(("Jordan", 199),)))

    def test_a_candidate_without_ballots_is_as_good_as_not_there(self) -> None:
        assert Tally(candidates=(("Emmer", 0), ("Jordan", 2))) == Tally(candidates=(("Jordan", 2),))

    def test_order_of_candidates_does_not_matter(self) -> None:
        assert Tally(candidates=(("B", 1), ("A", 2))) == Tally(candidates=(("A", 2), ("B", 1)))

    @pytest.mark.parametrize(
        "facts",
        [
            {"yes": -1},
            {"not_cast": -3},
            {"no": 1.5},
            {"abstain": "4"},
            {"candidates": (("A", -1),)},
            {"candidates": (("A", 1), ("A", 2))},
        ],
    )
    def test_what_is_no_count_is_refused(self, facts: dict[str, Any]) -> None:
        with pytest.raises(ValueError, match=r"cannot hold|no count|listed twice"):
            Tally(**facts)

    def test_figures_of_one_vote(self) -> None:
        tally = Tally(70, 33, 4, 1, 22, (("A", 2),))
        assert (tally.cast, tally.other, tally.total, tally.margin) == (107, 2, 132, 37)


class TestPosition:
    @pytest.mark.parametrize("kind", [Position, Reason])
    def test_a_position_hashes_like_the_text_it_equals(self, kind: type[Position] | type[Reason]) -> None:
        for member in kind:
            assert member == member.value
            assert hash(member) == hash(member.value)
            assert {member.value: 1}[member] == 1


def printed(**facts: Any) -> PrintedVote:
    whole: dict[str, Any] = {
        "legislature": "us_house", "key": "2023/519", "id": "us-house-2023-519", "sitting_date": date(2023, 10, 4),
        "subject": "Election of the Speaker", "ballots": (), "complete": True,
    }  # fmt: skip
    return PrintedVote(**(whole | facts))


class TestShapes:
    @pytest.mark.parametrize(
        ("facts", "says"),
        [
            ({"id": " "}, "needs its id"),
            ({"key": ""}, "needs its key"),
            ({"legislature": ""}, "needs its legislature"),
            ({"id": "us house/519"}, "cannot stand in an address"),
            ({"id": "../519"}, "cannot stand in an address"),
            ({"id": "us-house-519\n"}, "cannot stand in an address"),
            ({"taken_at": datetime(2023, 10, 4, 16, 0)}, "no time zone"),  # noqa: DTZ001 - the fault under test
            ({"page": 0}, "numbered from 1"),
        ],
    )
    def test_a_vote_that_cannot_be_is_refused(self, facts: dict[str, Any], says: str) -> None:
        with pytest.raises(ValueError, match=says):
            printed(**facts)

    def test_a_vote_stays_as_it_was_read(self) -> None:
        vote = printed(taken_at=datetime(2023, 10, 4, 16, 0, tzinfo=UTC), page=3)
        with pytest.raises(dataclasses.FrozenInstanceError):
            vote.subject = "something else"  # type: ignore[misc]

    def test_a_statement_needs_a_name(self) -> None:
        with pytest.raises(ValueError, match="needs the name"):
            Spoken(" ", None, Position.YES, "de su voto a favor")

    def test_a_ballot_is_a_printed_ballot_and_a_member(self) -> None:
        row = PrintedBallot("Smith (TX)", Code("Yea", Position.YES), "R", "S000583", "TX")
        assert Ballot(*row, "S000583")[:5] == row

    @given(st.lists(st.tuples(CODES, st.none() | st.sampled_from(["R", "D", "I"])), max_size=30))
    def test_groups_are_counted_apart_and_make_the_whole(self, rows: list[tuple[Code, str | None]]) -> None:
        ballots = tuple(Ballot(f"m{n}", code, group, None, None, None) for n, (code, group) in enumerate(rows))
        by_group = Vote(printed(), ballots).by_group()
        for group in {group for _, group in rows}:
            assert by_group[group] == Tally.count(code for code, g in rows if g == group)
        assert sum(by_group.values(), Tally()) == Tally.count(code for code, _ in rows)
