"""Do the form without scripts and the address for programs check texts, and keep to their limits?"""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, quote_plus, urlencode

import pytest

from dashboard.components.verdicts import EXAMPLE
from dashboard.routes import check
from dashboard.routes.limits import Limit
from dashboard.routes.templates import FORM_POLICY
from tracker.claims.match import check as hold
from tracker.claims.shape import as_json
from tracker.queries.database import connect

Ask = Callable[..., Any]
Post = Callable[..., tuple[int, dict[str, str], Any]]
HOSTILE = '</textarea><script>alert(1)</script> With 70 votes in favor, 33 no <img src=x onerror="alert(2)"> approved'
JSON = "application/json"


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every test begin with a full bucket."""
    monkeypatch.setattr(check, "CHECKS", Limit(30))


@pytest.fixture
def post(ask: Ask) -> Post:
    """Send a body to `/api/check`; give status, headers and what came back as JSON."""

    def send(body: bytes, kind: str = JSON, at: str | None = None) -> tuple[int, dict[str, str], Any]:
        came = ask("/api/check", method="POST", body=body, at=at, Content_Type=kind)
        return came.status, came.headers, json.loads(came.body)

    return send


@pytest.mark.parametrize("path", ["/check", "/plain/check"])
def test_the_form_comes_without_a_script(ask: Ask, path: str) -> None:
    answer = ask(f"{path}?lang=en")
    assert answer.status == 200
    assert f'action=".{path}"' in answer.body
    assert 'method="get"' in answer.body
    assert "<script" not in answer.body
    assert answer.headers["content-security-policy"] == FORM_POLICY
    assert "form-action 'self'" in FORM_POLICY


def test_a_text_is_answered_with_cards_whose_links_stay_plain(ask: Ask) -> None:
    answer = ask(f"/plain/check?lang=en&claim={quote(EXAMPLE)}")
    assert answer.status == 200
    assert "70–33–4" in answer.text
    assert 'rows="2"' in answer.body, "the form makes room for the answer"
    assert "How this was reached" in answer.text
    assert 'href="./v/pe-' in answer.body
    assert EXAMPLE in answer.body.partition("<textarea")[2].partition("</textarea>")[0]
    assert answer.headers["cache-control"] == "no-store"
    for address in (
        f'"./plain/check?claim={quote_plus(EXAMPLE)}&amp;lang=es"',
        f'"./check?claim={quote_plus(EXAMPLE)}&',
    ):
        assert f"href={address}" in answer.body, "the other language and the dashboard keep the text"


def test_hostile_text_stays_text_in_the_form(ask: Ask) -> None:
    answer = ask(f"/check?lang=en&claim={quote(HOSTILE)}")
    assert answer.status == 200
    assert html.escape("</textarea><script>alert(1)</script>") in answer.body
    assert "<script" not in answer.body
    assert "<img" not in answer.body


@pytest.mark.parametrize(
    ("query", "status", "told"),
    [
        (f"claim={'a' * 20_001}", 422, "20,001 characters; this page reads at most 20,000"),
        ("claim=70%00to+33", 422, "no text that can be read"),
        ("claim=70+to+33+votes&date=yesterday", 400, "written as 2023-05-18"),
        ("claim=70+to+33+votes+yesterday&date=0001-01-01", 400, "written as 2023-05-18"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(ask: Ask, query: str, status: int, told: str) -> None:
    answer = ask(f"/plain/check?lang=en&{query}")
    assert (answer.status, told in answer.text) == (status, True)


def test_programs_get_the_shape_of_the_command(post: Post, database: str) -> None:
    status, headers, told = post(json.dumps({"text": EXAMPLE, "date": None}).encode())
    assert (status, headers["content-type"]) == (200, JSON)
    assert told == json.loads(json.dumps(as_json(hold(connect(database), EXAMPLE))))
    assert told["claims"][0]["matches"][0]["matched"] == "final"
    assert post(EXAMPLE.encode(), "text/plain; charset=utf-8")[2] == told
    assert post(json.dumps({"text": EXAMPLE, "date": "2023-05-20"}).encode())[2]["written"] == "2023-05-20"


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", JSON, 400), (b"[" * 90_000, JSON, 400), (b"[]", JSON, 400), (b'{"text": 7}', JSON, 400),
        (b'{"text": "70 to 33", "date": "soon"}', JSON, 400), (b'{"text": "70 to 33", "date": 7}', JSON, 400),
        (b'{"text": "\\ud800 70 to 33"}', JSON, 422), (b"\xff\xfe", JSON, 400), (b"\xff", "text/plain", 400),
        (b"", "text/plain", 422), (b"a\0b", "text/plain", 422), (b'{"text": " "}', JSON, 422),
        (b"a" * 100_001, "text/plain", 413), (b'{"text": "70 to 33 yesterday", "date": "0001-01-01"}', JSON, 422),
    ],
)  # fmt: skip
def test_what_cannot_be_checked_is_a_problem(post: Post, body: bytes, kind: str, status: int) -> None:
    came, headers, told = post(body, kind)
    assert (came, told["status"]) == (status, status)
    assert headers["content-type"] == "application/problem+json"
    assert told["title"]
    assert told["detail"]


def test_an_unreadable_database_is_said_to_be_one(ask: Ask, post: Post) -> None:
    nowhere = "sqlite:////nowhere/votes.sqlite"
    status, headers, told = post(EXAMPLE.encode(), "text/plain", nowhere)
    assert (status, "no database" in told["detail"], "retry-after" in headers) == (503, True, True)
    assert ask("/check", at=nowhere).status == 503


def test_who_asks_too_often_is_told_when_to_come_back(ask: Ask, post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "CHECKS", Limit(2))
    assert post(b"70 to 33", "text/plain")[0] == 200
    assert ask("/check?claim=70+to+33").status == 200
    status, headers, told = post(b"70 to 33", "text/plain")
    assert (status, told["status"]) == (429, 429)
    assert 0 < int(headers["retry-after"]) <= 30
    answer = ask("/plain/check?lang=en&claim=70+to+33")
    assert (answer.status, "Too many checks" in answer.text) == (429, True)
    assert ask("/check").status == 200, "the empty form costs nothing"


def test_the_form_offers_a_draft_of_a_claim_review(ask: Ask) -> None:
    article = "https://press.example/a?b=1&c"
    came = ask(f"/plain/check?lang=en&claim={quote(EXAMPLE)}&date=2023-05-20&appeared={quote(article, safe='')}")
    page = came.body
    assert '<input form="check" id="appeared" name="appeared" type="url"' in page
    assert 'value="https://press.example/a?b=1&amp;c"' in page
    written = page.partition('aria-label="Draft of a ClaimReview (JSON-LD)">')[2].partition("</pre>")[0]
    draft = json.loads(html.unescape(written))
    assert draft["claimReviewed"] == EXAMPLE
    assert draft["itemReviewed"]["appearance"]["url"] == article
    assert draft["reviewRating"]["ratingValue"] == ""
    assert draft["url"].endswith(f"/check?{urlencode({'claim': EXAMPLE, 'date': '2023-05-20'})}")


def test_what_is_no_address_does_not_come_back(ask: Ask) -> None:
    came = ask(f"/plain/check?lang=en&claim={quote(EXAMPLE)}&appeared={quote('javascript:alert(1)')}")
    assert "javascript" not in came.body
