"""Does a long history cost a reader nothing: is every question of a page answered through an index?

Counted in steps of SQLite's own machine, which are the same on any computer.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import seed
from sqlalchemy import Engine, event

from tracker.domain.bills import Bill
from tracker.domain.votes import Status
from tracker.queries import bills, changes, doubts, ladder, members, options, rolls, votes
from tracker.queries.database import connect, data_version
from tracker.queries.filters import VoteFilter
from tracker.storage.engine import open_engine, upgrade

STEP = 50
MORE = 600

QUESTIONS: dict[str, Callable[[Engine], Any]] = {
    "a vote": lambda engine: votes.one(engine, seed.FOUNDING),
    "an earlier reading": lambda engine: votes.one(engine, seed.CORRECTED, version=1),
    "an election by name": lambda engine: votes.one(engine, seed.SPEAKER),
    "no such vote": lambda engine: votes.one(engine, "nothing"),
    "the version of the data": data_version,
    "the latest changes": changes.latest,
    "the latest sittings": votes.latest_sittings,
    "a day": lambda engine: votes.listing(engine, VoteFilter(since=date(2023, 5, 19), until=date(2023, 5, 19))),
    "the votes on the same matter": lambda engine: ladder.ladder(engine, seed.FOUNDING),
    "a member": lambda engine: members.one(engine, "taipe-coronado-maria-elizabeth", "pe_congress"),
    "which chambers have votes": rolls.spans,
    "a year of a chamber": lambda engine: rolls.record(engine, "pe_congress", 2023),
    "votes by their ids": lambda engine: votes.named(engine, [seed.FOUNDING, seed.HOUSE]),
    "a page of changes": changes.listing,
    "what there is to choose from": lambda engine: options.options(engine, "us_house"),
    "the closest votes of a season": lambda engine: votes.listing(
        engine, VoteFilter(since=date(2023, 6, 1), until=date(2023, 10, 1), margin=5, sort="closest")
    ),
    "votes that the spoken ones decided": lambda engine: votes.listing(engine, VoteFilter(turned=True)),
    "corrected votes": lambda engine: votes.listing(engine, VoteFilter(status=Status.CORRECTED)),
    "votes in doubt": doubts.listing,
    "votes of a kind": lambda engine: votes.listing(engine, VoteFilter(kind="On the Cloture Motion")),
    "words": lambda engine: votes.listing(engine, VoteFilter(text="personal militar")),
    "words of a chamber": lambda engine: votes.listing(
        engine, VoteFilter(text="appropriations", legislatures=("us_house",))
    ),
    "a name from the press": lambda engine: votes.listing(engine, VoteFilter(text="31548")),
    "a count": lambda engine: votes.listing(engine, VoteFilter(text="70-33-4")),
    "a day in words": lambda engine: votes.listing(engine, VoteFilter(text="18 May 2023")),
    "the votes of a bill": lambda engine: bills.votes_of_bill(engine, Bill("4766", "2021-2026", "pe_congress")),
}


@pytest.fixture(scope="module")
def long_history(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The small database, and seventy times as many votes beside it."""
    url = f"sqlite:///{tmp_path_factory.mktemp('long')}/votes.sqlite"
    engine = open_engine(url)
    upgrade(engine)
    seed.fill(engine)
    seed.many(engine, MORE, members=20)
    with engine.begin() as connection:
        # Of one piece, as the small one is: how many pieces FTS5 keeps depends on the batches, and has an upper bound.
        connection.exec_driver_sql("INSERT INTO vote_search(vote_search) VALUES ('optimize')")
    return url


def steps(url: str, question: str) -> int:
    """Count the steps a question takes, in units of fifty, after one that only warms up."""
    engine, counted = connect(url), [0]

    def tick() -> None:
        counted[0] += 1

    event.listen(engine, "connect", lambda connection, _record: connection.set_progress_handler(tick, STEP))
    QUESTIONS[question](engine)
    counted[0] = 0
    QUESTIONS[question](engine)
    engine.dispose()
    return counted[0]


@pytest.mark.parametrize("question", QUESTIONS)
def test_seventy_times_the_votes_take_the_same_steps(sqlite_seeded: str, long_history: str, question: str) -> None:
    few, many = steps(sqlite_seeded, question), steps(long_history, question)
    assert many <= few * 1.2 + 4, f"{few} → {many} times {STEP} steps"


GROWING = frozenset({
    "ballot", "change", "document", "fetch", "motion", "observation", "person", "spoken", "tally", "vote", "voter",
})  # fmt: skip
"""Tables that grow with every vote."""


def read_through(url: str, ask: Callable[[Engine], Any]) -> list[str]:
    """Return which of these tables a question reads through row by row, by SQLite's own plan."""
    engine, asked = connect(url), []
    event.listen(engine, "before_cursor_execute", lambda _c, _cursor, sql, given, *_more: asked.append((sql, given)))
    ask(engine)
    found = []
    for sql, given in [(sql, given) for sql, given in asked if sql.startswith(("SELECT", "WITH"))]:
        with engine.connect() as connection:
            steps = [row.detail for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", given)]
        found += [step for step in steps if step.split()[0] == "SCAN" and {*step.split()[1:]} & GROWING
                  and "USING" not in step]  # fmt: skip
    engine.dispose()
    return found


@pytest.mark.parametrize(
    "question", ["a vote", "the version of the data", "a member", "a year of a chamber", "the latest sittings"]
)
def test_a_page_reads_no_growing_table_through(long_history: str, question: str) -> None:
    assert read_through(long_history, QUESTIONS[question]) == []


def test_the_plan_would_show_a_table_read_through(long_history: str) -> None:
    def ask(engine: Engine) -> None:
        with engine.connect() as connection:
            connection.exec_driver_sql("SELECT * FROM motion WHERE question = 'x'").all()

    assert read_through(long_history, ask) == ["SCAN motion"]


def test_the_count_would_notice_a_table_read_through(long_history: str) -> None:
    QUESTIONS["all subjects"] = lambda engine: list(votes.every(engine, VoteFilter(text="water")))
    try:
        assert steps(long_history, "all subjects") > MORE
    finally:
        del QUESTIONS["all subjects"]
