"""Does what a source prints stay text wherever it stands: titles, names, groups, districts, reasons, failures?"""

from __future__ import annotations

import html
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
import screens
import seed
from playwright.sync_api import Browser

from dashboard import links

Open = Callable[..., Any]
TURNING = "\u202e\u2066\u200f\u200b\x01"
FORMULAS = "=HYPERLINK(1) @SUM(2) +3 -4 $$x$$ \\(y\\) :smile: _low_ # head | cell | ~~no~~ ![a](b) </style></title>"
SEEN = f"{seed.NASTY} {FORMULAS} evil"
"""What a reader is to see of it, sign by sign: Markdown, HTML, LaTeX, formulas."""

PRINTED = f"{seed.NASTY} {FORMULAS} {TURNING}evil"
"""The same as a source may print it: with signs that turn the direction of text, or cannot be seen."""

GROUP_SEEN = f"[x](javascript:alert(3)) $a$ {seed.NASTY[:25]}"
GROUP = GROUP_SEEN + TURNING
ASKED = {
    "overview": {}, "votes": {"ch": "us_house"}, "vote": {"id": "us-house-1"}, "members": {"ch": "us_house"},
    "member": {"id": "X1"}, "groups": {"ch": "us_house"}, "group": {"id": GROUP, "ch": "us_house"},
    "compare": {"a": "us-house-0", "b": "us-house-1"}, "versus": {"a": "X1", "b": "X2"}, "changes": {}, "coverage": {},
    "check": {"claim": f"The US House passed {PRINTED} by 5 votes to 1."},
}  # fmt: skip
"""Each page that shows what a source prints. The page of the method shows our own words only."""


@pytest.fixture(scope="module")
def evil(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database in which all that a source prints is made to break a page."""
    url = f"sqlite:///{tmp_path_factory.mktemp('evil')}/votes.sqlite"
    engine = seed.open_engine(url)
    seed.upgrade(engine)
    seed.run(engine, 2, "us_house", ending="done", day=date(2024, 1, 8))
    seed.waiting(engine, said=PRINTED)
    seed.run(engine, 3, "us_house", ending="failed", day=date(2024, 1, 9), message=PRINTED)
    writer = seed.Writer(engine, seed.CLERK)
    for n in range(6):
        printed = tuple(
            seed.PrintedBallot(f"{PRINTED} {i}", seed.NAY if i == n else seed.YEA, GROUP, f"X{i}", PRINTED)
            for i in range(6)
        )
        vote = seed.american(
            f"us-house-{n}", date(2024, 1, n + 1), PRINTED, [], ballots=printed, groups=(), board=seed.Tally(5, 1),
            question=PRINTED, result=PRINTED, kind=PRINTED, doubts=(PRINTED,),
        )  # fmt: skip
        at = datetime(2024, 2, 1, tzinfo=UTC)
        writer.take(seed.reading(seed.CLERK, vote, url=f"https://example.org/{n}", at=at, content=str(n).encode()))
    writer.flush()
    engine.dispose()
    return url


def harmless(markup: str) -> None:
    """Hold that nothing of it is more than text, and that nothing in it turns the text beside it."""
    for bad in ("<script>alert", "<img", 'href="javascript', "</style></title>", *TURNING):
        assert bad not in markup


@pytest.mark.parametrize("view", ASKED)
def test_on_every_page_it_stays_text(page: Open, evil: str, view: str) -> None:
    shown = page(view, at=evil, **ASKED[view])
    assert html.escape(SEEN if view != "groups" else GROUP_SEEN) in shown.html
    harmless(shown.html)
    assert not [one.value for one in shown.app.markdown], "scraped text goes through HTML, never through Markdown"
    copied = "".join(code.value for code in shown.app.code)
    assert not set(copied) & set(TURNING)


@pytest.mark.parametrize("view", [*ASKED, "method"])
def test_in_an_address_it_stays_text_too(page: Open, database: str, view: str) -> None:
    asked = ("id", "ch", "q", "term", "a", "b", "group", "kind", "rule", "claim", "date")
    shown = page(view, at=database, **dict.fromkeys(asked, PRINTED))
    harmless(shown.html)
    assert not [one.value for one in shown.app.markdown]


@pytest.mark.parametrize("path", ["/v/us-house-1", "/v/us-house-2?lang=en", "/v/none%3Cscript%3Ealert(1)", "/v/a/b%0a"])
def test_on_a_plain_page_it_stays_text(ask: Callable[..., Any], evil: str, path: str) -> None:
    answer = ask(path, at=evil)
    body = answer.body.partition("<body")[2]
    harmless(body)
    if answer.status == 200:
        assert html.escape(SEEN) in body
        assert html.escape(f"{SEEN} 1") in body, "a name too"


@pytest.mark.browser
def test_in_a_browser_nothing_of_it_runs_is_set_or_drawn(
    browser: Browser, served: Callable[[str], str], evil: str
) -> None:
    site = served(evil)
    page, asked = screens.opened(browser, width=360)
    said: list[str] = []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    for view, query in ASKED.items():
        screens.visit(page, site + links.to("" if view == "overview" else view, **query).removeprefix("."))
        shown = page.inner_text("[data-testid=stMain]").replace("\xa0", " ")
        assert (SEEN if view != "groups" else GROUP_SEEN) in shown, view
        made = ".katex, .stHtml img, .stHtml script, [onerror], [href^=javascript]"
        assert page.locator(made).count() == 0, view
        assert screens.beyond(page) == [], view
    assert said == []
    assert screens.outside(asked, site) == []
