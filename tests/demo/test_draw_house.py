"""Are the drawn roll calls and indexes what the Clerk prints?"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tracker.demo import draw_house, facts

VOTES = facts.roll_calls()


def numbers(vote: facts.RollCall) -> str:
    return f"{vote.year}-{vote.number}"


@pytest.mark.parametrize("vote", VOTES, ids=numbers)
def test_printed_totals_are_the_rows_counted(vote: facts.RollCall) -> None:
    root = ET.fromstring(draw_house.roll_call(vote))
    rows = Counter(row.findtext("vote") for row in root.iter("recorded-vote"))
    if vote.candidates:
        printed = {
            r.findtext("candidate"): int(r.findtext("candidate-total") or 0) for r in root.iter("totals-by-candidate")
        }
        assert {name: total for name, total in printed.items() if total} == dict(rows)
        assert {"Present", "Not Voting"} <= printed.keys()
        return
    kinds = ("yea-total", "nay-total", "present-total", "not-voting-total")
    (whole,) = root.iter("totals-by-vote")
    totals = [int(whole.findtext(kind) or -1) for kind in kinds]
    assert totals == [rows["Yea"] + rows["Aye"], rows["Nay"] + rows["No"], rows["Present"], rows["Not Voting"]]
    parties = list(root.iter("totals-by-party"))
    assert [p.findtext("party") for p in parties] == ["Republican", "Democratic", "Independent"]
    assert [sum(int(p.findtext(kind) or -999) for p in parties) for kind in kinds] == totals


@pytest.mark.parametrize("vote", VOTES, ids=numbers)
def test_identifiers_are_printed_from_2003_on(vote: facts.RollCall) -> None:
    legislators = list(ET.fromstring(draw_house.roll_call(vote)).iter("legislator"))
    assert all(("name-id" in each.attrib) is (vote.year >= 2003) for each in legislators)


def test_the_same_facts_make_the_same_bytes() -> None:
    assert [draw_house.roll_call(v) for v in VOTES] == [draw_house.roll_call(v) for v in VOTES]


@pytest.mark.corpus
def test_a_drawn_roll_call_is_the_clerks_line_for_line(corpus: Path) -> None:
    """Only our comment is added, and one name stands a line higher than the Clerk sorts it."""
    vote = next(v for v in VOTES if (v.year, v.number) == (2007, 2))
    drawn = re.sub(rb"<!-- Drawn[^>]*-->\r\n", b"", draw_house.roll_call(vote)).split(b"\r\n")
    official = (corpus / "us-house" / "roll2007_002_speaker.xml").read_bytes().split(b"\r\n")
    assert sorted(drawn) == sorted(official)
    assert sum(a != b for a, b in zip(drawn, official, strict=True)) <= 2


@pytest.mark.corpus
@pytest.mark.parametrize("name", ["clerk-2025-roll001-quorum.xml", "clerk-2026-roll072-s2503.xml"])
def test_the_head_holds_the_clerks_elements_in_the_clerks_order(corpus: Path, name: str) -> None:
    official = [each.tag for each in ET.parse(corpus / "us-house" / "trimmed" / name).getroot().iter()]
    vote = next(v for v in VOTES if v.kind == ("QUORUM" if "quorum" in name else "2/3 YEA-AND-NAY"))
    drawn = [each.tag for each in ET.fromstring(draw_house.roll_call(vote)).iter()]
    stop = official.index("vote-data")
    assert drawn[: drawn.index("vote-data")] == official[:stop]


def test_the_index_links_its_hundreds_and_lists_the_newest() -> None:
    votes = [v for v in VOTES if v.year == 2007]
    page = draw_house.index(2007, votes).decode()
    assert re.findall(r'HREF="(ROLL_\d+\.asp)"', page) == ["ROLL_000.asp", "ROLL_400.asp", "ROLL_1100.asp"]
    assert re.findall(r"rollnumber=(\d+)", page) == ["1122"]
    assert re.findall(r"rollnumber=(\d+)", draw_house.index_page(2007, 0, votes).decode()) == ["2", "1"]


@pytest.mark.corpus
def test_an_index_row_is_written_as_the_clerk_writes_it(corpus: Path) -> None:
    official = (corpus / "us-house" / "trimmed" / "clerk-index-2025-rolls-1-2.html").read_text()
    row = re.search(r"<TR><TD><A HREF.*?</TR>", official, re.DOTALL)
    vote = next(v for v in VOTES if (v.year, v.number) == (2007, 2))
    drawn = re.search(r"<TR><TD><A HREF.*?</TR>", draw_house.index_page(2007, 0, [vote]).decode(), re.DOTALL)
    assert row is not None
    assert drawn is not None
    values = re.compile(r"(?<=>)[^<\s][^<]*|year=\d+|rollnumber=\d+|\s")
    assert values.sub("", drawn[0]) == values.sub("", row[0])


def test_a_missing_roll_call_is_answered_as_the_clerk_does() -> None:
    assert draw_house.error_body("roll315.xml") == (
        b'<xml>Error sanitizing file "roll315.xml". Please try again.</xml>'
    )
