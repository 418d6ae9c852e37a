"""Are the votes that do not add up listed with why and where to look, and those that somebody settled left out?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import seed
import thirty
from sqlalchemy import Engine
from thirty import MINUTES, SHEETS, cast, reading

from tracker.domain.votes import Tally
from tracker.queries.doubts import document_of, listing, settled
from tracker.storage.engine import open_engine, upgrade
from tracker.storage.write import Noticed

ODD = Tally(14, 10, 0, 0, 6)
WHY = "ballots make board: yes -1, not_cast +1"


@pytest.fixture
def doubtful(database_url: str) -> Iterator[Engine]:
    """Votes of two papers: of a sound one, two whose sums do not meet, one its reader was unsure of, one settled."""
    engine = open_engine(database_url)
    upgrade(engine)
    found = (
        cast("s-1"),
        cast("s-2", board=ODD, day=date(2023, 5, 19), page=4),
        cast("s-3", doubts=("the code could not be read: Member 3",)),
        cast("s-4", board=ODD, settled="Ana: the board is misprinted"),
    )
    noticed = tuple(
        Noticed("doubtful", "sums", "odd", f"page {n}", "s-2", piece) for n, piece in ((4, "a" * 64), (5, None))
    )
    thirty.store(engine, SHEETS, reading("https://thirty.example/s.pdf", *found, noticed=noticed))
    thirty.store(engine, MINUTES, reading("https://thirty.example/m.pdf", cast("m-2", "N" * 30, board=ODD)))
    yield engine
    engine.dispose()


def test_each_is_listed_with_why_and_where_the_newest_first(doubtful: Engine) -> None:
    found = listing(doubtful)
    assert [(one.vote, one.source, one.settled) for one in found] == [
        ("s-2", "sheets", None), ("m-2", "minutes", None), ("s-3", "sheets", None)
    ]  # fmt: skip
    sums, _, unsure = found
    assert (sums.reasons, sums.page, sums.piece) == ((WHY,), 4, "a" * 64)
    assert (sums.legislature, sums.sitting_date, sums.subject) == ("Thirty", date(2023, 5, 19), "Bill 1")
    assert sums.url == "https://thirty.example/s.pdf"
    assert document_of(doubtful, "s-2") == ("sheets", sums.sha256)
    assert (unsure.reasons, unsure.page, unsure.piece) == (("the code could not be read: Member 3",), None, None)


def test_those_of_one_source_are_listed_alone(doubtful: Engine) -> None:
    assert [one.vote for one in listing(doubtful, sources=["minutes"])] == ["m-2"]
    assert listing(doubtful, sources=["others"]) == ()


def test_what_somebody_settled_is_listed_only_if_asked_for(doubtful: Engine) -> None:
    [one] = [one for one in listing(doubtful, everything=True) if one.settled]
    assert (one.vote, one.settled, one.reasons) == ("s-4", "Ana: the board is misprinted", (WHY,))
    assert settled(doubtful, {"s-2", "s-4", "s-9"}) == {("s-4", one.sha256)}
    assert settled(doubtful, ()) == set()


def test_a_vote_that_is_not_on_record_has_no_document(doubtful: Engine) -> None:
    assert document_of(doubtful, "s-9") is None


def test_the_same_on_each_engine(engine: Engine, empty: Engine) -> None:
    [one] = listing(engine)
    assert (one.vote, one.source) == (seed.DOUBTFUL, "us_house")
    assert one.reasons
    assert one.reasons[0].startswith("ballots make board: ")
    assert document_of(engine, seed.DOUBTFUL) == ("us_house", one.sha256)
    assert listing(empty) == ()
