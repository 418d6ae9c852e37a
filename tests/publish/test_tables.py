"""Do the tables hold what the pages show: the same votes and ids, and rows that make the count?"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from typing import Any

import pytest
import seed
from sqlalchemy import Engine

from tracker.domain.bills import Bill
from tracker.domain.votes import Status
from tracker.publish.codebook import sheets
from tracker.publish.tables import OF_VOTES, Table
from tracker.queries.database import connect
from tracker.queries.files.ballots import Ballots
from tracker.queries.files.chosen import Choice, MemberRecord, OneReading, snapshot
from tracker.queries.files.parts import changes, group_tallies, spoken
from tracker.queries.files.people import OF_PEOPLE
from tracker.queries.files.votes import votes
from tracker.queries.filters import VoteFilter
from tracker.queries.votes import every, one

ALL = VoteFilter()
ON_LEAVE = "taipe-coronado-maria-elizabeth"
FILTERS = [
    {"text": "tropas"}, {"text": "tropas", "exact": True}, {"legislatures": ("us_house",)}, {"since": date(2024, 3, 1)},
    {"until": date(2023, 6, 30)}, {"status": Status.OFFICIAL}, {"margin": 1}, {"turned": True}, {"ahead": "no"},
    {"kind": "QUORUM"}, {"result": "Passed"}, {"group": "D", "stand": "no"}, {"bill": Bill("H.R. 9", "118")},
    {"sort": "closest"}, {"sort": "oldest", "legislatures": ("pe_minutes",)}, {"text": "?!"},
]  # fmt: skip


def rows(engine: Engine, name: str, choice: Choice = ALL) -> list[dict[str, Any]]:
    with snapshot(engine) as held:
        return [row for batch in Table(held, name, choice) for row in batch.to_pylist()]


def test_each_table_has_the_columns_of_the_codebook_and_no_other(sqlite: Engine) -> None:
    with snapshot(sqlite) as held:
        (lines,) = held.lines(ALL)
        laws = [chamber.slug for chamber in held.chambers.values()]
        of_member, ballots = MemberRecord("pe_congress", ON_LEAVE), Ballots(held)
        found = {name: list(make(held, laws)) for name, make in OF_PEOPLE.items()}
        found |= {
            "votes": list(votes(held, lines)),
            "ballots": list(ballots.table(lines)),
            "record": list(ballots.record(lines, of_member, votes(held, lines))),
            "group_tallies": list(group_tallies(held, lines)),
            "spoken": list(spoken(held, lines)),
            "changes": list(changes(held, lines)),
        }
    assert {name: sorted(columns) for name, columns in found.items()} == {
        name: sorted(column.name for column in sheet.columns) for name, sheet in sheets().items()
    }


@pytest.mark.parametrize("asked", FILTERS, ids=str)
def test_a_file_of_a_list_has_the_votes_of_the_list_in_its_order(engine: Engine, asked: dict[str, Any]) -> None:
    wanted = VoteFilter(**asked, limit=2)
    assert [row["vote"] for row in rows(engine, "votes", wanted)] == [view.id for view in every(engine, wanted)]


def test_the_ballots_of_each_vote_make_the_count_that_is_quoted(engine: Engine) -> None:
    cast = Counter((row["vote"], row["position"]) for row in rows(engine, "ballots"))
    checked = 0
    for vote in rows(engine, "votes"):
        if vote["verdict"] == "doubtful":
            continue
        checked += 1
        for place in ("yes", "no", "abstain", "present", "not_cast"):
            assert cast[vote["vote"], place] == vote[place], (vote["vote"], place)
        if vote["candidates"]:
            assert cast[vote["vote"], "other"] == 428
    assert checked > 25


def test_the_groups_of_each_vote_make_the_count_that_is_quoted(engine: Engine) -> None:
    sums: Counter[tuple[str, str]] = Counter()
    for row in rows(engine, "group_tallies"):
        for place in ("yes", "no", "abstain"):
            sums[row["vote"], place] += row[place]
    sound = [vote for vote in rows(engine, "votes") if vote["verdict"] != "doubtful"]
    assert len(sound) > 25
    assert all(sums[vote["vote"], place] == vote[place] for vote in sound for place in ("yes", "no", "abstain"))


def test_the_rows_are_what_the_page_of_a_vote_shows(engine: Engine) -> None:
    for slug in (seed.FOUNDING, seed.SHEET, seed.SPEAKER, seed.SENATE, seed.CORRECTED):
        view = one(engine, slug)
        assert view is not None
        (vote,) = rows(engine, "votes", OneReading.of(view))
        best, board = view.tallies.best, view.tallies.board
        assert best
        assert board
        assert (vote["yes"], vote["no"], vote["abstain"]) == (best.yes, best.no, best.abstain)
        assert (vote["board_yes"], vote["board_no"]) == (board.yes, board.no)
        assert (vote["subject"], vote["status"]) == (view.subject, str(view.status))
        assert (vote["source_url"], vote["sha256"], vote["page"]) == (
            view.origin.url,
            view.origin.sha256,
            view.origin.page,
        )
        assert vote["read_at"] == view.origin.at
        listed = [(row["name"], row["code"], row["group"]) for row in rows(engine, "ballots", OneReading.of(view))]
        assert [row for row in listed if row[1] is not None] == [(b.name, b.code, b.group) for b in view.ballots]
        found = rows(engine, "group_tallies", OneReading.of(view))
        assert [(row["group"], row["yes"]) for row in found] == [(g.code, g.shown.yes) for g in view.groups]


def test_a_member_on_leave_whose_vote_was_put_on_record_stands_there_once_with_both_facts(engine: Engine) -> None:
    ballots = rows(engine, "ballots", OneReading(seed.SHEET, 1))
    (row,) = [row for row in ballots if row["member"] == ON_LEAVE]
    assert (row["board"], row["reason"], row["code"]) == ("not_cast", "leave_official", "LO")
    assert (row["position"], row["recorded"], row["group"]) == ("no", "voice", "PL")
    assert len(ballots) == 130
    assert Counter(row["recorded"] for row in ballots) == {"board": 127, "voice": 3}


def test_who_spoke_and_is_on_no_roll_gets_a_row_of_their_own(engine: Engine) -> None:
    """The minutes list only who voted on the board."""
    ballots = rows(engine, "ballots", OneReading(seed.FOUNDING, 1))
    aloud = {row["name"]: row for row in ballots if row["recorded"] == "voice"}
    assert set(aloud) == {"Flores Ruiz", "Taipe Coronado", "Portalatino Ávalos"}
    assert len(ballots) == 69 + 31 + 4 + 3
    assert {(row["board"], row["code"]) for row in aloud.values()} == {(None, None)}
    assert aloud["Flores Ruiz"]["group"] == "FP"
    assert {row["quote"] for row in rows(engine, "spoken", OneReading(seed.FOUNDING, 1))} == {seed.NOTE}


def test_an_earlier_reading_is_written_as_it_was(engine: Engine) -> None:
    before, after = (rows(engine, "votes", OneReading(seed.CORRECTED, n))[0] for n in (1, 2))
    assert [(vote["yes"], vote["no"], vote["version"], vote["versions"]) for vote in (before, after)] == [
        (5, 4, 1, 2),
        (4, 5, 2, 2),
    ]
    assert before["sha256"] != after["sha256"]
    cast = [Counter(row["position"] for row in rows(engine, "ballots", OneReading(seed.CORRECTED, n))) for n in (1, 2)]
    assert cast == [{"yes": 5, "no": 4}, {"yes": 4, "no": 5}]
    assert rows(engine, "changes", OneReading(seed.CORRECTED, 1)) == []
    moved = rows(engine, "changes", OneReading(seed.CORRECTED, 2))
    assert {row["version"] for row in moved} == {2}
    assert {row["sha256"] for row in moved} == {after["sha256"]}


def test_a_members_record_has_every_vote_with_what_was_voted(engine: Engine) -> None:
    record = rows(engine, "record", MemberRecord("us_house", seed.SWITCHED))
    whole = [row for row in rows(engine, "ballots") if row["member"] == seed.SWITCHED]
    assert len(record) == len(whole) > 24
    assert {row["vote"]: row["position"] for row in record} == {row["vote"]: row["position"] for row in whole}
    assert [row["sitting_date"] for row in record] == sorted(row["sitting_date"] for row in record)
    assert {row["group"] for row in record if row["sitting_date"] >= date(2024, 6, 1)} == {"I"}
    told = {row["vote"]: (row["subject"], row["yes"]) for row in rows(engine, "votes")}
    assert all(told[row["vote"]] == (row["subject"], row["yes"]) for row in record)


def test_a_members_record_has_the_votes_put_on_record_aloud_too(engine: Engine) -> None:
    record = rows(engine, "record", MemberRecord("pe_congress", ON_LEAVE))
    assert {(row["vote"], row["position"], row["recorded"]) for row in record} == {
        (seed.FOUNDING, "no", "voice"),
        (seed.SHEET, "no", "voice"),
    }


def test_ids_are_the_same_in_every_table(engine: Engine) -> None:
    known = {(row["legislature"], row["member"]) for row in rows(engine, "members")}
    groups = {(row["legislature"], row["group"]) for row in rows(engine, "groups")}
    votes = {row["vote"] for row in rows(engine, "votes")}
    sources = {row["source"] for row in rows(engine, "sources")}
    for name in OF_VOTES[1:]:
        for row in rows(engine, name):
            assert row["vote"] in votes
            assert row["source"] in sources
            assert row.get("member") is None or (row["legislature"], row["member"]) in known
            assert row.get("group") is None or (row["legislature"], row["group"]) in groups


@pytest.mark.postgres
def test_both_engines_give_the_same_rows(sqlite: Engine, postgres_filled: str) -> None:
    other = connect(postgres_filled)
    for name in (*OF_VOTES, *OF_PEOPLE):
        here, there = ([row | {"noticed_at": None} for row in rows(engine, name)] for engine in (sqlite, other))
        assert here == there, name
    other.dispose()


def test_what_is_stored_while_a_file_is_written_is_not_in_it(tmp_path: Any) -> None:
    url = f"sqlite:///{tmp_path}/votes.sqlite"
    writing = seed.seeded(url).engine
    engine = connect(url)
    with snapshot(engine) as held:
        before = held.count(ALL)
        seed.moved(writing, 3)
        assert sum(batch.num_rows for batch in Table(held, "votes", ALL)) == before
    with snapshot(engine) as held:
        assert held.count(ALL) == before + 3
    engine.dispose()
    writing.dispose()


def test_many_votes_come_in_batches_and_all_of_them_come(tmp_path: Any) -> None:
    seeded = seed.seeded(f"sqlite:///{tmp_path}/votes.sqlite")
    seed.many(seeded.engine, 400, 6)
    heard: list[int] = []
    with snapshot(connect(seeded.url)) as held:
        batches = list(Table(held, "ballots", VoteFilter(legislatures=("us_house",)), heard.append))
        assert sum(heard) == held.count(VoteFilter(legislatures=("us_house",)))
        assert len(batches) == len(heard) > 2
        assert max(heard) == held.at_once
    ids = [row["vote"] for batch in batches for row in batch.to_pylist() if row["vote"].startswith("us-house-x-")]
    assert Counter(Counter(ids).values()) == {6: 400}
    assert datetime.now(UTC) > batches[0].to_pylist()[0]["read_at"]
