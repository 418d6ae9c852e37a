"""Can a search, a vote and the corrections be followed by a reader of feeds, and does nothing look new that is not?"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import atom_rules
import feedparser
import pytest
import seed
from atom_rules import whole

from dashboard.routes import feeds
from tracker.publish.atom import atom
from tracker.publish.feed import NOTHING_YET, Entry, Feed, tag
from tracker.publish.jsonfeed import json_feed

Ask = Callable[..., Any]
VOTE = f"/feed/v/{seed.CORRECTED}"
EVERY = ("/feed", "/feed/corrections", VOTE)
BAD = "a\x00b\x0b\ufffe\ud800c \u202e]]> <script>alert(1)</script> &"


def made(**more: Any) -> Feed:
    """A feed with one entry full of what does harm."""
    entry = Entry(
        id=tag("example.org", BAD), title=BAD, link="https://example.org/v/1", updated=NOTHING_YET,
        published=NOTHING_YET, content=html.escape(BAD), summary=BAD, language="es", of_title="en", rights=BAD,
        categories=(BAD,),
    )  # fmt: skip
    facts: dict[str, Any] = {
        "id": tag("example.org", "feed"), "title": BAD, "subtitle": BAD, "site": "https://example.org/",
        "page": "https://example.org/votes", "here": "https://example.org/feed.atom",
        "other": ("https://example.org/feed.json", "application/feed+json"), "language": "es", "rights": "free",
        "entries": (entry,),
    }  # fmt: skip
    return Feed(**(facts | more))


@pytest.mark.parametrize("lang", ["es", "en"])
@pytest.mark.parametrize("path", EVERY)
def test_every_feed_keeps_the_rules_of_atom(ask: Ask, path: str, lang: str) -> None:
    answer = ask(f"{path}.atom?lang={lang}")
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/atom+xml"
    assert atom_rules.faults(answer.body.encode()) == []
    read = feedparser.parse(answer.body.encode())
    assert not read.bozo
    assert read.version == "atom10"
    assert read.entries
    assert read.feed.language == lang
    assert [link.type for link in read.feed.links] == [
        "application/atom+xml", "text/html", "application/feed+json",
    ]  # fmt: skip


def test_the_rules_notice_what_breaks_them() -> None:
    good = atom(made())
    assert atom_rules.faults(good) == []
    for was, now in (
        (b"<updated>2026-01-01T00:00:00Z</updated>", b"<updated>1 January</updated>"),
        (b'rel="self"', b'rel="related"'),
        (b'href="https://example.org/v/1"', b'href="./v/1"'),
        (b"<name>Escrutinio</name>", b""),
        (b' xml:lang="es"', b""),
        (b"tag:example.org,2026:feed", b"a feed"),
        (b"<entry", b"<rss>x</rss><entry"),
    ):
        assert was in good
        assert atom_rules.faults(good.replace(was, now, 1)) != [], was


@pytest.mark.parametrize("path", EVERY)
def test_every_feed_is_a_json_feed_too(ask: Ask, path: str) -> None:
    answer = ask(f"{path}.json?lang=en")
    assert answer.headers["content-type"] == "application/feed+json"
    told = json.loads(answer.body)
    assert told["version"] == "https://jsonfeed.org/version/1.1"
    assert told["title"]
    assert told["language"] == "en"
    assert told["authors"][0]["name"] == "Escrutinio"
    assert all(map(whole, (told["home_page_url"], told["feed_url"], told["icon"], told["authors"][0]["url"])))
    assert told["feed_url"].endswith(f"{path}.json?lang=en")
    assert len({item["id"] for item in told["items"]}) == len(told["items"]) > 0
    for item in told["items"]:
        assert whole(item["url"])
        assert whole(item["external_url"])
        assert item["content_html"]
        assert item["language"] == "en"
        assert datetime.fromisoformat(item["date_published"]) <= datetime.fromisoformat(item["date_modified"])
    atoms = feedparser.parse(ask(f"{path}.atom?lang=en").body.encode()).entries
    assert [item["id"] for item in told["items"]] == [entry.id for entry in atoms], "both forms hold the same"


def test_an_entry_says_the_count_the_status_who_broke_ranks_and_where_it_stands(ask: Ask) -> None:
    (entry,) = [
        one
        for one in feedparser.parse(ask("/feed.atom?ch=pe_congress").body.encode()).entries
        if one.id.endswith(seed.FOUNDING)
    ]
    assert entry.id == f"tag:escrutinio.invalid,2026:es/vote/{seed.FOUNDING}"
    assert entry.title.startswith("70–33–4 · Proyecto de resolución legislativa 4766, que propone autorizar el ingreso")
    assert entry.updated == "2023-06-12T14:03:00Z"
    content = entry.content[0].value
    for part in (
        "hubo 70 votos a favor, 33 en contra y 4 abstenciones, incluidos un voto a favor y dos",
        "personas votaron distinto a la mayoría de su grupo.",
        "12-17182425.may.8.jun.2023.pdf#page=61",
    ):
        assert part in content, part
    assert next(link.href for link in entry.links if link.rel == "via").endswith(".pdf#page=61")


def test_what_is_provisional_says_so_in_words_and_a_correction_brings_the_entry_back(ask: Ask, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/waiting.sqlite"
    engine = seed.seeded(url).engine
    first = feedparser.parse(ask("/feed.atom?ch=us_house&lang=en", at=url).body.encode()).entries
    seed.waiting(engine)
    entries = feedparser.parse(ask("/feed.atom?ch=us_house&lang=en", at=url).body.encode()).entries
    assert entries[0].id.endswith(seed.PROVISIONAL)
    assert entries[0].title.startswith("PROVISIONAL · 4–2 · ")
    assert entries[0].summary.startswith("PROVISIONAL. The vote in the U.S. House")
    assert entries[0].summary.endswith("according to the provisional record.")
    assert "Without the votes recorded by voice so far" in entries[0].content[0].value
    assert (entries[0].published, entries[0].updated) == ("2023-09-30T18:00:00Z", "2023-09-30T19:00:00Z")
    assert [(e.id, e.updated) for e in entries[1:]] == [(e.id, e.updated) for e in first], "nothing else looks new"


def test_the_feed_of_a_vote_tells_each_reading_with_its_cause_and_the_numbers_that_moved(ask: Ask) -> None:
    changed, first = feedparser.parse(ask(f"{VOTE}.atom?lang=en").body.encode()).entries
    assert changed.title == "Final 5–4–0 → 4–5–0 · Reading 2 · H.R. 7: A bill whose roll was put right"
    assert changed.summary.startswith("The source changed the document; Final 5–4–0 → 4–5–0; Board 5–4–0 → 4–5–0")
    assert "Member 005: Vote Yea → Nay" in changed.summary.replace("vote", "Vote")
    assert changed.link.endswith(f"/v/{seed.CORRECTED}?version=2&lang=en")
    assert first.title.startswith("5–4 · Reading 1 · ")
    assert first.summary == "Collected for the first time; 5–4"
    (same,) = feedparser.parse(ask("/feed/corrections.atom?lang=en&cause=source&ch=us_house").body.encode()).entries
    assert (same.id, same.updated, same.title) == (changed.id, changed.updated, changed.title)
    assert ask("/feed/corrections.atom?cause=reader").body.count("<entry") == 0


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=tropas", {seed.FOUNDING, seed.SHEET}),
        ("q=ingrso+militar&exact=true", set()),
        ("state=doubtful", {seed.DOUBTFUL}),
        ("out=turned", {seed.SENATE}),
        ("out=said:McCarthy", {seed.SPEAKER}),
        ("out=no", {seed.CORRECTED}),
        ("margin=1&ch=us_house", {seed.CORRECTED, seed.HOSTILE}),
        ("group=R&stand=no&ch=us_senate", {seed.SENATE}),
        ("kind=On+the+Cloture+Motion", {seed.SENATE}),
        ("since=2023-05-19&until=2023-05-19", {seed.FOUNDING, seed.SHEET}),
        ("sort=closest&since=2023-09-01", {seed.HOUSE}),
        ("nobody=knows&ch=us_senate", {seed.SENATE}),
    ],
)
def test_any_search_is_a_feed(ask: Ask, query: str, found: set[str]) -> None:
    told = json.loads(ask(f"/feed.json?{query}").body)
    assert {item["id"].rpartition("/")[2] for item in told["items"]} == found
    assert "nobody" not in told["feed_url"]


@pytest.mark.parametrize(
    "query", ["ch=nowhere", "state=maybe", "out=perhaps", "margin=many", "since=yesterday", "since=2023-02-31",
              "stand=yes", "sort=random", "exact=sure", "kind=%00", f"q={'x' * 300}"],
)  # fmt: skip
def test_what_cannot_be_chosen_is_refused_rather_than_answered_with_everything(ask: Ask, query: str) -> None:
    answer = ask(f"/feed.atom?{query}&lang=en")
    assert answer.status == 400
    assert "The address asks for something that cannot be chosen" in answer.text
    assert json.loads(ask(f"/feed.json?{query}").body)["error"] == "no_choice"


@pytest.mark.parametrize("path", ["/feed.rss", "/feed/v/nobody.atom", "/feed/v/..%2F.atom", "/feed/x.atom"])
def test_a_feed_that_is_none(ask: Ask, path: str) -> None:
    assert ask(path).status == 404


@pytest.mark.parametrize("path", [f"{path}.{form}" for path in EVERY for form in ("atom", "json")])
def test_whoever_holds_a_feed_gets_it_again_only_when_it_changed(ask: Ask, path: str) -> None:
    whole = ask(path)
    tag, changed = whole.headers["etag"], whole.headers["last-modified"]
    assert re.fullmatch(r'"[0-9a-f]{24}"', tag), "a strong one"
    for name, value, status in (
        ("If_None_Match", tag, 304), ("If_None_Match", f'"x", W/{tag}', 304), ("If_None_Match", "*", 304),
        ("If_None_Match", '"x"', 200), ("If_Modified_Since", changed, 304),
        ("If_Modified_Since", "Mon, 01 Jan 2001 00:00:00 GMT", 200), ("If_Modified_Since", "soon", 200),
    ):  # fmt: skip
        answer = ask(path, **{name: value})
        assert answer.status == status, (name, value)
        assert (answer.headers["etag"], answer.headers["last-modified"]) == (tag, changed)
        assert bool(answer.body) is (status == 200)
    assert ask(path, If_None_Match='"x"', If_Modified_Since=changed).status == 200
    packed = ask(path, Accept_Encoding="gzip")
    assert packed.headers["etag"] == f'{tag[:-1]}-gzip"', "other bytes"
    assert (packed.headers["vary"], packed.headers["content-encoding"]) == ("Accept-Encoding", "gzip")
    head = ask(path, method="HEAD")
    assert (head.status, head.body, head.headers["etag"]) == (200, "", tag)


def test_a_reader_of_feeds_that_comes_again_is_told_that_nothing_is_new(ask: Ask, plain_port: int) -> None:
    assert ask("/feed.atom").status == 200
    address = f"http://127.0.0.1:{plain_port}/feed.atom"
    first = feedparser.parse(address)
    assert (first.status, len(first.entries)) == (200, 9)
    again = feedparser.parse(address, etag=first.etag)
    assert (again.status, again.entries) == (304, [])
    assert feedparser.parse(address, modified=first.modified).status == 304


def test_new_data_that_change_nothing_of_a_feed_leave_its_tag(ask: Ask, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/moving.sqlite"
    engine = seed.seeded(url).engine
    before = ask("/feed.atom?ch=us_senate", at=url).headers["etag"]
    all_of_it = ask("/feed.atom", at=url).headers["etag"]
    seed.moved(engine, 1)
    assert ask("/feed.atom?ch=us_senate", at=url, If_None_Match=before).status == 304
    assert ask("/feed.atom", at=url, If_None_Match=all_of_it).status == 200


def test_a_long_feed_goes_on_and_ends(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "MOST", 2)
    feeds._made.cache_clear()
    seen: list[str] = []
    address: str | None = "/feed.atom?ch=us_house"
    while address:
        answer = ask(address)
        assert atom_rules.faults(answer.body.encode()) == []
        read = feedparser.parse(answer.body.encode())
        seen += [entry.id for entry in read.entries]
        ways = {link.rel: link.href for link in read.feed.links}
        assert ("previous" in ways) is ("page=" in address)
        address = ways["next"].partition("://")[2].partition("/")[2] if "next" in ways else None
        address = f"/{address}" if address else None
    assert len(seen) == len(set(seen)) == 6
    feeds._made.cache_clear()


def test_an_empty_feed_is_valid_and_was_never_changed(ask: Ask, empty: str) -> None:
    answer = ask("/feed.atom", at=empty)
    assert atom_rules.faults(answer.body.encode()) == []
    assert feedparser.parse(answer.body.encode()).feed.updated == "2026-01-01T00:00:00Z"


def test_hostile_text_stays_text(ask: Ask) -> None:
    body = ask("/feed.atom?ch=us_house").body
    assert atom_rules.faults(body.encode()) == []
    assert "<script" not in body
    (entry,) = [one for one in feedparser.parse(body.encode(), sanitize_html=False).entries if "302" in one.id]
    assert "<script" not in entry.content[0].value
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in entry.content[0].value


def test_signs_that_xml_cannot_hold_are_left_out() -> None:
    assert atom_rules.faults(atom(made())) == []
    assert feedparser.parse(atom(made())).feed.title.startswith("abc")
    item = json.loads(json_feed(made()))["items"][0]
    assert item["title"].startswith("abc")
    assert json.loads(json_feed(made(ahead="https://example.org/2")))["next_url"] == "https://example.org/2"


def test_addresses_follow_the_setting_and_ids_its_host(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ESCRUTINIO_PUBLIC_URL", "https://votes.example.org/tracker")
    read = feedparser.parse(ask("/feed.atom?ch=us_senate").body.encode())
    assert read.feed.id == "tag:votes.example.org,2026:es/feed/ch=us_senate"
    assert read.entries[0].id == f"tag:votes.example.org,2026:es/vote/{seed.SENATE}"
    assert read.entries[0].link == f"https://votes.example.org/tracker/v/{seed.SENATE}"


def test_what_turns_the_direction_of_text_stays_out_of_a_title(ask: Ask) -> None:
    assert "\u202e" not in feedparser.parse(ask("/feed.atom?q=%E2%80%AEtropas").body.encode()).feed.title


def test_a_host_that_can_be_none_gets_into_nothing(ask: Ask) -> None:
    body = ask("/feed.atom", Host='evil"><script>').body
    assert "evil" not in body
    assert atom_rules.faults(body.encode()) == []


def test_pages_lead_to_their_feeds(ask: Ask, page: Callable[..., Any]) -> None:
    body = ask(f"/v/{seed.CORRECTED}?lang=en").body
    assert f'type="application/atom+xml" title="Feed of the changes to this vote" href=".{VOTE}.atom?lang=en"' in body
    assert 'title="Escrutinio · Votes" href="./feed.atom?lang=en"' in body
    assert f'<a href=".{VOTE}.atom?lang=en" type="application/atom+xml">Feed of the changes to this vote</a>' in body
    assert f'href=".{VOTE}.atom"' in page("vote", id=seed.CORRECTED).html
    shown = page("votes", q="tropas", ch="pe_congress", lang="en")
    assert 'href="./feed.atom?q=tropas&amp;ch=pe_congress&amp;lang=en">Feed of these votes</a>' in shown.html
    assert 'href="./feed/corrections.atom?cause=source">Feed de los cambios</a>' in page("changes", cause="source").html


def test_a_moment_is_told_to_the_second_and_in_utc() -> None:
    late = datetime(2026, 1, 1, 1, tzinfo=UTC) + timedelta(microseconds=5)
    (entry,) = made().entries
    feed = made(entries=(entry, Entry(**{name: getattr(entry, name) for name in Entry.__slots__} | {"updated": late})))
    assert feedparser.parse(atom(feed)).feed.updated == "2026-01-01T01:00:00Z"
