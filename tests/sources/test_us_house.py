"""Is each roll call of the House read exactly as the Clerk printed it, and is everything else refused by name?"""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.evidence import Document, Request
from tracker.domain.majority import majority
from tracker.domain.reconcile import Verdict, reconcile
from tracker.domain.votes import Ballot, Position, PrintedVote, Reason, Tally, Vote
from tracker.sources.contract import Severity, Trouble, Unreadable
from tracker.sources.us_house import SOURCE, read_roll_call

SHEET = SOURCE.sheet
AT = datetime(2026, 1, 1, tzinfo=UTC)

MEMBER = (
    '<recorded-vote><legislator name-id="{ref}" sort-field="x" unaccented-name="x" party="{party}" state="{state}" '
    'role="legislator">{name}</legislator><vote>{vote}</vote></recorded-vote>'
)
FOUR = (
    MEMBER.format(ref="A000001", party="R", state="AL", name="Aderholt", vote="Yea")
    + MEMBER.format(ref="B000002", party="D", state="NC", name="Adams", vote="Nay")
    + MEMBER.format(ref="C000003", party="D", state="MI", name="Dingell", vote="Present")
    + MEMBER.format(ref="D000004", party="I", state="VT", name="Sanders", vote="Not Voting")
)


def tally(yes: int, no: int, present: int, not_voting: int) -> str:
    return (
        f"<yea-total>{yes}</yea-total><nay-total>{no}</nay-total>"
        f"<present-total>{present}</present-total><not-voting-total>{not_voting}</not-voting-total>"
    )


TOTALS = (
    "<totals-by-party-header><party-header>Party</party-header></totals-by-party-header>"
    f"<totals-by-party><party>Republican</party>{tally(1, 0, 0, 0)}</totals-by-party>"
    f"<totals-by-party><party>Democratic</party>{tally(0, 1, 1, 0)}</totals-by-party>"
    f"<totals-by-party><party>Independent</party>{tally(0, 0, 0, 1)}</totals-by-party>"
    f"<totals-by-vote><total-stub>Totals</total-stub>{tally(1, 1, 1, 1)}</totals-by-vote>"
)


def house(
    *,
    number: str = "7",
    day: str = "9-Sep-2025",
    time: str = '<action-time time-etz="16:34">4:34 PM</action-time>',
    chamber: str = "<chamber>U.S. House of Representatives</chamber>",
    congress: str = "119",
    kind: str = "YEA-AND-NAY",
    question: str = "On Passage",
    result: str = "Passed",
    about: str = "<legis-num>H R 1</legis-num>",
    description: str = "An Act &amp; more",
    totals: str = TOTALS,
    votes: str = FOUR,
    more: str = "",
) -> bytes:
    """Draw a roll call in the Clerk's form."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\r\n'
        '<!DOCTYPE rollcall-vote PUBLIC "-//US Congress//DTDs/vote v1.0 20031119 //EN" "../vote.dtd">\r\n'
        '<?xml-stylesheet type="text/xsl" href="../vote.xsl"?>\r\n'
        f"<rollcall-vote>\r\n<vote-metadata>\r\n<majority>R</majority>\r\n<congress>{congress}</congress>\r\n"
        f"<session>1st</session>\r\n{chamber}\r\n<rollcall-num>{number}</rollcall-num>\r\n{about}\r\n"
        f"<vote-question>{question}</vote-question>\r\n{more}<vote-type>{kind}</vote-type>\r\n"
        f"<vote-result>{result}</vote-result>\r\n<action-date>{day}</action-date>\r\n{time}\r\n"
        f"<vote-desc>{description}</vote-desc>\r\n<vote-totals>\r\n{totals}\r\n</vote-totals>\r\n</vote-metadata>\r\n"
        f"<vote-data>\r\n{votes}\r\n</vote-data>\r\n</rollcall-vote>\r\n"
    ).encode()


def document(content: bytes, name: str = "2025/roll007.xml") -> Document:
    return Document.of(Request(f"https://clerk.house.gov/evs/{name}", "roll_call"), content, AT)


def read(content: bytes, name: str = "2025/roll007.xml") -> PrintedVote:
    found = [f for f in read_roll_call(document(content, name), SHEET) if isinstance(f, PrintedVote)]
    assert len(found) == 1
    return found[0]


def noted(content: bytes, name: str = "2025/roll007.xml") -> list[str]:
    found = [f for f in read_roll_call(document(content, name), SHEET) if isinstance(f, Trouble)]
    assert all(trouble.severity is Severity.NOTED for trouble in found)
    return [trouble.code for trouble in found]


def refused(content: bytes, name: str = "2025/roll007.xml") -> str:
    with pytest.raises(Unreadable) as refusal:
        list(read_roll_call(document(content, name), SHEET))
    assert name in str(refusal.value)
    return refusal.value.code


def verdict(printed: PrintedVote) -> Verdict:
    ballots = tuple(Ballot(*ballot, ballot.ref) for ballot in printed.ballots)
    return reconcile(Vote(printed, ballots), spoken_counts=False).verdict


# --- every document of the corpus, against a slow count over its bytes ------------------------------------------------

ROLLS = sorted(
    path.relative_to(Path(__file__).resolve().parents[3] / "shared" / "corpus" / "us-house")
    for path in (Path(__file__).resolve().parents[3] / "shared" / "corpus" / "us-house").rglob("*.xml")
    if path.name != "error_body_http200.xml"
)
COMPLETE = [path for path in ROLLS if path.parts[0] != "trimmed"]


@pytest.mark.corpus
def test_the_corpus_is_all_there() -> None:
    assert len(ROLLS) >= 13
    assert len(COMPLETE) >= 7


def slow(content: bytes, pattern: str) -> list[str]:
    return [unescape(found) for found in re.findall(pattern, content.decode("utf-8"), re.DOTALL)]


def address(content: bytes) -> str:
    [day], [number] = slow(content, "<action-date>(.*?)</"), slow(content, "<rollcall-num>(.*?)</")
    return f"{day[-4:]}/roll{int(number):03d}.xml"


@pytest.mark.corpus
@pytest.mark.parametrize("path", ROLLS, ids=str)
def test_ballots_are_those_of_the_document(corpus: Path, path: Path) -> None:
    content = (corpus / "us-house" / path).read_bytes()
    vote = read(content, address(content))
    rows = slow(content, "<recorded-vote>(.*?)</recorded-vote>")
    assert len(vote.ballots) == len(rows) > 0
    for ballot, row in zip(vote.ballots, rows, strict=True):
        [name] = re.findall(r"<legislator[^>]*>([^<]*)<", row)
        assert ballot.name == re.sub(r"\s+", " ", unescape(name)).strip()
        assert [ballot.code.printed] == [unescape(v) for v in re.findall("<vote>([^<]*)</vote>", row)]
        assert [ballot.group] == re.findall(' party="([^"]*)"', row)
        assert [ballot.region] == re.findall(' state="([^"]*)"', row)
        assert [ballot.ref] == (re.findall(' name-id="([^"]*)"', row) or [None])


@pytest.mark.corpus
@pytest.mark.parametrize("path", ROLLS, ids=str)
def test_totals_are_those_of_the_document(corpus: Path, path: Path) -> None:
    content = (corpus / "us-house" / path).read_bytes()
    vote = read(content, address(content))
    assert vote.board is not None
    table = slow(content, "<totals-by-vote>(.*?)</totals-by-vote>")
    if table:
        numbers = [int(n) for n in re.findall(r"<[a-z-]+-total>(\d+)<", table[0])]
        assert [vote.board.yes, vote.board.no, vote.board.present, vote.board.not_cast] == numbers
        parties = slow(content, "<totals-by-party>(.*?)</totals-by-party>")
        assert len(vote.groups) == len(parties)
        for group, row in zip(vote.groups, parties, strict=True):
            assert [group.name] == re.findall("<party>(.*?)<", row)
            printed = [int(n) for n in re.findall(r"<[a-z-]+-total>(\d+)<", row)]
            assert [group.tally.yes, group.tally.no, group.tally.present, group.tally.not_cast] == printed
    else:
        named = dict(re.findall("<candidate>(.*?)</candidate><candidate-total>(.*?)<", content.decode()))
        assert vote.board.present == int(named.pop("Present"))
        assert vote.board.not_cast == int(named.pop("Not Voting"))
        assert dict(vote.board.candidates) == {name: int(count) for name, count in named.items()}
        assert vote.requirement is None


@pytest.mark.corpus
@pytest.mark.parametrize("path", COMPLETE, ids=str)
def test_complete_documents_add_up(corpus: Path, path: Path) -> None:
    content = (corpus / "us-house" / path).read_bytes()
    assert verdict(read(content, address(content))) is Verdict.SOUND
    assert noted(content, address(content)) == []


@pytest.mark.corpus
def test_cut_down_documents_are_sound_only_where_their_totals_were_made_anew(corpus: Path) -> None:
    verdicts = {}
    for path in (p for p in ROLLS if p.parts[0] == "trimmed"):
        content = (corpus / "us-house" / path).read_bytes()
        verdicts[path.name] = verdict(read(content, address(content)))
    doubtful = {name for name, result in verdicts.items() if result is Verdict.DOUBTFUL}
    assert doubtful == {"clerk-2025-roll002-speaker.xml", "clerk-roll001-1991_first_members.xml"}


@pytest.mark.corpus
def test_present_counts_for_neither_side(corpus: Path) -> None:
    vote = read((corpus / "us-house/rebuilt/roll2005_648.xml").read_bytes(), "2005/roll648.xml")
    assert vote.board == Tally(yes=279, no=109, present=34, not_cast=11)
    assert Counter(b.code.position for b in vote.ballots)[Position.PRESENT] == 34
    assert vote.bills == ("H.Res. 612",)


@pytest.mark.corpus
def test_a_veto_is_overridden_by_two_thirds_of_those_voting(corpus: Path) -> None:
    vote = read((corpus / "us-house/rebuilt/roll2008_417.xml").read_bytes(), "2008/roll417.xml")
    assert vote.requirement == "2/3"
    assert vote.board is not None
    needed = majority(vote.board, SHEET.rule(vote.requirement))
    assert (needed.base, needed.needed, needed.obtained) == (426, 284, 317)


@pytest.mark.corpus
def test_the_election_of_2011_keeps_every_name_that_was_called(corpus: Path) -> None:
    vote = read((corpus / "us-house/rebuilt/roll2011_002.xml").read_bytes(), "2011/roll002.xml")
    assert vote.board is not None
    assert dict(vote.board.candidates)["Shuler"] == 11
    assert vote.result == "Boehner"
    assert {b.code.position for b in vote.ballots if b.code.printed == "Lewis (GA)"} == {Position.OTHER}


@pytest.mark.corpus
def test_a_quorum_call_decides_nothing(corpus: Path) -> None:
    vote = read((corpus / "us-house/rebuilt/roll2013_001.xml").read_bytes(), "2013/roll001.xml")
    assert (vote.kind, vote.requirement, vote.bills) == ("QUORUM", None, ())
    assert vote.board == Tally(present=429, not_cast=4)


# --- the oddities -----------------------------------------------------------------------------------------------------


def test_a_roll_call_is_read_whole() -> None:
    vote = read(house())
    assert vote.id == vote.key == "us-house-2025-7"
    assert vote.legislature == "us_house"
    assert vote.sitting_date == date(2025, 9, 9)
    assert vote.taken_at is not None
    assert vote.taken_at.isoformat() == "2025-09-09T16:34:00-04:00"
    assert (vote.subject, vote.question, vote.kind) == ("An Act & more", "On Passage", "YEA-AND-NAY")
    assert (vote.requirement, vote.result, vote.bills) == ("1/2", "Passed", ("H.R. 1",))
    assert [g.code for g in vote.groups] == ["R", "D", "I"]
    assert vote.period == "119"
    assert vote.ballots[0] == ("Aderholt", ("Yea", Position.YES, None), "R", "A000001", "AL")
    assert vote.ballots[3].code == ("Not Voting", Position.NOT_CAST, Reason.UNKNOWN)
    assert vote.complete
    assert verdict(vote) is Verdict.SOUND


def test_ballots_of_one_word_share_their_code() -> None:
    ballots = read(house(votes=FOUR + FOUR)).ballots
    assert ballots[0].code is ballots[4].code


def test_a_member_without_an_identifier_has_none() -> None:
    nobody = MEMBER.format(ref="0000000", party="D", state="NC", name="Butterfield", vote="Yea")
    old = MEMBER.format(ref="", party="R", state="IL", name="Cox  (IL)", vote="Yea").replace('name-id="" ', "")
    ballots = read(house(votes=nobody + old)).ballots
    assert [b.ref for b in ballots] == [None, None]
    assert ballots[1].name == "Cox (IL)"


def test_the_committee_of_the_whole_and_its_delegates() -> None:
    delegate = MEMBER.format(ref="N000147", party="D", state="XX", name="Norton", vote="Aye")
    content = house(
        chamber="<committee>U.S. House of Representatives</committee>",
        kind="RECORDED VOTE",
        question="On Agreeing to the Amendment",
        more="<amendment-num>23</amendment-num><amendment-author>Meeks Amendment No. 34</amendment-author>",
        description="",
        votes=delegate,
    )
    vote = read(content)
    assert vote.ballots[0].region == "XX"
    assert vote.question == "On Agreeing to the Amendment: Meeks Amendment No. 34 (amendment 23)"
    assert vote.subject == f"H R 1: {vote.question}"
    assert noted(content) == []


def election(votes: str, rows: dict[str, int]) -> bytes:
    totals = "".join(
        f"<totals-by-candidate><candidate>{name}</candidate><candidate-total>{n}</candidate-total></totals-by-candidate>"
        for name, n in rows.items()
    )
    return house(question="Election of the Speaker", about="", description="", totals=totals, votes=votes)


def test_in_an_election_of_the_speaker_the_code_is_the_candidate() -> None:
    votes = "".join(
        MEMBER.format(ref=f"A{n:06}", party="R", state="FL", name=f"M{n}", vote=choice)
        for n, choice in enumerate(["Boehner", "Colin Powell", "Present", "Not Voting"])
    )
    vote = read(election(votes, {"Boehner": 1, "Colin Powell": 1, "Present": 1, "Not Voting": 1}))
    assert vote.board == Tally(present=1, not_cast=1, candidates=(("Boehner", 1), ("Colin Powell", 1)))
    assert vote.ballots[1].code == ("Colin Powell", Position.OTHER, None)
    assert verdict(vote) is Verdict.SOUND


def test_a_candidate_for_whom_nobody_voted_stands_on_the_board() -> None:
    votes = MEMBER.format(ref="A1", party="R", state="FL", name="M", vote="Gingrich")
    vote = read(election(votes, {"Gingrich": 1, "Gephardt": 0, "Present": 0, "Not Voting": 0}))
    assert vote.board == Tally(candidates=(("Gingrich", 1), ("Gephardt", 0)))
    assert verdict(vote) is Verdict.SOUND


def test_a_choice_that_is_not_among_the_candidates_is_kept_and_doubted() -> None:
    vote = read(election(MEMBER.format(ref="A1", party="R", state="FL", name="M", vote="Leach"), {"Gingrich": 1}))
    assert vote.ballots[0].code.printed == "Leach"
    assert vote.doubts == ("ballots for Leach, who is in no table of candidates",)
    assert verdict(vote) is Verdict.DOUBTFUL


def test_an_election_without_a_table_of_candidates_is_kept_and_doubted() -> None:
    votes = MEMBER.format(ref="A1", party="R", state="FL", name="M", vote="Michel")
    vote = read(house(question="ELECTION OF SPEAKER", votes=votes))
    assert vote.ballots[0].code == ("Michel", Position.OTHER, None)
    assert vote.requirement is None
    assert verdict(vote) is Verdict.DOUBTFUL


def test_a_candidate_listed_twice_is_refused() -> None:
    assert refused(election(FOUR, {"Gingrich": 1, "Gingrich ": 2})) == "second_element"


@pytest.mark.parametrize(
    ("kind", "requirement"),
    [
        ("YEA-AND-NAY", "1/2"),
        ("RECORDED VOTE", "1/2"),
        ("2/3 YEA-AND-NAY", "2/3"),
        ("2/3 RECORDED VOTE", "2/3"),
        ("3/5 YEA-AND-NAY", "3/5"),
        ("QUORUM", None),
    ],
)
def test_the_type_of_vote_says_what_is_required(kind: str, requirement: str | None) -> None:
    content = house(kind=kind)
    assert read(content).requirement == requirement
    assert noted(content) == []


@pytest.mark.parametrize("kind", ["DIVISION", "4/5 YEA-AND-NAY", "2/3 SOMETHING"])
def test_an_unknown_type_of_vote_requires_nothing_we_know(kind: str) -> None:
    assert read(house(kind=kind)).requirement is None
    assert noted(house(kind=kind)) == ["unknown_vote_type"]


def test_a_tie_fails_by_arithmetic() -> None:
    assert majority(Tally(213, 213), SHEET.rule("1/2")).short_by == 1


@pytest.mark.parametrize(
    "words",
    [
        "This vote was vacated",
        "This vote was vacated by unanimous consent on 4-Jun-2015.",
        "Proceedings on Roll Call 640 were vacated by unanimous consent.",
    ],
)
def test_a_vacated_vote_is_marked_and_keeps_its_ballots(words: str) -> None:
    vote = read(house(description=words))
    assert vote.vacated
    assert vote.result == "Passed"
    assert len(vote.ballots) == 4


def test_a_vote_vacated_before_anybody_voted_has_no_ballots() -> None:
    content = house(
        description="This vote was vacated by unanimous consent on 4-Jun-2015.",
        result="",
        totals=f"<totals-by-vote>{tally(0, 0, 0, 0)}</totals-by-vote>",
        votes="",
    )
    vote = read(content)
    assert (vote.vacated, vote.ballots, vote.result) == (True, (), None)
    assert refused(content.replace(b"vacated", b"taken")) == "no_ballots"


def test_declaring_an_office_vacant_vacates_no_vote() -> None:
    assert not read(house(description="Declaring the office of Speaker of the House to be vacant")).vacated


@pytest.mark.parametrize(
    ("time", "clock"),
    [
        ("", None),
        ("<action-time></action-time>", None),
        ('<action-time time-etz="0:05">12:05 AM</action-time>', "00:05"),
        ("<action-time>12:05 AM</action-time>", "00:05"),
        ('<action-time time-etz="">12:30 PM</action-time>', "12:30"),
    ],
)
def test_the_clock_time_or_none(time: str, clock: str | None) -> None:
    taken = read(house(time=time)).taken_at
    assert (taken and f"{taken:%H:%M}") == clock
    assert noted(house(time=time)) == []


def test_a_clock_time_that_is_none_is_noted() -> None:
    content = house(time='<action-time time-etz="25:99">soon</action-time>')
    assert read(content).taken_at is None
    assert noted(content) == ["bad_time"]


def test_a_session_lasts_into_january() -> None:
    """Roll call 659 of 2012 was taken on 1 January 2013: its number is of 2012."""
    content = house(number="659", day="1-Jan-2013", congress="112")
    assert read(content, "2012/roll659.xml").id == "us-house-2012-659"
    assert read(content, "2012/roll659.xml").sitting_date == date(2013, 1, 1)
    assert refused(house(day="4-Jan-2026")) == "other_vote"
    assert refused(house(day="31-Dec-2024")) == "other_vote"


def test_four_digits_past_a_thousand() -> None:
    content = house(number="1122", day="6-Nov-2007", congress="110")
    assert read(content, "2007/roll1122.xml").id == "us-house-2007-1122"
    assert SHEET.address.url("roll_call", year=2007, number=1122).endswith("/evs/2007/roll1122.xml")
    assert SHEET.address.url("roll_call", year=2007, number=2).endswith("/evs/2007/roll002.xml")


def test_a_wrong_congress_is_noted_and_the_year_believed() -> None:
    content = house(number="500", day="22-Oct-1990", congress="103")
    assert read(content, "1990/roll500.xml").id == "us-house-1990-500"
    assert noted(content, "1990/roll500.xml") == ["other_congress"]


@pytest.mark.parametrize("measure", ["QUORUM", "QUORUM 1", "JOURNAL", "MOTION", "ADJOURN", "ABSENT"])
def test_what_stands_for_no_bill(measure: str) -> None:
    content = house(about=f"<legis-num>{measure}</legis-num>")
    assert (read(content).bills, noted(content)) == ((), [])


def test_a_measure_we_cannot_read_is_noted() -> None:
    content = house(about="<legis-num>H AMENDED 5</legis-num>")
    assert (read(content).bills, noted(content)) == ((), ["unknown_measure"])


def test_what_the_clerk_never_printed_before_is_noted() -> None:
    content = house(more="<vote-mood>calm</vote-mood>")
    assert noted(content) == ["unknown_element"]
    stranger = house().replace(b'role="legislator">Adams', b'role="delegate">Adams')
    assert noted(stranger) == ["unknown_role"]
    party = house(totals=TOTALS.replace("Republican", "Whig"))
    assert noted(party) == ["unknown_group"]
    assert verdict(read(party)) is Verdict.DOUBTFUL


def test_totals_that_do_not_meet_are_stored_as_printed() -> None:
    vote = read(house(totals=TOTALS.replace(tally(1, 1, 1, 1), tally(2, 1, 1, 0))))
    assert vote.board == Tally(yes=2, no=1, present=1)
    assert verdict(vote) is Verdict.DOUBTFUL


# --- what is refused --------------------------------------------------------------------------------------------------

BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE rollcall-vote [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    b"<rollcall-vote>&b;</rollcall-vote>"
)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \r\n ", "empty"),
        (b"<html><body>Sorry</body></html>", "html_instead_of_xml"),
        (b"<!DOCTYPE html><html><body>Sorry</body></html>", "html_instead_of_xml"),
        (BOMB, "entities"),
        (house(description="a &nbsp; b"), "entities"),
        (house()[:600], "broken_xml"),
        (house()[:-20], "broken_xml"),
        (house(description="José").decode().encode("latin-1", "replace").replace(b"Jos", b"J\xe9"), "wrong_encoding"),
        (house().decode().encode("utf-16"), "wrong_encoding"),
        (b'<xml>Error sanitizing file "roll007.xml". Please try again.</xml>', "wrong_root"),
        (house(votes=FOUR.replace("Yea", "Maybe")), "unknown_code"),
        (house(votes=FOUR.replace("<vote>Yea</vote>", "<vote/>")), "unknown_code"),
        (house(votes=FOUR.replace("<vote>Yea</vote>", "")), "bad_row"),
        (house(votes=FOUR.replace("<vote>Yea</vote>", "<vote>Yea</vote><vote>Nay</vote>")), "bad_row"),
        (house(votes=FOUR.replace(">Adams<", "> <")), "bad_row"),
        (house(votes="<absent-vote/>"), "bad_row"),
        (house(votes=""), "no_ballots"),
        (house(totals=TOTALS + f"<totals-by-vote>{tally(1, 1, 1, 1)}</totals-by-vote>"), "second_element"),
        (house(totals=""), "missing_element"),
        (house(totals=TOTALS.replace("<yea-total>1", "<yea-total>one")), "not_a_number"),
        (house(totals=TOTALS.replace("<yea-total>1", "<yea-total>-1")), "not_a_number"),
        (house(totals=TOTALS.replace("<yea-total>1", "<yea-total>" + "9" * 5000)), "not_a_number"),
        (house(totals=TOTALS.replace("<yea-total>1", "<yea-total>٣")), "not_a_number"),
        (house(more="<vote-type>QUORUM</vote-type>"), "second_element"),
        (house(chamber=""), "missing_element"),
        (house(chamber="<chamber>x</chamber><committee>x</committee>"), "second_element"),
        (house(kind=""), "missing_text"),
        (house(day="31-Feb-2025"), "bad_date"),
        (house(day="2025-09-09"), "bad_date"),
        (house(day="9-Sep-0000"), "bad_date"),
        (house(number="8"), "other_vote"),
        (house(number="seven"), "not_a_number"),
    ],
)
def test_a_document_of_another_form_is_refused_by_name(content: bytes, code: str) -> None:
    assert refused(content) == code


SOUND = house()


@given(st.integers(0, len(SOUND)))
def test_a_document_cut_anywhere_is_refused_or_is_the_document(end: int) -> None:
    try:
        vote = read(SOUND[:end])
    except Unreadable:
        return
    assert vote == read(SOUND)


@given(st.lists(st.tuples(st.integers(0, len(SOUND) - 1), st.integers(0, 255)), min_size=1, max_size=4))
def test_a_document_with_other_bytes_is_refused_or_read(flips: list[tuple[int, int]]) -> None:
    content = bytearray(SOUND)
    for place, byte in flips:
        content[place] = byte
    try:
        found = list(read_roll_call(document(bytes(content)), SHEET))
    except Unreadable:
        return
    assert sum(isinstance(f, PrintedVote) for f in found) == 1


@given(st.binary(max_size=300))
def test_any_bytes_are_refused(content: bytes) -> None:
    with pytest.raises(Unreadable):
        list(read_roll_call(document(content), SHEET))
