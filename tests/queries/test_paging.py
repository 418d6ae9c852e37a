"""Does a program that goes through a list see every vote once, however the list grows meanwhile?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import seed
from sqlalchemy import Engine

from tracker.queries import changes, directory, paging, votes
from tracker.queries.filters import UnknownLegislature, VoteFilter
from tracker.queries.paging import Place

SORTS = ("newest", "oldest", "closest")


def walked(engine: Engine, wanted: VoteFilter, after: Place | None = None) -> list[str]:
    """Go through a list to its end; give the ids."""
    seen: list[str] = []
    while True:
        rows, total, after, more = paging.stretch(engine, wanted, after)
        seen += [row.id for row in rows]
        assert len(rows) == wanted.limit or after is None
        assert total >= len(rows)
        assert not more
        if after is None:
            return seen


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("limit", [1, 2, 100])
def test_a_list_is_the_same_by_stretches_as_at_once(billed: Engine, sort: str, limit: int) -> None:
    whole = VoteFilter(sort=sort, limit=100)  # type: ignore[arg-type]
    found = [row.id for row in votes.listing(billed, whole).rows]
    assert len(found) == len(set(found)) > 10, "with and without a clock time, and without a margin"
    assert walked(billed, replace(whole, limit=limit)) == found


@pytest.mark.parametrize("sort", SORTS)
def test_votes_added_meanwhile_move_nothing(database_url: str, sort: str) -> None:
    engine = seed.seeded(database_url).engine
    wanted = VoteFilter(sort=sort, limit=3)  # type: ignore[arg-type]
    before = walked(engine, wanted)
    first = paging.stretch(engine, wanted)
    seed.moved(engine, 20)
    after = walked(engine, wanted, first.last)
    seen = [row.id for row in first.rows] + after
    assert len(seen) == len(set(seen))
    assert [id for id in seen if id in before] == before


def test_words_narrow_a_list_down_and_do_not_reorder_it(engine: Engine) -> None:
    found = walked(engine, VoteFilter(text="militar", limit=1))
    assert set(found) == {seed.FOUNDING, seed.SHEET}
    assert paging.stretch(engine, VoteFilter(text="  ?? ")) == ((), 0, None, False)
    with pytest.raises(UnknownLegislature):
        paging.stretch(engine, VoteFilter(legislatures=("nowhere",)))


@pytest.mark.parametrize("day", [date.min, date(1, 1, 15), date(2023, 5, 18), date.max])
def test_any_day_may_be_asked_for(engine: Engine, day: date) -> None:
    every = walked(engine, VoteFilter(limit=100))
    early, late = (walked(engine, VoteFilter(limit=100, **{key: day})) for key in ("until", "since"))
    assert {*early, *late} == set(every)
    on = {row.id for row in paging.stretch(engine, VoteFilter(limit=100, since=day, until=day)).rows}
    assert on == ({seed.FOUNDING, seed.SHEET} if day.year == 2023 else set())


def test_changes_go_on_from_a_key(database_url: str) -> None:
    engine = seed.seeded(database_url).engine
    seed.moved(engine, 5)
    every = changes.listing(engine, limit=100).sets
    assert [one.key for one in every] == sorted((one.key for one in every), reverse=True)
    behind = changes.listing(engine, limit=2, before=every[1].key)
    assert (behind.sets, behind.total) == (every[2:4], len(every))
    assert {(one.version, one.legislature) for one in every} == {(2, "us_house")}
    assert all(one.at == one.seen_at for one in every), "what a source changed moved when its document came"


def test_members_are_found_by_words_that_begin_words_of_their_names(engine: Engine) -> None:
    def named(text: str, **more: object) -> list[str]:
        facts = {"legislature": None, "after": None, "limit": 100} | more
        return [one.name for one in directory.members(engine, text=text, **facts).members]  # type: ignore[arg-type]

    assert named("flor victor") == ["Flores Ruíz, Víctor Seferino"]
    assert named("lores") == []
    everybody = directory.members(engine, legislature=None, text="", after=None, limit=1000).members
    assert named("", limit=3, after=(everybody[4].legislature, everybody[4].id)) == [one.name for one in everybody[5:8]]
    assert len(everybody) > 400
    assert {one.legislature for one in everybody} == {"pe_congress", "us_house", "us_senate"}
    assert named("", legislature="nowhere") == []
    (seat,) = directory.members(engine, legislature=None, text="flores ruiz", after=None, limit=1).members[0].seats
    assert (seat.since, seat.until) == (date(2021, 7, 27), None)


def test_groups_come_by_chamber(engine: Engine) -> None:
    assert [one.code for one in directory.groups(engine, "us_senate")] == ["D", "I", "R"]
    assert [one.code for one in directory.groups(engine, None) if not one.attached] == ["NA", "I", "I"]
