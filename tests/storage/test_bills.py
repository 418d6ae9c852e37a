"""Is every state of a bill kept, and none written twice?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, func, select

from tracker.domain.bills import BillRecord
from tracker.domain.legislature import OfficialPage, Paper
from tracker.storage.reading import Reading, Totals
from tracker.storage.tables import metadata
from tracker.storage.write import Writer

t = metadata.tables
Read = Callable[..., Reading]
BILL = BillRecord(
    legislature="pe_senate", period="2026-2031", number="10", notation="00010-2026-2031-S",
    title="PROPOSICIÓN DE RESOLUCIÓN LEGISLATIVA", stage="EN COMISIÓN", presented=date(2026, 9, 30),
    proponent="Senado de la República", authors=("Alcorta Suero, María", "Calisto, Francisco"),
)  # fmt: skip
OTHER = replace(BILL, number="11", notation="00011-2026-2031-S")
VOTED = replace(BILL, stage="APROBADO")


def store(engine: Engine, paper: Paper, *readings: Reading) -> Totals:
    writer = Writer(engine, paper)
    for reading in readings:
        writer.take(reading)
    return writer.flush()


def states(engine: Engine) -> list[tuple[Any, ...]]:
    r, s = t["bill_record"], t["bill_state"]
    query = (
        select(r.c.number, s.c.stage, s.c.id == r.c.state_id)
        .join(r, r.c.id == s.c.record_id)
        .order_by(r.c.number, s.c.seen_at, s.c.id)
    )
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(query)]


def sights(engine: Engine) -> dict[str, tuple[int, int]]:
    """First and last sighting of each bill, in days after the first document."""
    r, d = t["bill_record"], t["document"]
    with engine.connect() as connection:
        start = connection.scalar(select(func.min(d.c.first_seen)))
        rows = connection.execute(select(r.c.number, r.c.first_seen, r.c.last_seen))
        return {number: ((first - start).days, (last - start).days) for number, first, last in rows}


def test_a_bill_is_written_once_and_again_when_it_moves(engine: Engine, paper: Paper, reading: Read) -> None:
    assert store(engine, paper, reading(content=b"1", bills=(BILL, OTHER))).bills == 2
    assert store(engine, paper, reading(content=b"1", day=1, bills=(BILL, OTHER))).bills == 0
    assert store(engine, paper, reading(content=b"2", day=2, bills=(VOTED,))).bills == 1
    assert states(engine) == [("10", "EN COMISIÓN", False), ("10", "APROBADO", True), ("11", "EN COMISIÓN", True)]
    assert sights(engine) == {"10": (0, 2), "11": (0, 1)}


def test_what_a_state_says_survives_the_database(engine: Engine, paper: Paper, reading: Read) -> None:
    store(engine, paper, reading(content=b"1", bills=(BILL,)))
    with engine.connect() as connection:
        row = connection.execute(select(t["bill_state"])).mappings().one()
    assert row["authors"] == '["Alcorta Suero, María", "Calisto, Francisco"]'
    assert (row["presented"], row["proponent"], row["reader"]) == (BILL.presented, BILL.proponent, "sheet/1")
    assert (row["source"], row["url"]) == ("tri_sheet", "https://three.example/1")


@pytest.mark.parametrize("change", [
    {"title": "OTRO TÍTULO"}, {"stage": "APROBADO"}, {"authors": ()}, {"proponent": "PODER EJECUTIVO"},
    {"presented": date(2026, 10, 1)}, {"notation": "00010-2026-2031-S "},
])  # fmt: skip
def test_whatever_moves_makes_a_state(engine: Engine, paper: Paper, reading: Read, change: dict[str, Any]) -> None:
    store(engine, paper, reading(content=b"1", bills=(BILL,)))
    assert store(engine, paper, reading(content=b"2", day=1, bills=(replace(BILL, **change),))).bills == 1
    assert len(states(engine)) == 2


def test_one_number_in_two_series_is_two_bills(engine: Engine, paper: Paper, reading: Read) -> None:
    deputies = replace(BILL, legislature="pe_deputies", notation="00010-2026-2031-CD")
    past = replace(BILL, legislature="pe_congress", period="2021-2026", notation="00010/2021-CR")
    assert store(engine, paper, reading(content=b"1", bills=(BILL, deputies, past))).bills == 3
    assert len(states(engine)) == 3


def test_moves_within_one_transaction_are_all_kept(engine: Engine, paper: Paper, reading: Read) -> None:
    days = [reading(content=bytes([n]), day=n, bills=(replace(BILL, stage=f"PASO {n}"),)) for n in range(3)]
    again = reading(content=b"again", day=3, bills=(replace(BILL, stage="PASO 2"),))
    assert store(engine, paper, *days, again).bills == 3
    assert states(engine) == [("10", "PASO 0", False), ("10", "PASO 1", False), ("10", "PASO 2", True)]
    assert sights(engine) == {"10": (0, 3)}


def test_reading_the_archive_again_adds_nothing(engine: Engine, paper: Paper, reading: Read) -> None:
    days = [reading(content=bytes([n]), day=n, bills=(replace(BILL, stage=f"PASO {n}"), OTHER)) for n in range(3)]
    store(engine, paper, *days)
    before = states(engine), sights(engine)
    totals = store(engine, paper, *[replace(day, replayed=True) for day in days])
    assert totals.bills == 0
    assert (states(engine), sights(engine)) == before


def test_a_former_state_that_was_lost_is_filled_in_without_taking_over(
    engine: Engine, paper: Paper, reading: Read
) -> None:
    store(engine, paper, reading(content=b"2", day=2, bills=(VOTED,)))
    totals = store(engine, paper, reading(content=b"1", day=1, bills=(BILL,)), reading(content=b"0", bills=(BILL,)))
    assert totals.bills == 0
    assert [stage for _, stage, current in states(engine) if current] == ["APROBADO"]
    assert {stage for _, stage, _ in states(engine)} == {"EN COMISIÓN", "APROBADO"}
    assert sights(engine) == {"10": (0, 2)}


def test_a_better_reading_of_the_same_page_takes_over(engine: Engine, paper: Paper, reading: Read) -> None:
    first = reading(content=b"1", bills=(BILL,))
    store(engine, paper, first)
    store(engine, paper, replace(first, reader="list/2", bills=(replace(BILL, authors=("Alcorta Suero, María",)),)))
    assert [current for _, _, current in states(engine)] == [False, True]


def test_a_page_of_a_thousand_is_stored_and_met_again(engine: Engine, paper: Paper, reading: Read) -> None:
    many = tuple(replace(BILL, number=str(n), notation=f"{n:05}/2021-CR") for n in range(1, 1001))
    assert store(engine, paper, reading(content=b"1", bills=many)).bills == 1000
    moved = (*many[:999], replace(many[999], stage="APROBADO"))
    assert store(engine, paper, reading(content=b"2", day=1, bills=moved)).bills == 1
    assert len(states(engine)) == 1001
    assert set(sights(engine).values()) == {(0, 1)}


PAGE = OfficialPage("bill", "https://bills.example.org/{number}", "pe_senate", "2026-2031", "seen at work")


def test_official_pages_are_those_of_the_sheet(engine: Engine, paper: Paper, reading: Read) -> None:
    def held() -> set[tuple[str, str]]:
        with engine.connect() as connection:
            return {(row.kind, row.address) for row in connection.execute(select(t["link"]))}

    law = OfficialPage("law", "https://laws.example.org/{number}")
    store(engine, replace(paper, pages=(PAGE, law)), reading(content=b"1"))
    assert held() == {("bill", PAGE.address), ("law", law.address)}
    moved = replace(PAGE, address="https://bills.example.org/of/{number}")
    store(engine, replace(paper, pages=(moved,)), reading(content=b"2", day=1))
    assert held() == {("bill", moved.address)}
    store(engine, paper, reading(content=b"3", day=2))
    assert held() == set()


def test_a_page_is_named_by_a_number() -> None:
    assert PAGE.of("12") == "https://bills.example.org/12"


def test_the_bills_of_a_vote_follow_a_better_reading(
    engine: Engine, paper: Paper, vote: Callable[..., Any], reading: Read
) -> None:
    def named() -> list[tuple[str, str]]:
        b, m = t["bill"], t["motion_bill"]
        with engine.connect() as connection:
            query = select(b.c.number, b.c.period).join(m, m.c.bill_id == b.c.id).order_by(b.c.number)
            return [tuple(row) for row in connection.execute(query)]

    store(engine, paper, reading(vote(1, bills=("4",)), content=b"1"))
    store(engine, paper, reading(vote(1, bills=("4", "7"), period="2021-2026"), content=b"1", reader="sheet/2"))
    assert named() == [("4", "2021-2026"), ("7", "2021-2026")]
    twice = [
        reading(vote(1, bills=(str(n),), period="2021-2026"), content=b"1", reader=f"sheet/{n}", day=n) for n in (8, 9)
    ]
    store(engine, paper, *twice)
    assert named() == [("9", "2021-2026")]
