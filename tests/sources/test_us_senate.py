"""Is each vote of the Senate read exactly as the Secretary printed it, and is everything else refused by name?"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.evidence import Document, Request
from tracker.domain.majority import majority
from tracker.domain.reconcile import Reconciliation, Verdict, reconcile
from tracker.domain.votes import Ballot, Means, Position, PrintedVote, Reason, Tally, Vote
from tracker.sources import us_congress
from tracker.sources.contract import Severity, Trouble, Unreadable, Window
from tracker.sources.us_senate import SOURCE, read_vote, start

SHEET = SOURCE.sheet
AT = datetime(2026, 1, 1, tzinfo=UTC)
LISTS = "https://www.senate.gov/legislative/LIS/roll_call_lists"
VOTES = "https://www.senate.gov/legislative/LIS/roll_call_votes"


def member(name: str, cast: str, *, party: str = "D", state: str = "VT", ref: str | None = None) -> str:
    if ref is None:
        ref = f"<lis_member_id>S{ord(name[0]):03d}</lis_member_id>"
    return (
        f"<member>\n<member_full>{name} ({party}-{state})</member_full>\n<last_name>{name}</last_name>\n"
        f"<first_name>A. </first_name>\n<party>{party}</party>\n<state>{state}</state>\n"
        f"<vote_cast>{cast}</vote_cast>\n{ref}\n</member>\n"
    )


FOUR = (
    member("Adams", "Yea")
    + member("Baker", "Nay", party="R")
    + member("Cole", "Present")
    + member("Dean", "Not Voting")
)
COUNT = "<yeas>1</yeas><nays>1</nays><present>1</present><absent>1</absent>"
BILL = (
    "<document><document_congress>117</document_congress><document_type>S.</document_type>"
    "<document_number>5</document_number><document_name>S. 5</document_name><document_title/></document>\n"
    "<amendment><amendment_number/><amendment_to_document_number/></amendment>\n"
)


def senate(
    *,
    number: str = "54",
    day: str = "March 6, 2021,  11:52 AM",
    title: str = "S. 5",
    about: str = "A bill to do &amp; undo.",
    asked: str = "On Passage of the Bill S. 5",
    question: str = "On Passage of the Bill",
    announced: str = "Bill Passed (1-1)",
    requirement: str = "1/2",
    result: str = "Bill Passed",
    measures: str = BILL,
    count: str = COUNT,
    tie: str = "<by_whom/><tie_breaker_vote/>",
    members: str = FOUR,
    more: str = "",
) -> bytes:
    """Draw a vote in the Secretary's form."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><roll_call_vote>\n<congress>117</congress>\n<session>1</session>\n'
        f"<congress_year>2021</congress_year>\n<vote_number>{number}</vote_number>\n<vote_date>{day}</vote_date>\n{more}"
        f"<vote_question_text>{asked}</vote_question_text>\n<vote_document_text>{about}</vote_document_text>\n"
        f"<vote_result_text>{announced}</vote_result_text>\n<question>{question}</question>\n"
        f"<vote_title>{title}</vote_title>\n<majority_requirement>{requirement}</majority_requirement>\n"
        f"<vote_result>{result}</vote_result>\n{measures}<count>{count}</count>\n"
        f"<tie_breaker>{tie}</tie_breaker>\n<members>\n{members}</members>\n</roll_call_vote>"
    ).encode()


def document(content: bytes, name: str = "vote1171/vote_117_1_00054.xml") -> Document:
    return Document.of(Request(f"{VOTES}/{name}", "vote"), content, AT)


def read(content: bytes, name: str = "vote1171/vote_117_1_00054.xml") -> PrintedVote:
    found = [f for f in read_vote(document(content, name), SHEET) if isinstance(f, PrintedVote)]
    assert len(found) == 1
    return found[0]


def noted(content: bytes, name: str = "vote1171/vote_117_1_00054.xml") -> list[str]:
    found = [f for f in read_vote(document(content, name), SHEET) if isinstance(f, Trouble)]
    assert all(trouble.severity is Severity.NOTED for trouble in found)
    return [trouble.code for trouble in found]


def refused(content: bytes) -> str:
    with pytest.raises(Unreadable) as refusal:
        list(read_vote(document(content), SHEET))
    assert "vote_117_1_00054" in str(refusal.value)
    return refusal.value.code


def sums(printed: PrintedVote) -> Reconciliation:
    ballots = tuple(Ballot(*ballot, ballot.ref) for ballot in printed.ballots)
    return reconcile(Vote(printed, ballots, printed.spoken), spoken_counts=SHEET.chamber.spoken_counts)


# --- every document of the corpus, against a slow count over its bytes ------------------------------------------------

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "us-senate"
PAPERS = sorted(path.relative_to(FOLDER) for path in FOLDER.rglob("*vote*.xml") if "menu" not in path.name)
COMPLETE = [path for path in PAPERS if path.parts[0] != "trimmed"]


@pytest.mark.corpus
def test_the_corpus_is_all_there() -> None:
    assert len(PAPERS) >= 12
    assert len(COMPLETE) >= 8


def slow(content: bytes, tag: str) -> list[str]:
    found = re.findall(f"<{tag}(?: [^>]*)?>(.*?)</{tag}>", content.decode("utf-8"), re.DOTALL)
    return [re.sub(r"\s+", " ", unescape(text)).strip() for text in found]


def address(content: bytes) -> str:
    c, s, n = (slow(content, tag)[0] for tag in ("congress", "session", "vote_number"))
    return f"vote{c}{s}/vote_{c}_{s}_{int(n):05d}.xml"


@pytest.mark.corpus
@pytest.mark.parametrize("path", PAPERS, ids=str)
def test_ballots_and_totals_are_those_of_the_document(corpus: Path, path: Path) -> None:
    content = (corpus / "us-senate" / path).read_bytes()
    vote = read(content, address(content))
    assert [b.name for b in vote.ballots] == slow(content, "member_full")
    assert [b.code.printed for b in vote.ballots] == slow(content, "vote_cast")
    assert [b.ref for b in vote.ballots] == slow(content, "lis_member_id")
    assert [b.group for b in vote.ballots] == slow(content, "party")
    assert [b.region for b in vote.ballots] == slow(content, "state")
    assert len(vote.ballots) == content.count(b"</member>")
    assert vote.board is not None
    for tag, ours in (("yeas", vote.board.yes), ("nays", vote.board.no), ("present", vote.board.present)):
        assert ours == int((slow(content, tag) or ["0"])[0] or 0)
    assert vote.board.not_cast == int((slow(content, "absent") or ["0"])[0] or 0)
    assert vote.result == slow(content, "vote_result")[0]
    assert vote.announced_text == slow(content, "vote_result_text")[0]
    assert noted(content, address(content)) == []


@pytest.mark.corpus
@pytest.mark.parametrize("path", COMPLETE, ids=str)
def test_complete_documents_add_up(corpus: Path, path: Path) -> None:
    content = (corpus / "us-senate" / path).read_bytes()
    assert sums(read(content, address(content))).verdict is Verdict.SOUND


@pytest.mark.corpus
def test_cut_down_documents_announce_more_than_they_hold(corpus: Path) -> None:
    for path in (p for p in PAPERS if p.parts[0] == "trimmed"):
        content = (corpus / "us-senate" / path).read_bytes()
        [difference] = sums(read(content, address(content))).differences
        assert difference.check == "announced_meets"


@pytest.mark.corpus
def test_a_live_pair_is_present(corpus: Path) -> None:
    vote = read((corpus / "us-senate/vote_115_2_00223.xml").read_bytes(), "vote1152/vote_115_2_00223.xml")
    [pair] = [b for b in vote.ballots if b.code.reason is Reason.PAIRED]
    assert pair.name == "Murkowski (R-AK)"
    assert pair.code == ("Present, Giving Live Pair", Position.PRESENT, Reason.PAIRED)
    assert vote.board == Tally(50, 48, present=1, not_cast=1)


@pytest.mark.corpus
def test_guilty_is_yes_and_57_were_too_few(corpus: Path) -> None:
    vote = read((corpus / "us-senate/vote_117_1_00059.xml").read_bytes(), "vote1171/vote_117_1_00059.xml")
    assert {b.code.printed: b.code.position for b in vote.ballots} == {
        "Guilty": Position.YES,
        "Not Guilty": Position.NO,
    }
    assert (vote.result, vote.announced, vote.bills) == ("Not Guilty", Tally(57, 43), ("H.Res. 24",))
    assert vote.board is not None
    assert majority(vote.board, SHEET.rule(vote.requirement)).short_by == 10


@pytest.mark.corpus
def test_a_treaty_and_an_independent_democrat(corpus: Path) -> None:
    vote = read((corpus / "us-senate/vote_111_2_00295.xml").read_bytes(), "vote1112/vote_111_2_00295.xml")
    assert vote.bills == ("Treaty Doc. 111-5",)
    assert [b.name for b in vote.ballots if b.group == "ID"] == ["Lieberman (ID-CT)"]
    assert SHEET.group("ID").name == "Independent Democrat"


@pytest.mark.corpus
def test_the_vice_president_breaks_the_tie_of_2005(corpus: Path) -> None:
    vote = read((corpus / "us-senate/rebuilt/vote_109_1_00363.xml").read_bytes(), "vote1091/vote_109_1_00363.xml")
    found = sums(vote)
    assert (str(found.board), str(found.final), str(found.counted)) == ("50–50–0", "51–50–0", "50–50–0")
    assert found.verdict is Verdict.SOUND
    assert len(vote.ballots) == 100


# --- the oddities -----------------------------------------------------------------------------------------------------


def test_a_vote_is_read_whole() -> None:
    vote = read(senate())
    assert vote.id == vote.key == "us-senate-117-1-54"
    assert (vote.legislature, vote.period, vote.bills) == ("us_senate", "117", ("S. 5",))
    assert vote.taken_at is not None
    assert vote.taken_at.isoformat() == "2021-03-06T11:52:00-05:00"
    assert vote.subject == "S. 5; A bill to do & undo."
    assert (vote.question, vote.kind) == ("On Passage of the Bill S. 5", "On Passage of the Bill")
    assert (vote.requirement, vote.result) == ("1/2", "Bill Passed")
    assert (vote.announced, vote.announced_means) == (Tally(1, 1), Means.BOARD)
    assert vote.board == Tally(1, 1, present=1, not_cast=1)
    assert vote.ballots[1] == ("Baker (R-VT)", ("Nay", Position.NO, None), "R", "S066", "VT")
    assert vote.ballots[3].code == ("Not Voting", Position.NOT_CAST, Reason.UNKNOWN)


@pytest.mark.parametrize(("cast", "final"), [("Yea", "2–1–0"), ("Nay", "1–2–0")])
def test_the_vice_president_is_no_senator(cast: str, final: str) -> None:
    tie = f"<by_whom>Vice President of the United States</by_whom><tie_breaker_vote>{cast}</tie_breaker_vote>"
    vote = read(senate(tie=tie, announced=f"Motion Agreed to (1-1, Vice President voted {cast})"))
    [said] = vote.spoken
    assert (said.name, said.was, said.quote) == ("Vice President of the United States", None, f"tie_breaker: {cast}")
    found = sums(vote)
    assert (str(found.board), str(found.final), len(vote.ballots)) == ("1–1–0", final, 4)
    assert (vote.announced, vote.announced_means) == (Tally(1, 1), None)
    assert found.verdict is Verdict.SOUND


@pytest.mark.parametrize("ref", ["", "<lis_member_id/>", "<lis_member_id> </lis_member_id>"])
def test_a_senator_without_an_identifier_has_none(ref: str) -> None:
    assert read(senate(members=member("Adams", "Yea", ref=ref))).ballots[0].ref is None


def test_an_empty_count_is_nought() -> None:
    assert read(senate(count="<yeas>3</yeas><nays/><present></present><absent/>")).board == Tally(3)


def test_en_bloc_names_every_nomination() -> None:
    several = "".join(
        f"<document><document_type>PN</document_type><document_number>{n}</document_number>"
        f"<document_name>PN{n}</document_name></document><amendment><amendment_number/></amendment>"
        for n in ("55-25", "55-45", "54-7", "55-25")
    )
    vote = read(senate(measures=several, title="Confirmation: En Bloc Nominations", about="Somebody, of Somewhere"))
    assert vote.bills == ("PN55-25", "PN55-45", "PN54-7")
    assert vote.subject == "Confirmation: En Bloc Nominations"


def test_an_amendment_names_the_bill_it_would_change() -> None:
    amendment = (
        "<document><document_type>S.Amdt.</document_type><document_number/><document_name/></document>"
        "<amendment><amendment_number>S.Amdt. 6776</amendment_number>"
        "<amendment_to_document_number>S. 4668</amendment_to_document_number></amendment>"
    )
    assert read(senate(measures=amendment)).bills == ("S. 4668",)


@pytest.mark.parametrize(
    ("title", "about", "subject"),
    [
        ("Crapo Amdt. No. 3331", "To delay it.", "Crapo Amdt. No. 3331; To delay it."),
        ("Motion To Dismiss", "", "Motion To Dismiss"),
        ("Wicker Amdt.", "No Statement of Purpose on File.", "Wicker Amdt."),
        ("To delay it now", "To delay it.", "To delay it now"),
        ("", "To delay it.", "To delay it."),
        ("", "", "On Passage of the Bill S. 5"),
    ],
)
def test_the_subject_joins_title_and_matter_as_the_menu_does(title: str, about: str, subject: str) -> None:
    assert read(senate(title=title, about=about)).subject == subject


def test_a_day_without_a_clock_time() -> None:
    vote = read(senate(day="March 6, 2021"))
    assert (vote.sitting_date, vote.taken_at) == (date(2021, 3, 6), None)


def test_midnight_and_noon() -> None:
    for printed, hour in (("12:05 AM", 0), ("12:05 PM", 12), ("01:05 PM", 13)):
        taken = read(senate(day=f"March 6, 2021,  {printed}")).taken_at
        assert taken is not None
        assert taken.hour == hour


def test_what_the_sheet_does_not_list_is_noted() -> None:
    assert noted(senate(requirement="4/5")) == ["unknown_requirement"]
    assert read(senate(requirement="4/5")).requirement == "4/5"
    assert noted(senate(more="<mood>calm</mood>")) == ["unknown_element"]
    assert noted(senate(measures=BILL.replace("S. 5", "Executive Calendar"))) == ["unknown_measure"]


# --- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"<!DOCTYPE html><html><head><title>404 Error Page</title></head></html>", "html_instead_of_xml"),
        (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body/></html>', "html_instead_of_xml"),
        (senate().replace(b"<roll_call_vote>", b'<!DOCTYPE a [<!ENTITY x "y">]><roll_call_vote>'), "entities"),
        (senate()[:900], "broken_xml"),
        (senate(title="Jos\u00e9").decode().encode("latin-1"), "wrong_encoding"),
        (senate().replace(b"UTF-8", b"UTF-7"), "wrong_encoding"),
        (b'<?xml version="1.0"?><vote_summary/>', "wrong_root"),
        (senate(members=FOUR.replace("Not Voting", "Asleep")), "unknown_code"),
        (senate(members=FOUR.replace("<party>D", "<party>D</party><party>D")), "bad_row"),
        (senate(members=FOUR + "<member_full>x</member_full>"), "bad_row"),
        (senate(members=FOUR.replace("<vote_cast>Yea</vote_cast>", "")), "missing_text"),
        (senate(members=""), "no_ballots"),
        (senate(count=COUNT + "<yeas>2</yeas>"), "second_element"),
        (senate(count="<yeas>1</yeas>"), "missing_element"),
        (senate(count=COUNT.replace("<yeas>1", "<yeas>many")), "not_a_number"),
        (senate(more="<vote_title>Another</vote_title>"), "second_element"),
        (senate().replace(b"<vote_result>Bill Passed</vote_result>", b""), "missing_element"),
        (senate(tie="<by_whom>Vice President</by_whom><tie_breaker_vote/>"), "missing_text"),
        (senate(tie="<by_whom>VP</by_whom><tie_breaker_vote>Present</tie_breaker_vote>"), "unknown_code"),
        (senate(day="Smarch 6, 2021"), "bad_date"),
        (senate(day="February 30, 2021,  01:00 PM"), "bad_date"),
        (senate(day=""), "missing_text"),
        (senate(number="55"), "other_vote"),
        (senate(day="March 6, 2020,  01:00 PM"), "other_vote"),
        (senate(number="0x36"), "not_a_number"),
    ],
)
def test_a_document_of_another_form_is_refused_by_name(content: bytes, code: str) -> None:
    assert refused(content) == code


SOUND = senate()


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
        found = list(read_vote(document(bytes(content)), SHEET))
    except Unreadable:
        return
    assert sum(isinstance(f, PrintedVote) for f in found) == 1


# --- the menu ---------------------------------------------------------------------------------------------------------


def menu(rows: list[tuple[str, str]], *, congress: int = 117, session: int = 1, year: int = 2021) -> bytes:
    """Draw a session's menu in the Secretary's form."""
    drawn = "".join(
        f"<vote><vote_number>{number}</vote_number><vote_date>{day}</vote_date><question>On the Amendment\n"
        "   <measure>S.Amdt. 1</measure></question></vote>"
        for number, day in rows
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><vote_summary><congress>{congress}</congress>'
        f"<session>{session}</session><congress_year>{year}</congress_year><votes>{drawn}</votes></vote_summary>"
    ).encode()


def listed(content: bytes, window: Window, year: int = 2021) -> list[Request]:
    [request] = [r for r in start(window, SHEET) if r.context["year"] == str(year)]
    return [f for f in SOURCE.roles["menu"].read(Document.of(request, content, AT), SHEET) if isinstance(f, Request)]


def test_the_menus_of_a_window() -> None:
    urls = [r.url for r in start(Window(date(2024, 12, 20), date(2025, 1, 9)), SHEET)]
    assert urls == [f"{LISTS}/vote_menu_118_2.xml", f"{LISTS}/vote_menu_119_1.xml"]
    assert [r.url for r in start(Window(date(2025, 1, 2), date(2025, 1, 2)), SHEET)] == urls
    assert list(start(Window(date(1970, 1, 4), date(1971, 1, 1)), SHEET)) == []


def test_the_votes_of_the_window_are_asked_for_oldest_first() -> None:
    content = menu([("00003", "10-Mar"), ("00002", "09-Mar"), ("00001", "08-Mar")])
    found = listed(content, Window(date(2021, 3, 9), date(2021, 3, 31)))
    assert [(r.url, r.role, r.day) for r in found] == [
        (f"{VOTES}/vote1171/vote_117_1_00002.xml", "vote", date(2021, 3, 9)),
        (f"{VOTES}/vote1171/vote_117_1_00003.xml", "vote", date(2021, 3, 10)),
    ]


def test_a_vote_of_new_years_day_belongs_to_the_old_session() -> None:
    content = menu([("00292", "01-Jan"), ("00291", "30-Dec")], congress=116, session=2, year=2020)
    found = listed(content, Window(date(2021, 1, 1), date(2021, 1, 2)), 2020)
    assert [(r.url.rsplit("/", 1)[1], r.day) for r in found] == [("vote_116_2_00292.xml", date(2021, 1, 1))]


def test_a_menu_without_votes() -> None:
    assert listed(menu([]), Window(date(2021, 3, 9), date(2021, 3, 31))) == []


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (menu([], session=2, year=2022), "other_vote"),
        (menu([("00001", "08-Mar"), ("00001", "08-Mar")]), "bad_row"),
        (menu([("00001", "March 8")]), "bad_date"),
        (menu([("00001", "")]), "missing_text"),
        (menu([("one", "08-Mar")]), "not_a_number"),
        (menu([("00001", "08-Mar")]).replace(b"<votes>", b"").replace(b"</votes>", b""), "missing_element"),
        (menu([("00001", "08-Mar")])[:-20], "broken_xml"),
    ],
)
def test_a_menu_of_another_form_is_refused_by_name(content: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        listed(content, Window(date(2021, 3, 9), date(2021, 3, 31)))
    assert refusal.value.code == code


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("name", "year"),
    [("senate-vote-menu-119-2.xml", 2026), ("senate-vote-menu-119-1_en_bloc.xml", 2025), ("cyanheads_menu.xml", 2024)],
)
def test_the_corpus_menus_are_read_in_full(corpus: Path, name: str, year: int) -> None:
    content = (corpus / "us-senate/trimmed" / name).read_bytes()
    found = listed(content, Window(date(year, 1, 4), date(year, 12, 31)), year)
    printed = sorted(int(n) for n in re.findall(rb"<vote_number>(\d+)<", content))
    assert [int(r.url[-9:-4]) for r in found] == printed
    assert len(found) in (3, 4, 7)


def test_missing_pages_are_recognised_by_where_they_lead() -> None:
    for role in SOURCE.roles.values():
        assert role.absent(b"<html/>", "https://www.senate.gov/legislative/roll-call-vote-not-available.htm")
        assert role.absent(
            b"<html/>", "https://www.senate.gov/pagelayout/general/one_item_and_teasers/file_not_found.htm"
        )
        assert not role.absent(SOUND, f"{VOTES}/vote1171/vote_117_1_00054.xml")


def test_without_a_menu_the_numbers_are_walked() -> None:
    [early] = start(Window(date(2022, 1, 5), date(2022, 1, 9)), SHEET)
    [first] = SOURCE.roles["menu"].missing(early, SHEET)
    assert (first.url, first.role) == (f"{VOTES}/vote1172/vote_117_2_00001.xml", "walk")
    [late] = start(Window(date(2021, 3, 5), date(2021, 3, 9)), SHEET)
    [first] = SOURCE.roles["menu"].missing(late, SHEET)
    assert first.role == "first"
    assert SOURCE.roles["first"].required
    step = Request(f"{VOTES}/vote1171/vote_117_1_00054.xml", "walk", None, {**first.context, "number": "54"})
    found = list(read_vote(Document.of(step, SOUND, AT), SHEET))
    [onward] = [f for f in found if isinstance(f, Request)]
    assert onward.url == f"{VOTES}/vote1171/vote_117_1_00002.xml"
    assert [n.url for n in SOURCE.roles["walk"].missing(onward, SHEET)] == [f"{VOTES}/vote1171/vote_117_1_00003.xml"]


def test_the_context_of_a_menu_is_the_window() -> None:
    [request] = start(Window(date(2021, 3, 5), date(2021, 3, 9)), SHEET)
    assert us_congress.window_in(request.context) == Window(date(2021, 3, 5), date(2021, 3, 9))
