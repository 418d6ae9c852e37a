"""Do two papers' records of one vote find each other in the database, in any order, and is any difference told?"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, text
from thirty import MINUTES, OTHERS, ROLL, SHEETS, Read, cast, said, store

from tracker.domain.votes import Means, Position, Status, Tally


def led(engine: Engine) -> dict[str, str | None]:
    """Each vote, and the id of the record shown in its place."""
    query = "SELECT a.slug, b.slug FROM vote a LEFT JOIN vote b ON b.id = a.joined_to ORDER BY a.slug"
    with engine.connect() as connection:
        return {row[0]: row[1] for row in connection.execute(text(query))}


def compared(engine: Engine) -> list[tuple[str, str, bool, Any]]:
    query = (
        "SELECT a.slug, b.slug, agrees, differences FROM comparison "
        "JOIN vote a ON a.id = vote_id JOIN vote b ON b.id = with_id ORDER BY a.slug, b.slug"
    )
    with engine.connect() as connection:
        return [(a, b, bool(agrees), json.loads(told)) for a, b, agrees, told in connection.execute(text(query))]


def told(engine: Engine) -> list[tuple[str, str]]:
    query = (
        "SELECT v.slug, f.message FROM finding f JOIN vote v ON v.id = f.vote_id "
        "WHERE f.code = 'papers_differ' ORDER BY f.id"
    )
    with engine.connect() as connection:
        return [(row[0], row[1]) for row in connection.execute(text(query))]


def test_the_minutes_say_the_same(engine: Engine, reading: Read) -> None:
    sheet = cast("s-1", spoken=(said(),))
    minutes = cast("m-1", complete=False, spoken=(replace(said(), was=None),), subject="Bill one, in other words")
    assert store(engine, SHEETS, reading(sheet)) == 0
    assert store(engine, MINUTES, reading(minutes)) == 0
    assert led(engine) == {"s-1": None, "m-1": "s-1"}
    assert compared(engine) == [("s-1", "m-1", True, [])]
    assert told(engine) == []


@pytest.mark.parametrize("first", ["sheets", "minutes", "both at once"])
def test_the_order_of_arrival_does_not_matter(engine: Engine, reading: Read, first: str) -> None:
    votes = [cast("s-1"), cast("s-2", "N" * 20 + "Y" * 10)]
    minutes = [cast("m-1", "N" * 20 + "Y" * 10, complete=False), cast("m-2", complete=False)]
    ours, theirs = reading(*votes), reading(*minutes, url="https://thirty.example/m")
    if first == "minutes":
        store(engine, MINUTES, theirs)
    store(engine, SHEETS, ours)
    if first != "minutes":
        store(engine, MINUTES, theirs)
    assert led(engine) == {"s-1": None, "s-2": None, "m-1": "s-2", "m-2": "s-1"}


def test_a_contradiction_is_told_once_with_both_pages(engine: Engine, reading: Read) -> None:
    sheet = cast("s-1", page=7, subject="Bill 1", bills=("1",), spoken=(said(),))
    minutes = cast("m-1", "N" + ROLL[1:], complete=False, bills=("1",), page=9, spoken=(said(Position.NO),))
    store(engine, SHEETS, reading(sheet))
    assert store(engine, MINUTES, reading(minutes)) == 1
    ((vote, message),) = told(engine)
    assert vote == "s-1"
    assert "Sheets, page 7" in message
    assert "Minutes, page 9" in message
    assert "Member 0: position yes, there no" in message
    assert compared(engine) == [
        ("s-1", "m-1", False, [["position", "Member 0", "yes", "no"], ["spoken", "Member 29", "yes", "no"]])
    ]
    # The same again, in a document that says nothing new of this vote.
    again = replace(minutes, printed=replace(minutes.printed, subject="Bill 1, again"))
    assert store(engine, MINUTES, reading(again, day=1)) == 0
    assert len(told(engine)) == 1


def test_the_figure_that_was_announced_is_held_against_our_count(engine: Engine, reading: Read) -> None:
    store(engine, SHEETS, reading(cast("s-1", spoken=(said(),))))
    announced = {"announced": Tally(17, 10, 0), "announced_means": Means.FINAL, "announced_text": "17 to 10"}
    store(engine, MINUTES, reading(cast("m-1", complete=False, spoken=(said(),), **announced)))
    assert compared(engine)[0][2:] == (False, [["announced", None, "16–10–0", "17–10–0"]])


def test_an_official_record_leads_a_provisional_copy(engine: Engine, reading: Read) -> None:
    provisional = cast("s-1", status=Status.PROVISIONAL)
    store(engine, SHEETS, reading(provisional))
    store(engine, MINUTES, reading(cast("m-1", complete=False, spoken=(said(),)), url="https://thirty.example/m"))
    store(engine, OTHERS, reading(cast("o-1"), url="https://thirty.example/o"))
    assert led(engine) == {"m-1": None, "o-1": "m-1", "s-1": "m-1"}
    assert [(a, b) for a, b, _, _ in compared(engine)] == [("m-1", "o-1"), ("m-1", "s-1")]
    store(engine, SHEETS, reading(cast("s-1", spoken=(said(),)), day=2))
    assert led(engine) == {"m-1": "s-1", "o-1": "s-1", "s-1": None}
    assert all(agrees for a, b, agrees, _ in compared(engine) if b == "m-1")


def test_records_that_no_longer_match_part_again(engine: Engine, reading: Read) -> None:
    store(engine, SHEETS, reading(cast("s-1")))
    store(engine, MINUTES, reading(cast("m-1", complete=False), url="https://thirty.example/m"))
    assert led(engine)["m-1"] == "s-1"
    other = cast("m-1", "N" * 30, complete=False)
    store(engine, MINUTES, reading(other, day=1, url="https://thirty.example/m"))
    assert led(engine) == {"s-1": None, "m-1": None}
    assert compared(engine) == []
    store(engine, MINUTES, reading(cast("m-1", complete=False), day=2, url="https://thirty.example/m"))
    moved = cast("m-1", complete=False, day=date(2023, 5, 19))
    store(engine, MINUTES, reading(moved, day=3, url="https://thirty.example/m"))
    assert led(engine) == {"s-1": None, "m-1": None}


def test_what_one_paper_lacks_the_other_lends(engine: Engine, reading: Read) -> None:
    store(engine, SHEETS, reading(cast("s-1")))
    store(engine, MINUTES, reading(cast("m-1", complete=False, result="approved")))
    with engine.connect() as connection:
        found = connection.execute(text("SELECT result FROM vote WHERE slug = 's-1'")).scalar_one()
    assert found == "approved"
