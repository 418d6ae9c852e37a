"""Are the drawn votes and menus what the Secretary of the Senate prints?"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tracker.demo import draw_senate, facts

VOTES = facts.senate_votes()


def name(vote: facts.SenateVote) -> str:
    return f"{vote.congress}-{vote.session}-{vote.number}"


def contents(root: ET.Element) -> Counter[tuple[str, str, tuple[tuple[str, str], ...]]]:
    """Every element without children: its name, text and attributes; short titles, which the facts leave out, aside."""
    return Counter(
        (each.tag, (each.text or "").strip(), tuple(sorted(each.attrib.items())))
        for each in root.iter()
        if not len(each) and each.tag != "document_short_title"
    )


@pytest.mark.parametrize("vote", VOTES, ids=name)
def test_printed_counts_are_the_members_counted(vote: facts.SenateVote) -> None:
    root = ET.fromstring(draw_senate.vote(vote))
    cast = Counter(each.text for each in root.iter("vote_cast"))
    count = {kind: int(root.findtext(f"count/{kind}") or 0) for kind in ("yeas", "nays", "present", "absent")}
    assert count == {
        "yeas": cast["Yea"] + cast["Guilty"],
        "nays": cast["Nay"] + cast["Not Guilty"],
        "present": cast["Present, Giving Live Pair"],
        "absent": cast["Not Voting"],
    }
    assert sum(count.values()) == 100
    assert f"({count['yeas']}-{count['nays']}" in (root.findtext("vote_result_text") or "")


def test_the_vice_president_is_neither_a_member_nor_counted() -> None:
    root = ET.fromstring(draw_senate.vote(next(v for v in VOTES if v.number == 363)))
    assert root.findtext("tie_breaker/by_whom") == "Vice President"
    assert root.findtext("tie_breaker/tie_breaker_vote") == "Yea"
    assert (root.findtext("count/yeas"), root.findtext("count/nays"), len(root.findall("members/member"))) == (
        "50",
        "50",
        100,
    )


@pytest.mark.corpus
@pytest.mark.parametrize("number", ["109_1_00244", "111_2_00295", "115_2_00223", "117_1_00059"])
def test_a_drawn_vote_holds_what_the_official_one_holds(corpus: Path, number: str) -> None:
    official = ET.parse(corpus / "us-senate" / f"vote_{number}.xml").getroot()
    congress, session, n = map(int, number.split("_"))
    vote = next(v for v in VOTES if (v.congress, v.session, v.number) == (congress, session, n))
    drawn = ET.fromstring(draw_senate.vote(vote))
    assert contents(drawn) == contents(official)
    assert [e.tag for e in drawn.iter() if e.tag != "member"] == [e.tag for e in official.iter() if e.tag != "member"]


def test_old_votes_are_not_indented_and_new_ones_are() -> None:
    old, new = (draw_senate.vote(next(v for v in VOTES if v.number == n)) for n in (244, 59))
    assert b"\n<members>\n<member>\n<member_full>" in old
    assert b"\n  <members>\n    <member>\n      <member_full>" in new


def test_a_menu_lists_the_newest_first_without_years() -> None:
    votes = [v for v in VOTES if v.year == 2010]
    root = ET.fromstring(draw_senate.menu(111, 2, votes))
    rows = [(r.findtext("vote_number"), r.findtext("vote_date"), r.findtext("issue")) for r in root.iter("vote")]
    assert rows == [
        ("00298", "22-Dec", "Treaty Doc. 111-5"),
        ("00295", "21-Dec", "Treaty Doc. 111-5"),
        ("00281", "18-Dec", "H.R. 2965"),
    ]
    assert root.findtext("congress_year") == "2010"


@pytest.mark.corpus
def test_a_menu_entry_has_the_elements_of_the_official_one(corpus: Path) -> None:
    official = ET.parse(corpus / "us-senate" / "trimmed" / "cyanheads_menu.xml").getroot().find("votes/vote")
    drawn = ET.fromstring(draw_senate.menu(109, 1, [v for v in VOTES if v.number == 244])).find("votes/vote")
    assert official is not None
    assert drawn is not None
    assert [e.tag for e in drawn.iter()] == [e.tag for e in official.iter()]
