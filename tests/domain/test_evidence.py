"""Does evidence name its bytes, its time and its place, or refuse to be?"""

from __future__ import annotations

import dataclasses
import hashlib
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.evidence import Document, Origin, Page, Request, Word

ASKED = Request("https://clerk.house.gov/evs/2023/roll519.xml", "roll_call", date(2023, 10, 3))
NOON = datetime(2023, 10, 4, 12, tzinfo=UTC)
SHA = hashlib.sha256(b"x").hexdigest()


@given(st.binary(max_size=200))
def test_bytes_are_named_by_their_digest(content: bytes) -> None:
    document = Document.of(ASKED, content, NOON, "text/xml")
    assert document.sha256 == hashlib.sha256(content).hexdigest()
    assert (document.url, document.role, document.content) == (ASKED.url, "roll_call", content)


def test_evidence_is_not_altered() -> None:
    document = Document.of(ASKED, b"<rollcall-vote/>", NOON)
    with pytest.raises(dataclasses.FrozenInstanceError):
        document.content = b""  # type: ignore[misc]


@pytest.mark.parametrize("sha256", ["", "abc", SHA.upper(), SHA + "0", SHA[:-1] + "g", SHA + "\n"])
def test_what_is_no_digest_is_refused(sha256: str) -> None:
    with pytest.raises(ValueError, match="no SHA-256"):
        Document(ASKED, b"", sha256, NOON)
    with pytest.raises(ValueError, match="no SHA-256"):
        Origin("us_house", ASKED.url, sha256, NOON, "roll_call/1", "0")


LIMA = timezone(timedelta(hours=-5))


@pytest.mark.parametrize("when", [NOON.replace(tzinfo=None), NOON.astimezone(LIMA)])
def test_times_are_kept_in_utc(when: datetime) -> None:
    with pytest.raises(ValueError, match="kept in UTC"):
        Document.of(ASKED, b"", when)
    with pytest.raises(ValueError, match="kept in UTC"):
        Origin("us_house", ASKED.url, SHA, when, "roll_call/1", "0")


@pytest.mark.parametrize(("url", "role"), [("", "roll_call"), ("https://clerk.house.gov", "")])
def test_a_request_says_what_for(url: str, role: str) -> None:
    with pytest.raises(ValueError, match="needs an address and a role"):
        Request(url, role)


def test_requests_are_told_apart_by_address_role_and_day() -> None:
    assert len({ASKED, Request(ASKED.url, ASKED.role, ASKED.day), Request(ASKED.url, "index", ASKED.day)}) == 2
    assert hash(Request("u", "r", context={"a": "1"})) == hash(Request("u", "r"))


@pytest.mark.parametrize(
    "facts",
    [
        {"box": (0.5, 0.1, 0.4, 0.2)},
        {"box": (0.1, 0.3, 0.4, 0.2)},
        {"box": (float("nan"), 0.1, 0.4, 0.2)},
        {"confidence": 1.01},
        {"confidence": -0.1},
        {"confidence": float("nan")},
    ],
)
def test_a_word_lies_on_its_page(facts: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"inside out|cannot be"):
        Word(**({"text": "SI", "box": (0.1, 0.1, 0.2, 0.2)} | facts))


def test_pages_are_numbered_from_one() -> None:
    assert Page(1, (Word("SI", (0.1, 0.1, 0.2, 0.2)),)).words[0].confidence == 1
    with pytest.raises(ValueError, match="numbered from 1"):
        Page(0, ())


def test_two_bodies_at_one_address_are_two_addresses() -> None:
    here = "https://api.example.org/list"
    first, same, other = (Request.posting(here, {"page": page, "of": None}, "list", {"k": "v"}) for page in (1, 1, 2))
    assert first == same
    assert first.url == same.url != other.url
    assert {request.url.partition("#")[0] for request in (first, other)} == {here}
    assert first.body == '{"page":1,"of":null}'
    assert dict(first.context) == {"k": "v"}


@pytest.mark.parametrize(
    ("url", "body", "problem"),
    [
        ("https://api.example.org/list", "{}", "does not name the body"),
        ("https://api.example.org/list#post-0000000000000000", "{}", "does not name the body"),
        ("https://api.example.org/list", "[]", "JSON object"),
        ("https://api.example.org/list", "{", "should be JSON"),
        ("https://api.example.org/list", '{"q":"' + "x" * 10_000 + '"}', "at most 10,000"),
    ],
)
def test_a_body_that_is_none_or_anothers_is_refused(url: str, body: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        Request(url, "list", body=body)
