"""Do the figures of a member say what a patient reader of the year's votes would count?"""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
import seed
from sqlalchemy import Engine

from tracker.analysis.agreement import Roll, between_members
from tracker.analysis.attendance import Away, participation
from tracker.analysis.dissent import dissent
from tracker.analysis.matrix import matrix as slow_matrix
from tracker.analysis.rules import RULES
from tracker.queries import conduct, rolls
from tracker.queries.record import Record


def of(engine: Engine, legislature: str, year: int) -> Record:
    found = rolls.record(engine, legislature, year)
    assert found is not None
    return found


def taken(record: Record, column: int, rule: str) -> tuple[conduct.Taken, ...]:
    return conduct.taken(record, column, lambda bench: conduct.lines(record, bench, rule))


@pytest.fixture
def house(dated: Engine) -> Record:
    return of(dated, "us_house", 2024)


@pytest.mark.parametrize("rule", RULES)
def test_who_stood_apart_is_who_the_whole_vote_says(dated: Engine, rule: str) -> None:
    for record in (of(dated, "us_house", 2024), of(dated, "pe_congress", 2023)):
        whole = [dissent(record.parts(n), RULES[rule], unattached=record.unattached) for n in range(len(record.votes))]
        for column, sitter in list(enumerate(record.people))[::9]:
            for one in taken(record, column, rule):
                if RULES[rule].on_silence and not record.votes[one.vote].complete:
                    assert (one.line, one.rebel, one.split) == (None, None, False)
                    continue
                group = next(g for g in whole[one.vote].groups if g.group == one.part.group)
                rebels = {r.part.who: r for r in whole[one.vote].rebels}
                assert (one.line, one.of_group, one.rebel, one.split) == (
                    group.line, group.tally, rebels.get(sitter.who), group.split,
                )  # fmt: skip


def test_the_rebels_of_the_founding_vote_have_it_on_their_pages(dated: Engine) -> None:
    record = of(dated, "pe_congress", 2023)
    apart = Counter(
        sitter.name.split(",")[0]
        for column, sitter in enumerate(record.people)
        for one in taken(record, column, "plurality")
        if one.rebel
    )
    assert apart == dict.fromkeys(
        ("Doroteo Carbajo", "Espinoza Vargas", "Flores Ancachi", "Vergara Mendoza", "Dávila Atanacio", "Quiroz Barboza",
         "Tacuri Valdivia", "Marticorena Mendoza"), 2,
    )  # fmt: skip


def test_participation_is_counted_where_the_absent_are_listed(dated: Engine) -> None:
    record = of(dated, "pe_congress", 2023)
    column = record.column("taipe-coronado-maria-elizabeth")
    assert column is not None
    found = conduct.attended(record, column)
    assert (found.held, found.voted, found.aloud) == (1, 1, {Away.LEAVE: 1}), "the minutes list no absent: not counted"


def test_participation_is_that_of_every_vote_by_itself(house: Record) -> None:
    for column in range(len(house.people)):
        parts = [house.part(n, column) for n, held in enumerate(house.votes) if held.reckoned]
        assert conduct.attended(house, column) == participation(parts)


def by_hand(record: Record) -> list[Roll]:
    return [
        Roll(held.tally, {part.who: part.position for part in record.parts(n)})
        for n, held in enumerate(record.votes)
        if held.reckoned
    ]


def test_with_whom_a_member_voted_is_what_each_two_give(house: Record) -> None:
    found = conduct.beside(house, 0)
    assert len(found) == len(house.people) - 1
    for one in found:
        slow = between_members(by_hand(house), "H00001", one.sitter.who)
        for fast, known in ((one.agreement.all, slow.all), (one.agreement.contested, slow.contested)):
            assert fast.n == known.n
            assert (fast.share, fast.expected, fast.kappa) == pytest.approx((known.share, known.expected, known.kappa))
    shares = [one.agreement.contested.share or 0 for one in found]
    assert shares == sorted(shares, reverse=True)
    assert {one.sitter.who: one.group for one in found}[seed.SWITCHED] == "I"


def test_the_matrix_is_that_of_the_rolls(house: Record) -> None:
    found = conduct.matrix(house, list(range(len(house.people))))
    slow = slow_matrix(by_hand(house), [sitter.who for sitter in house.people])
    assert found.votes == slow.votes
    np.testing.assert_array_equal(found.shared, slow.shared)
    np.testing.assert_array_equal(found.share, slow.share)


def test_two_members_and_the_contested_votes_in_which_they_parted(house: Record) -> None:
    found = conduct.two(house, 0, 1)
    assert found.agreement == between_members(by_hand(house), "H00001", "H00002")
    both = found.agreement.contested
    assert both.share is not None
    assert len(found.apart) == round(both.n * (1 - both.share))
    assert all(house.position[vote, 0] != house.position[vote, 1] for vote in found.apart)
    assert found.together == 22


def test_the_list_of_a_year_is_by_name_with_the_last_group(dated: Engine, house: Record) -> None:
    people = conduct.listed(house)
    assert [one.sitter.name for one in people] == [f"Member {n:03d}" for n in range(1, 15)]
    assert [one.group.code for one in people if one.group] == [*"RRRIRRR", *"DDDDDDD"]
    assert all(one.seated for one in people)
    congress = conduct.listed(of(dated, "pe_congress", 2023))
    assert len(congress) == 130
    assert conduct.listed(of(dated, "us_house", 1999)) == ()
