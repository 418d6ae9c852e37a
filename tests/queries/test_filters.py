"""Is a list narrowed down to what was asked for, and to nothing else?"""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
import seed
from sqlalchemy import Engine

from tracker.domain.reconcile import Verdict
from tracker.domain.votes import Status
from tracker.queries.filters import VoteFilter
from tracker.queries.margins import margins
from tracker.queries.options import GroupOption, Options, options
from tracker.queries.votes import listing

HOUSE = ("us_house",)
PERU = ("pe_congress",)


def found(engine: Engine, **asked: Any) -> set[str]:
    page = listing(engine, VoteFilter(**asked))
    assert page.total == len(page.rows)
    return {row.id for row in page.rows}


def test_by_kind_and_by_the_result_as_printed(engine: Engine) -> None:
    assert found(engine, kind="QUORUM") == {seed.SPEAKER, seed.QUORUM}
    assert found(engine, kind="On the Cloture Motion") == {seed.SENATE}
    assert found(engine, kind="no such kind") == set()
    assert found(engine, result="McCarthy") == {seed.SPEAKER}
    assert found(engine, result=seed.NASTY) == {seed.HOSTILE}


def test_by_status_and_by_doubt(engine: Engine) -> None:
    assert found(engine, status=Status.CORRECTED) == {seed.CORRECTED}
    assert found(engine, status=Status.PROVISIONAL) == set()
    assert found(engine, verdict=Verdict.DOUBTFUL) == {seed.DOUBTFUL}


def test_by_which_side_has_more_and_by_how_many(engine: Engine) -> None:
    assert found(engine, ahead="no") == {seed.CORRECTED}
    assert found(engine, ahead="tie") == set()
    assert found(engine, margin=1) == {seed.CORRECTED, seed.HOSTILE, seed.SENATE}
    assert found(engine, margin=0) == set()
    assert found(engine, turned=True) == {seed.SENATE}


def test_by_group_and_how_most_of_it_voted(engine: Engine) -> None:
    troops = {seed.FOUNDING, seed.SHEET}
    assert found(engine, legislatures=PERU, group="FP") == troops
    assert found(engine, legislatures=PERU, group="FP", stand="yes") == troops
    assert found(engine, legislatures=PERU, group="PL", stand="yes") == set()
    assert found(engine, legislatures=PERU, group="PL", stand="no") == troops
    assert found(engine, legislatures=PERU, group="AP", stand="split") == set(), "10 to 4 is no split"
    assert found(engine, legislatures=PERU, group="PP", stand="split") == troops, "1 to 1 to 1 is one"
    assert found(engine, legislatures=PERU, group="PP", stand="yes") == set()
    assert found(engine, legislatures=PERU, group="XX") == set()
    assert seed.CORRECTED in found(engine, legislatures=HOUSE, group="D", stand="no")
    assert seed.HOUSE in found(engine, legislatures=HOUSE, group="R", stand="yes")
    assert seed.SPEAKER not in found(engine, legislatures=HOUSE, group="R"), "ballots for candidates take no side"


def test_the_closest_come_first_and_those_without_a_margin_last(engine: Engine) -> None:
    rows = listing(engine, VoteFilter(sort="closest")).rows
    margins = [abs(row.tallies.best.margin) if row.tallies.best else 0 for row in rows if row.kind != "QUORUM"]
    assert margins == sorted(margins)
    assert {row.id for row in rows[-2:]} == {seed.SPEAKER, seed.QUORUM}


def test_filters_are_met_together(engine: Engine) -> None:
    assert found(engine, legislatures=HOUSE, margin=1, kind="YEA-AND-NAY", ahead="yes") == {seed.HOSTILE}
    assert found(engine, text="bill", margin=5, status=Status.CORRECTED, group="R", stand="yes") == {seed.CORRECTED}


def test_what_there_is_to_choose_from(engine: Engine) -> None:
    house = options(engine, "us_house")
    assert house.kinds == ("QUORUM", "YEA-AND-NAY")
    assert set(house.results) == {"McCarthy", "Passed", seed.NASTY}
    assert house.groups == (GroupOption("D", "Democratic"), GroupOption("R", "Republican"))
    peru = options(engine, "pe_congress")
    assert (peru.kinds, peru.results, len(peru.groups)) == ((), (), 12)
    assert options(engine, "<script>") == Options()


@pytest.mark.parametrize("asked", [{"kind": "' OR 1=1 --"}, {"group": "') --"}, {"result": "%"}])
def test_what_stands_in_an_address_is_never_sql(engine: Engine, asked: dict[str, str]) -> None:
    assert found(engine, **asked) == set()


def test_votes_are_counted_by_how_far_apart_yes_and_no_were(engine: Engine) -> None:
    every = margins(engine, VoteFilter())
    rows = listing(engine, VoteFilter(limit=1000)).rows
    expected = Counter(row.tallies.best.margin for row in rows if row.tallies.best and not row.tallies.best.candidates
                       and row.kind != "QUORUM")  # fmt: skip
    assert {one.margin: one.votes for one in every} == expected
    assert [one.margin for one in every] == sorted(expected)
    turned = listing(engine, VoteFilter(turned=True)).total
    assert sum(one.turned for one in every) == turned
    near = margins(engine, VoteFilter(margin=1))
    assert sum(one.votes for one in near) == len(found(engine, margin=1)) > 0
    assert margins(engine, VoteFilter(text="¿?")) == ()
