"""Does the recorded site answer as the official ones do, and change only when told to?"""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from tracker.demo import Site, recorded
from tracker.demo.recorded import WAVES

ROLL = "/evs/2007/roll002.xml"
VOTE = "/legislative/LIS/roll_call_votes/vote1091/vote_109_1_00363.xml"


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        yield running


def ask(site: Site, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection(urlsplit(site.url).netloc, timeout=10)
    try:
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        return response.status, dict(response.getheaders()), response.read()
    finally:
        connection.close()


def test_it_stands_in_for_every_source_on_this_machine_only(site: Site) -> None:
    assert site.url.startswith("http://127.0.0.1:")
    assert site.at == dict.fromkeys(("us_house", "us_senate", "pe_minutes", "pe_sheets"), site.url)
    assert site.windows.keys() == site.at.keys()
    assert all(since < until for since, until in site.windows.values())


def test_what_is_held_already_is_not_sent_again(site: Site) -> None:
    status, headers, body = ask(site, ROLL)
    assert (status, headers["Content-Type"], body[:14]) == (200, "text/xml", b"<?xml version=")
    assert ask(site, ROLL, If_None_Match=headers["ETag"])[::2] == (304, b"")
    assert ask(site, ROLL, If_Modified_Since=headers["Last-Modified"])[0] == 304
    assert ask(site, ROLL, If_None_Match='"other"', If_Modified_Since=headers["Last-Modified"])[0] == 200
    assert ask(site, ROLL, If_Modified_Since="no day at all")[0] == 200


def test_the_senate_heeds_the_date_alone(site: Site) -> None:
    status, headers, _ = ask(site, VOTE)
    assert status == 200
    assert "ETag" not in headers
    assert ask(site, VOTE, If_None_Match='"anything"')[0] == 200
    assert ask(site, VOTE, If_Modified_Since=headers["Last-Modified"])[0] == 304


def test_head_sends_no_body(site: Site) -> None:
    status, headers, body = ask(site, ROLL, method="HEAD")
    assert (status, body) == (200, b"")
    assert int(headers["Content-Length"]) > 80_000


def test_what_is_not_there_is_answered_as_each_official_site_does(site: Site) -> None:
    status, _, body = ask(site, "/evs/2007/roll999.xml")
    assert (status, body) == (200, b'<xml>Error sanitizing file "roll999.xml". Please try again.</xml>')
    status, headers, _ = ask(site, "/legislative/LIS/roll_call_votes/vote1091/vote_109_1_00001.xml")
    assert status == 301
    assert headers["Location"].endswith("roll-call-vote-not-available.htm")
    status, headers, body = ask(site, headers["Location"])
    assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert ask(site, "/legislative/LIS/roll_call_lists/vote_menu_90_1.xml")[0] == 302
    assert ask(site, "/evs/1950/index.asp")[0] == 404
    assert ask(site, "/../../etc/passwd")[0] == 404


def test_robots_are_let_in(site: Site) -> None:
    assert ask(site, "/robots.txt")[2].startswith(b"User-agent: *\n")


def test_the_listing_is_the_same_whatever_the_query(site: Site) -> None:
    view = "/sicr/RedacActas/Actas.nsf/new_ActasPlenoAct"
    assert ask(site, f"{view}?OpenForm&ExpandView&Count=3000")[2] == ask(site, f"{view}?OpenForm")[2]


def test_documents_arrive_in_waves_and_the_indexes_with_them(site: Site) -> None:
    late = "/evs/2013/roll550.xml"
    assert ask(site, late)[2].startswith(b"<xml>Error")
    index = ask(site, "/evs/2013/index.asp")
    assert [site.advance() for _ in range(4)] == [2, 3, 3, 3]
    assert ask(site, late)[2].startswith(b"<?xml")
    now = ask(site, "/evs/2013/index.asp", If_Modified_Since=index[1]["Last-Modified"])
    assert now[0] == 200
    assert b"rollnumber=550" in now[2]
    assert b"rollnumber=550" not in index[2]


def test_a_wave_adds_documents_and_changes_none_but_that_whole_sheets_take_the_place_of_provisional_ones() -> None:
    for wave in range(1, WAVES):
        before, after = recorded.pages(wave), recorded.pages(wave + 1)
        gone = before.keys() - after.keys()
        assert [path.rsplit("/", 1)[-1] for path in gone] == ["Asis_vot_PROVISIONAL_18-05-23.pdf"] * (wave == 1)
        assert len(after.keys() - before.keys()) > len(gone)
        moved = {path for path in before.keys() & after.keys() if before[path].content != after[path].content}
        lists = ("index", "ROLL_", "menu", "new_Actas", "new_asistencia")
        assert all(any(word in path for word in lists) for path in moved)
        assert all(after[path].modified > before[path].modified for path in moved)


def test_the_first_wave_holds_votes_of_every_source_and_the_founding_one() -> None:
    paths = list(recorded.pages(1))
    assert any(path.endswith("roll002.xml") for path in paths)
    assert any("/vote_109_1_" in path for path in paths)
    assert any(path.endswith("05-28.mar.2022.pdf") for path in paths)
    assert any(path.endswith("Asis_vot_PROVISIONAL_18-05-23.pdf") for path in paths)


def test_sheets_come_provisional_then_whole_and_the_minutes_of_the_day_last() -> None:
    arrived = [{path.rsplit("/", 1)[-1] for path in recorded.pages(wave) if "18" in path} for wave in (1, 2, 3)]
    of_the_day = [{name for name in names if name.endswith(("18-05-23.pdf", "18.may.2023.pdf"))} for names in arrived]
    whole, minutes = "Asis_vot_OFICIAL_18-05-23.pdf", "12-18.may.2023.pdf"
    assert of_the_day == [{"Asis_vot_PROVISIONAL_18-05-23.pdf"}, {whole}, {whole, minutes}]


def test_one_document_is_amended_under_its_address_and_nothing_else(site: Site) -> None:
    while site.wave < site.waves:
        site.advance()
    before = recorded.pages(WAVES)
    path = recorded.amended_path()
    status, headers, first = ask(site, path)
    amendment = site.amend()
    assert (amendment.source, amendment.path, site.amended) == ("pe_minutes", path, True)
    status, later, second = ask(site, path, If_None_Match=headers["ETag"], If_Modified_Since=headers["Last-Modified"])
    assert status == 200
    assert first != second
    assert later["Last-Modified"] != headers["Last-Modified"]
    after = recorded.pages(WAVES, amended=True)
    assert [p for p in after if after[p].content != before[p].content] == [path]


def test_what_was_asked_is_kept(site: Site) -> None:
    ask(site, ROLL)
    ask(site, "/nothing")
    assert [(hit.path, hit.status) for hit in site.hits] == [(ROLL, 200), ("/nothing", 404)]


def test_there_is_no_fourth_wave() -> None:
    with pytest.raises(ValueError, match="waves 1 to 3, not 4"):
        recorded.pages(4)


@pytest.mark.parametrize(("error", "told"), [(ConnectionResetError("gone"), False), (ValueError("a slip"), True)])
def test_a_visitor_who_hangs_up_leaves_no_traceback(
    site: Site, error: Exception, told: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        raise error
    except (ConnectionError, ValueError):
        site._server.handle_error(None, ("127.0.0.1", 1))
    assert ("Traceback" in capsys.readouterr().err) is told


def test_a_question_sent_by_post_is_answered_that_there_is_no_such_page(site: Site) -> None:
    import httpx

    with httpx.Client(trust_env=False) as client:
        for _ in range(2):
            assert client.post(f"{site.url}/spley-portal-service/list", content=b'{"page":1}').status_code == 404
        assert client.get(f"{site.url}/nowhere").status_code == 404
