"""Storing says what it did, keeps what was, and names the cause of what moved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import Connection, Engine, func, select

from tracker.domain.legislature import Paper
from tracker.domain.votes import Spoken, Status, Tally, Vote
from tracker.storage.history import current_votes, load_facts
from tracker.storage.tables import metadata
from tracker.storage.write import Noticed, Reading, Totals, Writer

t = metadata.tables
Make = Callable[..., Vote]
Read = Callable[..., Reading]


def store(engine: Engine, paper: Paper, *readings: Reading) -> Totals:
    writer = Writer(engine, paper)
    for reading in readings:
        writer.take(reading)
    return writer.flush()


def counts(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        return {name: connection.scalar(select(func.count()).select_from(table)) or 0 for name, table in t.items()}


def changes_of(engine: Engine) -> list[tuple[str, str, str | None, str | None, str | None]]:
    c = t["change"]
    with engine.connect() as connection:
        rows = connection.execute(select(c.c.cause, c.c.field, c.c.who, c.c.was, c.c.now).order_by(c.c.id))
        return [tuple(row) for row in rows]


def vote_row(connection: Connection, slug: str = "tri-1") -> dict[str, object]:
    return dict(connection.execute(select(t["vote"]).where(t["vote"].c.slug == slug)).mappings().one())


def test_new_votes_are_inserted_with_all_their_parts(engine: Engine, paper: Paper, vote: Make, reading: Read) -> None:
    totals = store(engine, paper, reading(vote(1), vote(2)))
    assert (totals.inserted, totals.documents) == (2, 1)
    rows = counts(engine)
    assert (rows["vote"], rows["observation"], rows["ballot"], rows["voter"], rows["code"]) == (2, 2, 6, 3, 3)
    assert rows["person"] == 3
    with engine.connect() as connection:
        assert vote_row(connection)["verdict"] == "sound"
        assert vote_row(connection)["status"] == "official"


def test_the_same_again_writes_only_the_fetch(engine: Engine, paper: Paper, vote: Make, reading: Read) -> None:
    store(engine, paper, reading(vote(1)))
    before = counts(engine)
    totals = store(engine, paper, reading(vote(1), day=1))
    after = counts(engine)
    assert (totals.unchanged, totals.inserted, totals.updated) == (1, 0, 0)
    assert after == before | {"fetch": before["fetch"] + 1}


def test_facts_survive_the_database(engine: Engine, paper: Paper, vote: Make, reading: Read, said: Spoken) -> None:
    taken = reading(vote(1, marks="YNXY", spoken=(said, replace(said, name="Dora", member=None))))
    store(engine, paper, taken)
    with engine.connect() as connection:
        current = current_votes(connection, ["tri-1"])["tri-1"]
        assert load_facts(connection, current.observation) == taken.votes[0][2]


def test_the_source_changing_an_official_vote_corrects_it(
    engine: Engine, paper: Paper, vote: Make, reading: Read
) -> None:
    store(engine, paper, reading(vote(1, marks="YNX")))
    totals = store(engine, paper, reading(vote(1, marks="YNY"), day=1))
    assert totals.updated == 1
    moved = changes_of(engine)
    assert {cause for cause, *_ in moved} == {"source"}
    assert ("source", "ballot", "Carla", "Aus", "Sí") in moved
    assert ("source", "board", None, "1–1–0, not_cast 1", "2–1–0") in moved
    with engine.connect() as connection:
        assert vote_row(connection)["status"] == Status.CORRECTED
    assert counts(engine)["observation"] == 2
    assert counts(engine)["ballot"] == 6, "the ballots of the first observation stay"


def test_a_better_reader_is_not_a_correction_by_the_source(
    engine: Engine, paper: Paper, vote: Make, reading: Read
) -> None:
    store(engine, paper, reading(vote(1, subject="Bil 1"), content=b"same"))
    store(engine, paper, reading(vote(1, subject="Bill 1"), content=b"same", day=1, reader="sheet/2"))
    assert changes_of(engine) == [("reader", "subject", None, "Bil 1", "Bill 1")]
    with engine.connect() as connection:
        assert vote_row(connection)["status"] == "official"


def test_another_lookup_is_a_correction_of_ours(engine: Engine, paper: Paper, vote: Make, reading: Read) -> None:
    first = vote(1)
    store(engine, paper, reading(first, content=b"same"))
    other = replace(first, ballots=(first.ballots[0]._replace(member=None), *first.ballots[1:]))
    store(engine, paper, reading(other, content=b"same", day=1, lookups="y"))
    assert changes_of(engine) == [("correction", "member", "Ana", "M0", None)]


def test_provisional_then_official_is_no_correction(engine: Engine, paper: Paper, vote: Make, reading: Read) -> None:
    store(engine, paper, reading(vote(1, status=Status.PROVISIONAL)))
    store(engine, paper, reading(vote(1, marks="YNY"), day=1))
    with engine.connect() as connection:
        assert vote_row(connection)["status"] == "official"


def test_a_provisional_copy_that_is_read_late_does_not_take_the_official_papers_place(
    engine: Engine, paper: Paper, vote: Make, reading: Read
) -> None:
    official, copy = vote(1, marks="YNY"), vote(1, status=Status.PROVISIONAL)
    store(engine, paper, reading(copy, content=b"copy"), reading(official, content=b"signed", day=5))
    before = counts(engine)
    store(engine, paper, reading(copy, content=b"copy", day=9, reader="sheet/2"))
    with engine.connect() as connection:
        current = current_votes(connection, ["tri-1"])["tri-1"]
        assert (current.status, load_facts(connection, current.observation).fields["board"]) == ("official", "2–1–0")
    assert counts(engine)["change"] == before["change"]
    read_anew = reading(replace(official, printed=replace(official.printed, status=Status.PROVISIONAL)),
                        content=b"signed", day=5, reader="sheet/2")  # fmt: skip
    store(engine, paper, read_anew)
    with engine.connect() as connection:
        assert vote_row(connection)["status"] == "provisional", "the same paper, read better, may say so"


def test_other_bytes_with_the_same_facts_add_evidence_only(
    engine: Engine, paper: Paper, vote: Make, reading: Read
) -> None:
    store(engine, paper, reading(vote(1), content=b"one"))
    totals = store(engine, paper, reading(vote(1), content=b"two", day=1))
    assert (totals.unchanged, totals.updated) == (1, 0)
    rows = counts(engine)
    assert (rows["observation"], rows["ballot"], rows["change"]) == (2, 3, 0)


def test_there_and_back_is_two_changes(engine: Engine, paper: Paper, vote: Make, reading: Read) -> None:
    one, two = vote(1, marks="YNX"), vote(1, marks="YYX")
    store(engine, paper, reading(one), reading(two, day=1), reading(one, day=2))
    with engine.connect() as connection:
        current = current_votes(connection, ["tri-1"])["tri-1"]
        assert load_facts(connection, current.observation).fields["board"] == "1–1–0, not_cast 1"
    assert [c for c in changes_of(engine) if c[1] == "ballot"] == [
        ("source", "ballot", "Berta", "No", "Sí"),
        ("source", "ballot", "Berta", "Sí", "No"),
    ]


def test_reading_old_bytes_again_moves_nothing(engine: Engine, paper: Paper, vote: Make, reading: Read) -> None:
    one, two = reading(vote(1, marks="YNX")), reading(vote(1, marks="YYX"), day=1)
    store(engine, paper, one)
    store(engine, paper, two)
    before = counts(engine)
    totals = store(engine, paper, replace(one, replayed=True), replace(two, replayed=True))
    assert totals.unchanged == 2
    assert counts(engine) == before


def test_a_vote_that_vanishes_is_marked_and_comes_back(engine: Engine, paper: Paper, vote: Make, reading: Read) -> None:
    first = reading(vote(1), vote(2))
    second = reading(vote(1), day=1, replaces=first.fetch.sha256)
    store(engine, paper, first)
    store(engine, paper, second)
    with engine.connect() as connection:
        assert vote_row(connection, "tri-2")["gone_since"] == second.fetch.at
        assert vote_row(connection, "tri-1")["gone_since"] is None
    store(engine, paper, reading(vote(1), vote(2), day=2, replaces=second.fetch.sha256, content=b"third"))
    with engine.connect() as connection:
        assert vote_row(connection, "tri-2")["gone_since"] is None


def test_a_failure_stores_nothing_of_the_batch(engine: Engine, paper: Paper, vote: Make, reading: Read) -> None:
    good, bad = reading(vote(1)), reading(vote(2), url="https://three.example/2")
    broken = replace(bad, fetch=replace(bad.fetch, status=None))  # type: ignore[arg-type]
    writer = Writer(engine, paper)
    writer.take(good)
    writer.take(broken)
    with pytest.raises(Exception, match=r"(?i)null"):
        writer.flush()
    assert counts(engine)["vote"] == 0
    writer.drop()
    writer.take(good)
    assert writer.flush().inserted == 1


def test_two_writers_share_people_and_codes(engine: Engine, paper: Paper, vote: Make, reading: Read) -> None:
    one, two = Writer(engine, paper), Writer(engine, paper)
    one.take(reading(vote(1)))
    one.flush()
    two.take(reading(vote(2), url="https://three.example/2"))
    two.flush()
    one.take(reading(vote(3, marks="NNN"), url="https://three.example/3"))
    one.flush()
    rows = counts(engine)
    assert (rows["vote"], rows["person"], rows["voter"], rows["code"]) == (3, 3, 3, 3)


def test_findings_are_written_once(engine: Engine, paper: Paper, vote: Make, reading: Read) -> None:
    doubtful = vote(1, board=Tally(3, 0, 0))
    noticed = (
        Noticed("doubtful", "ballots_make_board", "no", "", "tri-1"),
        Noticed("noted", "odd", "page 3", "page 3"),
    )
    first = reading(doubtful, noticed=noticed)
    store(engine, paper, first)
    store(engine, paper, replace(first, replayed=True))
    assert counts(engine)["finding"] == 2
    with engine.connect() as connection:
        assert vote_row(connection)["verdict"] == "doubtful"
