"""Is a question that must be sent asked as politely as any page, and kept so that it can be read again?"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tracker.archive import journal
from tracker.archive.fetch import Absent, Failed, Failure, Fetched, Fetcher, Manners, Outcome
from tracker.archive.journal import Sighting
from tracker.archive.store import Store
from tracker.domain.evidence import Request

QUICK = Manners(pause=0, attempts=1, read_timeout=5, total_timeout=10)
ASKED = {"perParId": 2026, "codTipoParl": "S", "comisionId": None, "palabras": "niñez", "rowStart": 0}
OFFICIAL = "https://bills.example.org/list"


def question(site: Any, **more: object) -> Request:
    return Request.posting(f"{site.url}/list", ASKED | more, "list")


def ask(site: Any, manners: Manners = QUICK, clock: Any = None, **more: Any) -> Outcome:
    with Fetcher(manners, clock=clock) as fetcher:
        return fetcher.fetch(question(site), **more)


def posted(site: Any) -> list[tuple[str, bytes]]:
    """The path and body of everything that was sent, robots.txt left out."""
    return [(path, body) for method, path, body in site.sent if method == "POST"]


def test_the_body_is_sent_as_json_and_the_fragment_is_not(site: Any) -> None:
    site.on("/list", site.send(200, b'{"code":200}', Content_Type="application/json", ETag='"v1"'))
    got = ask(site)
    assert isinstance(got, Fetched)
    assert got.url == question(site).url
    [(path, body)] = posted(site)
    assert path == "/list"
    assert json.loads(body) == ASKED
    headers = site.asked[-1][1]
    assert headers["content-type"] == "application/json"
    assert headers["user-agent"].startswith("escrutinio/")
    assert [method for method, path, _ in site.sent if path == "/robots.txt"] == ["GET"]


def test_a_stand_in_is_asked_in_the_official_sites_place(site: Any) -> None:
    site.on("/list", site.send(200, b"{}"))
    with Fetcher(QUICK, at=site.url) as fetcher:
        got = fetcher.fetch(Request.posting(OFFICIAL, ASKED, "list"))
    assert isinstance(got, Fetched)
    assert got.final_url == Request.posting(OFFICIAL, ASKED, "list").url
    assert posted(site)


def test_no_condition_is_made(site: Any) -> None:
    site.on("/list", site.send(200, b"{}"))
    ask(site, etag='"v1"', last_modified="then")
    assert not {"if-none-match", "if-modified-since"} & set(site.asked[-1][1])
    site.on("/list", site.send(304))
    got = ask(site, etag='"v1"')
    assert isinstance(got, Failed)
    assert got.status == 304


def test_it_is_asked_again_like_any_other(site: Any, clock: Any) -> None:
    site.on("/list", site.send(503, b"busy", Retry_After="7"), site.send(200, b"{}"))
    assert isinstance(ask(site, Manners(pause=0, attempts=2), clock), Fetched)
    assert len(posted(site)) == 2
    assert len({body for _, body in posted(site)}) == 1
    assert 7 in clock.slept


def test_robots_bounds_and_absence_hold(site: Any) -> None:
    site.on("/list", site.send(404, b"no"))
    assert isinstance(ask(site), Absent)
    site.on("/list", site.send(200, b"x" * 2000))
    too_long = ask(site, Manners(pause=0, attempts=1, max_bytes=1000))
    assert isinstance(too_long, Failed)
    assert too_long.code is Failure.TOO_LARGE
    site.on("/robots.txt", site.send(200, b"User-agent: *\nDisallow: /list"))
    before = len(posted(site))
    forbidden = ask(site)
    assert isinstance(forbidden, Failed)
    assert forbidden.code is Failure.ROBOTS
    assert len(posted(site)) == before


@pytest.mark.parametrize("status", [307, 308])
def test_a_redirect_that_keeps_the_question_is_followed(site: Any, status: int) -> None:
    site.on("/list", site.send(status, Location="/moved"))
    site.on("/moved", site.send(200, b"{}"))
    assert isinstance(ask(site), Fetched)
    assert [path for path, _ in posted(site)] == ["/list", "/moved"]
    assert len({body for _, body in posted(site)}) == 1


@pytest.mark.parametrize("status", [301, 302, 303])
def test_a_redirect_that_would_drop_the_question_is_refused(site: Any, status: int) -> None:
    site.on("/list", site.send(status, Location="/moved"))
    site.on("/moved", site.send(200, b"{}"))
    got = ask(site)
    assert isinstance(got, Failed)
    assert (got.code, got.status) == (Failure.REDIRECT_REFUSED, status)
    assert site.paths() == ["/list"]


NOON = datetime(2026, 10, 9, 12, tzinfo=UTC)


def seen(store: Store, request: Request, content: bytes) -> Sighting:
    return Sighting("pe_bills", request.role, request.url, store.put(content), NOON, body=request.body)


def test_the_journal_keeps_what_was_asked(tmp_path: Path) -> None:
    store = Store(tmp_path)
    first, second = (Request.posting(OFFICIAL, ASKED | {"rowStart": row}, "list") for row in (0, 1000))
    plain = Request("https://bills.example.org/page", "page")
    for request, content in ((first, b"one"), (second, b"two"), (plain, b"three")):
        store.record(seen(store, request, content))
    documents = {document.content: document.request for document in map(store.document, store.sightings())}
    assert documents == {b"one": first, b"two": second, b"three": plain}
    assert all(checked.state == "ok" for checked in store.verify())


def test_a_line_without_a_body_is_written_as_ever(tmp_path: Path) -> None:
    store = Store(tmp_path)
    _, _, plain = journal.encode([seen(store, Request("https://bills.example.org/page", "page"), b"x")])
    _, _, sent = journal.encode([seen(store, Request.posting(OFFICIAL, ASKED, "list"), b"x")])
    assert json.loads(plain)["version"] == 1
    assert "body" not in json.loads(plain)
    assert json.loads(sent)["version"] == 2


@pytest.mark.parametrize(
    ("was", "now", "problem"),
    [
        (b'"version":2', b'"version":1', "version 1"),
        (b'rowStart\\":0', b'rowStart\\":1', "does not name the body"),
        (b'"body":"', b'"body":"x', "should be JSON"),
    ],
)
def test_a_line_whose_body_was_altered_is_refused(tmp_path: Path, was: bytes, now: bytes, problem: str) -> None:
    _, _, content = journal.encode([seen(Store(tmp_path), Request.posting(OFFICIAL, ASKED, "list"), b"x")])
    assert was in content
    with pytest.raises(ValueError, match=problem):
        journal.decode(content.replace(was, now))
