"""Do the figures stated for Peru's Congress come out, over the votes of July 2021 to October 2023?

What is stated was measured over 2,226 votes to March 2024, with a rougher reader of the notes; here are 2,097 of them.
Figures of one vote are equal, shares and means are near.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from statistics import median
from typing import NamedTuple

import numpy as np
import pytest
from peru_facts import Facts, board, code, read, votes

from tracker.analysis.agreement import Roll, between_members
from tracker.analysis.attendance import Away, Participation, participation
from tracker.analysis.cohesion import course
from tracker.analysis.compare import compare
from tracker.analysis.dissent import dissent, moved
from tracker.analysis.margin import QUARTER, TENTH, Swing, contested, silence, swing
from tracker.analysis.matrix import matrix
from tracker.analysis.parts import Part, Said, by_group, count, groups_with_spoken, printed, with_spoken
from tracker.analysis.repeats import REPEATING, Asked, repeats
from tracker.analysis.rules import PUBLIC_WHIP, RULES
from tracker.domain.bills import peru_printed
from tracker.domain.lead import turned_aloud
from tracker.domain.majority import Base, Rule, majority
from tracker.domain.votes import Code, Position, Reason, Tally
from tracker.sources.peru import motions

pytestmark = pytest.mark.corpus

LOOSE = {"NA"}
FOUNDING = "2023-05-19T00-10"
SIMPLE = Rule("more yes than no", Fraction(1, 2), Base.YES_AND_NO, "Reglamento, artículo 52")


class Held(NamedTuple):
    """A vote as the board has it, and with the votes put on record aloud where their sum is certain."""

    board: tuple[Part, ...]
    final: tuple[Part, ...] | None
    printed: Tally
    tally: Tally

    @property
    def best(self) -> tuple[Part, ...]:
        return self.board if self.final is None else self.final


def held(facts: Facts, spoken: tuple[Said, ...], final: Tally | None) -> Held:
    roll = tuple(printed(name, name, group, mark(facts, name, option)) for group, name, option in facts["votes"])
    parts = with_spoken(roll, spoken, final, spoken_counts=True)
    return Held(roll, parts, board(facts), board(facts) if final is None else final)


def mark(facts: Facts, name: str, option: str) -> Code:
    """What the sheet printed: the member in the chair bears three stars, which the transcription has as no response."""
    chairs = name == facts["president"] and option == "SIN_RESPONDER"
    return Code("***", Position.NOT_CAST, Reason.CHAIR) if chairs else code(option)


@lru_cache(maxsize=1)
def every(corpus: Path) -> dict[str, Held]:
    found = {}
    noted = read(corpus)
    for facts in votes(corpus):
        if facts["id"] not in noted:
            found[facts["id"]] = held(facts, (), board(facts))
            continue
        vote, sums = noted[facts["id"]]
        names = {ballot.member: (ballot.name, ballot.group) for ballot in vote.ballots if ballot.member}
        spoken = []
        for said in vote.spoken:
            name, group = names.get(said.member, (said.name, None))
            spoken.append(Said(name, said.name, group, said.was, said.now, said.declared, said.counts))
        found[facts["id"]] = held(facts, tuple(spoken), sums.final)
    return found


@pytest.fixture
def record(corpus: Path) -> dict[str, Held]:
    return every(corpus)


# --- the founding vote, from the record itself ------------------------------------------------------------------------


def test_the_founding_vote_by_each_rule(record: dict[str, Held]) -> None:
    vote = record[FOUNDING]
    assert (str(vote.printed), str(vote.tally)) == ("69–31–4", "70–33–4")
    rebels = {key: len(dissent(vote.best, rule, unattached=LOOSE).rebels) for key, rule in RULES.items()}
    assert rebels == {
        "plurality": 8, "public_whip": 8, "every_label": 9, "yes_and_no": 6, "openparliament": 1, "opora": 9,
        "needed_yes": 20,
    }  # fmt: skip
    found = dissent(vote.best, unattached=LOOSE)
    assert [(r.part.group, r.part.name.split(",")[0], r.part.position.value) for r in found.rebels] == [
        ("AP", "DOROTEO CARBAJO", "no"), ("AP", "ESPINOZA VARGAS", "no"), ("AP", "FLORES ANCACHI", "no"),
        ("AP", "VERGARA MENDOZA", "no"), ("BM", "DÁVILA ATANACIO", "no"), ("BM", "QUIROZ BARBOZA", "abstain"),
        ("BM", "TACURI VALDIVIA", "abstain"), ("PB", "MARTICORENA MENDOZA", "yes"),
    ]  # fmt: skip
    same = moved(dissent(vote.board, unattached=LOOSE), found)
    assert (same.appear, same.vanish) == ((), ())


def test_the_groups_of_the_founding_vote(record: dict[str, Held]) -> None:
    vote = record[FOUNDING]
    groups = {group: str(count(parts)) for group, parts in by_group(vote.best).items()}
    assert groups == {
        "FP": "20–0–0", "AP": "10–4–0", "APP": "9–0–0", "AP-PIS": "7–0–0", "RP": "7–0–0", "SP": "4–0–0", "BM": "6–1–2",
        "PL": "0–15–0", "CD-JPP": "0–7–0", "PB": "1–5–0", "PP": "1–1–1", "NA": "5–0–1",
    }  # fmt: skip


def test_who_did_not_vote_on_the_founding_vote(record: dict[str, Held]) -> None:
    """11 on leave, 8 absent, 3 without response of whom one was in the chair, 1 suspended."""
    vote = record[FOUNDING]
    found = silence(vote.best)
    assert Counter(part.reason for part in found.able) == {
        Reason.ABSENT: 8, Reason.NO_RESPONSE: 2, Reason.CHAIR: 1,
        Reason.LEAVE_OFFICIAL: 2, Reason.LEAVE_SICK: 5, Reason.LEAVE_PERSONAL: 4,
    }  # fmt: skip
    assert [part.reason for part in found.unable] == [Reason.SUSPENDED]
    assert swing(vote.tally, SIMPLE, able=len(found.able)) == Swing(True, switched=19, came=None, moved=None)
    aloud = {part.name.split(",")[0]: part.reason for part in vote.best if part.aloud}
    assert aloud == {
        "FLORES RUÍZ": Reason.ABSENT, "TAIPE CORONADO": Reason.LEAVE_OFFICIAL, "PORTALATINO ÁVALOS": Reason.ABSENT,
    }  # fmt: skip


# --- over all votes ---------------------------------------------------------------------------------------------------


def test_members_and_groups_make_the_same_final_counts(record: dict[str, Held]) -> None:
    """The four votes whose notes leave the sum open are given out as the board has them, and no others."""
    assert [name for name, vote in record.items() if vote.final is None] == [
        "2021-10-28T18-10", "2021-10-28T20-36", "2023-05-11T10-39", "2023-09-21T16-53",
    ]  # fmt: skip
    for vote in record.values():
        groups = by_group(vote.board)
        before = {group: count(parts) for group, parts in groups.items()}
        spoken = [Said(p.who, p.name, p.group, p.board, p.position, p.board) for p in vote.best if p.aloud]
        after = groups_with_spoken(before, spoken, spoken_counts=True)
        assert after is not None
        assert sum(after.values(), Tally()).same_cast(count(vote.best))


def test_close_votes(record: dict[str, Held]) -> None:
    tallies = [vote.tally for vote in record.values()]
    shares = [abs(tally.margin) / (tally.yes + tally.no) for tally in tallies if tally.yes + tally.no]
    assert len(shares) == len(tallies) == 2097
    apart = [abs(tally.margin) for tally in tallies]
    assert (sum(n <= 5 for n in apart), sum(n <= 10 for n in apart)) == (44, 86), "stated of 2,226: 52 and 94"
    within = [sum(share <= limit for share in shares) / len(shares) for limit in (0.05, 0.10, 0.20)]
    assert within == pytest.approx([0.019, 0.040, 0.086], abs=0.0005), "stated of 2,226: 2.1%, 4.0%, 9.0%"
    assert sum(tally.no == 0 for tally in tallies) / 2097 == pytest.approx(0.411, abs=0.0005), "stated: 40%"
    assert median(tally.yes / (tally.yes + tally.no) for tally in tallies) == pytest.approx(0.98, abs=0.005)
    hard = [sum(contested(tally, cutoff) for tally in tallies) for cutoff in (TENTH, QUARTER)]
    assert hard == [778, 496], "the first stated as 846 of 2,226"
    left_out = sum(not contested(tally, Fraction(1, 40)) for tally in tallies)
    assert left_out / 2097 == pytest.approx(0.51, abs=0.01), "whom NOMINATE leaves out"


def test_votes_that_those_spoken_aloud_turned(record: dict[str, Held]) -> None:
    """Stated as three in one place and four in another: there are four."""
    turned = [name for name, vote in record.items() if turned_aloud(vote.printed, vote.tally)]
    assert turned == ["2023-03-23T21-02", "2023-04-04T22-07", "2023-06-22T22-15", "2023-09-21T12-39"]


def test_votes_aloud_carry_some_over_a_threshold(record: dict[str, Held]) -> None:
    """Stated of 2,226: 28 over 66, 54 over 78, 85 over 87 of 130."""
    carried = Counter[int]()
    for fraction in (Fraction(1, 2), Fraction(3, 5), Fraction(2, 3)):
        rule = Rule("a special majority", fraction, Base.SEATS, "Constitución")
        for vote in record.values():
            before, after = (majority(tally, rule, seats=130) for tally in (vote.printed, vote.tally))
            carried[after.needed or 0] += bool(after.reached and not before.reached)
    assert carried == {66: 22, 78: 45, 87: 80}


def test_the_board_is_seldom_the_final_count_since_april_2023(record: dict[str, Held]) -> None:
    late = [vote for name, vote in record.items() if name >= "2023-04"]
    differing = sum(not vote.printed.same_cast(vote.tally) for vote in late)
    assert differing / len(late) == pytest.approx(0.93, abs=0.01)
    aloud = [sum(part.aloud for part in vote.best) for vote in late]
    assert median(n for n in aloud if n) == 5


COHESION = {
    "AP": (0.878, 0.643, 0.890, 0.655), "SP": (0.900, 0.678, 0.905, 0.677), "PP": (0.870, 0.625, 0.879, 0.627),
    "PB": (0.826, 0.704, 0.839, 0.715), "BM": (0.893, 0.745, 0.900, 0.759), "APP": (0.953, 0.876, 0.955, 0.877),
    "PL": (0.938, 0.911, 0.935, 0.910), "FP": (0.973, 0.963, 0.971, 0.959), "NA": (0.757, 0.436, 0.774, 0.455),
}  # fmt: skip
"""Mean Agreement Index in 2023, over all votes and over those whose smaller side is a quarter of yes and no or more:
as stated to December, and ours to October."""


def in_2023(record: dict[str, Held]) -> dict[str, dict[str, tuple[Tally, Tally]]]:
    """The votes of 2023 by group: the whole tally and the group's, by id."""
    groups: dict[str, dict[str, tuple[Tally, Tally]]] = defaultdict(dict)
    for name, vote in record.items():
        if name.startswith("2023"):
            for group, parts in by_group(vote.best).items():
                groups[group or ""][name] = (vote.tally, count(parts))
    return groups


def indices(tallies: Iterable[tuple[Tally, Tally]]) -> tuple[float, float]:
    found = course(tallies)
    assert found.all is not None
    assert found.contested is not None
    return found.all.agreement_index or 0, found.contested.agreement_index or 0


def test_cohesion_in_2023(record: dict[str, Held]) -> None:
    groups = in_2023(record)
    for group, (*stated, all_ours, contested_ours) in COHESION.items():
        found = indices(groups[group].values())
        assert found == pytest.approx((all_ours, contested_ours), abs=0.0006), group
        assert found == pytest.approx(tuple(stated), abs=0.02), group
    hard = [contested(whole, QUARTER) for whole, _ in groups["FP"].values()]
    assert (len(hard), sum(hard)) == (888, 182), "stated to December: 995 and 217"


def test_one_decision_counted_twice_makes_groups_look_united(corpus: Path, record: dict[str, Held]) -> None:
    """More than a quarter of the votes of 2023 repeat another; hardly one of them is contested."""
    asked = [
        Asked(
            facts["id"],
            day := date.fromisoformat(facts["sitting"]),
            motions.kind(facts["subject"] or ""),
            peru_printed(facts["subject"] or "", "pe_congress", day),
        )
        for facts in votes(corpus)
    ]
    again = repeats(asked)
    assert (len(again), sum(one.kind in REPEATING for one in asked)) == (533, 541)
    groups = in_2023(record)
    hard = {name for name, (whole, _) in groups["FP"].items() if contested(whole, QUARTER)}
    assert (len(again & groups["FP"].keys()), len(again & hard)) == (243, 3)
    for group in COHESION:
        whole = indices(groups[group].values())
        once = indices(tallies for name, tallies in groups[group].items() if name not in again)
        assert -0.001 <= whole[0] - once[0] < 0.05
        assert abs(whole[1] - once[1]) < 0.007


def test_rebels_by_the_rule_in_use(record: dict[str, Held]) -> None:
    found = {name: dissent(vote.best, unattached=LOOSE) for name, vote in record.items()}
    assert sum(bool(one.rebels) for one in found.values()) == 1581
    assert sum(len(one.rebels) for one in found.values()) == 6905
    assert sum(len(one.split) for one in found.values()) == 822
    assert not any(rebel.part.group in LOOSE for one in found.values() for rebel in one.rebels)
    theirs = {name: dissent(vote.best, PUBLIC_WHIP, unattached=LOOSE) for name, vote in record.items()}
    assert sum(len(one.rebels) for one in theirs.values()) == 10148
    assert all({*one.rebels} <= {*theirs[name].rebels} for name, one in found.items()), "the reserves only take away"
    noted = {name: vote for name, vote in record.items() if not vote.printed.same_cast(vote.tally)}
    changes = [moved(dissent(vote.board, unattached=LOOSE), found[name]) for name, vote in noted.items()]
    assert (sum(bool(one.appear or one.vanish) for one in changes), len(changes)) == (157, 833)


def test_what_the_board_said_of_those_who_voted_aloud(record: dict[str, Held]) -> None:
    """Stated of 5,416: 77% absent, 17% without response, 3% on leave."""
    found = participation(part for vote in record.values() for part in vote.best)
    total = sum(found.aloud.values())
    assert total == 4654
    shares = {kind: n / total for kind, n in found.aloud.items()}
    stated = {Away.ABSENT: 4164 / 5416, Away.NO_RESPONSE: 930 / 5416, Away.LEAVE: 182 / 5416}
    assert {kind: shares[kind] for kind in stated} == pytest.approx(stated, abs=0.015)
    assert [round(shares[kind], 3) for kind in stated] == [0.771, 0.184, 0.035]


def test_participation_with_the_board_alone_accuses_people_who_voted(record: dict[str, Held]) -> None:
    members: dict[str, list[Part]] = defaultdict(list)
    for name, vote in record.items():
        if name.startswith("2023"):
            for part in vote.best:
                members[part.who].append(part)
    final = {who: participation(parts) for who, parts in members.items()}
    shown = {
        who: participation(p._replace(position=p.board) for p in parts if p.board) for who, parts in members.items()
    }
    settled = [who for who, one in final.items() if one.held > 200]

    def middle(found: dict[str, Participation]) -> float:
        return median(found[who].share or 0 for who in settled)

    assert (middle(final), middle(shown)) == pytest.approx((0.857, 0.818), abs=0.001)
    assert all((shown[who].share or 0) <= (final[who].share or 0) for who in settled)


def test_who_votes_with_whom_in_2023(record: dict[str, Held]) -> None:
    rolls = [
        Roll(vote.tally, {part.who: part.position for part in vote.best})
        for name, vote in record.items()
        if name.startswith("2023")
    ]
    members = sorted({who for roll in rolls for who in roll.positions})
    found, easy = matrix(rolls, members), matrix(rolls, members, cutoff=Fraction(0))
    couples = np.triu_indices(len(members), 1)
    middles = [np.nanmedian(values[couples]) for values in (easy.share, found.share, found.kappa)]
    assert middles == pytest.approx([0.797, 0.555, 0.156], abs=0.001), "over all votes everybody agrees with everybody"
    some = [(i, j) for i, j in zip(*couples, strict=True) if found.shared[i, j] >= 30][::1500]
    assert len(some) > 4
    for i, j in some:
        both = between_members(rolls, members[i], members[j]).contested
        assert both.n == found.shared[i, j]
        assert (both.share, both.kappa) == pytest.approx((found.share[i, j], found.kappa[i, j]))


def test_who_switched_between_the_vote_and_its_reconsideration(record: dict[str, Held]) -> None:
    """Two votes of one evening, 22 June 2023: 59–59–1 on the board, 60–59–1 with one vote aloud, and the next one."""
    names = list(record)
    before = record["2023-06-22T22-15"]
    after = record[names[names.index("2023-06-22T22-15") + 1]]
    found = compare(before.best, after.best)
    assert sum(len(pairs) for pairs in found.cells.values()) == 130
    for position in (Position.YES, Position.NO, Position.ABSTAIN):
        assert sum(len(p) for (was, _), p in found.cells.items() if was is position) == before.tally.of(position)
        assert sum(len(p) for (_, now), p in found.cells.items() if now is position) == after.tally.of(position)
    assert found.changed_group == ()
