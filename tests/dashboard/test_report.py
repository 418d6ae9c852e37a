"""Does a reader's report of an error say which vote and which figures, and carry nothing that anybody slipped in?"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
import seed

from dashboard.components.escape import letter, safe_address
from tracker.settings import Settings, settings

Open = Callable[..., Any]
DESK = "votes+errors@desk.example.org"


def way(body: str) -> str | None:
    """Return where the link to report an error leads."""
    found = re.search(r'<p class="esc-hint esc-report">(?:<a href="([^"]*)")?', body)
    assert found is not None
    return html.unescape(found[1]) if found[1] else None


@pytest.mark.parametrize("plain", [True, False])
def test_a_message_names_the_vote_the_reading_the_address_and_the_count(
    page: Open, ask: Open, monkeypatch: pytest.MonkeyPatch, plain: bool
) -> None:
    monkeypatch.setenv("ESCRUTINIO_REPORT_TO", DESK)
    monkeypatch.setenv("ESCRUTINIO_PUBLIC_URL", "https://votes.example.org")
    slug = seed.CORRECTED
    body = ask(f"/v/{slug}?version=1&lang=en").body if plain else page("vote", id=slug, version="1", lang="en").html
    address = way(body)
    assert address is not None
    parts = urlsplit(address)
    said = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=True))
    assert (parts.scheme, parts.path, sorted(said)) == ("mailto", DESK, ["body", "subject"])
    assert said["subject"] == f"Error in {slug}, reading 1"
    lines = said["body"].split("\r\n")
    assert f"Page: https://votes.example.org/v/{slug}?version=1" in lines
    assert "The page shows: 5–4" in lines
    assert any(re.fullmatch(r"Reading: 1, SHA-256 [0-9a-f]{64}", line) for line in lines)


def test_an_address_has_its_blanks_filled_in(ask: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ESCRUTINIO_REPORT_TO", "https://desk.example.org/new?vote={id}&reading={version}&page={url}")
    monkeypatch.setenv("ESCRUTINIO_PUBLIC_URL", "https://votes.example.org")
    address = way(ask(f"/v/{seed.CORRECTED}?lang=en").body)
    assert address == (
        f"https://desk.example.org/new?vote={seed.CORRECTED}&reading=2"
        f"&page=https%3A%2F%2Fvotes.example.org%2Fv%2F{seed.CORRECTED}%3Fversion%3D2"
    )


def test_without_a_setting_the_page_says_whom_to_tell_and_what_to_name(ask: Open, page: Open) -> None:
    told = "Tell whoever keeps this page. Vote us-house-2023-519, reading 1."
    for shown in (ask(f"/v/{seed.HOUSE}?lang=en&own=1"), page("vote", id=seed.HOUSE, lang="en")):
        assert told in shown.text
    assert way(ask(f"/v/{seed.HOUSE}?lang=en&own=1").body) is None


def test_a_subject_cannot_add_a_header_or_a_line(ask: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path}/nasty.sqlite"
    engine = seed.open_engine(url)
    seed.upgrade(engine)
    nasty = "A bill\r\nBcc: everybody@example.org\n\n&cc=x@example.org&body=%0D%0Ay \u202e" + "x" * 999
    vote = seed.american(seed.HOUSE, seed.date(2023, 9, 28), nasty, [(seed.YEA, "R", 2), (seed.NAY, "D", 1)])
    writer = seed.Writer(engine, seed.CLERK)
    writer.take(
        seed.reading(seed.CLERK, vote, url="https://clerk.house.gov/1.xml", at=datetime(2023, 9, 28, tzinfo=UTC))
    )
    writer.flush()
    engine.dispose()
    monkeypatch.setenv("ESCRUTINIO_REPORT_TO", DESK)
    address = way(ask(f"/v/{seed.HOUSE}?lang=en", at=url).body)
    assert address is not None
    assert address.count("&") == 1
    assert len(address) < 1200
    (line,) = [one for one in unquote(address.partition("&body=")[2]).split("\r\n") if one.startswith("Subject: ")]
    assert "Bcc: everybody@example.org &cc=x@example.org&body=%0D%0Ay" in line


@pytest.mark.parametrize("subject", ["a\r\nBcc: x@example.org", "a\nb", "a\u2028b", "á&cc=x@example.org?#"])
def test_a_message_has_one_subject_on_one_line(subject: str) -> None:
    address = letter(DESK, subject, ["one\r\ntwo", "three"])
    assert safe_address(address)
    said = dict(parse_qsl(urlsplit(address).query))
    message = EmailMessage()
    message["Subject"] = said["subject"]
    assert len(message["Subject"].splitlines()) == 1
    assert said["body"] == "one two\r\nthree"


@pytest.mark.parametrize(
    "address",
    [
        "mailto:x@example.org", "mailto:x@example.org?subject=a&body=b&cc=y@example.org",
        "mailto:x@example.org,y@example.org?subject=a&body=b", "mailto:x@example.org?subject=a b&body=",
        "mailto:x@example.org?subject=a&body=b\n", "mailto:?subject=a&body=b", "MAILTO:x@example.org?subject=&body=",
    ],
)  # fmt: skip
def test_no_other_message_leaves_a_page(address: str) -> None:
    assert not safe_address(address)


@pytest.mark.parametrize(
    "value",
    [
        "http://desk.example.org/{id}", "javascript:alert(1)", "desk", "a@b", "a@example.org?cc=b@example.org",
        "a@example.org\nb", "a@example.org, b@example.org", "https://desk.example.org/{vote}",
        "https://desk.example.org/{id.__class__}", "https://desk.example.org/{", "mailto:a@example.org",
    ],
)  # fmt: skip
def test_the_setting_takes_an_address_that_is_one(value: str) -> None:
    with pytest.raises(ValueError, match="should be one e-mail address"):
        Settings(report_to=value)


def test_the_setting_may_be_left_out() -> None:
    assert Settings(report_to="").report_to == ""
    assert parseaddr(Settings(report_to=DESK).report_to)[1] == DESK
    assert settings().report_to == ""
