"""Is every slip in HowTheyVote's files named with file and line, and does a leaf hold just what the rows say?"""

from __future__ import annotations

import gzip
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import howtheyvote_files
import pytest
from howtheyvote_files import Member, Vote
from slips import edit

from tracker.domain.evidence import Document, Request
from tracker.domain.votes import PrintedVote
from tracker.sources.catalogue import source
from tracker.sources.contract import Leaf, Unreadable
from tracker.sources.howtheyvote.leaf import unpack
from tracker.sources.large import blocks

SOURCE = source("eu_parliament_howtheyvote")
MEMBERS = [
    Member(11, "Ann", "MEMBER11"), Member(12, "Bea", "MEMBER12", "SD", "ESP"), Member(13, "", "MEMBER13", "NI", "GBR"),
]  # fmt: skip
VOTES = [
    Vote(1001, "2024-02-27 12:31:05", {11: "F", 12: "A", 13: "–"}, {"result": "ADOPTED"}),
    Vote(1100, "2024-02-28 00:00:00", {11: "F SD", 12: "O"}, {"display_title": "One line\nand another"}),
    Vote(1200, "2024-07-17 12:00:00", {11: "A", 13: "A "}),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return howtheyvote_files.write(tmp_path, MEMBERS, VOTES)


def leaves(*paths: Path) -> list[Leaf]:
    assert SOURCE.stack is not None
    return list(SOURCE.stack.leaves(paths, SOURCE.sheet))


def votes(leaf: Leaf) -> list[PrintedVote]:
    document = Document.of(Request(leaf.url, "leaf"), leaf.content, datetime(2026, 1, 1, tzinfo=UTC))
    return [one for one in SOURCE.roles["leaf"].read(document, SOURCE.sheet) if isinstance(one, PrintedVote)]


def test_two_hundred_numbers_are_one_leaf(folder: Path) -> None:
    first, second = leaves(folder)
    assert [leaf.url.rpartition("#")[2] for leaf in (first, second)] == ["1000-1199", "1200-1399"]
    assert (first.left, second.left) == (1, 0)
    record = unpack(first.content, first.url)
    seats = [(one.number, one.country, group) for one, group in record.seats]
    assert seats == [
        (11, "Germany", "EPP"), (11, "Germany", "SD"), (12, "Spain", "SD"), (13, "United Kingdom", "NI"),
    ]  # fmt: skip
    assert [(call.number, call.casts) for call in record.calls] == [(1001, "1024"), (1100, "0130")]
    one, other = votes(first)
    assert [(b.name, b.group, b.code.position) for b in one.ballots] == [
        ("MEMBER11, Ann", "EPP", "yes"), ("MEMBER12, Bea", "S&D", "no"), ("MEMBER13", "NI", "not_cast"),
    ]  # fmt: skip
    assert [(b.ref, b.group) for b in other.ballots] == [("11", "S&D"), ("12", "S&D")]
    assert [b.group for b in votes(second)[0].ballots] == ["EPP", None]
    assert (one.taken_at and one.taken_at.isoformat(), other.taken_at) == ("2024-02-27T12:31:05+01:00", None)


def test_the_address_of_the_parliaments_list_has_the_term_of_the_day(tmp_path: Path) -> None:
    days = ["2019-07-15", "2024-04-25", "2024-07-16", "2029-06-30", "2029-07-20"]
    given = [Vote(n, f"{day} 12:00:00", {11: "F"}) for n, day in enumerate(days, 1)]
    [leaf] = leaves(howtheyvote_files.write(tmp_path, MEMBERS, given))
    found = [url.rpartition("/")[2] for vote in votes(leaf) for url in vote.official_urls]
    assert found == [
        "PV-9-2019-07-15-RCV_EN.html", "PV-9-2024-04-25-RCV_EN.html", "PV-10-2024-07-16-RCV_EN.html",
        "PV-10-2029-06-30-RCV_EN.html",
    ]  # fmt: skip


def test_packed_files_and_blocks_that_end_anywhere_give_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = leaves(howtheyvote_files.write(tmp_path / "plain", *howtheyvote_files.invented(40, 250)))
    assert [len(votes(leaf)) for leaf in whole] == [24, 66, 67, 67, 26]
    options = blocks.arrow.ReadOptions
    monkeypatch.setattr(blocks.arrow, "ReadOptions", lambda **more: options(**more | {"block_size": 2000}))
    packed = howtheyvote_files.write(tmp_path / "packed", *howtheyvote_files.invented(40, 250), packed=True)
    assert leaves(*packed.iterdir()) == whole


@pytest.mark.parametrize(
    ("slip", "code", "place"),
    [
        (edit("member_votes.csv", 3, "AGAINST", "AGAINT"), "unknown_code", "member_votes.csv, line 3"),
        (edit("member_votes.csv", 3, ",12,", ",x,"), "bad_number", "member_votes.csv, line 3"),
        (edit("member_votes.csv", 3, ",12,", ",,"), "bad_number", "member_votes.csv, line 3"),
        (edit("member_votes.csv", 3, ",12,", ",-12,"), "unknown_member", "member_votes.csv, line 3"),
        (edit("member_votes.csv", 3, ",12,", ",11,"), "twice", "member_votes.csv, line 3"),
        (edit("member_votes.csv", 3, ",12,", ",14,"), "unknown_member", "member_votes.csv, line 3"),
        (edit("member_votes.csv", 3, "1001,", "1002,"), "unknown_vote", "member_votes.csv, line 3"),
        (edit("member_votes.csv", 8, "1200,", "1001,"), "not_together", "member_votes.csv, line 8"),
        (edit("member_votes.csv", 4, ",NI", ",NI,7"), "bad_row", "member_votes.csv, line 4"),
        (edit("member_votes.csv", 4, ",GBR", ""), "bad_row", "member_votes.csv, line 4"),
        (edit("member_votes.csv", 1, "group_code", "group"), "missing_column", "member_votes.csv, line 1"),
        (edit("members.csv", 1, "last_name", "name"), "missing_column", "members.csv, line 1"),
        (edit("members.csv", 3, "12,", "11,"), "twice", "members.csv, line 3"),
        (edit("members.csv", 3, "12,", "twelve,"), "bad_number", "members.csv, line 3"),
        (edit("members.csv", 3, "MEMBER12", ""), "bad_row", "members.csv, line 3"),
        (edit("members.csv", 3, "ESP", "QQQ"), "unknown_country", "members.csv, line 3"),
        (edit("votes.csv", 1, "is_main", "main"), "missing_column", "votes.csv, line 1"),
        (edit("votes.csv", 2, "12:31:05", "12h31"), "bad_date", "votes.csv, line 2"),
        (edit("votes.csv", 2, "12:31:05", "12:31:05+00:00"), "bad_date", "votes.csv, line 2"),
        (edit("votes.csv", 2, "ADOPTED", "PASSED"), "unknown_code", "votes.csv, line 2"),
        (edit("votes.csv", 2, "False", "no"), "unknown_code", "votes.csv, line 2"),
        (edit("votes.csv", 2, ",1,1,0,1,", ",1,one,0,1,"), "bad_number", "votes.csv, line 2"),
        (edit("votes.csv", 4, "1200,", "1001,"), "twice", "votes.csv, line 5"),
        (edit("votes.csv", 4, "False", "False,1"), "bad_row", "votes.csv, line 5"),
    ],
)
def test_a_slip_is_named_with_file_and_line(folder: Path, slip: Callable[[Path], None], code: str, place: str) -> None:
    slip(folder)
    with pytest.raises(Unreadable) as refused:
        leaves(folder)
    assert (refused.value.code, str(refused.value).partition(":")[0]) == (code, place)


def test_a_table_of_ballots_that_ends_early_is_refused_at_its_end(folder: Path) -> None:
    path = folder / "member_votes.csv"
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:4]))
    with pytest.raises(Unreadable, match=r"ends without a row of vote 1100 of votes\.csv; 2 have none") as refused:
        leaves(folder)
    assert refused.value.code == "no_ballots"


def test_any_number_of_groups_keeps_each_ballot_with_its_member(tmp_path: Path) -> None:
    members = [howtheyvote_files.Member(n, "Ann", f"M{n}") for n in (1, 2)]
    cast = {1: "F", 2: "A"}
    calls = [
        howtheyvote_files.Vote(n, "2024-01-01 12:00:00", {who: f"{said} G{n}-{who}" for who, said in cast.items()})
        for n in range(700)
    ]
    found = leaves(howtheyvote_files.write(tmp_path, members, calls))
    for leaf in found:
        for vote in votes(leaf):
            assert {(b.ref, b.code[0], b.group) for b in vote.ballots} == {
                ("1", "FOR", f"G{int(vote.id.rsplit('-', 1)[1])}-1"),
                ("2", "AGAINST", f"G{int(vote.id.rsplit('-', 1)[1])}-2"),
            }


def test_each_file_is_needed_once(folder: Path) -> None:
    (folder / "members.csv.gz").write_bytes(gzip.compress((folder / "members.csv").read_bytes()))
    with pytest.raises(Unreadable, match=r"there are several files members\.csv"):
        leaves(folder)
    for name in ("members.csv", "members.csv.gz"):
        (folder / name).unlink()
    with pytest.raises(Unreadable, match=r"there is no members\.csv"):
        leaves(folder)


@pytest.mark.parametrize("name", ["members", "member_votes"])
def test_a_packed_file_that_is_cut_short_is_refused(tmp_path: Path, name: str) -> None:
    folder = howtheyvote_files.write(tmp_path, *howtheyvote_files.invented(700, 20), packed=True)
    path = folder / f"{name}.csv.gz"
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    with pytest.raises(Unreadable) as refused:
        leaves(folder)
    assert str(refused.value).startswith(f"{name}.csv.gz, line ")
