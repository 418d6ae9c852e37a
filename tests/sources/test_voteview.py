"""Is every slip in Voteview's files named with file and line, and does a leaf hold just what the rows say?"""

from __future__ import annotations

import gzip
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import voteview_files
from slips import edit
from voteview_files import Call, Seat

from tracker.sources.catalogue import source
from tracker.sources.contract import Leaf, Unreadable
from tracker.sources.large import blocks, rows
from tracker.sources.voteview.leaf import unpack

SEATS = [Seat(110, "House", n, f"MEMBER{n}, Ann", bioguide=f"M{n:06}") for n in (11, 12, 13)] + [
    Seat(110, "Senate", 41, "SENATOR, Ann"), Seat(110, "President", 99910, "BUSH, George Walker"),
]  # fmt: skip
CALLS = [
    Call(110, "House", 1, "2007-01-04", {11: 1, 12: 6, 13: 0, 99910: 1}),
    Call(110, "House", 2, "2007-01-05", {11: 1, 12: 9, 13: 6}),
    Call(110, "House", 101, "2007-02-05", {11: 7, 13: 2}),
    Call(110, "Senate", 1, "2007-01-05", {41: 1}),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return voteview_files.write(tmp_path, SEATS, CALLS)


def coming(folder: Path, slug: str = "us_house_voteview") -> Iterator[Leaf]:
    found = source(slug)
    assert found.stack is not None
    return found.stack.leaves([folder], found.sheet)


def leaves(folder: Path, slug: str = "us_house_voteview") -> list[Leaf]:
    return list(coming(folder, slug))


def test_a_hundred_roll_calls_of_one_chamber_are_one_leaf_without_the_president(folder: Path) -> None:
    first, second = leaves(folder)
    assert [leaf.url.rpartition("/")[2] for leaf in (first, second)] == [
        "H110_votes.csv#1-100",
        "H110_votes.csv#101-200",
    ]
    assert (first.left, second.left) == (1, 0)
    record = unpack(first.content, first.url)
    assert [one.icpsr for one in record.members] == [11, 12, 13]
    assert [(call.number, call.casts) for call in record.calls] == [(1, "160"), (2, "196")]
    assert [one.icpsr for one in unpack(second.content, second.url).members] == [11, 13]
    [senate] = leaves(folder, "us_senate_voteview")
    assert unpack(senate.content, senate.url).calls[0].casts == "1"


def test_blocks_may_end_anywhere(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seats, calls = voteview_files.invented(111, "House", 40, 250)
    voteview_files.write(folder / "more", seats, calls, "H111")
    whole = leaves(folder / "more")
    options = blocks.arrow.ReadOptions
    monkeypatch.setattr(blocks.arrow, "ReadOptions", lambda **more: options(**more | {"block_size": 2000}))
    assert leaves(folder / "more") == whole
    assert [len(unpack(leaf.content, leaf.url).calls) for leaf in whole] == [100, 100, 50]


@pytest.mark.parametrize(
    ("slip", "code", "place"),
    [
        (edit("HSall_votes.csv", 3, ",12,6,", ",12,12,"), "unknown_code", "HSall_votes.csv, line 3"),
        (edit("HSall_votes.csv", 3, ",12,6,", ",12,x,"), "bad_number", "HSall_votes.csv, line 3"),
        (edit("HSall_votes.csv", 3, ",12,6,", ",12,,"), "bad_number", "HSall_votes.csv, line 3"),
        (edit("HSall_votes.csv", 3, ",12,6,", ",-12,6,"), "bad_number", "HSall_votes.csv, line 3"),
        (edit("HSall_votes.csv", 4, ",13,", ",12,"), "twice", "HSall_votes.csv, line 4"),
        (edit("HSall_votes.csv", 4, ",13,", ",14,"), "unknown_member", "HSall_votes.csv, line 4"),
        (edit("HSall_votes.csv", 6, "House,2,", "House,3,"), "unknown_roll_call", "HSall_votes.csv, line 6"),
        (edit("HSall_votes.csv", 11, "Senate,1,41", "House,1,11"), "not_together", "HSall_votes.csv, line 11"),
        (edit("HSall_votes.csv", 5, "House", "Lords"), "unknown_chamber", "HSall_votes.csv, line 5"),
        (edit("HSall_votes.csv", 5, ",99.9", ",99.9,7"), "bad_row", "HSall_votes.csv, line 5"),
        (edit("HSall_votes.csv", 5, "110,House,1,99910,1,99.9", ""), "bad_row", "HSall_votes.csv, line 5"),
        (edit("HSall_votes.csv", 1, "cast_code", "cast"), "missing_column", "HSall_votes.csv, line 1"),
        (edit("HSall_members.csv", 1, "bioname", "name"), "missing_column", "HSall_members.csv, line 1"),
        (edit("HSall_rollcalls.csv", 1, "dtl_desc", "x"), "missing_column", "HSall_rollcalls.csv, line 1"),
        (edit("HSall_members.csv", 3, ",12,", ",11,"), "twice", "HSall_members.csv, line 3"),
        (edit("HSall_members.csv", 3, ",12,", ",twelve,"), "bad_number", "HSall_members.csv, line 3"),
        (edit("HSall_rollcalls.csv", 3, "House,2,", "House,1,"), "twice", "HSall_rollcalls.csv, line 3"),
        (edit("HSall_rollcalls.csv", 3, "House,2,", "Housing,2,"), "unknown_chamber", "HSall_rollcalls.csv, line 3"),
        (edit("HSall_rollcalls.csv", 3, "House,2,", "House,2,1,"), "bad_row", "HSall_rollcalls.csv, line 3"),
        (edit("HSall_rollcalls.csv", 3, "House,2,", '"Hou"se,2,'), "bad_row", "HSall_rollcalls.csv, line 3"),
        (edit("HSall_rollcalls.csv", 3, "House,2,", "House,2,\0"), "bad_row", "HSall_rollcalls.csv, line 3"),
        (edit("HSall_votes.csv", 5, "110,House,1,99910,1,99.9", "0" * 5_000_000), "bad_row", "HSall_votes.csv, line 5"),
    ],
)  # fmt: skip
def test_a_slip_is_named_with_file_and_line(folder: Path, slip: Callable[[Path], None], code: str, place: str) -> None:
    slip(folder)
    with pytest.raises(Unreadable) as refused:
        leaves(folder)
    assert (refused.value.code, str(refused.value).partition(":")[0]) == (code, place)


def test_a_packed_table_that_unpacks_to_one_line_takes_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "HSall_members.csv.gz"
    path.write_bytes(gzip.compress(b"0" * 100_000_000, 1))
    tracemalloc.start()
    with pytest.raises(Unreadable, match="a line of more than 1,000,000 bytes"):
        rows.header(path, ["icpsr"])
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


def test_three_kinds_of_file_are_needed(folder: Path) -> None:
    (folder / "HSall_members.csv").unlink()
    with pytest.raises(Unreadable, match=r"there is no HSall_members\.csv"):
        leaves(folder)


def test_one_roll_call_in_two_files_is_refused(folder: Path) -> None:
    (folder / "H110_votes.csv").write_bytes((folder / "HSall_votes.csv").read_bytes())
    with pytest.raises(Unreadable, match="stand in two files"):
        leaves(folder)


def test_what_is_no_text_is_met_in_its_line(tmp_path: Path) -> None:
    seats, calls = voteview_files.invented(111, "House", 5, 3_000)
    voteview_files.write(tmp_path, seats, calls, "H111")
    path = tmp_path / "H111_rollcalls.csv"
    lines = path.read_bytes().splitlines(keepends=True)
    lines[2_500] = lines[2_500].replace(b"title", b"t\xedtle")
    path.write_bytes(b"".join(lines))
    with pytest.raises(Unreadable, match=r"H111_rollcalls\.csv, line 2501: 'utf-8'"):
        leaves(tmp_path)


def test_a_table_of_votes_cut_short_is_refused_before_its_votes_seem_gone(tmp_path: Path) -> None:
    seats, calls = voteview_files.invented(111, "House", 5, 250)
    voteview_files.write(tmp_path, seats, calls, "H111")
    path = tmp_path / "H111_votes.csv"
    whole, lines = leaves(tmp_path), path.read_bytes().splitlines(keepends=True)
    assert len(whole) == 3
    for kept, said in ((120, 121), (100, 101)):
        path.write_bytes(b"".join(lines[: 1 + 5 * kept]))
        handed = coming(tmp_path)
        assert next(handed) == whole[0]
        with pytest.raises(Unreadable, match=f"has no row of roll call {said} of Congress 111") as refused:
            next(handed)
        assert refused.value.code == "no_ballots"


def test_a_carriage_return_in_a_title_costs_no_leaf(tmp_path: Path) -> None:
    seats, calls = voteview_files.invented(111, "House", 5, 2)
    voteview_files.write(tmp_path, seats, calls, "H111")
    path = tmp_path / "H111_rollcalls.csv"
    path.write_bytes(path.read_bytes().replace(b"To amend", b"To\ramend", 1))
    [leaf] = leaves(tmp_path)
    assert "To\namend" in leaf.content.decode()
    assert len(unpack(leaf.content, leaf.url).calls) == 2
