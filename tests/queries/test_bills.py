"""Does a vote know its bills, a bill its votes, and every number its official page, and none more than is known?"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import seed
from jsonschema import Draft202012Validator, FormatChecker
from sqlalchemy import Engine, event

from tracker.domain.bills import Bill
from tracker.queries import bills, shape, votes
from tracker.queries.billed import BillView
from tracker.queries.view import VoteView
from tracker.queries.votes import VoteFilter

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "vote.schema.json").read_text(encoding="utf-8"))
VALID = Draft202012Validator(SCHEMA, format_checker=FormatChecker())
TROOPS = Bill("4766", "2021-2026", "pe_congress")


def vote(engine: Engine, slug: str) -> VoteView:
    view = votes.one(engine, slug)
    assert view is not None
    return view


def links(view: VoteView) -> dict[tuple[str, str], str]:
    return {(link.kind, link.number): link.url for link in view.links}


def test_a_vote_shows_what_the_list_says_of_its_bill_now(billed: Engine) -> None:
    view = vote(billed, seed.FOUNDING)
    [bill] = view.bill_records
    assert (bill.number, bill.notation, bill.stage) == (
        "4766",
        "04766/2022-PE",
        "Publicada en el Diario Oficial El Peruano",
    )
    assert bill.as_of == datetime(2026, 10, 9, 11, 10, tzinfo=UTC)
    assert bill.url == "https://bills.example.org/#/2021/4766"
    assert bill.steps == ()
    assert links(view) == {("bill", "4766"): "https://bills.example.org/#/2021/4766"}


def test_each_number_leads_to_its_own_page_and_an_unknown_form_nowhere(billed: Engine) -> None:
    view = vote(billed, seed.MANY_BILLS)
    assert [bill.number for bill in view.bill_records] == [str(n) for n in range(11, 18)]
    assert links(view) == {
        **{("bill", str(n)): f"https://bills.example.org/#/2021/{n}" for n in range(11, 18)},
        ("law", "26859"): "https://laws.example.org/?n=26859&t=0",
        ("motion", "5767"): "https://motions.example.org/5767",
    }


def test_numbers_in_full_are_of_another_series(billed: Engine) -> None:
    view = vote(billed, seed.SENATE_OF_PERU)
    assert [(bill.legislature, bill.number) for bill in view.bill_records] == [
        ("pe_senate", "12"),
        ("pe_congress", "4766"),
    ]
    assert links(view) == {
        ("bill", "12"): "https://bills.example.org/#/senado/12",
        ("bill", "04766/2022-PE"): "https://bills.example.org/#/2021/4766",
    }


def test_a_bill_filed_after_the_sitting_is_not_the_one_meant(billed: Engine) -> None:
    view = vote(billed, seed.LATE)
    assert view.bills == ("9055",)
    assert view.bill_records == ()
    assert links(view) == {("law", "28094"): "https://laws.example.org/?n=28094&t=0"}


def test_elsewhere_and_where_no_list_is_held_nothing_is_shown(billed: Engine, engine: Engine) -> None:
    for view in (vote(billed, seed.HOUSE), vote(engine, seed.FOUNDING)):
        assert (view.bill_records, view.links) == ((), ())


def test_a_bill_knows_its_votes_newest_first(billed: Engine) -> None:
    page = bills.votes_of_bill(billed, TROOPS)
    assert page.rows[0].id == seed.SENATE_OF_PERU, "named in full before the Senate"
    assert {row.id for row in page.rows} == {seed.SENATE_OF_PERU, seed.FOUNDING, seed.SHEET}
    assert page.total == 3
    assert [row.id for row in bills.votes_of_bill(billed, TROOPS, limit=1, offset=1).rows] != [seed.SENATE_OF_PERU]
    deputies = bills.votes_of_bill(billed, Bill("7", "2026-2031", "pe_deputies"))
    assert [row.id for row in deputies.rows] == [seed.SENATE_OF_PERU]


@pytest.mark.parametrize(
    "bill",
    [
        Bill("7", "2026-2031", "pe_senate"),
        Bill("4766", "2026-2031", "pe_senate"),
        Bill("476", "2021-2026", "pe_congress"),
        Bill("4766", "2016-2021", "pe_congress"),
        Bill("%", "2021-2026", "pe_congress"),
        Bill("", "", ""),
    ],
)
def test_another_bill_has_none_of_them(billed: Engine, bill: Bill) -> None:
    assert bills.votes_of_bill(billed, bill).total == 0


def test_a_bill_of_the_united_states_has_votes_too(billed: Engine) -> None:
    assert [row.id for row in bills.votes_of_bill(billed, Bill("H.R. 4365", "118", "us_house")).rows] == [seed.HOUSE]


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        ("4766", [TROOPS]),
        ("04766/2022-PE", [TROOPS]),
        ("PL 4766", [TROOPS]),
        (" 4766/2023-CR", [TROOPS]),
        ("12", [Bill("12", "2026-2031", "pe_senate"), Bill("12", "2021-2026", "pe_congress")]),
        ("00012-2026-2031-S", [Bill("12", "2026-2031", "pe_senate")]),
        ("00012-2026-2031-CD", []),
        ("h.r. 4365", [Bill("H.R. 4365", "118", "us_house")]),
        ("99999", []),
        ("", []),
        ("' OR 1=1 --", []),
    ],
)
def test_a_number_finds_its_bills(billed: Engine, printed: str, found: list[Bill]) -> None:
    assert [Bill(one.number, one.period, one.legislature) for one in bills.find(billed, printed)] == found


def test_a_bill_that_is_found_tells_what_was_said_before(billed: Engine) -> None:
    [bill] = bills.find(billed, "4766")
    assert isinstance(bill, BillView)
    assert [(step.since.date(), step.stage) for step in bill.steps] == [
        (date(2023, 5, 10), "EN DEBATE - PLENO"), (date(2026, 10, 9), "Publicada en el Diario Oficial El Peruano"),
    ]  # fmt: skip


def test_a_bill_no_list_has_is_known_by_its_votes(billed: Engine) -> None:
    [only] = bills.find(billed, "PN79-23")
    assert only == Bill("PN79-23", "118", "us_senate")


@pytest.mark.parametrize("slug", [seed.FOUNDING, seed.MANY_BILLS, seed.SENATE_OF_PERU, seed.LATE, seed.HOUSE])
def test_a_vote_with_bills_fits_the_schema(billed: Engine, slug: str) -> None:
    printed = json.loads(json.dumps(shape.as_json(vote(billed, slug))))
    VALID.validate(printed)
    assert [record["number"] for record in printed["bill_records"]] == [
        b.number for b in vote(billed, slug).bill_records
    ]


def test_a_bill_with_its_steps_fits_the_schema(billed: Engine) -> None:
    [bill] = bills.find(billed, "4766")
    assert isinstance(bill, BillView)
    printed = shape.bill(bill)
    Draft202012Validator({**SCHEMA, **SCHEMA["$defs"]["bill"]}, format_checker=FormatChecker()).validate(printed)
    assert [step["stage"] for step in printed["steps"]] == ["EN DEBATE - PLENO", printed["stage"]]
    assert printed["as_of"] == "2026-10-09T11:10:00Z"


def test_many_votes_are_followed_with_the_same_few_queries(billed: Engine) -> None:
    asked: list[str] = []
    event.listen(billed, "before_cursor_execute", lambda *args: asked.append(args[2]))
    list(votes.every(billed, VoteFilter()))
    about_bills = [sql for sql in asked if "bill_record" in sql or "FROM link" in sql]
    assert len(about_bills) <= 4, "one for the addresses, one for each series of numbers"
