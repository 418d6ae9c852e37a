"""Does the form for Datawrapper carry the vote, our colours and an address with figures, and go nowhere else?"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest
import seed

from dashboard.charts.colours import LIGHT
from tracker.settings import settings

Ask = Callable[..., Any]


class Form(HTMLParser):
    """The form of a page and what it sends."""

    def __init__(self, body: str) -> None:
        super().__init__()
        self.action, self.sent = "", {}  # type: ignore[var-annotated]
        self.feed(body)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "form":
            self.action = said["action"] or ""
        if tag == "input" and said.get("type") == "hidden":
            self.sent[said["name"]] = said["value"] or ""


@pytest.fixture
def public(monkeypatch: pytest.MonkeyPatch) -> str:
    """A public address."""
    monkeypatch.setenv("ESCRUTINIO_PUBLIC_URL", "https://votes.example.org")
    settings.cache_clear()
    return "https://votes.example.org"


def test_the_form_has_all_that_the_chart_needs(ask: Ask, public: str) -> None:
    answer = ask(f"/v/{seed.SHEET}/datawrapper?own=1&lang=en")
    form = Form(answer.body)
    assert form.action == "https://app.datawrapper.de/create/"
    assert "form-action https://app.datawrapper.de;" in answer.headers["content-security-policy"]
    assert form.sent["type"] == "d3-bars-stacked"
    assert form.sent["title"].startswith("Proyecto de resolución legislativa 4766")
    assert "70 yes · 33 no · 4 abstentions" in form.sent["description"]
    assert form.sent["source_url"] == f"{public}/v/{seed.SHEET}"
    assert form.sent["external_data"].startswith(f"{public}/v/{seed.SHEET}/datawrapper.csv?")
    coloured = json.loads(form.sent["metadata"])["visualize"]["color-category"]
    assert coloured["map"] == {"yes": LIGHT.yes, "no": LIGHT.no, "abstain": LIGHT.abstain, "not_cast": LIGHT.away}
    figures = ask(form.sent["external_data"].removeprefix(public))
    rows = list(csv.reader(io.StringIO(figures.body)))
    assert rows[0] == ["group", *coloured["map"]] == ["group", *coloured["categoryLabels"]]
    assert ["Fuerza Popular", "20", "0", "0", "3"] in rows
    assert [sum(int(row[n]) for row in rows[1:]) for n in (1, 2, 3)] == [70, 33, 4]
    assert figures.headers["access-control-allow-origin"] == "*"


def test_what_comes_from_a_source_is_no_html_there_either(ask: Ask, public: str) -> None:
    sent = Form(ask(f"/v/{seed.HOSTILE}/datawrapper?lang=en").body).sent
    assert "<" not in sent["title"] + sent["description"] + sent["notes"] + sent["source_name"]
    assert "&lt;script&gt;" in sent["title"]


def test_an_election_and_a_vote_without_groups_have_theirs(ask: Ask, public: str) -> None:
    elected = Form(ask(f"/v/{seed.SPEAKER}/datawrapper?lang=en").body).sent
    assert elected["type"] == "d3-bars"
    assert ask(elected["external_data"].removeprefix(public)).body.startswith("candidate,votes\nMcCarthy,216\n")
    assert ask(f"/v/{seed.FOUNDING}/datawrapper.csv?lang=en&own=1").status == 200
    assert ask(f"/v/{seed.QUORUM}/datawrapper?lang=en").status == 404
    assert ask("/v/none/datawrapper").status == 404


def test_without_a_public_address_there_is_no_form_and_the_page_says_why(ask: Ask) -> None:
    answer = ask(f"/v/{seed.SHEET}/datawrapper?lang=en")
    assert Form(answer.body).action == ""
    assert "ESCRUTINIO_PUBLIC_URL" in answer.text
    assert "form-action 'none'" in answer.headers["content-security-policy"]


def test_what_is_provisional_is_said_there(ask: Ask, public: str, tmp_path: Any) -> None:
    filled = seed.seeded(f"sqlite:///{tmp_path}/votes.sqlite")
    seed.waiting(filled.engine)
    sent = Form(ask(f"/v/{seed.PROVISIONAL}/datawrapper?lang=en", at=filled.url).body).sent
    assert sent["notes"].startswith("PROVISIONAL: ")


def test_the_vote_page_leads_there(ask: Ask) -> None:
    assert (
        f'href="./v/{seed.HOUSE}/datawrapper?lang=en">Open in Datawrapper</a>' in ask(f"/v/{seed.HOUSE}?lang=en").body
    )
    assert "datawrapper" not in ask(f"/v/{seed.QUORUM}?lang=en").body
