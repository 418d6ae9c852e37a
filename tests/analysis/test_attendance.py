"""Is nobody called absent who was on leave, in the chair, suspended, or voted aloud?"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.analysis.attendance import KINDS, Away, participation
from tracker.analysis.parts import Part
from tracker.domain.tally import Position, Reason

AWAY = Position.NOT_CAST


def test_every_reason_is_told_apart(roll: Callable[..., tuple[Part, ...]]) -> None:
    found = participation(roll(G="YYYNAP1--.LSCF"))
    assert (found.held, found.voted) == (13, 7)
    assert found.away == {Away.ABSENT: 2, Away.NO_RESPONSE: 1, Away.LEAVE: 1, Away.SUSPENDED: 1, Away.CHAIR: 1}
    assert found.leave == {Reason.LEAVE_OFFICIAL: 1}
    assert found.share == 7 / 13
    assert found.share_when_free == 7 / 10


def test_a_vote_aloud_is_a_vote_whatever_the_board_said() -> None:
    aloud = [
        Part("a", "Ana", "FP", Position.YES, Reason.ABSENT, None, AWAY),
        Part("a", "Ana", "FP", Position.NO, Reason.LEAVE_SICK, None, AWAY),
        Part("a", "Ana", "FP", Position.NO, None, None, Position.YES),  # a change of vote
        Part("a", "Ana", "FP", Position.YES, None, None, None),  # on no roll, sworn in that day
    ]
    found = participation(aloud)
    assert (found.held, found.voted, found.share, found.away) == (4, 4, None, {}), "too few for a share"
    assert participation([*aloud, aloud[0]]).share == 1
    assert found.aloud == {Away.ABSENT: 1, Away.LEAVE: 1, Away.UNKNOWN: 1}


def test_few_votes_make_no_share(roll: Callable[..., tuple[Part, ...]]) -> None:
    assert (participation([]).share, participation([]).share_when_free) == (None, None)
    away = participation(roll(G="LLLLC"))
    assert (away.share, away.share_when_free) == (0, None)
    assert participation(roll(G="YYYY")).share is None, "four are too few"
    assert participation(roll(G="FF")).held == 0


PARTS = st.builds(
    Part,
    st.just("a"),
    st.just("Ana"),
    st.just("FP"),
    st.sampled_from(list(Position)),
    st.sampled_from([None, *Reason]),
    st.none(),
    st.sampled_from([None, *Position]),
)


@given(st.lists(PARTS, max_size=30))
def test_nothing_is_lost_in_the_sums(parts: list[Part]) -> None:
    found = participation(parts)
    seated = [p for p in parts if p.position is not AWAY or p.reason not in (Reason.VACANT, Reason.DECEASED)]
    assert found.held == len(seated) == found.voted + sum(found.away.values())
    assert sum(found.aloud.values()) <= found.voted
    assert sum(found.leave.values()) == found.away.get(Away.LEAVE, 0)
    if found.share_when_free is not None:
        assert found.share is not None
        assert found.share <= found.share_when_free <= 1


def test_every_reason_has_a_kind() -> None:
    assert {*Reason} - {*KINDS} == {Reason.VACANT, Reason.DECEASED, Reason.UNKNOWN}
    assert {KINDS[reason] for reason in Reason if reason.startswith("leave")} == {Away.LEAVE}


@pytest.mark.parametrize("reason", [Reason.PAIRED, Reason.EXCUSED, Reason.ON_DUTY])
def test_what_the_chamber_allows_does_not_count_against_anybody(reason: Reason) -> None:
    away, there = Part("a", "Ana", None, AWAY, reason), Part("a", "Ana", None, Position.YES)
    found = participation([away] * 5 + [there] * 5)
    assert (found.share, found.share_when_free) == (0.5, 1)
