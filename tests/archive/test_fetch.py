"""Does the fetcher ask as it promises, and does every answer end as what it is?"""

from __future__ import annotations

import gzip
import logging
import threading
from collections.abc import Callable
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from tracker.archive.fetch import Absent, Failed, Failure, Fetched, Fetcher, Manners, NotModified, Outcome, Stopped
from tracker.domain.evidence import Request

QUICK = Manners(pause=0, attempts=1, read_timeout=5, total_timeout=10)
OFFICIAL = "https://votes.example.org"


def ask(site: Any, path: str = "/doc", manners: Manners = QUICK, clock: Any = None, **more: Any) -> Outcome:
    with Fetcher(manners, clock=clock) as fetcher:
        return fetcher.fetch(Request(site.url + path, "doc"), **more)


def ask_through(site: Any, path: str = "/doc", manners: Manners = QUICK, **more: Any) -> Outcome:
    with Fetcher(manners, at=site.url) as fetcher:
        return fetcher.fetch(Request(OFFICIAL + path, "doc"), **more)


def failed(outcome: Outcome) -> Failed:
    assert isinstance(outcome, Failed), outcome
    return outcome


def fetched(outcome: Outcome) -> Fetched:
    assert isinstance(outcome, Fetched), outcome
    return outcome


def test_a_document_comes_with_what_is_needed_to_ask_again(site: Any) -> None:
    headers = {"Content_Type": 'Text/HTML; Charset="ISO-8859-1"; x=1', "ETag": '"v1"', "Last_Modified": "yesterday"}
    site.on("/doc", site.send(200, b"<votes/>", **headers))
    got = fetched(ask(site))
    assert (got.content, got.status, got.url, got.final_url) == (b"<votes/>", 200, site.url + "/doc", site.url + "/doc")
    assert (got.media_type, got.etag, got.last_modified) == ("text/html; charset=iso-8859-1", '"v1"', "yesterday")
    assert got.at.utcoffset() == timedelta(0)
    assert got.elapsed > 0


def test_nothing_is_sent_again_that_has_not_changed(site: Any) -> None:
    def answer(handler: Any) -> None:
        known = handler.headers.get("If-None-Match") == '"v1"' and handler.headers.get("If-Modified-Since") == "then"
        site.send(304, ETag='"v1"')(handler) if known else site.send(200, b"x", ETag='"v1"')(handler)

    site.on("/doc", answer)
    assert fetched(ask(site)).etag == '"v1"'
    again = ask(site, etag='"v1"', last_modified="then")
    assert isinstance(again, NotModified)
    assert (again.status, again.etag) == (304, '"v1"')


def test_not_modified_without_a_question_is_an_error(site: Any) -> None:
    site.on("/doc", site.send(304))
    assert failed(ask(site)).status == 304


def test_an_etag_that_no_header_can_carry_is_not_sent(site: Any) -> None:
    site.on("/doc", site.send(200, b"x"))
    fetched(ask(site, etag='"v\u00e9\r\nX: y"'))
    assert "if-none-match" not in site.asked[-1][1]


def test_it_says_who_asks_and_how_to_reach_them(site: Any) -> None:
    site.on("/doc", site.send(200, b"x"))
    with Fetcher(QUICK, contact="https://example.org/desk") as fetcher:
        fetcher.fetch(Request(site.url + "/doc", "doc"))
    agents = {headers["user-agent"] for _, headers in site.asked}
    assert len(site.asked) == 2
    assert len(agents) == 1
    assert agents.pop().startswith("escrutinio/")
    assert site.asked[0][1]["user-agent"].endswith(" (+https://example.org/desk)")


@pytest.mark.parametrize("contact", ["a\r\nX-Evil: 1", "redacción@example.org", "a)b"])
def test_a_contact_that_no_header_can_carry_is_refused(contact: str) -> None:
    with pytest.raises(ValueError, match="ESCRUTINIO_CONTACT"):
        Fetcher(QUICK, contact=contact)


@pytest.mark.parametrize("status", [404, 410])
def test_what_is_not_there_is_absent_and_asked_for_once(site: Any, status: int) -> None:
    site.on("/doc", site.send(status, b"no"))
    got = ask(site, manners=Manners(pause=0))
    assert isinstance(got, Absent)
    assert got.status == status
    assert site.paths() == ["/doc"]


def test_a_page_that_says_so_with_status_200_is_absent(site: Any) -> None:
    body = b'<xml>Error sanitizing file "roll999.xml". Please try again.</xml>'
    site.on("/gone.htm", site.send(200, body))
    site.on("/doc", site.send(301, Location="/gone.htm"))
    seen: list[tuple[bytes, str]] = []

    def absent(content: bytes, url: str) -> bool:
        seen.append((content, url))
        return content.startswith(b"<xml>Error")

    got = ask_through(site, absent=absent)
    assert isinstance(got, Absent)
    assert seen == [(body, OFFICIAL + "/gone.htm")]


def test_a_list_that_goes_on_no_further_is_absent_with_status_400(site: Any) -> None:
    site.on("/doc", site.send(400, b'{"code":"rest_post_invalid_page_number"}'))
    got = ask(site, absent=lambda content, url: b"invalid_page_number" in content)
    assert isinstance(got, Absent)
    assert got.status == 400
    assert failed(ask(site, absent=lambda content, url: b"other" in content)).status == 400


@pytest.mark.parametrize("status", [204, 206, 400, 401, 403, 300])
def test_any_other_status_fails_at_once_and_says_which(site: Any, status: int) -> None:
    site.on("/doc", site.send(status, b"" if status == 204 else b"go away"))
    got = failed(ask(site, manners=Manners(pause=0)))
    assert (got.code, got.status) == (Failure.STATUS, status)
    assert f"status {status}" in got.message
    assert site.url in got.message
    assert site.paths() == ["/doc"]


def test_a_server_in_trouble_is_asked_again_with_growing_waits(site: Any, clock: Any) -> None:
    site.on("/doc", site.send(503), site.send(500), site.send(200, b"x"))
    assert fetched(ask(site, manners=Manners(pause=0), clock=clock)).content == b"x"
    first, second = clock.slept
    assert 1 <= first <= 2 <= second <= 3


def test_it_gives_up_after_the_attempts_allowed(site: Any, clock: Any) -> None:
    site.on("/doc", site.send(502, b"<h1>Bad gateway</h1>"))
    got = failed(ask(site, manners=Manners(pause=0, attempts=3), clock=clock))
    assert (got.code, got.status, got.head) == (Failure.STATUS, 502, b"<h1>Bad gateway</h1>")
    assert len(site.paths()) == 3
    assert len(clock.slept) == 2


def test_waits_as_long_as_it_is_asked_to(site: Any, clock: Any) -> None:
    at = format_datetime(clock.now() + timedelta(seconds=49), usegmt=True)
    site.on("/doc", site.send(429, Retry_After="7"), site.send(503, Retry_After=at), site.send(200, b"x"))
    fetched(ask(site, manners=Manners(pause=0), clock=clock))
    assert clock.slept == [7, 42]


def test_gives_up_when_asked_to_stay_away_longer_than_a_run_waits(site: Any, clock: Any) -> None:
    site.on("/doc", site.send(429, Retry_After="86400"))
    with Fetcher(Manners(pause=0), clock=clock) as fetcher:
        first = failed(fetcher.fetch(Request(site.url + "/doc", "doc")))
        second = failed(fetcher.fetch(Request(site.url + "/other", "doc")))
    assert (first.code, first.status, second.code, second.status) == (Failure.BUSY, 429, Failure.BUSY, None)
    assert "86400 s" in first.message
    assert site.paths() == ["/doc"]
    assert clock.slept == []


def test_a_silent_server_is_a_timeout(site: Any, clock: Any) -> None:
    site.on("/doc", lambda handler: site.over.wait(20))
    got = failed(ask(site, manners=Manners(pause=0, read_timeout=0.2, attempts=2), clock=clock))
    assert got.code is Failure.TIMEOUT
    assert "read_timeout" in got.message
    assert len(site.paths()) == 2


def drip(site: Any, head: bytes) -> Callable[[Any], None]:
    def answer(handler: Any) -> None:
        handler.wfile.write(head)
        while not site.over.wait(0.02):
            handler.wfile.write(b"X")

    return answer


@pytest.mark.parametrize("head", [b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nX-Slow: "], ids=["body", "headers"])
def test_a_dripping_server_is_cut_off_when_time_is_up(site: Any, head: bytes) -> None:
    site.on("/doc", drip(site, head))
    got = failed(ask(site, manners=Manners(pause=0, read_timeout=5, total_timeout=0.4)))
    assert got.code is Failure.TOTAL_TIME
    assert "total_timeout" in got.message
    assert got.elapsed >= 0.4
    assert site.paths() == ["/doc"]


@pytest.mark.parametrize("sent", [b"<rollcall-vote>" + b"x" * 100_000, b""], ids=["comes", "never comes"])
def test_too_large_is_said_before_it_is_read(site: Any, sent: bytes) -> None:
    def answer(handler: Any) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "200000000")
        handler.end_headers()
        handler.wfile.write(sent)
        site.over.wait(20)

    site.on("/doc", answer)
    got = failed(ask(site, manners=Manners(pause=0, max_bytes=1000, read_timeout=0.3)))
    assert got.code is Failure.TOO_LARGE
    assert "200,000,000" in got.message
    assert "max_bytes" in got.message
    assert got.head == sent[:64_000]
    assert site.paths() == ["/doc"]


def test_a_silence_ends_when_time_is_up_though_more_silence_is_allowed(site: Any) -> None:
    site.on("/doc", lambda handler: site.over.wait(20))
    got = failed(ask(site, manners=Manners(pause=0, read_timeout=15, total_timeout=0.3)))
    assert got.code is Failure.TOTAL_TIME
    assert got.elapsed < 15


def test_a_flood_is_cut_off_when_time_is_up(site: Any) -> None:
    def answer(handler: Any) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while not site.over.is_set():
            handler.wfile.write(b"X" * 64)

    site.on("/doc", answer)
    got = failed(ask(site, manners=Manners(pause=0, total_timeout=0.3, max_bytes=10**12)))
    assert got.code is Failure.TOTAL_TIME


def test_too_large_without_saying_so_is_cut_off(site: Any) -> None:
    def answer(handler: Any) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        while not site.over.is_set():
            handler.wfile.write(b"zz" * 32768)

    site.on("/doc", answer)
    got = failed(ask(site, manners=Manners(pause=0, max_bytes=300_000)))
    assert got.code is Failure.TOO_LARGE
    assert got.head.startswith(b"zzz")
    assert len(got.head) <= 64_000


def test_exactly_the_limit_is_not_too_large(site: Any) -> None:
    site.on("/doc", site.packed(b"x" * 1000))
    assert len(fetched(ask(site, manners=Manners(pause=0, max_bytes=1000))).content) == 1000
    assert failed(ask(site, manners=Manners(pause=0, max_bytes=999))).code is Failure.TOO_LARGE


def test_a_gzip_bomb_is_not_unpacked(site: Any) -> None:
    bomb = gzip.compress(gzip.compress(b"\0" * 100_000_000, 9), 9)
    site.on("/doc", site.send(200, gzip.decompress(bomb), Content_Encoding="gzip"))
    got = failed(ask(site, manners=Manners(pause=0, max_bytes=1_000_000)))
    assert got.code is Failure.TOO_LARGE
    assert "unpacked" in got.message


def test_gzip_in_several_members_is_unpacked_whole(site: Any) -> None:
    site.on("/doc", site.send(200, gzip.compress(b"one ") + gzip.compress(b"two"), Content_Encoding="gzip"))
    assert fetched(ask(site)).content == b"one two"


@pytest.mark.parametrize(
    ("body", "encoding", "code"),
    [
        (gzip.compress(b"x" * 5000, mtime=0)[:-9], "gzip", Failure.BROKEN_OFF),
        (b"no gzip at all", "gzip", Failure.BROKEN_OFF),
        (b"x", "br", Failure.ENCODING),
    ],
)
def test_wrongly_packed_is_an_error(site: Any, body: bytes, encoding: str, code: Failure) -> None:
    site.on("/doc", site.send(200, body, Content_Encoding=encoding))
    assert failed(ask(site)).code is code


def test_half_an_answer_is_asked_for_again(site: Any, clock: Any) -> None:
    def half(handler: Any) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\nConnection: close\r\n\r\nhalf")
        handler.close_connection = True

    site.on("/doc", half, site.send(200, b"whole"))
    assert fetched(ask(site, manners=Manners(pause=0), clock=clock)).content == b"whole"
    site.on("/doc", half)
    assert failed(ask(site)).code is Failure.BROKEN_OFF


def test_nobody_there_is_refused_and_says_what_to_check(site: Any, clock: Any) -> None:
    with Fetcher(Manners(pause=0, attempts=2), clock=clock) as fetcher:
        got = failed(fetcher.fetch(Request("http://127.0.0.1:9/doc", "doc")))
    assert got.code is Failure.REFUSED
    assert "check the network and the address" in got.message
    assert got.status is None
    assert len(clock.slept) == 1


@pytest.mark.parametrize("url", ["ftp://example.org/x", "/votes", "http:///x", "http://a b/", "http://h:port/"])
def test_what_is_no_web_address_is_not_asked_for(url: str) -> None:
    with Fetcher(QUICK) as fetcher:
        assert failed(fetcher.fetch(Request(url, "doc"))).code is Failure.BAD_ADDRESS


def test_a_redirect_is_followed_and_the_last_address_kept(site: Any) -> None:
    site.on("/doc", site.send(301, Location="/moved/here%20now?x=%2F"))
    site.on("/moved/here%20now?x=%2F", site.send(200, b"x", ETag='"new"'))
    got = fetched(ask(site))
    assert (got.url, got.final_url) == (site.url + "/doc", site.url + "/moved/here%20now?x=%2F")


def test_a_redirect_loop_ends(site: Any) -> None:
    site.on("/doc", site.send(302, Location="/doc"))
    got = failed(ask(site, manners=Manners(pause=0, redirects=3)))
    assert got.code is Failure.TOO_MANY_REDIRECTS
    assert len(site.paths()) == 4


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "ftp://example.org/x", "http://169.254.169.254/latest", "http://localhost/x"]
)
def test_a_redirect_off_the_public_web_is_not_followed(site: Any, location: str) -> None:
    site.on("/doc", site.send(302, Location=location))
    got = failed(ask(site))
    assert got.code is Failure.REDIRECT_REFUSED
    assert location in got.message
    assert site.paths() == ["/doc"]


def test_addresses_pass_as_they_are_written(site: Any) -> None:
    path = "/a%2Fb/Orden%C3%B3/x%20y.nsf/($All)?OpenView&q=a%26b&r=1+2"
    site.on(path, site.send(200, b"x"))
    got = fetched(ask_through(site, path))
    assert site.paths() == [path]
    assert got.final_url == OFFICIAL + path


def test_a_stand_in_is_asked_while_addresses_stay_official(site: Any) -> None:
    site.on("/doc", site.send(302, Location=OFFICIAL + "/one"))
    site.on("/one", site.send(302, Location=site.url + "/two"))
    site.on("/two", site.send(302, Location="https://archive.example.net/three"))
    site.on("/three", site.send(302, Location="four"))
    site.on("/four", site.send(200, b"x"))
    got = fetched(ask_through(site))
    assert site.paths() == ["/doc", "/one", "/two", "/three", "/four"]
    assert (got.url, got.final_url) == (OFFICIAL + "/doc", "https://archive.example.net/four")


@pytest.mark.parametrize("at", ["127.0.0.1:80", "ftp://x", "http://127.0.0.1/house", "http://127.0.0.1/?a=1"])
def test_a_stand_in_is_scheme_and_host(at: str) -> None:
    with pytest.raises(ValueError, match="http"):
        Fetcher(QUICK, at=at)


def test_robots_are_asked_once_and_obeyed(site: Any) -> None:
    site.on("/robots.txt", site.send(200, b"User-agent: *\nDisallow: /private\n"))
    site.on("/doc", site.send(200, b"x"))
    with Fetcher(QUICK) as fetcher:
        got = failed(fetcher.fetch(Request(site.url + "/private/doc", "doc")))
        fetched(fetcher.fetch(Request(site.url + "/doc", "doc")))
    assert got.code is Failure.ROBOTS
    assert "Disallow: /private" in got.message
    assert [path for path, _ in site.asked] == ["/robots.txt", "/doc"]


def test_robots_of_a_stand_in_and_after_a_redirect_are_obeyed(site: Any) -> None:
    site.on("/robots.txt", site.send(200, b"User-agent: escrutinio\nDisallow: /private\n"))
    site.on("/doc", site.send(302, Location="/private"))
    assert failed(ask_through(site)).code is Failure.ROBOTS
    assert site.paths() == ["/doc"]


@pytest.mark.parametrize("answer", [(404,), (401,), (403,), (302, b"", "/robots.txt")])
def test_no_robots_to_be_had_allows(site: Any, answer: tuple[Any, ...]) -> None:
    status, body, *location = (*answer, b"") if len(answer) == 1 else answer
    site.on("/robots.txt", site.send(status, body, **({"Location": location[0]} if location else {})))
    site.on("/doc", site.send(200, b"x"))
    assert fetched(ask(site)).content == b"x"


@pytest.mark.parametrize("status", [500, 503, 429])
def test_robots_out_of_reach_forbid_and_are_asked_for_again_later(site: Any, clock: Any, status: int) -> None:
    site.on("/robots.txt", site.send(status), site.send(status), site.send(200, b""))
    site.on("/doc", site.send(200, b"x"))
    with Fetcher(Manners(pause=0, attempts=2), clock=clock) as fetcher:
        request = Request(site.url + "/doc", "doc")
        first, second = failed(fetcher.fetch(request)), failed(fetcher.fetch(request))
        assert site.paths() == []
        assert len(site.asked) == 2
        clock.time += 61
        third = fetched(fetcher.fetch(request))
    assert (first.code, second.code, first.status) == (Failure.ROBOTS_UNREACHABLE, Failure.ROBOTS_UNREACHABLE, status)
    assert "/robots.txt" in first.message
    assert third.content == b"x"


def test_an_endless_robots_is_read_as_far_as_the_standard_asks(site: Any) -> None:
    site.on("/robots.txt", site.send(200, b"User-agent: *\nDisallow: /doc\n" + b"#" * 600_000))
    assert failed(ask(site)).code is Failure.ROBOTS


def test_between_two_requests_lies_the_pause_of_the_sheet(site: Any, clock: Any) -> None:
    site.on("/doc", site.send(200, b"x"))
    with Fetcher(Manners(pause=2.5), clock=clock) as fetcher:
        for _ in range(3):
            fetched(fetcher.fetch(Request(site.url + "/doc", "doc")))
    assert clock.slept == [2.5, 2.5, 2.5]


def test_a_longer_pause_asked_for_by_robots_is_kept(site: Any, clock: Any) -> None:
    site.on("/robots.txt", site.send(200, b"User-agent: *\nCrawl-delay: 10\n"))
    site.on("/doc", site.send(200, b"x"))
    with Fetcher(Manners(pause=2.5), clock=clock) as fetcher:
        for _ in range(3):
            fetched(fetcher.fetch(Request(site.url + "/doc", "doc")))
    assert clock.slept == [2.5, 10, 10]


@pytest.mark.parametrize("concurrency", [1, 3])
def test_no_more_than_the_sheet_allows_are_under_way_at_once(site: Any, concurrency: int) -> None:
    lock, one_too_many = threading.Lock(), threading.Event()
    under_way, most = 0, 0

    def answer(handler: Any) -> None:
        nonlocal under_way, most
        with lock:
            under_way += 1
            most = max(most, under_way)
            if under_way > concurrency:
                one_too_many.set()
        one_too_many.wait(0.2)
        with lock:
            under_way -= 1
        site.send(200, b"x")(handler)

    site.on("/doc", answer)
    with Fetcher(Manners(pause=0, concurrency=concurrency, attempts=1)) as fetcher:
        ends: list[Outcome] = []
        threads = [
            threading.Thread(target=lambda: ends.append(fetcher.fetch(Request(site.url + "/doc", "doc"))))
            for _ in range(6)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert [type(end) for end in ends] == [Fetched] * 6
    assert most == concurrency
    assert [path for path, _ in site.asked].count("/robots.txt") == 1


def test_the_stop_signal_ends_a_pause(site: Any) -> None:
    stop = threading.Event()
    site.on("/doc", site.send(200, b"x"))
    with Fetcher(Manners(pause=3600), stop=stop) as fetcher:
        threading.Timer(0.1, stop.set).start()
        with pytest.raises(Stopped):
            fetcher.fetch(Request(site.url + "/doc", "doc"))
    assert site.paths() == []


def test_the_stop_signal_ends_a_back_off(site: Any) -> None:
    stop = threading.Event()

    def answer(handler: Any) -> None:
        stop.set()
        site.send(503, Retry_After="200")(handler)

    site.on("/doc", answer)
    with Fetcher(Manners(pause=0), stop=stop) as fetcher, pytest.raises(Stopped):
        fetcher.fetch(Request(site.url + "/doc", "doc"))
    assert site.paths() == ["/doc"]


def test_the_stop_signal_ends_a_document_on_its_way(site: Any) -> None:
    stop = threading.Event()

    def answer(handler: Any) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
        stop.set()
        while not site.over.wait(0.02):
            handler.wfile.write(b"X")

    site.on("/doc", answer)
    with Fetcher(QUICK, stop=stop) as fetcher, pytest.raises(Stopped):
        fetcher.fetch(Request(site.url + "/doc", "doc"))


def test_the_stop_signal_lets_waiting_threads_go(site: Any) -> None:
    stop, asked = threading.Event(), threading.Event()

    def answer(handler: Any) -> None:
        asked.set()
        site.over.wait(20)

    site.on("/doc", answer)
    ends: list[str] = []

    def run(fetcher: Fetcher) -> None:
        try:
            ends.append(type(fetcher.fetch(Request(site.url + "/doc", "doc"))).__name__)
        except Stopped:
            ends.append("Stopped")

    with Fetcher(Manners(pause=0, attempts=1, read_timeout=1.5), stop=stop) as fetcher:
        threads = [threading.Thread(target=run, args=(fetcher,)) for _ in range(3)]
        for thread in threads:
            thread.start()
        assert asked.wait(10)
        stop.set()
        for thread in threads:
            thread.join()
    assert sorted(ends) == ["Failed", "Stopped", "Stopped"]


def test_secrets_stay_out_of_messages_and_logs(site: Any, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    # A command that ran before in this process has told it to be silent.
    caplog.set_level(logging.INFO, "httpx")
    url = site.url.replace("http://", "http://desk:hush@") + "/doc?year=2023&api_key=hush#x"
    with Fetcher(QUICK) as fetcher:
        site.on("/doc?year=2023&api_key=hush", site.send(403))
        got = failed(fetcher.fetch(Request(url, "doc")))
    assert "status 403" in got.message
    assert "year=2023&api_key=***" in got.message
    assert any("year=2023" in line for line in caplog.messages)
    assert "hush" not in got.message + caplog.text


def test_certificates_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    for file in (tmp_path / "none.pem", tmp_path / "empty.pem"):
        (tmp_path / "empty.pem").write_text("")
        with pytest.raises(ValueError, match="ESCRUTINIO_CA_FILE"):
            Fetcher(Manners(ca_file=file))
