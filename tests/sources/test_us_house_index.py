"""Are a year's roll calls found through the Clerk's index, and without it?"""

from __future__ import annotations

from collections import deque
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tracker.domain.evidence import Document, Request
from tracker.sources import us_congress
from tracker.sources.contract import Trouble, Unreadable, Window
from tracker.sources.us_house import SOURCE
from tracker.sources.us_house_index import start

AT = datetime(2026, 1, 1, tzinfo=UTC)
BASE = "https://clerk.house.gov/evs"


def page(year: int, rows: list[tuple[int, str]], links: tuple[int, ...] = ()) -> bytes:
    """Draw an index page in the Clerk's old form: newest first."""
    drawn = "".join(
        f'<TR><TD><A HREF="http://clerk.house.gov/cgi-bin/vote.asp?year={year}&rollnumber={number}">{number}</A></TD>'
        f'<TD><FONT FACE="Arial" SIZE="-1">{day}</FONT></TD>\r\n<TD><FONT><A HREF="https://x.gov">H R 1</A>'
        "</FONT></TD>\r\n<TD><FONT>On Passage</FONT></TD><TD><FONT>P</FONT></TD>\r\n<TD><FONT>&nbsp;</FONT></TD></TR>\n"
        for number, day in sorted(rows, reverse=True)
    )
    pages = "".join(
        f'<A HREF="ROLL_{n}00.asp">Roll Calls</A><BR>\r\n' if n else '<A HREF="ROLL_000.asp">Roll Calls</A><BR>\r\n'
        for n in sorted(links, reverse=True)
    )
    return (
        "\r\n<HTML><HEAD>\r\n<TITLE>U.S. House of Representatives Roll Call Votes</TITLE></HEAD><BODY>\r\n"
        '<H2 ALIGN="CENTER">U.S. House of Representatives Roll Call Votes<BR>\r\n'
        f" 119<SUP>th</SUP> Congress - 1<SUP>st</SUP> Session ({year})<BR>\r\n"
        "<FONT>under the direction of the House Tally Clerks</FONT></H2>\r\n"
        '<TABLE BORDER="1"><TR>\r\n<TH>Roll</TH><TH>Date</TH><TH>Issue</TH></TR>\r\n'
        f"{drawn}</TABLE><BR>{pages}</BODY></HTML>\r\n"
    ).encode()


def follow(site: dict[str, bytes], window: Window) -> list[Request]:
    """Ask for what the source asks for, depth first as a run does; return the requests for roll calls."""
    queue = deque(start(window, SOURCE.sheet))
    rolls: list[Request] = []
    while queue:
        request = queue.popleft()
        role = SOURCE.roles[request.role]
        if request.role in ("roll_call", "walk", "first"):
            rolls.append(request)
            continue
        content = site.get(request.url.removeprefix(BASE))
        if content is None or role.absent(content, request.url):
            onward = list(role.missing(request, SOURCE.sheet))
        else:
            found = role.read(Document.of(request, content, AT), SOURCE.sheet)
            onward = [f for f in found if isinstance(f, Request)]
        queue.extendleft(reversed(onward))
    return list({request.url: request for request in rolls}.values())


def numbers(rolls: list[Request]) -> list[int]:
    return [int(r.url.rsplit("roll", 1)[1].removesuffix(".xml")) for r in rolls]


def days(first: int, last: int, day: str) -> list[tuple[int, str]]:
    return [(n, day) for n in range(first, last + 1)]


YEAR = {
    "/2025/index.asp": page(2025, days(228, 230, "9-Sep"), (0, 1, 2)),
    "/2025/ROLL_200.asp": page(2025, days(200, 220, "8-Sep") + days(221, 230, "9-Sep")),
    "/2025/ROLL_100.asp": page(2025, days(100, 150, "2-May") + days(151, 199, "8-Sep")),
    "/2025/ROLL_000.asp": page(2025, days(1, 60, "3-Jan") + days(61, 99, "1-May")),
}


def test_rows_give_number_and_day_oldest_first() -> None:
    rolls = follow(
        {"/2025/index.asp": page(2025, [(1, "3-Jan"), (2, "3-Jan"), (3, "7-Jan")])},
        Window(date(2025, 1, 3), date(2025, 1, 4)),
    )
    wanted = [r for r in rolls if "/2025/" in r.url]
    assert [(r.url, r.day) for r in wanted] == [
        (f"{BASE}/2025/roll001.xml", date(2025, 1, 3)),
        (f"{BASE}/2025/roll002.xml", date(2025, 1, 3)),
    ]


def test_the_index_alone_is_enough_where_it_reaches_back_past_the_window() -> None:
    site = {"/2025/index.asp": page(2025, [(9, "8-Sep"), (10, "9-Sep"), (11, "9-Sep")], (0,))}
    assert numbers(follow(site, Window(date(2025, 9, 9), date(2025, 9, 9)))) == [10, 11]


@pytest.mark.parametrize(
    ("since", "until", "wanted"),
    [
        (date(2025, 9, 9), date(2025, 9, 12), range(221, 231)),
        (date(2025, 9, 8), date(2025, 9, 9), range(151, 231)),
        (date(2025, 9, 8), date(2025, 9, 8), range(151, 221)),
        (date(2025, 1, 4), date(2025, 12, 31), range(61, 231)),
        (date(2025, 6, 1), date(2025, 6, 9), range(0)),
    ],
)
def test_pages_of_a_hundred_are_read_as_far_as_the_window_reaches(since: date, until: date, wanted: range) -> None:
    assert numbers(follow(YEAR, Window(since, until))) == list(wanted)


def test_a_short_window_asks_for_no_page_it_does_not_need() -> None:
    site = {url: content for url, content in YEAR.items() if "ROLL_0" not in url and "ROLL_1" not in url}
    assert numbers(follow(site, Window(date(2025, 9, 9), date(2025, 9, 12)))) == list(range(221, 231))


def test_the_rows_of_the_index_count_where_its_pages_are_gone() -> None:
    site = {"/2025/index.asp": YEAR["/2025/index.asp"]}
    assert numbers(follow(site, Window(date(2025, 9, 9), date(2025, 9, 12)))) == [228, 229, 230]


def test_rows_may_lead_straight_to_the_documents() -> None:
    content = page(2025, [(7, "9-Sep")]).replace(
        b"http://clerk.house.gov/cgi-bin/vote.asp?year=2025&rollnumber=7",
        b"https://clerk.house.gov/evs/2025/roll007.xml",
    )
    assert b"roll007" in content
    assert numbers(follow({"/2025/index.asp": content}, Window(date(2025, 9, 9), date(2025, 9, 12)))) == [7]


def test_without_the_index_the_pages_are_followed_upwards() -> None:
    site = {url: content for url, content in YEAR.items() if "index" not in url}
    assert numbers(follow(site, Window(date(2025, 9, 8), date(2025, 9, 9)))) == list(range(151, 231))
    other = {**site, "/2025/index.asp": b"<!DOCTYPE html><html><body>Votes</body></html>"}
    assert numbers(follow(other, Window(date(2025, 9, 9), date(2025, 9, 9)))) == list(range(221, 231))


def test_without_any_index_the_numbers_are_walked() -> None:
    [first] = follow({}, Window(date(2025, 3, 1), date(2025, 3, 7)))
    assert (first.url, first.role) == (f"{BASE}/2025/roll001.xml", "first")
    [early] = follow({}, Window(date(2026, 1, 5), date(2026, 1, 9)))
    assert (early.url, early.role) == (f"{BASE}/2026/roll001.xml", "walk")


def test_only_an_overdue_first_roll_call_must_be_there() -> None:
    assert {name for name, role in SOURCE.roles.items() if role.required} == {"first"}


def test_an_absent_step_of_a_walk_leads_to_the_next_number_once() -> None:
    context = us_congress.first_step(us_congress.asked(Window(date(2025, 1, 4), date(2025, 1, 9)), 2025))
    walk = SOURCE.roles["walk"]
    [second] = walk.missing(Request(f"{BASE}/2025/roll001.xml", "walk", None, context), SOURCE.sheet)
    assert (second.url, second.role) == (f"{BASE}/2025/roll002.xml", "walk")
    assert list(walk.missing(second, SOURCE.sheet)) == []


def test_a_session_that_runs_into_january() -> None:
    site = {
        "/2012/index.asp": page(2012, [(653, "31-Dec"), (654, "1-Jan"), (655, "1-Jan")]),
        "/2013/index.asp": page(2013, [(1, "3-Jan")]),
    }
    rolls = follow(site, Window(date(2013, 1, 1), date(2013, 1, 3)))
    assert [(r.url.removeprefix(BASE), r.day) for r in rolls] == [
        ("/2012/roll654.xml", date(2013, 1, 1)),
        ("/2012/roll655.xml", date(2013, 1, 1)),
        ("/2013/roll001.xml", date(2013, 1, 3)),
    ]


def test_a_session_before_its_first_roll_call() -> None:
    assert follow({"/2026/index.asp": page(2026, [])}, Window(date(2026, 1, 5), date(2026, 1, 6))) == []


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (page(2024, [(1, "3-Jan")]), "other_year"),
        (page(2025, []).replace(b"H2", b"P"), "other_year"),
        (page(2025, [(1, "3-Foo")]), "bad_date"),
        (page(2025, [(1, "")]), "bad_date"),
        (b"  ", "empty"),
    ],
)
def test_an_index_of_another_form_is_refused_by_name(content: bytes, code: str) -> None:
    request = Request(
        f"{BASE}/2025/index.asp", "index", None, us_congress.asked(Window(date(2025, 1, 4), date(2025, 1, 9)), 2025)
    )
    with pytest.raises(Unreadable) as refusal:
        list(SOURCE.roles["index"].read(Document.of(request, content, AT), SOURCE.sheet))
    assert refusal.value.code == code


TWO = page(2025, [(1, "3-Jan"), (2, "7-Jan")])


@pytest.mark.parametrize(
    ("content", "code", "numbers"),
    [
        (TWO[: TWO.lower().index(b"</body>")], "cut_short", [1, 2]),
        (TWO.replace(b">1<", b">9<"), "bad_row", [2]),
        (TWO.replace(b"year=2025&rollnumber=1", b"year=2024&rollnumber=1"), "bad_row", [2]),
        (TWO.replace(b"&rollnumber=1", b"&n=1"), "bad_row", [2]),
    ],
)
def test_what_is_odd_in_an_index_costs_only_itself(content: bytes, code: str, numbers: list[int]) -> None:
    window = us_congress.asked(Window(date(2025, 1, 3), date(2025, 1, 9)), 2025)
    request = Request(f"{BASE}/2025/index.asp", "index", None, window)
    found = list(SOURCE.roles["index"].read(Document.of(request, content, AT), SOURCE.sheet))
    assert [each.code for each in found if isinstance(each, Trouble)] == [code]
    rolls = [each.url for each in found if isinstance(each, Request)]
    assert rolls == [f"{BASE}/2025/roll{number:03d}.xml" for number in numbers]


@pytest.mark.corpus
def test_the_corpus_index_is_read(corpus: Path) -> None:
    content = (corpus / "us-house/trimmed/clerk-index-2025-rolls-1-2.html").read_bytes()
    rolls = follow({"/2025/index.asp": content}, Window(date(2025, 1, 3), date(2025, 1, 31)))
    wanted = [(r.url.removeprefix(BASE), r.day) for r in rolls if r.role == "roll_call"]
    assert wanted == [("/2025/roll001.xml", date(2025, 1, 3)), ("/2025/roll002.xml", date(2025, 1, 3))]


@pytest.mark.corpus
def test_the_error_body_is_recognised(corpus: Path) -> None:
    body = (corpus / "us-house/trimmed/error_body_http200.xml").read_bytes()
    for name in ("roll_call", "walk", "first"):
        assert SOURCE.roles[name].absent(body, f"{BASE}/2026/roll315.xml")
        assert not SOURCE.roles[name].absent(b'<?xml version="1.0"?><rollcall-vote/>', f"{BASE}/2026/roll315.xml")
    index = (corpus / "us-house/trimmed/clerk-index-2025-rolls-1-2.html").read_bytes()
    assert not SOURCE.roles["index"].absent(index, f"{BASE}/2025/index.asp")
