"""Do addresses lead where they say, and does a bent one ask the database nothing?"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dashboard import links
from dashboard import views as views_of


def test_addresses_are_relative_and_leave_out_what_is_empty() -> None:
    assert links.to("votes", None, q="", ch=None) == "./votes"
    assert links.to("votes", "en", q="a&b=c d", page=2) == "./votes?q=a%26b%3Dc+d&page=2&lang=en"
    assert links.vote("us-house-2023-519", version=2) == "./vote?id=us-house-2023-519&version=2"
    day = date(2023, 5, 18)
    assert links.sitting("pe_congress", day) == "./votes?ch=pe_congress&since=2023-05-18&until=2023-05-18"
    assert links.term("split", "en") == "./method?term=split&lang=en"


def test_every_page_has_a_view_and_every_view_a_page() -> None:
    views = {path.stem for path in Path(views_of.__path__[0]).glob("[a-z]*.py")}
    assert views == {"overview", *links.PAGES, *links.LED_TO}


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ({"id": "pe-2023-05-18-23"}, ("pe-2023-05-18-23", None)),
        ({"id": "a", "version": "3"}, ("a", 3)),
        ({"id": "a", "version": "٣"}, ("a", None)),
        ({"id": "../etc"}, (None, None)),
        ({"id": "a\nb"}, (None, None)),
        ({}, (None, None)),
    ],
)
def test_a_vote_asked_for(query: dict[str, str], asked: tuple[str | None, int | None]) -> None:
    assert links.asked_vote(query) == asked


def test_only_what_a_page_knows_is_carried_on() -> None:
    assert links.kept({"q": "x", "lang": "en", "evil": "1", "id": "a" * 999}) == {"q": "x", "id": "a" * 200}
