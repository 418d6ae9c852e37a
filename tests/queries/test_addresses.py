"""Does every vote have one address, on one page, with the time of its last move?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import seed
import thirty
from sqlalchemy import Engine, update

from tracker.queries import addresses
from tracker.storage.tables import metadata


def test_pages_are_cut_by_key_and_hold_every_vote_once(engine: Engine) -> None:
    whole = addresses.page(engine, 1)
    assert addresses.pages(engine) == 1
    assert {seed.FOUNDING, seed.SHEET, seed.SENATE} < {one.id for one in whole}
    cut = [addresses.page(engine, n, of=4) for n in range(1, addresses.pages(engine, of=4) + 1)]
    assert [len(some) for some in cut] == [4, 4, 1]
    assert tuple(one for some in cut for one in some) == whole
    assert addresses.page(engine, 99) == ()


def test_an_address_tells_when_its_record_last_moved(engine: Engine) -> None:
    moved = {one.id: one.moved_at for one in addresses.page(engine, 1)}
    assert moved[seed.FOUNDING] == datetime(2023, 6, 12, 14, 3, tzinfo=UTC)
    assert moved[seed.CORRECTED] > datetime(2023, 6, 30, tzinfo=UTC), "when the change was noticed"


def test_a_vote_of_several_papers_has_one_address_and_one_that_is_gone_keeps_its_own(
    database_url: str,
) -> None:
    engine = thirty.joined(database_url)
    gone, v = thirty.AT + timedelta(days=9), metadata.tables["vote"]
    with engine.begin() as connection:
        connection.execute(update(v).where(v.c.slug == "m-2").values(gone_since=gone))
    found = addresses.page(engine, 1)
    engine.dispose()
    assert {one.id for one in found} == {"s-1", "m-2"}
    assert {one.moved_at for one in found if one.id == "m-2"} == {gone}


def test_an_empty_record_has_no_pages(empty: Engine) -> None:
    assert addresses.pages(empty) == 0
    assert addresses.page(empty, 1) == ()
