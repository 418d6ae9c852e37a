"""Do addresses lead where they say, and does a bent one ask the database nothing?"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
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
    assert links.kept({"claim": "a" * 99_999, "date": "2023-05-18"}) == {"claim": "a" * 20_000, "date": "2023-05-18"}


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("", None),
        ("  ", None),
        ("2023-05-19", date(2023, 5, 19)),
        ("2023-05-19T09:00", datetime.fromisoformat("2023-05-19T09:00")),
        ("2023-05-19 09:00:30", datetime.fromisoformat("2023-05-19T09:00:30")),
        ("2023-05-19t09:00z", datetime(2023, 5, 19, 9, tzinfo=UTC)),
        ("2023-05-19T09:00-05:00", datetime(2023, 5, 19, 9, tzinfo=timezone(timedelta(hours=-5)))),
        ("2023-05-19T09:00 02:00", datetime(2023, 5, 19, 9, tzinfo=timezone(timedelta(hours=2)))),
    ],
)
def test_a_moment_asked_for(text: str, asked: date | datetime | None) -> None:
    assert links.asked_moment({"as_of": text}) == asked


@pytest.mark.parametrize(
    "text",
    [
        "yesterday", "2023-02-30", "2023-05-19T25:00", "2023-05-19T09:00+99:00", "0001-01-01", "2023-W20-5", "20230519",
        "٢٠٢٣-05-19", "2023-05-19; DROP TABLE vote", "<script>", "9" * 5000,
    ],
)  # fmt: skip
def test_nonsense_is_no_moment(text: str) -> None:
    with pytest.raises(links.NoMoment) as refused:
        links.asked_moment({"as_of": text})
    assert len(str(refused.value)) <= links.LONGEST


def test_a_moment_in_an_address_is_never_before_the_one_meant() -> None:
    moment = datetime(2023, 5, 19, 9, 0, 0, 1, tzinfo=UTC)
    assert links.vote("a", as_of=moment) == "./vote?id=a&as_of=2023-05-19T09:00:01%2B00:00"
    assert links.plain("a", as_of=moment.replace(microsecond=0)).endswith("as_of=2023-05-19T09:00:00%2B00:00")
    end = datetime(2023, 5, 19, 23, 59, 59, 999_999, tzinfo=timezone(timedelta(hours=-5)))
    assert links.stamp(end) == "2023-05-19T23:59:59-05:00", "the end of a day stays on that day"
