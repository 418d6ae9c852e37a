"""Does everybody on both rolls stand in one cell, and is a change of group seen?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from tracker.analysis.compare import compare
from tracker.analysis.parts import Part, printed
from tracker.domain.tally import Code, Position

YES, NO, ABSTAIN, AWAY = Position.YES, Position.NO, Position.ABSTAIN, Position.NOT_CAST
MakeRoll = Callable[..., tuple[Part, ...]]


def test_who_went_where(roll: MakeRoll) -> None:
    found = compare(roll(G="YYNA-Y"), roll(G="YNN-Y"))
    assert {cell: [pair.after.name for pair in pairs] for cell, pairs in found.cells.items()} == {
        (YES, YES): ["G0"], (YES, NO): ["G1"], (NO, NO): ["G2"], (ABSTAIN, AWAY): ["G3"], (AWAY, YES): ["G4"],
    }  # fmt: skip
    assert [pair.after.name for pair in found.moved] == ["G1", "G3", "G4"]
    assert [part.name for part in found.only_before] == ["G5"]
    assert found.only_after == ()


def test_a_change_of_group_is_flagged() -> None:
    def line(who: str, group: str | None) -> Part:
        return printed(who, who, group, Code("SI", YES))

    before = [line("ana", "PL"), line("bea", "PL"), line("caro", None), line("dora", "NA")]
    after = [line("ana", "PL"), line("bea", "NA"), line("caro", "FP"), line("dora", "BM")]
    found = compare(before, after)
    assert [(p.before.group, p.after.group) for p in found.changed_group] == [("PL", "NA"), ("NA", "BM")]
    assert found.moved == ()


def test_another_candidate_is_another_position(roll: MakeRoll) -> None:
    found = compare(roll(R="12"), roll(R="11"))
    assert [pair.after.name for pair in found.moved] == ["R1"]


def test_a_name_that_stands_twice_is_not_matched() -> None:
    twice = [printed("Acuña Peralta", "Acuña Peralta", "APP", Code("SI", YES))] * 2
    found = compare(twice, twice[:1])
    assert found.cells == {}
    assert (len(found.only_before), len(found.only_after)) == (2, 1)


ROLL = st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from([YES, NO, ABSTAIN, AWAY]))


@given(ROLL, ROLL)
def test_the_cells_agree_with_a_slow_count(first: dict[str, Position], second: dict[str, Position]) -> None:
    before, after = ([Part(who, who, "G", position) for who, position in roll.items()] for roll in (first, second))
    found = compare(before, after)
    slow = Counter((first[who], second[who]) for who in "abcdefgh" if who in first and who in second)
    assert {cell: len(pairs) for cell, pairs in found.cells.items()} == slow
    assert len(found.moved) == sum(n for (was, now), n in slow.items() if was != now)
    assert [part.who for part in found.only_before] == sorted(set(first) - set(second))
    assert [part.who for part in found.only_after] == sorted(set(second) - set(first))
