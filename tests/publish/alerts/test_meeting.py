"""Does an alert agree with the lists of votes, and is a thing told once, whatever papers record it?"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import seed
from newsroom import FAR, SHEETS, Hook, Newsroom, house, official, provisional, sheet

from tracker.domain.votes import Position, Tally
from tracker.publish.alerts import Sent, plan, rehearse
from tracker.publish.meeting import Age, asks, meets, sift
from tracker.publish.messages import message
from tracker.queries.alerted import Because, Kind, ready
from tracker.queries.votes import meeting
from tracker.storage.write import Fetch, Reading

MINUTES_URL = "https://www2.congreso.gob.pe/actas/12-17182425.may.8.jun.2023.pdf"
FLORES = seed.slug("Flores Ruíz, Víctor Seferino")
DAVILA = seed.slug("Dávila Atanacio, Pasión Neomias")
RULES: list[dict[str, Any]] = [
    {"text": "tropas"}, {"text": "H.R. 4365"}, {"text": "70-33-4"}, {"text": "ingrso militar"}, {"bill": "4766"},
    {"bill": "H.R. 4365"}, {"legislature": ["us_house"]}, {"legislature": ["pe_sheets"]}, {"legislature": ["nowhere"]},
    {"margin": 1}, {"margin": 40}, {"kind": "YEA-AND-NAY"}, {"group": "FP", "stand": "yes"},
    {"group": "PL", "stand": "yes"}, {"verdict": "doubtful"}, {"result": "Passed"}, {"ahead": "no"}, {"turned": True},
    {"legislature": ["us_house"], "margin": 160, "kind": "YEA-AND-NAY"}, {"status": "provisional"},
]  # fmt: skip


def everything(newsroom: Newsroom) -> None:
    """Let a source of each chamber bring what it has."""
    newsroom.run(SHEETS, sheet(official()))
    page = "https://clerk.house.gov/evs/2023/{}.xml"
    readings = [
        seed.reading(seed.CLERK, vote, url=page.format(n), at=newsroom.now) for n, vote in enumerate(seed.house_votes())
    ]
    newsroom.run(seed.CLERK, *readings)


def test_a_rule_is_met_by_the_votes_that_a_list_shows(newsroom: Newsroom) -> None:
    everything(newsroom)
    told, quiet = sift(newsroom.reader, ready(newsroom.reader), None)
    assert quiet == {}
    some = 0
    for asked in RULES:
        (rule,) = newsroom.post({"to": ["env:X"]} | asked).rules
        met = {one.event.vote for one in meets(newsroom.reader, rule, told)}
        if "nowhere" in rule.legislature:
            assert met == set(), "a chamber that is not on record yet"
        elif not rule.bill:
            assert met == meeting(newsroom.reader, asks(rule)), asked
        else:
            assert met == {seed.SHEET if rule.bill == "4766" else seed.HOUSE}
        some += bool(met)
    assert some > len(RULES) / 2


ASKED: list[tuple[dict[str, Any], bool]] = [
    ({"broke_ranks": 7}, True),
    ({"broke_ranks": 8}, False),
    ({"broke_ranks": 19, "ranks_rule": "needed_yes"}, True),
    ({"member": FLORES}, True),
    ({"member": FLORES, "position": "yes"}, True),
    ({"member": FLORES, "position": ["no", "not_cast"]}, False),
    ({"member": DAVILA, "rebel": True}, True),
    ({"member": FLORES, "rebel": True}, False),
    ({"member": "nobody"}, False),
    ({"vote": seed.SHEET}, True),
    ({"vote": seed.HOUSE}, False),
    ({"tell": "changed"}, False),
    ({"tell": "new", "text": "militar", "margin": 40, "broke_ranks": 1}, True),
    ({"tell": "new", "text": "militar", "margin": 30}, False),
    ({"trouble": "failing"}, False),
]  # fmt: skip


def test_what_is_asked_of_members_and_all_else_must_all_be_met(small: Newsroom) -> None:
    small.run(SHEETS, sheet(official()))
    told, _ = sift(small.reader, ready(small.reader), None)
    for asked, met in ASKED:
        (rule,) = small.post({"to": ["env:X"]} | asked).rules
        assert bool(meets(small.reader, rule, told)) is met, asked


def test_provisional_then_official_is_one_message_with_the_moved_numbers(small: Newsroom, hook: Hook) -> None:
    rule = {"to": [hook.address()], "vote": seed.SHEET, "language": "es"}
    small.run(SHEETS, sheet(provisional()))
    assert small.deliver(rule) == Sent(sent=1)
    small.run(SHEETS, sheet(official(), day=1))
    assert small.deliver(rule) == Sent(sent=1)
    first, second = (one["message"] for one in hook.got)
    assert "PROVISIONAL: falta el registro oficial." in first
    assert "votación de las 00:10, 19 de mayo de 2023" in second
    assert (
        "Cambió el documento oficial: a favor 69→70 (+Flores Ruíz); en contra 31→33 (+Portalatino Ávalos, "
        "+Taipe Coronado)." in second
    )
    assert "El registro ya es oficial; antes era provisional." in second
    assert "PROVISIONAL" not in second
    assert "Votaron distinto que su bancada, por la regla «la de Escrutinio» (8)" in second


def test_a_vote_and_its_change_before_it_was_told_are_one_message(small: Newsroom, hook: Hook) -> None:
    small.run(SHEETS, sheet(provisional()), sheet(official(), day=1))
    assert small.deliver({"to": [hook.address()]}) == Sent(sent=1)
    assert small.events() == [("vote", "done", ""), ("change", "quiet", "merged")]
    assert hook.titles[0].startswith("PROVISIONAL · 69–31–4")


@pytest.mark.parametrize("lead", ["minutes", "sheet"])
def test_what_another_paper_says_of_the_vote_is_told_only_if_it_is_news(small: Newsroom, hook: Hook, lead: str) -> None:
    rule = {"to": [hook.address()]}
    minutes = seed.reading(seed.MINUTES, seed.founding(), url=MINUTES_URL, at=small.now)
    small.run(SHEETS, sheet(provisional() if lead == "minutes" else official()))
    assert small.deliver(rule) == Sent(sent=1)
    small.run(replace(seed.MINUTES, rank=2), minutes)
    assert small.deliver(rule) == Sent(sent=int(lead == "minutes"))
    if lead == "sheet":
        assert small.events()[-1] == ("vote", "quiet", "other paper")
        return
    assert hook.titles[1].startswith("Changed: yes 69→70, no 31→33")
    assert "A further official paper has come (Actas del Pleno): yes 69→70" in hook.got[1]["message"]
    small.run(SHEETS, sheet(official(), day=1))
    assert small.deliver(rule) == Sent(), "readers know these figures from the minutes"
    assert small.events()[-1] == ("change", "quiet", "nothing")


def test_a_paper_that_comes_weeks_later_still_tells_what_moved(small: Newsroom, hook: Hook) -> None:
    rule = {"to": [hook.address()]}
    small.run(SHEETS, sheet(provisional()))
    assert small.deliver(rule) == Sent(sent=1)
    minutes = seed.reading(seed.MINUTES, seed.founding(), url=MINUTES_URL, at=small.now)
    small.run(replace(seed.MINUTES, rank=2), minutes)
    small.now = small.now.replace(month=6, day=12)
    assert small.deliver(rule, days=14) == Sent(sent=1)
    assert hook.titles[1].startswith("Changed: yes 69→70")


def test_a_change_of_nothing_that_is_quoted_is_not_told(small: Newsroom) -> None:
    small.run(SHEETS, sheet(official()))
    plan(small.post({"to": ["env:X"]}))
    small.run(SHEETS, sheet(official(page=2), day=1))
    assert plan(small.post({"to": ["env:X"]})) == 0
    assert small.events()[-1] == ("change", "quiet", "nothing")


@pytest.mark.parametrize(("how", "said"), [("reader", "We read the same document better"), ("lookups", "We corrected")])
def test_a_better_reading_does_not_look_like_an_edited_record(small: Newsroom, hook: Hook, how: str, said: str) -> None:
    bytes_of = b"the same bytes"
    rule = {"to": [hook.address()], "tell": "changed"}
    before = official(spoken=(), announced=None, announced_means=None)
    small.run(SHEETS, sheet(replace(before, spoken=()), content=bytes_of))
    small.run(SHEETS)
    small.deliver(rule)
    small.run(SHEETS, sheet(official(), content=bytes_of, **{how: "another"}), trigger="settlement")
    assert small.deliver(rule) == Sent(sent=1)
    assert f"{said}" in hook.got[0]["message"]
    assert "yes 69→70 (+Flores Ruíz)" in hook.got[0]["message"]


def test_gone_and_back_before_anybody_was_told_is_nothing(small: Newsroom, hook: Hook) -> None:
    there = house(1)
    small.run(seed.CLERK, there)
    rule = {"to": [hook.address()]}
    small.deliver(rule)
    gone = Reading(
        fetch=Fetch(url=there.fetch.url, role="page", at=small.now, status=404, changed=True),
        replaces=there.fetch.sha256,
    )
    small.run(seed.CLERK, gone, ending="failed")
    small.run(seed.CLERK, there)
    assert small.deliver(rule) == Sent()
    assert [state for kind, state, _ in small.events() if kind in ("gone", "back")] == ["quiet", "quiet"]
    small.run(seed.CLERK, gone)
    assert small.deliver(rule) == Sent(sent=1)
    assert hook.titles[-1].startswith("No longer at the source")


def test_a_vote_of_long_ago_is_no_news_but_its_correction_is(small: Newsroom, hook: Hook) -> None:
    rule = {"to": [hook.address()]}
    small.run(SHEETS, sheet(provisional()))
    assert small.deliver(rule, days=14, clock=lambda: small.now.replace(year=2026)) == Sent()
    assert small.events() == [("vote", "quiet", "old")]
    small.run(SHEETS, sheet(official(), day=1))
    assert small.deliver(rule, days=14, clock=lambda: small.now.replace(year=2026)) == Sent(sent=1)


def test_what_happened_long_before_anybody_asked_is_not_told(small: Newsroom) -> None:
    small.run(SHEETS, sheet(provisional()))
    (event,) = ready(small.reader)
    late = Age.of(event.at.replace(year=event.at.year + 1), 14)
    assert sift(small.reader, [replace(event, sitting_date=None)], late)[1] == {event.id: Because.LATE}


def test_a_rehearsal_shows_what_a_first_look_brought_and_sends_nothing(small: Newsroom) -> None:
    vote = seed.reading(seed.LIS, seed.senate_vote(), url="https://s.example/1", at=small.now)
    small.run(seed.LIS, vote)
    small.run(SHEETS, sheet(provisional()))
    before = small.events()
    post = small.post({"to": ["env:X"]})
    shown = rehearse(post, FAR)
    assert [one.message.title[:20] for one in shown] == ["51–50 · US Senate: C", "PROVISIONAL · 69–31–"]
    assert small.events() == before
    assert small.deliveries() == []


HOSTILE = (
    "<!channel> @everyone [win](https://evil.example) `rm` \r\nBcc: a@b.c \u202egnp\x00 **b** <https://evil.example|x>"
)


def test_a_hostile_title_is_text_and_stays_on_its_line(small: Newsroom, hook: Hook) -> None:
    small.run(seed.CLERK, house(1, subject=HOSTILE, question=HOSTILE, kind=HOSTILE, result=HOSTILE))
    assert small.deliver({"to": [hook.address()]}) == Sent(sent=1)
    (got,) = hook.got
    for text in (got["title"], got["message"]):
        assert not set(text) & set("<>`\r\x00\u202e")
        assert "](" not in text
        assert "@everyone" not in text
    assert "\n" not in got["title"]
    assert "win" in got["title"]


@pytest.mark.parametrize("limit", [60, 160, 400, 1000])
def test_a_short_message_keeps_its_link(small: Newsroom, limit: int) -> None:
    small.run(SHEETS, sheet(official(subject="Muy largo " * 300)))
    post = small.post({"to": ["env:X"]})
    (one,), _ = sift(small.reader, ready(small.reader), None)
    said = message(one, post.voice(post.rules[0]))
    assert len(said.title) <= 140
    cut = said.body(limit)
    assert len(cut) <= limit
    assert cut.endswith(f"/v/{seed.SHEET}?lang=en") or limit < len(said.tail)
    assert "…" in cut


def test_without_our_address_a_message_ends_with_the_official_page_and_the_id(small: Newsroom) -> None:
    small.run(SHEETS, sheet(official()))
    post = small.post({"to": ["env:X"]}, public_url="")
    (one,), _ = sift(small.reader, ready(small.reader), None)
    tail = message(one, post.voice(post.rules[0])).tail.splitlines()
    assert tail[0].startswith("Official page (page 1): https://www2.congreso.gob.pe/")
    assert tail[1] == f"Record: {seed.SHEET}"


def test_a_vote_in_doubt_says_so_first(small: Newsroom, hook: Hook) -> None:
    small.run(seed.CLERK, house(1, board=Tally(9, 2)))
    assert small.deliver({"to": [hook.address()]}) == Sent(sent=1)
    assert hook.titles[0].startswith("IN DOUBT · ")
    assert "the figures of the paper do not add up" in hook.got[0]["message"]


def test_a_result_is_the_sources_and_a_vote_set_aside_says_so(small: Newsroom, hook: Hook) -> None:
    small.run(seed.CLERK, house(1, result="Failed", vacated=True))
    assert small.deliver({"to": [hook.address()]}) == Sent(sent=1)
    assert "Result, as the source states it: Failed." in hook.got[0]["message"]
    assert "VACATED: the chamber set this vote aside afterwards." in hook.got[0]["message"]


def test_both_languages_have_every_word() -> None:
    from tracker.publish.messages import _catalogue

    words = _catalogue()
    assert words["en"].keys() == words["es"].keys()
    for key, text in words["en"].items():
        blanks = [set(re.findall(r"{(\w+)}", said)) for said in (text, words["es"][key])]
        assert blanks[0] == blanks[1], key


def test_every_word_is_used() -> None:
    from tracker.cli import alerts
    from tracker.publish import messages

    source = "".join(Path(module.__file__).read_text(encoding="utf-8") for module in (messages, alerts))
    made = {"moved_", "field_", "rule_", "_said"}
    for key in messages._catalogue()["en"]:
        named = re.search(rf"""["']{key}["']""", source)
        assert named or any(part in key for part in made) or key in {*Kind, *Position}, key
