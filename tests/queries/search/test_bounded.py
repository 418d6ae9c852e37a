"""Does a search for words that nearly all votes have look at no more votes than it shows, and find the same?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import seed
import thirty
from sqlalchemy import Engine, event

from tracker.queries import filters, paging, votes
from tracker.queries.database import connect
from tracker.queries.filters import VoteFilter
from tracker.storage.engine import open_engine, upgrade

COUNTED = 150
"""What is counted up to here."""


def filled(url: str, count: int) -> str:
    """Make a database with so many votes on water."""
    engine = open_engine(url)
    upgrade(engine)
    seed.fill(engine)
    seed.many(engine, count, members=4)
    engine.dispose()
    return url


def of_250(url: str) -> str:
    return filled(url, 250)


@pytest.fixture(autouse=True)
def counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filters, "MOST", COUNTED)
    monkeypatch.setattr(filters, "FEW", 0)


@pytest.fixture
def many(held: Callable[[str, Callable[[str], object]], str], kind: str) -> Iterator[Engine]:
    engine = connect(held(kind, of_250))
    yield engine
    engine.dispose()


@pytest.mark.parametrize("sort", ["newest", "oldest", "closest"])
@pytest.mark.parametrize(
    ("query", "more"),
    [
        ("water", {}),
        ("bill wat", {}),
        ("number 7 water", {}),
        ("water 1990", {}),
        ("water 1989 1990", {}),
        ("water", {"legislatures": ("us_house",)}),
        ("water", {"since": date(1990, 3, 1), "until": date(1990, 4, 30)}),
        ("bill 1990", {"margin": 2}),
        ("proyecto", {}),
        ("ley", {"turned": True}),
    ],
)
def test_step_by_step_finds_what_all_at_once_does(many: Engine, query: str, more: dict[str, Any], sort: Any) -> None:
    """A file has all of it at once, in its order."""
    whole = VoteFilter(text=query, sort=sort, **more)
    found = [view.id for view in votes.every(many, whole)]
    for offset in (0, 2, 30, 149):
        page = votes.listing(many, VoteFilter(text=query, sort=sort, limit=7, offset=offset, **more))
        assert [row.id for row in page.rows] == found[offset : offset + 7]
        assert (page.total, page.more) == (min(len(found), COUNTED), len(found) > COUNTED)
    seen, after = [], None
    while True:
        stretch = paging.stretch(many, VoteFilter(text=query, sort=sort, limit=60, **more), after)
        assert (stretch.total, stretch.more) == (page.total, page.more)
        seen += [row.id for row in stretch.rows]
        if (after := stretch.last) is None:
            break
    assert sorted(seen) == sorted(found)
    assert seen == found or sort == "newest", "in which what is nearest comes first in a file, and never here"


@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_a_vote_of_several_papers_comes_once(database_url: str, sort: Any) -> None:
    engine = thirty.joined(database_url)
    thirty.alone(engine, 9)
    for query, found in (("waters north", ["s-1"]), ("bill 1", ["s-1"]), ("roads", ["m-2"]), ("rivers", None)):
        page = votes.listing(engine, VoteFilter(text=query, sort=sort, limit=5))
        each = [
            row.id
            for n in range(9)
            for row in votes.listing(engine, VoteFilter(text=query, sort=sort, limit=1, offset=n)).rows
        ]
        assert each[:5] == [row.id for row in page.rows] == (found or each[:5])
        assert (len(each), page.more) == (page.total, False)


QUESTIONS: dict[str, Callable[[Engine], Any]] = {
    "a page": lambda engine: votes.listing(engine, VoteFilter(text="water")),
    "a page, the word begun": lambda engine: votes.listing(engine, VoteFilter(text="numbe")),
    "a page of two words": lambda engine: votes.listing(engine, VoteFilter(text="water bill")),
    "a page, the oldest first": lambda engine: votes.listing(engine, VoteFilter(text="water", sort="oldest")),
    "a page of a chamber": lambda engine: votes.listing(engine, VoteFilter(text="water", legislatures=("us_house",))),
    "a stretch": lambda engine: paging.stretch(engine, VoteFilter(text="water")),
}


@pytest.fixture(scope="module")
def two_sizes(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """A database, and one of four times as many votes."""
    folder: Path = tmp_path_factory.mktemp("sizes")
    few, many = (filled(f"sqlite:///{folder}/{count}.sqlite", count) for count in (250, 1000))
    for url in (few, many):
        with open_engine(url).begin() as connection:
            connection.exec_driver_sql("INSERT INTO vote_search(vote_search) VALUES ('optimize')")
    return few, many


def steps(url: str, ask: Callable[[Engine], Any]) -> int:
    """Count the steps SQLite takes for a question, by tens, after one that only warms up."""
    engine, counted = connect(url), [0]

    def tick() -> None:
        counted[0] += 1

    event.listen(engine, "connect", lambda connection, _record: connection.set_progress_handler(tick, 10))
    ask(engine)
    counted[0] = 0
    ask(engine)
    engine.dispose()
    return counted[0]


@pytest.mark.parametrize("question", QUESTIONS)
def test_four_times_the_votes_that_have_the_word_take_the_same_steps(two_sizes: tuple[str, str], question: str) -> None:
    few, many = (steps(url, QUESTIONS[question]) for url in two_sizes)
    assert many <= few * 1.05, f"{few} → {many} times ten steps"


def test_the_count_would_notice_a_walk_through_all_of_them(two_sizes: tuple[str, str]) -> None:
    """The order *closest* does look at all."""
    few, many = (
        steps(url, lambda engine: votes.listing(engine, VoteFilter(text="water", sort="closest"))) for url in two_sizes
    )
    assert many > few * 2
