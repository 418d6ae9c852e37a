"""Does each published rule give the list it gives where it comes from, and do the odd cases end as they should?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.analysis.dissent import Choice, Dissent, GroupLine, Kind, NoLine, dissent, moved
from tracker.analysis.parts import Part, printed
from tracker.analysis.rules import (
    EVERY_LABEL,
    NEEDED_YES,
    OPEN_PARLIAMENT,
    OPORA,
    PLURALITY,
    PUBLIC_WHIP,
    RULES,
    YES_AND_NO,
    LineRule,
)
from tracker.domain.tally import Code, Position, Reason

MakeRoll = Callable[..., tuple[Part, ...]]
YES, NO, ABSTAIN, AWAY = Position.YES, Position.NO, Position.ABSTAIN, Position.NOT_CAST


def names(found: Dissent) -> list[str]:
    return sorted(rebel.part.name for rebel in found.rebels)


def one(found: Dissent) -> GroupLine:
    (group,) = found.groups
    return group


def outcome(found: Dissent) -> tuple[Position | None, NoLine | None, bool, list[tuple[str, Kind]]]:
    group = one(found)
    line = group.line.position if group.line else None
    return line, group.why_none, group.split, [(rebel.part.name, rebel.kind) for rebel in group.apart]


# --- the founding vote ------------------------------------------------------------------------------------------------

EIGHT = ["AP10", "AP11", "AP12", "AP13", "BM6", "BM7", "BM8", "PB0"]


@pytest.mark.parametrize(
    ("rule", "rebels"),
    [
        (PLURALITY, 8), (PUBLIC_WHIP, 8), (EVERY_LABEL, 9), (YES_AND_NO, 6), (OPEN_PARLIAMENT, 1), (OPORA, 9),
        (NEEDED_YES, 20),
    ],
    ids=lambda value: getattr(value, "key", None),
)  # fmt: skip
def test_the_founding_vote_by_each_rule(roll: MakeRoll, founding: dict[str, str], rule: LineRule, rebels: int) -> None:
    found = dissent(roll(**founding), rule, unattached={"NA"})
    assert len(found.rebels) == rebels
    assert found.split == ()
    assert RULES[rule.key] is rule


def test_the_founding_vote_by_the_rule_in_use(roll: MakeRoll, founding: dict[str, str]) -> None:
    found = dissent(roll(**founding), unattached={"NA"})
    assert names(found) == EIGHT
    assert Counter(rebel.kind for rebel in found.rebels) == {Kind.OPPOSED: 6, Kind.ABSTAINED: 2}
    none = {group.group: group.why_none for group in found.groups if group.line is None}
    assert none == {"NA": NoLine.UNATTACHED, "PP": NoLine.TIE}
    assert [group.group for group in found.groups][:3] == ["FP", "PL", "AP"]


def test_whoever_did_not_press_is_a_rebel_for_opora_and_the_chair_and_the_absent_are_not(
    roll: MakeRoll, founding: dict[str, str]
) -> None:
    found = dissent(roll(**founding), OPORA, unattached={"NA"})
    assert [rebel.part.name for rebel in found.rebels if rebel.kind is Kind.SILENT] == ["FP20"]


def test_the_board_alone_gives_the_same_list_in_the_founding_vote(roll: MakeRoll, founding: dict[str, str]) -> None:
    final = dissent(roll(**founding), unattached={"NA"})
    board = dissent(roll(**founding | {"FP": "Y" * 19 + ".-L-", "PL": "N" * 13 + "LL-"}), unattached={"NA"})
    assert moved(board, final).appear == moved(board, final).vanish == ()


# --- what the rule in use says of odd cases ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("marks", "line", "why", "split", "apart"),
    [
        ("YYYN", YES, None, False, "3"),
        ("YYYYYYYYYYNNNN", YES, None, False, "10 11 12 13"),  # 10–4: 29%, not split
        ("YYYYYYYNNNNN", YES, None, True, "7 8 9 10 11"),  # 7–5: 42%, split
        ("YYYNN", YES, None, True, "3 4"),  # 40% to the vote
        ("YYNN", None, NoLine.TIE, False, ""),
        ("YYNNA", None, NoLine.TIE, False, ""),
        ("YN", None, NoLine.FEW, False, ""),
        ("YY----", None, NoLine.FEW, False, ""),
        ("----", None, NoLine.FEW, False, ""),
        ("YYY-.LSCFP", YES, None, False, ""),  # no kind of silence is rebellion
        ("AAAAY", ABSTAIN, None, False, "4"),
        ("YYYYA", YES, None, False, "4"),
    ],
)
def test_a_group(
    roll: MakeRoll, marks: str, line: Position | None, why: NoLine | None, split: bool, apart: str
) -> None:
    found = dissent(roll(G=marks))
    assert outcome(found)[:3] == (line, why, split)
    assert [rebel.part.name for rebel in one(found).apart] == [f"G{n}" for n in apart.split()]
    assert names(found) == ([] if split else sorted(f"G{n}" for n in apart.split()))
    assert [group.group for group in found.split] == (["G"] if split else [])


def test_each_way_of_standing_apart_has_its_name(roll: MakeRoll) -> None:
    kinds = {marks: [kind for _, kind in outcome(dissent(roll(G=marks)))[3]] for marks in ("YYYN", "NNNA", "AAAY")}
    assert kinds == {"YYYN": [Kind.OPPOSED], "NNNA": [Kind.ABSTAINED], "AAAY": [Kind.TOOK_SIDE]}


def test_members_without_a_group_have_no_line_to_break(roll: MakeRoll) -> None:
    parts = roll(NA="YYYYN", NONE="YYYYN")
    assert [g.why_none for g in dissent(parts, unattached={"NA"}).groups] == [NoLine.UNATTACHED]
    assert names(dissent(parts, EVERY_LABEL, unattached={"NA"})) == ["NA4"]


def test_in_an_election_the_line_is_a_candidate(roll: MakeRoll) -> None:
    found = dissent(roll(R="1111122P-"))
    assert one(found).line == Choice(Position.OTHER, "Jeffries")
    assert outcome(found)[3] == [("R5", Kind.OPPOSED), ("R6", Kind.OPPOSED)]


def test_present_is_neither_a_line_nor_rebellion(roll: MakeRoll) -> None:
    assert outcome(dissent(roll(G="PPPPY"))) == (None, NoLine.FEW, False, [])
    assert outcome(dissent(roll(G="YYYYP"))) == (YES, None, False, [])


def test_a_free_vote_at_fifteen_per_cent(roll: MakeRoll) -> None:
    assert outcome(dissent(roll(G="Y" * 17 + "NNN"), OPEN_PARLIAMENT))[1] is NoLine.FREE
    assert outcome(dissent(roll(G="Y" * 18 + "NNN"), OPEN_PARLIAMENT))[0] is YES
    away = dissent(roll(G="Y-------"), OPEN_PARLIAMENT)
    assert outcome(away) == (AWAY, None, False, []), "where most stayed away, that is the line, and nobody breaks it"


def test_the_dead_are_not_silent(roll: MakeRoll) -> None:
    assert [name for name, _ in outcome(dissent(roll(G="YYYF-"), NEEDED_YES))[3]] == ["G4"]
    assert outcome(dissent(roll(G="NNNN--"), NEEDED_YES))[3] == []


def test_rebels_who_appear_and_vanish(roll: MakeRoll) -> None:
    found = moved(dissent(roll(G="YYYYN", H="NNNN-")), dissent(roll(G="YYYYY", H="NNNNY")))
    assert [r.part.name for r in found.appear] == ["H4"]
    assert [r.part.name for r in found.vanish] == ["G4"]


# --- slow twins: each rule told as where it comes from tells it -------------------------------------------------------


def counted(members: list[Part]) -> tuple[int, int, int, int]:
    ayes = len([m for m in members if m.position is YES])
    noes = len([m for m in members if m.position is NO])
    abstentions = len([m for m in members if m.position is ABSTAIN])
    silent = len([m for m in members if m.position is AWAY and m.reason is Reason.NO_RESPONSE])
    return ayes, noes, abstentions, silent


def guess(ayes: int, noes: int, abstentions: int, silent: int = -1) -> Position | None:
    if ayes > noes and ayes > abstentions and ayes > silent:
        return YES
    if noes > ayes and noes > abstentions and noes > silent:
        return NO
    if abstentions > ayes and abstentions > noes and abstentions > silent:
        return ABSTAIN
    if silent > ayes and silent > noes and silent > abstentions:
        return AWAY
    return None


def public_whip(members: list[Part]) -> set[str]:
    line = guess(*counted(members)[:3])
    return {m.who for m in members if line is not None and m.position in (YES, NO, ABSTAIN) and m.position is not line}


def in_use(members: list[Part]) -> set[str]:
    ayes, noes, abstentions, _ = counted(members)
    cast = ayes + noes + abstentions
    if cast < 3 or 1 - Fraction(max(ayes, noes, abstentions), cast) >= Fraction("0.4"):
        return set()
    return public_whip(members)


def yes_and_no(members: list[Part]) -> set[str]:
    ayes, noes, _, _ = counted(members)
    if ayes == noes:
        return set()
    return {m.who for m in members if m.position is (NO if ayes > noes else YES)}


def openparliament(members: list[Part]) -> set[str]:
    ayes, noes, abstentions, _ = counted(members)
    away = len([m for m in members if m.position is AWAY and m.reason is not Reason.DECEASED])
    line = guess(ayes, noes, abstentions, away)
    if ayes + noes and Fraction(min(ayes, noes), ayes + noes) >= Fraction("0.15"):
        return set()
    return {m.who for m in members if line in (YES, NO) and m.position in (YES, NO) and m.position is not line}


def opora(members: list[Part]) -> set[str]:
    line = guess(*counted(members))
    there = [m for m in members if m.position is not AWAY or m.reason is Reason.NO_RESPONSE]
    return {m.who for m in there if line is not None and m.position is not line}


def needed_yes(members: list[Part]) -> set[str]:
    if guess(*counted(members)[:3]) is YES:
        return {m.who for m in members if m.position is not YES and m.reason is not Reason.DECEASED}
    return public_whip(members)


SLOW = {
    PLURALITY: in_use, PUBLIC_WHIP: public_whip, EVERY_LABEL: public_whip, YES_AND_NO: yes_and_no,
    OPEN_PARLIAMENT: openparliament, OPORA: opora, NEEDED_YES: needed_yes,
}  # fmt: skip


def test_every_rule_has_a_twin() -> None:
    assert {rule.key for rule in SLOW} == set(RULES)
    assert next(iter(RULES)) == PLURALITY.key
    assert all(rule.source for rule in SLOW)
    assert [rule.key for rule in SLOW if rule.on_silence] == ["openparliament", "opora", "needed_yes"]


POSITIONS = [
    Code("SI", YES), Code("NO", NO), Code("Abst.", ABSTAIN), Code("aus", AWAY, Reason.ABSENT),
    Code("SinRes", AWAY, Reason.NO_RESPONSE), Code("***", AWAY, Reason.CHAIR), Code("F", AWAY, Reason.DECEASED),
]  # fmt: skip
ROLLS = st.lists(st.tuples(st.sampled_from(["A", "B", "NA", None]), st.sampled_from(POSITIONS)), max_size=40)


@given(ROLLS)
def test_rules_agree_with_their_twins(lines: list[tuple[str | None, Code]]) -> None:
    parts = [printed(str(n), str(n), group, code) for n, (group, code) in enumerate(lines)]
    for rule, slow in SLOW.items():
        groups = {"A", "B"} | ({"NA"} if rule.labels else set())
        expected: set[Any] = set()
        for group in groups:
            expected |= slow([part for part in parts if part.group == group])
        found = dissent(parts, rule, unattached={"NA"})
        assert {rebel.part.who for rebel in found.rebels} == expected, rule.key
