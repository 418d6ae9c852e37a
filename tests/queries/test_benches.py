"""Are the groups of a year as united, and as alike, as their votes one by one make them?"""

from __future__ import annotations

from datetime import date

import pytest
import seed
from sqlalchemy import Engine

from tracker.analysis.agreement import between_groups
from tracker.analysis.cohesion import course
from tracker.analysis.dissent import dissent
from tracker.analysis.parts import by_group, count
from tracker.domain.tally import Tally
from tracker.queries import benches, conduct, rolls
from tracker.queries.record import Record


@pytest.fixture
def house(dated: Engine) -> Record:
    found = rolls.record(dated, "us_house", 2024)
    assert found is not None
    return found


def tallies(record: Record, code: str) -> list[tuple[Tally, Tally]]:
    """The whole tally and the group's, of every vote that goes into figures."""
    return [
        (held.tally, count(by_group(record.parts(n)).get(code, ())))
        for n, held in enumerate(record.votes)
        if held.reckoned
    ]


def test_each_group_is_as_united_as_its_votes(house: Record) -> None:
    found = benches.benches(house)
    assert [(one.group.code, one.members, one.last) for one in found] == [
        ("D", 7, date(2024, 11, 27)), ("R", 6, date(2024, 11, 27)), ("I", 1, date(2024, 11, 27)),
    ], "the label of those without a group comes last"  # fmt: skip
    for one in found:
        assert one.course == course(tallies(house, one.group.code))


def test_the_months_of_a_group_are_its_year(house: Record) -> None:
    for one in benches.benches(house):
        votes = tallies(house, one.group.code)
        days = [held.sitting for held in house.votes if held.reckoned]
        assert [month.month for month in one.months] == sorted({m.month for m in one.months})
        assert sum(month.votes for month in one.months) == sum(group.cast > 0 for _, group in votes)
        for month in one.months:
            slow = course(pair for pair, day in zip(votes, days, strict=True) if day.replace(day=1) == month.month)
            assert month.mean == slow.all


def test_two_groups_agree_as_often_as_their_votes_say(house: Record) -> None:
    (both,) = benches.pairs(house, ("R", "D"))
    votes = [(whole, r, d) for (whole, r), (_, d) in zip(tallies(house, "R"), tallies(house, "D"), strict=True)]
    slow = between_groups(votes)
    assert (both.n, both.share) == (slow.all.n, pytest.approx(slow.all.share))
    assert (both.hard_n, both.hard_share) == (slow.contested.n, pytest.approx(slow.contested.share))
    assert benches.pairs(house, ("R", "X")) == ()


def test_who_sat_with_a_group_and_whence_and_whither(house: Record) -> None:
    republicans, loose = (benches.sat(house, house.bench(code) or 0) for code in ("R", "I"))
    assert [one.sitter.name for one in republicans] == [f"Member {n:03d}" for n in range(1, 8)]
    left = republicans[3]
    assert (left.sitter.member, left.since, left.until, left.votes) == (
        seed.SWITCHED, date(2024, 1, 10), date(2024, 5, 29), 11,
    )  # fmt: skip
    assert (left.came, left.went) == (None, "I")
    assert [(one.came, one.went, one.votes) for one in loose] == [("R", None, 13)]


@pytest.mark.parametrize("rule", ["plurality", "yes_and_no", "needed_yes"])
def test_the_votes_in_which_a_group_did_not_hold_together(house: Record, rule: str) -> None:
    number = house.bench("D")
    assert number is not None
    found = dict(benches.apart(house, conduct.lines(house, number, rule)))
    for n, held in enumerate(house.votes):
        (line,) = (g for g in dissent(house.parts(n), benches.RULES[rule]).groups if g.group == "D")
        assert found.get(n) == (line if line.apart and held.reckoned else None)
    assert found
